"""The command line: one file per command, parsing apart from doing. Only this room prints."""

from __future__ import annotations

import sys

import typer

from dragoman.cli.exits import Exit
from dragoman.cli.read import EPILOG, read_cli
from dragoman.errors import DragomanError, UsageError
from dragoman.version import __version__

app = typer.Typer(
    name="dragoman",
    help="Reads political news and keeps the record: who did what to whom, who said so, what is planned.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("read", epilog=EPILOG)(read_cli)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


@app.callback()
def _dragoman(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """The entry point of the `dragoman` command."""
    try:
        app()
    except UsageError as error:
        typer.echo(f"dragoman: {error}", err=True)
        sys.exit(Exit.USAGE)
    except DragomanError as error:
        typer.echo(f"dragoman: {error}", err=True)
        sys.exit(Exit.NONE_READ)
    except KeyboardInterrupt:
        typer.echo("dragoman: interrupted", err=True)
        sys.exit(Exit.INTERRUPTED)
