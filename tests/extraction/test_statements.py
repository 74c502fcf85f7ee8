"""Statements: first by hand-made parses, then the examples below through the shipped weights."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate import Annotated, load_annotator
from dragoman.extraction.drafts import trim
from dragoman.extraction.statements import extract_statements, with_events
from dragoman.lexicon.actors import load_actors
from dragoman.lexicon.cues import load_cues
from dragoman.linking.actors import link_actors
from dragoman.mentions.actors import find_actors
from dragoman.mentions.quotes import find_quotes
from dragoman.records import Event, LinkedActors, Statement, Time, span_of
from dragoman.sources import make_article
from tests.speech_docs import named, parsed, text_only

CUES = load_cues()


def statements(
    annotated: Annotated, actors: LinkedActors | None = None, times: tuple[Time, ...] = ()
) -> tuple[Statement, ...]:
    found, _ = extract_statements(annotated, find_quotes(annotated), actors or LinkedActors(), times, (), CUES)
    for statement in found:
        for span in (statement.source, statement.cue, *statement.content):
            assert span is None or annotated.article.text[span.start : span.end] == span.text
    return found


def words(statement: Statement) -> list[str]:
    return [span.text for span in statement.content]


TOLD = """
    Okoro Okoro NNP nsubj 1
    told tell VBD ROOT 1
    reporters reporter NNS iobj 1
    in in IN case 5
    a a DT det 5
    briefing briefing NN obl 1
    on on IN case 7
    Monday Monday NNP obl 1
    that that IN mark 11
    rates rate NNS nsubj 11
    would would MD aux 11
    rise rise VB ccomp 1
    . . . punct 1
"""


def test_indirect_speech_with_what_stands_around_it() -> None:
    annotated = parsed(TOLD)
    day = dt.date(2024, 5, 6)
    start = annotated.article.text.index("Monday")
    monday = Time(start=start, end=start + 6, text="Monday", type="DATE", earliest=day, latest=day)
    (found,) = statements(annotated, named(annotated, OKO="Okoro"), (monday,))
    assert words(found) == ["rates would rise"]
    assert (found.speaker, found.kind, found.act) == ("OKO", "indirect", "assert")
    assert found.source is not None
    assert found.source.text == "Okoro"
    assert found.cue is not None
    assert found.cue.text == "told"
    assert found.addressee is not None
    assert found.addressee.text == "reporters"
    assert found.occasion == "briefing"
    assert (found.earliest, found.latest) == (day, day)
    assert found.evidence["earliest"] == (span_of(annotated.article.text, start, start + 6),)
    assert found.statement_id == f"a#s{annotated.article.text.index('rates')}"


DENIED = """
    Arvonia Arvonia NNP nsubj 3
    has have VBZ aux 3
    repeatedly repeatedly RB advmod 3
    denied deny VBN ROOT 3
    the the DT det 5
    claim claim NN obj 3
    that that IN mark 10
    its its PRP$ nmod:poss 8
    ships ship NNS nsubj 10
    had have VBD aux 10
    fired fire VBN acl 5
    . . . punct 3
"""


def test_the_verb_group_is_the_cue_and_the_clause_of_the_noun_the_content() -> None:
    (found,) = statements(parsed(DENIED))
    assert found.cue is not None
    assert found.cue.text == "has repeatedly denied"
    assert words(found) == ["its ships had fired"]
    assert found.act == "deny"


QUOTED = """
    `` `` `` punct 3 _
    We we PRP nsubj 3
    are be VBP aux 3
    leaving leave VBG ccomp 8
    , , , punct 3
    '' '' '' punct 8
    Lee Lee NNP nsubj:pass 8
    was be VBD aux:pass 8
    quoted quote VBN ROOT 8
    as as IN mark 10
    saying say VBG advcl 8
    by by IN case 12
    Wire Wire NNP obl:agent 8
    . . . punct 8
"""


def test_the_relay_of_quoted_as_saying() -> None:
    annotated = parsed(QUOTED)
    (found,) = statements(annotated, named(annotated, LEE="Lee", WIRE_JRN="Wire"))
    assert (found.speaker, found.relayed_by, found.kind) == ("LEE", ("WIRE_JRN",), "direct")
    assert words(found) == ["We are leaving,"]
    assert found.cue is not None
    assert found.cue.text == "saying"


NESTED = """
    Wire Wire NNP nsubj 1
    reported report VBD ROOT 1
    that that IN mark 4
    Lee Lee NNP nsubj 4
    said say VBD ccomp 1
    talks talk NNS nsubj 6
    failed fail VBD ccomp 4
    . . . punct 1
