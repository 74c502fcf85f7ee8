from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span

from dragoman.annotate import Annotated, Scores
from dragoman.lexicon.places import Gazetteer, load_places
from dragoman.mentions.places import find_places, reading_of
from dragoman.records import Article

VOCAB = spacy.blank("en").vocab
NO_SCORES = Scores(head=np.ones(0, dtype=np.float32), entity=np.ones(0, dtype=np.float32))
Row = tuple[str, str, str, int, str]
"""A word, its tag, its relation, the index of its head, its entity label."""
POS = {"NNP": "PROPN", "NNS": "NOUN", "NN": "NOUN", "VBD": "VERB", "VBZ": "VERB", "VBN": "VERB", "IN": "ADP",
       "DT": "DET",
       "JJ": "ADJ", "POS": "PART", ",": "PUNCT", ".": "PUNCT", "CC": "CCONJ", "JJS": "ADJ"}  # fmt: skip
LEMMAS = {"said": "say", "lies": "lie", "visited": "visit", "accused": "accuse", "policies": "policy", "is": "be"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_places()


def make_doc(rows: Sequence[Row]) -> Doc:
    words = [row[0] for row in rows]
    doc = Doc(
        VOCAB,
        words=words,
        tags=[row[1] for row in rows],
        pos=[POS[row[1]] for row in rows],
        deps=[row[2] for row in rows],
        heads=[row[3] for row in rows],
        lemmas=[LEMMAS.get(word, word) for word in words],
        spaces=[True] * (len(words) - 1) + [False],
    )
    spans: list[Span] = []
    for index, row in enumerate(rows):
        if row[4]:
            label = row[4].removeprefix("I-")
            if row[4].startswith("I-"):
                spans[-1] = Span(doc, spans[-1].start, index + 1, label=label)
            else:
                spans.append(Span(doc, index, index + 1, label=label))
    doc.ents = tuple(spans)
    return doc


def found(rows: Sequence[Row], gazetteer: Gazetteer, *, wide: bool = False) -> dict[str, bool]:
    doc = make_doc(rows)
    mentions = find_places(
        Annotated(article=Article(article_id="a", text_id="t", text=doc.text), doc=doc, scores=NO_SCORES),
        gazetteer,
        wide=wide,
    )
    assert all(doc.text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(before.end <= after.start for before, after in pairwise(mentions))
    return {mention.text: mention.polity for mention in mentions}


SAID: list[Row] = [
    ("Moscow", "NNP", "nsubj", 1, "LOC"),
    ("said", "VBD", "ROOT", 1, ""),
    ("troops", "NNS", "obj", 1, ""),
    ("in", "IN", "case", 4, ""),
    ("Donetsk", "NNP", "nmod", 2, "LOC"),
    (".", ".", "punct", 1, ""),
]


def test_subject_of_said_acts_and_a_spatial_phrase_does_not(gazetteer: Gazetteer) -> None:
    assert found(SAID, gazetteer) == {"Moscow": True, "Donetsk": False}


def test_a_strong_name_needs_no_entity(gazetteer: Gazetteer) -> None:
    bare = [(word, tag, dep, head, "") for word, tag, dep, head, _ in SAID]
    assert found(bare, gazetteer) == {"Moscow": True, "Donetsk": False}


def test_a_place_inside_a_name_is_none_unless_asked_for(gazetteer: Gazetteer) -> None:
    rows: list[Row] = [
        ("Bank", "NNP", "nsubj", 3, "ORG"),
        ("of", "IN", "case", 2, "I-ORG"),
        ("England", "NNP", "nmod", 0, "I-ORG"),
        ("said", "VBD", "ROOT", 3, ""),
        ("Paris", "NNP", "compound", 5, "PER"),
        ("Hilton", "NNP", "obj", 3, "I-PER"),
    ]
    assert found(rows, gazetteer) == {}
    assert list(found(rows, gazetteer, wide=True)) == ["England"]


def test_a_demonym_is_a_place_only_when_asked_for(gazetteer: Gazetteer) -> None:
    rows: list[Row] = [
        ("Egyptian", "JJ", "amod", 1, "NORP"),
        ("officials", "NNS", "nsubj", 2, ""),
        ("said", "VBD", "ROOT", 2, ""),
    ]
    assert found(rows, gazetteer) == {}
    assert list(found(rows, gazetteer, wide=True)) == ["Egyptian"]


def test_jordan_the_person_and_jordan_the_country(gazetteer: Gazetteer) -> None:
    person: list[Row] = [("Jordan", "NNP", "nsubj", 1, "PER"), ("said", "VBD", "ROOT", 1, "")]
    assert found(person, gazetteer) == {}
    country: list[Row] = [
        ("troops", "NNS", "nsubj", 3, ""), ("in", "IN", "case", 2, ""), ("Jordan", "NNP", "nmod", 0, "PER"),
        ("said", "VBD", "ROOT", 3, ""),
    ]  # fmt: skip
    assert found(country, gazetteer) == {"Jordan": False}


def test_an_entity_with_a_comma_is_two_places(gazetteer: Gazetteer) -> None:
    rows: list[Row] = [
        ("floods", "NNS", "ROOT", 0, ""), ("in", "IN", "case", 2, ""), ("Springfield", "NNP", "nmod", 0, "LOC"),
        (",", ",", "punct", 4, "I-LOC"), ("Ill.", "NNP", "appos", 2, "I-LOC"),
    ]  # fmt: skip
    assert list(found(rows, gazetteer)) == ["Springfield", "Ill."]


@pytest.mark.parametrize(
    ("rows", "index", "reading"),
    [
        ([("Peru", "NNP", "nsubj", 1, ""), ("lies", "VBZ", "ROOT", 1, "")], 0, "lit"),
        ([("Peru", "NNP", "nsubj", 2, ""), ("is", "VBZ", "cop", 2, ""), ("ready", "JJ", "ROOT", 2, "")], 0, "met"),
        ([("Peru", "NNP", "nsubj", 2, ""), ("is", "VBZ", "cop", 2, ""), ("humid", "JJ", "ROOT", 2, "")], 0, "lit"),
        ([("they", "NN", "nsubj", 1, ""), ("visited", "VBD", "ROOT", 1, ""), ("Peru", "NNP", "obj", 1, "")], 2, "lit"),
        ([("they", "NN", "nsubj", 1, ""), ("accused", "VBD", "ROOT", 1, ""), ("Peru", "NNP", "obj", 1, "")], 2, "met"),
        ([("Peru", "NNP", "nmod:poss", 2, ""), ("'s", "POS", "case", 0, ""), ("policies", "NNS", "ROOT", 2, "")], 0,
         "met"),
        ([("Peru", "NNP", "nmod:poss", 2, ""), ("'s", "POS", "case", 0, ""), ("coast", "NN", "ROOT", 2, "")], 0, "lit"),
        ([("talks", "NNS", "ROOT", 0, ""), ("between", "IN", "case", 2, ""), ("Peru", "NNP", "nmod", 0, ""),
          ("and", "CC", "cc", 4, ""), ("Chile", "NNP", "conj", 2, "")], 4, "met"),
        ([("border", "NN", "ROOT", 0, ""), ("between", "IN", "case", 2, ""), ("Peru", "NNP", "nmod", 0, "")], 2, "lit"),
        ([("aid", "NN", "ROOT", 0, ""), ("to", "IN", "case", 2, ""), ("Peru", "NNP", "nmod", 0, "")], 2, "met"),
        ([("trip", "NN", "ROOT", 0, ""), ("to", "IN", "case", 2, ""), ("Peru", "NNP", "nmod", 0, "")], 2, "lit"),
        ([("sanctions", "NNS", "ROOT", 0, ""), ("against", "IN", "case", 2, ""), ("Peru", "NNP", "nmod", 0, "")], 2,
         "met"),
    ],
)  # fmt: skip
def test_readings(rows: list[Row], index: int, reading: str, gazetteer: Gazetteer) -> None:
    doc = make_doc(rows)
    token = doc[index]
    assert reading_of(doc, token.idx, token.idx + len(token), gazetteer.reading) == reading


def test_a_dateline_lies_somewhere(gazetteer: Gazetteer) -> None:
    rows: list[Row] = [
        ("NAIROBI", "NNP", "nsubj", 3, "LOC"), ("—", ".", "punct", 0, ""), ("Ministers", "NNS", "nsubj", 3, ""),
        ("said", "VBD", "ROOT", 3, ""),
    ]  # fmt: skip
    assert found(rows, gazetteer) == {"NAIROBI": False}
