"""The dossier: one reading put in the order in which a person asks for it. The text and HTML views both render it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby

from dragoman.records import Actor, AgendaItem, Event, Reading, Record, Span, Statement

STATUS_SIGN = {
    "occurred": "●", "ongoing": "◐", "planned": "▷", "possible": "?", "conditional": "⋯", "denied": "✗",
    "expected": "▷", "confirmed": "▶", "tentative": "?", "postponed": "»", "cancelled": "✗", "held": "●",
}  # fmt: skip
PUBLISHED_BY = {
    "given": "as given", "metadata": "from the page's metadata", "feed": "from the feed", "url": "from the address",
    "dateline": "from the dateline", "inferred": "inferred from the text", "prior": "inferred, day by a prior",
}  # fmt: skip


class Line(Record, frozen=True, kw_only=True):
    """One record as a person reads it: `head` the main words, `notes` what qualifies it, `quotes` its evidence."""

    ref: str
    sign: str = ""
    label: str = ""
    when: str = ""
    head: str
    notes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


class Section(Record, frozen=True, kw_only=True):
    """Lines under a heading; `empty` says what it means that there are none."""

    title: str
    lines: tuple[Line, ...] = ()
    empty: str = ""
    folded: bool = False


class Dossier(Record, frozen=True, kw_only=True):
    """A reading in the order of a person's questions."""

    title: str
    facts: tuple[str, ...]
    sections: tuple[Section, ...]
    footer: tuple[str, ...]


def make_dossier(reading: Reading, *, full: bool = False) -> Dossier:
    """The dossier of a reading: agenda, events by date, statements by speaker, disputes, actors; where `full`, also
    places, times, and what was seen and left out."""
    names = Names(reading)
    return Dossier(
        title=reading.article.title or first_words(reading.article.text),
        facts=_facts(reading),
        sections=(
            Section(title="Agenda", lines=_agenda(reading, names), empty="No announced meeting, vote or deadline."),
            Section(title="Events", lines=_events(reading, names), empty="No event between actors."),
            Section(title="Statements", lines=_statements(reading, names), empty="Nobody is quoted."),
            *([Section(title="In dispute", lines=_disputes(reading, names))] if reading.disputes else []),
            Section(title="Actors", lines=_actors(reading), empty="No actor."),
            *(_places_and_times(reading) if full else ()),
            *([_left_out(reading)] if full else ()),
        ),
        footer=_footer(reading),
    )


class Names:
    """Ids -> the names that a person reads."""

    def __init__(self, reading: Reading) -> None:
        self._actors = {actor.actor_id: actor.name for actor in reading.actors}
        self._places = {place.place_id: place.name for place in reading.places}
        self._statements = {statement.statement_id: statement for statement in reading.statements}

    def actors(self, ids: tuple[str, ...]) -> str:
        """The names of several actors, as a list in words."""
        return joined([self._actors.get(each, each) for each in ids])

    def place(self, place_id: str | None) -> str:
        """The name of a place, or nothing."""
        return self._places.get(place_id or "", "")

    def speaker(self, statement: Statement) -> str:
        """Who says it: the actor, else the words of the source, else "unnamed"."""
        if statement.speaker:
            return self._actors.get(statement.speaker, statement.speaker)
        return statement.source.text if statement.source else "Unnamed source"

    def speakers(self, statement_ids: tuple[str, ...]) -> str:
        """The speakers of several statements, each once."""
        found = [self.speaker(self._statements[each]) for each in statement_ids if each in self._statements]
        return joined(list(dict.fromkeys(found)))