"""


def test_an_outlet_that_reports_a_statement_is_its_relay() -> None:
    annotated = parsed(NESTED)
    outer, inner = statements(annotated, named(annotated, LEE="Lee", WIRE_JRN="Wire"))
    assert (outer.speaker, words(outer)) == ("WIRE_JRN", ["Lee said talks failed"])
    assert (inner.speaker, words(inner)) == ("LEE", ["talks failed"])
    assert inner.within == outer.statement_id
    assert inner.relayed_by == ("WIRE_JRN",)
    assert inner.evidence["relayed_by"] == (outer.source,)


SPLIT = """
    `` `` `` punct 3 _
    We we PRP nsubj 3
    will will MD aux 3
    pay pay VB ccomp 7
    , , , punct 3
    '' '' '' punct 3
    she she PRP nsubj 7
    said say VBD ROOT 7
    , , , punct 12
    `` `` `` punct 12 _
    but but CC cc 12
    not not RB advmod 12
    today today NN parataxis 7
    . . . punct 12
    '' '' '' punct 12
"""


def test_a_quote_split_by_its_cue_is_one_statement() -> None:
    (found,) = statements(parsed(SPLIT))
    assert words(found) == ["We will pay,", "but not today."]
    assert found.kind == "direct"


WISH = """
    Lee Lee NNP nsubj 1
    wants want VBZ ROOT 1
    to to TO mark 3
    announce announce VB xcomp 1
    that that IN mark 6
    talks talk NNS nsubj 6
    failed fail VBD ccomp 3
    . . . punct 1
