"""`python -m training.corpora`: check, count, show and convert corpus files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from training.corpora.notation import Reading, parse

app = typer.Typer(help="The corpus of political news: check, count, show.", no_args_is_help=True, add_completion=False)


@app.callback()
def _corpora() -> None:
    """The corpus of political news: check, count, show."""


@app.command()
def check(files: Annotated[list[Path], typer.Argument(help="Corpus files.", exists=True)]) -> None:
    """Check corpus files; exit 1 if there is an error."""
    failed = False
    for path in files:
        reading = parse(path.read_text(encoding="utf-8"), str(path))
        for problem in reading.problems:
            typer.echo(str(problem))
        typer.echo(_summary(path, reading))
        failed = failed or bool(reading.errors)
    raise typer.Exit(1 if failed else 0)


def _summary(path: Path, reading: Reading) -> str:
    passages = reading.file.passages
    sentences = sum(len(passage.sentences) for passage in passages)
    events = sum(len(passage.events) for passage in passages)
    statements = sum(len(passage.statements) for passage in passages)
    warnings = len(reading.problems) - len(reading.errors)
    return (
        f"{path}: {len(passages)} sound passages ({sentences} sentences, {events} events, {statements} statements), "
        f"{reading.broken} broken; {len(reading.errors)} errors, {warnings} warnings"
    )


if __name__ == "__main__":
    app()
