"""A page of an annotated file: text with its marks, and the records beneath. One HTML file, no requests."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup, escape

from training.corpora.codes import TIMES
from training.corpora.notation import passage_spots
from training.corpora.passages import AgendaRecord, CorpusFile, EventRecord, Mention, Passage, StatementRecord
from training.corpora.problems import Problem
from training.corpora.tags import Curly, Square, write_curly

_GROUPS = {"LOC": "place", "FAC": "place", **dict.fromkeys(TIMES, "time")}
_ROLES = {"trigger": "trigger", "if": "condition", "with": "instrument", "who": "source", "at": "occasion"}


class Thing(msgspec.Struct, frozen=True):
    """A thing of the passage for its list: all its wordings."""

    thing_id: str
    kinds: str
    group: str
    value: str
    wordings: tuple[str, ...]


class Part(msgspec.Struct, frozen=True):
    """A piece of a record's line: a label before it, and ids to point at."""

    label: str
    ids: tuple[str, ...] = ()
    word: str = ""


class Line(msgspec.Struct, frozen=True):
    """A record for its list."""

    record_id: str
    head: str
    state: str
    parts: tuple[Part, ...]


class Shown(msgspec.Struct, frozen=True):
    """A passage ready for the template."""

    passage: Passage
    paragraphs: tuple[Markup, ...]
    things: tuple[Thing, ...]
    lines: tuple[Line, ...]
    names: dict[str, str]


def render(file: CorpusFile, problems: Sequence[Problem] = ()) -> str:
    """The page of a file; `problems` are listed at its head."""
    folder = jinja2.FileSystemLoader(Path(__file__).parent)
    environment = jinja2.Environment(loader=folder, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.get_template("page.html.j2")
    return template.render(file=file, problems=problems, passages=[show(passage) for passage in file.passages])


def show(passage: Passage) -> Shown:
    """Marks as spans, records as lines."""
    ids = dict.fromkeys(one for mention in passage.mentions for one in mention.ids)
    lines = [_event_line(event) for event in passage.events]
    lines += [_statement_line(one) for one in passage.statements]
    lines += [_agenda_line(item) for item in passage.agenda]
    names = {one: _best_name(passage.chain(one)) for one in ids}
    return Shown(passage, _paragraphs(passage), tuple(_thing(passage, one) for one in ids), tuple(lines), names)


def _best_name(chain: tuple[Mention, ...]) -> str:
    named = (mention for mention in chain if mention.form in ("name", "plain"))
    return next(named, max(chain, key=lambda mention: len(mention.text))).text


def _thing(passage: Passage, thing_id: str) -> Thing:
    chain = passage.chain(thing_id)
    kinds = list(dict.fromkeys(mention.kind for mention in chain if mention.kind))
    wordings = tuple(dict.fromkeys(mention.text for mention in chain))
    return Thing(thing_id, "/".join(kinds), _group(kinds[0] if kinds else ""), passage.value(thing_id), wordings)


def _group(kind: str) -> str:
    return _GROUPS.get(kind, kind.lower() if kind in ("PER", "ORG", "POL", "GRP") else "other")


def _event_line(event: EventRecord) -> Line:
    parts = [Part("", event.actors or ("",))]
    parts += [Part("⇄")] if event.reciprocal else [Part("→", event.recipients or ("",))]
    parts += _setting(event.when, event.where)
    parts += [Part("vouched for by", (event.by,))] if event.by else []
    numbers = {"dead": event.dead, "injured": event.injured, "size": event.size, "amount": event.amount}
    parts += [Part(name, word=number) for name, number in numbers.items() if number]
    parts += [Part("context", word=", ".join(event.contexts))] if event.contexts else []
    head = f"{event.type} · {event.mode}" if event.mode else event.type
    return Line(event.event_id, head, event.status, tuple(parts))


def _setting(when: tuple[str, ...], where: tuple[str, ...]) -> list[Part]:
    return [Part(label, ids) for label, ids in (("when", when), ("where", where)) if ids]


def _statement_line(one: StatementRecord) -> Line:
    parts = [Part("", one.speakers or ("",))]
    parts += [Part(label, ids) for label, ids in (("to", one.to), ("via", one.via)) if ids]
    parts += [Part("reported in", (one.within,))] if one.within else []
    return Line(one.statement_id, one.act, "", (*parts, *_setting(one.when, one.where)))


def _agenda_line(item: AgendaRecord) -> Line:
    parts = [Part("", item.participants or ("",)), *_setting(item.when, item.where)]
    fields = (("forum", item.forum), ("declined", item.declined), ("is", item.events))
    parts += [Part(label, ids) for label, ids in fields if ids]
    parts += [Part("by", (item.by,))] if item.by else []
    return Line(item.item_id, item.kind, item.status, tuple(parts))


def _paragraphs(passage: Passage) -> tuple[Markup, ...]:
    starts = [0, *(sentence.start for sentence in passage.sentences if sentence.paragraph), len(passage.text) + 1]
    opening, closing = _tags(passage)
    paragraphs: list[Markup] = []
    for start, stop in itertools.pairwise(starts):
        out: list[Markup] = []
        end = min(stop - 1, len(passage.text))
        for at in range(start, end + 1):
            out += closing.get(at, [])
            if at < end:
                out += opening.get(at, [])
                out.append(escape(passage.text[at]))
        paragraphs.append(Markup("").join(out))
    return tuple(paragraphs)


def _tags(passage: Passage) -> tuple[dict[int, list[Markup]], dict[int, list[Markup]]]:
    """Opening and closing tags by character; outer spans open first and close last."""
    spots = sorted(passage_spots(passage), key=lambda spot: (spot.start, -spot.end, isinstance(spot.tag, Square)))
    kinds = {(mention.start, mention.end, mention.ids): mention for mention in passage.mentions}
    opening: dict[int, list[Markup]] = {}
    closing: dict[int, list[Markup]] = {}
    for spot in spots:
        tag = spot.tag
        span = _curly(tag) if isinstance(tag, Curly) else _square(kinds[(spot.start, spot.end, tag.ids)])
        opening.setdefault(spot.start, []).append(span)
        closing.setdefault(spot.end, []).append(Markup("</span>"))
    return opening, closing


def _curly(tag: Curly) -> Markup:
    role = _ROLES.get(tag.role, {"cue": "cue", "what": "content"}.get(tag.role, ""))
    return Markup('<span class="mark {} {}" data-of="{}"><i class="tag">{}</i>').format(
        role, f"of-{tag.record_id[0]}", tag.record_id, write_curly(tag)
    )


def _square(mention: Mention) -> Markup:
    label = f"{'+'.join(mention.ids)} {mention.kind if mention.form in ('name', 'plain') else mention.kind.lower()}"
    return Markup('<span class="mention {} {}" data-of="{}" title="{}"><i class="tag">{}</i>').format(
        _group(mention.kind), mention.form, " ".join(mention.ids), f"{label} {mention.value}".strip(), label.strip()
    )