"""


def test_what_is_only_wished_has_not_been_said() -> None:
    annotated = parsed(WISH)
    assert statements(annotated) == ()
    wide, _ = extract_statements(annotated, (), LinkedActors(), (), (), CUES, breadth="attitudes")
    assert words(wide[0]) == ["to announce that talks failed"]


@pytest.mark.parametrize("kind", ["promo", "credit", "duplicate"])
def test_credits_promos_and_repeats_do_not_speak(kind: str) -> None:
    assert statements(parsed(TOLD, kind)) == ()


def test_scare_quotes_are_skipped_with_the_reason() -> None:
    annotated = text_only('The so-called "peace train" left.')
    found, skipped = extract_statements(annotated, find_quotes(annotated), LinkedActors(), (), (), CUES)
    assert found == ()
    assert [(each.text, "without a speaker" in each.reason) for each in skipped] == [("peace train", True)]


def test_a_statement_gets_the_events_that_its_content_tells() -> None:
    annotated = parsed(TOLD)
    text = annotated.article.text
    start = text.index("rise")
    event = Event(
        event_id="a#e1", type="COERCE", quad=4, intensity=-1, status="planned", score=1, made_by="test",
        trigger=span_of(text, start, start + 4),
    )  # fmt: skip
    outside = Event(
        event_id="a#e0", type="CONSULT", quad=1, intensity=1, status="occurred", score=1, made_by="test",
        trigger=span_of(text, 6, 10),
    )  # fmt: skip
    (found,) = with_events(statements(annotated), (outside, event))
    assert found.events == ("a#e1",)


@given(st.text(alphabet="ab .,'\"“”‘’(`—:", max_size=30))
def test_trimming_stays_inside(text: str) -> None:
    start, end = trim(text, 0, len(text))
    assert 0 <= start <= end <= len(text)


class Case(NamedTuple):
    """One sentence: what is found of its statement that stands at `nth` place."""

    text: str
    source: str | None
    content: tuple[str, ...]
    act: str = "assert"
    kind: str = "indirect"
    nth: int = 0


EXAMPLES = [
    Case("Prime Minister Ana Duarte told reporters on Monday that her cabinet would not sign the treaty.",
         "Prime Minister Ana Duarte", ("her cabinet would not sign the treaty",)),
    Case('"We will rebuild the bridge before winter," Transport Minister Paul Okoro said at a news conference.',
         "Transport Minister Paul Okoro", ("We will rebuild the bridge before winter,",), kind="direct"),
    Case('"The talks have failed," said Foreign Minister Li Wen. "There is nothing left to discuss."',
         "Foreign Minister Li Wen", ("The talks have failed,", "There is nothing left to discuss."), kind="direct"),
    Case("According to the interior ministry, 40 people were detained during the march.",
         "the interior ministry", ("40 people were detained during the march",)),
    Case("The border will reopen on Friday, officials said.", "officials", ("The border will reopen on Friday",)),
    Case("Fuel prices, the central bank warned, could double by the end of the year.",
         "the central bank", ("Fuel prices", "could double by the end of the year")),
    Case("General Amir Haddad was quoted as saying by Reuters that the offensive had begun.",
         "General Amir Haddad", ("the offensive had begun",)),
    Case("The Kremlin denied that its troops had crossed the border.",
         "The Kremlin", ("its troops had crossed the border",), "deny"),
    Case("Iran rejected the claim that it had supplied the drones.", "Iran", ("it had supplied the drones",), "reject"),
    Case("Ukraine accused Russia of shelling a hospital in Kherson.",
         "Ukraine", ("Russia of shelling a hospital in Kherson",), "accuse"),
    Case("The minister declined to comment on the arrests.", "The minister", ("to comment on the arrests",), "decline"),
    Case("The company did not respond to requests for comment.",
         "The company", ("requests for comment",), "no_response"),
    Case('Opposition leader Maria Silva called the budget "a sham" and vowed to vote against it.',
         "Opposition leader Maria Silva", ('the budget "a sham"',), "accuse", "mixed"),
    Case('Opposition leader Maria Silva called the budget "a sham" and vowed to vote against it.',
         "Opposition leader Maria Silva", ("to vote against it",), "promise", nth=1),
    Case("Germany urged both sides to return to the negotiating table.",
         "Germany", ("both sides to return to the negotiating table",), "request"),
    Case("Turkey threatened to close the straits if the ships returned.",
         "Turkey", ("to close the straits if the ships returned",), "threaten"),
    Case('"Why should we pay?" asked Finance Minister Karl Weber.',
         "Finance Minister Karl Weber", ("Why should we pay?",), "question", "direct"),
    Case("In a statement, the European Union said it regretted the decision.",
         "the European Union", ("it regretted the decision",)),
    Case("Hungary's foreign minister wrote on Facebook that the sanctions had failed.",
         "Hungary's foreign minister", ("the sanctions had failed",)),
    Case("The army said it had lost two posts, adding that reinforcements were on the way.",
         "The army", ("reinforcements were on the way",), nth=1),
    Case("It was reported that the convoy had been attacked.", None, ("the convoy had been attacked",)),
    Case("The minister, who said he had not been told of the plan, resigned on Tuesday.",
         "who", ("he had not been told of the plan",)),
    Case('The governor said the flood was "the worst in memory" and that thousands had fled.',
         "The governor", ('the flood was "the worst in memory" and that thousands had fled',), kind="mixed"),
    Case("The treaty, in the words of one diplomat, is a dead letter.",
         "one diplomat", ("The treaty", "is a dead letter")),
    Case("The poll showed that 60 percent of voters opposed the reform.",
         "The poll", ("60 percent of voters opposed the reform",)),
    Case('"No comment," the ambassador said when asked about the spy case.',
         "the ambassador", ("No comment,",), "decline", "direct"),
    Case("Belarus and Poland said they would reopen the crossing.",
         "Belarus and Poland", ("they would reopen the crossing",)),
    Case("The spokeswoman refused to say whether the hostages were alive.",
         "The spokeswoman", ("to say whether the hostages were alive",), "decline"),
    Case('"We have food for a week.\n"After that nobody knows," the mayor said.',
         "the mayor", ("We have food for a week.", "After that nobody knows,"), kind="direct"),
    Case("Brazil called on the UN to send observers.", "Brazil", ("the UN to send observers",), "request"),
]  # fmt: skip
FRAGMENTS = [
    "he",
    "said",
    "that",
    '"we',
    "“go”",
    ",",
    ".",
    "\n",
    "told",
    "them",
    ":",
    "according",
    "to",
    "deny",
    "not",
    "’",
]
PASSING = 27
"""Of the examples: what the weights in the repository read right at least."""


@cache
def _tools() -> tuple[object, object]:
    return load_annotator(), load_actors()


def read(text: str) -> tuple[Annotated, tuple[Statement, ...]]:
    annotator, lexicon = _tools()
    annotated = annotator.annotate(make_article(text))  # type: ignore[attr-defined]
    actors = link_actors(annotated, find_actors(annotated, lexicon), lexicon, None)  # type: ignore[arg-type]
    return annotated, statements(annotated, actors)


def _right(case: Case) -> bool:
    _, found = read(case.text)
    if len(found) <= case.nth:
        return False
    got = found[case.nth]
    source = got.source.text if got.source else None
    return (source, tuple(words(got)), got.act, got.kind) == (case.source, case.content, case.act, case.kind)


@pytest.mark.weights
def test_examples_are_read_as_a_reader_would() -> None:
    wrong = [case for case in EXAMPLES if not _right(case)]
    assert len(EXAMPLES) - len(wrong) >= PASSING, [
        (case.text, [words(s) for s in read(case.text)[1]]) for case in wrong
    ]


@pytest.mark.weights
def test_a_quote_paragraph_without_a_cue_belongs_to_the_last_speaker() -> None:
    _, found = read(
        '"We fled at night," Mara Lind said in an interview.\n"There was nothing left. We took the children."'
    )
    assert [statement.speaker for statement in found] == [found[0].speaker] * 2
    assert found[0].speaker is not None
    assert found[1].cue is None


@pytest.mark.weights
@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25))
def test_any_text_gives_spans_that_quote_it(parts: list[str]) -> None:
    read(" ".join(parts))
