"""The tables of events: whole, strict, quick, and true to the codebook's names."""

from __future__ import annotations

import time
from typing import get_args

import pytest

from dragoman.lexicon.predicates import NO_EVENT, PREPOSITIONS, Predicates, load_predicates
from dragoman.records import AgendaKind, EventType

SLOTS = {"subj", "obj", "clause", "poss", "mod", "between", "-"} | PREPOSITIONS
MORE_SLOTS = {
    "behind", "outside", "near", "around", "along", "off", "through", "toward", "towards", "under", "as", "alongside",
}  # fmt: skip
ENTITIES = {"ACTOR", "PERSON", "CLAUSE", "TO"}


@pytest.fixture(scope="module")
def predicates() -> Predicates:
    return load_predicates()


def test_table_is_large_and_every_row_has_its_own_id(predicates: Predicates) -> None:
    rows = [row for rows in predicates.rows.values() for row in rows]
    assert len(rows) >= 1200
    assert len(predicates.by_id) == len(rows)
    assert {row.type for row in rows} == {*get_args(EventType), NO_EVENT}


def test_frames_are_made_of_known_slots(predicates: Predicates) -> None:
    for row in predicates.by_id.values():
        left, right = row.frame.replace("=", ">").split(">")
        assert set(left.split("/")) | set(right.split("/")) <= SLOTS | MORE_SLOTS, row


def test_modes_are_those_of_the_codebook(predicates: Predicates) -> None:
    types = predicates.plover.types
    for row in predicates.by_id.values():
        if row.mode:
            assert row.mode in types[row.type].modes, row  # type: ignore[index]


def test_object_classes_exist(predicates: Predicates) -> None:
    known = {name for names in predicates.classes.values() for name in names} | ENTITIES
    for row in predicates.by_id.values():
        asked = {name for name in row.object if not name.startswith("=")} | ({row.complement} - {""})
        assert asked <= known, row


def test_cameo_codes_are_two_to_four_digits(predicates: Predicates) -> None:
    assert all(not row.cameo or (row.cameo.isdigit() and 2 <= len(row.cameo) <= 4) for row in predicates.by_id.values())


def test_every_type_has_its_quad_and_scores_on_the_scale(predicates: Predicates) -> None:
    types = predicates.plover.types
    assert set(types) == set(get_args(EventType))
    assert {entry.quad for entry in types.values()} == {1, 2, 3, 4}
    for entry in types.values():
        assert -10 <= entry.intensity <= 10
        assert all(-10 <= score <= 10 for score in entry.modes.values())


def test_mode_changes_the_intensity(predicates: Predicates) -> None:
    assert predicates.intensity("RETREAT", "disarm") == 10.0
    assert predicates.intensity("RETREAT", None) == 6.5
    assert predicates.intensity("RETREAT", "no such mode") == 6.5


def test_more_particular_rows_come_first(predicates: Predicates) -> None:
    for rows in predicates.rows.values():
        weights = [row.weight for row in rows]
        assert weights == sorted(weights, reverse=True)
    assert predicates.rows["cut", "v"][0].particle


def test_agenda_kinds_are_those_of_the_records(predicates: Predicates) -> None:
    assert {row.kind for rows in predicates.agenda.values() for row in rows} <= set(get_args(AgendaKind))


@pytest.mark.parametrize(
    ("form", "lemma", "pos", "expected"),
    [
        ("freed", "fre", "v", "free"),
        ("bombing", "bom", "v", "bomb"),
        ("retook", "retook", "v", "retake"),
        ("knitting", "knit", "v", None),
        ("ambushes", "ambushes", "n", "ambush"),
    ],
)
def test_wrong_lemmas_are_caught(predicates: Predicates, form: str, lemma: str, pos: str, expected: str | None) -> None:
    rows = predicates.rows_of(form, lemma, pos)
    assert (rows[0].lemma if rows else None) == expected


def test_loads_quickly() -> None:
    began = time.perf_counter()
    load_predicates()
    assert time.perf_counter() - began < 1.0
