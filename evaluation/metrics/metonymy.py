"""Place or polity: accuracy and macro F1 of the two readings."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, macro_f1, pct, share

READINGS = ("lit", "met")


def metonymy(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for rows {id, reading}; gold rows with another reading are left out."""
    said = {str(row["id"]): row.get("reading") for row in predicted}
    pairs = [(row["reading"], said.get(str(row["id"]))) for row in gold if row["reading"] in READINGS]
    right = sum(wanted == found for wanted, found in pairs)
    return {"n": len(pairs), "accuracy": share(right, len(pairs)), "macro_f1": pct(macro_f1(pairs, READINGS))}
