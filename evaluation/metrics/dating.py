"""The date of publication, found again when it is withheld. A date that is not given is no error, but no hit.

A gold `dct` of null is a text that cannot be dated: any answer to it is false.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, share

WEEK = 3  # days on either side


def dating(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for gold rows {doc, dct} and predicted rows {doc, published_at}."""
    said = {row["doc"]: row.get("published_at") for row in predicted}
    pairs = [(row["dct"], day) for row in gold if (day := said.get(row["doc"]))]
    errors = [_days_between(true, day) for true, day in pairs if true]
    exact, near = sum(error == 0 for error in errors), sum(error <= WEEK for error in errors)
    datable = sum(row["dct"] is not None for row in gold)
    return {
        "n": len(gold),
        "answered": len(pairs),
        "exact": share(exact, datable),
        "within_week": share(near, datable),
        "precision": share(exact, len(pairs)),
    }


def _days_between(true: str, said: str) -> int:
    """The days from one ISO date to another, either way."""
    return abs((dt.date.fromisoformat(said[:10]) - dt.date.fromisoformat(true[:10])).days)
