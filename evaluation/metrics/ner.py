"""Named entities: strict spans of PER, LOC and ORG; finer labels are folded, others left out on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, Tally, pct

LABELS = ("PER", "LOC", "ORG")
FOLDED = {
    "per": "PER", "person": "PER", "politician": "PER", "org": "ORG", "organisation": "ORG", "organization": "ORG",
    "politicalparty": "ORG", "loc": "LOC", "location": "LOC", "country": "LOC", "gpe": "LOC", "fac": "LOC",
}  # fmt: skip
Entity = tuple[int, int, str]


def ner(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for rows {sent_id, entities: [[first, after last, label]]}."""
    said = {str(row.get("sent_id", row.get("index"))): _folded(row) for row in predicted}
    whole, by_label = Tally(), {label: Tally() for label in LABELS}
    for row in gold:
        want, have = _folded(row), said.get(str(row["sent_id"]), set())
        whole.add(have, want)
        for label, tally in by_label.items():
            tally.add(
                {entity for entity in have if entity[2] == label}, {entity for entity in want if entity[2] == label}
            )
    out: Figures = {"n": len(gold), "answered": len(said)}
    return out | whole.figures("span") | {f"{label.lower()}_f1": pct(tally.f1) for label, tally in by_label.items()}


def _folded(row: Row) -> set[Entity]:
    entities = row.get("entities") or []
    return {(first, last, FOLDED[label.lower()]) for first, last, label in entities if label.lower() in FOLDED}
