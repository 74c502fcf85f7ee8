"""The closed lists that the notation draws on: those of the package, and those of `codes.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

import msgspec

from dragoman.lexicon.predicates import Plover
from dragoman.lexicon.states import StateRow
from dragoman.lexicon.tables import TABLES, check_certificate, read_csv, read_toml
from dragoman.records import Act, AgendaKind, AgendaStatus, Status

TABLE = Path(__file__).with_name("codes.toml")
CASED = ("PER", "ORG", "POL", "LOC", "FAC", "GRP")
"""Types whose tag in capitals is a name, in small letters a nominal."""
NAMED = ("LAW", "EVT")
"""Types that only names have (a later mention without a type is a nominal or pronoun)."""
PLAIN = ("WEA", "COM", "MON")
TIMES = ("DATE", "TIME", "DUR", "SET")
TYPES = CASED + NAMED + PLAIN + TIMES
ACTORS = ("PER", "ORG", "POL", "GRP")
"""Types that can act, and whose value is an actor code."""
PLACES = ("LOC", "FAC")
"""Types whose value is the country that they are in."""
BOUNDS = ("before", "after", "about")
ROLES = {"e": ("if", "with"), "s": ("who", "cue", "what", "at"), "g": ("if",)}
"""Roles of a record's spans by the letter of its id; no role is the trigger, which statements lack."""

ACTS: tuple[str, ...] = get_args(Act)
STATUSES: tuple[str, ...] = get_args(Status)
AGENDA_KINDS: tuple[str, ...] = get_args(AgendaKind)
AGENDA_STATUSES: tuple[str, ...] = get_args(AgendaStatus)
SILENT_ACTS = ("decline", "no_response")
"""Acts of statements that need no content."""


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`codes.toml` without its certificate."""

    styles: tuple[str, ...]
    regions: tuple[str, ...]
    reasons: tuple[str, ...]
    sectors: tuple[str, ...]
    contexts: tuple[str, ...]
    pronouns: frozenset[str]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    named_days: tuple[str, ...]
    prepositions: frozenset[str]
    auxiliaries: frozenset[str]
    determiners: frozenset[str]
    abbreviations: frozenset[str]


@cache
def codes() -> Codes:
    """The lists of `codes.toml`. Raises LexiconError if its certificate is incomplete."""
    raw = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    check_certificate(raw.pop("certificate", {}), TABLE)
    return msgspec.convert(raw, Codes)


@cache
def modes() -> dict[str, tuple[str, ...]]:
    """PLOVER type -> its modes, from `plover.toml`."""
    plover = read_toml(Plover, TABLES / "plover.toml")
    return {name: tuple(entry.modes) for name, entry in plover.types.items()}


@cache
def countries() -> frozenset[str]:
    """ISO 3166 alpha-3 codes (past states too) of `states.csv`, and IGO for bodies between states."""
    rows = read_csv(StateRow, TABLES / "states.csv")
    return frozenset(row.id for row in rows if re.fullmatch("[A-Z]{3}", row.id) and not row.country) | {"IGO"}
