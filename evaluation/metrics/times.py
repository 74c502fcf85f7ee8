"""TempEval-3 task A: strict and relaxed spans, and type and value of the spans that overlap."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, Tally, match, share, span_overlap


def times(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for rows {doc, times}."""
    said = {row["doc"]: row.get("times") or [] for row in predicted}
    tallies = {name: Tally() for name in ("strict", "relaxed", "type", "value")}
    for row in gold:
        wanted, mine = row["times"], said.get(row["doc"], [])
        pairs = [(wanted[i], mine[j]) for i, j in match(wanted, mine, span_overlap).items()]
        right = {
            "strict": sum((a["start"], a["end"]) == (b["start"], b["end"]) for a, b in pairs),
            "relaxed": len(pairs),
            "type": sum(a["type"] == b.get("type") for a, b in pairs),
            "value": sum(a["value"] == b.get("value") for a, b in pairs),
        }
        for name, hits in right.items():
            tallies[name].count(hits, len(mine), len(wanted))
    out: Figures = {"n": len(gold), "answered": len(said)}
    out |= {"gold": tallies["relaxed"].wanted, "found": tallies["relaxed"].found}
    for name, tally in tallies.items():
        out |= tally.figures(name)
    return out | {"value_accuracy": share(tallies["value"].hits, tallies["relaxed"].hits)}
