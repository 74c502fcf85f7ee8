"""From the lines of one passage, as read, to its frozen record."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from training.corpora.codes import CASED, NAMED, codes
from training.corpora.defaults import confirming, reporting, vouching
from training.corpora.inline import Marked, Spot
from training.corpora.passages import (
    AgendaRecord,
    EventRecord,
    Form,
    Mark,
    Mention,
    Passage,
    Sentence,
    StatementRecord,
)
from training.corpora.tags import Curly, Square


class Header(msgspec.Struct, frozen=True):
    """`## id | date | style | region`."""

    passage_id: str = ""
    date: str = ""
    style: str = ""
    region: str = ""
    line: int = 0


class Row(msgspec.Struct, frozen=True):
    """A sentence line as read. `sentence_id` is empty in text of our own, where it follows from the passage."""

    sentence_id: str
    marked: Marked
    paragraph: bool
    line: int


class Records(msgspec.Struct, frozen=True):
    """The record lines of a passage as read: `by` and `within` may be "" (not said) or "-" (nobody)."""

    events: tuple[EventRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    agenda: tuple[AgendaRecord, ...] = ()


class Place(msgspec.Struct, frozen=True):
    """Where a mark stands in the file."""

    line: int
    column: int


class Assembled(msgspec.Struct, frozen=True):
    """A passage, and the places of its mentions and marks in the file (keys: mention or mark)."""

    passage: Passage
    places: dict[Mention | Mark, Place]


def assemble(
    header: Header, rows: tuple[Row, ...], records: Records, none: str, remarks: tuple[str, ...], hidden: bool = False
) -> Assembled:
    """Join the sentences, shift the marks to the passage's characters, and work out what the file leaves unsaid."""
    text, sentences = _joined(header, rows)
    shifted = [
        (spot, sentence, row)
        for sentence, row in zip(sentences, rows, strict=True)
        for spot in row.marked.spots
    ]  # fmt: skip
    kinds = _kinds(spot.tag for spot, _, _ in shifted)
    mentions: dict[Mention, Place] = {}
    marks: dict[Mark, Place] = {}
    for spot, sentence, row in shifted:
        place = Place(row.line, spot.column)
        if isinstance(spot.tag, Square):
            mentions.setdefault(_mention(spot.tag, spot, sentence, kinds), place)
        else:
            marks.setdefault(_mark(spot.tag, spot, sentence), place)
    ordered = tuple(sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.record_id, mark.role)))
    passage = Passage(
        header.passage_id, header.date, header.style, header.region, text, sentences,
        tuple(sorted(mentions, key=lambda mention: (mention.start, -mention.end, mention.kind, mention.ids))),
        ordered, none=none, remarks=remarks, hidden=hidden, line=header.line,
    )  # fmt: skip
    return Assembled(_resolved(passage, records), mentions | marks)


def _joined(header: Header, rows: tuple[Row, ...]) -> tuple[str, tuple[Sentence, ...]]:
    text = ""
    sentences: list[Sentence] = []
    for number, row in enumerate(rows, 1):
        if number > 1:
            text += "\n" if row.paragraph else " "
        name = row.sentence_id or f"{header.passage_id}.{number}"
        sentences.append(Sentence(name, row.marked.text, len(text), row.paragraph and number > 1, row.line))
        text += row.marked.text
    return text, tuple(sentences)


def _kinds(tags: Iterable[Square | Curly]) -> dict[str, str]:
    """Kind of each id: that of its first mention with a type."""
    kinds: dict[str, str] = {}
    for tag in tags:
        if isinstance(tag, Square) and tag.type:
            for thing_id in tag.ids:
                kinds.setdefault(thing_id, tag.type.upper())
    return kinds


def _mention(tag: Square, spot: Spot, sentence: Sentence, kinds: dict[str, str]) -> Mention:
    words = sentence.text[spot.start : spot.end]
    kind = tag.type.upper() or next((kinds[one] for one in tag.ids if one in kinds), "")
    return Mention(
        tag.ids, kind, form_of(tag.type, kind, words), sentence.start + spot.start, sentence.start + spot.end,
        words, tag.value, tag.bound,
    )  # fmt: skip


def form_of(written: str, kind: str, words: str) -> Form:
    """Form of a mention: by the case of its written type, and for nominals by the words."""
    if kind not in CASED + NAMED:
        return "plain"
    if written and written == written.upper():
        return "name"
    return "pronoun" if words.lower().replace("’", "'") in codes().pronouns else "nominal"


def _mark(tag: Curly, spot: Spot, sentence: Sentence) -> Mark:
    words = sentence.text[spot.start : spot.end]
    return Mark(tag.record_id, tag.role, sentence.start + spot.start, sentence.start + spot.end, words)


def _said(given: str | None, default: str | None) -> str | None:
    return default if not given else None if given == "-" else given


def _resolved(passage: Passage, records: Records) -> Passage:
    marks = passage.marks
    events = tuple(
        msgspec.structs.replace(event, by=_said(event.by, vouching(marks, event.event_id)))
        for event in records.events
    )  # fmt: skip
    statements = tuple(
        msgspec.structs.replace(one, within=_said(one.within, reporting(marks, one.statement_id)))
        for one in records.statements
    )
    agenda = tuple(
        msgspec.structs.replace(item, by=_said(item.by, confirming(marks, item, events))) for item in records.agenda
    )
    return msgspec.structs.replace(passage, events=events, statements=statements, agenda=agenda)
