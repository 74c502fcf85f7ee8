"""Drafts: statements in the making, and the spans of text that their parts cover."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterable
from typing import Literal

from spacy.tokens import Doc, Token

from dragoman.lexicon.cues import CueRow

Breadth = Literal["speech", "attitudes"]
"""What counts as an attribution: speech and stated belief, or also intentions, support, knowledge and rulings."""
KINDS: dict[Breadth, frozenset[str]] = {
    "speech": frozenset({"speech", "cognition", "evidence", "decree"}),
    "attitudes": frozenset({"speech", "cognition", "evidence", "decree", "attitude"}),
}
Stretch = tuple[int, int]
"""Characters `[start, end)` of the article."""
NEAREST = 16
"""Drafts before and after a place that are looked at: few real paragraphs have more, and noise must not be slow."""
_EDGE = " \t\r\n\u00a0,;:—–-…|"
_OPEN = "\"“„«‘'`("
_CLOSE = "\"”“»’')"
_PAIRS = {'"': '"', "“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", "(": ")", "`": "'"}


@dataclasses.dataclass(eq=False)
class Draft:
    """One cue with what hangs on it. `cue` is None where a quote stands alone and borrows its speaker.

    `holders` are the tokens that name the speaker (an antecedent for a relative pronoun); `source` the words that do.
    `complements` are the tokens of the content's heads, `relay` those of the outlets that hand the words on.
    """

    cue: Token | None
    row: CueRow | None
    cue_span: Stretch | None
    holders: tuple[Token, ...]
    source: Stretch | None
    contents: list[Stretch]
    negated: bool = False
    frame: str = "quote"
    quoted: list[Stretch] = dataclasses.field(default_factory=list)
    relay: tuple[Token, ...] = ()
    owner: Token | None = None
    nominal: bool = False

    @property
    def start(self) -> int:
        """Where the draft stands in the text: at its first content, or at its cue."""
        if self.contents:
            return min(start for start, _ in self.contents)
        return self.cue_span[0] if self.cue_span else -1

    def holds(self, start: int, end: int) -> bool:
        """True where `[start, end)` lies in one of the contents."""
        return any(left <= start and end <= right for left, right in self.contents)


class Paragraphs:
    """Drafts by the paragraph of their cue, so that a long article costs no more than its paragraphs."""

    def __init__(self, text: str, drafts: Iterable[Draft] = ()) -> None:
        self._breaks = [at for at, char in enumerate(text) if char == "\n"]
        self._drafts: dict[int, list[Draft]] = {}
        self._places: dict[int, list[int]] = {}
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Keep one more draft."""
        place = draft.cue.idx if draft.cue is not None else draft.start
        number = self._number(place)
        places = self._places.setdefault(number, [])
        at = bisect.bisect_right(places, place)
        places.insert(at, place)
        self._drafts.setdefault(number, []).insert(at, draft)

    def at(self, offset: int) -> list[Draft]:
        """The drafts of the paragraph that holds this character: the nearest ones, where it has too many."""
        number = self._number(offset)
        drafts = self._drafts.get(number, [])
        if len(drafts) <= 2 * NEAREST:
            return drafts
        at = bisect.bisect_left(self._places[number], offset)
        return drafts[max(0, at - NEAREST) : at + NEAREST]

    def _number(self, offset: int) -> int:
        return bisect.bisect_left(self._breaks, offset)


def stretch(doc: Doc, first: int, last: int) -> Stretch:
    """Characters from token `first` to token `last`, both included."""
    end = doc[last]
    return doc[first].idx, end.idx + len(end)


def runs(doc: Doc, indexes: Iterable[int]) -> list[Stretch]:
    """The characters covered by these tokens, one stretch for each unbroken run, without loose marks at the edges."""
    places: list[tuple[int, int]] = []
    for index in sorted(indexes):
        if places and index == places[-1][1] + 1:
            places[-1] = (places[-1][0], index)
        else:
            places.append((index, index))
    found = []
    for first, last in places:
        words = doc[first : last + 1].text  # `doc.text` is made anew at each call: too slow here
        start, end = trim(words, 0, len(words))
        if any(char.isalnum() for char in words[start:end]):
            found.append((doc[first].idx + start, doc[first].idx + end))
    return found


def trim(text: str, start: int, end: int) -> Stretch:
    """The stretch without commas, dashes and unpaired quotation marks at its edges, nor the stop of its sentence."""
    while start < end:
        if text[start] in _EDGE or (text[start] in _CLOSE and text[start] not in _OPEN):
            start += 1
        elif text[end - 1] in _EDGE or text[end - 1] == ".":
            if text[end - 1] == "." and _abbreviation(text, start, end):
                break
            end -= 1
        elif text[start] in _OPEN and not _paired(text, start, end):
            start += 1
        elif text[end - 1] in _CLOSE and not _paired_end(text, start, end):
            end -= 1
        elif (
            text[start] in _OPEN
            and _PAIRS[text[start]] == text[end - 1]
            and _PAIRS[text[start]] not in text[start + 1 : end - 1]
        ):
            start, end = start + 1, end - 1
            break
        else:
            break
    return start, end


def _abbreviation(text: str, start: int, end: int) -> bool:
    """True for the stop of "U.S." and "Jr.", as opposed to the stop of a sentence."""
    word = text[start : end - 1].rsplit(" ", 1)[-1]
    return "." in word or word in {"Jr", "Sr", "Inc", "Co", "Corp", "Ltd"} or (len(word) == 1 and word.isupper())


def _paired(text: str, start: int, end: int) -> bool:
    return _PAIRS[text[start]] in text[start + 1 : end]


def _paired_end(text: str, start: int, end: int) -> bool:
    last = text[end - 1]
    inside = text[start : end - 1]
    if last in "’'" and text[end - 2 : end - 1] in {"s", "z", "S"} and not any(mark in inside for mark in "‘'"):
        return True
    if last == '"':
        return inside.count('"') % 2 == 1
    return any(opening in inside for opening, closing in _PAIRS.items() if closing == last)
