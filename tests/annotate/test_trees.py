"""Trees and label sequences by hand and by property, without a model."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate.trees import allowed_before, best_bio, bio_is_valid, is_tree, mended, spanning_tree

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def _scores(n: int, seed: int) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    for i in range(n):
        scores[i, i + 1] = -np.inf
    return scores


def _total(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, h] for i, h in enumerate(heads)))


@pytest.mark.parametrize(
    ("heads", "tree"),
    [([2, 0, 2], True), ([0, 1, 2], True), ([2, 1, 0], False), ([0, 0, 1], False), ([2, 3, 1], False), ([0], True)],
)
def test_is_tree(heads: list[int], tree: bool) -> None:
    assert is_tree(np.array(heads)) is tree


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(0, 10_000))
def test_spanning_tree_is_the_best_tree(n: int, seed: int) -> None:
    scores = _scores(n, seed)
    heads = spanning_tree(scores.copy())
    trees = [h for h in itertools.product(range(n + 1), repeat=n) if is_tree(np.array(h))]
    best = max(_total(scores, h) for h in trees)
    assert is_tree(heads)
    assert _total(scores, tuple(heads.tolist())) == pytest.approx(best, abs=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(0, 10_000))
def test_long_sentences_become_trees_too(n: int, seed: int) -> None:
    scores = _scores(n, seed)
    assert is_tree(spanning_tree(scores.copy()))
    assert is_tree(mended(scores, scores.argmax(-1)))


def test_inside_labels_need_their_beginning() -> None:
    before = allowed_before(LABELS)
    assert bio_is_valid(np.array([1, 2, 0, 3, 4]), before)
    assert not bio_is_valid(np.array([0, 2]), before)
    assert not bio_is_valid(np.array([1, 4]), before)
    assert not bio_is_valid(np.array([2]), before)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_best_bio_beats_every_other_valid_sequence(n: int, seed: int) -> None:
    log = np.log(np.random.default_rng(seed).dirichlet(np.ones(len(LABELS)), size=n)).astype(np.float32)
    before = allowed_before(LABELS)
    found = best_bio(log, before)
    valid = [s for s in itertools.product(range(len(LABELS)), repeat=n) if bio_is_valid(np.array(s), before)]
    best = max(sum(float(log[i, k]) for i, k in enumerate(s)) for s in valid)
    assert bio_is_valid(found, before)
    assert sum(float(log[i, k]) for i, k in enumerate(found)) == pytest.approx(best, abs=1e-4)
