"""The ground of every record: frozen structs that refuse unknown fields."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all records. Equal content means equal records; records hash by content where their fields do."""


class Span(Record, frozen=True, kw_only=True):
    """A stretch of `article.text`: characters `[start, end)`, and the words that stand there."""

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """True where `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


Evidence = dict[str, tuple[Span | str, ...]]
"""Field -> the words that it rests on; a fact of the lexicon is the string `table#row` instead."""


def span_of(text: str, start: int, end: int) -> Span:
    """The span `[start, end)` of `text`."""
    return Span(start=start, end=end, text=text[start:end])
