"""Our own figures for every kind of test set, in per cent. Rows that have no prediction count as unanswered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures
from evaluation.metrics.dating import dating
from evaluation.metrics.dyads import dyads
from evaluation.metrics.events import events
from evaluation.metrics.metonymy import metonymy
from evaluation.metrics.ner import ner
from evaluation.metrics.pages import extraction
from evaluation.metrics.places import places
from evaluation.metrics.statements import statements
from evaluation.metrics.times import times

Metric = Callable[[Sequence[Row], Sequence[Row]], Figures]

METRICS: dict[str, Metric] = {
    "dyads": dyads,
    "events": events,
    "statements": statements,
    "times": times,
    "dating": dating,
    "places": places,
    "metonymy": metonymy,
    "ner": ner,
    "extraction": extraction,
}

__all__ = ["METRICS", "Figures", "Metric"]
