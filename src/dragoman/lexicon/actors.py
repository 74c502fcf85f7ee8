"""Who there is: states, bodies, outlets and persons, their names in the news, their offices, and the nouns of roles.

The facts lie in `tables/`: states.csv, bodies.csv, outlets.csv, persons.csv, offices.csv and roles.csv. Names are kept
as the news spell them, case and all; a name with accents is also known without them ("Erdoğan", "Erdogan"), and
typographic apostrophes count as plain ones.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, NamedTuple

import ahocorasick

from dragoman.errors import LexiconError
from dragoman.lexicon.states import StateRow
from dragoman.lexicon.tables import TABLES, Row, read_csv
from dragoman.records import ActorKind, Record

OfficeKind = Literal[
    "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister",
    "finance_minister", "deputy", "speaker", "spokesperson", "central_bank_head", "opposition_leader", "ambassador",
    "head", "other",
]  # fmt: skip
Sex = Literal["m", "f"]
Ownership = Literal["state", "public", "private"]


class ActorEntry(Record, frozen=True, kw_only=True):
    """One actor of the lexicon. `aliases` are all names in the news but `name`; `metonyms` are seats that stand for it.

    `surnames` (persons) are the short names of later mentions; `family_first` says that the family name comes first.
    `sectors` of a person are those of no dated office. `outlet` is True for media. `row` is the evidence, `table#row`.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    family_first: bool = False
    sex: Sex | None = None
    outlet: bool = False
    row: str


