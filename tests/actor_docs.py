"""Parsed documents and a lexicon made by hand, for the tests of actors; and the reader of golden passages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
from spacy.tokens import Doc, Span

from dragoman.annotate import Annotated, Scores
from dragoman.lexicon.actors import ActorEntry, ActorLexicon, RoleNoun
from dragoman.records import Article, Block, LinkedActors, digest

VOCAB = spacy.blank("en").vocab
POS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "DT": "DET", "IN": "ADP", "PRP": "PRON",
    "PRP$": "PRON", "POS": "PART", "CC": "CCONJ", "MD": "AUX", "CD": "NUM", "TO": "PART", "RB": "ADV", "WP": "PRON",
}  # fmt: skip
LEMMAS = {
    "said": "say",
    "met": "meet",
    "troops": "troops",
    "leaders": "leader",
    "sent": "send",
    "told": "tell",
    "'s": "'s",
}


def annotated(rows: str, blocks: tuple[Block, ...] = ()) -> Annotated:
    """A doc of one row for each word: `word tag dep head [entity label]`, heads counted from 0 over all words; a line
    of `--` starts a new sentence. Words are parted by one blank, but for punctuation and 's."""
    lines = [line.split() for line in rows.strip().split("\n")]
    words, starts = [], []
    for line in lines:
        if line == ["--"]:
            starts.append(len(words))
        else:
            words.append(line)
    spaces = [
        i + 1 < len(words)
        and words[i + 1][1] not in {",", ".", "POS", "''", "-RRB-"}
        and word[1] not in {"``", "-LRB-"}
        for i, word in enumerate(words)
    ]
    doc = Doc(
        VOCAB,
        words=[word[0] for word in words],
        spaces=spaces,
        tags=[word[1] for word in words],
        pos=[POS.get(word[1], "VERB" if word[1].startswith("VB") else "PUNCT") for word in words],
        deps=[word[2] for word in words],
        heads=[int(word[3]) for word in words],
        lemmas=[LEMMAS.get(word[0], word[0] if word[1].startswith("NNP") else _singular(word)) for word in words],
        sent_starts=[i == 0 or i in starts for i in range(len(words))],
    )
    doc.ents = _entities(doc, words)
    ones = np.ones(len(doc), np.float32)
    article = Article(article_id=digest(doc.text), text_id=digest(doc.text), text=doc.text, blocks=blocks)
    return Annotated(article, doc, Scores(ones, ones))


def _singular(word: list[str]) -> str:
    return word[0].lower().removesuffix("s") if word[1] == "NNS" else word[0].lower()


def _entities(doc: Doc, words: list[list[str]]) -> list[Span]:
    found: list[Span] = []
    for i, word in enumerate(words):
        label = word[4] if len(word) > 4 else None
        if label is None:
            continue
        if found and found[-1].end == i and found[-1].label_ == label.removeprefix("I-") and label.startswith("I-"):
            found[-1] = Span(doc, found[-1].start, i + 1, label=found[-1].label_)
        else:
            found.append(Span(doc, i, i + 1, label=label))
    return found


def role(phrase: str, sectors: str, kind: str = "person", *, plural: bool = False) -> dict[str, RoleNoun]:
    """One role noun as the lexicon keeps it."""
    noun = RoleNoun(phrase=phrase, sectors=tuple(sectors.split()), kind=kind, plural=plural, row="roles.csv#1")  # type: ignore[arg-type]
    return {phrase: noun}


def small_lexicon() -> ActorLexicon:
    """Two invented lands, a bloc, a person of each, and a few role nouns."""
    entries = (
        ActorEntry(id="ARV", name="Arvonia", kind="state", country="ARV", sectors=("GOV",), row="states.csv#ARV"),
        ActorEntry(id="BEL", name="Belmark", kind="state", country="BEL", sectors=("GOV",), row="states.csv#BEL"),
        ActorEntry(
            id="NCO", name="Northern Cooperation Organisation", kind="organization", sectors=("IGO",),
            row="bodies.csv#NCO",
        ),
        ActorEntry(
            id="p:anton-veer", name="Anton Veer", kind="person", country="ARV", surnames=("Veer",), sex="m",
            row="persons.csv#1",
        ),
    )  # fmt: skip
    roles = (
        role("president", "GOV") | role("spokesman", "GOV") | role("minister", "GOV") | role("ambassador", "GOV")
        | role("analyst", "CVL") | role("troops", "MIL", "group", plural=True) | role("protesters", "OPP", plural=True)
        | role("leaders", "GOV", plural=True) | role("company", "BUS", "organization")
    )  # fmt: skip
    return ActorLexicon(
        entries={entry.id: entry for entry in entries},
        by_alias={entry.name: (entry.id,) for entry in entries},
        metonyms={"Arvo": "ARV", "Belport": "BEL"},
        demonyms={"Arvonian": "ARV", "Belmarkish": "BEL", "Belmarkers": "BEL"},
        people={"Belmarkers": "BEL"},
        by_surname={"Veer": ("p:anton-veer",)},
        ambiguous=frozenset(),
        domains={},
        roles=roles,
        terms=(),
    )


class Wanted(NamedTuple):
    """A mention of a golden passage: characters `[start, end)` and the actors that it stands for."""

    start: int
    end: int
    actors: tuple[str, ...]


def golden(path: Path) -> tuple[Article, tuple[Wanted, ...]]:
    """The passage of a file; see `passage`."""
    return passage(path.read_text(encoding="utf-8").strip())


def passage(raw: str) -> tuple[Article, tuple[Wanted, ...]]:
    """A passage of `{actor:words}` and `{one+other:words}`; a line that starts with `# ` is a title."""
    kinds = ["title" if line.startswith("# ") else "body" for line in raw.split("\n")]
    raw = re.sub(r"^# ", "", raw, flags=re.MULTILINE)
    text, wanted, done = "", [], 0
    for match in re.finditer(r"\{([\w+]+):([^{}]*)\}", raw):
        text += raw[done : match.start()]
        wanted.append(Wanted(len(text), len(text) + len(match[2]), tuple(match[1].split("+"))))
        text += match[2]
        done = match.end()
    text += raw[done:]
    blocks, at = [], 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        blocks.append(Block(start=at, end=at + len(line), kind=kind))  # type: ignore[arg-type]
        at += len(line) + 1
    return Article(article_id=digest(text), text_id=digest(text), text=text, blocks=tuple(blocks)), tuple(wanted)


def answers(article: Annotated, linked: LinkedActors, wanted: tuple[Wanted, ...]) -> list[tuple[str, ...]]:
    """The actors that the last word of each wanted mention stands for; of a qualifier its own, not the bearer's."""
    ends = {token.idx + len(token): token for token in article.doc}
    found = []
    for mention in wanted:
        token = ends[mention.end]
        i = token.i - 1 if token.tag_ == "POS" else token.i
        found.append((linked.inner[i],) if i in linked.inner else linked.at(i))
    return found
