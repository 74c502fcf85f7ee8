"""What is wrong in a corpus file: where, what, and what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Literal

import msgspec

from dragoman.errors import DragomanError

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One finding. `line` and `column` count from 1; column 0 is the whole line, line 0 the whole file."""

    path: str
    line: int
    column: int
    severity: Severity
    what: str
    next_step: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        column = f":{self.column}" if self.column else ""
        step = f" — {self.next_step}" if self.next_step else ""
        return f"{place}{column}: {self.severity}: {self.what}{step}"


_FEW = 3
"""As many findings with the same words are listed one by one."""


def folded(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The findings in order; where more than a few of a file say the same, the first speaks for all of them."""
    alike: dict[tuple[str, str, str, str], list[Problem]] = defaultdict(list)
    for one in sorted(found):
        alike[one.path, one.severity, one.what, one.next_step].append(one)
    return tuple(sorted(shown for group in alike.values() for shown in _spoken_for(group)))


def _spoken_for(group: list[Problem]) -> list[Problem]:
    first, *others = group
    if len(group) <= _FEW:
        return group
    lines = ", ".join(str(one.line) for one in others[:_FEW])
    more = " ..." if len(others) > _FEW else ""
    return [msgspec.structs.replace(first, what=f"{first.what} (and {len(others)} more: lines {lines}{more})")]


class CorpusError(DragomanError):
    """A corpus file cannot be used as it is."""


class Problems:
    """Collects the findings of one file while it is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Problem] = []

    def error(self, line: int, what: str, next_step: str = "", column: int = 0) -> None:
        """Add an error: the file is not sound until it is mended."""
        self.found.append(Problem(self.path, line, column, "error", what, next_step))

    def warning(self, line: int, what: str, next_step: str = "", column: int = 0) -> None:
        """Add a warning: most likely a slip, but it may be right."""
        self.found.append(Problem(self.path, line, column, "warning", what, next_step))

    def errors(self) -> int:
        """How many errors there are so far."""
        return sum(problem.severity == "error" for problem in self.found)


def choices(given: str, allowed: tuple[str, ...] | frozenset[str]) -> str:
    """The next step after an unknown code: the nearest allowed one, or all of them."""
    near = get_close_matches(given, sorted(allowed), n=3, cutoff=0.6) or get_close_matches(
        given.upper(), sorted(allowed), n=3, cutoff=0.6
    )
    if near:
        return f"did you mean {' or '.join(near)}?"
    listed = sorted(allowed)
    return f"one of: {' '.join(listed)}" if len(listed) <= 60 else "see NOTATION.md"
