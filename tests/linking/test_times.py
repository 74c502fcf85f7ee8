"""Values and intervals of time expressions."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.lexicon.times import load_times
from dragoman.linking.times import as_timex3, link_times
from dragoman.linking.timex import interval_of, moved, narrowed
from dragoman.mentions.times import find_times
from dragoman.records import Article, Time

WORDS = load_times()
NLP = spacy.blank("en")
WEDNESDAY = dt.date(2022, 9, 7)


def link(text: str, published: dt.date | None = WEDNESDAY) -> tuple[Time, ...]:
    annotated = SimpleNamespace(article=Article(article_id="a", text_id="t", text=text), doc=NLP.make_doc(text))
    return link_times(annotated, find_times(annotated, WORDS), published)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They will meet on Monday.", "2022-09-12"),
        ("They met on Monday.", "2022-09-05"),
        ("They met on Wednesday.", "2022-09-07"),
        ("They met last Wednesday.", "2022-08-31"),
        ("They met last Friday.", "2022-09-02"),
        ("They will meet next Friday.", "2022-09-16"),
        ("They will meet this Friday.", "2022-09-09"),
        ("They left on Sept. 22.", "2021-09-22"),
        ("They will leave on Sept. 22.", "2022-09-22"),
        ("They left in February.", "2022-02"),
        ("They will leave in February.", "2023-02"),
        ("It was last spring.", "2022-SP"),
        ("It happened last week.", "2022-W35"),
        ("It happened the weekend before; this weekend", "2022-W36-WE"),
        ("It happened last year.", "2021"),
        ("two years ago", "2020"),
        ("three weeks ago", "2022-W33"),
        ("10 days ago", "2022-08-28"),
        ("the day before yesterday", "2022-09-05"),
        ("tomorrow", "2022-09-08"),
        ("this morning", "2022-09-07TMO"),
        ("tonight", "2022-09-07TNI"),
        ("last night", "2022-09-06TNI"),
        ("Friday night", "2022-09-02TNI"),
        ("2½ years", "P2Y6M"),
        ("two and a half hours", "PT2H30M"),
        ("24 hours", "PT24H"),
        ("for decades", "PXY"),
        ("several months", "PXM"),
        ("for a decade", "P10Y"),
        ("every Friday", "XXXX-WXX-5"),
        ("twice a month", "P1M"),
        ("quarterly", "P3M"),
        ("the 1990s", "199X"),
        ("the 20th century", "19XX"),
        ("the third quarter of 2021", "2021-Q3"),
        ("the first half of 2021", "2021-H1"),
        ("at 3 p.m. on Monday", "2022-09-05T15:00"),
        ("at 1500 GMT", "2022-09-07T15:00Z"),
        ("at 12:15 a.m.", "2022-09-07T00:15"),
        ("at noon on Friday", "2022-09-02T12:00"),
        ("now", "PRESENT_REF"),
        ("recently", "PAST_REF"),
        ("soon", "FUTURE_REF"),
        ("last Christmas", "2021-12-25"),
        ("the week of March 6, 2000", "2000-W10"),
        ("the first Monday in May 2022", "2022-05-02"),
        ("on Thursday, April 6", "2023-04-06"),
        ("9/11", "2001-09-11"),
        ("on 03/04/2021", "2021-03-04"),
        ("Feb. 30", None),
        ("on Tuesday last week", "2022-08-30"),
        ("two Fridays ago", "2022-08-26"),
        ("two weeks ago Friday", "2022-08-26"),
        ("a week from Friday", "2022-09-16"),
        ("this past Sunday", "2022-09-04"),
        ("in the wee hours of Sunday", "2022-09-04"),
        ("for a fifth straight day", "2022-09-07"),
        ("for half an hour", "PT30M"),
        ("twice weekly", "P1W"),
        ("a two- to three-week delay", "P2W"),
        ("in the morning", "2022-09-07TMO"),
        ("at 8 o'clock this evening", "2022-09-07T20:00"),
        ("they waited all year", "2022"),
    ],
)
def test_values(text: str, value: str | None) -> None:
    assert link(text)[-1].value == value


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "granularity", "bound"),
    [
        ("next week", "2022-09-12", "2022-09-18", "week", "exact"),
        ("on Sept. 15 and 16, 2022", "2022-09-15", "2022-09-16", "day", "exact"),
        ("14-16 May 2021", "2021-05-14", "2021-05-16", "day", "exact"),
        ("from 2019 to 2021", "2019-01-01", "2021-12-31", "year", "exact"),
        ("between 1994 and 1997", "1994-01-01", "1997-12-31", "year", "exact"),
        ("in 2019-2021", "2019-01-01", "2021-12-31", "year", "exact"),
        ("since 2014", "2014-01-01", "2014-12-31", "year", "after"),
        ("as early as tomorrow", "2022-09-08", "2022-09-08", "day", "after"),
        ("by Friday", "2022-09-09", "2022-09-09", "day", "before"),
        ("late 2019", "2019-09-01", "2019-12-31", "year", "exact"),
        ("winter 2022", "2022-12-01", "2023-02-28", "season", "exact"),
        ("the past three months", "2022-06-07", "2022-09-07", "month", "exact"),
        ("the next two weeks", "2022-09-07", "2022-09-21", "week", "exact"),
        ("about two years ago", "2020-01-01", "2020-12-31", "year", "about"),
        ("three years", None, None, "year", "exact"),
        ("the end of the year", "2022-12-01", "2022-12-31", "year", "exact"),
        ("earlier this month", "2022-09-01", "2022-09-07", "month", "exact"),
    ],
)
def test_intervals(text: str, earliest: str | None, latest: str | None, granularity: str, bound: str) -> None:
    (time,) = link(text)
    assert (str(time.earliest), str(time.latest)) == (str(earliest), str(latest))
    assert (time.granularity, time.bound) == (granularity, bound)


def test_a_range_over_two_months_is_one_time_with_two_spans() -> None:
    (time,) = link("It ran from May 14, 2021 to June 2, 2021.")
    assert time.value == "2021-05-14/2021-06-02"
    assert [span.text for span in (*time.evidence["earliest"], *time.evidence["latest"])] == [
        "May 14, 2021",
        "June 2, 2021",
    ]


def test_as_timex3_splits_ranges_and_drops_zones() -> None:
    times = as_timex3(link("on Sept. 15 and 16, 2022, at 1500 GMT"))
    assert [(time.text, time.value) for time in times] == [
        ("Sept. 15", "2022-09-15"),
        ("16, 2022", "2022-09-16"),
        ("1500 GMT", "2022-09-15T15:00"),
    ]


def test_the_narrative_is_what_later_counts_from() -> None:
    times = link("He was arrested on March 3, 2015. He was freed two days later and left the following year.")
    assert [time.value for time in times] == ["2015-03-03", "2015-03-05", "2016"]


def test_without_a_publication_day_only_full_dates_have_days() -> None:
    times = link("They met on Monday, last week, in February and on Feb. 4, 2022.", None)
    assert [time.value for time in times] == ["XXXX-WXX-1", "XXXX-WXX", "XXXX-02", "2022-02-04"]
    assert [time.earliest for time in times[:3]] == [None, None, None]


def test_interval_of_values() -> None:
    assert interval_of("2022-W37") == (dt.date(2022, 9, 12), dt.date(2022, 9, 18), "week")
    assert interval_of("2024-02").latest == dt.date(2024, 2, 29)
    assert interval_of("2022-Q3/2022-Q4").latest == dt.date(2022, 12, 31)
    assert interval_of("P3M") == interval_of("2022-13-01") == interval_of("XXXX-WXX-3") == (None, None, None)


def test_moved_beyond_the_calendar_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="out of range"):
        moved(WEDNESDAY, "CE", -90)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)), st.sampled_from(["early", "mid", "late", "end"]))
def test_narrowed_stays_inside(day: dt.date, part: str) -> None:
    for value in (f"{day.year:04d}", f"{day.year:04d}-{day.month:02d}", f"{day.year:04d}-Q2"):
        whole, found = interval_of(value), narrowed(interval_of(value), part)
        assert whole.earliest is not None
        assert whole.latest is not None
        assert found.earliest is not None
        assert found.latest is not None
        assert whole.earliest <= found.earliest <= found.latest <= whole.latest


PIECES = st.sampled_from(
    ["next", "last", "the", "9999", "week", "Friday", "May", "31", "years ago", "99999999999", "centuries", "later",
     "of", "two", "Feb.", "in", "will", "met", "on", ",", "quarter", "third", "weekend", "Easter", "spring", "to",
     "-", "2010"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=25).map(" ".join), st.one_of(st.none(), st.dates(dt.date(2, 1, 1), dt.date(9990, 1, 1)))
)
def test_any_mixture_gives_ordered_intervals(text: str, published: dt.date | None) -> None:
    times = link(text, published)
    assert all(text[time.start : time.end] == time.text for time in times)
    assert all(time.earliest <= time.latest for time in times if time.earliest and time.latest)
    as_timex3(times)
