"""The forms of test sets: JSON Lines, CoNLL-U, IOB2, folders."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evaluation.conllu import read_iob2

Row = dict[str, Any]
ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Where the test sets lie: DRAGOMAN_DATA, or ../shared/data beside the repository."""
    return Path(os.environ.get("DRAGOMAN_DATA") or ROOT.parent / "shared" / "data")


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file, or the sentences of an IOB2 file."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip("\ufeff \n").startswith("{"):
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    return list(read_iob2(text))


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Writes JSON Lines, whole or not at all."""
    write_text(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_text(path: Path, text: str) -> None:
    """Writes a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def key_of(row: Row) -> str:
    """The id of a row, by whatever name."""
    return str(next(row[name] for name in ("doc", "uid", "id", "sent_id", "path") if name in row))


def is_even(key: str) -> bool:
    """True for the half of a set whose errors may be read: an even last digit of the SHA-256 of its id."""
    return int(hashlib.sha256(key.encode("utf-8")).hexdigest()[-1], 16) % 2 == 0


def half_of(rows: Sequence[Row], half: str | None) -> list[Row]:
    """The even or the odd half of some rows, or all of them."""
    return [row for row in rows if half is None or is_even(key_of(row)) == (half == "even")]
