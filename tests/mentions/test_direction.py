"""Past or future: bare dates in sentences of our own, with the shipped weights."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dragoman.annotate import load_annotator
from dragoman.lexicon.tables import read_csv
from dragoman.lexicon.times import load_times
from dragoman.linking.times import link_times
from dragoman.mentions.times import find_times
from dragoman.records import Article, Record

WEDNESDAY = dt.date(2022, 9, 7)
RIGHT = 0.95
"""The share that has to be right: a new model may err on another sentence, but not on more."""


class Case(Record, frozen=True, kw_only=True):
    """A sentence and the values that its dates must have."""

    text: str
    values: tuple[str, ...]


CASES = read_csv(Case, Path(__file__).parent / "direction.csv")


@pytest.mark.weights
def test_bare_dates_look_the_right_way() -> None:
    annotator, words = load_annotator(), load_times()
    wrong = []
    for case in CASES:
        annotated = annotator.annotate(Article(article_id="a", text_id="t", text=case.text))
        values = {time.value for time in link_times(annotated, find_times(annotated, words), WEDNESDAY)}
        if not values.issuperset(case.values):
            wrong.append((case.text, case.values, values))
    assert len(wrong) <= (1 - RIGHT) * len(CASES), wrong
