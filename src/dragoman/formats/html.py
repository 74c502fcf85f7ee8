"""A reading as one self-contained page: the report with highlights, the dossier beside it. It loads nothing.

Everything that comes from an article passes through Jinja2's escaping, and the page's policy admits only the two
inline blocks of our own, by their hashes: a script that slips through anything else does not run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from dragoman.formats.dossier import make_dossier
from dragoman.records import Block, Reading, Record, Span

TEMPLATES = Path(__file__).parent / "templates"
KINDS = ("statement", "event", "agenda", "time", "place", "actor", "skipped")


class Mark(Record, frozen=True, kw_only=True):
    """A stretch of the text that belongs to a record: characters `[start, end)`."""

    start: int
    end: int
    kind: str
    ref: str


class Piece(Record, frozen=True, kw_only=True):
    """A stretch of a paragraph under the same marks; `opens` where one of its marks begins here."""

    text: str
    kinds: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    opens: bool = False


class Paragraph(Record, frozen=True, kw_only=True):
    """One block of the article, cut into pieces."""

    kind: str
    pieces: tuple[Piece, ...]


def to_html(reading: Reading) -> str:
    """The reading as one HTML page."""
    style = (TEMPLATES / "reading.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "reading.js").read_text(encoding="utf-8")
    return _template().render(
        dossier=make_dossier(reading, full=True),
        paragraphs=paragraphs(reading),
        titled=any(block.kind == "title" for block in reading.article.blocks),
        language=reading.article.language,
        link=safe_link(reading.article.url),
        kinds=KINDS,
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def paragraphs(reading: Reading) -> tuple[Paragraph, ...]:
    """The blocks of the article with their marks; a text without blocks is one paragraph."""
    article = reading.article
    marks = tuple(marks_of(reading))
    blocks = article.blocks or (Block(start=0, end=len(article.text), kind="body"),)
    return tuple(Paragraph(kind=block.kind, pieces=_cut(article.text, block, marks)) for block in blocks)


def marks_of(reading: Reading) -> Iterator[Mark]:
    """Every span that shows a record."""
    for statement in reading.statements:
        spans = [*statement.content, *(span for span in (statement.source, statement.cue) if span)]
        yield from _marks(spans, "statement", statement.statement_id)
    for event in reading.events:
        yield from _marks([event.trigger, *event.triggers], "event", event.event_id)
    for item in reading.agenda:
        spans = [span for field in item.evidence.values() for span in field if isinstance(span, Span)]
        yield from _marks(spans, "agenda", item.item_id)
    for place in reading.places:
        yield from _marks(list(place.mentions), "place", place.place_id)
    for actor in reading.actors:
        for mention in actor.mentions:
            yield Mark(start=mention.start, end=mention.end, kind="actor", ref=actor.actor_id)
    for dispute in reading.disputes:
        yield from _marks([dispute.proposition], "statement", f"d{dispute.proposition.start}")
    for skipped in reading.skipped:
        yield Mark(start=skipped.start, end=skipped.end, kind="skipped", ref=f"k{skipped.start}")
    for time in reading.times:
        yield Mark(start=time.start, end=time.end, kind="time", ref=f"t{time.start}")


def _marks(spans: list[Span], kind: str, ref: str) -> Iterator[Mark]:
    for start, end in dict.fromkeys((span.start, span.end) for span in spans):
        yield Mark(start=start, end=end, kind=kind, ref=ref)


def _cut(text: str, block: Block, marks: tuple[Mark, ...]) -> tuple[Piece, ...]:
    inside = [mark for mark in marks if mark.start < block.end and block.start < mark.end]
    edges = {block.start, block.end}
    for mark in inside:
        edges |= {max(mark.start, block.start), min(mark.end, block.end)}
    ordered = sorted(edges)
    return tuple(_piece(text, start, end, inside) for start, end in pairwise(ordered))


def _piece(text: str, start: int, end: int, marks: list[Mark]) -> Piece:
    here = [mark for mark in marks if mark.start <= start and end <= mark.end]
    return Piece(
        text=text[start:end],
        kinds=tuple(kind for kind in KINDS if any(mark.kind == kind for mark in here)),
        refs=tuple(dict.fromkeys(mark.ref for mark in sorted(here, key=lambda mark: mark.end - mark.start))),
        opens=any(mark.start == start for mark in here),
    )


def safe_link(url: str | None) -> str | None:
    """The address where it is one that a page may link to: http or https, nothing else."""
    if url is None:
        return None
    try:
        return url if urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("reading.html")
