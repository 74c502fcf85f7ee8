"""When a report was published, as its page says: a label, a date line, the address, a dateline.

A date without its year is left alone: the linking room counts it out. Numeric dates whose day and month can be
swapped (7/9/2022) are left alone too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from dragoman.errors import UsageError
from dragoman.records import PublishedBy, Record, Span, span_of

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 1900, 2100
NEAR_TOP, NEAR_END = 15, 6  # lines in which a date alone, and in which a labelled date, is looked for

_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_DATE = re.compile(
    "|".join(
        (
            r"(?<![\d-])" + _YEAR.format("y1") + r"[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d|-\d)",
            _MONTH.format("m2") + r" (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? ?,? " + _YEAR.format("y2") + r"(?!\d)",
            r"(?<!\d)(?P<d3>\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?"
            + _MONTH.format("m3")
            + r",?[ -]?"
            + _YEAR.format("y3"),
            r"(?<![\d.])(?P<d4>\d{1,2})\.(?P<m4>\d{1,2})\." + _YEAR.format("y4") + r"(?!\d)",
            r"(?<![\d.])(?P<d6>\d{1,2})\.(?P<m6>\d{1,2})\.(?P<y6>\d\d)(?=, |\Z)",
            r"(?<![\d/])(?P<a5>\d{1,2})/(?P<b5>\d{1,2})/" + _YEAR.format("y5") + r"(?!\d|/)",
        )
    ),
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:first published|published|posted|issued|publication date|pub(?:\. ?|lish )date|date|released|created)"
    r"(?: online)?(?: on| at)?\b ?:?",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:last )?(?:updated?|modified|edited|revised)\b", re.IGNORECASE)
_GLUED = re.compile(r"((?:19|20)\d\d)(?=\d{1,2} [A-Z])")  # "9 Aug 20199 Aug 2019": a date shown twice
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
STRAY_WORDS = 2  # a section's name may stand before a date with its clock time
# What may stand beside a date on a line of its own: clock times, zones, weekdays, labels, separators
_BESIDE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b\.?|\b\d{4} ?(?:gmt|utc|hrs)\b"
    r"|\b(?:gmt|utc|bst|[ecmp][sd]?t|ist|pkt|msk|cest|cet|eest|eet|sgt|hkt|jst|kst|aest|aedt|wat|eat|sast|local time)\b"
    r"(?: ?\+?\d{1,2}:?\d{0,2})?|\b(?:z|am|pm)\b"
    r"|\b(?:first published|published|posted|issued|released|updated?|last|modified|edited|revised|created|on|at|and"
    r"|date|time|original(?:ly)?|publication|of|the|by|ago|story|article|an?|less than|about|over"
    r"|\d+ (?:second|minute|min|hour|hr|day|week|month|year)s?|(?:second|minute|hour|day|week|month|year)s?"
    r"|\d+[- ]min(?:ute)?s? read|today|yesterday|just now)\b"
    r"|[\W_]+",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\W{0,3}(?:\d{1,2}[.:]\d{2}(?:[.:]\d{2})? ?(?:[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|\d{4})"
    r" ?\(?(?:GMT|UTC|BST|[ECMP][SD]?T|IST|PKT|MSK|CES?T|EES?T|SGT|HKT|JST|KST|AE[SD]T|WAT|EAT|SAST|local time)\)?"
    r"\W{0,3}"
    r"|\W{0,3}\d{1,2}(?:[.:]\d{2})? ?[ap]\.?m\.?\W{0,3}|\d{1,2}\.\d{2}",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    _MONTH.format("m8") + r" \d{1,2}(?:st|nd|rd|th)?|\b\d{1,2}(?:st|nd|rd|th)? " + _MONTH.format("m7"), re.IGNORECASE
)
_URL_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[/_-]?)(?P<m>0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
    r"(?P=s)(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)",
    re.IGNORECASE,
)
_DATELINE_HEAD = re.compile(
    r"\A\W{0,2}(?P<place>[A-Z][\w.’'-]+(?:[ ,/-]+(?:[A-Z][\w.’'-]*|de|of|and|al|el)){0,6})[,;:.]? ?(?P<rest>.{0,60}?)"
    r"(?:[-–—]{1,2}|\) ?[-–—]{0,2}|/[A-Z-]+/\.?|: )"
)


class Dated(Record, frozen=True, kw_only=True):
    """A date of publication and what it rests on."""

    date: dt.date
    by: PublishedBy
    evidence: tuple[Span, ...] = ()


def given_date(date: dt.date | str | None) -> dt.date | None:
    """A date given by the caller. Raises UsageError where text is not an ISO 8601 date."""
    if date is None or (isinstance(date, dt.date) and not isinstance(date, dt.datetime)):
        return date
    if isinstance(date, dt.datetime):
        return date.date()
    try:
        return dt.date.fromisoformat(date.strip()[:10])
    except ValueError:
        raise UsageError(f"{date!r} is not a date", next_step="give it as YYYY-MM-DD") from None


def find_date(text: str, starts: Sequence[int], url: str | None) -> Dated | None:
    """The date of publication by the words of the page or its address; `starts` are the offsets of the lines."""
    lines = [(start, text[start:end]) for start, end in _bounds(text, starts)]
    return _labelled(text, lines) or (url_date(url) if url else None) or _datelined(text, lines)


def url_date(url: str) -> Dated | None:
    """The date in an address such as /2022/09/07/ or story-2022-09-07."""
    path = re.sub(r"\A\w+://[^/]*", "", url)
    for found in _URL_DATE.finditer(path):
        plain = not found["s"]
        if plain and len(found[0]) != 8:
            continue
        if date := _day(found["y"], found["m"], found["d"]):
            return Dated(date=date, by="url")
    return None


def is_date_line(line: str) -> bool:
    """True where a line holds a date or an age ("3 hours ago") and nothing else but clock, zone and labels."""
    if len(line) > 160:
        return False
    bare, dates = _DATE.subn(" ", _GLUED.sub(r"\1 ", line))
    bare, yearless = _YEARLESS.subn(" ", bare)
    rest = _BESIDE.sub(" ", bare).split()
    if len(rest) > (STRAY_WORDS if dates and _CLOCK.search(line) else 0):
        return False
    labelled = bool(_PUBLISHED.search(line) or _UPDATED.search(line))
    return bool(dates or yearless or (labelled and len(line) < 40))


def is_clock_line(line: str) -> bool:
    """True where a line holds a clock time with its zone, and nothing else: the stamp of an entry in a live blog."""
    return bool(_STAMP.fullmatch(line))


def find_dates(line: str) -> list[tuple[int, int, dt.date]]:
    """The full, unambiguous dates in a line: (start, end, date)."""
    found = ((match.start(), match.end(), _value(match)) for match in _DATE.finditer(line))
    return [(start, end, date) for start, end, date in found if date]


def _bounds(text: str, starts: Sequence[int]) -> list[tuple[int, int]]:
    ends = [*(start - 1 for start in starts[1:]), len(text)]
    return list(zip(starts, ends, strict=True)) if starts else []


def _labelled(text: str, lines: list[tuple[int, str]]) -> Dated | None:
    """ "Published: 7 September 2022" anywhere near top or end, or a date alone near the top; updates come last."""
    candidates: list[tuple[int, int, int, dt.date]] = []
    for number, (start, line) in enumerate(lines):
        top = number < NEAR_TOP
        if not (top or number >= len(lines) - NEAR_END) or len(line) > 200:
            continue
        alone = is_date_line(line)
        for begin, end, date in find_dates(line):
            if (rank := _rank(line[:begin], alone=alone, top=top)) is not None:
                candidates.append((rank, start + begin, start + end, date))
    if not candidates:
        return None
    _, begin, end, date = min(candidates)
    return Dated(date=date, by="metadata", evidence=(span_of(text, begin, end),))


def _rank(before: str, *, alone: bool, top: bool) -> int | None:
    """0: labelled as published; 1: alone near the top; 2: labelled as an update; None: not a date of publication."""
    labels = [(match.end(), 0) for match in _PUBLISHED.finditer(before)]
    labels += [(match.end(), 2) for match in _UPDATED.finditer(before)]
    labels = [(end, rank) for end, rank in labels if not _BESIDE.sub("", _DATE.sub(" ", before[end:]))]
    if labels and (alone or len(before) < 120):
        return max(labels)[1]
    separated = re.search(r"[|·•] ?\Z", before) is not None and top
    return 1 if (alone and top) or separated else None


def _datelined(text: str, lines: list[tuple[int, str]]) -> Dated | None:
    """ "KYIV, 7 September 2022 -" at the head of a paragraph near the top."""
    for start, line in lines[:NEAR_TOP]:
        head = _DATELINE_HEAD.match(line)
        if not head:
            continue
        for begin, end, date in find_dates(head[0]):
            return Dated(date=date, by="dateline", evidence=(span_of(text, start + begin, start + end),))
    return None


def _value(match: re.Match[str]) -> dt.date | None:
    for n in "1234":
        if match[f"y{n}"]:
            return _day(match[f"y{n}"], match[f"m{n}"], match[f"d{n}"])
    if match["y6"]:
        return _day(f"20{match['y6']}", match["m6"], match["d6"])
    first, second = int(match["a5"]), int(match["b5"])
    if first > 12 >= second or first == second:
        return _day(match["y5"], str(second), str(first))
    return _day(match["y5"], str(first), str(second)) if second > 12 >= first else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    try:
        date = dt.date(int(year), number, int(day))
    except ValueError:
        return None
    return date if FIRST_YEAR <= date.year <= LAST_YEAR else None
