"""Triggers on hand-made documents: lemma, particle, object class, nouns that belong to their verb."""

from __future__ import annotations

import pytest

from dragoman.lexicon.predicates import Predicates, load_predicates
from dragoman.mentions.triggers import find_triggers
from tests.event_docs import annotated, make_doc


@pytest.fixture(scope="module")
def predicates() -> Predicates:
    return load_predicates()


def types(sentence: str, predicates: Predicates) -> list[tuple[str, str]]:
    found = find_triggers(annotated(make_doc(sentence)), predicates)
    return [(each.text, predicates.row(each.entries[0]).type) for each in found]


def test_the_object_decides(predicates: Predicates) -> None:
    gas = "Moscow/NNP/PROPN/nsubj/2 cut=cut/VBD/VERB/ROOT/0 gas/NN/NOUN/compound/4 supplies=supply/NNS/NOUN/obj/2"
    ties = "Moscow/NNP/PROPN/nsubj/2 cut=cut/VBD/VERB/ROOT/0 diplomatic/JJ/ADJ/amod/4 ties=tie/NNS/NOUN/obj/2"
    cake = "Moscow/NNP/PROPN/nsubj/2 cut=cut/VBD/VERB/ROOT/0 the/DT/DET/det/4 cake/NN/NOUN/obj/2"
    assert types(gas, predicates) == [("cut gas supplies", "SANCTION")]
    assert types(ties, predicates) == [("cut diplomatic ties", "SANCTION")]
    assert types(cake, predicates) == []


def test_light_verb_takes_its_noun_in(predicates: Predicates) -> None:
    held = "They=they/PRP/PRON/nsubj/2 held=hold/VBD/VERB/ROOT/0 tense/JJ/ADJ/amod/4 talks=talk/NNS/NOUN/obj/2"
    assert types(held, predicates) == [("held tense talks", "CONSULT")]


def test_passive_subject_is_the_object(predicates: Predicates) -> None:
    lifted = "Sanctions=sanction/NNS/NOUN/nsubj:pass/3 were=be/VBD/AUX/aux:pass/3 lifted=lift/VBN/VERB/ROOT/0"
    assert [kind for _, kind in types(lifted, predicates)] == ["CONCEDE"]


def test_particle_must_be_in_the_clause(predicates: Predicates) -> None:
    out = "Troops=troop/NNS/NOUN/nsubj/2 pulled=pull/VBD/VERB/ROOT/0 out/RP/ADP/compound:prt/2"
    bare = "Troops=troop/NNS/NOUN/nsubj/2 pulled=pull/VBD/VERB/ROOT/0 carts=cart/NNS/NOUN/obj/2"
    assert [kind for _, kind in types(out, predicates)] == ["RETREAT"]
    assert types(bare, predicates) == []


def test_infinitive_mark_is_no_particle(predicates: Predicates) -> None:
    sentence = "He/PRP/PRON/nsubj/2 agreed=agree/VBD/VERB/ROOT/0 to/TO/PART/mark/4 resign/VB/VERB/xcomp/2"
    assert types(sentence, predicates)[0] == ("agreed", "AGREE")


def test_rows_of_no_event_silence_the_verb(predicates: Predicates) -> None:
    goals = "Firms=firm/NNS/NOUN/nsubj/2 met=meet/VBD/VERB/ROOT/0 some/DT/DET/det/4 targets=target/NNS/NOUN/obj/2"
    assert types(goals, predicates) == []


def test_called_names_decide(predicates: Predicates) -> None:
    sentence = (
        "She/PRP/PRON/nsubj/2 called=call/VBD/VERB/ROOT/0 the/DT/DET/det/4 plan/NN/NOUN/obj/2 illegal/JJ/ADJ/xcomp/2"
    )
    assert [kind for _, kind in types(sentence, predicates)] == ["ACCUSE"]


def test_noun_needs_its_modifier(predicates: Predicates) -> None:
    hunger = "A/DT/DET/det/3 hunger/NN/NOUN/compound/3 strike/NN/NOUN/nsubj/4 began=begin/VBD/VERB/ROOT/0"
    lucky = "A/DT/DET/det/3 lucky/JJ/ADJ/amod/3 strike/NN/NOUN/nsubj/4 began=begin/VBD/VERB/ROOT/0"
    assert ("strike", "PROTEST") in types(hunger, predicates)
    assert types(lucky, predicates) == []


def test_spans_quote_the_text(predicates: Predicates) -> None:
    doc = make_doc(
        "They/PRP/PRON/nsubj/2 carried=carry/VBD/VERB/ROOT/0 out/RP/ADP/compound:prt/2 drills=drill/NNS/NOUN/obj/2"
    )
    found = find_triggers(annotated(doc), predicates)
    assert [trigger.text for trigger in found] == ["carried out drills"]
    for trigger in found:
        assert doc.text[trigger.start : trigger.end] == trigger.text
        assert doc[trigger.head].lemma_ == trigger.lemma
