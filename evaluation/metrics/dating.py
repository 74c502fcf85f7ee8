"""The date of publication, found again when it is withheld. A date that is not given is no error, but no hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, share

WEEK = 3  # days on either side


def dating(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for gold rows {doc, dct} and predicted rows {doc, published_at}."""
    said = {row["doc"]: row.get("published_at") for row in predicted}
    errors = []
    for row in gold:
        if day := said.get(row["doc"]):
            errors.append(abs((dt.date.fromisoformat(day[:10]) - dt.date.fromisoformat(row["dct"][:10])).days))
    exact, near = sum(error == 0 for error in errors), sum(error <= WEEK for error in errors)
    return {
        "n": len(gold),
        "answered": len(errors),
        "exact": share(exact, len(gold)),
        "within_week": share(near, len(gold)),
        "precision": share(exact, len(errors)),
    }