def joined(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def first_words(text: str, limit: int = 90) -> str:
    """The first line of a text, cut at a word where it is long."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= limit else line[:limit].rsplit(" ", 1)[0] + " …"


def span_of_days(earliest: dt.date | None, latest: dt.date | None, granularity: str | None = None) -> str:
    """An interval of days in words: `7 Sep 2022`, `15–16 Sep 2022`, `Feb 2022`, `2014`, `from 1 Mar 2026`."""
    if earliest is None or latest is None:
        known = earliest or latest
        return "" if known is None else f"{'from' if earliest else 'until'} {_day(known)}"
    if earliest == latest:
        return _day(earliest)
    if granularity in (None, "year") and (earliest.month, earliest.day, latest.month, latest.day) == (1, 1, 12, 31):
        return str(earliest.year) if earliest.year == latest.year else f"{earliest.year}–{latest.year}"
    if earliest.day == 1 and (latest + dt.timedelta(days=1)).day == 1 and _month(earliest) == _month(latest):
        return _month(earliest)
    if _month(earliest) == _month(latest):
        return f"{earliest.day}–{_day(latest)}"
    return f"{_day(earliest)} – {_day(latest)}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _month(day: dt.date) -> str:
    return f"{day:%b} {day.year}"


def _facts(reading: Reading) -> tuple[str, ...]:
    article = reading.article
    facts = [article.outlet or "", joined(list(article.authors)), _published(reading), article.url or ""]
    return tuple(fact for fact in facts if fact)


def _published(reading: Reading) -> str:
    article = reading.article
    how = PUBLISHED_BY.get(article.published_by or "", "")
    if article.published_at:
        return f"{_day(article.published_at)} ({how})"
    days = span_of_days(article.published_earliest, article.published_latest)
    return f"published {days} ({how})" if days else "no date: relative dates stay open (give one with --date)"


def _agenda(reading: Reading, names: Names) -> tuple[Line, ...]:
    return tuple(_agenda_line(item, names) for item in sorted(reading.agenda, key=_agenda_order))


def _agenda_order(item: AgendaItem) -> tuple[bool, dt.date, str]:
    return item.status == "held", item.earliest or dt.date.max, item.item_id


def _agenda_line(item: AgendaItem, names: Names) -> Line:
    notes = [
        f"condition: {item.condition.text}" if item.condition else "",
        f"confirmed by {names.speakers(item.confirmed_by)}" if item.confirmed_by else "",
        f"{names.speakers(item.declined_by)} declined to say" if item.declined_by else "",
    ]
    what = _what(item)
    forum = item.forum if item.forum and item.forum != what else ""
    where = names.place(item.place)
    head = [
        what + (f": {names.actors(item.participants)}" if item.participants else ""),
        forum,
        where and f"in {where}",
    ]
    return Line(
        ref=item.item_id,
        sign=STATUS_SIGN[item.status],
        label=item.status,
        when=span_of_days(item.earliest, item.latest, item.granularity) or "date open",
        head=", ".join(part for part in head if part),
        notes=tuple(note for note in notes if note),
        quotes=_quotes(item),
    )


def _what(item: AgendaItem) -> str:
    """The kind of an item, or the report's own words where these say it, or where the kind says nothing."""
    if item.forum and (item.kind == "other" or item.kind in item.forum.lower()):
        return item.forum
    told = next((span.text for span in item.evidence.get("kind", ()) if isinstance(span, Span)), "")
    return told if item.kind == "other" and told else item.kind


def _events(reading: Reading, names: Names) -> tuple[Line, ...]:
    by_statement = {statement.statement_id: statement for statement in reading.statements}
    ordered = sorted(reading.events, key=lambda event: (event.earliest or dt.date.max, event.trigger.start))
    return tuple(_event_line(event, names, by_statement.get(event.attributed_to or "")) for event in ordered)


def _event_line(event: Event, names: Names, statement: Statement | None) -> Line:
    recipients = names.actors(event.recipients)
    head = f"{names.actors(event.actors) or 'somebody'}: {event.type}" + (f" → {recipients}" if recipients else "")
    place = names.place(event.place)
    notes = [
        f"in {place}" if place else "",
        f"condition: {event.condition.text}" if event.condition else "",
        f"according to {names.speaker(statement)}" if statement else "",
        _magnitude(event),
    ]
    return Line(
        ref=event.event_id,
        sign=STATUS_SIGN[event.status],
        label=event.status,
        when=span_of_days(event.earliest, event.latest) or "undated",
        head=head,
        notes=tuple(note for note in notes if note),
        quotes=(event.trigger.text,),
    )


def _magnitude(event: Event) -> str:
    said = event.magnitude
    if said is None:
        return ""
    parts = [(said.dead, "dead"), (said.injured, "injured"), (said.size, "people"), (said.amount, "")]
    return ", ".join(f"{value} {word}".strip() for value, word in parts if value is not None)


def _statements(reading: Reading, names: Names) -> tuple[Line, ...]:
    keyed = sorted(reading.statements, key=lambda each: (names.speaker(each), each.content[0].start))
    return tuple(
        _statement_line(each, speaker if first else "", names)
        for speaker, group in groupby(keyed, key=names.speaker)
        for first, each in ((index == 0, statement) for index, statement in enumerate(group))
    )


def _statement_line(statement: Statement, speaker: str, names: Names) -> Line:
    addressee = statement.addressee
    notes = [
        f"to {addressee.text}" if addressee else "",
        statement.occasion or "",
        f"via {names.actors(statement.relayed_by)}" if statement.relayed_by else "",
        span_of_days(statement.earliest, statement.latest),
    ]
    content = " … ".join(span.text for span in statement.content)
    return Line(
        ref=statement.statement_id,
        label=statement.act,
        when=speaker,
        head=f"“{content}”" if statement.kind == "direct" else content,
        notes=tuple(note for note in notes if note),
        quotes=(statement.cue.text,) if statement.cue else (),
    )


def _disputes(reading: Reading, names: Names) -> tuple[Line, ...]:
    return tuple(
        Line(
            ref=f"d{dispute.proposition.start}",
            head=dispute.proposition.text,
            notes=(
                f"asserted by {names.speakers(dispute.asserted_by) or 'nobody named'}",
                f"rejected by {names.speakers(dispute.rejected_by)}",
            ),
        )
        for dispute in reading.disputes
    )


def _actors(reading: Reading) -> tuple[Line, ...]:
    ranked = sorted(reading.actors, key=lambda actor: (-len(actor.mentions), actor.name))
    return tuple(_actor_line(actor) for actor in ranked)


def _actor_line(actor: Actor) -> Line:
    facts = [actor.country or "", " ".join(actor.sectors), actor.role or ""]
    return Line(
        ref=actor.actor_id,
        label=actor.kind,
        when=f"{len(actor.mentions)}×",
        head=actor.name,
        notes=tuple(fact for fact in facts if fact),
    )


def _places_and_times(reading: Reading) -> tuple[Section, Section]:
    places = (
        Line(
            ref=place.place_id,
            label=place.precision,
            when=place.country or "",
            head=place.name,
            notes=(f"{place.lat:.2f}, {place.lon:.2f}",) if place.lat is not None and place.lon is not None else (),
        )
        for place in reading.places
    )
    times = (
        Line(
            ref=f"t{time.start}",
            label=time.type.lower(),
            when=span_of_days(time.earliest, time.latest, time.granularity),
            head=time.text,
            notes=tuple(note for note in (time.value or "", "" if time.bound == "exact" else time.bound) if note),
        )
        for time in reading.times
    )
    return (
        Section(title="Places", lines=tuple(places), empty="No place."),
        Section(title="Times", lines=tuple(times), empty="No date."),
    )


def _left_out(reading: Reading) -> Section:
    lines = (Line(ref=f"k{each.start}", label=each.reason, head=first_words(each.text)) for each in reading.skipped)
    return Section(title="Left out", lines=tuple(lines), empty="Nothing was left out.", folded=True)


def _quotes(item: AgendaItem) -> tuple[str, ...]:
    spans = [span for spans in item.evidence.values() for span in spans if isinstance(span, Span)]
    return tuple(dict.fromkeys(span.text for span in spans))[:3]


def _footer(reading: Reading) -> tuple[str, ...]:
    reasons = Counter(each.reason for each in reading.skipped)
    left_out = ", ".join(f"{count} × {reason}" for reason, count in reasons.most_common())
    made = reading.reading
    return (
        f"Left out: {left_out}." if left_out else "Nothing was left out.",
        f"dragoman {made.code}, model {made.model}, lexicon {made.lexicon}.",
    )
