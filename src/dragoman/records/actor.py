"""Who: actors, and where the text speaks of them."""

from __future__ import annotations

from typing import Literal

from dragoman.records.base import Evidence, Record

ActorKind = Literal["person", "state", "organization", "group"]
MentionForm = Literal["name", "nominal", "pronoun", "metonym"]


class ActorMention(Record, frozen=True, kw_only=True):
    """One place where the text speaks of an actor, characters `[start, end)`."""

    start: int
    end: int
    text: str
    form: MentionForm


class Actor(Record, frozen=True, kw_only=True):
    """A person, state, organisation or group; `role` is the office at the article's date."""

    actor_id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    mentions: tuple[ActorMention, ...] = ()
    evidence: Evidence = {}
