"""Marks within a line: `[a:PER Petra] {e1 left}` to text and spans, and back."""

from __future__ import annotations

import re

import msgspec

from training.corpora.problems import Problems
from training.corpora.tags import Curly, Square, TagError, read_curly, read_square, write_curly, write_square

_CLOSES = {"]": "[", "}": "{"}
_ESCAPED = "[]{}\\"
_TAG = re.compile(r"[^\s\[\]{}]*")


class Spot(msgspec.Struct, frozen=True):
    """A tag and its characters `[start, end)` of the sentence; `column` is where it stands in the line."""

    tag: Square | Curly
    start: int
    end: int
    column: int = 0


class Marked(msgspec.Struct, frozen=True):
    """A sentence without its marks, and its marks."""

    text: str
    spots: tuple[Spot, ...]


class _Open(msgspec.Struct, frozen=True):
    bracket: str
    tag: str
    start: int
    column: int
    told: bool = False

    def shown(self) -> str:
        return f"{self.bracket}{self.tag} (column {self.column})"


class _Reader:
    """Reads one line; goes on after an error, so that all of them are found."""

    def __init__(self, raw: str, line: int, shift: int, problems: Problems) -> None:
        self.raw, self.line, self.shift, self.problems = raw, line, shift, problems
        self.out: list[str] = []
        self.open: list[_Open] = []
        self.spots: list[Spot] = []
        self.at = 0

    def error(self, what: str, step: str, at: int | None = None) -> None:
        self.problems.error(self.line, what, step, self.shift + (self.at if at is None else at) + 1)

    def read(self) -> Marked:
        while self.at < len(self.raw):
            char = self.raw[self.at]
            if char == "\\":
                self._escape()
            elif char in "[{":
                self._begin(char)
            elif char in "]}":
                self._end(char)
            else:
                self._take(char)
        for left in self.open:
            self.error(f"{left.shown()} is never closed", f"close it with {_partner(left.bracket)} on this line")
        spots = sorted(self.spots, key=lambda spot: (spot.start, -spot.end, isinstance(spot.tag, Square)))
        return Marked("".join(self.out), tuple(spots))

    def _take(self, char: str) -> None:
        self.out.append(char)
        self.at += 1

    def _escape(self) -> None:
        following = self.raw[self.at + 1 : self.at + 2]
        if following and following in _ESCAPED:
            self.out.append(following)
            self.at += 2
            return
        self.error("a lone backslash", "write \\\\ for a backslash, \\[ \\] \\{ \\} for brackets")
        self._take("\\")

    def _begin(self, bracket: str) -> None:
        tag = _TAG.match(self.raw, self.at + 1)
        word = tag[0] if tag else ""
        after = self.at + 1 + len(word)
        spaced = self.raw[after : after + 1] == " "
        self.open.append(_Open(bracket, word, len(self.out), self.shift + self.at + 1, told=not spaced))
        if not spaced:
            self.error(
                f"no tag and one space after {bracket}, here {self.raw[self.at : self.at + 16]!r}",
                f"write {bracket}tag words{_partner(bracket)}; a literal bracket is \\{bracket}",
            )
            self.at = after
            return
        self.at = after + 1
        if self.raw[self.at : self.at + 1] == " ":
            self.error(f"two spaces after {bracket}{word}", "leave one")

    def _end(self, bracket: str) -> None:
        wanted = _CLOSES[bracket]
        if not self.open:
            self.error(f"{bracket} closes nothing", f"a literal bracket is \\{bracket}")
            self.at += 1
            return
        position = next((n for n in range(len(self.open) - 1, -1, -1) if self.open[n].bracket == wanted), None)
        if position is None:
            inner = self.open[-1]
            self.error(
                f"{bracket} where {inner.shown()} is open", f"it closes with {_partner(inner.bracket)}, not {bracket}"
            )
            position = len(self.open) - 1
        elif position < len(self.open) - 1:
            self._crossing(bracket, self.open[position], self.open[-1])
        self._close(self.open.pop(position))
        self.at += 1

    def _crossing(self, bracket: str, outer: _Open, inner: _Open) -> None:
        self.error(
            f"{bracket} closes {outer.shown()} while {inner.shown()} inside it is open: marks nest and never cross",
            f"close {inner.bracket}{inner.tag} with {_partner(inner.bracket)} first",
        )

    def _close(self, opened: _Open) -> None:
        start, end = opened.start, len(self.out)
        words = "".join(self.out[start:end])
        at = opened.column - self.shift - 1
        if opened.told:
            return
        if not words.strip():
            self.error(f"{opened.shown()} marks no words", "mark at least one word", at)
            return
        if words != words.strip():
            self.error(
                f"the words of {opened.shown()} begin or end with a space: {words!r}", "move the space outside", at
            )
        try:
            tags = [read_square(opened.tag)] if opened.bracket == "[" else list(read_curly(opened.tag))
        except TagError as problem:
            self.error(problem.what, problem.next_step, at)
            return
        self.spots += [Spot(tag, start, end, opened.column) for tag in tags]


def _partner(bracket: str) -> str:
    return "]" if bracket == "[" else "}"


def read_marks(raw: str, line: int, shift: int, problems: Problems) -> Marked:
    """The text and marks of one sentence; `shift` is the column (from 0) at which `raw` begins in its line."""
    return _Reader(raw, line, shift, problems).read()


def write_marks(text: str, spots: tuple[Spot, ...]) -> str:
    """The inverse of `read_marks`. Spots must nest; of two on the same words, curly ones stand outside."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    groups = _grouped(spots)
    for begin, _, bracket, tag in groups:
        opening.setdefault(begin, []).append(f"{bracket}{tag} ")
    for _, end, bracket, _ in reversed(groups):
        closing.setdefault(end, []).append(_partner(bracket))
    out: list[str] = []
    for at in range(len(text) + 1):
        out += closing.get(at, [])
        out += opening.get(at, [])
        if at < len(text):
            out.append(f"\\{text[at]}" if text[at] in _ESCAPED else text[at])
    return "".join(out)


def _grouped(spots: tuple[Spot, ...]) -> list[tuple[int, int, str, str]]:
    """(start, end, bracket, tag), outer first; curly marks on the same words are one pair of brackets."""
    curly: dict[tuple[int, int], list[str]] = {}
    square: list[tuple[int, int, str]] = []
    for spot in spots:
        if isinstance(spot.tag, Curly):
            curly.setdefault((spot.start, spot.end), []).append(write_curly(spot.tag))
        else:
            square.append((spot.start, spot.end, write_square(spot.tag)))
    rows = [(start, end, "{", ",".join(tags)) for (start, end), tags in curly.items()]
    rows += [(start, end, "[", tag) for start, end, tag in square]
    return sorted(rows, key=lambda row: (row[0], -row[1], row[2] == "["))


def crossings(spots: tuple[Spot, ...]) -> list[tuple[Spot, Spot]]:
    """Pairs of spots that overlap without nesting (only the stand-off form can write such)."""
    ordered = sorted(spots, key=lambda spot: (spot.start, -spot.end))
    return [
        (first, second)
        for n, first in enumerate(ordered)
        for second in ordered[n + 1 :]
        if first.start < second.start < first.end < second.end
    ]
