"""What a time expression means: one constructor for each `build` of the rule table, parts -> TIMEX3 value.

Weekday semantics, deterministic: a bare weekday in a past clause is the last such day, the day of publication included;
in a future clause the next one, again with the day of publication included; without a direction it is past.
"last Friday" is the last one before today, "next Friday" the one of next week, "this Friday" the one of this week.
A bare month or day of a month goes back in a past clause and forward in a future one, else to the nearest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from dragoman.lexicon.times import holiday_in, load_times, nth_weekday
from dragoman.linking.timex import NOWHERE, Interval, duration_value, interval_of, moved, unit_value
from dragoman.records import Bound, TimeMention, TimeType

Parts = dict[str, str]
MONTHS_BACK = 8
"""A month whose direction is open is looked for this far back, and the rest of a year ahead: news looks back more."""
FRESH_DAYS = 3
"""A future clause may be this old when it is published."""
DEADLINES = (["by"], ["until"], ["till"])
"""Words before a bare weekday that put it ahead where the clause leaves its direction open."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a constructor answers. `part` narrows the interval ("early", "mid", "late"); `days` overrides it."""

    type: TimeType
    value: str | None
    part: str | None = None
    bound: Bound = "exact"
    days: Interval | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a constructor looks at: the day of publication, the direction of the clause, what was told last."""

    published: dt.date | None
    future: bool | None = None
    story: str | None = None
    story_day: dt.date | None = None
    sentence_day: dt.date | None = None

    @property
    def told(self) -> dt.date | None:
        """The day that "the next day", "a year earlier" are counted from: the narrative's, else the publication's."""
        return self.story_day or self.published


def value_of(mention: TimeMention, context: Context) -> Value:
    """The value of one mention; without one where the calendar does not reach or the words do not suffice."""
    try:
        return BUILDERS[mention.parts["build"]](mention.parts, context)
    except (ValueError, OverflowError):
        return Value("DATE", None)


_RELATIONS = {
    "last": None, "next": None, "this": "this", "past": "last", "coming": "next", "current": "this",
    "previous": "previous", "following": "following", "same": "same", "that": "that", "latest": "last",
}  # fmt: skip
"""Slots that say which one is meant -> the relation; None: the slot's own value says it."""


def _relation(parts: Parts) -> str | None:
    """Which one: "last", "next", "this", "previous", "following", "same", "that" or None."""
    if "this" in parts and parts.keys() & {"past", "coming"}:
        return "last" if "past" in parts else "next"
    for slot, relation in _RELATIONS.items():
        if slot in parts:
            return relation or parts[slot]
    return parts.get("rel")


def _part(parts: Parts) -> str | None:
    """ "early", "mid", "late" or "end" where the words say so."""
    found = parts.get("early") or parts.get("earlier") or parts.get("edge") or parts.get("mod")
    return found if found in {"early", "mid", "late", "end"} else None


def _year(parts: Parts) -> int | None:
    """The year that the words give in digits."""
    if parts.get("year", "").isdigit():
        return int(parts["year"])
    return int(parts["iso"][:4]) if "iso" in parts else None


def date(parts: Parts, context: Context) -> Value:
    """Dates of the calendar: days, months, weekdays, seasons, years, decades, in any mixture."""
    for key in ("iso", "slashdate", "namedday"):
        if key in parts:
            return _clocked(parts[key][:10], parts, parts[key][10:])
    if "isomonth" in parts:
        return Value("DATE", parts["isomonth"])
    if parts.keys() & {"yearspan", "decade", "decadeword", "numberdecade"}:
        return _years(parts)
    if "season" in parts:
        return _season(parts, context)
    if "month" in parts:
        return _month(parts, context)
    if "weekdays" in parts:
        return _weekdays_ago(parts, context.published)
    if "weekday" in parts:
        return _weekday(parts, context)
    if "deixis" in parts:
        return _deictic_part(parts, context)
    if "day" in parts:
        return _day_number(parts, context)
    return _bare_year(parts)


def _years(parts: Parts) -> Value:
    """Several years: "2019-2021", "the 2021-22 school year", "the early 1990s", "the nineties"."""
    if "yearspan" in parts:
        first, _, last = parts["yearspan"].partition("-")
        named = "termyear" in parts and int(last) == int(first) + 1
        return Value("DATE", first if named else f"{first}/{last}")
    stem = parts.get("decade") or (
        f"19{parts['decadeword']}" if "decadeword" in parts else f"20{parts['numberdecade']}"
    )
    if "half" in parts:
        return Value("DATE", stem + "X", days=_half(interval_of(stem + "X"), parts["half"]))
    return Value("DATE", stem + "X", part=_part(parts))


