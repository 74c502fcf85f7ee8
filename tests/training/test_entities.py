"""Entity masks of the training sets, on sentences of our own."""

from __future__ import annotations

import pytest

from training import entities
from training.entities import BIT, both, date_positions, gum_entities, treebank_allowed, typed_allowed


@pytest.fixture(autouse=True)
def _demonyms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of `kb/` are not in the repository."""
    monkeypatch.setattr(entities, "peoples", lambda: frozenset({"Turkish", "Germans"}))


def test_labels_of_a_set_are_certain_and_the_rest_is_open() -> None:
    words = ["Turkish", "police", "met", "Anna", "Kern", "in", "Bonn"]
    masks = typed_allowed("wikigold", words, ["O", "O", "O", "I-PER", "I-PER", "O", "I-LOC"])
    assert masks[0] == BIT["B-NORP"]
    assert masks[1] == BIT["O"]
    assert masks[3:5] == (BIT["B-PER"], BIT["I-PER"])
    assert masks[6] == BIT["B-LOC"]


def test_what_a_set_does_not_mark_stays_open() -> None:
    masks = typed_allowed("uner_ewt", ["Everybody", "loves", "Easter"], ["O", "O", "O"])
    assert masks[2] & BIT["O"]
    assert masks[2] & BIT["B-MISC"]
    assert not masks[2] & BIT["B-PER"]


def test_nominal_mentions_are_no_names() -> None:
    words = ["the", "camp", "near", "Homs"]
    masks = typed_allowed("re3d", words, ["B-Location", "I-Location", "O", "B-Location"])
    assert masks[1] == BIT["O"]
    assert masks[3] == BIT["B-LOC"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("on 4 May 2021 they met", {1: "B-DATE", 2: "I-DATE", 3: "I-DATE"}),
        ("on Friday they may march", {1: "B-DATE"}),
        ("in 1999 it began", {1: "B-DATE"}),
        ("March 3 , 2020", {0: "B-DATE", 1: "I-DATE", 2: "I-DATE", 3: "I-DATE"}),
        ("it cost 1999 dollars", {}),
    ],
)
def test_calendar_dates(text: str, labels: dict[int, str]) -> None:
    assert date_positions(text.split()) == labels


def test_treebank_words_without_a_names_tag_are_no_names() -> None:
    masks = treebank_allowed(
        ["They", "saw", "Bob", "again"], ["PRP", "VBD", "NNP", "RB"], ["they", "see", "Bob", "again"]
    )
    assert (masks[0], masks[1], masks[3]) == (BIT["O"],) * 3
    assert masks[2] & both("PER") == both("PER")


def test_gum_brackets() -> None:
    cells = [
        "Entity=(1-person-new-x-cf1-2-sgl",
        "Entity=1)|SpaceAfter=No",
        "_",
        "Entity=(2-place-new-x-cf2-1-coref-Oslo)",
    ]
    found = gum_entities(cells)
    assert [(e.start, e.end, e.kind) for e in found] == [(0, 2, "person"), (3, 4, "place")]
    assert found[0].core == (1,)
    assert found[1].linked
