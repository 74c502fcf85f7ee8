"""A reading in the forms that Python users live in: a spaCy Doc, and a notebook cell. spaCy is imported on demand."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.records.reading import Reading

GROUPS = ("actors", "places", "times", "events", "statements")


class Stretch(NamedTuple):
    """Characters `[start, end)` of a record: `label` is its kind or type, `ref` its id."""

    group: str
    start: int
    end: int
    label: str
    ref: str


def to_doc(reading: Reading) -> Doc:
    """A blank spaCy Doc of the article with one span group for each kind of record.

    `doc.spans` has `actors`, `places`, `times`, `events` (triggers) and `statements` (contents); a span's `label_` is
    the kind or type, its `id_` the record's id. Spans are widened to whole tokens. No extension attribute is set.
    """
    import spacy

    doc = spacy.blank("en")(reading.article.text)
    for group in GROUPS:
        doc.spans[group] = []
    for each in stretches(reading):
        span = doc.char_span(each.start, each.end, label=each.label, span_id=each.ref, alignment_mode="expand")
        if span is not None:
            doc.spans[each.group].append(span)
    return doc


def stretches(reading: Reading) -> Iterator[Stretch]:
    """Every stretch of text that belongs to a record, group by group."""
    for actor in reading.actors:
        for mention in actor.mentions:
            yield Stretch("actors", mention.start, mention.end, actor.kind, actor.actor_id)
    for place in reading.places:
        for name in place.mentions:
            yield Stretch("places", name.start, name.end, place.kind, place.place_id)
    for time in reading.times:
        yield Stretch("times", time.start, time.end, time.type, time.value or "")
    for event in reading.events:
        for trigger in event.triggers or (event.trigger,):
            yield Stretch("events", trigger.start, trigger.end, event.type, event.event_id)
    for statement in reading.statements:
        for content in statement.content:
            yield Stretch("statements", content.start, content.end, statement.act, statement.statement_id)


def to_cell(reading: Reading) -> str:
    """A small HTML table for a notebook: what the reading holds, and its events. All text is escaped."""
    names = {actor.actor_id: actor.name for actor in reading.actors}
    counts = ", ".join(
        f"{len(getattr(reading, kind))} {kind}"
        for kind in ("events", "statements", "agenda", "actors", "places", "times")
    )
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"
        for cells in (
            (
                event.earliest or "",
                event.status,
                ", ".join(names.get(each, each) for each in event.actors),
                event.type,
                ", ".join(names.get(each, each) for each in event.recipients),
                event.trigger.text,
            )
            for event in reading.events
        )
    )
    head = "".join(f"<th>{name}</th>" for name in ("date", "status", "actors", "type", "recipients", "words"))
    title = escape(reading.article.title or reading.article.article_id)
    return f"<p><b>{title}</b><br>{counts}</p><table><tr>{head}</tr>{rows}</table>"
