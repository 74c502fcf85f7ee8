"""What must hold within one passage, beyond its grammar: ids, triggers, codes, dates."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import msgspec

from training.corpora.assembly import Assembled
from training.corpora.codes import ACTORS, PLACES, SILENT_ACTS, TIMES, codes, countries
from training.corpora.consistency import check_consistency
from training.corpora.marks import check_marks
from training.corpora.passages import Mark, Mention, Passage
from training.corpora.problems import Problems, choices
from training.corpora.timex import disagreements, doubts, value_problem

MAX_SENTENCES = 8
_SHARED = (
    frozenset(("POL", "LOC", "GRP")),
    frozenset(("POL", "LOC", "FAC")),
    frozenset(("ORG", "FAC")),
    frozenset(("DATE", "TIME")),
)
"""Types that may share an id: a country acts, is a place and has an adjective; a building stands for its office."""
_RECIPIENTS = (*ACTORS, "LOC")
_BOUNDARY = re.compile(r"(\S+)([.!?])[\"”’')]*\s+[\"“‘'(]?[A-Z]")
_POSSESSIVE = re.compile(r"['’]s$")


class _Use(msgspec.Struct, frozen=True):
    """An id that a record names: in which field, and of which types it may be (empty: any)."""

    line: int
    record_id: str
    field: str
    thing_id: str
    kinds: tuple[str, ...]


def check_passage(
    assembled: Assembled, own: bool, problems: Problems, unread: frozenset[str] = frozenset()
) -> None:  # fmt: skip
    """Add to `problems` what is wrong in the passage. `own`: text of ours, whose form is our duty too. `unread`: ids of
    records whose line could not be read and is told of already; what only follows from that is not told again."""
    passage = assembled.passage
    _check_mentions(assembled, problems)
    _check_ids(assembled, problems)
    _check_uses(passage, problems)
    _check_triggers(assembled, problems, unread)
    _check_links(passage, problems, unread)
    _check_statements(passage, problems)
    _check_conditions(passage, problems)
    check_marks(assembled, problems)
    _check_none(passage, problems, unread)
    check_consistency(passage, problems)
    if own:
        _check_sentences(passage, problems)


def _check_mentions(assembled: Assembled, problems: Problems) -> None:
    passage = assembled.passage
    for mention in passage.mentions:
        place = assembled.places[mention]
        shown = f"{mention.text!r}"
        if mention.kind in TIMES:
            _check_time(mention, passage, place.line, place.column, problems)
        elif mention.value and (found := _value_problem(mention)):
            problems.error(place.line, f"{shown}: {found[0]}", found[1], place.column)
        elif mention.bound:
            problems.error(place.line, f"{shown}: only times have a bound", "take ;… away", place.column)
        if mention.form == "name" and not passage.hidden and _POSSESSIVE.search(mention.text):
            problems.warning(place.line, f"the name {shown} holds its possessive 's", "leave it outside", place.column)


def _value_problem(mention: Mention) -> tuple[str, str] | None:
    if mention.kind in ACTORS:
        return actor_code_problem(mention.value)
    if mention.kind in PLACES:
        if mention.value in countries() - {"IGO"}:
            return None
        country = mention.value.partition(".")[0]
        known = country in countries()
        return f"the value of a {mention.kind} is the country that it is in, not {mention.value!r}", (
            f"write ={country}" if known else choices(mention.value, countries())
        )
    if mention.kind:
        return f"a {mention.kind} has no value, here {mention.value!r}", "take =… away"
    return None


def actor_code_problem(value: str) -> tuple[str, str] | None:
    """What is wrong with an actor code `COUNTRY.SECTOR+SECTOR`, and the next step."""
    country, dot, sectors = value.partition(".")
    if country != "-" and country not in countries():
        step = choices(country, countries())
        if country in codes().sectors:
            step = f"a code begins with a country: -.{country} if there is none"
        return f"unknown country {country!r} in the code {value!r}", step
    if dot and not sectors:
        return f"no sector after the . in {value!r}", "write COUNTRY.SECTOR or COUNTRY alone"
    for sector in sectors.split("+") if sectors else ():
        if sector not in codes().sectors:
            return f"unknown sector {sector!r} in the code {value!r}", choices(sector, codes().sectors)
    return None


def _check_time(mention: Mention, passage: Passage, line: int, column: int, problems: Problems) -> None:
    value = mention.value or next((passage.value(one) for one in mention.ids), "")
    if found := value_problem(mention.kind, value):
        problems.error(line, f"{mention.text!r}: {found[0]}", found[1], column)
        return
    if passage.hidden:
        return
    if mention.value:
        for what, step in disagreements(mention.text, value):
            problems.error(line, f"{mention.text!r}: {what}", step, column)
        for what, step in doubts(mention.text, value, passage.date):
            problems.warning(line, f"{mention.text!r}: {what}", step, column)
    head = mention.text.split()[0].lower() if mention.text.split() else ""
    if head in codes().prepositions and " " in mention.text and mention.kind in ("DATE", "TIME"):
        problems.warning(line, f"the time {mention.text!r} holds its preposition", "leave it outside", column)


def _check_ids(assembled: Assembled, problems: Problems) -> None:
    passage = assembled.passage
    ids = dict.fromkeys(one for mention in passage.mentions for one in mention.ids)
    for thing_id in ids:
        chain = passage.chain(thing_id)
        place = assembled.places[chain[0]]
        kinds = {mention.kind for mention in chain if mention.kind and len(mention.ids) == 1}
        if not any(mention.kind for mention in chain):
            problems.error(
                place.line, f"id {thing_id!r} ({chain[0].text!r}) never gets a type", f"write [{thing_id}:TYPE ...]",
                place.column,
            )  # fmt: skip
        elif len(kinds) > 1 and not any(kinds <= shared for shared in _SHARED):
            shown = ", ".join(f"{mention.text!r} {mention.kind}" for mention in _one_per_kind(chain))
            problems.error(
                place.line, f"id {thing_id!r} is of different types: {shown}",
                "one id, one thing: use another id, or mend the type", place.column,
            )  # fmt: skip
        _check_values(thing_id, chain, assembled, problems)


def _one_per_kind(chain: tuple[Mention, ...]) -> Iterator[Mention]:
    seen: set[str] = set()
    for mention in chain:
        if mention.kind not in seen and len(mention.ids) == 1:
            seen.add(mention.kind)
            yield mention


def _check_values(thing_id: str, chain: tuple[Mention, ...], assembled: Assembled, problems: Problems) -> None:
    given = [mention for mention in chain if mention.value and len(mention.ids) == 1]
    for earlier, later in itertools.pairwise(given):
        same = earlier.value == later.value
        if not same and earlier.kind != later.kind:
            same = earlier.value.partition(".")[0] == later.value.partition(".")[0]
        if not same:
            place = assembled.places[later]
            problems.error(
                place.line, f"id {thing_id!r} has the value {earlier.value!r} before and {later.value!r} here",
                "a value is given once; two things have two ids", place.column,
            )  # fmt: skip


def _uses(passage: Passage) -> Iterator[_Use]:
    for event in passage.events:
        yield from _field(event.line, event.event_id, "actor", event.actors, ACTORS)
        yield from _field(event.line, event.event_id, "recipient", event.recipients, _RECIPIENTS)
        yield from _setting(event.line, event.event_id, event.when, event.where)
    for one in passage.statements:
        yield from _field(one.line, one.statement_id, "speaker", one.speakers, (*ACTORS, "LAW", "EVT"))
        yield from _field(one.line, one.statement_id, "to", one.to, (*ACTORS, "EVT"))
        yield from _field(one.line, one.statement_id, "via", one.via, ACTORS)
        yield from _setting(one.line, one.statement_id, one.when, one.where)
    for item in passage.agenda:
        yield from _field(item.line, item.item_id, "participant", item.participants, _RECIPIENTS)
        yield from _field(item.line, item.item_id, "forum", item.forum, ())
        yield from _setting(item.line, item.item_id, item.when, item.where)


def _field(line: int, record_id: str, field: str, ids: Iterable[str], kinds: tuple[str, ...]) -> Iterator[_Use]:
    return (_Use(line, record_id, field, one, kinds) for one in ids)


def _setting(line: int, record_id: str, when: tuple[str, ...], where: tuple[str, ...]) -> Iterator[_Use]:
    yield from _field(line, record_id, "when", when, TIMES)
    yield from _field(line, record_id, "where", where, ("LOC", "FAC", "POL", "ORG", "EVT"))


def _check_uses(passage: Passage, problems: Problems) -> None:
    mentioned = frozenset(one for mention in passage.mentions for one in mention.ids)
    lacking: set[str] = set()
    for use in _uses(passage):
        shown = f"{use.record_id}: the {use.field} {use.thing_id!r}"
        if use.thing_id not in mentioned:
            near = get_close_matches(use.thing_id, sorted(mentioned), n=1)
            step = f"mark it: [{use.thing_id}:TYPE words]" + (f"; did you mean {near[0]!r}?" if near else "")
            problems.error(use.line, f"{shown} is mentioned nowhere in the passage", step)
            continue
        kinds = {mention.kind for mention in passage.chain(use.thing_id)}
        if use.kinds and not kinds & {*use.kinds, ""}:
            _check_kind(use, shown, kinds, problems)
        needs_code = use.field in ("actor", "recipient", "speaker", "to", "via", "participant")
        if needs_code and kinds & set(ACTORS) and not passage.value(use.thing_id) and use.thing_id not in lacking:
            lacking.add(use.thing_id)
            words = passage.chain(use.thing_id)[0].text
            problems.error(
                use.line, f"{shown} ({words!r}) has no actor code",
                f"give it at the first mention: [{use.thing_id}:{next(iter(kinds & set(ACTORS)))}=KEN.GOV {words}]; "
                "= - alone if country and sector are unknown".replace("= -", "=-"),
            )  # fmt: skip


def _check_kind(use: _Use, shown: str, kinds: set[str], problems: Problems) -> None:
    what = f"{shown} is {' '.join(sorted(kinds))}"
    step = f"allowed: {' '.join(use.kinds)}"
    if use.field == "recipient" and kinds <= {"FAC", "LAW", "EVT", "WEA", "COM", "MON"}:
        problems.error(use.line, what, "recipients are people, bodies, states, cities; for a thing name its owner or -")
    else:
        problems.error(use.line, what, step)


def _check_triggers(assembled: Assembled, problems: Problems, unread: frozenset[str]) -> None:
    passage = assembled.passage
    lines = {event.event_id: event.line for event in passage.events}
    lines |= {one.statement_id: one.line for one in passage.statements}
    lines |= {item.item_id: item.line for item in passage.agenda}
    linked = {item.item_id for item in passage.agenda if item.events}
    marked = {mark.record_id for mark in passage.marks}
    for mark in _first_marks(passage):
        if mark.record_id not in lines and mark.record_id not in unread:
            place = assembled.places[mark]
            problems.error(
                place.line, f"{{{mark.record_id}}} ({mark.text!r}) has no record",
                f"add a line: {_FORMS[mark.record_id[0]].format(mark.record_id)}", place.column,
            )  # fmt: skip
    for record_id, line in lines.items():
        triggered = bool(passage.spans(record_id))
        if record_id[0] == "s" and record_id not in marked:
            problems.error(
                line, f"{record_id} marks no words", f"mark {{{record_id}.cue ...}} {{{record_id}.what ...}}"
            )
        elif record_id[0] == "e" and not triggered:
            problems.error(line, f"{record_id} has no trigger", f"mark the word that tells of it: {{{record_id} word}}")
        elif record_id[0] == "g" and not triggered and record_id not in linked:
            problems.error(
                line, f"{record_id} has no trigger and no event", f"mark {{{record_id} word}} or write ev=e1"
            )


_FORMS = {"e": "{0} TYPE a > b occurred", "s": "{0} assert a", "g": "{0} meeting a,b planned"}


def _first_marks(passage: Passage) -> Iterator[Mark]:
    seen: set[str] = set()
    for mark in passage.marks:
        if mark.record_id not in seen:
            seen.add(mark.record_id)
            yield mark


def _check_links(passage: Passage, problems: Problems, unread: frozenset[str]) -> None:
    statements = {one.statement_id for one in passage.statements}
    events = {event.event_id for event in passage.events}
    links = [(event.line, event.event_id, "by", event.by, statements) for event in passage.events]
    links += [(one.line, one.statement_id, "in", one.within, statements) for one in passage.statements]
    links += [(item.line, item.item_id, "by", item.by, statements) for item in passage.agenda]
    links += [(g.line, g.item_id, "declined", one, statements) for g in passage.agenda for one in g.declined]
    links += [(g.line, g.item_id, "ev", one, events) for g in passage.agenda for one in g.events]
    for line, record_id, field, target, known in links:
        if target is not None and target not in known and target not in unread:
            kind = "an event" if known is events else "a statement"
            problems.error(
                line, f"{record_id}: {field}={target} is not {kind} of this passage", f"add it, or drop {field}="
            )
    within = {one.statement_id: one.within for one in passage.statements}
    for one in passage.statements:
        seen, at = [one.statement_id], one.within
        while at is not None and at not in seen:
            seen.append(at)
            at = within.get(at)
        if at == one.statement_id:
            problems.error(one.line, f"{one.statement_id} reports itself: {' in '.join([*seen, at])}", "mend in=")


def _check_statements(passage: Passage, problems: Problems) -> None:
    for one in passage.statements:
        name = one.statement_id
        if not passage.spans(name, "what") and one.act not in SILENT_ACTS:
            problems.error(
                one.line, f"{name} ({one.act}) has no content",
                f"mark what is said: {{{name}.what ...}}; only {' and '.join(SILENT_ACTS)} do without",
            )  # fmt: skip
        sources = passage.spans(name, "who")
        if sources and not one.speakers and (found := _actor_in(passage, sources)):
            what = f"{name} has no speaker, but its source {sources[0].text!r} mentions {found.text!r}"
            problems.warning(one.line, what, f"is {','.join(found.ids)} the speaker?")
        elif sources and one.speakers and not _holds_speaker(passage, sources, one.speakers):
            problems.warning(
                one.line, f"no source of {name} ({sources[0].text!r}) holds a mention of {','.join(one.speakers)}",
                "mark the source's mention with the speaker's id, or mend the speaker",
            )  # fmt: skip
        if one.speakers and set(one.via) & set(one.speakers):
            problems.error(one.line, f"{name}: the speaker is its own relay", "take it out of via=")


def _actor_in(passage: Passage, sources: tuple[Mark, ...]) -> Mention | None:
    """A mention with an id that is as long as a source, but for a title before or after it."""
    return next(
        (
            mention
            for source in sources
            for mention in passage.mentions
            if mention.kind in ("PER", "ORG") and mention.ids and source.start <= mention.start
            and mention.end == source.end
        ),
        None,
    )  # fmt: skip


def _holds_speaker(passage: Passage, sources: tuple[Mark, ...], speakers: tuple[str, ...]) -> bool:
    return any(
        set(mention.ids) & set(speakers) and mention.start < source.end and source.start < mention.end
        for source in sources
        for mention in passage.mentions
    )


def _check_conditions(passage: Passage, problems: Problems) -> None:
    for event in passage.events:
        conditions = passage.spans(event.event_id, "if")
        if event.status == "conditional" and not conditions:
            what, step = "is conditional without a condition", f"mark {{{event.event_id}.if ...}}"
            problems.warning(
                event.line,
                f"{event.event_id} {what}",
                f"{step} (one clause may serve two: {{e1.if,e2.if ...}}), or mend the status",
            )
        elif conditions and event.status != "conditional":
            what = f"has a condition ({conditions[0].text[:40]!r}) but is {event.status}"
            problems.warning(event.line, f"{event.event_id} {what}", "mend one of them, or say in a remark why")


def _check_none(passage: Passage, problems: Problems, unread: frozenset[str]) -> None:
    if passage.none and passage.events:
        problems.error(passage.line, f"'none {passage.none}' stands beside {len(passage.events)} events", "drop one")
    if not passage.none and not passage.events and not any(name[0] == "e" for name in unread):
        problems.error(passage.line, "neither an event nor 'none'", "mark its events, or add a line: none REASON")


def _check_sentences(passage: Passage, problems: Problems) -> None:
    if len(passage.sentences) > MAX_SENTENCES:
        problems.error(
            passage.line, f"{len(passage.sentences)} sentences", f"a passage has 1 to {MAX_SENTENCES}: part it in two"
        )
    for sentence in passage.sentences:
        if found := _second_sentence(sentence.text):
            problems.warning(sentence.line, f"a second sentence seems to begin: {found!r}", "one sentence a line")


def _second_sentence(text: str) -> str:
    for match in _BOUNDARY.finditer(text):
        word, sign = match[1].lower().lstrip("\"“‘'("), match[2]
        short = sign == "." and (len(word) == 1 or word in codes().abbreviations or re.fullmatch(r"(\w\.)+\w", word))
        before = text[: match.end(2)]
        quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
        if not short and not quoted:
            return text[match.start() : match.end() + 12]
    return ""
