"""One test set: inputs -> predictions -> figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evaluation.conllu import read_sentences
from evaluation.forms import Row, half_of, key_of, read_rows, write_rows, write_text
from evaluation.metrics import METRICS, Figures
from evaluation.metrics.parse import parse
from evaluation.metrics.readings import mean_figures, score_reading
from evaluation.predict import PREDICTORS, pages_of, predict_page, predict_rows

KINDS = tuple(PREDICTORS)


class Options:
    """How a run is cut down or spread: see the options of the command."""

    def __init__(
        self, limit: int | None = None, half: str | None = None, workers: int = 1, spans: Path | None = None
    ) -> None:
        self.limit, self.half, self.workers, self.spans = limit, half, workers, spans


def run(kind: str, inputs: Path, predictions: Path | None, gold: Path | None, options: Options) -> Figures | None:
    """Writes the predictions for a set, and gives its figures where there is gold."""
    if kind == "parse":
        return _run_parse(inputs, predictions, gold, options)
    if kind == "readings":
        return _run_readings(inputs, predictions, gold, options)
    rows, answers = _load(kind, inputs, gold, options)
    made = predict(kind, rows, options.workers)
    if predictions is not None:
        write_rows(predictions, made)
    return METRICS[kind](answers, made) if answers is not None else None


def predict(kind: str, rows: Sequence[Row], workers: int = 1) -> list[Row]:
    """The predictions for some rows; pages need no pipeline."""
    if kind == "extraction":
        return [predict_page(None, row) for row in rows]  # type: ignore[arg-type]
    return list(predict_rows(kind, rows, workers))


def _load(kind: str, inputs: Path, gold: Path | None, options: Options) -> tuple[list[Row], list[Row] | None]:
    """Rows and answers, cut to the half and the limit that are asked for."""
    if kind == "extraction":
        rows, answers = pages_of(inputs)
    else:
        rows, answers = read_rows(inputs), read_rows(gold) if gold else []
    rows = half_of(rows, options.half)[: options.limit]
    if options.spans is not None:
        spans = {
            row["doc"]: [[place["start"], place["end"]] for place in row["places"]] for row in read_rows(options.spans)
        }
        rows = [{**row, "spans": spans.get(row["doc"], [])} for row in rows]
    wanted = {key_of(row) for row in rows}
    cut = options.half is not None or options.limit is not None
    answers = [row for row in answers if not cut or key_of(row) in wanted]
    return rows, answers if gold or kind == "extraction" else None


def _run_parse(inputs: Path, predictions: Path | None, gold: Path | None, options: Options) -> Figures | None:
    text = inputs.read_text(encoding="utf-8")
    raw = text.lstrip().startswith("{")
    rows: list[dict[str, Any]] = read_rows(inputs) if raw else [{"sentence": one} for one in read_sentences(text)]
    rows = rows[: options.limit]
    made = "".join(row["conllu"] for row in predict_rows("parse", rows, options.workers))
    if predictions is not None:
        write_text(predictions, made)
    if gold is None:
        return None
    return parse(
        _first_sentences(gold, len(rows)) if options.limit and not raw else gold.read_text(encoding="utf-8"), made
    )


def _first_sentences(path: Path, count: int) -> str:
    blocks = path.read_text(encoding="utf-8").replace("\r", "").split("\n\n")
    return "\n\n".join([block for block in blocks if block.strip()][:count]) + "\n\n"


def _run_readings(inputs: Path, predictions: Path | None, gold: Path | None, options: Options) -> Figures | None:
    """Reads the texts of a folder; with gold (a folder of NAME.gold.json), the means of the figures over them."""
    paths = sorted(path for path in inputs.iterdir() if path.suffix in (".txt", ".text") and path.is_file())
    if gold is not None:
        paths = [path for path in paths if (gold / f"{path.stem}.gold.json").exists()]
    scored = []
    by_name = {path.stem: path for path in paths[: options.limit]}
    rows = [{"path": str(path)} for path in by_name.values()]
    for row in predict_rows("readings", rows, options.workers):  # a text on which the product breaks gives no row
        path = by_name[row["name"]]
        if predictions is not None:
            write_text(predictions / f"{row['name']}.json", row["json"] + "\n")
        if gold is not None:
            answer = json.loads((gold / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
            raw = path.read_text(encoding="utf-8", errors="replace")
            scored.append(score_reading(answer, raw, json.loads(row["json"])))
    return mean_figures(scored) if gold is not None else None


def as_line(figures: Iterable[tuple[str, object]]) -> str:
    """Figures as one line of JSON."""
    return json.dumps(dict(figures), ensure_ascii=False)
