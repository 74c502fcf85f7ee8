"""Forms of speech by hand-made parses: silence, cited sources, quotes in quotes, coordinated cues; what noise costs."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate import Annotated
from dragoman.extraction.statements import extract_statements
from dragoman.lexicon.cues import load_cues
from dragoman.mentions.quotes import find_quotes
from dragoman.records import LinkedActors, Statement
from tests.speech_docs import named, parsed

CUES = load_cues()


def statements(annotated: Annotated, actors: LinkedActors | None = None) -> tuple[Statement, ...]:
    return extract_statements(annotated, find_quotes(annotated), actors or LinkedActors(), (), (), CUES)[0]


def words(statement: Statement) -> list[str]:
    return [span.text for span in statement.content]


SILENT = """
    Tehran Tehran NNP nsubj 1
    has have VBZ ROOT 1
    yet yet RB advmod 1
    to to TO mark 4
    comment comment VB xcomp 1
    . . . punct 1
"""
CITING = """
    Troops troops NNS nsubj 1
    left leave VBD ccomp 4
    , , , punct 4
    Reuters Reuters NNP nsubj 4
    reported report VBD ROOT 4
    , , , punct 6
    citing cite VBG advcl 4
    officials official NNS obj 6
    . . . punct 4
"""
DENIED_AND_SAID = """
    Thura Thura NNP nsubj 1
    denied deny VBD ROOT 1
    that that IN mark 4
    planes plane NNS nsubj 4
    fell fall VBD ccomp 7
    , , , punct 7
    and and CC cc 7
    said say VBD conj 1
    rebels rebel NNS nsubj 9
    lied lie VBD ccomp 7
    . . . punct 1
"""
NESTED = """
    " " `` punct 2 _
    He he PRP nsubj 2
    said say VBD ccomp 10
    that that IN mark 6
    the the DT det 5
    war war NN nsubj 6
    ended end VBD ccomp 2
    , , , punct 2
    " " '' punct 2
    Smith Smith NNP nsubj 10
    said say VBD ROOT 10
    . . . punct 10
"""
CLAIMED_ATTACK = """
    Bomber bomber NN nsubj 1
    kills kill VBZ ROOT 1
    nine nine CD obj 1
    , , , punct 5
    militants militant NNS nsubj 5
    claim claim VBP parataxis 1
    attack attack NN obj 5
    . . . punct 1
"""


def test_silence_without_an_object_is_its_own_content() -> None:
    annotated = parsed(SILENT)
    (one,) = statements(annotated, named(annotated, IRN="Tehran"))
    assert (one.act, one.speaker, words(one)) == ("no_response", "IRN", ["has yet to comment"])


def test_a_cited_source_speaks_and_the_outlet_relays() -> None:
    annotated = parsed(CITING)
    (one,) = statements(annotated, named(annotated, WIRE_JRN="Reuters", OFFICIALS="officials"))
    assert (one.speaker, one.relayed_by, words(one)) == ("OFFICIALS", ("WIRE_JRN",), ["Troops left"])


def test_each_of_two_coordinated_cues_has_its_own_clause() -> None:
    told = {one.cue.text if one.cue else "": words(one) for one in statements(parsed(DENIED_AND_SAID))}
    assert told == {"denied": ["planes fell"], "said": ["rebels lied"]}


def test_speech_told_in_a_quote_stands_within_it() -> None:
    outer, inner = sorted(statements(parsed(NESTED)), key=lambda one: one.within is not None)
    assert inner.within == outer.statement_id
    assert words(inner) == ["the war ended"]


def test_a_cue_with_an_object_of_its_own_takes_no_clause_before_it() -> None:
    assert [words(one) for one in statements(parsed(CLAIMED_ATTACK))] == [["attack"]]


UNITS = {
    "quote and cue": [
        '" " `` punct {root} _',
        "a a NN obj {said}",
        "\" \" '' punct {root}",
        "said say VBD conj {root}",
    ],
    "speaker and cue": ["he he PRP nsubj {said}", "said say VBD conj {root}", ", , , punct {root}"],
    "marks": ['" " `` punct {root}'],
    "cues": ["said say VBD conj {root}"],
}
"""Rows of one unit of noise; `{said}` is the unit's last cue, `{root}` the first word."""


SENTENCE = 60
"""Units of noise in one sentence: the annotator cuts longer ones."""


def noise(unit: list[str], times: int) -> Annotated:
    rows: list[str] = []
    words = root = 0
    for number in range(times):
        if number % SENTENCE == 0:
            rows += ["--", f"said say VBD ROOT {words}"]
            root, words = words, words + 1
        cue = words + next((at for at, row in enumerate(unit) if row.startswith("said")), 0)
        rows += [row.format(root=root, said=cue) for row in unit]
        words += len(unit)
    return parsed("\n".join(rows[1:]))


@given(st.sampled_from(sorted(UNITS)))
@settings(max_examples=4, deadline=None)
def test_noise_costs_no_more_than_its_length(name: str) -> None:
    """Work grows with the text, not with its square: four times the text takes less than nine times as long."""

    def cost(times: int) -> float:
        annotated = noise(UNITS[name], times)
        start = time.process_time()
        statements(annotated)
        return time.process_time() - start

    assert cost(1200) < 9 * min(cost(300) for _ in range(3)) + 0.1
