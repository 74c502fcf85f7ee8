from __future__ import annotations

import pytest

from dragoman.annotate import Annotated
from dragoman.extraction.disputes import find_disputes
from dragoman.records import Act, LinkedActors, Statement, span_of
from tests.speech_docs import named, parsed

ARTICLE = """
    Arvonia Arvonia NNP nsubj 1
    denied deny VBD ROOT 1
    that that IN mark 6
    its its PRP$ nmod:poss 4
    ships ship NNS nsubj 6
    had have VBD aux 6
    shelled shell VBN ccomp 1
    the the DT det 8
    harbour harbour NN obj 6
    . . . punct 1
    --
    Belmark Belmark NNP nsubj 11
    said say VBD ROOT 11
    ships ship NNS nsubj 13
    shelled shell VBD ccomp 11
    the the DT det 16
    old old JJ amod 16
    harbour harbour NN obj 13
    . . . punct 11
    --
    Carvia Carvia NNP nsubj 19
    said say VBD ROOT 19
    rain rain NN nsubj 21
    ruined ruin VBD ccomp 19
    harvests harvest NNS obj 21
    . . . punct 19
    --
    Dorn Dorn NNP nsubj 25
    says say VBZ ROOT 25
    that that DT nsubj 29
    is be VBZ cop 29
    exactly exactly RB advmod 29
    what what WP ccomp 25
    happened happen VBD acl:relcl 29
    . . . punct 25
    --
    Arvonia Arvonia NNP nsubj 33
    rejected reject VBD ROOT 33
    the the DT det 35
    accusation accusation NN obj 33
    . . . punct 33
"""


def said(annotated: Annotated, speaker: str, text: str, act: Act, nth: int = 0) -> Statement:
    start = -1
    for _ in range(nth + 1):
        start = annotated.article.text.index(text, start + 1)
    span = span_of(annotated.article.text, start, start + len(text))
    return Statement(statement_id=f"a#s{start}", speaker=speaker, content=(span,), kind="indirect", act=act)


@pytest.fixture(scope="module")
def article() -> Annotated:
    return parsed(ARTICLE)


def disputes(annotated: Annotated, *found: Statement) -> list[tuple[str, list[str], list[str]]]:
    by_id = {statement.statement_id: statement.speaker or "" for statement in found}
    actors: LinkedActors = named(annotated, ARV="Arvonia", BEL="Belmark")
    return [
        (each.proposition.text, [by_id[i] for i in each.asserted_by], [by_id[i] for i in each.rejected_by])
        for each in find_disputes(annotated, found, actors)
    ]


def test_one_denies_what_the_other_says(article: Annotated) -> None:
    denial = said(article, "ARV", "its ships had shelled the harbour", "deny")
    claim = said(article, "BEL", "ships shelled the old harbour", "assert")
    assert disputes(article, denial, claim) == [("its ships had shelled the harbour", ["BEL"], ["ARV"])]


def test_other_matters_and_the_same_speaker_are_no_dispute(article: Annotated) -> None:
    denial = said(article, "ARV", "its ships had shelled the harbour", "deny")
    assert disputes(article, denial, said(article, "CAR", "rain ruined harvests", "assert")) == []
    assert disputes(article, denial, said(article, "ARV", "ships shelled the old harbour", "assert")) == []
    assert disputes(article, said(article, "BEL", "ships shelled the old harbour", "assert")) == []


def test_the_same_words_reported_and_rejected(article: Annotated) -> None:
    denial = said(article, "ARV", "its ships had shelled the harbour", "reject")
    claim = said(article, "BEL", "its ships had shelled the harbour", "assert")
    other = Statement(statement_id="a#s0.1", speaker="BEL", content=claim.content, kind="indirect", act="assert")
    (found,) = find_disputes(article, (denial, other), LinkedActors())
    assert (found.asserted_by, found.rejected_by) == (("a#s0.1",), (denial.statement_id,))


def test_a_bare_accusation_points_to_the_last_one(article: Annotated) -> None:
    claim = said(article, "BEL", "ships shelled the old harbour", "accuse")
    answer = said(article, "ARV", "the accusation", "reject")
    assert disputes(article, claim, answer) == [("ships shelled the old harbour", ["BEL"], ["ARV"])]


def test_that_is_exactly_what_happened() -> None:
    annotated = parsed("""
        Arvonia Arvonia NNP nsubj 1
        denied deny VBD ROOT 1
        ships ship NNS nsubj 3
        fired fire VBD ccomp 1
        rockets rocket NNS obj 3
        , , , punct 7
        Dorn Dorn NNP nsubj 7
        says say VBZ conj 1
        that that DT nsubj 11
        is be VBZ cop 11
        exactly exactly RB advmod 11
        what what WP ccomp 7
        happened happen VBD acl:relcl 11
        . . . punct 1
    """)
    denial = said(annotated, "ARV", "ships fired rockets", "deny")
    claim = said(annotated, "DOR", "that is exactly what happened", "assert")
    assert disputes(annotated, denial, claim) == [("ships fired rockets", ["DOR"], ["ARV"])]