def _bare_year(parts: Parts) -> Value:
    year = _year(parts)
    if year is None:
        return Value("DATE", None)
    if "half" in parts:
        return Value("DATE", f"{year:04d}-H{parts['half']}")
    if parts.get("era") == "BC":
        return Value("DATE", f"BC{year:04d}")
    return Value("DATE", f"{year:04d}", part=_part(parts))


def _clocked(day: str, parts: Parts, clock: str = "") -> Value:
    """A day, with its part of the day where one is said: `2022-09-07TMO`."""
    if clock:
        return Value("TIME", day + clock.removesuffix("Z"))
    if part := parts.get("daypart"):
        return Value("TIME", f"{day}T{part}", part=None)
    if part := parts.get("partword"):
        return Value("TIME", f"{day}{part}")
    return Value("DATE", day)


def _month(parts: Parts, context: Context) -> Value:
    month = int(parts["month"])
    day = int(parts["day"]) if "day" in parts else None
    year = _year(parts)
    relation = _relation(parts)
    if year is None and "weekday" in parts and day is not None:
        year = _year_of_weekday(month, day, int(parts["weekday"]), context)
    if year is None:
        year = _nearest_year(month, day, relation, context)
    stem = f"{year:04d}" if year is not None else "XXXX"
    if "half" in parts:
        whole = interval_of(f"{stem}-{month:02d}")
        return Value("DATE", f"{stem}-{month:02d}", days=_half(whole, parts["half"]))
    if day is None:
        value = f"{stem}-{month:02d}"
        if "month2" in parts:
            value += f"/{stem}-{int(parts['month2']):02d}"
        return Value("DATE", value, part=_part(parts))
    if day > (29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31):
        return Value("DATE", None)
    value = f"{stem}-{month:02d}-{day:02d}"
    if "day2" in parts:
        return Value(
            "DATE", f"{value}/{stem}-{month:02d}-{int(parts['day2']):02d}" if int(parts["day2"]) > day else value
        )
    return _clocked(value, parts)


def _half(days: Interval, half: str) -> Interval:
    if days.earliest is None or days.latest is None:
        return days
    middle = days.earliest + (days.latest - days.earliest) // 2
    if half == "1":
        return Interval(days.earliest, middle, days.granularity)
    return Interval(middle + dt.timedelta(1), days.latest, days.granularity)


def _year_of_weekday(month: int, day: int, weekday: int, context: Context) -> int | None:
    """The year nearest to the publication in which that day of the month is that weekday (within six years)."""
    if context.published is None:
        return None
    here = context.published.year
    for year in sorted(range(here - 6, here + 7), key=lambda year: (abs(year - here), year > here)):
        try:
            if dt.date(year, month, day).isoweekday() == weekday:
                return year if abs(year - here) <= 1 else None
        except ValueError:
            continue
    return None


def _nearest_year(month: int, day: int | None, relation: str | None, context: Context) -> int | None:
    """The year of a month or day that names none: by its relation, the direction of the clause, else the nearest."""
    today = context.published
    if today is None:
        return None
    here = (today.month, today.day) if day is not None else (today.month, 0)
    there = (month, day if day is not None else 0)
    if relation == "this":
        return today.year
    if relation in {"last", "previous"}:
        return today.year if there < here and not (day is None and month == today.month - 1) else today.year - 1
    if relation in {"next", "following"}:
        return today.year if there > here else today.year + 1
    if relation == "that" and context.story_day is not None:
        return context.story_day.year
    if context.future is True:
        return today.year if there >= here or _is_fresh(today, month, day) else today.year + 1
    if context.future is False:
        return today.year if there <= here else today.year - 1
    distance = (there[0] - here[0]) + (there[1] - here[1]) / 31
    return today.year + (1 if distance < -MONTHS_BACK else -1 if distance > 12 - MONTHS_BACK else 0)


def _is_fresh(today: dt.date, month: int, day: int | None) -> bool:
    """Was it days ago? "will hand over on Sept. 6", still told so on Sept. 7, is not next year's."""
    return day is not None and month == today.month and 0 <= today.day - day <= FRESH_DAYS


def _weekdays_ago(parts: Parts, today: dt.date | None) -> Value:
    """ "two Fridays ago": the last Friday is the first of them."""
    weekday = int(parts["weekdays"])
    if today is None:
        return Value("DATE", f"XXXX-WXX-{weekday}")
    last = today - dt.timedelta((today.isoweekday() - weekday) % 7 or 7)
    return Value("DATE", (last - dt.timedelta(7 * (int(float(parts["num"])) - 1))).isoformat())


