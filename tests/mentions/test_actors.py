from __future__ import annotations

import pytest

from dragoman.lexicon.actor_words import load_actor_words
from dragoman.mentions.actors import find_actors
from dragoman.mentions.story import story_spans
from dragoman.records import Block, Mention
from tests.actor_docs import annotated, small_lexicon

LEXICON = small_lexicon()


def found(rows: str) -> dict[str, Mention]:
    article = annotated(rows)
    mentions = find_actors(article, LEXICON)
    for mention in mentions:
        assert article.article.text[mention.start : mention.end] == mention.text
        assert mention.start <= article.doc[mention.head].idx < mention.end
    return {mention.text: mention for mention in mentions}


def test_a_title_stays_outside_the_name_and_its_demonym_is_a_mention() -> None:
    mentions = found("""
        Arvonian JJ amod 1 NORP
        President NNP nmod:desc 2 PER
        Jon NNP nsubj 4 I-PER
        Roe NNP flat 2 I-PER
        spoke VBD ROOT 4
        . . punct 4""")
    assert set(mentions) == {"Arvonian", "Jon Roe"}
    assert mentions["Jon Roe"].label == "PER"
    assert mentions["Arvonian"].entry == "ARV"


def test_an_honorific_stays_where_one_name_follows() -> None:
    mentions = found("""
        Mr. NNP nmod:desc 1 PER
        Roe NNP nsubj 2 I-PER
        left VBD ROOT 2
        . . punct 2""")
    assert set(mentions) == {"Mr. Roe"}


@pytest.mark.parametrize(
    ("rows", "is_actor"),
    [
        ("Arvo NNP nsubj 1 LOC\nsaid VBD ROOT 1\nno DT obj 1", True),
        ("He PRP nsubj 1\nspoke VBD ROOT 1\nin IN case 3\nArvo NNP obl 1 LOC", False),
        ("ties NNS nsubj 5\nbetween IN case 2\nArvo NNP nmod 0\nand CC cc 4\nBelport NNP conj 2\nend VBP ROOT 5", True),
        ("Arvo NNP nmod:poss 2 LOC\n's POS case 0\nplan NN nsubj 3\nfailed VBD ROOT 3", True),
        ("Arvo NNP nmod:poss 2 LOC\n's POS case 0\nstreets NNS nsubj 3\nemptied VBD ROOT 3", False),
        ("They PRP nsubj 1\naccuse VBP ROOT 1\nArvo NNP obj 1 LOC", True),
        ("They PRP nsubj 1\nreach VBP ROOT 1\nArvo NNP obj 1 LOC", False),
    ],
)  # fmt: skip
def test_a_capital_is_an_actor_only_where_it_acts(rows: str, is_actor: bool) -> None:
    mentions = found(rows)
    assert ("Arvo" in mentions) is is_actor
    if is_actor:
        assert mentions["Arvo"].form == "metonym"
        assert mentions["Arvo"].entry == "ARV"


def test_nominals_reach_from_determiner_to_head() -> None:
    mentions = found("""
        The DT det 2
        two CD nummod 2
        leaders NNS nsubj 3
        met VBD ROOT 3
        angry JJ amod 5
        protesters NNS obj 3
        . . punct 3""")
    assert {(text, mention.form) for text, mention in mentions.items()} == {
        ("The two leaders", "nominal"), ("angry protesters", "nominal"),
    }  # fmt: skip


def test_the_demonym_of_a_place_is_no_actor_and_that_of_a_deed_is() -> None:
    mentions = found("""
        The DT det 2
        Belmarkish JJ amod 2 NORP
        invasion NN nsubj 3
        reached VBD ROOT 3
        an DT det 6
        Arvonian JJ amod 6 NORP
        city NN obj 3""")
    assert set(mentions) == {"Belmarkish"}


def test_a_surname_that_the_encoder_missed_is_found_again() -> None:
    mentions = find_actors(
        annotated("""
        Jon NNP nsubj 2 PER
        Roe NNP flat 0 I-PER
        spoke VBD ROOT 2
        . . punct 2
        --
        Roe NNP nsubj 5
        left VBD ROOT 5"""),
        LEXICON,
    )
    assert [mention.text for mention in mentions] == ["Jon Roe", "Roe"]


def test_bylines_and_credits_have_no_actors() -> None:
    rows = """
        Anton NNP nsubj 2 PER
        Veer NNP flat 0 I-PER
        speaks VBZ ROOT 2
        . . punct 2
        ( -LRB- punct 5
        Ada NNP dep 2 PER
        Moss NNP flat 5 I-PER
        / , punct 5
        Reuters NNP dep 5 ORG
        ) -RRB- punct 5"""
    text = annotated(rows).article.text
    caption = annotated(rows, (Block(start=0, end=len(text), kind="caption"),))
    byline = annotated(rows, (Block(start=0, end=len(text), kind="byline"),))
    assert [mention.text for mention in find_actors(caption, LEXICON)] == ["Anton Veer"]
    assert find_actors(byline, LEXICON) == ()


def test_a_dateline_is_left_out() -> None:
    article = annotated("""
        BELPORT NNP dep 4 LOC
        ( -LRB- punct 2
        AP NNP appos 0 ORG
        ) -RRB- punct 2
        - , punct 0
        Veer NNP nsubj 6 PER
        spoke VBD ROOT 6""")
    (span,) = story_spans(article, load_actor_words())
    assert article.article.text[span[0] : span[1]] == "Veer spoke"