class Office(Record, frozen=True, kw_only=True):
    """An office that a person holds or held. `country` is alpha-3, `body` the id of the organisation it belongs to.

    `start` and `end` are the widest reading of what the table knows: an office known to begin "in 2018" starts on
    2018-01-01, one that ends "in March 2019" on 2019-03-31. `end` is None while it lasts or where nobody knows.
    """

    person_id: str
    kind: OfficeKind
    title: str
    country: str | None = None
    body: str | None = None
    sectors: tuple[str, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    source: str
    row: str

    def held_on(self, date: dt.date) -> bool:
        """True where `date` lies within the term, both ends included."""
        return (self.start is None or self.start <= date) and (self.end is None or date <= self.end)


class RoleNoun(Record, frozen=True, kw_only=True):
    """A noun or phrase for a role, in lower case. `office` is the office kind that it names, if it names one."""

    phrase: str
    sectors: tuple[str, ...] = ()
    kind: ActorKind
    plural: bool = False
    office: OfficeKind | None = None
    row: str


class AliasMatch(NamedTuple):
    """A name found in a text: characters `[start, end)`, the name as the lexicon has it, and whom it may mean."""

    start: int
    end: int
    alias: str
    ids: tuple[str, ...]


@dataclass(frozen=True)
class ActorLexicon:
    """All actors. Lookups are by exact surface, case-sensitive, without "the".

    `by_alias`: name -> entry ids, states first, then bodies, outlets, persons. `metonyms`: seat -> id ("Kremlin" ->
    "RUS"). `demonyms`: adjectives and people -> id ("Russian", "Russians" -> "RUS"); `people`: only nouns for people.
    `by_surname`: short name of a person -> ids. `ambiguous`: names that need evidence from the text around them.
    `domains`: web domain of an outlet -> its id. `roles`: role noun or phrase in lower case -> RoleNoun.
    """

    entries: dict[str, ActorEntry]
    by_alias: dict[str, tuple[str, ...]]
    metonyms: dict[str, str]
    demonyms: dict[str, str]
    people: dict[str, str]
    by_surname: dict[str, tuple[str, ...]]
    ambiguous: frozenset[str]
    domains: dict[str, str]
    roles: dict[str, RoleNoun]
    terms: tuple[Office, ...]

    def entry(self, actor_id: str) -> ActorEntry | None:
        """The entry with this id, or None."""
        return self.entries.get(actor_id)

    def match(self, text: str) -> Iterator[AliasMatch]:
        """Names and metonyms in `text`, longest first where they overlap, at word boundaries, in order of place."""
        return _longest(self._automaton, text.translate(_APOSTROPHES))

    def offices(self, person_id: str, date: dt.date | None = None) -> tuple[Office, ...]:
        """The offices of a person, the latest first; with a `date`, only those held on that day."""
        offices = self._by_person.get(person_id, ())
        return offices if date is None else tuple(office for office in offices if office.held_on(date))

    def holders(self, country: str, office_kind: str, date: dt.date | None = None) -> tuple[str, ...]:
        """The ids of those who hold an office of this kind in a country (alpha-3) or body (id), the latest first.

        Without a `date`, those whose term is open. Several where the office has several holders, or where the table
        knows the change of office only to the month or year.
        """
        offices = self._by_office.get((country, office_kind), ())
        held = [office for office in offices if (office.end is None if date is None else office.held_on(date))]
        return tuple(dict.fromkeys(office.person_id for office in held))

    @cached_property
    def role_ends(self) -> dict[str, int]:
        """Last word of a role phrase -> how many words and hyphens its longest phrase has: most words end none."""
        ends: dict[str, int] = {}
        for phrase in self.roles:
            words = re.findall(r"[^\s-]+|-", phrase)
            for last in {words[-1], phrase.split()[-1]}:
                ends[last] = max(ends.get(last, 0), len(words))
        return ends

    @cached_property
    def demonym_starts(self) -> frozenset[str]:
        """The first words of demonyms, also as capitals write them: "South", "SOUTH"."""
        firsts = {re.split(r"[\s-]", name, maxsplit=1)[0] for name in self.demonyms}
        firsts |= {*self.demonyms, *(first.split(".")[0] + "." for first in firsts if "." in first)}
        return frozenset(firsts | {first.upper() for first in firsts})

    @cached_property
    def _by_person(self) -> dict[str, tuple[Office, ...]]:
        return _grouped(self.terms, lambda office: [office.person_id])

    @cached_property
    def _by_office(self) -> dict[Any, tuple[Office, ...]]:
        return _grouped(
            self.terms, lambda office: [(place, office.kind) for place in (office.body or office.country,) if place]
        )

    @cached_property
    def _automaton(self) -> Any:
        automaton = ahocorasick.Automaton()
        names = {name: (seat_of,) for name, seat_of in self.metonyms.items()} | self.by_alias
        for name, ids in names.items():
            automaton.add_word(name, (name, ids))
        automaton.make_automaton()
        return automaton


def load_actors() -> ActorLexicon:
    """Read the actor tables. Raises LexiconError where a table is malformed or an id is taken twice."""
    states, bodies, outlets = _rows(StateRow), _rows(BodyRow), _rows(OutletRow)
    entries = _unique((*_states(states), *_bodies(bodies), *_outlets(outlets), *_persons(_rows(PersonRow))))
    named: tuple[StateRow | BodyRow | OutletRow, ...] = (*states, *bodies, *outlets)
    ambiguous = {name for row in named for name in row.ambiguous}
    return ActorLexicon(
        entries=entries,
        by_alias=_names(entries.values(), lambda entry: (entry.name, *entry.aliases)),
        metonyms=_firsts(entries.values(), lambda entry: entry.metonyms),
        demonyms=_firsts(entries.values(), lambda entry: (*entry.adjectives, *entry.people)),
        people=_firsts(entries.values(), lambda entry: entry.people),
        by_surname=_names(entries.values(), lambda entry: entry.surnames),
        ambiguous=frozenset(form for name in ambiguous for form in _spellings(name)),
        domains={domain: row.id for row in outlets for domain in row.domain},
        roles=_roles(),
        terms=tuple(_office(row, number) for number, row in enumerate(_rows(OfficeRow), 1)),
    )


class BodyRow(Record, frozen=True, kw_only=True):
    """A row of bodies.csv."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    aliases: tuple[str, ...]
    metonyms: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    ambiguous: tuple[str, ...]


class OutletRow(Record, frozen=True, kw_only=True):
    """A row of outlets.csv."""

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    ownership: Ownership
    domain: tuple[str, ...]
    ambiguous: tuple[str, ...]


class PersonRow(Record, frozen=True, kw_only=True):
    """A row of persons.csv."""

    id: str
    name: str
    aliases: tuple[str, ...]
    surnames: tuple[str, ...]
    family_first: bool
    sex: Sex | None
    country: str | None
    sectors: tuple[str, ...]


class OfficeRow(Record, frozen=True, kw_only=True):
    """A row of offices.csv; `start` and `end` are `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty."""

    person: str
    kind: OfficeKind
    title: str
    country: str | None
    body: str | None
    sectors: tuple[str, ...]
    start: str
    end: str
    source: str


class RoleRow(Record, frozen=True, kw_only=True):
    """A row of roles.csv: a noun in the singular, in the plural, or both."""

    singular: str
    plural: str
    kind: ActorKind
    sectors: tuple[str, ...]
    office: OfficeKind | None


_FILES: dict[type[Record], str] = {
    StateRow: "states.csv", BodyRow: "bodies.csv", OutletRow: "outlets.csv", PersonRow: "persons.csv",
    OfficeRow: "offices.csv", RoleRow: "roles.csv",
}  # fmt: skip
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'"})
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "ə": "a", "Ə": "A", "þ": "th", "Þ": "Th"}
)  # fmt: skip


def _rows(row_type: type[Row]) -> tuple[Row, ...]:
    return read_csv(row_type, TABLES / _FILES[row_type])


def _states(rows: Iterable[StateRow]) -> Iterator[ActorEntry]:
    for row in rows:
        yield ActorEntry(
            id=row.id, name=row.name, kind="state", country=row.country or row.id, sectors=row.sectors or ("GOV",),
            aliases=row.aliases, metonyms=row.seats, adjectives=row.adjectives, people=row.people,
            row=f"states.csv#{row.id}",
        )  # fmt: skip


def _bodies(rows: Iterable[BodyRow]) -> Iterator[ActorEntry]:
    for row in rows:
        yield ActorEntry(
            id=row.id, name=row.name, kind=row.kind, country=row.country, sectors=row.sectors, aliases=row.aliases,
            metonyms=row.metonyms, adjectives=row.adjectives, people=row.people, row=f"bodies.csv#{row.id}",
        )  # fmt: skip


def _outlets(rows: Iterable[OutletRow]) -> Iterator[ActorEntry]:
    for row in rows:
        yield ActorEntry(
            id=row.id, name=row.name, kind="organization", country=row.country, sectors=("JRN",), aliases=row.aliases,
            outlet=True, row=f"outlets.csv#{row.id}",
        )  # fmt: skip


def _persons(rows: Iterable[PersonRow]) -> Iterator[ActorEntry]:
    for row in rows:
        yield ActorEntry(
            id=row.id, name=row.name, kind="person", country=row.country, aliases=row.aliases, surnames=row.surnames,
            family_first=row.family_first, sex=row.sex, sectors=row.sectors, row=f"persons.csv#{row.id}",
        )  # fmt: skip


def _office(row: OfficeRow, number: int) -> Office:
    return Office(
        person_id=row.person, kind=row.kind, title=row.title, country=row.country, body=row.body,
        sectors=row.sectors, start=first_day(row.start), end=last_day(row.end), source=row.source,
        row=f"offices.csv#{number}",
    )  # fmt: skip


def _roles() -> dict[str, RoleNoun]:
    roles: dict[str, RoleNoun] = {}
    for number, row in enumerate(_rows(RoleRow), 1):
        for phrase, plural in ((row.singular, False), (row.plural, True)):
            if phrase:
                roles.setdefault(
                    phrase,
                    RoleNoun(
                        phrase=phrase, sectors=row.sectors, kind=row.kind, plural=plural, office=row.office,
                        row=f"roles.csv#{number}",
                    ),
                )  # fmt: skip
    return roles


def first_day(date: str) -> dt.date | None:
    """The first day of a date that is known to the day, month or year (`YYYY[-MM[-DD]]`); None where it is empty."""
    return dt.date.fromisoformat(date + "-01-01"[len(date) - 4 :]) if date else None


def last_day(date: str) -> dt.date | None:
    """The last day of a date that is known to the day, month or year (`YYYY[-MM[-DD]]`); None where it is empty."""
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:])
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date.fromisoformat(date + "-12-31"[len(date) - 4 :]) if date else None


def _unique(entries: Iterable[ActorEntry]) -> dict[str, ActorEntry]:
    by_id: dict[str, ActorEntry] = {}
    for entry in entries:
        if entry.id in by_id:
            raise LexiconError(f"id {entry.id!r} is taken by {by_id[entry.id].row}", where=entry.row)
        by_id[entry.id] = entry
    return by_id


def _spellings(name: str) -> tuple[str, ...]:
    """The name with plain apostrophes and, where it has accents, without them."""
    if name.isascii():
        return (name,)
    name = unicodedata.normalize("NFC", name).translate(_APOSTROPHES)
    bare = "".join(c for c in unicodedata.normalize("NFD", name.translate(_PLAIN_LETTERS)) if c < "̀" or c > "ͯ")
    return (name,) if bare == name else (name, bare)


def _names(
    entries: Iterable[ActorEntry], names_of: Callable[[ActorEntry], tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        for name in names_of(entry):
            for form in _spellings(name):
                ids = found.get(form, ())
                if entry.id not in ids:
                    found[form] = (*ids, entry.id)
    return found


def _firsts(entries: Iterable[ActorEntry], names_of: Callable[[ActorEntry], tuple[str, ...]]) -> dict[str, str]:
    return {name: ids[0] for name, ids in _names(entries, names_of).items()}


def _grouped(offices: Iterable[Office], keys_of: Callable[[Office], list[Any]]) -> dict[Any, tuple[Office, ...]]:
    groups: dict[Any, list[Office]] = {}
    for office in sorted(offices, key=lambda office: office.start or dt.date.min, reverse=True):
        for key in keys_of(office):
            groups.setdefault(key, []).append(office)
    return {key: tuple(group) for key, group in groups.items()}


def _longest(automaton: Any, text: str) -> Iterator[AliasMatch]:
    spans = [(last + 1 - len(name), last + 1, name, ids) for last, (name, ids) in automaton.iter(text)]
    done = 0
    for start, end, name, ids in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= done and _at_word_boundaries(text, start, end):
            done = end
            yield AliasMatch(start, end, name, ids)


def _at_word_boundaries(text: str, start: int, end: int) -> bool:
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after
