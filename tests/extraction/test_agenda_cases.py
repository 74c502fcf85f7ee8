"""The agenda of short passages in own words: every announced occasion once, and nothing else (`agenda_cases.toml`)."""

from __future__ import annotations

import datetime as dt
import itertools
import pathlib
import tomllib
from typing import TYPE_CHECKING

import msgspec
import pytest

from dragoman.records import AgendaItem, Reading

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

DAY = dt.date(2026, 11, 23)  # a Monday


class Wanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold of one item; alternatives are parted by `|`, "*" is anything."""

    kind: str
    who: str
    days: str
    status: str
    country: str = "*"
    forum: str = ""
    condition: str = ""


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One passage; `items` must all be there, `optional` ones may be; `unsolved` says why a passage still fails."""

    id: str
    text: str
    items: tuple[Wanted, ...] = ()
    optional: tuple[Wanted, ...] = ()
    unsolved: str = ""


def load_cases() -> list[Case]:
    raw = tomllib.loads((pathlib.Path(__file__).parent / "agenda_cases.toml").read_text(encoding="utf-8"))
    return msgspec.convert(raw["cases"], list[Case])


def read(pipeline: Pipeline, text: str) -> Reading:
    from dragoman.sources import make_article

    return pipeline.read(make_article(text, date=DAY))


def fits(wanted: Wanted, item: AgendaItem, reading: Reading) -> bool:
    return (
        item.kind in wanted.kind.split("|")
        and item.status in wanted.status.split("|")
        and (wanted.country == "*" or (item.country or "") in wanted.country.split("|"))
        and _days(item) in (*wanted.days.split("|"), *([_days(item)] if "*" in wanted.days else []))
        and all(_takes_part(word, item, reading) for word in wanted.who.split(" "))
        and wanted.forum in (item.forum or "")
        and wanted.condition == (item.condition.text if item.condition is not None else "")
    )


def _days(item: AgendaItem) -> str:
    return "" if item.earliest is None else f"{item.earliest}/{item.latest}"


def _takes_part(word: str, item: AgendaItem, reading: Reading) -> bool:
    if not word:
        return True
    by_id = {actor.actor_id: actor for actor in reading.actors}
    known = set(item.participants) | {
        text for each in item.participants if each in by_id for text in (by_id[each].name, by_id[each].country or "")
    }
    return any(option in name for option in word.split("|") for name in known)


def right(case: Case, reading: Reading) -> bool:
    """True where wanted items and the reading's pair off one to one, optional ones aside."""
    items = reading.agenda
    if not len(case.items) <= len(items) <= len(case.items) + len(case.optional):
        return False
    return any(
        all(fits(wanted, item, reading) for wanted, item in zip(case.items, order, strict=False))
        and all(any(fits(w, item, reading) for w in case.optional) for item in order[len(case.items) :])
        for order in itertools.permutations(items)
    )


def told(reading: Reading) -> str:
    return "\n".join(
        f"{i.kind} {i.participants} {i.forum!r} {i.country} {_days(i)} {i.status} "
        f"{i.condition.text if i.condition else ''}"
        for i in reading.agenda
    )


@pytest.mark.weights
@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.id)
def test_case(pipeline: Pipeline, case: Case, request: pytest.FixtureRequest) -> None:
    if case.unsolved:
        request.applymarker(pytest.mark.xfail(reason=case.unsolved, strict=False))
    reading = read(pipeline, case.text)
    assert right(case, reading), told(reading)
