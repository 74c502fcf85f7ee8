"""The article's own date where none is given: the text's constraints solved together.

What counts as proof, strongest first:
1. a dateline with its day ("BUDAPEST, March 12 -") and a year that the text settles;
2. a day said in two ways at once ("today, Oct. 8, 1999"; "Wednesday (Sept. 7, 2022)");
3. one event dated twice, relatively and absolutely ("meet next week", "meet on Sept. 15 and 16"), in a year settled by
   a named event of the week ("at the 2022 Energy Forum on Wednesday") or a weekday with its date ("Thursday, April 6");
4. the lead's own day with its weekday ("said on Wednesday, March 4,"): news names the weekday of its own week, so the
   article is at most six days younger.
A year that the text speaks of as its own ("the 2026 budget", "the first of 2024", "Jan. 30, 2026") settles the year of
a day only where a weekday agrees with it: one year in seven does by chance, and old years ("elected in 2014") are left
out. Labels and datelines with their year are read before, by `dragoman.sources`.
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
LEAD_SENTENCES = 2
"""The day of the report itself is told in the first sentences of its body."""
DAYS_FRESH = 6
"""News names the weekday of a date for about a week."""
TURN_OF_YEAR = 60
"""Days after a dated happening of last year within which a day of January or February may be the article's."""
OPEN_BLOCKS = frozenset({"title", "summary", "heading", "byline", "dateline", "credit", "caption", "promo"})
YEAR_LEADS = frozenset({"the", "this", "a", "of", "year", "its", "their", "his", "her", "'s", "s"})
"""Words before a bare year that make it the article's own rather than a memory ("elected in 2014")."""
REMEMBERING = frozenset({"anniversary", "commemorate", "commemoration", "remembrance", "centenary", "historian"})
AIMS = frozenset({"plan", "target", "goal", "agenda", "deadline", "vision", "horizon", "pledge", "strategy", "aim"})
"""What is named after a year to come."""

NAMES = frozenset({"NOUN", "PROPN"})

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
    found = (
        _by_dateline(annotated, mentions)
        or _by_constraints(annotated, mentions, words)
        or _by_lead(annotated, mentions, words)
    )
    return found or article


# --- dateline -------------------------------------------------------------------------------------------------------


def _by_dateline(annotated: Annotated, mentions: tuple[TimeMention, ...]) -> Article | None:
    line = next((mention for mention in mentions if _is_dateline(annotated.article, mention)), None)
    if line is None:
        return None
    proof: tuple[TimeMention, ...] = ()
    if "year" in line.parts:
        found = _day_of(line, int(line.parts["year"]))
    else:
        found, proof = _dateline_day(annotated, mentions, line)
    if found is None:
        return None
    return _dated(annotated.article, found, found, found, "dateline", (line, *proof))


def _dateline_day(
    annotated: Annotated, mentions: tuple[TimeMention, ...], line: TimeMention
) -> tuple[dt.date | None, tuple[TimeMention, ...]]:
    """The day of a dateline without a year: in the article's own year, where a weekday of the report agrees."""
    settled, proof = _years(annotated, mentions)
    if len(settled) == 1 and proof:
        return _day_of(line, settled[0]), proof
    told = {int(each.parts["weekday"]): each for each in mentions if _is_bare_weekday(each, "past")}
    for day, year in _own_days(line, mentions, annotated):
        if day.isoweekday() in told and all(each.holds(day) for each in _bounds(mentions)):
            return day, (year, told[day.isoweekday()])
    return None, ()


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
    after = article.text[mention.end : mention.end + 40].lstrip(" ,.")
    return after[:1] in {"(", "-", "–", "—", "_", "/"}


def _day_of(mention: TimeMention, year: int) -> dt.date | None:
    """The day of the month that a mention names, in a year."""
    return _day(year, int(mention.parts["month"]), int(mention.parts["day"]))


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
    for mention in mentions:
        if {"weekday", "month", "day"} <= mention.parts.keys() and "year" not in mention.parts:
            for day, year in _own_days(mention, mentions, annotated):
                if day.isoweekday() == int(mention.parts["weekday"]):
                    return (day.year,), (mention, year)
    return (), ()


def _own_days(
    mention: TimeMention, mentions: tuple[TimeMention, ...], annotated: Annotated
) -> list[tuple[dt.date, TimeMention]]:
    """A day of the month in the year that the article speaks of as its own, or early in the next; with that year."""
    year = _own_year(annotated, mentions)
    if year is None:
        return []
    found = []
    if (day := _day_of(mention, int(year.parts["year"]))) is not None:
        found.append((day, year))
    told = interval_of(value_of(year, Context(None)).value or "")
    later = _day_of(mention, int(year.parts["year"]) + 1)
    if told.granularity == "day" and told.latest and later and 0 < (later - told.latest).days <= TURN_OF_YEAR:
        found.append((later, year))
    return found


