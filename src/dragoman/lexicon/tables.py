"""The one strict reader of the lexicon's tables.

A CSV table opens with lines `# key: value`, its birth certificate: `source`, `licence`, `date` and `note` must be
there. Then a header row, whose names are the fields of the row type, then the rows. `|` parts several values in a cell.
"""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
import types
import typing
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dragoman.errors import LexiconError
from dragoman.records import Record

TABLES = Path(__file__).parent / "tables"
CERTIFICATE = ("source", "licence", "date", "note")
Row = TypeVar("Row", bound=Record)


def read_csv(row_type: type[Row], path: Path) -> tuple[Row, ...]:
    """The rows of a CSV table as `row_type`. Raises LexiconError that names file and line where a row does not fit.

    Cells become `str`, one of the words of a `Literal`, `int`, `float`, `datetime.date`, `bool` (1 or empty) or
    `tuple[str, ...]` as the field says;
    an empty cell is None where the field allows it, else the empty value of its type.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    head = [line for line in lines if line.startswith("# ")]
    check_certificate({line[2:].split(":", 1)[0].strip() for line in head}, path)
    rows = csv.reader(lines[len(head) :])
    names = next(rows, [])
    casts = _casts(row_type)
    if unknown := [name for name in names if name not in casts]:
        raise LexiconError(f"unknown columns {unknown}", where=str(path), next_step=f"allowed: {sorted(casts)}")
    return tuple(_row(row_type, names, cells, casts, f"{path}:{len(head) + rows.line_num}") for cells in rows if cells)


def read_toml(table_type: type[Row], path: Path) -> Row:
    """A TOML table as `table_type`, which may leave out the [certificate] that the file must have."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        check_certificate(raw.pop("certificate", {}), path)
        return msgspec.convert(raw, table_type)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LexiconError(str(error), where=str(path)) from error


def check_certificate(keys: Iterable[str], path: Path) -> None:
    """Raises LexiconError unless source, licence, date and note are among the keys of the table's certificate."""
    if missing := [key for key in CERTIFICATE if key not in keys]:
        raise LexiconError(
            f"no {', '.join(missing)} in its certificate", where=str(path), next_step="see CONTRIBUTING.md, 'Tables'"
        )


def _row(row_type: type[Row], names: list[str], cells: list[str], casts: dict[str, _Cast], where: str) -> Row:
    if len(cells) != len(names):
        raise LexiconError(f"{len(cells)} cells, {len(names)} columns", where=where)
    try:
        return row_type(**{name: casts[name](cell) for name, cell in zip(names, cells, strict=True)})
    except (ValueError, TypeError) as error:
        raise LexiconError(str(error), where=where) from error


_Cast = Callable[[str], Any]


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _one_of(words: tuple[str, ...]) -> _Cast:
    def cast(cell: str) -> str:
        if cell not in words:
            raise ValueError(f"{cell!r} is none of {', '.join(words)}")
        return cell

    return cast


def _casts(row_type: type[Record]) -> dict[str, _Cast]:
    hints = typing.get_type_hints(row_type)
    return {field.name: _cast(hints[field.name]) for field in msgspec.structs.fields(row_type)}


def _cast(hint: Any) -> _Cast:
    options = typing.get_args(hint) if typing.get_origin(hint) in (types.UnionType, typing.Union) else (hint,)
    base = next(option for option in options if option is not type(None))
    if typing.get_origin(base) is typing.Literal:
        plain: _Cast = _one_of(typing.get_args(base))
    else:
        plain = _many if typing.get_origin(base) is tuple else _PLAIN.get(base, str)
    if type(None) in options:
        return lambda cell: plain(cell) if cell else None
    return plain


_PLAIN: dict[Any, _Cast] = {
    str: str,
    int: lambda cell: int(cell or 0),
    float: lambda cell: float(cell or 0),
    bool: lambda cell: bool(int(cell or 0)),
    dt.date: dt.date.fromisoformat,
}
