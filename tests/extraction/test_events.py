"""Events on hand-made documents, and golden sentences in own words over all types, statuses and many regions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from dragoman.extraction.events import extract_events
from dragoman.lexicon.predicates import Predicates, load_predicates
from dragoman.mentions.triggers import find_triggers
from dragoman.records import Event, LinkedActors, Reading, Skipped
from tests.event_docs import annotated, linked, make_doc

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline


@pytest.fixture(scope="module")
def predicates() -> Predicates:
    return load_predicates()


def read(
    sentence: str, actors: LinkedActors, predicates: Predicates, kind: str = "body"
) -> tuple[tuple[Event, ...], tuple[Skipped, ...]]:
    text = annotated(make_doc(sentence), kind)
    return extract_events(text, find_triggers(text, predicates), (), actors, (), (), predicates)


ATTACK = "Oslo/NNP/PROPN/nsubj/2 attacked=attack/VBD/VERB/ROOT/0 Rome/NNP/PROPN/obj/2"


def test_subject_acts_on_object(predicates: Predicates) -> None:
    ((event,), _) = read(ATTACK, linked(AAA="0", BBB="2"), predicates)
    assert (event.type, event.actors, event.recipients, event.status) == ("ASSAULT", ("AAA",), ("BBB",), "occurred")
    assert event.quad == 4
    assert event.intensity == -9.0
    assert event.event_id == f"a#e{event.trigger.start}"
    assert event.made_by.startswith("predicates#attack")
    assert {"type", "actors", "recipients"} <= set(event.evidence)


def test_passive_with_agent(predicates: Predicates) -> None:
    sentence = (
        "Rome/NNP/PROPN/nsubj:pass/3 was=be/VBD/AUX/aux:pass/3 attacked=attack/VBN/VERB/ROOT/0 by/IN/ADP/case/5"
        " Oslo/NNP/PROPN/obl:agent/3"
    )
    ((event,), _) = read(sentence, linked(AAA="4", BBB="0"), predicates)
    assert (event.actors, event.recipients) == (("AAA",), ("BBB",))


def test_mutual_acts_have_all_as_actors(predicates: Predicates) -> None:
    sentence = "Oslo/NNP/PROPN/nsubj/4 and/CC/CCONJ/cc/3 Rome/NNP/PROPN/conj/1 met=meet/VBD/VERB/ROOT/0"
    ((event,), _) = read(sentence, linked(AAA="0", BBB="2"), predicates)
    assert set(event.actors) == {"AAA", "BBB"}
    assert event.recipients == ()


def test_nominal_event_with_owner_and_object(predicates: Predicates) -> None:
    sentence = (
        "Oslo/NNP/PROPN/nmod:poss/3 's/POS/PART/case/1 annexation/NN/NOUN/nsubj/6 of/IN/ADP/case/5"
        " Rome/NNP/PROPN/nmod/3 shocked=shock/VBD/VERB/ROOT/0 many/JJ/ADJ/obj/6"
    )
    (events, _) = read(sentence, linked(AAA="0", BBB="4"), predicates)
    assert [(e.type, e.actors, e.recipients) for e in events] == [("COERCE", ("AAA",), ("BBB",))]


def test_demonym_before_noun_acts(predicates: Predicates) -> None:
    sentence = (
        "Norse/JJ/ADJ/amod/2 sanctions=sanction/NNS/NOUN/nsubj/5 on/IN/ADP/case/4 Rome/NNP/PROPN/nmod/2"
        " hurt=hurt/VBD/VERB/ROOT/0 trade/NN/NOUN/obj/5"
    )
    (events, _) = read(sentence, linked(AAA="0", BBB="3"), predicates)
    assert ("SANCTION", ("AAA",), ("BBB",)) in [(e.type, e.actors, e.recipients) for e in events]


def test_no_actor_is_no_event_and_says_so(predicates: Predicates) -> None:
    (events, skipped) = read(ATTACK, linked(BBB="2"), predicates)
    assert events == ()
    assert [each.reason for each in skipped] == ["no actor named"]


def test_counterpart_is_asked_for_where_the_row_says_so(predicates: Predicates) -> None:
    sentence = "Oslo/NNP/PROPN/nsubj/2 visited=visit/VBD/VERB/ROOT/0 museums=museum/NNS/NOUN/obj/2"
    (events, skipped) = read(sentence, linked(AAA="0"), predicates)
    assert events == ()
    assert skipped[0].reason == "no counterpart named"


@pytest.mark.parametrize("kind", ["promo", "credit", "byline"])
def test_promos_and_credits_tell_nothing(kind: str, predicates: Predicates) -> None:
    (events, skipped) = read(ATTACK, linked(AAA="0", BBB="2"), predicates, kind)
    assert events == ()
    assert skipped[0].reason == f"in a {kind} block"


def test_content_of_a_request_is_no_event(predicates: Predicates) -> None:
    sentence = (
        "Oslo/NNP/PROPN/nsubj/2 urged=urge/VBD/VERB/ROOT/0 Rome/NNP/PROPN/obj/2 to/TO/PART/mark/5"
        " attack/VB/VERB/xcomp/2 Bonn/NNP/PROPN/obj/5"
    )
    (events, _) = read(sentence, linked(AAA="0", BBB="2", CCC="5"), predicates)
    assert [(e.type, e.recipients) for e in events] == [("REQUEST", ("BBB",))]


def test_threat_and_what_is_threatened(predicates: Predicates) -> None:
    sentence = (
        "Oslo/NNP/PROPN/nsubj/2 threatened=threaten/VBD/VERB/ROOT/0 to/TO/PART/mark/4 invade/VB/VERB/xcomp/2"
        " Rome/NNP/PROPN/obj/4"
    )
    (events, _) = read(sentence, linked(AAA="0", BBB="4"), predicates)
    found = {e.type: (e.status, e.actors, e.recipients) for e in events}
    assert found["THREATEN"] == ("occurred", ("AAA",), ("BBB",))
    assert found["ASSAULT"] == ("possible", ("AAA",), ("BBB",))


# --- golden sentences: text, type, countries or names of actors and recipients, status

GOLDEN = [
    ("Britain and France agreed to share intelligence on people smugglers.", "AGREE", "GBR FRA", "", "occurred"),
    ("Germany pledged 500 million euros in military aid to Ukraine.", "AGREE", "DEU", "UKR", "occurred"),
    ("Nigeria's Bola Tinubu met South Africa's Cyril Ramaphosa.", "CONSULT", "NGA ZAF", "", "occurred"),
    ("Brazil's foreign minister will travel to Beijing next week.", "CONSULT", "BRA", "CHN", "planned"),
    ("French President Emmanuel Macron may visit Algeria in October.", "CONSULT", "FRA", "DZA", "possible"),
    ("Talks between Armenia and Azerbaijan resumed on Thursday.", "CONSULT", "ARM AZE", "", "occurred"),
    ("Ethiopia and Eritrea restored diplomatic relations after two decades.", "SUPPORT", "ETH ERI", "", "occurred"),
    ("Indonesia praised Malaysia for its help after the floods.", "SUPPORT", "IDN", "MYS", "occurred"),
    ("Mexico and Colombia signed a trade agreement in Bogota.", "SUPPORT", "MEX COL", "", "occurred"),
    ("The United States lifted sanctions on Syria on Monday.", "CONCEDE", "USA", "SYR", "occurred"),
    ("Iran declared a ceasefire with Iraq.", "CONCEDE", "IRN", "IRQ", "occurred"),
    ("Japan and the Philippines held joint naval exercises.", "COOPERATE", "JPN PHL", "", "occurred"),
    ("Peru extradited a former minister to Chile.", "COOPERATE", "PER", "CHL", "occurred"),
    ("Kenya sent 200 tonnes of maize to Malawi.", "AID", "KEN", "MWI", "occurred"),
    ("South Korea is delivering artillery shells to Poland.", "AID", "KOR", "POL", "ongoing"),
    ("France withdrew its troops from Niger.", "RETREAT", "FRA", "NER", "occurred"),
    ("Venezuela has released two Colombian soldiers.", "RETREAT", "VEN", "COL", "occurred"),
    ("Nepal's prime minister resigned on Tuesday.", "RETREAT", "NPL", "", "occurred"),
    ("Washington has urged Kigali to withdraw its troops from eastern Congo.", "REQUEST", "USA", "RWA", "occurred"),
    ("Egypt asked Ethiopia for a new meeting on the dam.", "REQUEST", "EGY", "ETH", "occurred"),
    ("Indian Prime Minister Narendra Modi condemned Pakistan.", "ACCUSE", "IND", "PAK", "occurred"),
    ("The Philippines accused China of ramming its boats.", "ACCUSE", "PHL", "CHN", "occurred"),
    ("South Africa filed a case against Israel at the court in The Hague.", "ACCUSE", "ZAF", "ISR", "occurred"),
    ("Iran rejected accusations by the United States.", "REJECT", "IRN", "USA", "occurred"),
    ("Hungary refused to send troops to Chad.", "REJECT", "HUN", "", "occurred"),
    ("Kosovo and Serbia failed to reach an agreement.", "REJECT", "XKX SRB", "", "occurred"),
    ("Hungary threatened to veto the loan to Ukraine.", "THREATEN", "HUN", "UKR", "occurred"),
    ("Algeria issued an ultimatum to Mali.", "THREATEN", "DZA", "MLI", "occurred"),
    ("Thousands of farmers marched through Warsaw against the Polish government.", "PROTEST", "", "POL", "occurred"),
    ("Canada suspended arms exports to Turkey.", "SANCTION", "CAN", "TUR", "occurred"),
    ("The European Union imposed new sanctions on Belarus.", "SANCTION", "EU", "BLR", "occurred"),
    ("Sudan expelled Norway's ambassador on Friday.", "SANCTION", "SDN", "NOR", "occurred"),
    ("The EU could impose tariffs on Chinese electric cars.", "SANCTION", "EU", "CHN", "possible"),
    ("If Turkey attacks Cyprus, Greece will cut diplomatic ties with Ankara.", "SANCTION", "GRC", "TUR", "conditional"),
    ("China conducted military drills around Taiwan.", "MOBILIZE", "CHN", "", "occurred"),
    ("Poland will deploy thousands of troops along its border with Belarus.", "MOBILIZE", "POL", "BLR", "planned"),
    ("North Korea fired two ballistic missiles towards Japan.", "", "PRK", "JPN", "occurred"),
    ("Russia's annexation of Crimea in 2014 angered the West.", "COERCE", "RUS", "UKR", "occurred"),
    ("Russian police detained two Estonian journalists in Moscow.", "COERCE", "RUS", "EST", "occurred"),
    ("Afghanistan has banned Pakistani newspapers.", "COERCE", "AFG", "PAK", "occurred"),
    ("Israel launched airstrikes on southern Lebanon on Sunday.", "ASSAULT", "ISR", "LBN", "occurred"),
    ("Ukrainian drones struck an oil refinery in Russia.", "ASSAULT", "UKR", "RUS", "occurred"),
    ("Pakistan denied that it had bombed villages in Afghanistan.", "ASSAULT", "PAK", "AFG", "denied"),
    ("Russia is shelling Ukrainian positions near Kupiansk.", "ASSAULT", "RUS", "UKR", "ongoing"),
    ("Azerbaijan plans to invade Armenia, a former general said.", "ASSAULT", "AZE", "ARM", "planned"),
    ("Saudi Arabia will not sign the treaty with Israel.", "SUPPORT", "SAU", "ISR", "denied"),
]  # fmt: skip

QUIET = [
    "Heavy rain struck northern India, killing dozens.",
    "The company said it would close two factories in Ohio.",
    "Scientists met their target of enrolling 30,000 volunteers.",
    "Gold prices hit a record high on Monday.",
    "She called for a taxi and left the hotel.",
    "The museum reopened on Friday after two years of repairs.",
    "India beat Pakistan by six wickets in the final.",
]


def codes(reading: Reading, ids: tuple[str, ...]) -> set[str]:
    by_id = {actor.actor_id: actor for actor in reading.actors}
    return {code for each in ids for code in (each, by_id[each].country if each in by_id else None) if code is not None}


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "kind", "actors", "recipients", "status"), GOLDEN, ids=[row[0][:40] for row in GOLDEN]
)
def test_golden_sentences(pipeline: Pipeline, text: str, kind: str, actors: str, recipients: str, status: str) -> None:
    from dragoman.sources import make_article

    reading = pipeline.read(make_article(text, date=dt.date(2026, 11, 23)))
    told = [
        (e.type, sorted(codes(reading, e.actors)), sorted(codes(reading, e.recipients)), e.status)
        for e in reading.events
    ]
    assert any(
        e.type == (kind or e.type)
        and set(actors.split()) <= codes(reading, e.actors)
        and set(recipients.split()) <= codes(reading, e.recipients) | codes(reading, e.actors)
        and e.status == status
        for e in reading.events
    ), told


@pytest.mark.weights
@pytest.mark.parametrize("text", QUIET)
def test_quiet_sentences_tell_no_event(pipeline: Pipeline, text: str) -> None:
    from dragoman.sources import make_article

    reading = pipeline.read(make_article(text, date=dt.date(2026, 11, 23)))
    assert [(e.type, e.trigger.text) for e in reading.events] == []


@pytest.mark.weights
def test_one_event_told_twice_is_one_record(pipeline: Pipeline) -> None:
    from dragoman.sources import make_article

    text = (
        "Chile, Peru to meet in Lima\n\nThe foreign ministers of Chile and Peru will meet in Lima on Friday.\n\n"
        "The meeting comes after a dispute over fishing rights."
    )
    reading = pipeline.read(make_article(text, date=dt.date(2026, 11, 23)))
    meetings = [event for event in reading.events if event.type == "CONSULT"]
    assert len(meetings) == 1
    assert len(meetings[0].triggers) >= 2
    assert meetings[0].status == "planned"
    assert meetings[0].earliest == dt.date(2026, 11, 27)


def spoken(pipeline: Pipeline, text: str) -> tuple[Reading, list[Event]]:
    from dragoman.sources import make_article

    reading = pipeline.read(make_article(text, date=dt.date(2026, 11, 23)))
    return reading, list(reading.events)


@pytest.mark.weights
def test_an_answer_goes_to_the_accuser(pipeline: Pipeline) -> None:
    reading, events = spoken(pipeline, "Kenya accused Ethiopia of arming militias. Ethiopia rejected the accusation.")
    answer = next(event for event in events if event.type == "REJECT")
    assert codes(reading, answer.actors) == {"ETH"}
    assert codes(reading, answer.recipients) == {"KEN"}


@pytest.mark.weights
def test_casualties_belong_to_the_attack_before_them(pipeline: Pipeline) -> None:
    text = "Israel bombed the port of Hodeidah in Yemen on Sunday.\n\nAt least 12 people were killed in the strike."
    _, events = spoken(pipeline, text)
    attacks = [event for event in events if event.type == "ASSAULT"]
    assert len(attacks) == 1
    assert attacks[0].magnitude is not None
    assert attacks[0].magnitude.dead == 12


@pytest.mark.weights
def test_past_and_coming_meetings_stay_apart(pipeline: Pipeline) -> None:
    text = "The presidents of Ghana and Togo will meet in Accra on Friday.\n\nGhana and Togo last met in May."
    _, events = spoken(pipeline, text)
    assert sorted(event.status for event in events if event.type == "CONSULT") == ["occurred", "planned"]


@pytest.mark.weights
def test_what_is_forbidden_did_not_happen(pipeline: Pipeline) -> None:
    _, events = spoken(pipeline, "Canada banned its banks from buying oil from Russia.")
    assert all(event.status != "occurred" for event in events if event.type == "COOPERATE")


@pytest.mark.weights
def test_conditions_end_before_asides(pipeline: Pipeline) -> None:
    text = "Algeria will cut gas supplies to Spain if Madrid backs Morocco, deepening a dispute between neighbours."
    _, events = spoken(pipeline, text)
    cut = next(event for event in events if event.type == "SANCTION")
    assert cut.status == "conditional"
    assert cut.condition is not None
    assert cut.condition.text == "if Madrid backs Morocco"
