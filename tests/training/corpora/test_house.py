"""The committed corpus is sound, meets the floors of its issue, and its card tells its counts."""

from __future__ import annotations

import re

import pytest

from evaluation.corpus.card import BEGIN, CARD, END
from training.corpora import house
from training.corpora.audit import Report, audit
from training.corpora.house import KINDS, PARTS
from training.corpora.statistics import Statistics, count


@pytest.fixture(name="report", scope="module")
def _report() -> Report:
    return audit()


@pytest.fixture(name="counts", scope="module")
def _counts(report: Report) -> Statistics:
    return count(
        {
            (part, kind): [p for m in report.members if (m.part, m.kind) == (part, kind) for p in m.file.passages]
            for part in PARTS
            for kind in KINDS
        }
    )


def test_no_file_holds_an_error(report: Report) -> None:
    assert [str(problem) for problem in report.errors] == []


def test_every_floor_of_the_issue_is_met(counts: Statistics) -> None:
    assert [floor.name for floor in counts.floors if not floor.met] == []


def test_the_card_tells_the_counts(counts: Statistics) -> None:
    figures = CARD.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    tables = {block.split("|")[1].strip(): block for block in figures.split("\n\n") if block.startswith("|")}
    for table in ("event types", "event status", "acts"):
        told = dict(re.findall(r"^\| ([^|]+) \| ([\d |]+) \|$", tables[table], re.M))
        for row, cells in counts.tables[table].items():
            assert told[row] == " | ".join(map(str, (*cells.values(), sum(cells.values()))))


def test_stand_off_files_hold_no_sentence() -> None:
    for part in PARTS:
        for path in house.files(part, "real"):
            lines = path.read_text(encoding="utf-8").splitlines()
            assert [
                line for line in lines if line.startswith(">") and re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", line)
            ] == []
