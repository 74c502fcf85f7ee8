"""Quotes: stretches between quotation marks, whatever marks they are, balanced or not.

A quote never crosses the end of its paragraph. Where a quote goes on in the next paragraph, the first stays open
(`closed` is False) and the next one opens anew. Apostrophes, inches and clipped years ('90s) are no quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from dragoman.annotate import Annotated
from dragoman.records import QuoteMention

_MARK = re.compile(r"``|''|[\"“”„‟«»‘’‚‛'‹›]")
_CLOSERS = {
    '"': frozenset({'"', "”", "''"}),
    "“": frozenset({"”", '"', "“", "''"}),
    "„": frozenset({"“", "”", '"', "‟"}),
    "‟": frozenset({"”", '"'}),
    "``": frozenset({"''", '"'}),
    "''": frozenset({"''"}),
    "«": frozenset({"»"}),
    "»": frozenset({"«"}),
    "‹": frozenset({"›"}),
    "'": frozenset({"'", "’"}),
    "‘": frozenset({"’", "'"}),
    "‛": frozenset({"’"}),
    "‚": frozenset({"‘", "’"}),
}
_OPENERS = frozenset({"“", "„", "‟", "«", "‘", "‚", "‛", "``", "‹"})
_EITHER = frozenset({'"', "'", "''", "»", "“", "’"})
_SINGLE = frozenset({"'", "’", "‘", "‚", "‛"})
_CLIPPED = re.compile(r"\d0s\b|\d\d\b|(?:em|til|tis|twas|cause|round|bout|n|cos)\b", re.IGNORECASE)
_BEFORE_OPENING = frozenset(" \t\u00a0([{—–-/:;,\"“‘'`«„>|")
_STOPS = frozenset(",.!?…;—")
_AFTER_CLOSING = frozenset({":", ",", ".", "!", "?", ";", "", ")", '"', "”"})
_POSSESSIVE = frozenset("sSxz")
LOOK_AHEAD = 40
"""Marks after this one that are looked at: more would make a text of nothing but marks slow."""
MAX_DEPTH = 6
"""Quotes inside quotes: deeper nesting is noise."""


class _Mark(msgspec.Struct, frozen=True):
    """One quotation mark: characters `[start, end)` of the line."""

    start: int
    end: int
    sign: str


def find_quotes(annotated: Annotated) -> tuple[QuoteMention, ...]:
    """All quotes of an article, nested ones too, in the order of the text."""
    text = annotated.article.text
    found: list[QuoteMention] = []
    start = 0
    for line in text.split("\n"):
        found.extend(
            QuoteMention(
                start=start + inner[0],
                end=start + inner[1],
                outer_start=start + outer[0],
                outer_end=start + outer[1],
                text=line[inner[0] : inner[1]],
                closed=closed,
            )
            for outer, inner, closed in _quotes_of(line)
            if line[inner[0] : inner[1]].strip()
        )
        start += len(line) + 1
    return tuple(sorted(found, key=lambda quote: (quote.outer_start, -quote.outer_end)))


_Found = tuple[tuple[int, int], tuple[int, int], bool]


def _quotes_of(line: str) -> Iterator[_Found]:
    """(outer, inner, closed) of every quote in one line."""
    marks = [_Mark(hit.start(), hit.end(), hit.group()) for hit in _MARK.finditer(line)]
    if not marks:
        return
    opened: list[_Mark] = []
    for number, mark in enumerate(marks):
        place = _closed_by(line, opened, mark, later := marks[number + 1 : number + 1 + LOOK_AHEAD])
        if place is not None:
            opening = opened[place]
            del opened[place:]
            yield (opening.start, mark.end), (opening.end, mark.start), True
        elif _opens(line, mark, later):
            opened = [*opened[-MAX_DEPTH:], mark]
        elif not opened and _ends_a_quote(line, mark):
            yield (0, mark.end), (0, mark.start), False
    last = _last_opening(marks)
    for opening in opened[:1]:
        # A mark lost in the middle of a line must not swallow the quotes after it.
        if opening.sign not in _SINGLE and (not line[: opening.start].strip() or opening is last):
            end = len(line.rstrip())
            yield (opening.start, end), (opening.end, end), False


def _closed_by(line: str, opened: list[_Mark], mark: _Mark, later: list[_Mark]) -> int | None:
    """The place in the stack of open marks that this mark closes."""
    for place in range(len(opened) - 1, -1, -1):
        if mark.sign not in _CLOSERS[opened[place].sign]:
            continue
        if opened[place].sign in _SINGLE:
            return place if _closes_single(line, mark, later) else None
        return None if _looks_like_opening(line, mark) and later and mark.sign in _EITHER else place
    return None


def _opens(line: str, mark: _Mark, later: list[_Mark]) -> bool:
    if mark.sign not in _OPENERS and mark.sign not in _EITHER:
        return False
    if not _looks_like_opening(line, mark):
        # Sloppy spacing (`" We`) is common enough with straight double marks; inches ('6"') are not quotes.
        return mark.sign == '"' and _boundary_before(line, mark) and bool(later)
    if mark.sign not in _SINGLE:
        return mark.sign != "»" or any(other.sign == "«" for other in later)
    if mark.sign == "’" or _CLIPPED.match(line, mark.end):
        return False
    closers = _CLOSERS[mark.sign]
    return any(other.sign in closers and _may_close(line, other) for other in later)


def _last_opening(marks: list[_Mark]) -> _Mark | None:
    return next((mark for mark in reversed(marks) if mark.sign not in _SINGLE), None)


def _boundary_before(line: str, mark: _Mark) -> bool:
    return mark.start == 0 or line[mark.start - 1] in _BEFORE_OPENING


def _looks_like_opening(line: str, mark: _Mark) -> bool:
    return _boundary_before(line, mark) and mark.end < len(line) and not line[mark.end].isspace()


def _closes_single(line: str, mark: _Mark, later: list[_Mark]) -> bool:
    """True where a single mark ends a quote rather than being an apostrophe ("Russia's", "the workers' union")."""
    if not _may_close(line, mark):
        return False
    before, after = line[mark.start - 1], line[mark.end : mark.end + 1]
    if before in _STOPS or after in _AFTER_CLOSING or before not in _POSSESSIVE:
        return True
    return not any(other.sign == mark.sign and _may_close(line, other) for other in later)


def _may_close(line: str, mark: _Mark) -> bool:
    before, after = line[mark.start - 1 : mark.start], line[mark.end : mark.end + 1]
    return bool(before) and not before.isspace() and not after.isalnum()


def _ends_a_quote(line: str, mark: _Mark) -> bool:
    """True for a closing mark whose opening one was lost: it stands after a stop, before a space or the end."""
    if mark.sign in _SINGLE or mark.start == 0 or mark.sign not in {'"', "”", "''"}:
        return False
    after = line[mark.end : mark.end + 1]
    return line[mark.start - 1] in _STOPS and (not after or after.isspace())
