"""The labels that the product of today gives a passage: its reading, carried back to the passage's own characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.pipeline import Pipeline
from dragoman.records import Actor, AgendaItem, Event, Reading, Span, Statement
from evaluation.corpus.labels import AgendaLabel, EventLabel, Labels, Spots, StatementLabel
from evaluation.texts import SourceText, source_text
from training.corpora.passages import Passage

NAMES = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "NORP": "GRP"}
TIME_TYPES = {"DURATION": "DUR"}


def read_passages(pipeline: Pipeline, passages: Sequence[Passage]) -> list[Labels]:
    """The product's labels of some passages, each read as a report of its date."""
    return [_Reader(pipeline, passage).labels() for passage in passages]


class _Reader:
    """One passage, read."""

    def __init__(self, pipeline: Pipeline, passage: Passage) -> None:
        self.passage = passage
        self.source: SourceText = source_text(passage.text, passage.date or None)
        self.reading: Reading = pipeline.read(self.source.article)
        self.things = {actor.actor_id: self._mentions(actor) for actor in self.reading.actors}
        self.places = {place.place_id: self._spots(place.mentions) for place in self.reading.places}
        self.triggers = {event.event_id: self._triggers(event) for event in self.reading.events}
        self.entities = pipeline.annotator.annotate(self.source.article).doc.ents

    def labels(self) -> Labels:
        """All layers. Names are the encoder's entities of the kinds that the corpus has; it knows no polities."""
        return Labels(
            passage_id=self.passage.passage_id,
            text=self.passage.text,
            sentences=tuple((sentence.start, sentence.end) for sentence in self.passage.sentences),
            names=frozenset(
                (*self.source.back(span.start_char, span.end_char), NAMES[span.label_])
                for span in self.entities
                if span.label_ in NAMES
            ),
            chains=tuple(self.things.values()),
            times={
                self.source.back(time.start, time.end): (TIME_TYPES.get(time.type, time.type), time.value or "")
                for time in self.reading.times
            },
            statements=tuple(map(self._statement, self.reading.statements)),
            events=tuple(map(self._event, self.reading.events)),
            agenda=tuple(map(self._item, self.reading.agenda)),
        )

    def _statement(self, statement: Statement) -> StatementLabel:
        addressee = statement.addressee.actor_id if statement.addressee else None
        return StatementLabel(
            who=self._spots([statement.source] if statement.source else []),
            cue=self._spots([statement.cue] if statement.cue else []),
            what=self._spots(statement.content),
            act=statement.act,
            speaker=self.things.get(statement.speaker or "", frozenset()),
            addressees=self._sides([addressee] if addressee else []),
            relays=self._sides(statement.relayed_by),
            occasion=self._evidence(statement, "occasion"),
            nested=statement.within is not None,
        )

    def _event(self, event: Event) -> EventLabel:
        return EventLabel(
            triggers=self.triggers[event.event_id],
            type=event.type,
            mode=event.mode,
            status=event.status,
            actors=self._sides(event.actors),
            recipients=self._sides(event.recipients),
            condition=self._spots([event.condition] if event.condition else []),
            instrument=self._spots([event.instrument] if event.instrument else []),
            times=self._evidence(event, "earliest"),
            places=self.places.get(event.place or "", frozenset()),
        )

    def _item(self, item: AgendaItem) -> AgendaLabel:
        return AgendaLabel(
            triggers=self._evidence(item, "kind").union(*(self.triggers.get(e, frozenset()) for e in item.events)),
            kind=item.kind,
            status=item.status,
            participants=self._sides(item.participants),
            times=self._evidence(item, "earliest"),
            places=self.places.get(item.place or "", frozenset()),
        )

    def _triggers(self, event: Event) -> Spots:
        return self._spots([event.trigger, *event.triggers])

    def _mentions(self, actor: Actor) -> Spots:
        return frozenset(self.source.back(mention.start, mention.end) for mention in actor.mentions)

    def _sides(self, actor_ids: Iterable[str]) -> tuple[Spots, ...]:
        return tuple(self.things[actor_id] for actor_id in actor_ids if actor_id in self.things)

    def _spots(self, spans: Iterable[Span]) -> Spots:
        return frozenset(self.source.back(span.start, span.end) for span in spans)

    def _evidence(self, record: Event | Statement | AgendaItem, field: str) -> Spots:
        return self._spots(span for span in record.evidence.get(field, ()) if isinstance(span, Span))
