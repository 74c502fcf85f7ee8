"""All scores of now as a Markdown table, part by part."""

from __future__ import annotations

from evaluation.sets import SHOWN


def table(*, only: str | None = None, workers: int = 1) -> str:
    """A row for each set and part: how many rows, and its figures in per cent."""
    lines = ["| set | kind | n | figures |", "|---|---|---:|---|"]
    for measure in SHOWN:
        if only and only not in measure.name:
            continue
        if not measure.paths[0].exists():
            lines.append(f"| {measure.name} | {measure.kind} | - | the set is not here |")
            continue
        figures = measure.measure(workers)
        shown = ", ".join(f"{name} {figures[name]:.1f}" for name in measure.figures)
        lines.append(f"| {measure.name} | {measure.kind} | {figures['n']} | {shown} |")
    return "\n".join(lines)
