"""The agenda: announced occasions in own words, and what must not become one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from dragoman.records import AgendaItem, Reading

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

DAY = dt.date(2026, 11, 23)  # a Monday

ANNOUNCED = [
    ("Kenya's president will meet Ethiopia's prime minister in Nairobi on Friday.", "meeting", "KEN ETH", "KEN",
     dt.date(2026, 11, 27), "planned"),
    ("Argentina's presidential election will be held on 13 December.", "election", "ARG", "ARG",
     dt.date(2026, 12, 13), "planned"),
    ("France's foreign minister is expected to visit Lebanon next week.", "visit", "FRA LBN", "LBN",
     dt.date(2026, 12, 1), "expected"),
    ("The planned summit between Serbia and Kosovo was postponed.", "summit", "SRB XKX", None, None, "postponed"),
    ("The Dutch parliament will vote on Thursday on a budget.", "vote", "", None, dt.date(2026, 11, 26), "planned"),
    ("Japan and Australia will hold joint military exercises in March.", "exercise", "JPN AUS", None,
     dt.date(2027, 3, 10), "planned"),
    ("Ghana and Togo may hold talks in December.", "talks", "GHA TGO", None, dt.date(2026, 12, 10), "tentative"),
    ("Iran and Iraq will sign a security agreement on Wednesday.", "signing", "IRN IRQ", None,
     dt.date(2026, 11, 25), "planned"),
]  # fmt: skip


def read(pipeline: Pipeline, text: str) -> Reading:
    from dragoman.sources import make_article

    return pipeline.read(make_article(text, date=DAY))


def countries(reading: Reading, item: AgendaItem) -> set[str]:
    by_id = {actor.actor_id: actor for actor in reading.actors}
    return {by_id[each].country or each if each in by_id else each for each in item.participants}


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "kind", "who", "country", "day", "status"), ANNOUNCED, ids=[row[0][:40] for row in ANNOUNCED]
)
def test_announced(
    pipeline: Pipeline, text: str, kind: str, who: str, country: str | None, day: dt.date | None, status: str
) -> None:
    reading = read(pipeline, text)
    told = [(i.kind, sorted(countries(reading, i)), i.country, i.earliest, i.latest, i.status) for i in reading.agenda]
    fitting = [
        item
        for item in reading.agenda
        if item.kind == kind and set(who.split()) <= countries(reading, item) and item.status == status
    ]
    assert fitting, told
    item = fitting[0]
    assert country is None or item.country == country, told
    if day is not None:
        assert item.earliest is not None, told
        assert item.latest is not None, told
        assert item.earliest <= day <= item.latest, told


@pytest.mark.weights
def test_meeting_at_a_summit_gives_both(pipeline: Pipeline) -> None:
    reading = read(
        pipeline,
        "Turkish President Recep Tayyip Erdogan and Greek Prime Minister Kyriakos Mitsotakis are expected to meet "
        "next week at the NATO summit in The Hague.\n\nThe two leaders will hold talks on the sidelines of the NATO "
        "summit on Dec. 2 and 3, an official said.",
    )
    kinds = {item.kind: item for item in reading.agenda}
    summit = next(item for item in reading.agenda if item.kind == "summit")
    meeting = next(item for item in reading.agenda if item.kind in {"meeting", "talks"})
    assert len(kinds) == len(reading.agenda), [(i.kind, i.forum) for i in reading.agenda]
    assert summit.country == meeting.country == "NLD"
    assert (meeting.earliest, meeting.latest) == (dt.date(2026, 12, 2), dt.date(2026, 12, 3))
    assert meeting.forum is not None
    assert "NATO summit" in meeting.forum
    assert {"TUR", "GRC"} <= countries(reading, meeting)


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "The election of 1932 changed the country.",
        "He left the summit early.",
        "Voters said the last election was unfair.",
        "The exercise bike stood in the corner.",
    ],
)
def test_what_lies_behind_is_not_announced(pipeline: Pipeline, text: str) -> None:
    assert read(pipeline, text).agenda == ()


@pytest.mark.weights
def test_confirmed_and_declined(pipeline: Pipeline) -> None:
    reading = read(
        pipeline,
        "Russian Foreign Minister Sergei Lavrov will visit Tehran next week.\n\nKremlin spokesman Dmitry Peskov "
        "confirmed that Lavrov would visit Tehran on Dec. 1.\n\nAsked about the visit, Iranian Foreign Ministry "
        'spokesman Esmaeil Baghaei told reporters: "I have no comment."',
    )
    visit = next(item for item in reading.agenda if item.kind == "visit")
    assert visit.status == "confirmed"
    assert visit.confirmed_by
    assert set(visit.confirmed_by) <= {statement.statement_id for statement in reading.statements}


@pytest.mark.weights
def test_ids_follow_the_text(pipeline: Pipeline) -> None:
    reading = read(pipeline, ANNOUNCED[0][0])
    for item in reading.agenda:
        start = int(item.item_id.rsplit("#a", 1)[1].split(".")[0])
        assert 0 <= start < len(reading.article.text)
        assert item.item_id.startswith(reading.article.article_id)
