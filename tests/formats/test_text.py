from __future__ import annotations

import datetime as dt

import pytest

from dragoman.formats import to_text
from dragoman.formats.dossier import joined, span_of_days
from tests.samples import make_reading


def test_the_dossier_names_every_record() -> None:
    page = to_text(make_reading(title="Ministers to meet in Lagos"), width=200)
    for words in (
        "Ministers to meet in Lagos", "23 Nov 2026 (as given)", "AGENDA", "meeting: Alice Okoro, in Lagos",
        "condition: if Ghana agrees", "Alice Okoro: CONSULT → Ghana", "according to Alice Okoro", "“talks will resume”",
        "IN DISPUTE", "rejected by Ghana", "1 × no named actor",
    ):  # fmt: skip
        assert words in page, words


def test_there_is_no_colour_unless_asked_for() -> None:
    assert "\x1b" not in to_text(make_reading())
    assert "\x1b" in to_text(make_reading(), colour=True)


def test_an_article_cannot_steer_the_terminal() -> None:
    page = to_text(make_reading(title="A\x1b[2Jtitle\x07\x9b31m", name="Eve\x1b]0;x\x07"))
    assert not {char for char in page if char < " " and char != "\n"}
    assert "\x9b" not in page


@pytest.mark.parametrize("width", [10, 60, 100, 300])
def test_lines_keep_to_the_width(width: int) -> None:
    lines = to_text(make_reading(title="word " * 80), width=width).split("\n")
    assert max(map(len, lines)) <= max(width, 40)


@pytest.mark.parametrize(
    ("earliest", "latest", "granularity", "words"),
    [
        ("2022-09-07", "2022-09-07", "day", "7 Sep 2022"),
        ("2022-09-15", "2022-09-16", None, "15–16 Sep 2022"),
        ("2022-09-12", "2022-09-18", "week", "12–18 Sep 2022"),
        ("2022-02-01", "2022-02-28", "month", "Feb 2022"),
        ("2014-01-01", "2014-12-31", "year", "2014"),
        ("2019-12-30", "2020-01-02", None, "30 Dec 2019 – 2 Jan 2020"),
        ("2019-12-30", None, None, "from 30 Dec 2019"),
        (None, "2019-12-30", None, "until 30 Dec 2019"),
        (None, None, None, ""),
    ],
)
def test_intervals_in_words(earliest: str | None, latest: str | None, granularity: str | None, words: str) -> None:
    days = [dt.date.fromisoformat(day) if day else None for day in (earliest, latest)]
    assert span_of_days(days[0], days[1], granularity) == words


def test_lists_in_words() -> None:
    assert [joined(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
