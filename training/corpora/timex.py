"""Values of time expressions: their form (TIMEX3), and whether they agree with the words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from training.corpora.codes import codes

_YEAR = r"(?:\d{4}|XXXX|\d{3}|\d{3}X|\d{2}|\d{2}XX|BC\d{1,4}|FY\d{4})"
_PART = r"(?:\d{2}|XX)(?:-(?:\d{2}|XX))?"
_DAY = rf"(?:{_YEAR}(?:-(?:{_PART}|W(?:\d{{2}}|XX)(?:-(?:[1-7X]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?)"
_CLOCK = r"T(?:\d{2}(?::\d{2}(?::\d{2})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?|MO|MI|AF|EV|NI|DT)"
_POINT = rf"{_DAY}(?:{_CLOCK})?"
_DATE = re.compile(rf"(?:{_DAY}(?:/{_DAY})?|PAST_REF|PRESENT_REF|FUTURE_REF)")
_TIME = re.compile(rf"{_POINT}(?:/{_POINT})?|{_CLOCK}|PAST_REF|PRESENT_REF|FUTURE_REF")
_AMOUNT = r"(?:\d+(?:\.\d+)?|X)"
_DURATION = re.compile(
    rf"P(?=.)(?:{_AMOUNT}(?:CE|DE|ML|[YWD]|M|Q|SP|SU|FA|WI|WE))*"
    rf"(?:T(?=.)(?:{_AMOUNT}(?:[HMS]|MO|MI|AF|EV|NI|DT))*)?"
)
_FULL = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4}|XXXX)-(\d{2})(?!\d)")
_FOUR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_EXAMPLES = {
    "DATE": "2031-05-14, 2031-05, 2031, 2031-W20, 2031-Q1, 2031-SP, 203, XXXX-06-02, 2031-05-14/2031-05-16, PAST_REF",
    "TIME": "2031-05-14T09:00, 2031-05-12TEV, 2031-05-14TNI",
    "DUR": "P3D, P2W, P6M, PT4H, PXY, P2DE",
    "SET": "XXXX-WXX-5, P1Y, P1M, XXXX-06-02",
}


def value_problem(kind: str, value: str) -> tuple[str, str] | None:
    """What is wrong with the value of a time of this kind (`DATE`, `TIME`, `DUR`, `SET`), and the next step."""
    step = f"values of a {kind} look like: {_EXAMPLES[kind]}"
    if not value:
        return f"a {kind} without a value", f"write [t1:{kind}=VALUE words]; {step}"
    fits = {
        "DATE": _DATE.fullmatch(value),
        "TIME": _TIME.fullmatch(value),
        "DUR": _DURATION.fullmatch(value),
        "SET": _DURATION.fullmatch(value) or _TIME.fullmatch(value) or _DATE.fullmatch(value),
    }[kind]
    if not fits:
        return f"{value!r} is no value of a {kind}", step
    return next(_impossible(value), None)


def _impossible(value: str) -> Iterator[tuple[str, str]]:
    if value.startswith("P"):
        return
    for point in value.split("/"):
        if (full := _FULL.match(point)) and _day(full) is None:
            yield f"there is no day {full[0]}", "mend month or day"
        elif (month := _MONTH.match(point)) and not 1 <= int(month[2]) <= 12:
            yield f"there is no month {month[2]} in {value!r}", "months run from 01 to 12"
        if (week := re.match(r"\d{4}-W(\d\d)", point)) and not 1 <= int(week[1]) <= 53:
            yield f"there is no week {week[1]} in {value!r}", "weeks run from W01 to W53"
        if (clock := re.search(r"T(\d\d)(?::(\d\d))?", point)) and (int(clock[1]) > 24 or int(clock[2] or 0) > 59):
            yield f"there is no clock time {clock[0]} in {value!r}", "hours run to 24, minutes to 59"


def _day(match: re.Match[str] | None) -> dt.date | None:
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def disagreements(words: str, value: str) -> Iterator[tuple[str, str]]:
    """Where a day of the week, month, day or year in the words does not fit a value of one point in time."""
    if "/" in value or value.startswith("P"):
        return
    lower = words.lower()
    day = _day(_FULL.match(value))
    yield from _weekday(lower, value, day)
    yield from _month_and_day(words, value, day)
    years = _FOUR.findall(words)
    if re.match(r"\d{4}(?!\d)", value) and years and value[:4] not in years:
        yield f"the words say {years[0]}, the value {value}", "mend the year"


def _weekday(lower: str, value: str, day: dt.date | None) -> Iterator[tuple[str, str]]:
    named = [n for n, name in enumerate(codes().weekdays) if re.search(rf"\b{name}s?\b", lower)]
    by_week = re.match(r"(?:\d{4}|XXXX)-W(?:\d\d|XX)-([1-7])", value)
    number = day.weekday() if day else int(by_week[1]) - 1 if by_week else None
    if not named or number is None or number in named:
        return
    said, actual = codes().weekdays[named[0]].capitalize(), codes().weekdays[number].capitalize()
    near = ""
    if day:
        before = day - dt.timedelta(days=(day.weekday() - named[0]) % 7)
        near = f"the {said}s next to it are {before} and {before + dt.timedelta(days=7)}"
    yield f"{value} is a {actual}, the words say {said}", near or f"{said} is day {named[0] + 1}"


def _month_and_day(words: str, value: str, day: dt.date | None) -> Iterator[tuple[str, str]]:
    spot = _MONTH.match(value)
    named = [n for n, name in enumerate(codes().months, 1) if _names_month(words, name)]
    if not spot or not named:
        return
    if int(spot[2]) not in named:
        yield f"the words say {codes().months[named[0] - 1].capitalize()}, the value {value}", "mend the month"
        return
    name = codes().months[int(spot[2]) - 1]
    short = rf"{name}|{name[:3]}|{name[:4]}"
    said = re.search(rf"\b(?:{short})\.? (\d{{1,2}})\b(?!:)", words, re.I) or re.search(
        rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?:{short})\b", words, re.I
    )
    if said and day and day.day != int(said[1]):
        yield f"the words say day {said[1]}, the value {value}", "mend the day"


def _names_month(words: str, name: str) -> bool:
    short = f"|{name[:3]}|{name[:4]}" if name != "may" else ""
    return re.search(rf"\b(?i:{name}{short})\b", words) is not None and (
        name not in ("may", "march") or re.search(rf"\b{name.capitalize()}|{name.upper()}\b", words) is not None
    )


_RELATIVE = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def doubts(words: str, value: str, anchor: str) -> Iterator[tuple[str, str]]:
    """What is odd about a full date, given the passage's date: `yesterday` that is not, a bare weekday far away."""
    today, day = _day(_FULL.fullmatch(anchor)), _day(_FULL.match(value))
    if today is None or day is None or "/" in value:
        return
    lower, distance = words.lower(), (day - today).days
    for word, expected in _RELATIVE.items():
        if re.search(rf"\b{word}\b", lower) and distance != expected and not re.search(r"\d", lower):
            yield f"{word!r} is {today + dt.timedelta(days=expected)} by the passage's date, the value {value}", ""
    feast = "|".join(codes().named_days)
    bare = [name for name in codes().weekdays if re.search(rf"(?<!\w)(?<!-){name}\b", lower)]
    bare = [] if re.search(rf"\b(?:{feast}) \w+day\b", lower) else bare
    if bare and abs(distance) > 14 and not re.search(r"\d", lower) and not _month_named(words):
        yield f"{words!r} is {abs(distance)} days from the passage's date {anchor}", "a slip in the value?"


def _month_named(words: str) -> bool:
    return any(_names_month(words, name) for name in codes().months)
