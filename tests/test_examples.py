"""The eight examples against what a careful reader, who never saw our output, takes out of them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from dragoman.pipeline import Pipeline
from dragoman.sources import make_article
from evaluation.metrics.readings import score_reading

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
FLOORS = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))


def test_every_example_has_a_golden_reading_and_floors() -> None:
    assert len(EXAMPLES) == 8
    assert [path.stem for path in EXAMPLES if not path.with_suffix(".gold.json").exists()] == []
    assert sorted(FLOORS) == [path.stem for path in EXAMPLES]


@pytest.mark.weights
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_reads_as_its_golden_reading(pipeline: Pipeline, path: Path) -> None:
    raw = path.read_text(encoding="utf-8")
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    reading = json.loads(pipeline.read(make_article(raw)).to_json())
    figures = score_reading(gold, raw, reading)
    assert reading["article"]["published_at"] == gold["article"]["published"]
    assert figures["broken_spans"] == 0
    fallen = {name: (figures[name], floor) for name, floor in FLOORS[path.stem].items() if figures[name] < floor}
    assert not fallen


@pytest.mark.weights
def test_the_scorer_gives_an_empty_reading_nothing_and_a_wrong_type_no_credit(pipeline: Pipeline) -> None:
    path = EXAMPLES[0]
    raw = path.read_text(encoding="utf-8")
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    empty = json.loads(pipeline.read(make_article(raw)).to_json())
    for kind in ("actors", "places", "times", "events", "statements", "agenda", "disputes"):
        empty[kind] = []
    figures = score_reading(gold, raw, empty)
    assert {value for name, value in figures.items() if name != "broken_spans"} == {0.0}
