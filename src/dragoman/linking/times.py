"""Time expressions -> times: each mention gets its value (linking/values.py) and the interval of days that it covers.

Mentions are read in the order of the text, so that "the next day" and "a year earlier" count from what was told last.
A range is one Time with the value `first/last` and the spans of its two ends as evidence of `earliest` and `latest`
("Sept. 15 and 16", "May 14 to June 2", "between 1994 and 1997"); `as_timex3` splits it into the two expressions that
TimeML asks for.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from dragoman.linking.timex import NOWHERE, interval_of, narrowed
from dragoman.linking.values import Context, Value, value_of
from dragoman.records import Bound, Evidence, Span, Time, TimeMention, span_of

if TYPE_CHECKING:
    from dragoman.annotate import Annotated

MAX_CLOCK_GAP = 24
"""Characters that may lie between a clock time and the date that it belongs to."""
BOUND_BEFORE: dict[str, Bound] = {
    "since": "after", "after": "after", "from": "after", "by": "before", "until": "before", "till": "before",
    "before": "before", "around": "about", "about": "about", "circa": "about", "through": "before",
}  # fmt: skip
UNIT_NAMES = {
    "Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second", "Q": "quarter", "E": "weekend",
    "I": "day",
}  # fmt: skip


def link_times(annotated: Annotated, mentions: tuple[TimeMention, ...], published: dt.date | None) -> tuple[Time, ...]:
    """The mentions with their values, seen from the day of publication (None: relative ones stay open)."""
    text = annotated.article.text
    times: list[Time] = []
    context = Context(published)
    paragraph = -1
    for place, mention in enumerate(mentions):
        line = text.rfind("\n", 0, mention.start)
        if line != paragraph:
            paragraph, context = line, replace(context, sentence_day=None)
        context = replace(context, future=None if mention.direction is None else mention.direction == "future")
        if mention.parts["build"] == "clock":
            context = replace(
                context, sentence_day=_day_after_clock(mention, mentions[place + 1 : place + 3], context, text)
            )
        found = value_of(mention, context)
        times.append(_time(mention, found, text))
        context = _told(context, mention, found)
    return _ranges(tuple(times), text)


def _day_after_clock(first: TimeMention, after: tuple[TimeMention, ...], context: Context, text: str) -> dt.date | None:
    """The day that a clock time gets from the date right after it: "10:35 a.m. (0735 GMT) Friday"."""
    for following in after:
        gap = text[first.end : following.start]
        if len(gap) > MAX_CLOCK_GAP or "\n" in gap or ". " in gap:
            break
        if following.parts["build"] in {"date", "deixis"}:
            days = interval_of(value_of(following, context).value or "")
            return days.earliest if days.granularity in {"day", "time"} else context.sentence_day
    return context.sentence_day


def _told(context: Context, mention: TimeMention, found: Value) -> Context:
    """The context after a mention: a day, month or year that was named is what the narrative goes on from."""
    if found.type not in {"DATE", "TIME"} or found.value is None:
        return context
    days = interval_of(found.value)
    if days.earliest is None:
        return context
    sentence = days.earliest if days.granularity in {"day", "time"} else context.sentence_day
    build = mention.parts["build"]
    if mention.parts.get("before", "").split()[-1:] == ["ended"] and context.story and "-Q" in context.story:
        return replace(context, sentence_day=sentence)  # "the quarter ended Sept. 30": the quarter stays the story
    if build in {"shift", "relative"} and (days.granularity == "year" or "earlier_shift" in mention.parts):
        return context
    if mention.parts["build"] in {"quarter", "fiscal"} or days.granularity in {"decade", "century"}:
        return replace(context, story=found.value, sentence_day=sentence)
    return replace(context, story=found.value, story_day=days.earliest, sentence_day=sentence)


def _time(mention: TimeMention, found: Value, text: str) -> Time:
    days = NOWHERE
    if found.value is not None:
        days = found.days or narrowed(interval_of(found.value), found.part)
    whole = found.value is not None and "/" in found.value
    bound = found.bound if found.bound != "exact" or whole else _outer_bound(mention)
    if found.type in {"DURATION", "SET"} and bound in {"after", "before"} and found.bound == "exact":
        bound = "exact"
    return Time(
        start=mention.start, end=mention.end, text=mention.text, type=found.type, value=found.value,
        earliest=days.earliest, latest=days.latest, granularity=days.granularity or _granularity(found), bound=bound,
        evidence=_ends(mention, found, text),
    )  # fmt: skip


def _granularity(found: Value) -> str | None:
    """The granularity of a value without days: `P3M` month, `PT2H` hour, `XXXX-03-04` day, `XXXX-03` month."""
    value = found.value or ""
    if value.endswith("_REF") or not value:
        return None
    if value.startswith("P"):
        return "minute" if value.startswith("PT") and value.endswith("M") else UNIT_NAMES.get(value[-1])
    if "T" in value:
        return "time"
    if value.startswith("XXXX-W"):
        return "day" if value.count("-") > 1 else "week"
    return {0: "year", 1: "month", 2: "day"}.get(value.count("-"))


def _outer_bound(mention: TimeMention) -> Bound:
    """The bound that the words before an expression set: "since 2014", "by Friday", "as early as tomorrow"."""
    words = mention.parts.get("before", "").split()
    if words[-2:] == ["early", "as"]:
        return "after"
    if words[-2:] == ["late", "as"] or words[-3:] == ["no", "later", "than"]:
        return "before"
    last = words[-1] if words else ""
    if last == "on" and words[-2:-1] in (["before"], ["after"]):
        last = words[-2]
    if last == "from" and mention.parts["build"] != "date":
        return "exact"
    return BOUND_BEFORE.get(last, "exact")


def _ends(mention: TimeMention, found: Value, text: str) -> Evidence:
    """For a range, the spans that its two ends rest on."""
    if found.value is None or "/" not in found.value:
        return {}
    if "yearspan" in mention.parts and mention.text[:4].isdigit():
        middle = mention.start + 4
        last = middle + len(mention.text[4:].split(" ")[0])
        return {"earliest": (span_of(text, mention.start, middle),), "latest": (span_of(text, middle + 1, last),)}
    if "second" not in mention.parts:
        return {}
    first = span_of(text, mention.start, int(mention.parts["first_end"]))
    return {"earliest": (first,), "latest": (span_of(text, int(mention.parts["second"]), mention.end),)}


# --- ranges ---------------------------------------------------------------------------------------------------------

_JOINS = {"to": "", "through": "", "thru": "", "-": "", "until": "from", "till": "from", "and": "between"}
"""What may stand between the two ends of a range -> the word that must then stand before the first."""


def _ranges(times: tuple[Time, ...], text: str) -> tuple[Time, ...]:
    """Neighbours that make a range ("May 14 to June 2", "between 1994 and 1997") joined into one."""
    out: list[Time] = []
    for time in times:
        joined = _join(out[-1], time, text) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(time)
    return tuple(out)


def _join(first: Time, second: Time, text: str) -> Time | None:
    if first.type != "DATE" or second.type != "DATE" or not _is_joined(first, second, text):
        return None
    start, end = first.earliest, second.latest
    if start is None or end is None or start > end or "/" in f"{first.value}{second.value}":
        return None
    ends: Evidence = {
        "earliest": (span_of(text, first.start, first.end),),
        "latest": (span_of(text, second.start, second.end),),
    }
    return Time(
        start=first.start, end=second.end, text=text[first.start : second.end], type="DATE",
        value=f"{first.value}/{second.value}", earliest=start, latest=end, granularity=first.granularity,
        bound="exact", evidence=ends,
    )  # fmt: skip


def _is_joined(first: Time, second: Time, text: str) -> bool:
    """Do the words between and before two dates make them a range?"""
    between = text[first.end : second.start]
    gap = between.strip(" ,").lower().replace("–", "-")
    if gap not in _JOINS or "\n" in between:
        return False
    before = text[max(0, first.start - 12) : first.start].lower().split()
    opener = before[-1] if before else ""
    if gap == "to" and first.granularity == "year":
        return opener == "from"
    return not _JOINS[gap] or opener == _JOINS[gap]


def as_timex3(times: tuple[Time, ...]) -> tuple[Time, ...]:
    """The times as TimeML annotates them: a range as its two expressions, clock values without their zone."""
    return tuple(single for time in times for single in _singles(time))


def _singles(time: Time) -> tuple[Time, ...]:
    value = time.value or ""
    ends = [time.evidence[end][0] for end in ("earliest", "latest") if end in time.evidence]
    if "/" not in value or len(ends) != 2:
        return (_plain(time),)
    return tuple(
        msgspec.structs.replace(
            time, start=span.start, end=span.end, text=span.text, value=single, earliest=days.earliest,
            latest=days.latest, evidence={},
        )
        for span, single in zip(ends, value.split("/"), strict=True)
        if isinstance(span, Span) and (days := interval_of(single))
    )  # fmt: skip


def _plain(time: Time) -> Time:
    """TimeML says clock times without their zone, and only the first of two hours."""
    value = (time.value or "").split("/")[0] if time.type == "TIME" else time.value or ""
    if time.type != "TIME" or "T" not in value:
        return time
    day, _, clock = value.partition("T")
    bare = clock.removesuffix("Z").split("+")[0].split("-")[0]
    return msgspec.structs.replace(time, value=f"{day}T{bare}")
