"""The lines of records: `e1 TYPE:mode a > b occurred when=t1`, `s1 assert a via=b`, `g1 visit a planned`, and back."""

from __future__ import annotations

import re
from typing import NamedTuple

from training.corpora.codes import ACTS, AGENDA_KINDS, AGENDA_STATUSES, STATUSES, codes, modes
from training.corpora.passages import AgendaRecord, EventRecord, StatementRecord
from training.corpora.problems import Problems, choices

_WORD = re.compile(r'[a-z]+="[^"]*"|\S+')
_OPTION = re.compile(r"([A-Za-z_]+)=(.*)", re.S)
_NUMBER = re.compile(r"(?:[<>~]=?)?\d+(?:-\d+)?")
NOBODY = "-"
UNSAID = ""
"""`by` and `in` as read: "" not said (the default holds), "-" nobody."""

_EVENT_OPTIONS = ("when", "where", "by", "ctx", "dead", "injured", "size", "amount")
_STATEMENT_OPTIONS = ("to", "via", "in", "when", "where")
_AGENDA_OPTIONS = ("when", "where", "forum", "by", "declined", "ev")
_EVENT_FORM = "eN TYPE:mode ACTORS > RECIPIENTS STATUS [when= where= by= ctx= dead= injured= size= amount=]"
_STATEMENT_FORM = "sN ACT SPEAKER [to= via= in= when= where=]"
_AGENDA_FORM = "gN KIND PARTICIPANTS STATUS [when= where= forum= by= declined= ev=]"


class _Line(NamedTuple):
    number: int
    problems: Problems

    def error(self, what: str, step: str = "") -> None:
        self.problems.error(self.number, what, step)


def _split(raw: str, allowed: tuple[str, ...], line: _Line) -> tuple[list[str], dict[str, str]]:
    words: list[str] = []
    options: dict[str, str] = {}
    for word in _WORD.findall(raw):
        match = _OPTION.fullmatch(word)
        if match is None:
            words.append(word)
            if options:
                line.error(f"{word!r} stands after the options", "options (when=...) come last, without spaces round =")
            continue
        name, value = match[1], match[2]
        if name not in allowed:
            line.error(f"unknown option {name}=", choices(name, allowed))
        elif name in options:
            line.error(f"{name}= is given twice", "join ids by commas: when=t1,t2")
        elif not value.strip('"'):
            line.error(f"{name}= has no value", "leave it out where nothing is said")
        else:
            options[name] = value.strip('"')
    return words, options


def _ids(raw: str, line: _Line) -> tuple[str, ...]:
    if raw == NOBODY:
        return ()
    ids = tuple(raw.split(","))
    for one in ids:
        if not re.fullmatch(r"[a-z][a-z0-9]*", one):
            line.error(f"{one!r} in {raw!r} is no id", "ids are joined by commas without spaces; - is none said")
    if len(set(ids)) < len(ids):
        line.error(f"an id twice in {raw!r}", "name each id once")
    return tuple(dict.fromkeys(ids))


def _some(options: dict[str, str], name: str, line: _Line) -> tuple[str, ...]:
    return _ids(options[name], line) if name in options else ()


def _code(what: str, given: str, allowed: tuple[str, ...], line: _Line) -> None:
    if given not in allowed:
        line.error(f"unknown {what} {given!r}", choices(given, allowed))


def _number(options: dict[str, str], name: str, line: _Line) -> str:
    value = options.get(name, "")
    if value and not _NUMBER.fullmatch(value):
        line.error(f"{name}={value} is no number", f"write digits: {name}=12 (also 12-15, >100)")
    return value


def read_event(raw: str, number: int, problems: Problems) -> EventRecord | None:
    """An event line; None (and errors) where too little of it can be read."""
    line = _Line(number, problems)
    words, options = _split(raw, _EVENT_OPTIONS, line)
    parts = _event_parts(words, line)
    if parts is None:
        return None
    sides, status = parts
    name, _, mode = words[1].partition(":")
    _type(name, mode, ":" in words[1], line)
    _code("status", status, STATUSES, line)
    contexts = tuple(options["ctx"].split(",")) if "ctx" in options else ()
    for context in contexts:
        _code("context", context, codes().contexts, line)
    actors, recipients, reciprocal = _sides(sides, line)
    return EventRecord(
        words[0], name, mode, actors, recipients, reciprocal, status, options.get("by", UNSAID),
        _some(options, "when", line), _some(options, "where", line), contexts, _number(options, "dead", line),
        _number(options, "injured", line), _number(options, "size", line), options.get("amount", ""), number,
    )  # fmt: skip


def _event_parts(words: list[str], line: _Line) -> tuple[list[str], str] | None:
    """The words of the two sides with their sign, and the status."""
    sign = next((n for n, word in enumerate(words) if word in (">", "<>")), None)
    if sign is None or sign < 3:
        what = "no > or <> between actors and recipients" if sign is None else "no type or no actors before the >"
        line.error(f"an event cannot be read: {what}", f"write {_EVENT_FORM}; - is none said")
        return None
    if sign > 3:
        line.error(f"{' '.join(words[2:sign])!r}: actors are one list", "join ids by commas without spaces: a,b")
        return None
    rest = words[sign + 1 :]
    one_sided = words[sign] == "<>" and len(rest) == 1
    if len(rest) != 2 and not one_sided:
        last = "a recipient (or -) and a status" if words[sign] == ">" else "a status"
        line.error(f"after {words[sign]} stand {len(rest)} words: {' '.join(rest)!r}", f"there should be {last}")
        return None
    return words[2:-1], words[-1]


