"""The type of what a given source does to a given target, on hand-made documents and, in own words, on the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.tokens import Doc

from dragoman.annotate.predication import hyphenated
from dragoman.extraction.dyads import code_dyad
from dragoman.lexicon.predicates import Predicates, load_predicates
from tests.event_docs import annotated, make_doc

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline


@pytest.fixture(scope="module")
def predicates() -> Predicates:
    return load_predicates()


def test_predicate_between_the_spans(predicates: Predicates) -> None:
    doc = make_doc(
        "Oslo/NNP/PROPN/nsubj/2 praised=praise/VBD/VERB/ROOT/0 Rome/NNP/PROPN/obj/2 after/IN/SCONJ/mark/6"
        " it/PRP/PRON/nsubj/6 condemned=condemn/VBD/VERB/advcl/2 Minsk/NNP/PROPN/obj/6"
    )
    text = annotated(doc)
    assert code_dyad(text, (0, 4), (13, 17), predicates) == "SUPPORT"
    assert code_dyad(text, (24, 26), (37, 42), predicates) == "ACCUSE"


@pytest.mark.parametrize(
    ("sentence", "root"),
    [
        ("Oslo/NNP/PROPN/nsubj/3 will/MD/AUX/aux/3 free/VB/VERB/ROOT/0 captives=captive/NNS/NOUN/obj/3", "AGREE"),
        ("Oslo/NNP/PROPN/nsubj/3 will/MD/AUX/aux/3 attack/VB/VERB/ROOT/0 Rome/NNP/PROPN/obj/3", "THREATEN"),
        (
            "Oslo/NNP/PROPN/nsubj/4 will/MD/AUX/aux/4 not/RB/PART/advmod/4 free/VB/VERB/ROOT/0"
            " captives=captive/NNS/NOUN/obj/4",
            "REJECT",
        ),
    ],
)
def test_promise_threat_and_refusal(sentence: str, root: str, predicates: Predicates) -> None:
    assert code_dyad(annotated(make_doc(sentence)), (0, 4), None, predicates) == root


def test_never_empty(predicates: Predicates) -> None:
    doc = make_doc("Nothing/NN/PRON/nsubj/2 rhymes=rhyme/VBZ/VERB/ROOT/0")
    assert code_dyad(annotated(doc), (0, 3), (4, 6), predicates)
    assert code_dyad(annotated(doc), None, None, predicates)


@pytest.mark.weights
@pytest.mark.parametrize(
    ("sentence", "source", "target", "root"),
    [
        ("Kenya has sent 200 tonnes of maize to Malawi.", "Kenya", "Malawi", "AID"),
        ("Lima withdrew its ambassador from Caracas.", "Lima", "Caracas", "SANCTION"),
        (
            "Prosecutors in Madrid opened an investigation into the minister.",
            "Prosecutors in Madrid",
            "the minister",
            "ACCUSE",
        ),
        ("The rebels agreed to hand over their weapons to the mission.", "The rebels", "the mission", "AGREE"),
        ("Tunis urged Tripoli to reopen the crossing.", "Tunis", "Tripoli", "REQUEST"),
    ],
)
def test_own_sentences(pipeline: Pipeline, sentence: str, source: str, target: str, root: str) -> None:
    from dragoman.sources import make_article

    text = pipeline.annotator.annotate(make_article(sentence))
    spans = [(sentence.index(words), sentence.index(words) + len(words)) for words in (source, target)]
    assert code_dyad(text, spans[0], spans[1], pipeline.lexicon.predicates) == root


def test_hyphenated_word_is_one_word() -> None:
    words, vocab = ["a", "sit", "-", "in", "began"], spacy.blank("en").vocab
    doc = Doc(vocab, words=words, spaces=[True, False, False, True, False], lemmas=[*words[:4], "begin"])
    assert set(hyphenated(doc[3])) == {"sit-in", "sitin"}
    assert hyphenated(doc[4]) == ()
    assert hyphenated(Doc(vocab, words=words, lemmas=words)[3]) == ()


def test_weak_rows_only_where_an_act_is_given(predicates: Predicates) -> None:
    assert len(predicates.weak) >= 1000
    assert ("hamper", "v") not in predicates.rows
    assert ("hamper", "v") in predicates.wide.rows
    assert {row.row_id for row in predicates.by_id.values()}.isdisjoint(row.row_id for row in predicates.weak)


def test_resolution_tells_what_it_says(predicates: Predicates) -> None:
    doc = make_doc(
        "Oslo/NNP/PROPN/nsubj/2 passed=pass/VBD/VERB/ROOT/0 a/DT/DET/det/4 resolution/NN/NOUN/obj/2"
        " denouncing=denounce/VBG/VERB/acl/4 Minsk/NNP/PROPN/obj/5"
    )
    assert code_dyad(annotated(doc), (0, 4), (35, 40), predicates) == "ACCUSE"