def _own_year(annotated: Annotated, mentions: tuple[TimeMention, ...]) -> TimeMention | None:
    """The mention of the latest year that the article has reached, where it speaks of it as its own."""
    years = [each for each in mentions if each.parts["build"] == "date" and each.parts.get("year", "").isdigit()]
    years = [each for each in years if each.direction != "future" or _leads_to_noun(annotated, each)]
    years = [each for each in years if not _is_aim(annotated, each)]
    latest = max((int(each.parts["year"]) for each in years), default=None)
    own = [each for each in years if int(each.parts["year"]) == latest and _speaks_of_now(annotated, each)]
    return min(own, key=lambda each: "day" not in each.parts, default=None)


def _speaks_of_now(annotated: Annotated, mention: TimeMention) -> bool:
    """ "the 2026 budget", "the first of 2024", "January 2026"; not "elected in 2014"."""
    if not mention.text.isdigit():
        return "month" in mention.parts or mention.text.lower().startswith("the year")
    return mention.parts.get("before", "").split()[-1:] != [] and (
        mention.parts["before"].split()[-1] in YEAR_LEADS or _leads_to_noun(annotated, mention)
    )


def _leads_to_noun(annotated: Annotated, mention: TimeMention) -> bool:
    """Does a bare year describe the noun after it ("the 2026 budget")?"""
    token = _token(annotated, mention)
    return token is not None and mention.text.isdigit() and token.head.i > token.i and token.head.pos_ in NAMES


def _is_aim(annotated: Annotated, mention: TimeMention) -> bool:
    token = _token(annotated, mention)
    return token is not None and token.head.lemma_.lower() in AIMS and _leads_to_noun(annotated, mention)


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


# --- the lead -------------------------------------------------------------------------------------------------------


def _by_lead(annotated: Annotated, mentions: tuple[TimeMention, ...], words: TimeWords) -> Article | None:
    """The lead tells of a day with its weekday ("said on Wednesday, March 4,"): that day or up to six later.

    The day is the named prior `day of the lead`; where one other weekday is told without its date, it is the younger
    one, and the prior `last reported weekday` takes it. Two or more leave the interval without a day.
    """
    line = next((each for each in mentions if _is_lead_day(annotated, each, words)), None)
    if line is None or _looks_back(annotated, mentions):
        return None
    years, proof = _years(annotated, mentions)
    year = int(line.parts["year"]) if "year" in line.parts else years[0] if len(years) == 1 and proof else None
    first = _day_of(line, year) if year is not None else None
    if first is None or year is None or first.isoweekday() != int(line.parts["weekday"]):
        return None
    if any(later > year for later in _named_years(mentions)):
        return None
    days = [first + dt.timedelta(count) for count in range(DAYS_FRESH + 1)]
    days = [day for day in days if all(each.holds(day) for each in _bounds(mentions))]
    if not days:
        return None
    bare = {int(each.parts["weekday"]): each for each in mentions if _is_bare_weekday(each, "past")}
    bare.pop(first.isoweekday(), None)
    told = [day for day in days if day.isoweekday() in bare]
    pick = (told[0] if told else days[0]) if len(bare) <= 1 else None
    days = [day for day in days if pick is None or day >= pick]
    evidence = (line, *proof, *(bare[day.isoweekday()] for day in told))
    return _dated(annotated.article, pick, days[0], days[-1], "prior" if pick else "inferred", evidence)


def _looks_back(annotated: Annotated, mentions: tuple[TimeMention, ...]) -> bool:
    """A text of remembrance opens with the day that it remembers ("Years later ...", "on the anniversary")."""
    if any(word.lemma_.lower() in REMEMBERING for word in annotated.doc):
        return True
    return any("later_shift" in each.parts and (each.parts.get("units") or each.parts.get("unit")) in {"Y", "DE"}
               for each in mentions)  # fmt: skip


def _is_lead_day(annotated: Annotated, mention: TimeMention, words: TimeWords) -> bool:
    """A past day with weekday, month and day in the first sentences of the body; in the second, of something said."""
    if mention.parts["build"] != "date" or mention.direction != "past":
        return False
    if not {"weekday", "month", "day"} <= mention.parts.keys() or "day2" in mention.parts:
        return False
    place = _body_sentence(annotated, mention)
    if place is None or place >= LEAD_SENTENCES:
        return False
    return place == 0 or _verb(annotated, mention) in words.sets["REPORTING"]


def _body_sentence(annotated: Annotated, mention: TimeMention) -> int | None:
    """The number of the sentence of the body that holds a mention; None outside the first ones."""
    place = 0
    for sentence in annotated.doc.sents:
        block = annotated.article.block_at(sentence.start_char)
        if not sentence.text.strip() or (block is not None and block.kind in OPEN_BLOCKS):
            continue
        if sentence.start_char <= mention.start < sentence.end_char:
            return place
        if place >= LEAD_SENTENCES:
            return None
        place += 1
    return None


def _is_bare_weekday(mention: TimeMention, direction: str) -> bool:
    """A weekday alone, told in that direction ("on Monday"; not "last Monday", "Monday, May 4")."""
    return mention.parts["build"] == "date" and "weekday" in mention.parts and mention.direction == direction and not (
        mention.parts.keys() & {"month", "day", "last", "next", "previous", "following"}
    )  # fmt: skip


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
