"""Where: places with their coordinates, and where the text names them."""

from __future__ import annotations

from typing import Literal

from dragoman.records.base import Evidence, Record, Span

Precision = Literal["country", "region", "city", "site"]


class Place(Record, frozen=True, kw_only=True):
    """A place on the map: WGS 84 degrees; `country` is ISO 3166 alpha-3; `kind` is a free word ("city", "sea" ...)."""

    place_id: str
    name: str
    kind: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Precision
    mentions: tuple[Span, ...] = ()
    evidence: Evidence = {}
