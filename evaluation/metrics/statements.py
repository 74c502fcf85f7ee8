"""Attributions: spans and characters of source, cue and content, and relations with all three roles."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, Tally, match

ROLES = ("source", "cue", "content")
Spans = Sequence[Sequence[int]]


def statements(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for gold rows {doc, relations} and predicted rows {doc, statements}."""
    said = {row["doc"]: row.get("statements") or [] for row in predicted}
    exact, chars = {role: Tally() for role in ROLES}, {role: Tally() for role in ROLES}
    linked = Tally()
    for row in gold:
        mine, wanted = said.get(row["doc"], []), row["relations"]
        for role in ROLES:
            exact[role].add(_spans(mine, role), _spans(wanted, role))
            chars[role].add(_characters(mine, role), _characters(wanted, role))
        linked.count(len(match(mine, wanted, _joint)), len(mine), len(wanted))
    out: Figures = {"n": len(gold), "answered": len(said)}
    for role in ROLES:
        out |= exact[role].figures(f"{role}_exact") | chars[role].figures(f"{role}_chars")
    return out | linked.figures("linked")


def _spans(relations: Sequence[Row], role: str) -> set[tuple[int, int]]:
    return {(start, end) for relation in relations for start, end in relation.get(role) or []}


def _characters(relations: Sequence[Row], role: str) -> set[int]:
    return {at for start, end in _spans(relations, role) for at in range(start, end)}


def _joint(one: Row, other: Row) -> float:
    """Shared characters over the roles, 0 unless every role agrees: it overlaps, or is empty on both sides."""
    shared = [_touch(one.get(role) or [], other.get(role) or []) for role in ROLES]
    return float(sum(shared)) if all(shared) else 0.0


def _touch(one: Spans, other: Spans) -> int:
    if not one and not other:
        return 1
    return sum(max(0, min(end, stop) - max(start, begin)) for start, end in one for begin, stop in other)
