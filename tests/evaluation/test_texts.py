from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.texts import source_text

WRAPPED = textwrap.fill(
    "The envoys of Ghana and Togo met for six hours on Tuesday and agreed to open the bridge at Aflao to lorries "
    "again, a spokesman for the regional bloc said after the talks, which had been put off twice.",
    70,
)


@pytest.mark.parametrize(
    "raw",
    [
        "\n\nACCRA, Ghana (GNA) _\n\n  Envoys   met\u00a0on Tuesday.\n\n",
        "Envoys\r\nmet in Lome\u0301 and\u200b Cafe\u0301 owners cheered.",
        WRAPPED + "\n\n" + WRAPPED,
    ],
)
def test_spans_come_back_to_the_same_words(raw: str) -> None:
    text = source_text(raw)
    kept = text.article.text
    for word in ("Envoys", "Tuesday", "Lomé", "owners", "lorries again", "spokesman"):
        at = kept.find(word)
        if at >= 0:
            start, end = text.back(at, at + len(word))
            again = source_text(raw[start:end]).article.text
            assert again == word
            assert text.forth(start, end) == (at, at + len(word))


@given(st.text(max_size=400))
def test_places_rise_and_lie_in_the_text(raw: str) -> None:
    text = source_text(raw)
    assert len(text.places) == len(text.article.text)
    assert list(text.places) == sorted(text.places)
    assert all(0 <= place < len(raw) for place in text.places)


@given(st.text(alphabet="ab .\n\u00e9\u00a0", max_size=200))
def test_every_letter_keeps_its_place(raw: str) -> None:
    text = source_text(raw)
    for at, place in enumerate(text.places):
        if not text.article.text[at].isspace():
            assert raw[place] == text.article.text[at]