def _weekday(parts: Parts, context: Context) -> Value:
    weekday = int(parts["weekday"])
    relation = _relation(parts)
    base = context.told if relation in {"previous", "following"} else context.published
    if base is None or (context.published is None and relation in {"previous", "following"}):
        stem = f"XXXX-WXX-{weekday}"
        part = parts.get("daypart")
        return Value("TIME" if part else "DATE", f"{stem}T{part}" if part else stem)
    if "day" in parts:
        return _weekday_and_day(weekday, int(parts["day"]), base)
    ahead = (weekday - base.isoweekday()) % 7
    day = base + dt.timedelta(_weekday_shift(ahead, relation, context, parts, base))
    return _clocked(day.isoformat(), parts)


def _weekday_and_day(weekday: int, number: int, base: dt.date) -> Value:
    """ "Friday the 15th": the nearest day of the month with that number that falls on that weekday."""
    near = (base + dt.timedelta(step * sign) for step in range(200) for sign in (1, -1))
    found = next((day for day in near if day.day == number and day.isoweekday() == weekday), None)
    return Value("DATE", found.isoformat() if found else f"XXXX-XX-{number:02d}")


def _weekday_shift(ahead: int, relation: str | None, context: Context, parts: Parts, base: dt.date) -> int:
    """Days from the base to the weekday that is meant; `ahead` is the way to the next one, 0..6."""
    monday = 1 - base.isoweekday()
    if "of_week" in parts:
        return monday + int(parts["weekday"]) - 1 + 7 * _SHIFTS.get(relation or "this", 0)
    if "past" in parts:
        return ahead - 7
    if "coming" in parts:
        return ahead or 7
    if "last" in parts and "weekday" in parts and parts.get("week") is None and "this" not in parts:
        return ahead - 7
    if relation in {"previous"}:
        return ahead - 7
    if relation == "following":
        return ahead or 7
    if "week_on" in parts:
        return (ahead or 7) + 7
    if relation == "next":
        return ahead or 7 if ahead + monday >= 0 and base.isoweekday() + ahead > 7 else ahead + 7
    if relation == "this":
        return int(parts["weekday"]) - 1 + monday
    if context.future is True or (context.future is None and parts.get("before", "").split()[-1:] in DEADLINES):
        return ahead
    return ahead - 7 if ahead else 0


def _day_number(parts: Parts, context: Context) -> Value:
    """ "the 15th": of the narrative's month, else of the month of publication."""
    base = context.told
    day = int(parts["day"])
    if base is None:
        return Value("DATE", f"XXXX-XX-{day:02d}")
    if "next" in parts:
        base = moved(base.replace(day=1), "M", 1)
    elif "last" in parts:
        base = moved(base.replace(day=1), "M", -1)
    return Value("DATE", base.replace(day=day).isoformat())


def _season(parts: Parts, context: Context) -> Value:
    season = parts["season"]
    year, today = _year(parts), context.published
    if year is None and today is not None:
        year = _season_year(season, _relation(parts), today, context.future)
    stem = f"{year:04d}" if year is not None else "XXXX"
    return Value("DATE", f"{stem}-{season}", part=_part(parts))


def _season_year(season: str, relation: str | None, today: dt.date, future: bool | None) -> int:
    """The year of a season that names none. A season that is running counts as both the last and the next."""
    spans = {year: interval_of(f"{year:04d}-{season}") for year in range(today.year - 2, today.year + 3)}
    over = [year for year, days in spans.items() if days.latest and days.latest < today]
    begun = [year for year, days in spans.items() if days.earliest and days.earliest <= today]
    if relation in {"last", "previous"}:
        return over[-1]
    if relation in {"next", "following"} or future is True:
        running = [year for year in begun if year not in over] if relation is None else []
        return running[0] if running else begun[-1] + 1
    if relation == "this":
        running = [year for year in begun if year not in over]
        return running[0] if running else today.year
    return begun[-1]


def deixis(parts: Parts, context: Context) -> Value:
    """today, tomorrow, yesterday, tonight, the day before yesterday."""
    shift = -2 if "two_back" in parts else 2 if "two_on" in parts else int(parts.get("deixis", "0"))
    if context.published is None:
        return Value("DATE", "PRESENT_REF" if shift == 0 else "FUTURE_REF" if shift > 0 else "PAST_REF")
    day = (context.published + dt.timedelta(shift)).isoformat()
    return Value("TIME", f"{day}TNI") if "tonight" in parts else Value("DATE", day)


def _deictic_part(parts: Parts, context: Context) -> Value:
    if context.published is None:
        return deixis(parts, context)
    return _clocked((context.published + dt.timedelta(int(parts["deixis"]))).isoformat(), parts)


