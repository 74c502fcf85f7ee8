"""Deeds without a named doer, clauses that only suppose, dismissed claims, and days and places of their own: golden
sentences in own words, each with what must be told of one event, and what must not be told at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from dragoman.records import Event, Reading
from dragoman.sources import make_article
from tests.extraction.test_events import codes

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

DAY = dt.date(2026, 11, 20)  # a Friday

TOLD = [
    # text, type, actors, recipients, status, first day
    ("Thousands of students marched through Nairobi on Monday.", "PROTEST", "", "", "occurred", "2026-11-16"),
    ("Two Danish envoys were expelled from Belarus on Tuesday.", "SANCTION", "BLR", "DNK", "occurred", "2026-11-17"),
    ("Eleven people were arrested in Minsk on Sunday.", "COERCE", "", "", "occurred", "2026-11-15"),
    ("A truck bomb killed six people in Kabul on Monday.", "ASSAULT", "", "", "occurred", "2026-11-16"),
    ("Drone strikes on Odesa wounded five people on Sunday.", "ASSAULT", "", "", "occurred", "2026-11-15"),
    ("Spain asked Morocco to open the crossing and threatened to end its aid to Rabat.", "THREATEN", "ESP", "MAR",
     "occurred", ""),
    ("Norway said the sanctions had failed and accused Hungary of breaking them.", "ACCUSE", "NOR", "HUN", "occurred",
     ""),
    ("Chad rejected reports that it had threatened to expel Sudan's ambassador.", "SANCTION", "TCD", "SDN", "denied",
     ""),
    ("Denmark is not ruling out suspending arms exports to Turkey.", "SANCTION", "DNK", "TUR", "possible", ""),
    ("Kenya voted to leave on Tuesday, a day after Somalia shelled Ethiopia.", "ASSAULT", "SOM", "ETH", "occurred",
     "2026-11-16"),
    ("Libya shut a pipeline to Italy that crosses Malta in late 2022.", "SANCTION", "LBY", "ITA", "occurred",
     "2022-09-01"),
    ("Chile welcomed the ruling.", "SUPPORT", "CHL", "", "occurred", "2026-11-19"),
    ("Serbia opposes sanctions.", "REJECT", "SRB", "", "occurred", "2026-11-19"),
    ("Peru's president was due to meet Ecuador's president on Saturday.", "CONSULT", "PER ECU", "", "planned",
     "2026-11-21"),
    ("Oman began to withdraw its troops from Yemen on Tuesday.", "RETREAT", "OMN", "YEM", "occurred", "2026-11-17"),
    ("Ghana and Togo have agreed to a truce, mediators said on Wednesday.", "AGREE", "GHA TGO", "", "occurred",
     "2026-11-17"),
]  # fmt: skip

UNTOLD = [
    # text, the type that must not be told
    ("Forty people were killed in a train crash in Odisha.", "ASSAULT"),
    ("An earthquake killed hundreds of people in Herat.", "ASSAULT"),
    ("If Latvia closes its border with Russia, Estonia will follow.", "SANCTION"),
    ("The Kremlin declined to comment.", "REJECT"),
    ("“Where is the money?” the Canadian minister asked.", "REQUEST"),
    ("Asked whether he would resign, Brazil's president told reporters it was late.", "REQUEST"),
]


def read(pipeline: Pipeline, text: str) -> Reading:
    return pipeline.read(make_article(text, date=DAY))


def fits(reading: Reading, event: Event, actors: str, recipients: str) -> bool:
    return set(actors.split()) <= codes(reading, event.actors) and set(recipients.split()) <= codes(
        reading, event.recipients
    )


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients", "status", "day"), TOLD, ids=[row[0][:40] for row in TOLD]
)
def test_told(pipeline: Pipeline, text: str, kind: str, actors: str, recipients: str, status: str, day: str) -> None:
    reading = read(pipeline, text)
    assert any(
        event.type == kind
        and event.status == status
        and fits(reading, event, actors, recipients)
        and (not day or str(event.earliest) == day)
        for event in reading.events
    ), [(e.type, e.actors, e.recipients, e.status, str(e.earliest)) for e in reading.events]


@pytest.mark.weights
@pytest.mark.parametrize(("text", "kind"), UNTOLD, ids=[row[0][:40] for row in UNTOLD])
def test_untold(pipeline: Pipeline, text: str, kind: str) -> None:
    assert kind not in [event.type for event in read(pipeline, text).events]


@pytest.mark.weights
def test_police_of_the_sentence_before_arrest(pipeline: Pipeline) -> None:
    reading = read(pipeline, "Police dispersed a rally in Tunis on Sunday. Nine demonstrators were arrested.")
    (arrest,) = [event for event in reading.events if event.type == "COERCE" and event.mode == "arrest"]
    names = {actor.actor_id: actor.name.lower() for actor in reading.actors}
    assert [names[each] for each in arrest.actors] == ["police"]
    assert arrest.magnitude is not None
    assert arrest.magnitude.size == 9


@pytest.mark.weights
def test_a_place_only_talked_about_is_not_where_it_is(pipeline: Pipeline) -> None:
    reading = read(pipeline, "Germany expelled two Russian diplomats on Wednesday over a murder in Vienna.")
    (event,) = [event for event in reading.events if event.type == "SANCTION"]
    assert event.place is None


@pytest.mark.weights
def test_a_crowd_is_counted_by_its_least_number(pipeline: Pipeline) -> None:
    reading = read(pipeline, "Tens of thousands of people marched through Lagos on Monday.")
    (event,) = [event for event in reading.events if event.type == "PROTEST"]
    assert event.magnitude is not None
    assert event.magnitude.size == 10_000


@pytest.mark.weights
def test_a_scene_of_violence_goes_on_on_the_same_day(pipeline: Pipeline) -> None:
    reading = read(pipeline, "Police clashed with demonstrators in Tunis on Sunday. They arrested nine students.")
    (arrest,) = [event for event in reading.events if event.type == "COERCE" and event.mode == "arrest"]
    assert arrest.earliest == dt.date(2026, 11, 15)
    assert "earliest" in arrest.evidence


@pytest.mark.weights
def test_states_and_their_ministers_sign_once(pipeline: Pipeline) -> None:
    text = (
        "Chile and Peru signed a trade agreement on Monday. Chilean Trade Minister Luis Ortega and Peruvian Trade"
        " Minister Rosa Medina signed the agreement in Lima."
    )
    assert [event.type for event in read(pipeline, text).events].count("SUPPORT") == 1
