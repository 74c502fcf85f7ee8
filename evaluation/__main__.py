"""The command: `python -m evaluation KIND ...`, `python -m evaluation gate`, `python -m evaluation table`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from evaluation.gate import gate
from evaluation.run import KINDS, Options, as_line, run
from evaluation.table import table


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; the exit code is 0, or 1 where the gate found a score under its floor."""
    given = _parser().parse_args(arguments)
    if given.kind == "gate":
        return gate(raise_floors=given.raise_floors, only=given.only, workers=given.workers)
    if given.kind == "table":
        print(table(only=given.only, workers=given.workers))
        return 0
    if given.input is None:
        print(f"python -m evaluation {given.kind}: --input is missing", file=sys.stderr)
        return 2
    options = Options(given.limit, given.half, given.workers, given.spans)
    figures = run(given.kind, given.input, given.predictions, given.gold, options)
    if figures is not None:
        print(as_line(figures.items()))
    return 0


def _parser() -> argparse.ArgumentParser:
    ask = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    ask.add_argument("kind", choices=[*KINDS, "gate", "table"])
    ask.add_argument(
        "--input", type=Path, help="JSON Lines; CoNLL-U for parse, IOB2 for ner; a folder for readings and extraction"
    )
    ask.add_argument("--predictions", type=Path, help="where to write them: a file, for readings a folder")
    ask.add_argument("--gold", type=Path, help="answers: prints one JSON line of figures")
    ask.add_argument("--spans", type=Path, help="places: resolve the spans of this gold file, do not look for any")
    ask.add_argument("--limit", type=int, help="only so many rows, from the first")
    ask.add_argument("--half", choices=["even", "odd"], help="only the ids whose SHA-256 ends in an even or odd digit")
    ask.add_argument("--workers", type=int, default=1, help="processes")
    ask.add_argument("--only", help="gate, table: only the scores whose name contains this")
    ask.add_argument("--raise", dest="raise_floors", action="store_true", help="gate: lift floors to the scores of now")
    return ask


if __name__ == "__main__":
    sys.exit(main())
