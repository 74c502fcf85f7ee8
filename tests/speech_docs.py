"""Small parsed articles made by hand, for the tests of quotes, statements and disputes."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc

from dragoman.annotate import Annotated, Scores
from dragoman.records import Actor, Article, Block, LinkedActors

NLP = spacy.blank("en")
VOCAB = NLP.vocab
POS = {
    "NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "DT": "DET", "IN": "ADP", "PRP": "PRON",
    "PRP$": "PRON", "POS": "PART", "CC": "CCONJ", "MD": "AUX", "CD": "NUM", "TO": "PART", "RB": "ADV", "WP": "PRON",
}  # fmt: skip


def text_only(text: str, kind: str = "body") -> Annotated:
    """An article without a parse: every line is a block of this kind."""
    doc = NLP.make_doc(text)
    return _annotated(doc, kind)


def parsed(rows: str, kind: str = "body") -> Annotated:
    """An article of one row for each word: `word lemma tag dep head`; heads are counted from 0 over all words.

    `--` starts a new sentence, `==` a new paragraph. A word with `_` after it in the row's end has no blank behind it.
    """
    words: list[list[str]] = []
    starts: set[int] = {0}
    shift: list[int] = []
    for row in (line.split() for line in rows.strip().split("\n")):
        if row == ["--"]:
            starts.add(len(words))
        elif row == ["=="]:
            words.append(["\n", "\n", "_SP", "dep", str(len(words) - 1 - len(shift)), "_"])
            shift.append(len(words) - 1)
            starts.add(len(words))
        else:
            words.append(row)
    places = [i for i in range(len(words)) if i not in shift]
    heads = [places[int(word[4])] for word in words]
    last = len(words) - 1
    doc = Doc(
        VOCAB,
        words=[word[0] for word in words],
        spaces=[
            i < last and word[-1] != "_" and words[i + 1][2] not in {",", ".", "POS", "''", ":", "_SP"}
            for i, word in enumerate(words)
        ],
        lemmas=[word[1] for word in words],
        tags=[word[2] for word in words],
        pos=[_pos(word) for word in words],
        deps=[word[3] for word in words],
        heads=heads,
        sent_starts=[i in starts for i in range(len(words))],
    )
    return _annotated(doc, kind)


def _pos(word: list[str]) -> str:
    if word[2] == "_SP":
        return "SPACE"
    if word[2].startswith("VB"):
        return "AUX" if word[3] in {"aux", "aux:pass", "cop"} else "VERB"
    return POS.get(word[2], "PUNCT")


def _annotated(doc: Doc, kind: str) -> Annotated:
    blocks, start = [], 0
    for line in doc.text.split("\n"):
        blocks.append(Block(start=start, end=start + len(line), kind=kind))  # type: ignore[arg-type]
        start += len(line) + 1
    article = Article(article_id="a", text_id="t", text=doc.text, blocks=tuple(blocks))
    ones = np.ones(len(doc), np.float32)
    return Annotated(article, doc, Scores(ones, ones))


def named(annotated: Annotated, **names: str) -> LinkedActors:
    """Actors whose ids are the keywords, one for each word given: `named(doc, RUS="Russia", TASS="Tass")`.

    An id that ends in `_JRN` is an outlet.
    """
    by_token = {token.i: actor for token in annotated.doc for actor, word in names.items() if token.text == word}
    actors = tuple(
        Actor(
            actor_id=actor,
            name=word,
            kind="organization" if actor.endswith("_JRN") else "person",
            sectors=("JRN",) if actor.endswith("_JRN") else (),
        )
        for actor, word in names.items()
    )
    return LinkedActors(actors=actors, by_token=by_token)
