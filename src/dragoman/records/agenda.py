"""What comes next: announced meetings, votes, visits, deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dragoman.records.base import Evidence, Record, Span

AgendaKind = Literal[
    "meeting", "talks", "summit", "visit", "call", "election", "vote", "congress",
    "exercise", "hearing", "signing", "deadline", "other",
]  # fmt: skip
AgendaStatus = Literal["expected", "planned", "confirmed", "tentative", "conditional", "postponed", "cancelled", "held"]


class AgendaItem(Record, frozen=True, kw_only=True):
    """One entry of a forward diary. `earliest` and `latest` are inclusive days."""

    item_id: str
    kind: AgendaKind
    participants: tuple[str, ...] = ()
    forum: str | None = None
    place: str | None = None
    country: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    granularity: str | None = None
    status: AgendaStatus
    condition: Span | None = None
    confirmed_by: tuple[str, ...] = ()
    declined_by: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    evidence: Evidence = {}
