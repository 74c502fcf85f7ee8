"""`dragoman read`: news reports in, records out."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from dragoman.cli.exits import Exit
from dragoman.errors import SourceError, UsageError
from dragoman.records import Reading, Record

if TYPE_CHECKING:
    from rich.progress import Progress

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


class Given(Record, frozen=True, kw_only=True):
    """What the user says of the reports, over what they say of themselves."""

    date: dt.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None


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
    given = Given(date=_date(date), outlet=outlet, title=title, url=url)
    try:
        code = read_reports(sources, form, given, output=output, quiet=quiet)
    except BrokenPipeError:  # the reader of our output went away: no error of ours, and nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = Exit.ALL_READ
    raise typer.Exit(code)


read_cli.__doc__ = f"{read_cli.__doc__}\n\n\b\n{EPILOG}"


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no date; write it like 2026-11-20", param_hint="--date") from None


def read_reports(
    specs: list[str], form: Format, given: Given, *, output: Path | None = None, quiet: bool = False
) -> Exit:
    """Read every source and write its reading; one bad source never stops the others. Returns the exit code.

    Raises UsageError where several pages have no folder to go to.
    """
    from dragoman.pipeline import load_pipeline  # loading the encoder waits until the arguments are known to be good
    from dragoman.sources import expand

    inputs = list(expand(specs))
    write = _writer(form, output, several=len(inputs) > 1)
    pipeline: Pipeline | None = None
    done = skipped = 0
    with _progress(len(inputs), quiet) as advance:
        for source in inputs:
            try:
                article = _article(source, given)
                pipeline = pipeline or load_pipeline()
                write(pipeline.read(article))
                done += 1
            except SourceError as error:
                skipped += 1
                if not quiet:
                    typer.echo(f"dragoman: skipped {error}", err=True)
            advance()
    if skipped and len(inputs) > 1 and not quiet:
        typer.echo(f"dragoman: {done} read, {skipped} skipped", err=True)
    return Exit.NONE_READ if not done else Exit.SOME_SKIPPED if skipped else Exit.ALL_READ
