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
SCHEME = re.compile(r"\A(?:mailto|javascript|data|about|tel|news|blob):", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"\A(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|int|gov|co\.\w\w)(?:/|\Z))")
STDIN = "-"
SHOWN = 200  # characters of a name that an error repeats


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
    where = "standard input" if spec == STDIN else _shown(spec)
    if spec == STDIN:
        article = _article(_stdin(limits), where, limits, known)
    elif ADDRESS.match(spec) or SCHEME.match(spec):
        article = _from_address(spec, limits, known)
    else:
        article = _article(_file(spec, where, limits), where, limits, known, suffix=Path(spec).suffix.lower())
    check_article(article, where=where)
    return article


def _shown(spec: str) -> str:
    """A name as an error shows it: on one line, printable, not endless, and visible when it is empty."""
    plain = "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in spec)
    return f"{plain[:SHOWN]}…" if len(plain) > SHOWN else plain or "''"


def expand(specs: Iterable[str]) -> Iterator[str]:
    """The inputs, each folder replaced by the text and HTML files under it, sorted; hidden ones are left out.

    A folder that holds no such file, or that may not be looked into, is handed on as it is: `read_source` then says
    what is wrong with it. Links to folders are not followed, so that no loop is walked.
    """
    for spec in specs:
        if spec and spec != STDIN and not ADDRESS.match(spec) and _is_folder(spec):
            yield from _files_under(spec) or [spec]
        else:
            yield spec


def _is_folder(spec: str) -> bool:
    try:
        return Path(spec).is_dir()
    except OSError:  # no permission, a name that is too long: reading it will tell
        return False


def _files_under(folder: str) -> list[str]:
    found: list[Path] = []
    closed: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = [Path(parent) / name for name in names if not name.startswith(".")]
        found += [path for path in paths if path.suffix.lower() in TEXT_SUFFIXES | PAGE_SUFFIXES]
    return [str(path) for path in sorted(found + closed)]


def _stdin(limits: Limits) -> bytes:
    where = "standard input"
    try:
        raw = sys.stdin.buffer.read(limits.max_bytes + 1)
    except (AttributeError, ValueError, OSError) as error:  # None where it is closed, a ValueError where we closed it
        raise EmptyInput("it is closed", where=where, next_step="pipe a report into it, or name a file") from error
    if not raw:
        next_step = "pipe a report into it; it can be read only once"
        raise EmptyInput("nothing came in", where=where, next_step=next_step)
    return _sized(raw, where, limits)


def _file(spec: str, where: str, limits: Limits) -> bytes:
    path = Path(spec)
    try:
        _check_regular(path, spec, where)
        with path.open("rb") as file:
            raw = file.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        bare = BARE_ADDRESS.match(spec)
        next_step = f"if it is an address, write https://{where}" if bare else "check the path"
        raise NotFound("no such file or folder", where=where, next_step=next_step) from error
    except PermissionError as error:
        raise SourceError("no permission to read it", where=where, next_step="check its access rights") from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"cannot be opened ({reason})", where=where, next_step="check the path") from error
    return _sized(raw, where, limits)


def _check_regular(path: Path, spec: str, where: str) -> None:
    """Raises NotFound for a folder, a device, a pipe; they have no end, or nothing to read."""
    if not spec:
        raise NotFound("the name is empty", where=where, next_step="name a file, a folder or an address")
    if path.is_dir():
        if not os.access(path, os.R_OK | os.X_OK):
            raise PermissionError
        raise NotFound("the folder holds no text or HTML file", where=where, next_step="name a file, or another folder")
    if path.exists() and not path.is_file():
        next_step = "name a file, a folder or an address; pipe a report into -"
        raise NotFound("this is a device or a pipe, no file", where=where, next_step=next_step)


def _sized(raw: bytes, where: str, limits: Limits) -> bytes:
    if len(raw) > limits.max_bytes:
        raise TooLarge(f"over {limits.max_bytes:,} bytes", where=where, next_step="cut it into single reports")
    if not raw:
        raise EmptyInput("the input is empty", where=where, next_step="give a report of at least one sentence")
    return raw


def _from_address(url: str, limits: Limits, given: Given) -> Article:
    if not url.lower().startswith(("http://", "https://")):
        raise FetchError(
            "only http and https addresses can be read",
            where=_shown(url),
            next_step="name the file itself"
            if url.lower().startswith("file:")
            else "save the report and read the file",
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
