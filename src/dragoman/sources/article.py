"""Text -> Article: the one place where an article is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from dragoman.records import Article, BlockKind, digest
from dragoman.sources.blocks import cut_blocks
from dragoman.sources.bylines import read_credits, split_title
from dragoman.sources.cues import load_cues
from dragoman.sources.dates import Dated, find_date, given_date
from dragoman.sources.normalise import normalise

LONGEST_TITLE = 220  # characters, with the name of the site


def make_article(
    text: str,
    *,
    date: dt.date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    authors: tuple[str, ...] = (),
    page_date: dt.date | None = None,
    hints: Mapping[int, BlockKind] | None = None,
) -> Article:
    """The article of a report's text, normalised and cut into blocks. Every string makes one, even an empty one.

    `date` is what the caller knows, `page_date` what the page's metadata say; else labels, address and dateline are
    read. `hints` maps the numbers of the lines of the normalised text to kinds that the source knows. Pure: equal
    arguments give equal articles. Raises UsageError where `date` is text and not ISO 8601.
    """
    kept, site = normalise(text), None
    if hints is None:
        kept, site = _part_site(kept)
    blocks = cut_blocks(kept, title=title, hints={1: "promo"} if site else hints)
    dated = _dated(kept, [block.start for block in blocks], given_date(date), page_date, url)
    headline = next((kept[block.start : block.end] for block in blocks if block.kind == "title"), None)
    credited = read_credits([(block.kind, kept[block.start : block.end]) for block in blocks], load_cues())
    text_id = digest(kept)
    home = url or outlet
    return Article(
        article_id=digest(text_id, home) if home else text_id,
        text_id=text_id,
        url=url,
        outlet=outlet or site or credited.outlet,
        title=title or headline,
        authors=authors or credited.authors,
        published_at=dated.date if dated else None,
        published_earliest=dated.date if dated else None,
        published_latest=dated.date if dated else None,
        published_by=dated.by if dated else None,
        published_evidence=dated.evidence if dated else (),
        text=kept,
        blocks=blocks,
    )


def _part_site(text: str) -> tuple[str, str | None]:
    """A page pasted with the site's name behind its headline: that name on a line of its own, and the name."""
    first, _, rest = text.partition("\n")
    headline, site = split_title(first, load_cues())
    if site is None or not rest or len(first) > LONGEST_TITLE:
        return text, None
    return f"{headline}\n{first[len(headline) :].lstrip()}\n{rest}", site


def _dated(
    text: str, starts: list[int], given: dt.date | None, page_date: dt.date | None, url: str | None
) -> Dated | None:
    if given:
        return Dated(date=given, by="given")
    if page_date:
        return Dated(date=page_date, by="metadata")
    return find_date(text, starts, url)
