"""What happened: PLOVER events with their status."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dragoman.records.base import Evidence, Record, Span

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["occurred", "ongoing", "planned", "possible", "conditional", "denied"]


class Magnitude(Record, frozen=True, kw_only=True):
    """Numbers that the text gives for an event."""

    dead: int | None = None
    injured: int | None = None
    size: int | None = None
    amount: str | None = None


class Event(Record, frozen=True, kw_only=True):
    """One thing that somebody did, plans, threatens or denies. Quad: 1 verbal and 2 material cooperation,
    3 verbal and 4 material conflict. `intensity` is on the Goldstein scale, -10..10; `score` is in 0..1."""

    event_id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int
    intensity: float
    status: Status
    condition: Span | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    instrument: Span | None = None
    magnitude: Magnitude | None = None
    place: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    trigger: Span
    triggers: tuple[Span, ...] = ()
    attributed_to: str | None = None
    score: float
    made_by: str
    evidence: Evidence = {}
