"""The article's own date where none is given: the text's constraints solved together.

What counts as proof, strongest first:
1. a dateline with its day ("BUDAPEST, March 12 -") and a year that the text settles;
2. a day said in two ways at once ("today, Oct. 8, 1999"; "Wednesday (Sept. 7, 2022)");
3. one event dated twice, relatively and absolutely ("meet next week", "meet on Sept. 15 and 16"), in a year settled by
   a named event of the week ("at the 2022 Energy Forum on Wednesday") or a weekday with its date ("Thursday, April 6").
All days of the years in question are tried; those that agree with every constraint make the interval. More than
`MAX_DAYS` of them prove nothing and the article stays undated. A single day inside the interval is only taken by the
named prior `last reported weekday`: news comes out on the latest weekday on which somebody in it says something.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from spacy.tokens import Token

from dragoman.annotate.syntax import clause_head
from dragoman.lexicon.times import TimeWords
from dragoman.linking.timex import interval_of
from dragoman.linking.values import Context, value_of
from dragoman.records import Article, Span, TimeMention

if TYPE_CHECKING:
    from dragoman.annotate import Annotated

MAX_DAYS = 31
"""An interval that is wider says too little to date an article by."""
DATELINE_REACH = 120
"""A dateline's date stands in the first characters of its paragraph."""
YEARS_AHEAD = 4
"""How far after the latest year in the text an article may be from, where a weekday has to settle the year."""

Test = Callable[[dt.date], bool]


class Constraint(NamedTuple):
    """A condition on the day of publication, and the mentions that say it."""

    holds: Test
    evidence: tuple[TimeMention, ...]


def date_article(annotated: Annotated, mentions: tuple[TimeMention, ...], words: TimeWords) -> Article:
    """The article with its publication dated as far as it can be proven: see the module. Given dates are kept."""
    article = annotated.article
    if article.published_at is not None:
        day = article.published_at
        if article.published_earliest is not None:
            return article
        return msgspec.structs.replace(article, published_earliest=day, published_latest=day)
    found = _by_dateline(annotated, mentions, words) or _by_constraints(annotated, mentions, words)
    return found or article


# --- dateline -------------------------------------------------------------------------------------------------------


def _by_dateline(annotated: Annotated, mentions: tuple[TimeMention, ...], words: TimeWords) -> Article | None:
    line = next((mention for mention in mentions if _is_dateline(annotated.article, mention)), None)
    if line is None:
        return None
    month, day = int(line.parts["month"]), int(line.parts["day"])
    evidence: tuple[TimeMention, ...] = (line,)
    if "year" in line.parts:
        years = [int(line.parts["year"])]
    else:
        settled, proof = _years(annotated, mentions)
        evidence += proof
        years = [year for year in settled if proof] or _years_by_report(annotated, mentions, words, month, day)
    days = [found for year in years if (found := _day(year, month, day)) is not None]
    if len(days) != 1:
        return None
    return _dated(annotated.article, days[0], days[0], days[0], "dateline", evidence)


def _is_dateline(article: Article, mention: TimeMention) -> bool:
    """ "NAIROBI, Kenya, Aug. 8 (Agency) -": capitals before, an agency or a dash after, at the head of a paragraph."""
    if mention.parts["build"] != "date" or not {"month", "day"} <= mention.parts.keys():
        return False
    block = article.block_at(mention.start)
    if block is not None and block.kind == "dateline":
        return True
    first = article.text.rfind("\n", 0, mention.start) + 1
    head = article.text[first : mention.start].strip()
    if not head or len(head) > DATELINE_REACH or not head.split(",")[0].strip("( ").isupper():
        return False
    after = article.text[mention.end : mention.end + 40].lstrip(" ,")
    return after[:1] in {"(", "-", "–", "—", "_", "/"}


def _years_by_report(
    annotated: Annotated, mentions: tuple[TimeMention, ...], words: TimeWords, month: int, day: int
) -> list[int]:
    """The year after the latest one named in which the dateline's weekday is one that the article reports on."""
    latest = max(_named_years(mentions), default=None)
    told = {weekday for weekday, _ in _reported(annotated, mentions, words)}
    if latest is None or not told:
        return []
    days = [found for year in range(latest, latest + YEARS_AHEAD) if (found := _day(year, month, day)) is not None]
    return [found.year for found in days if found.isoweekday() in told]


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


# --- constraints ----------------------------------------------------------------------------------------------------


