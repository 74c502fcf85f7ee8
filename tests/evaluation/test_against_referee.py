"""Our figures and the referee's on the same predictions: they agree to a tenth, or one of them is wrong."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evaluation.forms import ROOT, Row, data_folder, read_rows, write_rows
from evaluation.metrics import METRICS, Figures
from evaluation.metrics.dyads import QUAD
from evaluation.metrics.parse import parse

REFEREE = ROOT.parent / "shared" / "scoring" / "referee.py"
DEV = data_folder() / "dev"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (REFEREE.exists() and DEV.exists()), reason="needs ../shared (referee and data)"),
]


@pytest.fixture(scope="module")
def referee() -> ModuleType:
    spec = importlib.util.spec_from_file_location("referee", REFEREE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def seeded(name: str) -> random.Random:
    return random.Random(name)  # noqa: S311


def shaken(spans: list[list[int]], dice: random.Random) -> list[list[int]]:
    return [[max(0, start - dice.choice((0, 0, 3))), end + dice.choice((0, 0, 4))] for start, end in spans]


def noisy_dyads(row: Row, dice: random.Random) -> Row:
    wanted = row.get("root") or ("ACCUSE" if row["binary"] else "AGREE")
    return {"uid": row["uid"], "root": wanted if dice.random() < 0.6 else dice.choice([*QUAD, "RETREAT"])}


def noisy_statements(row: Row, dice: random.Random) -> Row:
    kept = [relation for relation in row["relations"] if dice.random() < 0.8]
    return {
        "doc": row["doc"],
        "statements": [{role: shaken(spans, dice) for role, spans in one.items()} for one in kept],
    }


def noisy_times(row: Row, dice: random.Random) -> Row:
    times = [{**time, "value": dice.choice((time["value"], "2001"))} for time in row["times"] if dice.random() < 0.8]
    for time in times:
        time["start"], time["end"] = shaken([[time["start"], time["end"]]], dice)[0]
        time["type"] = dice.choice((time["type"], time["type"], "DURATION"))
    return {"doc": row["doc"], "times": times}


def noisy_places(row: Row, dice: random.Random) -> Row:
    places = [dict(place) for place in row["places"] if dice.random() < 0.8] + [{"start": 0, "end": 4}]
    for place in places[:-1]:
        place["start"], place["end"] = shaken([[place["start"], place["end"]]], dice)[0]
        place["country"] = dice.choice((place["country"], "FR", "DEU"))
        place["lat"] = dice.choice((place["lat"], place["lat"], 10.0, None))
    return {"doc": row["doc"], "places": places}


def noisy_metonymy(row: Row, dice: random.Random) -> Row:
    return {"id": row["id"], "reading": dice.choice((row["reading"], "lit"))}


def noisy_ner(row: Row, dice: random.Random) -> Row:
    entities = [
        [first, last + dice.choice((0, 0, 1)), label] for first, last, label in row["entities"] if dice.random() < 0.8
    ]
    return {"sent_id": row["sent_id"], "entities": entities}


def noisy_events(row: Row, dice: random.Random) -> Row:
    events = [{**event, "type": dice.choice((event["type"], "AID"))} for event in row["events"] if dice.random() < 0.8]
    for event in events:
        event["actors"] = event["actors"][: dice.choice((1, 5))]
        event["recipients"] = dice.choice((event["recipients"], event["recipients"], ["FRA"], []))
    return {"id": row["id"], "events": events}


CASES: dict[str, tuple[str, str, str, Callable[[Row, random.Random], Row]]] = {
    "plv": ("dyads", "dyads", "plv/plv.gold.jsonl", noisy_dyads),
    "aw": ("dyads", "conflict", "plv/aw.gold.jsonl", noisy_dyads),
    "polnear": ("statements", "statements", "polnear/polnear_dev.gold.jsonl", noisy_statements),
    "timebank": ("times", "times", "timebank/timebank.gold.jsonl", noisy_times),
    "lgl": ("places", "places", "geo/lgl_dev.gold.jsonl", noisy_places),
    "gwn": ("places", "places", "geo/gwn_dev.gold.jsonl", noisy_places),
    "relocar": ("metonymy", "metonymy", "metonymy/relocar.gold.jsonl", noisy_metonymy),
    "uner": ("ner", "ner", "../train/uner_ewt/en_ewt-ud-dev.iob2", noisy_ner),
}


@pytest.mark.parametrize("name", CASES)
def test_a_noisy_answer_gets_the_same_figures(name: str, referee: ModuleType, tmp_path: Path) -> None:
    kind, theirs, path, noise = CASES[name]
    dice = seeded(name)
    gold = [row for n, row in enumerate(read_rows(DEV / path)) if n % 3 == 0]
    predicted = [noise(row, dice) for row in gold if dice.random() < 0.9]
    write_rows(tmp_path / "gold.jsonl", gold)
    write_rows(tmp_path / "out.jsonl", predicted)
    agree(METRICS[kind](gold, predicted), referee.score(theirs, tmp_path / "gold.jsonl", tmp_path / "out.jsonl"))


def invented_events() -> list[Row]:
    sides: list[tuple[list[str], list[str]]] = [
        (["USA"], ["IRN"]),
        (["US", "GBR"], []),
        (["UN"], ["SYR", "RUS"]),
        ([], ["FRA"]),
        (["DEU"], []),
        (["EUU", "CHN"], ["KEN"]),
    ]
    types = ["DEMAND", "AID", "RETREAT", "CONCEDE", "FIGHT", "CONSULT"]
    rows = []
    for n in range(60):
        kinds = [(types[(n + k) % 6], sides[(n * k) % 6][0], sides[(n + k) % 6][1]) for k in range(n % 4)]
        kinds = [(types[(n + k) % 6], sides[(n * k) % 6][0], sides[(n + k) % 6][1]) for k in range(n % 4)]
        events = [{"type": kind, "actors": actors, "recipients": recipients} for kind, actors, recipients in kinds]
        rows.append({"id": f"e{n}", "text_key": f"t{n // 2}", "events": events})
    return rows


def test_events_get_the_same_figures(referee: ModuleType, tmp_path: Path) -> None:
    dice = seeded("events")
    gold = invented_events()
    predicted = [noisy_events(row, dice) for row in gold if dice.random() < 0.9]
    predicted[0]["events"].append({"type": "AID", "actors": ["NATO"], "recipients": ["UK"]})
    write_rows(tmp_path / "gold.jsonl", gold)
    write_rows(tmp_path / "out.jsonl", predicted)
    agree(METRICS["events"](gold, predicted), referee.score("events", tmp_path / "gold.jsonl", tmp_path / "out.jsonl"))


def test_parses_get_the_same_figures(referee: ModuleType) -> None:
    path = data_folder() / "train/ud_ewt/en_ewt-ud-dev.conllu"
    gold = "\n\n".join(path.read_text(encoding="utf-8").split("\n\n")[:200]) + "\n\n"
    dice = seeded("parse")
    lines = []
    for line in gold.split("\n"):
        cells = line.split("\t")
        if cells[0].isdecimal() and dice.random() < 0.2:
            cells[3], cells[6], cells[7] = "X", "1", "dep"
        if "-" in cells[0] and len(cells) == 10 and dice.random() < 0.5:
            cells[9] = "_"
        lines.append("\t".join(cells))
    agree(parse(gold, "\n".join(lines)), referee.parse(gold, "\n".join(lines)))
    agree(parse(gold, resplit(gold)), referee.parse(gold, resplit(gold)))


def resplit(text: str) -> str:
    """Every word longer than five letters cut in two."""
    out = []
    for block in text.strip().split("\n\n"):
        number = 0
        for line in block.split("\n"):
            cells = line.split("\t")
            if not cells[0].isdecimal():
                continue
            parts = [cells[1][:3], cells[1][3:]] if len(cells[1]) > 5 else [cells[1]]
            for part in parts:
                number += 1
                head = "0" if number == 1 else "1"
                out.append("\t".join((str(number), part, "_", *cells[3:6], head, cells[7], "_", "_")))
        out.append("")
    return "\n".join(out) + "\n"


def agree(ours: Figures, theirs: dict[str, Any]) -> None:
    shared = sorted(set(ours) & set(theirs))
    assert len(shared) >= 3
    assert set(ours) <= set(theirs), f"only ours: {set(ours) - set(theirs)}"
    apart = {name: (ours[name], theirs[name]) for name in shared if abs(ours[name] - theirs[name]) > 0.1}
    assert not apart, json.dumps(apart)
