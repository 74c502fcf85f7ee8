"""Lemmas: known forms first, then the spelling rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.lemmas import LemmaTable, Lemmatizer

KNOWN = {
    "verb": frozenset({"hope", "hop", "veto", "visit", "die", "plan", "kill", "control", "panic", "free", "agree"}),
    "noun": frozenset({"base", "virus", "movie"}),
    "adjective": frozenset({"large", "big"}),
}
LEMMATIZER = Lemmatizer(LemmaTable({"VBD": {"met": "meet"}}, KNOWN))


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("Met", "VBD", "meet"),
        ("hoped", "VBD", "hope"),
        ("hopped", "VBD", "hop"),
        ("vetoes", "VBZ", "veto"),
        ("visited", "VBN", "visit"),
        ("dying", "VBG", "die"),
        ("planning", "VBG", "plan"),
        ("killed", "VBN", "kill"),
        ("controlled", "VBD", "control"),
        ("panicked", "VBD", "panic"),
        ("agreed", "VBD", "agree"),
        ("denied", "VBD", "deny"),
        ("invaded", "VBD", "invade"),
        ("banned", "VBD", "ban"),
        ("arrested", "VBN", "arrest"),
        ("negotiating", "VBG", "negotiate"),
        ("clashes", "VBZ", "clash"),
        ("bases", "NNS", "base"),
        ("viruses", "NNS", "virus"),
        ("parties", "NNS", "party"),
        ("movies", "NNS", "movie"),
        ("spokesmen", "NNS", "spokesman"),
        ("Democrats", "NNPS", "Democrat"),
        ("biggest", "JJS", "big"),
        ("angrier", "JJR", "angry"),
        ("larger", "JJR", "large"),
        ("Moscow", "NNP", "Moscow"),
        ("Talks", "NNS", "talk"),
        ("Blah", "XX", "blah"),
        ("%", "NNS", "%"),
    ],
)
def test_lemmas(form: str, tag: str, lemma: str) -> None:
    assert LEMMATIZER(form, tag) == lemma


@given(
    st.text(min_size=1, max_size=80), st.sampled_from(["VBD", "VBG", "VBZ", "NNS", "NNPS", "JJR", "JJS", "NN", "NNP"])
)
def test_any_form_has_a_lemma(form: str, tag: str) -> None:
    assert LEMMATIZER(form, tag)
