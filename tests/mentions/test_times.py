"""Finding time expressions: spans, what is no time, and which way they look."""

from __future__ import annotations

import time
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.lexicon.times import load_times
from dragoman.mentions.times import find_times, read_tokens
from dragoman.records import Article, Block, TimeMention

WORDS = load_times()
NLP = spacy.blank("en")


def plain(text: str) -> Any:
    return SimpleNamespace(article=Article(article_id="a", text_id="t", text=text), doc=NLP.make_doc(text))


def find(text: str) -> list[str]:
    return [mention.text for mention in find_times(plain(text), WORDS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pair met on Sept. 15 and 16 in Oslo.", ["Sept. 15 and 16"]),
        ("It began in late 2019 and ended last week.", ["late 2019", "last week"]),
        ("Over the past three months, or two years ago.", ["the past three months", "two years ago"]),
        ("She left on Wednesday, May 5, 2021, at 3 p.m. ET.", ["Wednesday, May 5, 2021", "3 p.m. ET"]),
        ("It was his first trip in 2½ years.", ["2½ years"]),
        ("From 14-16 May and again on 3 June 2020.", ["14-16 May", "3 June 2020"]),
        ("They meet every Friday, twice a week, or daily.", ["every Friday", "twice a week", "daily"]),
        ("In the third quarter of 2021 and in fiscal 2022", ["the third quarter of 2021", "fiscal 2022"]),
        ("the day before yesterday, tonight and tomorrow", ["the day before yesterday", "tonight", "tomorrow"]),
        ("by the end of the year, or early next month", ["the end of the year", "early next month"]),
        ("in the mid-1990s and the early 20th century", ["the mid-1990s", "the early 20th century"]),
        ("in nineteen ninety-six and January two thousand one", ["nineteen ninety-six", "January two thousand one"]),
        ("on New Year's Eve 2021 and on Election Day", ["New Year's Eve 2021", "Election Day"]),
        ("at 1500 GMT on Tuesday", ["1500 GMT on Tuesday"]),
        ("a minute and a half later", ["a minute and a half later"]),
        ("in the spring, last fall, summer 2022", ["the spring", "last fall", "summer 2022"]),
        ("since 9/11 and on 2022-09-15", ["9/11", "2022-09-15"]),
        ("the first week of May, the last Friday in June", ["the first week of May", "the last Friday in June"]),
        ("harder than 2021, from Sept. 26 to 29", ["2021", "Sept. 26 to 29"]),
        ("in Q3 2021 and 2016-11, from 7-9 p.m.", ["Q3 2021", "2016-11", "7-9 p.m."]),
        ("4 months ago\nDuration 2:08", ["4 months ago"]),
    ],
)
def test_spans(text: str, found: list[str]) -> None:
    assert find(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Mrs May said she may go.",
        "They march through the town; a march for peace.",
        "the second round of talks",
        "some 2000 troops and $1999 and 2,022 people",
        "an 18-year-old student, aged 42, who is 30 years old",
        "Flight 1998 and resolution 1975",
        "They won 3-2 and lost 10:99.",
        "She read the Sunday Times.",
        "They sat in the sun.",
        "Theresa May, May's government and more than 2000 others",
        "for the third time in as many tries",
    ],
)
def test_no_times(text: str) -> None:
    assert find(text) == []


def test_mention_keeps_rule_and_parts() -> None:
    (mention,) = find_times(plain("on Sept. 15 and 16,"), WORDS)
    assert mention.rule == "days of a month"
    assert {"month": "9", "day": "15", "day2": "16", "build": "date"}.items() <= mention.parts.items()


# --- direction ------------------------------------------------------------------------------------------------------


def parsed(words: list[str], heads: list[int], deps: list[str], tags: list[str], lemmas: list[str], kind: str) -> Any:
    pos = {
        "V": "VERB",
        "M": "AUX",
        "N": "NOUN",
        "I": "ADP",
        "T": "PART",
        "P": "PRON",
        "D": "DET",
        ".": "PUNCT",
        "R": "ADV",
    }
    doc = Doc(
        NLP.vocab, words=words, heads=heads, deps=deps, tags=tags, lemmas=lemmas, pos=[pos[tag[0]] for tag in tags],
        sent_starts=[True] + [False] * (len(words) - 1),
    )  # fmt: skip
    block = Block(start=0, end=len(doc.text), kind="caption" if kind == "caption" else "body")
    return SimpleNamespace(article=Article(article_id="a", text_id="t", text=doc.text, blocks=(block,)), doc=doc)


