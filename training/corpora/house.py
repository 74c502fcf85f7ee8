"""The house corpus on disk: `house/own` and `house/real`, each in `train` and `test`, and the two hands that labelled
the test part blind, `house/first` and `house/second`, from which it was settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

from training.corpora.notation import Reading, parse
from training.corpora.passages import Passage
from training.corpora.problems import CorpusError
from training.corpora.treebanks import treebank_texts

HOUSE = Path(__file__).parent / "house"
Part = Literal["train", "test", "first", "second", "third"]
HANDS: tuple[Part, ...] = ("first", "second", "third")
"""The blind labellings of the test part; the third is of our own text alone, after it was settled."""
Kind = Literal["own", "real"]
KINDS: tuple[Kind, ...] = get_args(Kind)
PARTS: tuple[Part, ...] = get_args(Part)


def folder(part: Part, kind: Kind, root: Path = HOUSE) -> Path:
    """Where the files of a part lie; each blind hand is a tree of its own."""
    return root / part / kind if part in HANDS else root / kind / part


def files(part: Part, kind: Kind, root: Path = HOUSE) -> list[Path]:
    """The files of a part, by name."""
    return sorted(folder(part, kind, root).glob("*.txt"))


def every_file(parts: Sequence[Part] = PARTS, root: Path = HOUSE) -> Iterator[tuple[Part, Kind, Path]]:
    """Part, kind and path of all files, in the order of the parts and names."""
    return ((part, kind, path) for part in parts for kind in KINDS for path in files(part, kind, root))


def cell_of(path: Path, root: Path = HOUSE) -> tuple[Part, Kind] | None:
    """Part and kind of a file of the house; None for any other file."""
    parent = path.resolve().parent
    return next(((p, k) for p in PARTS for k in KINDS if folder(p, k, root).resolve() == parent), None)


def read_file(path: Path, texts: Mapping[str, str] | None = None) -> Reading:
    """Parse one file of either form. Raises CorpusError if it is not UTF-8; other problems are in the reading."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(f"not UTF-8 at byte {error.start}", where=str(path), next_step="save it as UTF-8") from error
    return parse(text, _shown(path), texts.get if texts is not None else None)


def is_numbered(path: Path) -> bool:
    """True if a file holds sentences of a treebank: `>ID sentence` or `>ID checksum marks`."""
    return any(line[:1] == b">" and line[1:2].strip() for line in path.read_bytes().split(b"\n"))


def _shown(path: Path) -> str:
    resolved = path.resolve()
    here = Path.cwd().resolve()
    return str(resolved.relative_to(here)) if resolved.is_relative_to(here) else str(path)


def load(part: Part, kind: Kind | None = None, root: Path = HOUSE) -> list[Passage]:
    """The passages of a part, files in the order of their names: `load("train")`, `load("test", "real")`.

    `first`, `second` and `third` hold what other hands made of the test part, blind, under the same passage ids. Real
    text needs the treebanks (`../shared` or DRAGOMAN_DATA): NotFound without them. Raises CorpusError if a file holds
    an error.
    """
    return list(_load(part, (kind,) if kind else KINDS, root))


def _load(part: Part, kinds: tuple[Kind, ...], root: Path) -> Iterator[Passage]:
    for kind in kinds:
        for path in files(part, kind, root):
            reading = read_file(path, treebank_texts() if kind == "real" else None)
            if reading.errors:
                raise CorpusError(
                    str(reading.errors[0]), next_step=f"python -m training.corpora check {path} lists all of them"
                )
            yield from reading.file.passages
