"""The article's own date: kept where given, completed from a dateline, inferred from constraints, else left open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from dragoman.annotate import load_annotator
from dragoman.lexicon.times import load_times
from dragoman.linking.dating import date_article
from dragoman.mentions.times import find_times
from dragoman.records import Article, Block

if TYPE_CHECKING:
    from dragoman.annotate import Annotated

WORDS = load_times()


def annotate(text: str, published: dt.date | None = None) -> Annotated:
    by = "given" if published else None
    caption = text.rfind("\n") + 1
    blocks = (Block(start=0, end=caption, kind="body"), Block(start=caption, end=len(text), kind="caption"))
    article = Article(
        article_id="a",
        text_id="t",
        text=text,
        published_at=published,
        published_by=by,
        blocks=blocks if caption else (),
    )
    return load_annotator().annotate(article)


def date(text: str, published: dt.date | None = None) -> Article:
    annotated = annotate(text, published)
    return date_article(annotated, find_times(annotated, WORDS), WORDS)


SUMMIT = (
    "The two presidents will meet next week at a summit of the bloc.\n"
    "The ambassador said they would meet on Oct. 18 and 19 in Lagos.\n"
    "The minister told a briefing on Thursday that the guests were welcome.\n"
    "The chancellor speaks at the 2021 Northern Energy Forum in Oslo on Thursday."
)


@pytest.mark.weights
def test_a_given_date_is_kept() -> None:
    article = date(SUMMIT, dt.date(2020, 1, 1))
    assert (article.published_at, article.published_by) == (dt.date(2020, 1, 1), "given")
    assert article.published_earliest == article.published_latest == dt.date(2020, 1, 1)


@pytest.mark.weights
def test_two_tellings_of_one_meeting_date_the_article() -> None:
    article = date(SUMMIT)
    assert article.published_earliest is not None
    assert article.published_latest is not None
    assert article.published_earliest <= dt.date(2021, 10, 14) <= article.published_latest
    assert (article.published_latest - article.published_earliest).days <= 6
    assert {"next week", "2021"} <= {span.text for span in article.published_evidence}
    assert all(article.text[span.start : span.end] == span.text for span in article.published_evidence)


@pytest.mark.weights
def test_the_day_inside_is_the_prior_and_says_so() -> None:
    article = date(SUMMIT)
    assert (article.published_at, article.published_by) == (dt.date(2021, 10, 14), "prior")


@pytest.mark.weights
def test_a_dateline_with_its_year() -> None:
    article = date("ACCRA, Ghana, March 3, 2021 (Example Agency) - The cabinet resigned on Wednesday.")
    assert (article.published_at, article.published_by) == (dt.date(2021, 3, 3), "dateline")


@pytest.mark.weights
def test_today_beside_its_date() -> None:
    article = date("The law enters into force today, March 3, 2021, the ministry said.")
    assert (article.published_at, article.published_by) == (dt.date(2021, 3, 3), "inferred")


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    ["The cabinet resigned on Wednesday.", "The war began in 1998 and will end next week.", "No dates at all here."],
)
def test_what_proves_nothing_leaves_the_article_undated(text: str) -> None:
    article = date(text)
    assert article.published_at is None
    assert article.published_by is None
    assert article.published_evidence == ()


@pytest.mark.weights
def test_a_dateline_takes_the_year_of_the_report_where_a_weekday_agrees() -> None:
    article = date("OSLO, June 10 - The liberals lost on Monday. They had led the polls in the campaign of 2024.")
    assert (article.published_at, article.published_by) == (dt.date(2024, 6, 10), "dateline")
    assert {"June 10", "Monday", "2024"} == {span.text for span in article.published_evidence}


@pytest.mark.weights
def test_the_day_of_the_lead_with_the_year_of_its_budget() -> None:
    article = date("The mayor said on Wednesday, March 4, that the bridge would reopen. The 2026 budget pays for it.")
    assert (article.published_at, article.published_by) == (dt.date(2026, 3, 4), "prior")
    assert article.published_earliest == dt.date(2026, 3, 4)
    assert article.published_latest == dt.date(2026, 3, 10)


@pytest.mark.weights
def test_a_younger_weekday_moves_the_day_past_the_lead() -> None:
    article = date("The party won on Sunday, May 14, 2023. Its leader thanked a crowd on Monday.")
    assert (article.published_at, article.published_by) == (dt.date(2023, 5, 15), "prior")


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "OSLO, June 10 - The liberals lost on Monday. Their leader was elected in 2014.",
        "OSLO, June 10 - The liberals lost on Friday. They had led the polls in the campaign of 2024.",
        "The mayor said on Wednesday, March 4, that he would go. He was elected in 2020.",
        "The mayor said on Wednesday, Jan. 14, that the 2030 plan stays.",
        "On Monday, July 20, 1903, the mill burned down. The town marks the anniversary each summer.",
        "On Monday, July 20, 1903, the mill burned down. Forty years later it was built again.",
        "The envoy said on Friday, April 6, that talks failed. In 2015 he wrote of Sunday, March 1, 2015.",
    ],
)
def test_an_old_year_or_a_weekday_that_does_not_fit_dates_nothing(text: str) -> None:
    assert date(text).published_at is None
