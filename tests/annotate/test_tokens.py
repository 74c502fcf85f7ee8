"""The tokeniser keeps the text and stays quick on noise."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from dragoman.annotate.tokens import LONG_RUN, blank_english, dateline_end, tokenise


@pytest.fixture(name="nlp", scope="module")
def _nlp() -> Language:
    return blank_english()


NLP = blank_english()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_the_text_is_kept(text: str) -> None:
    assert tokenise(text, NLP).text == text


@settings(max_examples=30, deadline=None)
@given(
    st.text(max_size=30), st.text(alphabet="$ab", min_size=LONG_RUN, max_size=300), st.text(alphabet=" \nx", max_size=9)
)
def test_the_text_is_kept_around_long_runs(before: str, run: str, after: str) -> None:
    text = f"{before} {run}{after}"
    assert tokenise(text, NLP).text == text


def test_long_runs_of_signs_are_quick(nlp: Language) -> None:
    began = time.perf_counter()
    assert len(tokenise("$" * 15_000, nlp)) == 15_000
    assert time.perf_counter() - began < 10


def test_long_addresses_stay_whole(nlp: Language) -> None:
    address = "https://example.org/" + "a-b/" * 60
    assert [t.text for t in tokenise(f"See {address} now", nlp)] == ["See", address, "now"]


def test_lone_surrogates_are_replaced(nlp: Language) -> None:
    assert tokenise("a \ud800 b", nlp).text == "a \ufffd b"


def test_news_words(nlp: Language) -> None:
    words = [t.text for t in tokenise("The U.S.-led talks won't resume in Xi's lifetime.", nlp)]
    assert words[-7:] == ["n't", "resume", "in", "Xi", "'s", "lifetime", "."]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("KYIV , March 3 ( AP ) — Rockets hit", 8),
        ("Oslo , Norway ( AFP ) - Two men", 7),
        ("NEW DELHI - The army", 3),
        ("EU - The bloc", 0),
        ("Kern - The minister", 0),
        ("KYIV has fallen - They say", 0),
        ("TALKS - which failed", 0),
        ("MOSCOW -", 0),
        ("MINSK , August 12 . /TASS/. The ministry", 6),
        ("MINSK , August 12 /TASS/ - The ministry", 6),
        ("NEW DELHI , PTI : The army", 5),
        ("Thimphu [ Bhutan ] , May 7 ( ANI ): The king", 10),
        ("( ANSA ) - ROME , SEP 7 - Malta will", 9),
        ("SUVA , Fiji ( AP ) _ Two men", 7),
        ("OSLO ( AFP ) Two men", 4),
        ("Nairobi — Kenya said", 2),
        ("Kyiv . May 3 . INTERFAX-UKRAINE - The talks", 7),
        ("PUTIN : We will", 0),
        ("UNRWA ( the U.N. agency ) said", 0),
        ("", 0),
    ],
)
def test_datelines(text: str, after: int) -> None:
    assert dateline_end(text.split()) == after


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("PORT-AU-PRINCE, Haiti — Gunmen fled", "Gunmen fled"),
        ("NATO-Russia talks - The first", "NATO-Russia talks - The first"),
        ("EU–China talks began", "EU–China talks began"),
    ],
)
def test_hyphens_close_no_dateline(nlp: Language, text: str, rest: str) -> None:
    doc = nlp(text)
    after = dateline_end([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    assert doc[after:].text == rest
