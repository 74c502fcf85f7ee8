"""The lexicon of time: words by class, the rules over them, and holidays by the rule that defines them.

Tables: `times.toml` (words), `times_rules.toml` (patterns -> constructor), `holidays.csv`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

from dragoman.errors import LexiconError
from dragoman.lexicon.tables import TABLES, read_csv, read_toml
from dragoman.records import Record

MAX_SEQUENCES = 400
"""No pattern may unfold into more sequences than this: the trie stays small and a slip in the table is noticed."""


class Rule(Record, frozen=True, kw_only=True):
    """A row of `times_rules.toml`: where a pattern fits, and the neighbours allow it, `build` gives the value."""

    name: str
    build: str
    patterns: tuple[str, ...]
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()


class Holiday(Record, frozen=True, kw_only=True):
    """A row of `holidays.csv`; see its note for the kinds."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    offset: int | None = None
    days: int = 1
    dates: tuple[str, ...] = ()


class Node:
    """A state of the trie over token keys: `ways` by key, `ends` = (rule number, slot of each key) that end here."""

    __slots__ = ("ends", "ways")

    def __init__(self) -> None:
        self.ways: dict[str, Node] = {}
        self.ends: list[tuple[int, tuple[str, ...]]] = []


class TimeWords:
    """Words of time by class, multi-word phrases, rules as a trie, and holidays.

    `classes[word]` = {class: value} of single words; `phrases[first word]` = (words, {class: value}), longest first;
    `sets[class]` = the bare words of a class; `root` = the trie of all rule patterns.
    """

    def __init__(
        self, words: dict[str, dict[str, list[str]]], rules: tuple[Rule, ...], macros: dict[str, list[str]],
        holidays: tuple[Holiday, ...],
    ) -> None:  # fmt: skip
        self.rules = rules
        self.holidays = {holiday.name: holiday for holiday in holidays}
        self.classes: dict[str, dict[str, str]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], dict[str, str]]]] = {}
        self.sets = {name: frozenset(word for many in table.values() for word in many) for name, table in words.items()}
        named = {"HOLIDAY": {row.name: list(row.aliases) for row in holidays}}
        for name, table in {**words, **named}.items():
            for value, many in table.items():
                for word in many:
                    self._add(word, name, value)
        for many_phrases in self.phrases.values():
            many_phrases.sort(key=lambda phrase: -len(phrase[0]))
        self.root = Node()
        for number, rule in enumerate(rules):
            for pattern in rule.patterns:
                self._grow(pattern, number, macros)

    def _add(self, phrase: str, name: str, value: str) -> None:
        words = tuple(phrase.replace("-", " - ").replace("'", " ' ").replace(".", " . ").split())
        if len(words) == 1:
            self.classes.setdefault(phrase, {})[name] = value
            return
        rows = self.phrases.setdefault(words[0], [])
        for known, classes in rows:
            if known == words:
                classes[name] = value
                return
        rows.append((words, {name: value}))

    def _grow(self, pattern: str, number: int, macros: dict[str, list[str]]) -> None:
        for sequence in unfold(pattern, macros):
            node = self.root
            for key, _ in sequence:
                node = node.ways.setdefault(key, Node())
            end = (number, tuple(slot for _, slot in sequence))
            if end not in node.ends:
                node.ends.append(end)


def unfold(pattern: str, macros: dict[str, list[str]]) -> Iterator[tuple[tuple[str, str], ...]]:
    """All plain sequences of (key, slot) that a pattern stands for. Raises LexiconError where there are too many."""
    choices = [_choices(part, macros) for part in pattern.split()]
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MAX_SEQUENCES * MAX_SEQUENCES:
        raise LexiconError(f"pattern {pattern!r} unfolds {count} times", where="times_rules.toml", next_step="split it")
    for picked in product(*choices):
        sequence = tuple(step for steps in picked for step in steps)
        if sequence:
            yield sequence


def _choices(part: str, macros: dict[str, list[str]]) -> list[tuple[tuple[str, str], ...]]:
    optional = part.endswith("?") and len(part) > 1
    part = part.removesuffix("?") if optional else part
    body, _, slot = part.partition("=") if len(part) > 1 else (part, "", "")
    found: list[tuple[tuple[str, str], ...]] = []
    for option in body.split("|"):
        if option.startswith("{"):
            for pattern in macros[option.strip("{}")]:
                found += [_marked(sequence, slot) for sequence in unfold(pattern, macros)]
        else:
            found.append(((option, slot or (option.lower() if option.isupper() or "_" in option else "")),))
    return [*found, ()] if optional else found


def _marked(sequence: tuple[tuple[str, str], ...], slot: str) -> tuple[tuple[str, str], ...]:
    """A macro with a slot keeps its own slots; the name is carried by the slot of its first word ("+name")."""
    return ((sequence[0][0], f"{sequence[0][1]}+{slot}"), *sequence[1:]) if slot else sequence


@cache
def load_times() -> TimeWords:
    """The lexicon of time from its tables. Raises LexiconError where a table is broken."""
    words = read_toml(_Words, TABLES / "times.toml").words
    book = read_toml(_Rules, TABLES / "times_rules.toml")
    return TimeWords(words, book.rule, book.macros, read_csv(Holiday, TABLES / "holidays.csv"))