def daypart(parts: Parts, context: Context) -> Value:
    """this morning, last night, overnight, the previous evening, at noon."""
    if "overnight" in parts:
        part = "TNI"
    elif "last_evening" in parts:
        part = "TEV"
    else:
        part = parts.get("partword") or f"T{parts.get('daypart', 'NI')}"
    relation = _relation(parts)
    told = context.sentence_day or _story_date(context)
    named = relation in {"previous", "following", "that", "same"}
    base = told if named or (relation is None and context.sentence_day) else context.published
    if base is None or context.published is None:
        return Value("TIME", f"XXXX-XX-XX{part}")
    shift = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(relation or "", 0)
    if relation == "next" and told is not None:
        base = told
    if relation == "last" and part in {"TMO", "TAF"}:
        shift = -1
    return Value("TIME", f"{(base + dt.timedelta(shift)).isoformat()}{part}")


def _story_date(context: Context) -> dt.date | None:
    """The narrative's day where its last value was a single day."""
    days = interval_of(context.story or "")
    return days.earliest if days.granularity in {"day", "time"} else None


_SHIFTS = {"last": -1, "previous": -1, "next": 1, "following": 1, "this": 0, "same": 0, "that": 0}


def relative(parts: Parts, context: Context) -> Value:
    """last week, this year, the following month, earlier this week, the end of the year, the weekend."""
    unit, relation = parts["unit"], _relation(parts)
    if unit in {"MO", "AF", "EV", "NI"}:
        return daypart({**parts, "daypart": unit}, context)
    told = relation in {"previous", "following", "same", "that"}
    if parts.get("following") == "next" and context.future is True:
        told = False  # "the next week will show" counts from today, "the next day he left" from the story
    base = context.told if told else context.published
    if base is None or context.published is None:
        return _open_relative(unit)
    if unit in {"S", "MIN", "H"}:
        return (
            Value("DATE", "PRESENT_REF")
            if relation in {"this", "same", "that"}
            else Value("DURATION", duration_value("1", unit))
        )
    if unit == "WE":
        return _weekend(relation, base, context, parts)
    if unit == "D" and relation in {"same", "that"}:
        day = context.sentence_day or _story_date(context)
        return Value("DATE", day.isoformat() if day else "XXXX-XX-XX")
    value = unit_value(moved(base, unit, _SHIFTS.get(relation or "this", 0)), unit)
    part = _part(parts)
    if "half" in parts:
        whole = interval_of(value)
        half = f"{value}-H{parts['half']}" if unit == "Y" else value
        return Value("DATE", half, days=_half(whole, parts["half"]))
    if parts.get("earlier"):
        return _so_far(value, parts["earlier"], context)
    return Value("DATE", value, part=part)


def _so_far(value: str, way: str, context: Context) -> Value:
    """ "earlier this month" ends today at the latest, "later this year" begins today at the earliest."""
    days, today = interval_of(value), context.published
    if today is None or days.earliest is None or days.latest is None or not days.earliest <= today <= days.latest:
        return Value("DATE", value)
    if way == "early":
        days = Interval(days.earliest, today, days.granularity)
    elif way == "late":
        days = Interval(today, days.latest, days.granularity)
    return Value("DATE", value, days=days)


def running(parts: Parts, context: Context) -> Value:
    """ "for a fifth day", "the third straight year": the sentence's day, else the report's, as coarse as its unit."""
    day = context.sentence_day or context.published
    unit = _unit(parts)
    return Value("DATE", unit_value(day, unit)) if day is not None else _open_relative(unit)


def _open_relative(unit: str) -> Value:
    """A relative unit without a day to count from keeps its shape only."""
    shapes = {
        "W": "XXXX-WXX",
        "FN": "XXXX-WXX",
        "WE": "XXXX-WXX-WE",
        "M": "XXXX-XX",
        "Q": "XXXX-QX",
        "Y": "XXXX",
        "D": "XXXX-XX-XX",
        "TD": "XXXX-XX-XX",
        "DE": "XXXX",
        "CE": "XXXX",
    }
    return Value("DATE", shapes.get(unit))


def _weekend(relation: str | None, base: dt.date, context: Context, parts: Parts) -> Value:
    """The weekend: the one that is running, else the last in a past clause and the coming one in a future clause."""
    monday = base - dt.timedelta(base.isoweekday() - 1)
    weeks = 0
    weekend_now = base.isoweekday() >= 6
    if relation in {"last", "previous"}:
        weeks = -1
    elif relation in {"next", "following"}:
        weeks = 1 if weekend_now or not parts.keys() & {"coming"} else 0
    elif relation is None and not weekend_now and context.future is not True:
        weeks = -1
    return Value("DATE", unit_value(monday + dt.timedelta(7 * weeks), "WE"))


