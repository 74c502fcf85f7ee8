from __future__ import annotations

import textwrap
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.sources import make_article, normalise

PARAGRAPHS = (
    "The envoys of Ghana and Togo met for six hours on Tuesday and agreed to open the bridge at Aflao to lorries "
    "again, a spokesman for the regional bloc said after the talks.",
    "Neither side would say who had closed it. The bridge carries a third of the trade between the two countries, and "
    "drivers have been sleeping in their cabs since the middle of last month.",
    'Lome called the deal "a first step" and promised that its customs officers would return on Monday.',
)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("one\u00a0two\u2009three\tfour  five", "one two three four five"),
        ("zero\u200bwidth \u202eand\u202c soft\u00adhyphen\ufeff", "zerowidth and softhyphen"),
        ("Cafe\u0301", "Café"),
        ("\n\n  a  \n\n\n b \n", "a\nb"),
        ("bell\x07 and \x00 nothing", "bell and nothing"),
        ("lone \ud800 surrogate", "lone surrogate"),
    ],
)
def test_odd_characters_become_plain(raw: str, kept: str) -> None:
    assert normalise(raw) == kept


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_hard_wrapped_paragraphs_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert normalise(wrapped) == "\n".join(PARAGRAPHS)


def test_indents_part_paragraphs_of_wrapped_text() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 66, initial_indent="    ") for paragraph in PARAGRAPHS)
    assert normalise(wrapped) == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_one_paragraph_a_line_is_kept(between: str) -> None:
    assert normalise(between.join(PARAGRAPHS)) == "\n".join(PARAGRAPHS)


def test_short_lines_below_each_other_are_kept() -> None:
    text = "Envoys open bridge at Aflao\n\n2 years ago\nDuration 1:20\nDrivers cheered.\n\n" + "\n\n".join(PARAGRAPHS)
    assert normalise(text).split("\n")[:4] == [
        "Envoys open bridge at Aflao",
        "2 years ago",
        "Duration 1:20",
        "Drivers cheered.",
    ]


@given(st.text(max_size=2000))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.lists(st.text(alphabet="ab .\u00e9\n\t ", max_size=90), max_size=30))
def test_nothing_but_space_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert "".join(normalise(text).split()) == "".join(text.split())


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.characters(), max_size=5000) | st.binary(max_size=5000).map(lambda raw: raw.decode("latin-1"))
)
def test_any_string_makes_an_article_whose_blocks_tile_its_lines(text: str) -> None:
    article = make_article(text)
    assert article == make_article(text)
    bounds = [(block.start, block.end) for block in article.blocks]
    assert [article.text[start:end] for start, end in bounds] == [line for line in article.text.split("\n") if line]
    assert all(after[0] == before[1] + 1 for before, after in pairwise(bounds))
    for span in article.published_evidence:
        assert article.text[span.start : span.end] == span.text


@pytest.mark.parametrize("mark", ["Enditem", "(END)", "###", "-30-"])
def test_the_end_mark_of_an_agency_is_a_line_of_its_own(mark: str) -> None:
    assert normalise(f"The bridge is open, he said. {mark}") == f"The bridge is open, he said.\n{mark}"
    assert normalise(f"The mark {mark} closes it.") == f"The mark {mark} closes it."
