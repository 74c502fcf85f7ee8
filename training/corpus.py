"""Readers of the open training sets: CoNLL-U treebanks and named-entity sets, as plain sentences with their labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import msgspec

from training.deny import Denylist
from training.entities import (
    Allowed,
    data_root,
    gum_allowed,
    treebank_allowed,
    typed_allowed,
)

EWT_TRAIN = "ud_ewt/en_ewt-ud-train.conllu"
EWT_DEV = "ud_ewt/en_ewt-ud-dev.conllu"
GUM_TRAIN = "ud_gum/en_gum-permissive-train.conllu"
GUM_DEV = "ud_gum/en_gum-permissive-dev.conllu"
NER_FILES: dict[str, tuple[str, ...]] = {
    "uner_ewt": ("en_ewt-ud-dev.iob2",),
    "wikigold": ("wikigold.conll.txt",),
    "crossner_politics": ("train.txt", "dev.txt"),
    "btc": ("e.conll", "f.conll", "g.conll"),
    "wnut17": ("wnut17train.conll", "emerging.dev.conll"),
}
HELD_OUT_EVERY = 10
"""Every tenth sentence block of wikigold and crossner is kept back, so that the card has an honest NER figure."""


class Sentence(msgspec.Struct, frozen=True):
    """One training sentence: its words and the labels that its set gives (`heads` count from 1, 0 is the root)."""

    corpus: str
    doc: str
    text: str
    words: tuple[str, ...]
    upos: tuple[str, ...] = ()
    xpos: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    deps: tuple[str, ...] = ()
    allowed: Allowed = ()

    @property
    def parsed(self) -> bool:
        """True if the sentence comes from a treebank."""
        return bool(self.heads)


def _blocks(path: Path) -> Iterator[list[str]]:
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _harmonised(word: str, upos: str, xpos: str) -> str:
    """EWT calls "United" in a name an adjective, GUM a verb: one name for one thing."""
    return "ADJ" if upos == "VERB" and xpos.startswith("NNP") and word.lower() == "united" else upos


def _meta(block: list[str], key: str, default: str = "") -> str:
    start = f"# {key} = "
    return next((line[len(start) :] for line in block if line.startswith(start)), default)


def read_conllu(path: Path, corpus: str) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file; multi-word ranges and empty nodes are passed over."""
    doc = ""
    for block in _blocks(path):
        doc = _meta(block, "newdoc id", doc)
        rows = [line.split("\t") for line in block if not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        words = tuple(row[1] for row in rows)
        xpos = tuple(row[4] for row in rows)
        heads = tuple(int(row[6]) for row in rows)
        deps = tuple(row[7] for row in rows)
        lemmas = tuple(row[2] for row in rows)
        if corpus == "ud_gum":
            allowed = gum_allowed(words, xpos, lemmas, deps, [row[9] for row in rows])
        else:
            allowed = treebank_allowed(words, xpos, lemmas)
        yield Sentence(
            corpus=corpus,
            doc=doc,
            text=_meta(block, "text"),
            words=words,
            upos=tuple(_harmonised(row[1], row[3], row[4]) for row in rows),
            xpos=xpos,
            lemmas=lemmas,
            feats=tuple(row[5] for row in rows),
            heads=heads,
            deps=deps,
            allowed=allowed,
        )


def _column_rows(block: list[str], corpus: str) -> list[tuple[str, str]]:
    rows = []
    for line in block:
        if line.startswith("# ") and "\t" not in line:
            continue
        if corpus == "uner_ewt":
            cells = line.split("\t")
            rows.append((cells[1], cells[2]))
        else:
            cells = line.rsplit(" ", 1) if corpus == "wikigold" else line.rsplit("\t", 1)
            rows.append((cells[0].strip(), cells[-1].strip()))
    return [(word.replace("\u200b", "") or "_", tag) for word, tag in rows]


def read_columns(path: Path, corpus: str) -> Iterator[Sentence]:
    """Sentences of a two-column (or UNER) entity file."""
    for number, block in enumerate(_blocks(path)):
        rows = _column_rows(block, corpus)
        if not rows:
            continue
        words = tuple(word for word, _ in rows)
        allowed = typed_allowed(corpus, words, [tag for _, tag in rows])
        doc = f"{corpus}/{path.name}/{number // HELD_OUT_EVERY}"
        yield Sentence(corpus=corpus, doc=doc, text=_meta(block, "text"), words=words, allowed=allowed)


_TOKEN = re.compile(r"\w+(?:\.\w\.)?|[^\w\s]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+")


def read_re3d(folder: Path) -> Iterator[Sentence]:
    """Sentences of one source of re3d; its nominal entities ("the camp") are left open, never taught as names."""
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for line in (folder / "entities.json").read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            spans.setdefault(row["documentId"], []).append((row["begin"], row["end"], row["type"]))
    for line in (folder / "documents.json").read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            yield from _re3d_sentences(row["_id"], row["text"], spans.get(row["_id"], []))


def _re3d_sentences(doc: str, text: str, spans: list[tuple[int, int, str]]) -> Iterator[Sentence]:
    cuts = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        tokens = [(m.start() + start, m.end() + start) for m in _TOKEN.finditer(text[start:end])]
        if not tokens or len(tokens) > 120:
            continue
        words = tuple(text[a:b] for a, b in tokens)
        tags = ["O"] * len(words)
        for a, b, kind in sorted(spans, key=lambda s: s[0] - s[1]):
            inside = [i for i, (s, e) in enumerate(tokens) if s >= a and e <= b]
            if inside and all(tags[i] == "O" for i in inside):
                for k, i in enumerate(inside):
                    tags[i] = ("I-" if k else "B-") + kind
        yield Sentence(
            corpus="re3d",
            doc=f"re3d/{doc}",
            text=text[start:end].strip(),
            words=words,
            allowed=typed_allowed("re3d", words, tags),
        )


def _kept(sentences: Iterable[Sentence], deny: Denylist) -> list[Sentence]:
    return [s for s in sentences if not deny.refuses(s.corpus, s.text, " ".join(s.words))]


def treebank(deny: Denylist, *, dev: bool = False) -> list[Sentence]:
    """UD English EWT and GUM, training or development part."""
    root = data_root() / "train"
    files = ((EWT_DEV, "ud_ewt"), (GUM_DEV, "ud_gum")) if dev else ((EWT_TRAIN, "ud_ewt"), (GUM_TRAIN, "ud_gum"))
    return [s for name, corpus in files for s in _kept(read_conllu(root / name, corpus), deny)]


def entity_sets(deny: Denylist) -> tuple[list[Sentence], list[Sentence]]:
    """All named-entity sets: (to train on, kept back)."""
    root = data_root() / "train"
    train: list[Sentence] = []
    held: list[Sentence] = []
    for corpus, names in NER_FILES.items():
        for name in names:
            for number, sentence in enumerate(_kept(read_columns(root / corpus / name, corpus), deny)):
                back = corpus in ("wikigold", "crossner_politics") and number // 5 % HELD_OUT_EVERY == 0
                (held if back else train).append(sentence)
    for folder in sorted((root / "re3d").iterdir()):
        train.extend(_kept(read_re3d(folder), deny))
    return train, held


__all__ = ["Sentence", "data_root", "entity_sets", "read_columns", "read_conllu", "read_re3d", "treebank"]
