"""The gate: the pinned scores are measured again, and none may fall under its floor."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from evaluation.sets import PINNED, Measure

FLOORS = Path(__file__).parent / "floors.json"
SLACK = 0.2  # points: sums in another order, another processor


def gate(*, raise_floors: bool = False, only: str | None = None, workers: int = 1, path: Path = FLOORS) -> int:
    """Measures the pinned sets; 0 where every score stands, 1 where one fell by more than the slack or is missing.

    With `raise_floors` floors are lifted to the scores of now, and those of new scores are set; none is ever lowered
    by this command.
    """
    floors = load_floors(path)
    low = False
    for measure in PINNED:
        if only and only not in measure.name:
            continue
        if not measure.paths[0].exists():
            print(f"{measure.name}: {measure.paths[0]} is not here; set DRAGOMAN_DATA", file=sys.stderr)
            low = True
            continue
        low |= _check(measure, floors, workers, raise_floors=raise_floors)
        if raise_floors:
            save_floors(path, floors)
    return int(low)


def load_floors(path: Path) -> dict[str, dict[str, Any]]:
    """name -> {"floor", "command"}; empty where there is no file."""
    loaded: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return loaded


def save_floors(path: Path, floors: dict[str, dict[str, Any]]) -> None:
    """Writes the floors, sorted by name."""
    path.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _check(measure: Measure, floors: dict[str, dict[str, Any]], workers: int, *, raise_floors: bool) -> bool:
    figures = measure.measure(workers)
    low = False
    for figure in measure.figures:
        name, score = f"{measure.name}.{figure}", float(figures[figure])
        floor = floors.get(name, {}).get("floor")
        fell = floor is not None and score < floor - SLACK
        verdict = "new" if floor is None else "FELL" if fell else "ok"
        print(f"{verdict:5} {name:32} {score:6.2f}  floor {floor if floor is not None else '-'}", flush=True)
        low |= fell or (floor is None and not raise_floors)
        if raise_floors and (floor is None or score > floor):
            floors[name] = {"floor": score, "command": measure.command}
    return low