class _Words(Record, frozen=True, kw_only=True):
    words: dict[str, dict[str, list[str]]]


class _Rules(Record, frozen=True, kw_only=True):
    macros: dict[str, list[str]]
    rule: tuple[Rule, ...]


def holiday_in(holiday: Holiday, year: int) -> dt.date | None:
    """The first day of a holiday in a calendar year; None where its rule does not reach that year."""
    if listed := [dt.date.fromisoformat(day) for day in holiday.dates if day.startswith(f"{year}-")]:
        return listed[0]
    find = _HOLIDAY_KINDS.get(holiday.kind)
    if find is None:
        raise LexiconError(f"unknown kind {holiday.kind!r} of {holiday.name}", where="holidays.csv")
    return find(holiday, year) if 1900 <= year <= 2099 else None


def _fixed(row: Holiday, year: int) -> dt.date:
    return dt.date(year, row.month or 1, row.day or 1)


def _nth(row: Holiday, year: int) -> dt.date:
    return nth_weekday(year, row.month or 1, row.weekday or 1, row.nth or 1) + dt.timedelta(row.offset or 0)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date:
    """The nth Monday (1) .. Sunday (7) of a month; -1 is the last."""
    if nth > 0:
        first = dt.date(year, month, 1)
        return first + dt.timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
    return last - dt.timedelta((last.isoweekday() - weekday) % 7 + 7 * (-nth - 1))


def _after(row: Holiday, year: int) -> dt.date:
    """The first weekday on or after (month, day + offset)."""
    first = _fixed(row, year) + dt.timedelta(row.offset or 0)
    return first + dt.timedelta(((row.weekday or 1) - first.isoweekday()) % 7)


def _before(row: Holiday, year: int) -> dt.date:
    last = _fixed(row, year) - dt.timedelta(1)
    return last - dt.timedelta((last.isoweekday() - (row.weekday or 1)) % 7)


def easter(year: int) -> dt.date:
    """Western Easter Sunday (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> dt.date:
    """Orthodox Easter Sunday in the Gregorian calendar, 1900-2099 (Meeus)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    return dt.date(year, (d + e + 114) // 31, (d + e + 114) % 31 + 1) + dt.timedelta(13)


def rosh_hashanah(year: int) -> dt.date:
    """The first day of the Jewish new year that begins in a Gregorian year, 1900-2099 (Gauss, after Conway and Guy)."""
    golden = year % 19 + 1
    exact = year // 100 - year // 400 - 2 + 765433 / 492480 * (12 * golden % 19) + year % 4 / 4
    exact -= (313 * year + 89081) / 98496
    day, part = int(exact), exact - int(exact)
    found = dt.date(year, 9, 1) + dt.timedelta(day - 1)
    weekday = found.isoweekday()
    if weekday in {7, 3, 5}:
        return found + dt.timedelta(1)
    if weekday == 1 and part >= 23269 / 25920 and 12 * golden % 19 > 11:
        return found + dt.timedelta(1)
    if weekday == 2 and part >= 1367 / 2160 and 12 * golden % 19 > 6:
        return found + dt.timedelta(2)
    return found


def islamic_day(year: int, month: int, day: int) -> dt.date | None:
    """The first time in a Gregorian year that this day of the tabular Islamic calendar comes; true to one day."""
    for hijri in range((year - 622) * 33 // 32 - 1, (year - 622) * 33 // 32 + 3):
        number = day + (59 * (month - 1) + 1) // 2 + (hijri - 1) * 354 + (3 + 11 * hijri) // 30 + 227014
        found = dt.date.fromordinal(number)
        if found.year == year:
            return found
    return None


def _islamic(row: Holiday, year: int) -> dt.date | None:
    return islamic_day(year, row.month or 1, row.day or 1)


def _new_moon_year(year: int) -> dt.date:
    """The Chinese new year, 1990-2050, by the mean second new moon after the winter solstice; true to one day."""
    epoch, month = dt.datetime(2000, 1, 6, 18, 14, tzinfo=dt.UTC), 29.530588853  # a new moon, the mean synodic month
    first = dt.datetime(year, 1, 20, 22, tzinfo=dt.UTC)
    turns = -(-(first - epoch).total_seconds() // (month * 86400))
    moon = epoch + dt.timedelta(days=turns * month) + dt.timedelta(hours=8)
    return moon.date()


_HOLIDAY_KINDS: dict[str, Callable[[Holiday, int], dt.date | None]] = {
    "fixed": _fixed,
    "nth": _nth,
    "after": _after,
    "before": _before,
    "easter": lambda row, year: easter(year) + dt.timedelta(row.offset or 0),
    "orthodox": lambda row, year: orthodox_easter(year) + dt.timedelta(row.offset or 0),
    "hebrew": lambda row, year: rosh_hashanah(year) + dt.timedelta(row.offset or 0),
    "islamic": _islamic,
    "lunar": lambda row, year: _new_moon_year(year) + dt.timedelta(row.offset or 0),
}