def _by_constraints(annotated: Annotated, mentions: tuple[TimeMention, ...], words: TimeWords) -> Article | None:
    constraints = [*_said_twice(annotated, mentions), *_same_event(annotated, mentions)]
    if not constraints:
        return None
    years, proof = _years(annotated, mentions)
    if not proof and not any("year" in mention.parts for each in constraints for mention in each.evidence):
        return None
    constraints += _bounds(mentions)
    span = years or tuple(range(min(_named_years(mentions)), max(_named_years(mentions)) + 2))
    days = [day for year in span for day in _days_of(year) if all(each.holds(day) for each in constraints)]
    if not days or (days[-1] - days[0]).days >= MAX_DAYS:
        return None
    evidence = (*proof, *(mention for each in constraints for mention in each.evidence))
    reported = _reported(annotated, mentions, words)
    if days[0] == days[-1]:
        return _dated(annotated.article, days[0], days[0], days[-1], "inferred", evidence)
    pick = _last_reported(days, reported)
    if pick is None:
        return _dated(annotated.article, None, days[0], days[-1], "inferred", evidence)
    told = tuple(mention for weekday, mention in reported if weekday == pick.isoweekday())
    return _dated(annotated.article, pick, days[0], days[-1], "prior", (*evidence, *told[:1]))


def _days_of(year: int) -> Iterable[dt.date]:
    first = dt.date(year, 1, 1)
    return (first + dt.timedelta(count) for count in range(366 if _day(year, 2, 29) else 365))


def _said_twice(annotated: Annotated, mentions: tuple[TimeMention, ...]) -> list[Constraint]:
    """A relative day beside the same day in full: "today, Oct. 8, 1999", "on Wednesday (Sept. 7, 2022)"."""
    text = annotated.article.text
    found = []
    for first, second in pairwise(mentions):
        gap = text[first.end : second.start].strip()
        pair = {first.parts["build"], second.parts["build"]}
        if gap not in {"", ",", "("} or "deixis" not in pair or "date" not in pair:
            continue
        relative, full = (first, second) if first.parts["build"] == "deixis" else (second, first)
        if not {"month", "day", "year"} <= full.parts.keys():
            continue
        found.append(Constraint(_agree(relative, full), (relative, full)))
    return found


def _same_event(annotated: Annotated, mentions: tuple[TimeMention, ...]) -> list[Constraint]:
    """One future event dated relatively and absolutely: both dates hang on the same verb."""
    future = [mention for mention in mentions if mention.direction == "future"]
    relative = [
        each
        for each in future
        if (each.parts["build"] == "relative" and each.parts.get("unit") in {"W", "M", "WE"})
        or each.parts.get("deixis", "0") != "0"
    ]
    absolute = [each for each in future if each.parts["build"] == "date" and {"month", "day"} <= each.parts.keys()]
    found, seen = [], set()
    for one in relative:
        for other in absolute:
            key = (one.text.lower(), other.text.lower())
            if key in seen or not _verb(annotated, one) or _verb(annotated, one) != _verb(annotated, other):
                continue
            seen.add(key)
            found.append(Constraint(_agree(one, other), (one, other)))
    return found


def _agree(relative: TimeMention, absolute: TimeMention) -> Test:
    def holds(day: dt.date) -> bool:
        seen = Context(day, future=True if relative.direction == "future" else False if relative.direction else None)
        first = interval_of(value_of(relative, seen).value or "")
        second = interval_of(value_of(absolute, seen).value or "")
        if None in (first.earliest, first.latest, second.earliest, second.latest):
            return False
        return bool(first.earliest <= second.earliest and second.latest <= first.latest)  # type: ignore[operator]

    return holds


def _bounds(mentions: tuple[TimeMention, ...]) -> list[Constraint]:
    """Days with their year that are past or to come."""
    found = []
    for mention in mentions:
        if mention.parts["build"] != "date" or "year" not in mention.parts or mention.direction is None:
            continue
        days = interval_of(value_of(mention, Context(None)).value or "")
        if days.earliest is None or days.latest is None or days.granularity not in {"day", "month"}:
            continue
        found.append(
            Constraint(_not_before(days.earliest) if mention.direction == "past" else _not_after(days.latest), ())
        )
    return found


def _not_before(first: dt.date) -> Test:
    return lambda day: day >= first


def _not_after(last: dt.date) -> Test:
    return lambda day: day <= last


# --- the year -------------------------------------------------------------------------------------------------------


