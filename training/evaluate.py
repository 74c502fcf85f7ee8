"""Scores of a shipped model folder: the int8 files themselves, through the package, never the float network."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc, Token

from dragoman.annotate import Annotator, load_annotator
from training.corpus import EWT_DEV, GUM_DEV, Sentence
from training.entities import BIT, both, data_root

Figures = dict[str, float]
CHUNK = 200


def _docs(annotator: Annotator, sentences: Sequence[Sentence], *, starts: bool) -> list[Doc]:
    """Annotate gold words document by document, with gold sentence starts if `starts`."""
    docs: list[Doc] = []
    group: list[Sentence] = []
    for s in [*sentences, None]:
        if group and (s is None or s.doc != group[0].doc or len(group) >= CHUNK):
            words = [w for g in group for w in g.words]
            marks = [k == 0 for g in group for k in range(len(g.words))]
            docs.append(annotator.annotate_words(words, marks if starts else None))
            group = []
        if s is not None:
            group.append(s)
    return docs


def _bare(dep: str) -> str:
    return "root" if dep == "ROOT" else dep.split(":")[0]


def parse_scores(annotator: Annotator, sentences: Sequence[Sentence], *, starts: bool = True) -> Figures:
    """UPOS, XPOS, lemma, UAS, LAS in per cent; `las` ignores subtypes of relations (CoNLL-18), `las_full` does not."""
    tokens = [t for doc in _docs(annotator, sentences, starts=starts) for t in doc]
    hits = dict.fromkeys(("upos", "xpos", "lemma", "uas", "las", "las_full", "starts"), 0)
    base = k = 0
    for s in sentences:
        for i in range(len(s.words)):
            t = tokens[k]
            head = 0 if t.head.i == t.i else t.head.i - (t.i - i) + 1
            same = head == s.heads[i]
            hits["upos"] += t.pos_ == s.upos[i]
            hits["xpos"] += t.tag_ == s.xpos[i]
            hits["lemma"] += t.lemma_ == s.lemmas[i]
            hits["uas"] += same
            hits["las"] += same and _bare(t.dep_) == _bare(s.deps[i])
            hits["las_full"] += same and (t.dep_ == s.deps[i] or (t.dep_ == "ROOT" and s.deps[i] == "root"))
            hits["starts"] += bool(t.is_sent_start) == (i == 0)
            k += 1
        base += len(s.words)
    return {name: round(100 * n / max(1, base), 2) for name, n in hits.items()} | {"words": base}


def _gold_spans(allowed: Sequence[int]) -> set[tuple[int, int, str]]:
    """Spans of PER, ORG, LOC from the masks (the three kinds that all sets mark)."""
    spans: set[tuple[int, int, str]] = set()
    for kind in ("PER", "ORG", "LOC"):
        start = -1
        for i, mask in enumerate([*allowed, BIT["O"]]):
            begins, goes_on = bool(mask & BIT[f"B-{kind}"]), mask == BIT[f"I-{kind}"]
            begins = begins and not mask & (BIT["O"] | both("MISC", "NORP", "DATE"))
            if start >= 0 and not goes_on:
                spans.add((start, i, kind))
                start = -1
            if begins:
                start = i
    return spans


def ner_scores(annotator: Annotator, sentences: Sequence[Sentence]) -> Figures:
    """Strict F1 of PER, ORG, LOC with gold words and sentences, in per cent."""
    hits = dict.fromkeys(("PER", "ORG", "LOC"), (0, 0, 0))
    for s in sentences:
        doc = annotator.annotate_words(s.words, [k == 0 for k in range(len(s.words))])
        gold, mine = _gold_spans(s.allowed), {(e.start, e.end, e.label_) for e in doc.ents}
        for kind, (a, b, c) in hits.items():
            g, m = {x for x in gold if x[2] == kind}, {x for x in mine if x[2] == kind}
            hits[kind] = (a + len(g & m), b + len(m), c + len(g))
    sums = tuple(map(sum, zip(*hits.values(), strict=True)))
    return {name: round(200 * a / max(1, b + c), 1) for name, (a, b, c) in [("all", sums), *hits.items()]}


def raw_texts(path: Path) -> list[str]:
    """Raw texts of the documents of a CoNLL-U file: a new paragraph is a new line."""
    texts: list[str] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.strip().split("\n")
        text = next((line[9:] for line in lines if line.startswith("# text = ")), "")
        if any(line.startswith("# newdoc") for line in lines):
            texts.append(text)
        elif text:
            paragraph = any(line.startswith("# newpar") for line in lines)
            texts[-1] += ("\n\n" if paragraph else " ") + text
    return texts


def conllu(doc: Doc) -> str:
    """The sentences of a doc as CoNLL-U, without its white space."""
    blocks: list[str] = []
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        number = {t.i: k for k, t in enumerate(words, start=1)}
        rows = [_row(t, number) for t in words]
        if rows:
            blocks.append("\n".join(rows) + "\n")
    return "\n".join(blocks)


def _row(token: Token, number: dict[int, int]) -> str:
    root = token.dep_ == "ROOT"
    head, dep = (0, "root") if root else (number[token.head.i], token.dep_)
    cells = [number[token.i], token.text, token.lemma_, token.pos_, token.tag_, "_", head, dep, "_", "_"]
    return "\t".join(map(str, cells))


def raw_scores(annotator: Annotator, path: Path) -> Figures:
    """Figures of the independent referee (`scoring/referee.py parse`) from raw text; empty where it is not at hand."""
    referee = data_root().parent / "scoring" / "referee.py"
    if not referee.exists():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        mine = Path(folder) / "mine.conllu"
        mine.write_text("\n".join(conllu(annotator.annotate_text(text)) for text in raw_texts(path)), encoding="utf-8")
        command = [sys.executable, str(referee), "parse", "--gold", str(path), "--predictions", str(mine)]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own referee
    figures: Figures = json.loads(answer.stdout)
    return {name: figures[name] for name in ("words_f1", "upos_f1", "uas_f1", "las_f1", "sentence_f1")}


def speed(annotator: Annotator, texts: Sequence[str]) -> Figures:
    """Words a second from raw text to Doc on one core, after a warm-up."""
    annotator.annotate_text(texts[0])
    began, words = time.perf_counter(), 0
    for text in texts:
        words += len(annotator.annotate_text(text))
    return {"words_s": round(words / (time.perf_counter() - began)), "words": words}


def documents(sentences: Sequence[Sentence]) -> list[str]:
    """Raw texts of the documents, one sentence after another."""
    texts: dict[str, list[str]] = {}
    for s in sentences:
        texts.setdefault(s.doc, []).append(s.text)
    return [" ".join(parts) for parts in texts.values()]


def evaluate(folder: Path, dev: Sequence[Sentence], held: Sequence[Sentence]) -> dict[str, Figures]:
    """All figures of the card."""
    annotator = load_annotator(folder)
    figures: dict[str, Figures] = {}
    for corpus in ("ud_ewt", "ud_gum"):
        part = [s for s in dev if s.corpus == corpus]
        figures[f"{corpus}_dev, gold words and sentences"] = parse_scores(annotator, part)
        figures[f"{corpus}_dev, gold words"] = parse_scores(annotator, part, starts=False)
    for name in (EWT_DEV, GUM_DEV):
        figures[f"{name.split('/')[0]}_dev, raw text, by the referee"] = raw_scores(
            annotator, data_root() / "train" / name
        )
    news = [s for s in dev if s.doc.startswith("GUM_news")]
    figures["ud_gum_dev news, gold words and sentences"] = parse_scores(annotator, news)
    for corpus in ("wikigold", "crossner_politics"):
        figures[f"{corpus}, held out, strict F1"] = ner_scores(annotator, [s for s in held if s.corpus == corpus])
    figures["speed, raw text to Doc, one core"] = speed(annotator, documents(dev))
    return figures
