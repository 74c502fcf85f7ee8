"""The child process of `page.py`: HTML on standard input, one JSON Page on standard output.

python -m dragoman.sources.extractor [URL] < page.html
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import Any

import msgspec

from dragoman.records import BlockKind
from dragoman.sources.page import Page, PageLine

CAPTIONS = "//figcaption | //*[contains(concat(' ', normalize-space(@class), ' '), ' caption ')]"
HEADLINES = "//h1"
BLOCK_TAGS = frozenset(["body", "head", "p", "item", "list", "quote", "cell", "row", "table", "lb", "ab", "code"])
SITE_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")


def extract(html: str, url: str | None = None) -> Page:
    """The report of a page by trafilatura (fast mode), with headings and captions told by the markup."""
    import trafilatura
    from lxml import html as lxml_html

    tree = lxml_html.fromstring(html.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    captions = {_plain(node) for node in tree.xpath(CAPTIONS)} - {""}
    headlines = [_plain(node) for node in tree.xpath(HEADLINES)]
    found: Any = trafilatura.bare_extraction(html, url=url, fast=True, with_metadata=True, include_comments=False)
    if found is None or found.body is None:
        return Page()
    paragraphs = _paragraphs(found.body)
    first = next((text for text, heading in paragraphs[:1] if heading), None)
    title = first if first in headlines else _title(found.title, headlines)
    lines = tuple(PageLine(text=text, kind=_kind(text, captions, title, heading=head)) for text, head in paragraphs)
    return Page(
        lines=lines,
        title=title,
        authors=tuple(part.strip() for part in (found.author or "").split(";") if part.strip()),
        date=_date(found.date),
        outlet=found.sitename or None,
        url=url or found.url or None,
    )


def _title(title: str | None, headlines: list[str]) -> str | None:
    """The headline on the page itself where the metadata have none, only a label, or add the outlet's name to it."""
    long = [headline for headline in headlines if len(headline.split()) > 2]
    if long and (not title or len(title.split()) < 3):
        return long[0]
    if not title:
        return None
    for headline in long:
        if title.startswith(headline):
            return headline
    return SITE_TAIL.sub("", title) if len(title.split()) > 6 else title


def _paragraphs(body: Any) -> list[tuple[str, bool]]:
    """(text, is a heading) for each stretch of text between two ends of block elements, in the order of the page."""
    out: list[tuple[str, bool]] = []
    parts: list[str] = []

    def flush(heading: bool) -> None:
        if text := " ".join("".join(parts).split()):
            out.append((text, heading))
        parts.clear()

    def walk(node: Any, heading: bool) -> None:
        block = node.tag in BLOCK_TAGS
        inside = heading or node.tag == "head"
        if block:
            flush(heading)
        parts.append(node.text or "")
        for child in node:
            walk(child, inside)
            parts.append(child.tail or "")
        if block:
            flush(inside)

    walk(body, False)
    return out


def _kind(text: str, captions: set[str], title: str | None, *, heading: bool) -> BlockKind | None:
    if title and text == title:
        return "title"
    if heading:
        return "heading"
    return "caption" if text in captions else None


def _plain(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def main() -> None:
    """Reads the page from standard input, writes it to standard output."""
    html = sys.stdin.buffer.read().decode("utf-8", "replace")
    page = extract(html, sys.argv[1] if len(sys.argv) > 1 else None)
    sys.stdout.buffer.write(msgspec.json.encode(page))


if __name__ == "__main__":
    main()
