"""Windows and brackets: where the encoder cuts, without the encoder."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.encoder import (
    HARD_LIMIT,
    LONGEST,
    WINDOW,
    Encoder,
    bracketed,
    cut_windows,
    goes_on,
    may_start,
    sentence_starts,
    sides_of,
)
from dragoman.errors import ModelError


def test_short_brackets_hold_together() -> None:
    words = ["It", "(", "who", "knows", ".", "Not", "me", ")", "ended", "."]
    assert bracketed(words).tolist() == [False, False, True, True, True, True, True, True, False, False]
    assert not bracketed(["("] + ["x"] * 50 + [")"]).any()


def test_where_a_sentence_may_start() -> None:
    words = ["He", "left", ".", '"', "Why", "?", "but", "no"]
    assert may_start(words, 4)
    assert not may_start(words, 3)
    assert not may_start(words, 6)
    assert not may_start(words, 0)


def test_marks_go_with_their_sentence() -> None:
    words = ["He", "left", ".", "“", "Why", "?", "”", "she", "said", "."]
    scores = np.array([9, -9, -9, -9, 9, -9, 9, -9, -9, -9], np.float32)
    free = np.full(10, -1)
    none = np.zeros(10, bool)
    assert np.flatnonzero(sentence_starts(scores, free, none, sides_of(words))).tolist() == [0, 3]
    forced = np.array([1, 0, 0, 0, 1, 0, 1, 0, 0, 0])
    assert np.flatnonzero(sentence_starts(scores, forced, none, sides_of(words))).tolist() == [0, 4, 6]


def test_speech_and_its_speaker_are_one_sentence() -> None:
    words = ['"', "No", ",", '"', "Price", "said", ".", '"', "Why", "?", '"', "she", "asked", "."]
    assert np.flatnonzero(goes_on(words)).tolist() == [4, 11]


def test_windows_end_at_sentence_starts() -> None:
    words = (["word"] * 19 + ["."]) * 20
    words = [("Word" if i % 20 == 0 else w) for i, w in enumerate(words)]
    windows = cut_windows(words, [1] * len(words), np.full(len(words), -1))
    assert [s for s, _ in windows] == [0, *(e for _, e in windows)][:-1]
    assert windows[-1][1] == len(words)
    assert all(s % 20 == 0 and e - s <= WINDOW for s, e in windows)


def test_given_sentences_are_not_cut() -> None:
    forced = np.zeros(HARD_LIMIT, np.int64)
    forced[0] = 1
    assert cut_windows(["x"] * HARD_LIMIT, [1] * HARD_LIMIT, forced) == [(0, HARD_LIMIT)]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "B", ".", "(", ")", '"']), st.integers(1, 8), st.sampled_from([-1, 0, 1])),
        max_size=400,
    )
)
def test_windows_cover_every_word_once(rows: list[tuple[str, int, int]]) -> None:
    words, sizes = [r[0] for r in rows], [r[1] for r in rows]
    forced = np.array([r[2] for r in rows], np.int64)
    windows = cut_windows(words, sizes, forced)
    assert [i for s, e in windows for i in range(s, e)] == list(range(len(words)))
    assert all(s < e and sum(sizes[s:e]) <= max(LONGEST, HARD_LIMIT) for s, e in windows)


def test_missing_weights_say_what_to_do(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="make model"):
        Encoder(tmp_path)  # type: ignore[arg-type]
