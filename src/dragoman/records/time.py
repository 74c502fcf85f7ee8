"""When: time expressions with their TIMEX3 value and the interval of days that they cover."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dragoman.records.base import Evidence, Record

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Bound = Literal["exact", "after", "before", "about"]


class Time(Record, frozen=True, kw_only=True):
    """A time expression, characters `[start, end)`; `earliest` and `latest` are inclusive days, null where unknown."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    granularity: str | None = None
    bound: Bound = "exact"
    evidence: Evidence = {}
