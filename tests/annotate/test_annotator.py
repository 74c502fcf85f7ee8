"""The shipped weights: golden sentences of our own words, and the promises about any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.annotate import Annotator, load_annotator
from dragoman.annotate.annotator import MODEL_DIR

pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(not (MODEL_DIR / "encoder.onnx").exists(), reason="no weights: run `make model`"),
]


@pytest.fixture(name="annotator", scope="module")
def _annotator() -> Annotator:
    return load_annotator()


def _check(doc: Doc) -> None:
    """Every promise that holds for any text."""
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head.i == t.i]
        assert len(roots) == 1
        assert roots[0].dep_ == "ROOT"
        assert all(t.head in sentence for t in sentence)
    for token in doc:
        assert token.pos_
        assert token.tag_
        assert token.dep_
        assert token.lemma_
        assert token.is_space == (token.tag_ == "_SP")
    assert all(e.text.strip() and e.label_ in {"PER", "ORG", "LOC", "NORP", "DATE", "MISC"} for e in doc.ents)


def test_a_plain_sentence(annotator: Annotator) -> None:
    doc = annotator.annotate_text("The minister visited Berlin yesterday.")
    assert [t.tag_ for t in doc] == ["DT", "NN", "VBD", "NNP", "NN", "."]
    assert [t.head.i for t in doc][:4] == [1, 2, 2, 2]
    assert [t.dep_ for t in doc][:4] == ["det", "nsubj", "ROOT", "obj"]
    assert doc[2].lemma_ == "visit"
    assert [(e.text, e.label_) for e in doc.ents if e.label_ == "LOC"] == [("Berlin", "LOC")]


def test_passives_and_irregular_verbs(annotator: Annotator) -> None:
    doc = annotator.annotate_text("Two rebels were shot by soldiers.")
    shot = doc[3]
    assert shot.lemma_ == "shoot"
    assert {c.text: c.dep_ for c in shot.children}["rebels"] == "nsubj:pass"
    assert "obl" in {c.dep_.split(":")[0] for c in shot.children}


def test_newlines_end_sentences_and_offsets_are_the_texts(annotator: Annotator) -> None:
    text = "Talks resume in Cairo\n\nThe two sides met on Monday. They will meet again."
    doc = annotator.annotate_text(text)
    assert doc.text == text
    assert [text[s.start_char : s.end_char].strip() for s in doc.sents] == [
        "Talks resume in Cairo",
        "The two sides met on Monday.",
        "They will meet again.",
    ]
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_a_dateline_is_no_part_of_the_sentence(annotator: Annotator) -> None:
    doc = annotator.annotate_text("BERLIN, May 3 (ABC) - The minister resigned on Monday.")
    assert [s.text for s in doc.sents] == ["BERLIN, May 3 (ABC) -", "The minister resigned on Monday."]


def test_given_words_and_sentences_are_kept(annotator: Annotator) -> None:
    words = ["He", "left", ".", "She", "stayed", "."]
    doc = annotator.annotate_words(words, [True, False, False, True, False, False])
    assert [t.text for t in doc] == words
    assert [s.start for s in doc.sents] == [0, 3]


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", " \n\t ", "\x00\x01 a", "😀" * 300, "שלום עולם " * 50, "x" * 3000, "$" * 2000, "( " * 300,
     "a b\n" * 200, "\ud800 a", "“”" * 99],
    ids=repr,
)  # fmt: skip
def test_odd_texts(annotator: Annotator, text: str) -> None:
    doc = annotator.annotate_text(text)
    assert doc.text == text.replace("\ud800", "\ufffd")
    _check(doc)


@settings(max_examples=40, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("ab Z.\n\"'(),-$1é😀\t"), max_size=200))
def test_any_text(annotator: Annotator, text: str) -> None:
    doc = annotator.annotate_text(text)
    assert doc.text == text
    _check(doc)
