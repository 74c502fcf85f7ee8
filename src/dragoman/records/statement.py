"""Who said what, to whom, through whom."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from dragoman.records.base import Evidence, Record, Span

StatementKind = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "assert", "deny", "reject", "accuse", "threaten", "promise", "request", "decline", "no_response", "question"
]


class Addressee(Record, frozen=True, kw_only=True):
    """Whom a statement was made to: as the text says it, and the actor where it is one of ours."""

    actor_id: str | None = None
    text: str


class Statement(Record, frozen=True, kw_only=True):
    """Speech that the report hands on. `content` may be split into several spans, in the order of the text."""

    statement_id: str
    speaker: str | None = None
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...]
    kind: StatementKind
    act: Act
    addressee: Addressee | None = None
    relayed_by: tuple[str, ...] = ()
    occasion: str | None = None
    place: str | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    within: str | None = None
    events: tuple[str, ...] = ()
    evidence: Evidence = {}


class Dispute(Record, frozen=True, kw_only=True):
    """A proposition that some assert and others reject."""

    proposition: Span
    asserted_by: tuple[str, ...] = ()
    rejected_by: tuple[str, ...] = ()
    evidence: Evidence = {}
