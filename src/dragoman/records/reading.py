"""The reading: everything that was taken out of one article, and what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.records.actor import Actor
from dragoman.records.agenda import AgendaItem
from dragoman.records.article import Article
from dragoman.records.base import Record
from dragoman.records.event import Event
from dragoman.records.place import Place
from dragoman.records.statement import Dispute, Statement
from dragoman.records.time import Time
from dragoman.records.views import to_cell, to_doc

if TYPE_CHECKING:
    from spacy.tokens import Doc

SCHEMA = "1"


class Versions(Record, frozen=True, kw_only=True):
    """What made a reading: the versions of schema, code, model and lexicon."""

    schema: str = SCHEMA
    code: str
    model: str
    lexicon: str


class Skipped(Record, frozen=True, kw_only=True):
    """Something that was seen and left out, characters `[start, end)`, and why."""

    start: int
    end: int
    text: str
    reason: str


class Reading(Record, frozen=True, kw_only=True):
    """The records of one article, as `dragoman read` puts them out."""

    reading: Versions
    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def to_json(self) -> str:
        """The reading as one line of JSON."""
        return msgspec.json.encode(self).decode("utf-8")

    def to_doc(self) -> Doc:
        """A blank spaCy Doc of the article with a span group for each kind of record (see `records.views.to_doc`)."""
        return to_doc(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return to_cell(self)

    @staticmethod
    def from_json(line: str | bytes) -> Reading:
        """A reading back from its JSON. Raises `msgspec.ValidationError` where the schema does not fit."""
        return msgspec.json.decode(line, type=Reading)
