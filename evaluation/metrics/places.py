"""Toponyms: found, and put on the map within 161 km (countries: by their code)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, Tally, match, share, span_overlap
from evaluation.metrics.events import alpha3

EARTH_KM = 6371.0
NEAR_KM = 161.0  # 100 miles, the custom of the field
FARTHEST_KM = 20039.0  # half the circumference


@dataclass
class _Counts:
    points: int = 0
    answered: int = 0
    right: int = 0
    near: int = 0
    with_country: int = 0
    right_country: int = 0
    log_error: float = 0.0
    recognition: Tally = field(default_factory=Tally)


def places(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for rows {doc, places}. `optional` toponyms of the gold are neither asked for nor wrong."""
    said = {row["doc"]: row.get("places") or [] for row in predicted}
    counts = _Counts()
    for row in gold:
        wanted, mine = row["places"], said.get(row["doc"], [])
        matched = match(wanted, mine, span_overlap)
        spare = sum(wanted[i]["optional"] for i in matched)
        asked = sum(not place["optional"] for place in wanted)
        counts.recognition.count(len(matched) - spare, len(mine) - spare, asked)
        for i, place in enumerate(wanted):
            _count(counts, place, mine[matched[i]] if i in matched else None)
    return {
        "n": len(gold),
        "toponyms": counts.points,
        "answered_toponyms": share(counts.answered, counts.points),
        "acc161": share(counts.right, counts.points),
        "acc161_points_only": share(counts.near, counts.points),
        "auc_log_error": round(counts.log_error / counts.points, 4) if counts.points else 0.0,
        "country_accuracy": share(counts.right_country, counts.with_country),
    } | counts.recognition.figures("recognition")


def _count(counts: _Counts, place: Row, got: Row | None) -> None:
    if place["lat"] is None:
        return
    raw = str((got or {}).get("country"))
    same = alpha3().get(raw.upper(), raw) == place["country"]
    error = distance_km(place, got)
    counts.points += 1
    counts.answered += got is not None
    counts.near += error <= NEAR_KM
    if place["country"]:
        counts.with_country += 1
        counts.right_country += same
    if place["is_country"] and place["country"]:
        counts.right += same
        error = 0.0 if same else error
    else:
        counts.right += error <= NEAR_KM
    counts.log_error += math.log(min(error, FARTHEST_KM) + 1) / math.log(FARTHEST_KM + 1)


def distance_km(one: Row, other: Row | None) -> float:
    """Great-circle distance by the haversine formula; the farthest where a point is missing."""
    if other is None or None in (one.get("lat"), one.get("lon"), other.get("lat"), other.get("lon")):
        return FARTHEST_KM
    a, b, c, d = (math.radians(row[key]) for row in (one, other) for key in ("lat", "lon"))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
