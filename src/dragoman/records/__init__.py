"""The records: frozen data that every room shares. Names and fields are those of the published schema."""

from dragoman.records.actor import Actor, ActorKind, ActorMention, MentionForm
from dragoman.records.agenda import AgendaItem, AgendaKind, AgendaStatus
from dragoman.records.article import Article, Block, BlockKind, PublishedBy, digest
from dragoman.records.base import Evidence, Record, Span, span_of
from dragoman.records.event import Event, EventType, Magnitude, Status
from dragoman.records.mention import LinkedActors, Mention, PlaceMention, QuoteMention, TimeMention, TriggerMention
from dragoman.records.place import Place, Precision
from dragoman.records.reading import SCHEMA, Reading, Skipped, Versions
from dragoman.records.statement import Act, Addressee, Dispute, Statement, StatementKind
from dragoman.records.time import Bound, Time, TimeType

__all__ = [
    "SCHEMA", "Act", "Actor", "ActorKind", "ActorMention", "Addressee", "AgendaItem", "AgendaKind", "AgendaStatus",
    "Article", "Block", "BlockKind", "Bound", "Dispute", "Event", "EventType", "Evidence", "LinkedActors", "Magnitude",
    "Mention", "MentionForm", "Place", "PlaceMention", "Precision", "PublishedBy", "QuoteMention", "Reading", "Record",
    "Skipped", "Span", "Statement", "StatementKind", "Status", "Time", "TimeMention", "TimeType", "TriggerMention",
    "Versions", "digest", "span_of",
]  # fmt: skip
