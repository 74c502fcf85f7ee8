"""The article: its text as we keep it, its blocks, and what is known of its publication."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from dragoman.records.base import Record, Span

BlockKind = Literal[
    "title", "summary", "heading", "body", "caption", "promo", "credit", "byline", "dateline", "duplicate"
]
PublishedBy = Literal["given", "metadata", "feed", "url", "dateline", "inferred", "prior"]


class Block(Record, frozen=True, kw_only=True):
    """One paragraph of the article, characters `[start, end)`, and what it is to the report."""

    start: int
    end: int
    kind: BlockKind


class Article(Record, frozen=True, kw_only=True):
    """A report as it is read: NFC text, one paragraph a line. Make one with `dragoman.sources.make_article`."""

    article_id: str
    text_id: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: dt.date | None = None
    published_earliest: dt.date | None = None
    published_latest: dt.date | None = None
    published_by: PublishedBy | None = None
    published_evidence: tuple[Span, ...] = ()
    language: str = "en"
    text: str
    blocks: tuple[Block, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span `[start, end)` of this article's text."""
        return Span(start=start, end=end, text=self.text[start:end])

    def block_at(self, offset: int) -> Block | None:
        """The block that holds the character at `offset`."""
        return next((block for block in self.blocks if block.start <= offset < block.end), None)


def digest(*parts: str) -> str:
    """A short stable id: the first 16 hexadecimal digits of a SHA-256 over the parts."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
