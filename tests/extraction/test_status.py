"""Status on hand-made documents: tense, modals, governing words, negation, conditions, nominal cues."""

from __future__ import annotations

import pytest

from dragoman.extraction.settings import Clauses
from dragoman.extraction.status import asked, condition_words, read_status
from dragoman.lexicon.predicates import Predicates, load_predicates
from tests.event_docs import make_doc

MEET = "meet"


@pytest.fixture(scope="module")
def predicates() -> Predicates:
    return load_predicates()


CASES = {
    "occurred": "They/PRP/PRON/nsubj/2 met=meet/VBD/VERB/ROOT/0",
    "ongoing": "They/PRP/PRON/nsubj/3 are=be/VBP/AUX/aux/3 attacking=attack/VBG/VERB/ROOT/0",
    "planned": "They/PRP/PRON/nsubj/3 will/MD/AUX/aux/3 meet/VB/VERB/ROOT/0",
    "possible": "They/PRP/PRON/nsubj/3 may/MD/AUX/aux/3 meet/VB/VERB/ROOT/0",
    "denied": "They/PRP/PRON/nsubj/4 did=do/VBD/AUX/aux/4 not/RB/PART/advmod/4 meet/VB/VERB/ROOT/0",
}


@pytest.mark.parametrize(("status", "sentence"), CASES.items())
def test_finite_verbs_speak_for_themselves(status: str, sentence: str, predicates: Predicates) -> None:
    doc = make_doc(sentence)
    assert read_status(doc[-1], predicates).status == status


@pytest.mark.parametrize(
    ("matrix", "tag", "status"),
    [
        ("plan", "VBP", "planned"), ("agreed=agree", "VBD", "planned"), ("refused=refuse", "VBD", "denied"),
        ("failed=fail", "VBD", "denied"), ("want", "VBP", "possible"), ("threatened=threaten", "VBD", "possible"),
        ("managed=manage", "VBD", "occurred"), ("tried=try", "VBD", "possible"),
    ],
)  # fmt: skip
def test_matrix_verbs(matrix: str, tag: str, status: str, predicates: Predicates) -> None:
    doc = make_doc(f"They/PRP/PRON/nsubj/2 {matrix}/{tag}/VERB/ROOT/0 to/TO/PART/mark/4 meet/VB/VERB/xcomp/2")
    assert read_status(doc[3], predicates).status == status


def test_expected_to(predicates: Predicates) -> None:
    doc = make_doc(
        "They/PRP/PRON/nsubj:pass/3 are=be/VBP/AUX/aux:pass/3 expected=expect/VBN/VERB/ROOT/0 to/TO/PART/mark/5"
        " meet/VB/VERB/xcomp/3"
    )
    mood = read_status(doc[4], predicates)
    assert mood.status == "planned"
    assert [cue.text for cue in mood.cues] == ["expected"]


def test_refusal_denied_is_no_refusal(predicates: Predicates) -> None:
    doc = make_doc(
        "They/PRP/PRON/nsubj/4 did=do/VBD/AUX/aux/4 not/RB/PART/advmod/4 refuse/VB/VERB/ROOT/0 to/TO/PART/mark/6"
        " meet/VB/VERB/xcomp/4"
    )
    assert read_status(doc[5], predicates).status == "occurred"


def test_denied_gerund(predicates: Predicates) -> None:
    doc = make_doc(
        "Rebels/NNS/NOUN/nsubj/2 denied=deny/VBD/VERB/ROOT/0 shelling=shell/VBG/VERB/xcomp/2 homes/NNS/NOUN/obj/3"
    )
    assert read_status(doc[2], predicates).status == "denied"


def test_if_clause_is_the_condition(predicates: Predicates) -> None:
    doc = make_doc(
        "They/PRP/PRON/nsubj/3 will/MD/AUX/aux/3 meet/VB/VERB/ROOT/0 if/IN/SCONJ/mark/6 rain/NN/NOUN/nsubj/6"
        " stops=stop/VBZ/VERB/advcl/3"
    )
    mood = read_status(doc[2], predicates)
    assert mood.status == "conditional"
    assert mood.condition is not None
    start, end = condition_words(mood.condition)
    assert doc.text[start:end] == "if rain stops"
    assert read_status(doc[5], predicates).status == "possible"


def test_until_binds_only_what_is_not_done(predicates: Predicates) -> None:
    held = make_doc(
        "They/PRP/PRON/nsubj/4 will/MD/AUX/aux/4 not/RB/PART/advmod/4 meet/VB/VERB/ROOT/0 until/IN/SCONJ/mark/7"
        " rain/NN/NOUN/nsubj/7 stops=stop/VBZ/VERB/advcl/4"
    )
    going = make_doc(
        "They/PRP/PRON/nsubj/3 will/MD/AUX/aux/3 fight/VB/VERB/ROOT/0 until/IN/SCONJ/mark/6 rain/NN/NOUN/nsubj/6"
        " stops=stop/VBZ/VERB/advcl/3"
    )
    assert read_status(held[3], predicates).status == "conditional"
    assert read_status(going[2], predicates).status == "planned"


def test_would_after_said_is_a_plan(predicates: Predicates) -> None:
    doc = make_doc(
        "He/PRP/PRON/nsubj/2 said=say/VBD/VERB/ROOT/0 they/PRP/PRON/nsubj/5 would/MD/AUX/aux/5 meet/VB/VERB/ccomp/2"
    )
    assert read_status(doc[4], predicates).status == "planned"


@pytest.mark.parametrize(("noun", "status"), [("proposal", "possible"), ("plan", "planned"), ("refusal", "denied")])
def test_nominal_cues(noun: str, status: str, predicates: Predicates) -> None:
    doc = make_doc(
        f"The/DT/DET/det/2 {noun}/NN/NOUN/nsubj/5 to/TO/PART/mark/4 meet/VB/VERB/acl/2 failed=fail/VBD/VERB/ROOT/0"
    )
    assert read_status(doc[3], predicates).status == status


@pytest.mark.parametrize(("word", "status"), [("planned", "planned"), ("possible", "possible"), ("failed", "denied")])
def test_adjectives_before_event_nouns(word: str, status: str, predicates: Predicates) -> None:
    doc = make_doc(f"The/DT/DET/det/3 {word}/JJ/ADJ/amod/3 summit/NN/NOUN/nsubj/4 drew=draw/VBD/VERB/ROOT/0")
    assert read_status(doc[2], predicates).status == status


def test_fears_of(predicates: Predicates) -> None:
    doc = make_doc("Fears=fear/NNS/NOUN/nsubj/4 of/IN/ADP/case/3 invasion/NN/NOUN/nmod/1 grew=grow/VBD/VERB/ROOT/0")
    assert read_status(doc[2], predicates).status == "possible"


def test_questions_assert_nothing(predicates: Predicates) -> None:
    doc = make_doc("Will/MD/AUX/aux/3 they/PRP/PRON/nsubj/3 meet/VB/VERB/ROOT/0 ?/./PUNCT/punct/3")
    assert asked(read_status(doc[2], predicates)).status == "possible"
    assert Clauses.of(doc, (), (), None).is_question(doc[2])
