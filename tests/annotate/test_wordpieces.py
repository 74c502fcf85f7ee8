"""Word pieces, shapes and quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.wordpieces import MAX_PIECES, SHAPES, UNKNOWN, WordPieces, directed_quotes, shape_of

VOCABULARY = ["[PAD]", *(f"[{i}]" for i in range(1, 100)), "[UNK]", "talk", "##s", "##ing", "-", "s", "'", "cafe", "世"]


@pytest.fixture(name="pieces")
def _pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


def test_longest_match_first(pieces: WordPieces) -> None:
    assert [VOCABULARY[i] for i in pieces("Talks")] == ["talk", "##s"]
    assert [VOCABULARY[i] for i in pieces("talk-talking")] == ["talk", "-", "talk", "##ing"]


def test_accents_and_typographic_apostrophes_go(pieces: WordPieces) -> None:
    assert [VOCABULARY[i] for i in pieces("Café")] == ["cafe"]
    assert [VOCABULARY[i] for i in pieces("’s")] == ["'", "s"]
    assert [VOCABULARY[i] for i in pieces("世世")] == ["世", "世"]


def test_what_is_not_in_the_vocabulary(pieces: WordPieces) -> None:
    assert pieces("zebra") == (UNKNOWN,)
    assert pieces("\u200b") == (UNKNOWN,)


@given(st.text(max_size=300))
def test_any_word_has_one_to_eight_pieces(word: str) -> None:
    assert 1 <= len(WordPieces(VOCABULARY)(word)) <= MAX_PIECES


@pytest.mark.parametrize(
    ("word", "shape"),
    [("talks", "lower"), ("Minsk", "title"), ("NATO", "upper"), ("U", "initial"), ("McCain", "mixed"),
     ("2024", "digits"), ("G7", "with_digits"), ("--", "other"), ("U.S.", "upper"), ("", "other")],
)  # fmt: skip
def test_shapes(word: str, shape: str) -> None:
    assert SHAPES[shape_of(word)] == shape


def test_quotation_marks_take_their_side_from_the_spaces() -> None:
    words = ["he", "said", '"', "No", ".", '"', '"', "Why", "?", '"']
    spaces = [True, True, False, False, False, True, False, False, False, False]
    assert directed_quotes(words, spaces) == ["he", "said", "“", "No", ".", "”", "“", "Why", "?", "”"]


def test_quotation_marks_alternate_where_spaces_are_unknown() -> None:
    assert directed_quotes(['"', "No", '"', "``", "x", "''"]) == ["“", "No", "”", "“", "x", "”"]
