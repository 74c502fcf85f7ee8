"""Statements of sixty short passages in own words, scored in sum (`speech_cases.toml`); odd numbers are held out."""

from __future__ import annotations

import collections
import datetime as dt
import pathlib
import tomllib
from typing import TYPE_CHECKING

import msgspec
import pytest

from dragoman.records import Reading, Statement

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

DAY = dt.date(2026, 11, 23)  # a Monday
FLOORS = {
    "found": 92.0,
    "content": 95.0,
    "source": 88.0,
    "speaker": 78.0,
    "cue": 90.0,
    "act": 93.0,
    "relay": 70.0,
    "addressee": 70.0,
    "occasion": 85.0,
    "within": 85.0,
    "day": 85.0,
}
"""Least F1 in per cent, of the open half and of the one held out."""


class Said(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One wanted statement; alternatives are parted by `|`, an empty field is not asked for."""

    source: str
    cue: str
    what: tuple[str, ...]
    act: str
    who: str = ""
    by: tuple[str, ...] = ()
    to: str = ""
    at: str = ""
    where: str = ""
    day: str = ""
    within: int = 0


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One passage with all of its statements; with `title` its first line is the headline."""

    n: int
    text: str
    say: tuple[Said, ...]
    title: bool = False

    @property
    def held_out(self) -> bool:
        """Scored only."""
        return self.n % 2 == 1


def load_cases() -> list[Case]:
    raw = tomllib.loads((pathlib.Path(__file__).parent / "speech_cases.toml").read_text(encoding="utf-8"))
    return msgspec.convert(raw["cases"], list[Case])


def read(pipeline: Pipeline, case: Case) -> Reading:
    from dragoman.sources import make_article

    title = case.text.split("\n", 1)[0] if case.title else None
    article = make_article(case.text, title=title, date=DAY)
    return pipeline.read(article)


class Tally:
    """Counts of right, wanted and given for each figure."""

    def __init__(self) -> None:
        self.right: collections.Counter[str] = collections.Counter()
        self.wanted: collections.Counter[str] = collections.Counter()
        self.given: collections.Counter[str] = collections.Counter()
        self.notes: list[str] = []

    def add(self, figure: str, right: float, wanted: float, given: float) -> None:
        self.right[figure] += right  # type: ignore[assignment]
        self.wanted[figure] += wanted  # type: ignore[assignment]
        self.given[figure] += given  # type: ignore[assignment]

    def figures(self) -> dict[str, float]:
        """F1 of each figure in per cent; of the statements found, recall and precision too."""
        found = {
            name: round(200 * self.right[name] / max(1, self.wanted[name] + self.given[name]), 1)
            for name in self.wanted
        }
        recall, precision = self.wanted["found"], self.given["found"]
        return found | {
            "recall": round(100 * self.right["found"] / max(1, recall), 1),
            "precision": round(100 * self.right["found"] / max(1, precision), 1),
        }


def score(case: Case, reading: Reading, tally: Tally) -> None:
    """Pair wanted and given statements, best first, and count what of each pair is right."""
    text = reading.article.text
    ranked = sorted(
        (
            (_likeness(wanted, given, text), at, to)
            for at, wanted in enumerate(case.say)
            for to, given in enumerate(reading.statements)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for likeness, at, to in ranked:
        if likeness >= 0.5 and at not in pairs and to not in pairs.values():
            pairs[at] = to
    tally.add("found", len(pairs), len(case.say), len(reading.statements))
    tally.notes += [f"{case.n} MISSING {said.cue} {said.what}" for at, said in enumerate(case.say) if at not in pairs]
    tally.notes += [
        f"{case.n} FALSE {told(given)}" for to, given in enumerate(reading.statements) if to not in pairs.values()
    ]
    for at, to in pairs.items():
        _score_pair(case, at, reading.statements[to], reading, pairs, tally)


def told(given: Statement) -> str:
    source, cue = (span.text if span else "-" for span in (given.source, given.cue))
    return f"{source!r} [{cue}] {[part.text for part in given.content]} {given.act}"


def _score_pair(case: Case, at: int, given: Statement, reading: Reading, pairs: dict[int, int], tally: Tally) -> None:
    wanted, text = case.say[at], reading.article.text

    def one(figure: str, right: bool, asked: bool = True, answered: bool = True) -> None:
        tally.add(figure, right and asked, asked, answered)
        if not right and (asked or answered):
            tally.notes.append(f"{case.n} {figure.upper()} {told(given)} -> {case.say[at]}: {_detail(given, figure)}")

    likeness = _content_likeness(wanted, given, text)
    tally.add("content", likeness, 1, 1)
    if likeness < 0.9:
        tally.notes.append(f"{case.n} CONTENT {told(given)} -> {wanted.what}")
    one("source", _meets(wanted.source, given.source.text if given.source else ""))
    one("speaker", _named(wanted.who, given.speaker, reading), bool(wanted.who), bool(wanted.who))
    one("cue", _meets(wanted.cue, given.cue.text if given.cue else ""))
    one("act", given.act in wanted.act.split("|"))
    by = [any(_named(name, relay, reading) for relay in given.relayed_by) for name in wanted.by]
    tally.add("relay", sum(by), len(by), len(given.relayed_by))
    if sum(by) != max(len(by), len(given.relayed_by)):
        tally.notes.append(f"{case.n} RELAY {told(given)}: {given.relayed_by} -> {wanted.by}")
    to = given.addressee.text if given.addressee else ""
    told_outlet = (
        any(_named(name, given.addressee.actor_id, reading) for name in wanted.by) if given.addressee else False
    )
    one("addressee", bool(wanted.to and to) and _meets(wanted.to, to), bool(wanted.to), bool(to) and not told_outlet)
    occasion = given.occasion or ""
    one("occasion", bool(wanted.at) and wanted.at in occasion, bool(wanted.at), bool(occasion))
    parent = next((n for n, s in enumerate(reading.statements) if s.statement_id == given.within), -1)
    above = pairs.get(wanted.within - 1, -2) if wanted.within else -1
    one("within", parent == above, wanted.within > 0, parent >= 0)
    if wanted.where:
        place = next((p.name for p in reading.places if p.place_id == given.place), "")
        one("place", wanted.where in place)
    if wanted.day:
        one("day", str(given.earliest) == wanted.day == str(given.latest))


def _detail(given: Statement, figure: str) -> object:
    names = {
        "speaker": "speaker",
        "addressee": "addressee",
        "occasion": "occasion",
        "place": "place",
        "day": "earliest",
    }
    return getattr(given, names.get(figure, figure), "")


def _likeness(wanted: Said, given: Statement, text: str) -> float:
    cue = bool(wanted.cue) and given.cue is not None and _meets(wanted.cue, given.cue.text)
    if not wanted.what:
        return float(cue)
    likeness = _content_likeness(wanted, given, text)
    return likeness + 0.25 * cue if likeness >= 0.3 else 0.0


def _content_likeness(wanted: Said, given: Statement, text: str) -> float:
    """F1 of the characters (letters and figures only) of the best alternative of each content."""
    if not wanted.what:
        return 1.0
    got = {at for part in given.content for at in range(part.start, part.end) if text[at].isalnum()}
    likely: list[set[int]] = [set()]
    for options in wanted.what:
        likely = [had | _characters(option, text) for had in likely for option in options.split("|")]
    return max(2 * len(got & each) / max(1, len(got) + len(each)) for each in likely)


def _characters(words: str, text: str) -> set[int]:
    at = text.index(words)
    return {each for each in range(at, at + len(words)) if text[each].isalnum()}


def _meets(wanted: str, given: str) -> bool:
    """True where one of the alternatives shares its words with what is given: one holds the other."""
    if not wanted:
        return not given
    return bool(given) and any(option in given or given in option for option in wanted.split("|"))


def _named(wanted: str, actor_id: str | None, reading: Reading) -> bool:
    actor = next((actor for actor in reading.actors if actor.actor_id == actor_id), None)
    if actor is None:
        return not wanted
    words = [actor.actor_id, actor.name, actor.country or "", *(mention.text for mention in actor.mentions)]
    return any(option in word for option in wanted.split("|") for word in words)


@pytest.mark.weights
@pytest.mark.parametrize("held_out", [False, True], ids=["open", "held_out"])
def test_sum(pipeline: Pipeline, held_out: bool) -> None:
    tally = Tally()
    for case in load_cases():
        if case.held_out == held_out:
            score(case, read(pipeline, case), tally)
    figures = tally.figures()
    assert not {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor}, figures
