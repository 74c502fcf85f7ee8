"""The tables of time words and rules, and holidays by their rule."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.errors import LexiconError
from dragoman.lexicon.times import Holiday, easter, holiday_in, load_times, nth_weekday, orthodox_easter, unfold
from dragoman.linking.values import BUILDERS

WORDS = load_times()


def test_every_rule_has_a_constructor() -> None:
    assert {rule.build for rule in WORDS.rules} - {"none"} == set(BUILDERS)


def test_rule_names_are_unique() -> None:
    names = [rule.name for rule in WORDS.rules]
    assert len(names) == len(set(names))


def test_every_class_of_a_pattern_is_known() -> None:
    computed = {
        "DAY", "DAYTH", "ORD", "YEAR", "YEARSPAN", "YEARWORDS", "NUM", "HOUR", "HOURWORD", "CLOCK", "DOTCLOCK",
        "MILITARY", "SLASHDATE", "ISO", "ISOMONTH", "DECADE", "NAMEDDAY", "HOLIDAY",
    }  # fmt: skip
    known = computed | set(WORDS.sets)

    def keys(node: object) -> set[str]:
        ways = node.ways  # type: ignore[attr-defined]
        return set(ways) | {key for way in ways.values() for key in keys(way)}

    assert {key for key in keys(WORDS.root) if key.isupper()} <= known


def test_unfold_options_and_macros() -> None:
    sequences = set(unfold("the? {unit} A=one", {"unit": ["UNIT", "UNITS"]}))
    assert sequences == {
        (("the", ""), ("UNIT", "unit"), ("A", "one")),
        (("the", ""), ("UNITS", "units"), ("A", "one")),
        (("UNIT", "unit"), ("A", "one")),
        (("UNITS", "units"), ("A", "one")),
    }


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Christmas", 2022, "2022-12-25"),
        ("Thanksgiving", 2022, "2022-11-24"),
        ("Black Friday", 2022, "2022-11-25"),
        ("Memorial Day", 2023, "2023-05-29"),
        ("US Election Day", 2022, "2022-11-08"),
        ("US Election Day", 2024, "2024-11-05"),
        ("Victoria Day", 2022, "2022-05-23"),
        ("Good Friday", 2023, "2023-04-07"),
        ("Easter Monday", 2024, "2024-04-01"),
        ("Orthodox Easter", 2024, "2024-05-05"),
        ("Rosh Hashanah", 2023, "2023-09-16"),
        ("Yom Kippur", 2023, "2023-09-25"),
        ("Passover", 2023, "2023-04-06"),
        ("Chinese New Year", 2023, "2023-01-22"),
    ],
)
def test_holidays(name: str, year: int, day: str) -> None:
    assert holiday_in(WORDS.holidays[name], year) == dt.date.fromisoformat(day)


def test_ramadan_within_a_day() -> None:
    found = holiday_in(WORDS.holidays["Ramadan"], 2023)
    assert found is not None
    assert abs(found - dt.date(2023, 3, 23)) <= dt.timedelta(1)


def test_easter_sundays() -> None:
    assert (easter(2000), easter(2038)) == (dt.date(2000, 4, 23), dt.date(2038, 4, 25))
    assert orthodox_easter(2022) == dt.date(2022, 4, 24)


def test_nth_weekday_counts_from_both_ends() -> None:
    assert nth_weekday(2022, 9, 5, 1) == dt.date(2022, 9, 2)
    assert nth_weekday(2022, 12, 6, -1) == dt.date(2022, 12, 31)


def test_unknown_kind_of_holiday_is_an_error() -> None:
    with pytest.raises(LexiconError, match="unknown kind"):
        holiday_in(Holiday(name="X", aliases=("x",), kind="odd"), 2022)


def test_holiday_beyond_the_calendar_is_none() -> None:
    assert holiday_in(WORDS.holidays["Easter"], 1500) is None
