"""One input -> one Article: a path, an address, or `-` for standard input; and folders -> their files."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import EmptyInput, FetchError, NotFound, SourceError, TooLarge
from dragoman.records import Article, BlockKind, Record
from dragoman.sources.article import make_article
from dragoman.sources.decode import decode, looks_like_html
from dragoman.sources.language import check_article
from dragoman.sources.limits import DEFAULT_LIMITS, Limits
from dragoman.sources.page import extract_page

TEXT_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".asc"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
ADDRESS = re.compile(r"\A[a-zA-Z][a-zA-Z0-9+.-]{1,20}://")
STDIN = "-"


class Given(Record, frozen=True, kw_only=True):
    """What the caller knows of an input better than the input itself."""

    date: dt.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


def read_source(spec: str, limits: Limits = DEFAULT_LIMITS, *, given: Given | None = None) -> Article:
    """The article that a path, an address or `-` (standard input) holds.

    Raises a SourceError (what, where, next step) where there is none: not found, no access, not text, empty, too
    large, too slow, not in English.
    """
    known = given or Given()
    if spec == STDIN:
        article = _article(_stdin(limits), "standard input", limits, known)
    elif ADDRESS.match(spec):
        article = _from_address(spec, limits, known)
    else:
        path = Path(spec)
        article = _article(_file(path, limits), spec, limits, known, suffix=path.suffix.lower())
    check_article(article, where="standard input" if spec == STDIN else spec)
    return article


def expand(specs: Iterable[str]) -> Iterator[str]:
    """The inputs, each folder replaced by the text and HTML files under it, sorted; hidden ones are left out.

    A folder that holds no such file is handed on as it is: `read_source` then says what is wrong with it.
    """
    for spec in specs:
        if spec == STDIN or ADDRESS.match(spec) or not Path(spec).is_dir():
            yield spec
        else:
            files = _files_under(spec)
            yield from files or [spec]


def _files_under(folder: str) -> list[str]:
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(parent) / name for name in names if not name.startswith(".")]
    return [str(path) for path in sorted(found) if path.suffix.lower() in TEXT_SUFFIXES | PAGE_SUFFIXES]


def _stdin(limits: Limits) -> bytes:
    raw = sys.stdin.buffer.read(limits.max_bytes + 1)
    return _sized(raw, "standard input", limits)


def _file(path: Path, limits: Limits) -> bytes:
    where = str(path)
    try:
        if path.is_dir():
            raise NotFound(
                "the folder holds no text or HTML file", where=where, next_step="name a file, or another folder"
            )
        if path.exists() and not path.is_file():
            raise NotFound("this is no regular file", where=where, next_step="name a file, a folder or an address")
        with path.open("rb") as file:
            raw = file.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise NotFound("no such file or folder", where=where, next_step="check the path") from error
    except PermissionError as error:
        raise SourceError(
            "no permission to read it", where=where, next_step="check the file's access rights"
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot be opened ({reason})", where=where, next_step="check the path") from error
    return _sized(raw, where, limits)


def _sized(raw: bytes, where: str, limits: Limits) -> bytes:
    if len(raw) > limits.max_bytes:
        raise TooLarge(f"over {limits.max_bytes:,} bytes", where=where, next_step="cut it into single reports")
    if not raw:
        raise EmptyInput("the input is empty", where=where, next_step="give a report of at least one sentence")
    return raw


def _from_address(url: str, limits: Limits, given: Given) -> Article:
    if not url.lower().startswith(("http://", "https://")):
        raise FetchError(
            "only http and https addresses can be read", where=url, next_step="save the report to a file and read that"
        )
    from dragoman.sources.fetch import fetch

    got = fetch(url, limits)
    known = Given(date=given.date, outlet=given.outlet, title=given.title, url=given.url or got.url)
    suffix = ".html" if "html" in got.content_type else ""
    return _article(got.raw, url, limits, known, suffix=suffix, charset=got.charset)


def _article(
    raw: bytes, where: str, limits: Limits, given: Given, *, suffix: str = "", charset: str | None = None
) -> Article:
    text = decode(raw, where=where, charset=charset)
    if looks_like_html(text) or (suffix in PAGE_SUFFIXES and re.search(r"<[a-zA-Z!/]", text)):
        return _from_page(text, where, limits, given)
    if suffix in MARKDOWN_SUFFIXES:
        text = _plain_markdown(text)
    return make_article(text, date=given.date, outlet=given.outlet, title=given.title, url=given.url)


def _from_page(html: str, where: str, limits: Limits, given: Given) -> Article:
    page = extract_page(html, limits, where=where, url=given.url)
    text, hints = page.text_and_hints()
    return make_article(
        text,
        date=given.date,
        outlet=given.outlet or page.outlet,
        title=given.title or page.title,
        url=given.url or page.url,
        authors=page.authors,
        page_date=page.date,
        hints=_still_fitting(hints),
    )


def _still_fitting(hints: dict[int, BlockKind]) -> dict[int, BlockKind]:
    """The hints by line; only the first headline is one."""
    titles = [line for line, kind in hints.items() if kind == "title"]
    return {line: kind for line, kind in hints.items() if kind != "title" or line == titles[0]}


def _plain_markdown(text: str) -> str:
    """Markdown without its marks: headings, emphasis, links, images, quotes."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$", r"\n\1\n", text, flags=re.MULTILINE)
    text = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1", text)
    return re.sub(r"^> ?", "", text, flags=re.MULTILINE)
