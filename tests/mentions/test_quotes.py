from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.mentions.quotes import find_quotes
from tests.speech_docs import text_only


def quotes(text: str) -> list[str]:
    return [quote.text for quote in find_quotes(text_only(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"We leave at dawn," she said. "Be ready."', ["We leave at dawn,", "Be ready."]),
        ("“We leave at dawn,” she said.", ["We leave at dawn,"]),
        ("„Nein“, sagte er. «Non», dit-elle. »Ja« war da.", ["Nein", "Non", "Ja"]),
        ("``Fine,'' he said. ''Go on.''", ["Fine,", "Go on."]),
        ("'The river is ours': farmer on the dam", ["The river is ours"]),
        ("The miners' union said 'the miners' pay is late,' and it's true.", ["the miners' pay is late,"]),
        ("It's the states' money, James' view, in the '90s of rock 'n' roll.", []),
        ('A man of 6\'2" and a screen of 14".', []),
        ("“She told me ‘never’ and I’m done,” he said.", ["She told me ‘never’ and I’m done,", "never"]),
        ('"He wrote "no" on it," she said.', ['He wrote "no" on it,', "no"]),
        ('The "plan" is the "best" of all.', ["plan", "best"]),
        ('He said: "We will see', ["We will see"]),
        ('We will see," he said.', ["We will see,"]),
        ('Say "one, he said. "Two," and "three".', ["Two,", "three"]),
        ("“One”, “two“, ”three”", ["One", "two"]),
        ('""', []),
    ],
)
def test_marks(text: str, found: list[str]) -> None:
    assert quotes(text) == found


def test_a_quote_over_two_paragraphs_stays_open_and_opens_anew() -> None:
    first, second = find_quotes(text_only('"It began at noon.\n"It ended at two," he said.'))
    assert (first.text, first.closed) == ("It began at noon.", False)
    assert (second.text, second.closed) == ("It ended at two,", True)


def test_outer_marks_are_kept_apart() -> None:
    (quote,) = find_quotes(text_only("She said: «Oui»."))
    assert (quote.outer_start, quote.start, quote.end, quote.outer_end) == (10, 11, 14, 15)


@settings(deadline=None)
@given(st.text(alphabet="ab .,'\"“”‘’«»„`\n", max_size=80))
def test_spans_quote_the_text_and_no_line_is_crossed(text: str) -> None:
    for quote in find_quotes(text_only(text)):
        assert text[quote.start : quote.end] == quote.text
        assert quote.outer_start <= quote.start <= quote.end <= quote.outer_end
        assert "\n" not in text[quote.outer_start : quote.outer_end]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    starts = [quote.outer_start for quote in find_quotes(text_only(text))]
    assert starts == sorted(starts)


@pytest.mark.parametrize("unit", ["'s ", '" ', ' "a', "“‘„«", "s' "])
def test_a_text_of_marks_is_no_trap(unit: str) -> None:
    article = text_only(unit * 200)
    long = type(article)(
        type(article.article)(article_id="a", text_id="t", text=unit * 6000), article.doc, article.scores
    )
    start = time.perf_counter()
    find_quotes(long)
    assert time.perf_counter() - start < 2