def year_end(_parts: Parts, context: Context) -> Value:
    """year-end, the month's end."""
    if context.published is None:
        return Value("DATE", None)
    return Value("DATE", unit_value(context.published, "Y"), part="end")


def century(parts: Parts, context: Context) -> Value:
    """the 20th century, the turn of the century."""
    if "ord" not in parts:
        year = context.published.year if context.published else 2000
        return Value("DATE", f"{year // 100 * 100:04d}", bound="about")
    number = int(parts["ord"]) - 1
    return Value("DATE", f"{number:02d}XX" if 0 < number < 99 else None, part=_part(parts))


def quarter(parts: Parts, context: Context) -> Value:
    """the third quarter, the year-ago quarter, the 1988 quarter: those of the calendar year."""
    if context.published is None:
        year = _year(parts)
        number = parts.get("quarter", "X")
        return Value("DATE", f"{year if year is not None else 'XXXX'}-Q{number}")
    current = _current_quarter(context)
    if "quarter" not in parts:
        year = _year(parts) or int(current[:4]) - (1 if "ago" in parts or "last" in parts else 0)
        if "ago" in parts and "bare" not in parts and not (context.story and "Q" in context.story):
            return Value("DATE", f"{year:04d}")
        return Value("DATE", f"{year:04d}-{current[5:]}")
    asked = int(parts["quarter"])
    year = _year(parts) or _quarter_year(asked, parts, context)
    value = f"{year:04d}-Q{asked}"
    return Value("DATE", f"{value}/{year:04d}-Q{parts['quarter2']}" if "quarter2" in parts else value)


def _current_quarter(context: Context) -> str:
    """The quarter that is spoken of: the narrative's, else the last whole one."""
    if context.story and len(context.story) == 7 and "-Q" in context.story:
        return context.story
    assert context.published is not None  # noqa: S101
    return unit_value(moved(context.published, "M", -3), "Q")


def _quarter_year(number: int, parts: Parts, context: Context) -> int:
    today = context.published
    assert today is not None  # noqa: S101
    if "ago" in parts or (parts.get("last") and "this" not in parts):
        return today.year - 1
    if parts.get("next"):
        return today.year + 1
    if "this" in parts:
        return today.year
    if context.story and context.story.isdigit() and int(context.story) > today.year:
        return int(context.story)
    now = (today.month + 2) // 3
    if number > now and (now == 1 or context.future is False):
        return today.year - 1
    return today.year


def fiscal(parts: Parts, context: Context) -> Value:
    """fiscal 2022, the fiscal year, the 2021-22 academic year: valued as the year that names them."""
    if "yearspan" in parts:
        return Value("DATE", parts["yearspan"][-4:], bound="about")
    year = _year(parts)
    if year is None:
        if context.published is None:
            return Value("DATE", "XXXX")
        year = context.published.year + _SHIFTS.get(_relation(parts) or "this", 0)
    if number := parts.get("quarter"):
        return Value("DATE", f"{year:04d}-Q{number}", bound="about")
    return Value("DATE", f"{year:04d}", bound="about")


def _count(parts: Parts) -> str:
    """How many: "3", "2.5", "X" for "several"."""
    number = parts.get("num") or parts.get("quantity") or ("0.5" if "half" in parts else "1")
    if "and_half" in parts or ("half" in parts and "num" in parts):
        return f"{float(number) + float(parts.get('and_half', '0.5')):g}" if number != "X" else "X"
    return number


def _unit(parts: Parts) -> str:
    return parts.get("units") or parts.get("unit") or "D"


def _looseness(parts: Parts) -> Bound:
    approx = parts.get("approx")
    if approx in {"more"}:
        return "after"
    if approx in {"less"}:
        return "before"
    return "about" if approx or parts.get("before", "").split()[-1:] == ["about"] else "exact"