def clause(verbs: list[tuple[str, str, str, str]], *, kind: str = "body") -> TimeMention:
    """ "Envoys" + verbs (word, lemma, tag, dependency) + "on Monday", hung on the last verb."""
    words = ["Envoys", *(verb[0] for verb in verbs), "there", "on", "Monday", "."]
    last = len(verbs)
    root = next(place for place, verb in enumerate(verbs, 1) if verb[3] == "ROOT")
    heads = [root, *(root if verb[3] == "ROOT" else _head(verbs, place, root) for place, verb in enumerate(verbs, 1))]
    heads += [last, last + 3, last, root]
    deps = ["nsubj", *(verb[3] for verb in verbs), "advmod", "case", "obl", "punct"]
    tags = ["NNS", *(verb[2] for verb in verbs), "RB", "IN", "NNP", "."]
    lemmas = ["envoy", *(verb[1] for verb in verbs), "there", "on", "Monday", "."]
    (mention,) = find_times(parsed(words, heads, deps, tags, lemmas, kind), WORDS)
    return mention


def _head(verbs: list[tuple[str, str, str, str]], place: int, root: int) -> int:
    return len(verbs) if verbs[place - 1][3] in {"aux", "mark", "cop"} else root


def test_past_tense_looks_back() -> None:
    assert clause([("met", "meet", "VBD", "ROOT")]).direction == "past"


def test_will_looks_ahead() -> None:
    assert clause([("will", "will", "MD", "aux"), ("meet", "meet", "VB", "ROOT")]).direction == "future"


def test_perfect_modal_looks_back() -> None:
    verbs = [("would", "would", "MD", "aux"), ("have", "have", "VB", "aux"), ("met", "meet", "VBN", "ROOT")]
    assert clause(verbs).direction == "past"


@pytest.mark.parametrize(("verb", "lemma", "way"), [("agreed", "agree", "future"), ("refused", "refuse", "past")])
def test_infinitive_follows_the_verb_above(verb: str, lemma: str, way: str) -> None:
    verbs = [(verb, lemma, "VBD", "ROOT"), ("to", "to", "TO", "mark"), ("meet", "meet", "VB", "xcomp")]
    assert clause(verbs).direction == way


def test_scheduled_present_looks_ahead_and_a_caption_back() -> None:
    assert clause([("meet", "meet", "VBP", "ROOT")]).direction == "future"
    assert clause([("meet", "meet", "VBP", "ROOT")], kind="caption").direction == "past"


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("The talks are scheduled for Friday.", "future"),
        ("The talks collapsed on Friday.", "past"),
        ("Ministers will vote on Friday.", "future"),
        ("Friday", None),
    ],
)
def test_without_a_parse_the_nearest_cue_decides(text: str, way: str | None) -> None:
    (mention,) = find_times(plain(text), WORDS)
    assert mention.direction == way


# --- properties -----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["May", "the", "of", "1999", "12", "third", "week", "ago", "two", "and a half", "–", ".", ",", "\n", "last",
     "Friday", "3:30", "p.m.", "GMT", "'90s", "every", "½", "to", "a", "hundred", "Sept.", "x", "²", "٣", "ends"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)))
def test_spans_quote_the_text_and_never_overlap(text: str) -> None:
    mentions = find_times(plain(text), WORDS)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    assert mentions == find_times(plain(text), WORDS)


@pytest.mark.parametrize(
    "unit", ["1", "a ", "twenty-", "1,", "May ", "1:", "the last ", "½", "'", ".", "1/", "two hundred "]
)
def test_long_repetitions_are_read_in_a_second(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    start = time.perf_counter()
    list(read_tokens(text, WORDS))
    find_times(SimpleNamespace(article=Article(article_id="a", text_id="t", text=text), doc=NLP.make_doc("")), WORDS)  # type: ignore[arg-type]
    assert time.perf_counter() - start < 2
