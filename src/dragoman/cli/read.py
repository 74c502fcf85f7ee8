"""`dragoman read`: news reports in, records out."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from enum import StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dragoman.cli.exits import Exit
from dragoman.errors import DragomanError, SourceError, UsageError
from dragoman.formats import to_html, to_text
from dragoman.records import Reading
from dragoman.sources import Given, expand, read_source

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

EPILOG = """Examples:

  dragoman read report.txt --date 2026-11-20

  dragoman read reports/ --format json > readings.jsonl

  dragoman read https://example.org/story --format html --output story.html

  cat report.txt | dragoman read -

Exit codes: 0 all read, 1 none read, 2 usage, 3 some skipped, 130 interrupted."""


class Format(StrEnum):
    """The forms that a reading can take."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def read_cli(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, addresses, or - for standard input.")
    ],
    form: Annotated[Format, typer.Option("--format", "-f", help="text, json (one line each) or html.")] = Format.TEXT,
    date: Annotated[str | None, typer.Option(help="Publication date, YYYY-MM-DD.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Name of the outlet.")] = None,
    title: Annotated[str | None, typer.Option(help="Title of the report.")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the report.")] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here: a file, or a folder for several pages.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no warnings.")] = False,
) -> None:
    """Read news reports and put out who did what to whom, who said so, and what is planned."""
    if not all(source.strip() for source in sources):
        raise typer.BadParameter("an empty name; is a variable of your shell unset?", param_hint="SOURCE")
    given = Given(date=_date(date), outlet=outlet, title=title, url=url)
    try:
        code = read_reports(sources, form, given, output=output, quiet=quiet)
    except BrokenPipeError:  # the reader of our output went away: no error of ours, and nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.ALL_READ
    except OSError as error:  # reading an input raises SourceError: this is the output
        _warn(f"cannot write {output or 'to standard output'}: {error.strerror or error}", quiet=False)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # else Python complains again when it flushes at the end
        code = Exit.NONE_READ
    raise typer.Exit(code)


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it like 2026-11-20", param_hint="--date") from None


def read_reports(
    specs: list[str], form: Format, given: Given, *, output: Path | None = None, quiet: bool = False
) -> Exit:
    """Read every source and write its reading; one bad source never stops the others. Returns the exit code.

    Raises UsageError where several pages have no folder to go to, or the output cannot be written.
    """
    inputs = list(expand(specs))
    done = skipped = 0
    load = cache(_load)
    with _progress(len(inputs), quiet=quiet) as advance, _writer(form, output, several=len(inputs) > 1) as write:
        for spec in inputs:
            reading = _reading(spec, given, load, quiet=quiet)
            if reading is None:
                skipped += 1
            else:
                write(reading, spec)
                done += 1
            advance()
    if skipped and len(inputs) > 1:
        _warn(f"{done} read, {skipped} skipped", quiet=quiet)
    return Exit.NONE_READ if not done else Exit.SOME_SKIPPED if skipped else Exit.ALL_READ


def _reading(spec: str, given: Given, load: Callable[[], Pipeline], *, quiet: bool) -> Reading | None:
    """The reading of one source; None, and one line on standard error, where it cannot be read."""
    try:
        article = read_source(spec, given=given)
        pipeline = load()
        return pipeline.read(article)
    except SourceError as error:
        _warn(f"skipped {error}", quiet=quiet)
    except DragomanError:
        raise
    except Exception as error:  # an error of ours in one report must not take the others down
        if os.environ.get("DRAGOMAN_DEBUG"):
            raise
        _warn(
            f"skipped {spec}: internal error, {type(error).__name__}: {error} — please report it; "
            "DRAGOMAN_DEBUG=1 shows where",
            quiet=False,
        )
    return None


def _load() -> Pipeline:
    from dragoman.pipeline import load_pipeline  # the encoder waits until there is something to read

    return load_pipeline()


def _warn(text: str, *, quiet: bool) -> None:
    if not quiet:
        typer.echo(f"dragoman: {text}", err=True)


Write = Callable[[Reading, str], None]


@contextmanager
def _writer(form: Format, output: Path | None, *, several: bool) -> Iterator[Write]:
    """A function that writes one reading: to standard output, to one file, or as one page of a folder."""
    if form is Format.HTML and (several or (output is not None and output.is_dir())):
        yield _page_writer(_page_folder(output))
    elif output is None and sys.stdout is None:
        raise UsageError("standard output is closed", next_step="name a file with --output")
    else:
        with _opened(output) if output else nullcontext(sys.stdout) as stream:
            yield partial(_write, form, stream)


def _page_folder(output: Path | None) -> Path:
    if output is None or output.is_file() or output.suffix in {".html", ".htm"}:
        raise UsageError("several pages need a folder", where="--format html", next_step="use --output FOLDER")
    output.mkdir(parents=True, exist_ok=True)
    return output


def _opened(output: Path) -> TextIO:
    try:
        return output.open("w", encoding="utf-8")
    except (IsADirectoryError, PermissionError, FileNotFoundError) as error:
        raise UsageError(str(error.strerror).lower(), where=str(output), next_step="name a file to write to") from error


def _write(form: Format, stream: TextIO, reading: Reading, spec: str) -> None:  # noqa: ARG001 - the shape of a writer
    stream.write(_rendered(form, reading, stream) + "\n")
    stream.flush()


def _page_writer(folder: Path) -> Write:
    taken: set[str] = set()

    def write(reading: Reading, spec: str) -> None:
        stem = re.sub(r"[^\w.-]+", "-", Path(spec).stem).strip("-.") or reading.article.article_id
        name = stem if stem not in taken else f"{stem}-{reading.article.article_id}"
        taken.add(name)
        (folder / f"{name}.html").write_text(to_html(reading), encoding="utf-8")

    return write


def _rendered(form: Format, reading: Reading, stream: TextIO) -> str:
    if form is Format.JSON:
        return reading.to_json()
    if form is Format.HTML:
        return to_html(reading)
    terminal = stream.isatty()
    width = shutil.get_terminal_size((100, 24)).columns if terminal else 100
    return to_text(reading, width=min(width, 140), colour=terminal and "NO_COLOR" not in os.environ)


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[[], None]]:
    """A function that moves the bar on by one; the bar is shown where several sources meet a terminal."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total)
        yield lambda: progress.advance(task)
