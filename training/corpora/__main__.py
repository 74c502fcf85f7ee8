"""`python -m training.corpora`: check, count, show and convert corpus files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer

from dragoman.errors import DragomanError
from training.corpora import house, treebanks
from training.corpora.audit import Report, audit
from training.corpora.house import PARTS, Kind, Part, is_numbered, read_file
from training.corpora.inline import write_marks
from training.corpora.notation import Reading, write
from training.corpora.omissions import as_problems
from training.corpora.page import render
from training.corpora.passages import Certificate, CorpusFile, Passage
from training.corpora.statistics import Statistics, as_text, count

app = typer.Typer(
    name="python -m training.corpora",
    help="The corpus of political news: check it, count it, look at it (notation: training/corpora/house/NOTATION.md).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Files = Annotated[list[Path], typer.Argument(help="Corpus files.", exists=True, dir_okay=False)]
Out = Annotated[Path, typer.Option("--out", help="Folder to write to; the files keep their names.")]


def _example(*lines: str) -> str:
    return "Examples:\n\n" + "\n\n".join(lines)


@app.command(
    epilog=_example(
        "python -m training.corpora check",
        "python -m training.corpora check training/corpora/house/own/train/africa-1.txt",
        "python -m training.corpora check --hints training/corpora/house/own/train/africa-1.txt",
        "python -m training.corpora check --second --quiet training/corpora/house/second/own",
    )
)
def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders of either form; none: the whole house corpus.", exists=True),
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="Do not compare the files with the house corpus.")] = False,
    second: Annotated[bool, typer.Option("--second", help="The files are second labels of the test part.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Errors only, no warnings.")] = False,
    hints: Annotated[
        bool, typer.Option("--hints", help="Also list words that look as if a mark were missing.")
    ] = False,
) -> None:
    """Check spans, codes, ids, dates, the deny list and near-duplicates; exit 1 if there is an error."""
    report = audit([path for one in files or () for path in _files_of(one)], alone=alone, second=second)
    for problem in report.problems:
        if problem.severity == "error" or not quiet:
            typer.echo(str(problem))
    if hints:
        for member in report.members:
            for passage in member.file.passages:
                for hint in as_problems(passage, member.file.path):
                    typer.echo(str(hint).replace(": warning: ", ": hint: ", 1))
    for line in _summaries(report):
        typer.echo(line)
    raise typer.Exit(1 if report.errors else 0)


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    if found := sorted(path.rglob("*.txt")):
        return found
    raise typer.BadParameter(f"no *.txt in the folder {path}")


def _summaries(report: Report) -> list[str]:
    found: dict[str, list[str]] = defaultdict(list)
    for problem in report.problems:
        found[problem.path].append(problem.severity)
    lines = [_summary(reading, found[reading.file.path]) for _, reading in report.readings]
    lines += [f"not checked: {what}" for what in report.unchecked]
    errors, warnings = len(report.errors), len(report.problems) - len(report.errors)
    return [*lines, f"{len(report.readings)} files: {errors} errors, {warnings} warnings"]


def _summary(reading: Reading, severities: list[str]) -> str:
    passages = reading.file.passages
    sentences = sum(len(passage.sentences) for passage in passages)
    events = sum(len(passage.events) for passage in passages)
    statements = sum(len(passage.statements) for passage in passages)
    state = f"{severities.count('error')} errors, {severities.count('warning')} warnings" if severities else "sound"
    broken = f", {reading.broken} broken" if reading.broken else ""
    return (
        f"{reading.file.path}: {len(passages)} passages{broken} ({sentences} sentences, {events} events, "
        f"{statements} statements): {state}"
    )


@app.command(
    epilog=_example("python -m training.corpora stats", "python -m training.corpora stats --json > statistics.json")
)
def stats(as_json: Annotated[bool, typer.Option("--json", help="JSON instead of columns.")] = False) -> None:
    """Count the house corpus by part, layer, region, style, type, status ... and say which floors are met.

    Passages with errors are left out; real text counts without its words where the treebanks are not at hand.
    """
    statistics = count(_cells())
    typer.echo(_as_json(statistics) if as_json else as_text(statistics))


def _cells() -> Mapping[tuple[Part, Kind], list[Passage]]:
    texts = _texts_for_real()
    found: dict[tuple[Part, Kind], list[Passage]] = defaultdict(list)
    for part, kind, path in house.every_file():
        found[part, kind] += read_file(path, texts if kind == "real" else None).file.passages
    return found


def _texts_for_real() -> Mapping[str, str] | None:
    real = any(kind == "real" for _, kind, _ in house.every_file())
    return treebanks.treebank_texts() if real and treebanks.at_hand() else None


def _as_json(statistics: Statistics) -> str:
    floors = [msgspec.to_builtins(floor) | {"met": floor.met} for floor in statistics.floors]
    return json.dumps({"tables": statistics.tables, "floors": floors}, indent=1, ensure_ascii=False)


def _read(path: Path) -> Reading:
    return read_file(path, treebanks.treebank_texts() if is_numbered(path) and treebanks.at_hand() else None)


@app.command(
    epilog=_example("python -m training.corpora html training/corpora/house/own/train/africa-1.txt --out page.html")
)
def html(
    file: Annotated[Path, typer.Argument(help="A corpus file.", exists=True, dir_okay=False)],
    out: Annotated[Path, typer.Option("--out", help="The page to write.")],
) -> None:
    """Write a page to look at: text with coloured marks, records beneath. Problems stand at its head."""
    reading = _read(file)
    out.write_text(render(reading.file, reading.problems), encoding="utf-8")
    typer.echo(f"{out}: {len(reading.file.passages)} passages, {len(reading.problems)} problems")


@app.command(
    epilog=_example(
        "python -m training.corpora show af-001",
        "python -m training.corpora show gum-speech-floyd-2 --part train",
    )
)
def show(
    passage_id: Annotated[str, typer.Argument(help="Id of a passage of the house corpus.")],
    part: Annotated[Part | None, typer.Option(help="Look in this part only.")] = None,
) -> None:
    """Print a passage with its marks inline; real text as it stands in its file where the treebanks are not at hand."""
    texts = _texts_for_real()
    for _, kind, path in house.every_file((part,) if part else PARTS):
        for passage in read_file(path, texts if kind == "real" else None).file.passages:
            if passage.passage_id == passage_id:
                typer.echo(f"// {path}:{passage.line}")
                typer.echo(_stand_off(path, passage) if passage.hidden else _inline(passage))
                return
    typer.echo(f"no sound passage {passage_id!r} in the house corpus", err=True)
    raise typer.Exit(2)


def _inline(passage: Passage) -> str:
    text = write(CorpusFile("", Certificate(), (passage,)), "inline")
    return text[text.index("## ") :].rstrip()


def _stand_off(path: Path, passage: Passage) -> str:
    """The lines of a passage in its file."""
    typer.echo(f"{passage.passage_id}: no treebanks, so no words: set DRAGOMAN_DATA to read it", err=True)
    lines = path.read_text(encoding="utf-8").split("\n")[passage.line - 1 :]
    following = (n for n, line in enumerate(lines) if n and line.startswith("##"))
    return "\n".join(lines[: next(following, len(lines))]).rstrip()


@app.command(
    epilog=_example(
        "python -m training.corpora sentences --list GUM_news",
        "python -m training.corpora sentences re3d-ukgov-11010487 > labels.txt",
    )
)
def sentences(
    document: Annotated[str, typer.Argument(help="A document of a treebank, or the beginning of its id.")],
    only_ids: Annotated[bool, typer.Option("--list", help="List the documents and their number of sentences.")] = False,
) -> None:
    """Print the sentences of treebank documents as lines ready for marks (`>ID sentence`, brackets escaped)."""
    documents: dict[str, list[str]] = defaultdict(list)
    for name, text in treebanks.treebank_texts().items():
        if name.startswith(document):
            documents[treebanks.document_of(name)].append(f">{name} {write_marks(text, ())}")
    for name, lines in documents.items():
        typer.echo(f"{name}: {len(lines)} sentences" if only_ids else "\n".join([f"// {name}", *lines]))
    if not documents:
        typer.echo(f"no document begins with {document!r}", err=True)
        raise typer.Exit(2)


@app.command(epilog=_example("python -m training.corpora blank training/corpora/house/own/test/*.txt --out /tmp/blind"))
def blank(files: Files, out: Out) -> None:
    """Write files with their headers and bare text only, for a second, blind hand to label."""
    out.mkdir(parents=True, exist_ok=True)
    for path in files:
        file = _read(path).file
        bare = msgspec.structs.replace(file, passages=tuple(_bare(one) for one in file.passages), remarks=())
        target = _target(out, path)
        target.write_text(write(bare, "inline"), encoding="utf-8")
        typer.echo(f"{target}: {len(bare.passages)} passages without marks")


def _bare(passage: Passage) -> Passage:
    return msgspec.structs.replace(
        passage, mentions=(), marks=(), events=(), statements=(), agenda=(), none="", remarks=()
    )  # fmt: skip


def _target(out: Path, path: Path) -> Path:
    target = out / path.name
    if target.resolve() == path.resolve():
        raise typer.BadParameter(f"{target} would overwrite its own source", param_hint="--out")
    return target


@app.command(
    epilog=_example(
        "python -m training.corpora inline training/corpora/house/real/train/*.txt --out /tmp/labels",
        "python -m training.corpora standoff /tmp/labels/*.txt --out training/corpora/house/real/train",
    )
)
def standoff(files: Files, out: Out) -> None:
    """Write files of real text in the stand-off form: ids, checksums and offsets, no words."""
    _convert(files, out, "standoff")


@app.command(
    epilog=_example("python -m training.corpora inline training/corpora/house/real/train/*.txt --out /tmp/labels")
)
def inline(files: Files, out: Out) -> None:
    """Write stand-off files with their text and marks inline, to read or mend them (do not give these away)."""
    _convert(files, out, "inline")


def _convert(files: list[Path], out: Path, form: Literal["inline", "standoff"]) -> None:
    report = audit(files, alone=True)
    for problem in report.errors:
        typer.echo(str(problem), err=True)
    if report.errors:
        typer.echo("nothing is written: mend the errors first", err=True)
        raise typer.Exit(1)
    out.mkdir(parents=True, exist_ok=True)
    for (_, reading), path in zip(report.readings, files, strict=True):
        target = _target(out, path)
        target.write_text(write(reading.file, form), encoding="utf-8")
        typer.echo(f"{target}: {len(reading.file.passages)} passages, {form}")


def main() -> None:
    """Run a command; errors that are raised on purpose are one line."""
    try:
        app()
    except (DragomanError, OSError, ValueError) as error:
        typer.echo(f"corpora: {error}", err=True)
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