def _named_years(mentions: tuple[TimeMention, ...]) -> list[int]:
    return [
        int(each.parts["year"])
        for each in mentions
        if each.parts.get("year", "").isdigit() and each.direction != "future"
    ]


def _years(annotated: Annotated, mentions: tuple[TimeMention, ...]) -> tuple[tuple[int, ...], tuple[TimeMention, ...]]:
    """The year of publication where the text settles it, with what settles it."""
    for mention in mentions:
        if _is_event_year(annotated, mention) and any(_same_clause(annotated, mention, day) for day in mentions):
            return (int(mention.parts["year"]),), (mention,)
    for first, second in pairwise(mentions):
        if first.parts["build"] == "deixis" and "year" in second.parts and second.start - first.end <= 2:
            return (int(second.parts["year"]),), (second,)
    latest = max(_named_years(mentions), default=None)
    for mention in mentions:
        if latest is not None and {"weekday", "month", "day"} <= mention.parts.keys() and "year" not in mention.parts:
            fits = [year for year in range(latest, latest + YEARS_AHEAD) if _is_weekday(mention, year)]
            if len(fits) == 1:
                return (fits[0],), (mention,)
    return (), ()


def _is_weekday(mention: TimeMention, year: int) -> bool:
    day = _day(year, int(mention.parts["month"]), int(mention.parts["day"]))
    return day is not None and day.isoweekday() == int(mention.parts["weekday"])


def _is_event_year(annotated: Annotated, mention: TimeMention) -> bool:
    """A year that opens the name of an event ("the 2022 Eastern Economic Forum")."""
    parts = mention.parts
    if parts["build"] != "date" or "year" not in parts or not mention.text.isdigit():
        return False
    return (
        parts.get("before", "").split()[-1:] == ["the"]
        and annotated.article.text[mention.end + 1 : mention.end + 2].isupper()
    )


def _same_clause(annotated: Annotated, year: TimeMention, day: TimeMention) -> bool:
    """Does a bare weekday of the last days stand in the same clause as the year?"""
    if day.parts["build"] != "date" or "weekday" not in day.parts or "month" in day.parts or day.direction == "future":
        return False
    first, second = _token(annotated, year), _token(annotated, day)
    if first is None or second is None or not annotated.doc.has_annotation("DEP"):
        return False
    return first.sent.start == second.sent.start and clause_head(first) == clause_head(second)


# --- who speaks when ------------------------------------------------------------------------------------------------


def _reported(
    annotated: Annotated, mentions: tuple[TimeMention, ...], words: TimeWords
) -> list[tuple[int, TimeMention]]:
    """Bare weekdays on which somebody says something, or that a caption shows."""
    found = []
    for mention in mentions:
        parts = mention.parts
        if (
            parts["build"] != "date"
            or "weekday" not in parts
            or parts.keys() & {"month", "last", "next", "previous", "following"}
        ):
            continue
        if mention.direction == "past" and _verb(annotated, mention) in words.sets["REPORTING"]:
            found.append((int(parts["weekday"]), mention))
    return found


def _last_reported(days: list[dt.date], reported: list[tuple[int, TimeMention]]) -> dt.date | None:
    """The prior `last reported weekday`: of the days in question, the one reported on most; then the latest."""
    counts = Counter(weekday for weekday, _ in reported)
    fits = [day for day in days if counts[day.isoweekday()]]
    return max(fits, key=lambda day: (counts[day.isoweekday()], day), default=None)


def _token(annotated: Annotated, mention: TimeMention) -> Token | None:
    span = annotated.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def _verb(annotated: Annotated, mention: TimeMention) -> str:
    """The lemma of the verb that governs a mention; "" where there is no parse."""
    token = _token(annotated, mention)
    if token is None or not annotated.doc.has_annotation("DEP"):
        return ""
    for each in token.ancestors:
        if each.pos_ in {"VERB", "AUX"}:
            return str(each.lemma_).lower()
    return ""


def _dated(
    article: Article, day: dt.date | None, first: dt.date, last: dt.date, by: str, evidence: tuple[TimeMention, ...]
) -> Article:
    spans = sorted({(mention.start, mention.end) for mention in evidence})
    return msgspec.structs.replace(
        article, published_at=day, published_earliest=first, published_latest=last, published_by=by,
        published_evidence=tuple(Span(start=a, end=b, text=article.text[a:b]) for a, b in spans),
    )  # fmt: skip
