"""Where the layers of a passage seem to be at odds with each other: warnings, since the text may want it so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from training.corpora.codes import ACTORS
from training.corpora.passages import EventRecord, Passage, StatementRecord
from training.corpora.problems import Problems

_PAST = ("occurred",)
_AHEAD = ("planned",)
_ACTS = {
    "REQUEST": ("request", "question"),
    "ACCUSE": ("accuse", "assert"),
    "REJECT": ("reject", "deny", "decline"),
    "THREATEN": ("threaten", "assert"),
    "AGREE": ("promise", "assert", "request"),
}
"""Acts that fit an event whose trigger is the cue of a statement."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_consistency(passage: Passage, problems: Problems) -> None:
    """Compare actors with speakers, types with acts, and times with statuses."""
    for event in passage.events:
        if set(event.actors) & set(event.recipients) and not event.reciprocal:
            shared = ",".join(sorted(set(event.actors) & set(event.recipients)))
            problems.warning(event.line, f"{event.event_id}: {shared} is actor and recipient", "reciprocal is a <> b")
        _check_when(event.event_id, event.status, event.when, event.line, passage, problems)
        for statement in _on_the_same_words(event, passage):
            _check_speech_act(event, statement, problems)
    for item in passage.agenda:
        status = {"held": "occurred"}.get(item.status, "planned" if item.status != "cancelled" else "")
        _check_when(item.item_id, status, item.when, item.line, passage, problems)
    _check_names(passage, problems)


def _on_the_same_words(event: EventRecord, passage: Passage) -> Iterator[StatementRecord]:
    triggers = {(mark.start, mark.end) for mark in passage.spans(event.event_id)}
    for statement in passage.statements:
        if any((cue.start, cue.end) in triggers for cue in passage.spans(statement.statement_id, "cue")):
            yield statement


def _check_speech_act(event: EventRecord, statement: StatementRecord, problems: Problems) -> None:
    names = f"{event.event_id} and {statement.statement_id} stand on the same words"
    if event.actors and statement.speakers and not set(event.actors) & set(statement.speakers):
        what = f"the actor is {','.join(event.actors)}, the speaker {','.join(statement.speakers)}"
        problems.warning(event.line, f"{names}, but {what}", "a speech act's actor is its speaker")
    fitting = _ACTS.get(event.type, ())
    if fitting and statement.act not in fitting and event.status != "denied":
        problems.warning(
            statement.line, f"{names}, but one is {event.type}, the other {statement.act}", "mend one of them"
        )


def _check_when(
    record_id: str, status: str, when: tuple[str, ...], line: int, passage: Passage, problems: Problems
) -> None:
    days = [passage.value(one)[:10] for one in when if _plain_day(passage, one)]
    if not passage.date or not days:
        return
    if status in _PAST and min(days) > passage.date:
        problems.warning(line, f"{record_id} has happened, yet its day {min(days)} is after {passage.date}", "a slip?")
    if status in _AHEAD and max(days) < passage.date:
        problems.warning(line, f"{record_id} is to come, yet its day {max(days)} is before {passage.date}", "a slip?")


def _plain_day(passage: Passage, thing_id: str) -> bool:
    chain = passage.chain(thing_id)
    return bool(_DAY.match(passage.value(thing_id))) and not any(one.bound or "/" in one.value for one in chain)


def _check_names(passage: Passage, problems: Problems) -> None:
    """The same name and type under two ids is most likely one thing (a capital as seat and as city may be two)."""
    if passage.hidden:  # all names are dots
        return
    ids: dict[tuple[str, str], str] = {}
    for mention in passage.mentions:
        if mention.form != "name" or len(mention.ids) != 1 or mention.kind not in (*ACTORS, "LOC"):
            continue
        other = ids.setdefault((mention.text, mention.kind), mention.ids[0])
        if other != mention.ids[0]:
            line = next(one.line for one in reversed(passage.sentences) if one.start <= mention.start)
            what = f"the name {mention.text!r} has two ids: {other} and {mention.ids[0]}"
            problems.warning(line, what, "one thing, one id (or say in a remark that they are two)")