def shift(parts: Parts, context: Context) -> Value:
    """two years ago, three days later, a year earlier, a week from Friday: a date as coarse as its unit."""
    count, unit = _count(parts), _unit(parts)
    back = "ago" in parts or "earlier_shift" in parts
    if count == "X":
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if unit in {"S", "MIN", "H"}:
        return Value("DURATION", duration_value(count, unit))
    base = _shift_base(parts, context)
    if base is None:
        return Value("DATE", None)
    day = moved(base, unit, -float(count) if back else float(count))
    bound = _looseness(parts)
    if unit == "DE":
        return Value("DATE", unit_value(day, "Y"), bound="about")
    if "this_unit" in parts:
        return Value("DATE", unit_value(day, parts["this_unit"]), bound=bound)
    if "weekday" in parts and "ago" in parts and unit in {"W", "FN"}:
        return Value("DATE", _nearest_weekday(day, int(parts["weekday"])).isoformat(), bound=bound)
    if parts.keys() & {"weekday", "deixis"} and unit in {"W", "FN"} and "ago" not in parts:
        return Value("DATE", day.isoformat(), bound=bound)  # "a week from Friday" is a day
    if parts.get("earlier_shift") and unit == "Y" and context.story and "-Q" in context.story:
        return Value("DATE", f"{int(context.story[:4]) - int(float(count)):04d}{context.story[4:]}")
    return Value("DATE", unit_value(day, unit), bound="about" if bound in {"after", "before"} else bound)


def _nearest_weekday(day: dt.date, weekday: int) -> dt.date:
    """ "two weeks ago Friday": the Friday that is nearest to the day two weeks ago."""
    return day + dt.timedelta((weekday - day.isoweekday() + 3) % 7 - 3)


def _shift_base(parts: Parts, context: Context) -> dt.date | None:
    if context.published is None:
        return None
    if "weekday" in parts and "ago" not in parts:
        return context.published + dt.timedelta((int(parts["weekday"]) - context.published.isoweekday()) % 7)
    if "deixis" in parts:
        return context.published + dt.timedelta(int(parts["deixis"]))
    if "earlier_shift" in parts or "later_shift" in parts:
        return context.told
    return context.published


def span(parts: Parts, context: Context) -> Value:
    """the past three months, the next two weeks: a duration whose days are known from the publication."""
    count, unit = _count(parts), _unit(parts)
    value = duration_value(count, unit)
    days = NOWHERE
    if context.published is not None and count != "X" and unit in {*_DAYS_OF, "Y", "M", "Q", "DE", "CE"}:
        days = _span_days(parts, context.published, unit, float(count))
    return Value("DURATION", value, days=days, bound=_looseness(parts))


_DAYS_OF = frozenset({"D", "W", "FN", "TD"})


def _span_days(parts: Parts, today: dt.date, unit: str, count: float) -> Interval:
    granularity = {"D": "day", "TD": "day", "W": "week", "FN": "week", "M": "month", "Q": "quarter", "Y": "year"}.get(
        unit, "year"
    )
    if "ordinal" in parts:
        return _ordinal_span(parts, today, unit, count, granularity)
    if "last" in parts or "past" in parts or "latest" in parts:
        return Interval(moved(today, unit, -count), today, granularity)
    if "next" in parts or "coming" in parts:
        return Interval(today, moved(today, unit, count), granularity)
    return NOWHERE


def _ordinal_span(parts: Parts, today: dt.date, unit: str, count: float, granularity: str) -> Interval:
    """the first nine months (of 2022): from the start of the year; the last two weeks of 2022: up to its end."""
    if unit not in {"M", "Q", "W", "D"} or count > 366 or ("year" not in parts and "this" not in parts):
        return NOWHERE
    year = int(parts["year"]) if parts.get("year", "").isdigit() else today.year
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    if parts["ordinal"] in {"last", "final"}:
        return Interval(moved(last + dt.timedelta(1), unit, -count), last, granularity)
    return Interval(first, moved(first, unit, count) - dt.timedelta(1), granularity)


def vague_span(parts: Parts, _context: Context) -> Value:
    """recent days, the coming years, past years."""
    unit = parts["units"]
    if "otherrel" in parts or ("past" in parts and "before" in parts and "the" not in parts):
        return Value("DATE", "PAST_REF")
    return Value("DURATION", duration_value("X", unit))


def _is_from_now(parts: Parts, context: Context) -> bool:
    """ "will be redeemed in five years" is a date; "the first trip in two years", "within five years" are not."""
    words = parts.get("before", "").split()
    if (
        context.future is not True
        or context.published is None
        or words[-1:] != ["in"]
        or not ("num" in parts or "a" in parts)
    ):
        return False
    return "units" in parts and not any(
        word in {"first", "second", "third", "time", "once", "only", "last"} or word.endswith("est") for word in words
    )


def beside_event(_parts: Parts, _context: Context) -> Value:
    """ "the day after the attack": known once the event is; until then only its shape."""
    return Value("DATE", "XXXX-XX-XX")


def duration(parts: Parts, context: Context) -> Value:
    """three years, a five-hour visit, 2½ years, for weeks."""
    if "while" in parts:
        return Value("DURATION", "PXX")
    if _is_from_now(parts, context):
        return shift(parts, context)
    count = (
        _count(parts)
        if any(name in parts for name in ("num", "quantity", "half", "and_half", "a")) or "unit" in parts
        else "X"
    )
    value = duration_value(count, _unit(parts))
    if "num2" in parts and "units2" in parts:
        second = duration_value(parts["num2"], parts["units2"])
        value += second.removeprefix("PT" if value.startswith("PT") else "P")
    return Value("DURATION", value, bound=_looseness(parts))