def _type(name: str, mode: str, colon: bool, line: _Line) -> None:
    if name not in modes():
        line.error(f"unknown event type {name!r}", choices(name, tuple(modes())))
    elif colon and mode not in modes()[name]:
        own = modes()[name]
        line.error(f"{name} has no mode {mode!r}", choices(mode, own) if own else f"{name} has no modes at all")


def _sides(sides: list[str], line: _Line) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    actors = _ids(sides[0], line)
    recipients = _ids(sides[2], line) if len(sides) == 3 else ()
    if sides[1] == ">":
        return actors, recipients, False
    both = tuple(dict.fromkeys(actors + recipients))
    if not both:
        line.error("a reciprocal event of nobody", "write - > - if the text names no side")
    elif len(sides) == 3 and not (actors and recipients):
        line.error("<> with - on one side", "write a <> STATUS alone for one id, or a > - if it is not reciprocal")
    return both, both, True


def read_statement(raw: str, number: int, problems: Problems) -> StatementRecord | None:
    """A statement line; None (and errors) where too little of it can be read."""
    line = _Line(number, problems)
    words, options = _split(raw, _STATEMENT_OPTIONS, line)
    if len(words) != 3:
        line.error(f"a statement has an act and a speaker, here: {' '.join(words[1:])!r}", f"write {_STATEMENT_FORM}")
        return None
    _code("act", words[1], ACTS, line)
    return StatementRecord(
        words[0], words[1], _ids(words[2], line), _some(options, "to", line), _some(options, "via", line),
        options.get("in", UNSAID), _some(options, "when", line), _some(options, "where", line), number,
    )  # fmt: skip


def read_agenda(raw: str, number: int, problems: Problems) -> AgendaRecord | None:
    """An agenda line; None (and errors) where too little of it can be read."""
    line = _Line(number, problems)
    words, options = _split(raw, _AGENDA_OPTIONS, line)
    if len(words) != 4:
        line.error(
            f"an agenda item has kind, participants (or -) and status, here: {' '.join(words[1:])!r}",
            f"write {_AGENDA_FORM}",
        )
        return None
    _code("agenda kind", words[1], AGENDA_KINDS, line)
    _code("agenda status", words[3], AGENDA_STATUSES, line)
    return AgendaRecord(
        words[0], words[1], _ids(words[2], line), words[3], options.get("by", UNSAID),
        _some(options, "when", line), _some(options, "where", line), _some(options, "forum", line),
        _some(options, "declined", line), _some(options, "ev", line), number,
    )  # fmt: skip


def _listed(ids: tuple[str, ...]) -> str:
    return ",".join(ids) or NOBODY


def _option(name: str, value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else ",".join(value)
    if not text:
        return ""
    return f' {name}="{text}"' if " " in text else f" {name}={text}"


def _against(name: str, value: str | None, default: str | None) -> str:
    return "" if value == default else f" {name}={value or NOBODY}"


def write_event(event: EventRecord, default: str | None) -> str:
    """An event's line; `by` is left out where it is the default."""
    kind = f"{event.type}:{event.mode}" if event.mode else event.type
    sides = f"{_listed(event.actors)} > {_listed(event.recipients)}"
    if event.reciprocal:
        pair = event.actors if len(event.actors) == 2 else ()
        sides = f"{pair[0]} <> {pair[1]}" if pair else f"{_listed(event.actors)} <>"
    fields = [("when", event.when), ("where", event.where)]
    tail = "".join(_option(name, value) for name, value in fields) + _against("by", event.by, default)
    numbers = [("ctx", ",".join(event.contexts)), ("dead", event.dead), ("injured", event.injured)]
    numbers += [("size", event.size), ("amount", event.amount)]
    return f"{event.event_id} {kind} {sides} {event.status}{tail}{''.join(_option(n, v) for n, v in numbers)}"


def write_statement(statement: StatementRecord, default: str | None) -> str:
    """A statement's line; `in` is left out where it is the default."""
    fields = _option("to", statement.to) + _option("via", statement.via)
    fields += _against("in", statement.within, default)
    fields += _option("when", statement.when) + _option("where", statement.where)
    return f"{statement.statement_id} {statement.act} {_listed(statement.speakers)}{fields}"


def write_agenda(item: AgendaRecord, default: str | None) -> str:
    """An agenda item's line; `by` is left out where it is the default."""
    fields = _option("when", item.when) + _option("where", item.where) + _option("forum", item.forum)
    fields += _against("by", item.by, default) + _option("declined", item.declined) + _option("ev", item.events)
    return f"{item.item_id} {item.kind} {_listed(item.participants)} {item.status}{fields}"
