"""What one coder, or the product, says of one passage: plain spans, so that two of them can be compared.

Ids of things differ between coders; a thing is therefore known by its mentions. Offsets are characters of the
passage's text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from training.corpora.codes import TIMES as TIME_TYPES
from training.corpora.passages import AgendaRecord, EventRecord, Passage, StatementRecord

Spot = tuple[int, int]
Spots = frozenset[Spot]
Chains = dict[str, Spots]


class StatementLabel(Struct, frozen=True):
    """A statement: spans of its three roles, its act, and the people around it by their mentions."""

    who: Spots
    cue: Spots
    what: Spots
    act: str
    speaker: Spots
    addressees: tuple[Spots, ...]
    relays: tuple[Spots, ...]
    occasion: Spots
    nested: bool


class EventLabel(Struct, frozen=True):
    """An event: its triggers, codes, and the things in its roles by their mentions; all sides of a reciprocal event are
    actors."""

    triggers: Spots
    type: str
    mode: str | None
    status: str
    actors: tuple[Spots, ...]
    recipients: tuple[Spots, ...]
    condition: Spots
    instrument: Spots
    times: Spots
    places: Spots


class AgendaLabel(Struct, frozen=True):
    """An agenda item: its own triggers or those of its event, kind and status, participants, times and places."""

    triggers: Spots
    kind: str
    status: str
    participants: tuple[Spots, ...]
    times: Spots
    places: Spots


class Labels(Struct, frozen=True):
    """All layers of one passage; `times` maps a span to (type, value), `names` are (start, end, type)."""

    passage_id: str
    text: str
    sentences: tuple[Spot, ...]
    names: frozenset[tuple[int, int, str]]
    chains: tuple[Spots, ...]
    times: dict[Spot, tuple[str, str]]
    statements: tuple[StatementLabel, ...]
    events: tuple[EventLabel, ...]
    agenda: tuple[AgendaLabel, ...]


def characters(spots: Iterable[Spot]) -> set[int]:
    """The characters that some spans cover."""
    return {at for start, end in spots for at in range(start, end)}


def shared(one: Iterable[Spot], other: Iterable[Spot]) -> int:
    """How many characters two lots of spans share."""
    return len(characters(one) & characters(other))


def from_passage(passage: Passage) -> Labels:
    """The labels of a coder's passage."""
    chains = {name: _mentions(passage, name) for name in dict.fromkeys(i for m in passage.mentions for i in m.ids)}
    timed = {name for m in passage.mentions if m.kind in TIME_TYPES for name in m.ids}
    alone = (frozenset({(m.start, m.end)}) for m in passage.mentions if not m.ids and m.kind not in TIME_TYPES)
    return Labels(
        passage_id=passage.passage_id,
        text=passage.text,
        sentences=tuple((sentence.start, sentence.end) for sentence in passage.sentences),
        names=frozenset((m.start, m.end, m.kind) for m in passage.mentions if m.form == "name"),
        chains=(*(chain for name, chain in chains.items() if name not in timed), *alone),
        times={(m.start, m.end): (m.kind, m.value) for m in passage.mentions if m.kind in TIME_TYPES},
        statements=tuple(_statement(passage, chains, record) for record in passage.statements),
        events=tuple(_event(passage, chains, record) for record in passage.events),
        agenda=tuple(_agenda(passage, chains, record) for record in passage.agenda),
    )


def _statement(passage: Passage, chains: Chains, record: StatementRecord) -> StatementLabel:
    who, cue, what, occasion = (_marks(passage, record.statement_id, role) for role in ("who", "cue", "what", "at"))
    return StatementLabel(
        who=who,
        cue=cue,
        what=what,
        act=record.act,
        speaker=_union(chains, record.speakers),
        addressees=_things(chains, record.to),
        relays=_things(chains, record.via),
        occasion=occasion,
        nested=record.within is not None,
    )


def _event(passage: Passage, chains: Chains, record: EventRecord) -> EventLabel:
    return EventLabel(
        triggers=_marks(passage, record.event_id, "trigger"),
        type=record.type,
        mode=record.mode or None,
        status=record.status,
        actors=_things(chains, record.actors),
        recipients=() if record.reciprocal else _things(chains, record.recipients),
        condition=_marks(passage, record.event_id, "if"),
        instrument=_marks(passage, record.event_id, "with"),
        times=_union(chains, record.when),
        places=_union(chains, record.where),
    )


def _agenda(passage: Passage, chains: Chains, record: AgendaRecord) -> AgendaLabel:
    own = _marks(passage, record.item_id, "trigger")
    return AgendaLabel(
        triggers=own.union(*(_marks(passage, event, "trigger") for event in record.events)),
        kind=record.kind,
        status=record.status,
        participants=_things(chains, record.participants),
        times=_union(chains, record.when),
        places=_union(chains, record.where),
    )


def _mentions(passage: Passage, name: str) -> Spots:
    return frozenset((mention.start, mention.end) for mention in passage.chain(name))


def _marks(passage: Passage, record_id: str, role: str) -> Spots:
    return frozenset((mark.start, mark.end) for mark in passage.spans(record_id, role))


def _things(chains: Chains, names: Iterable[str]) -> tuple[Spots, ...]:
    return tuple(chains[name] for name in names)


def _union(chains: Chains, names: Iterable[str]) -> Spots:
    return frozenset[Spot]().union(*(chains[name] for name in names))
