"""A reading as a dossier for a terminal."""

from __future__ import annotations

import io

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.formats.dossier import Dossier, Line, Section, make_dossier
from dragoman.records import Reading

STYLES = {
    "occurred": "green", "held": "green", "ongoing": "green", "planned": "cyan", "expected": "cyan",
    "confirmed": "bold cyan", "possible": "yellow", "tentative": "yellow", "conditional": "magenta",
    "postponed": "magenta", "denied": "red", "cancelled": "red",
}  # fmt: skip


def to_text(reading: Reading, *, width: int = 100, colour: bool = False) -> str:
    """The dossier of a reading, wrapped to `width` columns; ANSI colours only where asked for."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 40),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )
    console.print(_render(make_dossier(reading)))
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _render(dossier: Dossier) -> RenderableType:
    head = Text(_clean(dossier.title), style="bold")
    facts = Text(_clean(" · ".join(dossier.facts)), style="dim")
    return Group(head, facts, *map(_section, dossier.sections), *(Text(_clean(note), "dim") for note in dossier.footer))


def _section(section: Section) -> RenderableType:
    title = Text(f"\n{section.title.upper()}", style="bold")
    if not section.lines:
        return Group(title, Padding(Text(section.empty, style="dim"), (0, 0, 0, 2)))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(max_width=24)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for line in section.lines:
        grid.add_row(_clean(line.when), _label(line), _body(line))
    return Group(title, Padding(grid, (0, 0, 0, 2)))


def _label(line: Line) -> Text:
    return Text(_clean(f"{line.sign} {line.label}".strip()), style=STYLES.get(line.label, ""))


def _body(line: Line) -> Text:
    body = Text(_clean(line.head))
    if line.notes:
        body.append(_clean(" · " + " · ".join(line.notes)), style="dim")
    if line.quotes:
        body.append(_clean("  [" + " | ".join(line.quotes) + "]"), style="italic dim")
    return body


def _clean(text: str) -> str:
    """The text without control characters: an article must not steer the reader's terminal."""
    return "".join(char for char in text if (char >= " " and not "\x7f" <= char <= "\x9f") or char == "\n")
