"""Who vouches for an event or reports a statement where the file does not say: the innermost statement around it."""

from __future__ import annotations

from collections.abc import Iterable

from training.corpora.passages import AgendaRecord, EventRecord, Mark


def around(marks: Iterable[Mark], start: int, end: int, without: str = "") -> str | None:
    """The statement with the shortest content mark that holds `[start, end)`."""
    holding = [
        mark
        for mark in marks
        if mark.role == "what" and mark.record_id != without and mark.start <= start and end <= mark.end
    ]
    inner = min(holding, key=lambda mark: (mark.end - mark.start, mark.record_id), default=None)
    return inner.record_id if inner else None


def first(marks: Iterable[Mark], record_id: str, role: str) -> Mark | None:
    """The first mark of a record in a role, by the order of the text."""
    return min(
        (mark for mark in marks if mark.record_id == record_id and mark.role == role),
        key=lambda mark: (mark.start, mark.end),
        default=None,
    )


def vouching(marks: tuple[Mark, ...], event_id: str) -> str | None:
    """Default `by` of an event: the innermost statement whose content holds its first trigger."""
    trigger = first(marks, event_id, "trigger")
    return around(marks, trigger.start, trigger.end) if trigger else None


def reporting(marks: tuple[Mark, ...], statement_id: str) -> str | None:
    """Default `in` of a statement: the innermost other statement whose content holds its cue (or else its source)."""
    anchor = first(marks, statement_id, "cue") or first(marks, statement_id, "who")
    return around(marks, anchor.start, anchor.end, without=statement_id) if anchor else None


def confirming(marks: tuple[Mark, ...], item: AgendaRecord, events: tuple[EventRecord, ...]) -> str | None:
    """Default `by` of an agenda item: as for an event, by its own trigger, else what holds for its first event."""
    trigger = first(marks, item.item_id, "trigger")
    if trigger:
        return around(marks, trigger.start, trigger.end)
    return next((event.by for one in item.events for event in events if event.event_id == one), None)
