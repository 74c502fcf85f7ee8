"""The cues of news pages (blocks.toml), compiled: which lines are a promo, a credit, a caption, a byline."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from dragoman.errors import LexiconError
from dragoman.records import BlockKind, Record

TABLE = Path(__file__).parent / "blocks.toml"
Zone = Literal["any", "top", "tail", "edge", "first", "head", "picture"]
WIDEST_LINE = 1200  # characters; no cue of the table is about longer lines, and patterns stay fast


class Certificate(Record, frozen=True, kw_only=True):
    """Where a table comes from."""

    source: str
    licence: str
    date: str
    note: str


class CueRow(Record, frozen=True, kw_only=True):
    """One [[cue]] of the table, as written."""

    kind: BlockKind
    match: Literal["whole", "start", "end", "inside"]
    patterns: tuple[str, ...]
    zone: Zone = "any"
    most: int = 80


class Shapes(Record, frozen=True, kw_only=True):
    """Regular expressions for <person>, <name> (the same, in a case-ignoring pattern)."""

    person: str
    name: str


class Words(Record, frozen=True, kw_only=True):
    """The word lists of the table."""

    agency: tuple[str, ...]
    month: tuple[str, ...]
    city: tuple[str, ...]
    outlet: tuple[str, ...]
    desk: tuple[str, ...]
    weekday: tuple[str, ...]
    kicker: tuple[str, ...]
    opener: tuple[str, ...]
    pose: tuple[str, ...]
    still: tuple[str, ...]


class CueTable(Record, frozen=True, kw_only=True):
    """blocks.toml as it stands."""

    certificate: Certificate
    cue: tuple[CueRow, ...]
    shapes: Shapes
    words: Words


class Cue(Record, frozen=True, kw_only=True):
    """A compiled cue: `matches` says whether a line is of its kind."""

    kind: BlockKind
    zone: Zone
    most: int
    pattern: re.Pattern[str]
    whole: bool

    def matches(self, line: str, words: int) -> bool:
        """True where the line, of `words` words, shows the cue."""
        if words > self.most or len(line) > WIDEST_LINE:
            return False
        return bool(self.pattern.fullmatch(line) if self.whole else self.pattern.search(line))


class Cues(Record, frozen=True, kw_only=True):
    """The compiled table."""

    cues: tuple[Cue, ...]
    kickers: frozenset[str]
    openers: frozenset[str]
    poses: re.Pattern[str]
    stills: re.Pattern[str]
    person: re.Pattern[str]
    agencies: frozenset[str]
    cities: frozenset[str]
    outlets: frozenset[str]
    desks: frozenset[str]

    def kind_of(self, line: str, words: int, zones: tuple[Zone, ...] = ("any",)) -> BlockKind | None:
        """The kind that the first fitting cue of these zones gives to a line."""
        return next((cue.kind for cue in self.cues if cue.zone in zones and cue.matches(line, words)), None)

    def first_kind(self, line: str, words: int) -> BlockKind | None:
        """The kind that a line has wherever it stands; the cues of the zone "first" go before all others."""
        return self.kind_of(line, words, ("first",)) or self.kind_of(line, words)


@cache
def load_cues(path: Path = TABLE) -> Cues:
    """The cues of a table. Raises LexiconError where it is malformed."""
    try:
        table = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), CueTable)
        return _compile(table)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, re.error) as error:
        raise LexiconError(str(error), where=str(path)) from error


def _compile(table: CueTable) -> Cues:
    words = table.words
    fills = {
        "agency": _either(words.agency),
        "city": _either(words.city),
        "month": _either(words.month),
        "weekday": _either(words.weekday),
        "person": f"(?:{table.shapes.person})",
        "name": table.shapes.name,
    }
    return Cues(
        cues=tuple(_cue(row, fills) for row in table.cue),
        kickers=frozenset(word.casefold() for word in words.kicker),
        openers=frozenset(word.casefold() for word in words.opener),
        poses=re.compile(rf"(?<!\bto )\b{_either(words.pose)}\b"),
        stills=re.compile(rf"(?<!\bto )\b{_either(words.still)}\b"),
        person=re.compile(table.shapes.person),
        agencies=frozenset(words.agency),
        cities=frozenset(word.casefold() for word in words.city),
        outlets=frozenset(words.outlet),
        desks=frozenset(words.desk),
    )


def _cue(row: CueRow, fills: dict[str, str]) -> Cue:
    either = "|".join(f"(?:{pattern})" for pattern in row.patterns)
    filled = re.sub(r"<(\w+)>", lambda hole: fills[hole[1]], either)
    anchored = {"whole": "{}", "start": r"\A(?:{})", "end": r"(?:{})\Z", "inside": "{}"}[row.match]
    pattern = re.compile(anchored.replace("{}", filled), re.IGNORECASE)
    return Cue(kind=row.kind, zone=row.zone, most=row.most, pattern=pattern, whole=row.match == "whole")


def _either(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=len, reverse=True)  # the longest first, or "AP" would hide "AP Photo"
    return f"(?:{'|'.join(re.escape(word) for word in ordered)})"
