"""TIMEX3 values and the days that they cover.

A value says its own interval, so `earliest`, `latest` and `granularity` always agree with it. The conventions:
weeks run Monday to Sunday (ISO 8601, `2022-W37`), a weekend is Saturday and Sunday; seasons are those of the northern
hemisphere by whole months (spring March-May; `2022-WI` runs from December 2022 to February 2023); quarters and halves
are those of the calendar year; a fiscal or academic year is valued as its named year. `198X` is a decade, `19XX` a
century. "early", "mid" and "late" take the first, middle and last third.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_IN = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}
DAYS_IN = {"D": 1, "TD": 1, "W": 7, "FN": 14, "NI": 1, "MO": 1, "AF": 1, "EV": 1, "WE": 7}
LARGER_UNITS = {"DE": ("Y", 10), "CE": ("Y", 100), "ML": ("Y", 1000), "FN": ("W", 2), "TD": ("D", 1)}
YEAR_MIN, YEAR_MAX = 1, 9998

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(T.*)?")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(-WE)?")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_PART = re.compile(r"([0-9]{4})-(SP|SU|FA|WI|Q[1-4]|H[12])")
_YEARS = re.compile(r"[0-9]{2}(?:[0-9]{2}|[0-9]X|XX)")


class Interval(NamedTuple):
    """Days from `earliest` to `latest`, both included; either may be None where it is open or unknown."""

    earliest: dt.date | None
    latest: dt.date | None
    granularity: str | None


NOWHERE = Interval(None, None, None)


def interval_of(value: str) -> Interval:
    """The days of a TIMEX3 value; NOWHERE where it names none (durations, sets, references, `XXXX-...`).
    A range `first/last` runs from the start of its first value to the end of its last."""
    if "/" in value:
        first, _, last = value.partition("/")
        left, right = interval_of(first), interval_of(last)
        return Interval(left.earliest, right.latest, left.granularity)
    try:
        return _single(value)
    except ValueError:
        return NOWHERE


def _single(value: str) -> Interval:
    if found := _DAY.fullmatch(value):
        day = dt.date(int(found[1]), int(found[2]), int(found[3]))
        return Interval(day, day, "time" if found[4] else "day")
    if found := _WEEK.fullmatch(value):
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found[3]:
            return Interval(monday + dt.timedelta(5), monday + dt.timedelta(6), "weekend")
        return Interval(monday, monday + dt.timedelta(6), "week")
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1, "month")
    if found := _PART.fullmatch(value):
        year, part = int(found[1]), found[2]
        if part in SEASON_MONTH:
            return _months(year, SEASON_MONTH[part], 3, "season")
        length = 3 if part[0] == "Q" else 6
        return _months(year, (int(part[1]) - 1) * length + 1, length, "quarter" if length == 3 else "half")
    if _YEARS.fullmatch(value):
        first, last = int(value.replace("X", "0")), int(value.replace("X", "9"))
        name = {0: "year", 1: "decade", 2: "century"}[value.count("X")]
        return Interval(dt.date(max(first, 1), 1, 1), dt.date(last, 12, 31), name)
    return NOWHERE


def _months(year: int, month: int, length: int, granularity: str) -> Interval:
    first = dt.date(year, month, 1)
    last = add_months(first, length - 1)
    return Interval(first, last.replace(day=calendar.monthrange(last.year, last.month)[1]), granularity)


def narrowed(interval: Interval, part: str | None) -> Interval:
    """The first, middle or last third ("early", "mid", "late") of an interval; "end" is its last day."""
    if part is None or interval.earliest is None or interval.latest is None:
        return interval
    days = (interval.latest - interval.earliest).days + 1
    third = max(days // 3, 1)
    first, last = interval.earliest, interval.latest
    if part == "early":
        last = first + dt.timedelta(third)
    elif part == "mid":
        first, last = first + dt.timedelta(third), last - dt.timedelta(third)
    elif part == "late":
        first = last - dt.timedelta(third)
    elif part == "end":
        first = last - dt.timedelta(min(days - 1, max(days // 12, 0)))
    return Interval(min(first, last), max(first, last), interval.granularity)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months away, held to the last day of a shorter month. Raises ValueError beyond year 1-9998."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not YEAR_MIN <= year <= YEAR_MAX:
        raise ValueError(f"year {year} out of range")
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def moved(day: dt.date, unit: str, count: float) -> dt.date:
    """A day `count` units away. Raises ValueError beyond the calendar."""
    try:
        if unit in MONTHS_IN:
            months = count * MONTHS_IN[unit]
            whole = int(months)
            return add_months(day, whole) + dt.timedelta(round((months - whole) * 30))
        if unit == "TD":
            return _trading_days(day, int(count))
        return day + dt.timedelta(round(count * DAYS_IN.get(unit, 0)))
    except OverflowError as error:
        raise ValueError(str(error)) from error


def _trading_days(day: dt.date, count: int) -> dt.date:
    if abs(count) > 10_000:
        raise ValueError(f"{count} trading days")
    step = 1 if count > 0 else -1
    for _ in range(abs(count)):
        day += dt.timedelta(step)
        while day.isoweekday() > 5:
            day += dt.timedelta(step)
    return day


def unit_value(day: dt.date, unit: str) -> str:
    """The value of the week, month, quarter, year ... that holds a day."""
    if unit in {"W", "FN", "WE"}:
        year, week, _ = day.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "WE" else "")
    if unit == "M":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "Q":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "H":
        return f"{day.year:04d}-H{1 if day.month < 7 else 2}"
    if unit == "Y":
        return f"{day.year:04d}"
    if unit == "DE":
        return f"{day.year // 10:03d}X"
    if unit in {"CE", "ML"}:
        return f"{day.year // 100:02d}XX"
    return day.isoformat()


def duration_value(count: str, unit: str) -> str:
    """The value of a duration: `P3M`, `PT2H`, `P2Y6M`, `PXW`."""
    unit, factor = LARGER_UNITS.get(unit, (unit, 1))
    if unit in {"NI", "MO", "AF", "EV"}:
        return f"P{count}{unit}" if unit != "NI" else f"P{count}NI"
    time = "T" if unit in {"H", "MIN", "S"} else ""
    unit = {"MIN": "M", "GEN": "Y"}.get(unit, unit)
    if count == "X":
        return f"P{time}X{unit}"
    number = float(count) * factor
    if number == int(number):
        return f"P{time}{int(number)}{unit}"
    return _mixed(number, unit, time)


def _mixed(number: float, unit: str, time: str) -> str:
    whole, rest = int(number), number - int(number)
    below = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60)}.get(unit) if time or unit == "Y" else None
    if below is None:
        return f"P{time}{number:g}{unit}"
    head = f"{whole}{unit}" if whole else ""
    return f"P{time}{head}{round(rest * below[1])}{below[0]}"