def repeated(parts: Parts, _context: Context) -> Value:
    """every Friday, twice a week, daily, Mondays, $5 a year."""
    if "frequency" in parts:
        return Value("SET", parts["frequency"])
    weekday = parts.get("weekday") or parts.get("weekdays")
    if weekday:
        part = parts.get("daypart") or next((name.upper() for name in ("ni", "mo", "ev") if name in parts), None)
        return Value("SET", f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""))
    if "weekends" in parts or "weekend" in parts:
        return Value("SET", "XXXX-WXX-WE")
    if "month" in parts:
        return Value("SET", f"XXXX-{int(parts['month']):02d}" + (f"-{int(parts['day']):02d}" if "day" in parts else ""))
    if "season" in parts:
        return Value("SET", f"XXXX-{parts['season']}")
    if "daypart" in parts:
        return Value("SET", f"XXXX-XX-XXT{parts['daypart']}")
    unit = _unit(parts)
    if unit in {"MO", "AF", "EV", "NI"}:
        return Value("SET", f"XXXX-XX-XXT{unit}")
    count = parts.get("period") or ("2" if parts.get("every") == "other" else "1")
    return Value("SET", duration_value(count, unit) if "unit" in parts or "units" in parts else None)


def reference(name: str) -> Callable[[Parts, Context], Value]:
    """now, recently, soon."""
    return lambda _parts, _context: Value("DATE", name)


def holiday(parts: Parts, context: Context) -> Value:
    """Christmas, last Easter, New Year's Eve 2021, Thanksgiving weekend."""
    row = load_times().holidays[parts["holiday"]]
    year, today = _year(parts), context.published
    if year is None and today is not None:
        year = (
            today.year + _SHIFTS.get(parts.get("this") or parts.get("last") or parts.get("next") or "this", 0)
            if parts.get("year")
            else None
        )
        days = {y: holiday_in(row, y) for y in range(today.year - 1, today.year + 2)}
        if year is None:
            year = _holiday_year(days, _relation(parts), today, context.future)
    found = holiday_in(row, year) if year is not None else None
    if found is None:
        return Value("DATE", None)
    if "eve" in parts:
        found -= dt.timedelta(1)
    if "wholeweek" in parts:
        return Value("DATE", unit_value(found, "W"))
    if "wholeweekend" in parts:
        return Value("DATE", unit_value(found, "WE"))
    last = found + dt.timedelta(row.days - 1)
    bound: Bound = "about" if row.kind in {"islamic", "lunar"} and not row.dates else "exact"
    if row.days > 1:
        return Value("DATE", found.isoformat(), days=Interval(found, last, "day"), bound=bound)
    clocked = _clocked(found.isoformat(), parts)
    return replace(clocked, bound=bound)


def _holiday_year(
    days: dict[int, dt.date | None], relation: str | None, today: dt.date, future: bool | None
) -> int | None:
    known = [(year, day) for year, day in days.items() if day is not None]
    before, after = [y for y, day in known if day <= today], [y for y, day in known if day >= today]
    if relation == "last":
        return next((y for y, day in reversed(known) if day < today), None)
    if relation in {"next", "following"} or future is True:
        return after[0] if after else None
    if relation == "this":
        return today.year
    if future is False:
        soon = [y for y, day in known if 0 <= (day - today).days <= 7]
        return soon[0] if soon else before[-1] if before else None
    return min(known, key=lambda item: abs((item[1] - today).days))[0] if known else None


def clock(parts: Parts, context: Context) -> Value:
    """3 p.m. ET on Monday, 1500 GMT, noon on Friday: on the day they name, else the sentence's, else today's."""
    time = _clock_time(parts)
    if any(key in parts for key in ("month", "weekday", "iso", "slashdate", "deixis")):
        plain = {key: value for key, value in parts.items() if key not in {"daypart", "partword"}}
        day = date(plain, context).value
    elif "tonight" in parts or "this" in parts or "last" in parts:
        base = context.published
        day = (base - dt.timedelta(1 if "last" in parts else 0)).isoformat() if base else None
    else:
        base = context.sentence_day or context.published
        day = base.isoformat() if base else None
    if time is None:
        return Value("DATE", day)
    if parts.keys() & {"first_hour", "first_clock"}:
        first = _clock_time({**parts, "hour": parts.get("first_hour", ""), "clock": parts.get("first_clock", "")}) or ""
        first = first if first < time or first[:2] < "12" else f"{int(first[:2]) - 12:02d}{first[2:]}"
        return Value("TIME", f"{day or 'XXXX-XX-XX'}T{first}{_zone(parts)}/{day or 'XXXX-XX-XX'}T{time}{_zone(parts)}")
    return Value("TIME", f"{day or 'XXXX-XX-XX'}T{time}{_zone(parts)}")


