"""The whole way, with the shipped weights: properties that hold for any text, and the examples read by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dragoman.errors import SourceError
from dragoman.pipeline import Pipeline
from dragoman.records import Reading
from dragoman.sources import make_article

pytestmark = pytest.mark.weights
EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))
NEWS = st.sampled_from(
    ["Kenya", "rejected", "the deal", '"', "“", "”", "said", "on Friday", ",", ".", "\n", "will meet", "Xi", "if",
     "not", "Moscow", "troops", "(", ")", "3,000", "next week", "told", "the", "who", "—", "'", "’s", "\u200f", "🇺🇳"]
)  # fmt: skip
ANY = st.one_of(st.text(max_size=400), st.lists(NEWS, max_size=120).map(" ".join))


def read(pipeline: Pipeline, text: str, date: str | None = "2026-11-20") -> Reading | None:
    """The reading, or None where the text is refused as a source."""
    try:
        article = make_article(text, date=date)
    except SourceError:
        return None
    return pipeline.read(article)


def spans(value: object) -> Iterator[dict[str, object]]:
    """Everything in a decoded reading that has a start, an end and a text."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for each in value.values():
            yield from spans(each)
    elif isinstance(value, list):
        for each in value:
            yield from spans(each)


def assert_spans_quote(reading: Reading) -> None:
    text = reading.article.text
    for span in spans(msgspec.json.decode(reading.to_json())):
        start, end = span["start"], span["end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == span["text"]


def assert_references_hold(reading: Reading) -> None:
    actors = {actor.actor_id for actor in reading.actors}
    places = {place.place_id for place in reading.places}
    statements = {statement.statement_id for statement in reading.statements}
    events = [event.event_id for event in reading.events]
    assert len(events) == len(set(events))
    assert len(statements) == len(reading.statements)
    for event in reading.events:
        assert {*event.actors, *event.recipients} <= actors
        assert event.place is None or event.place in places
        assert event.attributed_to is None or event.attributed_to in statements
        assert 0 <= event.score <= 1
        assert event.earliest is None or event.latest is None or event.earliest <= event.latest
    for statement in reading.statements:
        assert statement.speaker is None or statement.speaker in actors
        assert {*statement.relayed_by} <= actors
        assert {*statement.events} <= set(events)
        assert statement.content
    for item in reading.agenda:
        assert {*item.participants} <= actors
        assert {*item.confirmed_by, *item.declined_by} <= statements
        assert item.place is None or item.place in places


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="a" * 20_000)
@example(text="\n".join(["Ghana said no."] * 1_300))
@example(text="“" * 5_000 + "Kenya will meet Ghana on Friday.")
@example(text="((((" * 3_000 + "))))")
@example(text="مرحبا " * 50 + "Putin said. \u202e gnp.exe")
@example(text="1 2 3 4 5 6 7 8 9 " * 1_000)
@given(text=ANY)
def test_any_text_reads_without_an_exception_and_every_span_quotes_it(pipeline: Pipeline, text: str) -> None:
    reading = read(pipeline, text)
    if reading is not None:
        assert_spans_quote(reading)
        assert_references_hold(reading)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_reads_the_same_twice_and_its_references_hold(pipeline: Pipeline, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first, second = read(pipeline, text, None), read(pipeline, text, None)
    assert first is not None
    assert first == second
    assert Reading.from_json(first.to_json()) == first
    assert_spans_quote(first)
    assert_references_hold(first)
    assert first.events
    assert first.statements


def test_what_one_report_says_does_not_depend_on_the_one_before(pipeline: Pipeline) -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES[:3]]
    forward = [read(pipeline, text) for text in texts]
    backward = [read(pipeline, text) for text in reversed(texts)]
    assert forward == backward[::-1]
