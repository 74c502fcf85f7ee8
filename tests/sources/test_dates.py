from __future__ import annotations

import datetime as dt

import pytest

from dragoman.errors import UsageError
from dragoman.sources import make_article

BODY = "The two envoys shook hands and left the hall without a word to the press, witnesses said."


def published(*lines: str, url: str | None = None) -> tuple[str | None, str | None, list[str]]:
    article = make_article("\n".join(("Envoys meet in Accra", *lines, BODY, BODY + " More.")), url=url)
    day = article.published_at.isoformat() if article.published_at else None
    return day, article.published_by, [span.text for span in article.published_evidence]


@pytest.mark.parametrize(
    ("line", "day", "words"),
    [
        ("Published: 7 September 2022", "2022-09-07", "7 September 2022"),
        ("Published on September 7th, 2022 at 10:15 a.m. EDT", "2022-09-07", "September 7th, 2022"),
        ("September 7, 2022", "2022-09-07", "September 7, 2022"),
        ("Wed 7 Sep 2022 15.12 BST", "2022-09-07", "7 Sep 2022"),
        ("2022-09-07 20:15:22", "2022-09-07", "2022-09-07"),
        ("07.09.2022", "2022-09-07", "07.09.2022"),
        ("09/27/2022", "2022-09-27", "09/27/2022"),
        ("Ama Mensah · GBC News · Posted: Sep 07, 2022 4:00 AM EDT", "2022-09-07", "Sep 07, 2022"),
        ("Updated Sept. 8, 2022; first published Sept. 7, 2022", "2022-09-07", "Sept. 7, 2022"),
        ("Last modified on Thu 8 Sep 2022", "2022-09-08", "8 Sep 2022"),
    ],
)
def test_a_date_on_the_page(line: str, day: str, words: str) -> None:
    assert published(line) == (day, "metadata", [words])


@pytest.mark.parametrize("line", ["07/09/2022", "Published 31 February 2022", "3 hours ago", "Wednesday, Sept. 7"])
def test_a_date_that_is_not_sure_is_left_alone(line: str) -> None:
    assert published(line)[0] is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/world/2022/09/07/envoys-meet", "2022-09-07"),
        ("https://example.org/world/envoys-meet-2022-09-07/", "2022-09-07"),
        ("https://example.org/news/20220907-envoys-meet", "2022-09-07"),
        ("https://example.org/2022/sep/07/envoys-meet", "2022-09-07"),
        ("https://example.org/story/182209073", None),
        ("https://example.org/2022/13/45/x", None),
    ],
)
def test_a_date_in_the_address(url: str, day: str | None) -> None:
    assert published(url=url)[:2] == (day, "url" if day else None)


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("ACCRA, 7 September 2022 - ", "2022-09-07"),
        ("ACCRA, Ghana, Sept. 7, 2022 (GNA) -- ", "2022-09-07"),
        ("ACCRA, Sept. 7 (GNA) - ", None),
    ],
)
def test_a_date_in_the_dateline(head: str, day: str | None) -> None:
    article = make_article(head + BODY)
    assert (article.published_at.isoformat() if article.published_at else None) == day
    assert article.blocks[0].kind == "body"
    assert article.published_by == ("dateline" if day else None)


def test_what_the_caller_gives_goes_first() -> None:
    article = make_article("Published: 7 September 2022\n" + BODY, date="2020-01-02", url="https://e.org/2019/01/02/x")
    assert (article.published_at, article.published_by) == (dt.date(2020, 1, 2), "given")
    assert article.published_earliest == article.published_latest == dt.date(2020, 1, 2)


def test_a_date_in_the_story_is_not_its_own() -> None:
    assert make_article(f"Envoys meet\n{BODY} They had last met on 7 September 2019 in Lome.").published_at is None


def test_a_bad_date_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        make_article(BODY, date="yesterday")