def _clock_time(parts: Parts) -> str | None:
    if word := parts.get("partword"):
        return word.removeprefix("T")
    found = parts.get("clock") or parts.get("dotclock") or parts.get("military")
    if found is None and (hour := parts.get("hour") or parts.get("hourword")):
        found = f"{int(float(hour)):02d}:{'30' if 'half' in parts else '00'}"
    if found is None:
        return None
    hour, _, rest = found.partition(":")
    number = int(hour)
    late = parts.get("daypart") in {"AF", "EV"} or "tonight" in parts
    if (parts.get("ampm") == "pm" or (late and "ampm" not in parts)) and number < 12:
        number += 12
    elif parts.get("ampm") == "am" and number == 12:
        number = 0
    return f"{number:02d}:{rest}"


def _zone(parts: Parts) -> str:
    """The offset of a zone that has one all year; zones with summer time, and local time, stay unsaid."""
    zone = parts.get("zone", "")
    return zone if zone == "Z" or zone[:1] in {"+", "-"} else ""


def week_of(parts: Parts, context: Context) -> Value:
    """the week of March 6, the week ending June 3."""
    found = date(parts, context).value
    first = interval_of(found).earliest if found else None
    return Value("DATE", unit_value(first, "W") if first else "XXXX-WXX")


def ordinal_unit(parts: Parts, context: Context) -> Value:
    """the first week of May, the last Friday in June, the second Tuesday of next month."""
    if "month_rel" in parts and context.published is not None:
        relation = {"last": -1, "next": 1}.get(parts["month_rel"], 0)
        base = moved(context.published, "M", relation)
        parts = {**parts, "month": str(base.month), "year": str(base.year)}
    month = int(parts["month"]) if "month" in parts else None
    if month is None or ("weekday" not in parts and parts.get("unit") not in {"W", "D"}):
        return Value("DATE", _month(parts, context).value if month else None)
    whole = _month({key: value for key, value in parts.items() if key in {"month", "year"}}, context).value or ""
    days = interval_of(whole)
    nth = -1 if parts["nth"] in {"last", "final"} else int(parts["nth"])
    if days.earliest is None or days.latest is None:
        return Value("DATE", whole)
    if "weekday" in parts:
        return Value(
            "DATE", nth_weekday(days.earliest.year, days.earliest.month, int(parts["weekday"]), nth).isoformat()
        )
    if parts["unit"] == "D":
        day = days.latest if nth == -1 else days.earliest + dt.timedelta(nth - 1)
        return Value("DATE", day.isoformat())
    first = days.latest - dt.timedelta(6) if nth == -1 else days.earliest + dt.timedelta(7 * (nth - 1))
    return Value(
        "DATE", unit_value(first + dt.timedelta(3), "W"), days=Interval(first, first + dt.timedelta(6), "week")
    )


def neighbour(parts: Parts, context: Context) -> Value:
    """the day before Tuesday, the week after next, the eve of Easter."""
    unit = parts.get("unit") or ("W" if "week" in parts else "D")
    if not any(key in parts for key in ("weekday", "month", "holiday")):
        if context.published is None:
            return _open_relative(unit)
        return Value("DATE", unit_value(moved(context.published, unit, 2 if "next" in parts else -2), unit))
    found = (holiday if "holiday" in parts else date)(parts, context).value
    day = interval_of(found).earliest if found else None
    if day is None:
        return Value("DATE", None)
    return Value("DATE", (day + dt.timedelta(1 if parts.get("side") == "after" else -1)).isoformat())


BUILDERS: dict[str, Callable[[Parts, Context], Value]] = {
    "date": date, "deixis": deixis, "daypart": daypart, "relative": relative, "year_end": year_end, "century": century,
    "quarter": quarter, "fiscal": fiscal, "shift": shift, "span": span, "vague_span": vague_span, "duration": duration,
    "set": repeated, "present": reference("PRESENT_REF"), "past": reference("PAST_REF"),
    "future": reference("FUTURE_REF"),
    "holiday": holiday, "clock": clock, "week_of": week_of, "ordinal_unit": ordinal_unit, "neighbour": neighbour,
    "beside_event": beside_event, "running": running,
}  # fmt: skip
