"""Mentions: what the middle rooms hand to each other. They stay inside one reading and are never written out."""

from __future__ import annotations

from typing import Literal

from dragoman.records.actor import Actor, MentionForm
from dragoman.records.base import Record


class Mention(Record, frozen=True, kw_only=True):
    """A possible mention of an actor, characters `[start, end)`.

    `head` is the index of its head token in the Doc. `label` is the encoder's entity label where it has one.
    `entry` is the id of a lexicon entry (`ActorLexicon.entry`) when the words themselves name one without doubt.
    """

    start: int
    end: int
    text: str
    head: int
    form: MentionForm
    label: str | None = None
    entry: str | None = None


class LinkedActors(Record, frozen=True, kw_only=True):
    """The actors of an article, and which of them each token stands for.

    `by_token` maps the index of every token inside a mention (the head token above all) to the actor's id; where
    mentions nest ("Russian President Vladimir Putin"), the head's own actor wins and `inner` keeps the inner one.
    `groups` holds mentions that stand for several actors ("the two leaders"): head token -> their ids.
    """

    actors: tuple[Actor, ...] = ()
    by_token: dict[int, str] = {}
    inner: dict[int, str] = {}
    groups: dict[int, tuple[str, ...]] = {}

    def at(self, token: int) -> tuple[str, ...]:
        """The ids of the actors that the token with this index stands for; empty where it names nobody."""
        if token in self.groups:
            return self.groups[token]
        return (self.by_token[token],) if token in self.by_token else ()

    def named(self, actor_id: str) -> Actor | None:
        """The actor with this id."""
        return next((actor for actor in self.actors if actor.actor_id == actor_id), None)


class PlaceMention(Record, frozen=True, kw_only=True):
    """A name of a place, characters `[start, end)`; `polity` where it acts ("Moscow said")."""

    start: int
    end: int
    text: str
    head: int
    polity: bool = False


class TimeMention(Record, frozen=True, kw_only=True):
    """A time expression, characters `[start, end)`, before it is given a value.

    `rule` names the row or pattern that found it; `parts` are its parsed pieces, as that rule needs them.
    `direction`: "future", "past" or None, as the tense and the cues of its clause say.
    """

    start: int
    end: int
    text: str
    rule: str
    parts: dict[str, str] = {}
    direction: Literal["future", "past"] | None = None


class QuoteMention(Record, frozen=True, kw_only=True):
    """A stretch between quotation marks: `[start, end)` without the marks, `[outer_start, outer_end)` with them."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    text: str
    closed: bool = True


class TriggerMention(Record, frozen=True, kw_only=True):
    """A predicate that may tell an event: token index `head`, characters `[start, end)`, `entries` = row ids of the
    predicate table that fit its lemma and frame."""

    start: int
    end: int
    text: str
    head: int
    lemma: str
    entries: tuple[str, ...] = ()
