"""The text of an HTML page, taken out in a process of its own that can be killed.

HTML libraries can be kept busy for a minute by one poisoned page (a tag with 100,000 attributes, 50,000 nested
elements); so a page is scanned for these first, and what is left runs under a time limit.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys

import msgspec

from dragoman.errors import EmptyInput, NotText, TooLarge, TooSlow
from dragoman.records import BlockKind, Record
from dragoman.sources.limits import Limits
from dragoman.sources.normalise import normalise

TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
# Elements that must be closed: an unclosed <p> or <li> does not nest
NESTING = frozenset(
    {"div", "span", "section", "article", "ul", "ol", "table", "blockquote", "b", "i", "em", "strong", "font"}
)


class PageLine(Record, frozen=True, kw_only=True):
    """A paragraph of a page, with its kind where the markup tells it."""

    text: str
    kind: BlockKind | None = None


class Page(Record, frozen=True, kw_only=True):
    """What a page holds: the report's paragraphs, and what its metadata say."""

    lines: tuple[PageLine, ...] = ()
    title: str | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    date: dt.date | None = None
    outlet: str | None = None
    url: str | None = None

    def text_and_hints(self) -> tuple[str, dict[int, BlockKind]]:
        """The normalised text, one paragraph a line, the headline first; and the kinds that are known, by line."""
        lines = [PageLine(text=self.title, kind="title")] if self.title and not self._opens_with_title() else []
        out: list[str] = []
        hints: dict[int, BlockKind] = {}
        for line in (*lines, *self.lines):
            for text in normalise(line.text.replace("\n", " ")).split("\n"):
                if text and line.kind:
                    hints[len(out)] = line.kind
                out.extend([text] if text else [])
        return "\n".join(out), hints

    def _opens_with_title(self) -> bool:
        wanted = _squeeze(self.title or "")
        return any(_squeeze(line.text) == wanted for line in self.lines[:3])


def _squeeze(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def extract_page(html: str, limits: Limits, *, where: str, url: str | None = None) -> Page:
    """The report on an HTML page. Raises TooLarge, TooSlow, NotText (poisoned markup) or EmptyInput (no report)."""
    scan(html, limits, where=where)
    command = [sys.executable, "-m", "dragoman.sources.extractor", *([url] if url else [])]
    try:
        done = subprocess.run(  # noqa: S603  (our own module; the page goes to standard input)
            command,
            input=html.encode("utf-8", "replace"),
            capture_output=True,
            timeout=limits.page_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow(
            f"the page took over {limits.page_seconds:g} s to take apart",
            where=where,
            next_step="save its text and read that",
        ) from None
    if done.returncode != 0:
        reason = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1] or f"exit {done.returncode}"
        raise NotText(
            f"the page could not be taken apart ({reason})", where=where, next_step="save its text and read that"
        )
    page = msgspec.json.decode(done.stdout, type=Page)
    if not page.lines:
        raise EmptyInput("no report was found on the page", where=where, next_step="save its text and read that")
    return page


def scan(html: str, limits: Limits, *, where: str) -> None:
    """Raises TooLarge or NotText where a page is of the kind that keeps HTML libraries busy for minutes."""
    if len(html) > limits.max_bytes:
        raise TooLarge(f"over {limits.max_bytes:,} characters", where=where, next_step="save its text and read that")
    next_step = "save its text and read that"
    if _longest_tag(html) > limits.max_tag_chars:
        raise NotText("a tag of the page is absurdly long", where=where, next_step=next_step)
    depth = deepest = 0
    for tag in TAG.finditer(html):
        if tag[2].lower() in NESTING:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > limits.max_depth:
        raise NotText("the page's elements are nested absurdly deep", where=where, next_step=next_step)


def _longest_tag(html: str) -> int:
    """Characters from the `<` of a tag to the next `>`, at most; one walk over the page."""
    longest, close = 0, -1
    for tag in TAG.finditer(html):
        if close < tag.start():
            found = html.find(">", tag.start())
            close = len(html) if found < 0 else found
        longest = max(longest, close - tag.start())
    return longest
