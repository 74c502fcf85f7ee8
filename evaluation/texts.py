"""A text as it came and as the article keeps it: offsets translated back.

Test sets count characters of their own text. The product reads that text in the way it reads any input (spaces made
plain, hard-wrapped lines joined, empty lines dropped), so that what is measured is what a user gets; the spans of the
article are then carried back, character by character.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from dragoman.records import Article
from dragoman.sources import make_article


@dataclass(frozen=True)
class SourceText:
    """An article and where each of its characters stands in the text that it was made of."""

    article: Article
    places: tuple[int, ...]
    raw: str

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Characters `[start, end)` of the article as characters of the source."""
        if start >= end:
            return (self.places[start], self.places[start]) if start < len(self.places) else (0, 0)
        last = self.places[end - 1] + 1
        while last < len(self.raw) and unicodedata.combining(self.raw[last]):
            last += 1
        return self.places[start], last

    def forth(self, start: int, end: int) -> tuple[int, int]:
        """Characters `[start, end)` of the source as characters of the article."""
        kept = self.article.text
        inside = [at for at, place in enumerate(self.places) if start <= place < end and not kept[at].isspace()]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def source_text(text: str, date: dt.date | str | None = None) -> SourceText:
    """The article of a text, with the way back."""
    article = make_article(text, date=date)
    return SourceText(article, tuple(_places(text, article.text)), text)


def _places(raw: str, kept: str) -> list[int]:
    """For each character of `kept`, its place in `raw`: both hold the same characters in the same order, but for white
    space, dropped characters and composition."""
    places: list[int] = []
    at = 0
    for char in kept:
        if char in " \n":
            places.append(min(at, max(len(raw) - 1, 0)))
            continue
        at = _next(raw, at, char)
        places.append(at)
        at += 1
    return places


def _next(raw: str, at: int, char: str) -> int:
    """Where the character stands in `raw` at `at` or soon after, whole or as the base of a composed character."""
    base = unicodedata.normalize("NFD", char)[0]
    for place in range(at, len(raw)):
        if raw[place] == char or unicodedata.normalize("NFD", raw[place])[0] == base:
            return place
    return min(at, len(raw) - 1)
