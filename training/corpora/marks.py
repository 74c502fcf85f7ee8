"""Warnings where a mark holds more words than the guidelines give it."""

from __future__ import annotations

from training.corpora.assembly import Assembled
from training.corpora.codes import SILENT_ACTS, codes
from training.corpora.passages import Mark, Passage
from training.corpora.problems import Problems


def check_marks(assembled: Assembled, problems: Problems) -> None:
    """Contents that hold their own source or cue, sources that end in a comma, triggers and cues with auxiliaries."""
    passage = assembled.passage
    silent = {one.statement_id for one in passage.statements if one.act in SILENT_ACTS}
    for mark in passage.marks:
        found = _held(mark, passage) if mark.role == "what" else _words_too_many(mark, passage, silent)
        if found:
            place = assembled.places[mark]
            problems.warning(place.line, found[0], found[1], place.column)


def _held(content: Mark, passage: Passage) -> tuple[str, str] | None:
    name = content.record_id
    for role in ("who", "cue"):
        if any(content.start <= one.start and one.end <= content.end for one in passage.spans(name, role)):
            step = f"part it: {{{name}.what ...}} before and after, {{{name}.{role} ...}} between"
            return f"the content of {name} holds its own {role}", step
    return None


def _words_too_many(mark: Mark, passage: Passage, silent: set[str]) -> tuple[str, str] | None:
    if passage.hidden:
        return None
    if mark.role == "who" and mark.text.endswith(","):
        return f"the source {mark.text!r} of {mark.record_id} ends in a comma", "leave the comma outside"
    if mark.role in ("trigger", "cue") and mark.record_id not in silent and _begins_with_auxiliary(mark.text):
        return f"the {mark.role} {mark.text!r} of {mark.record_id} begins with an auxiliary", "mark the verb alone"
    return None


def _begins_with_auxiliary(text: str) -> bool:
    """True for more than one word, the first an auxiliary in small letters (`May Day` begins with none).

    `do` is one where it is denied (not in `did for`), `have` where nothing that is had follows (not in `has it`).
    """
    first, *others = text.replace("’", "'").split()
    stem = first.removesuffix("n't")
    if not others or stem not in codes().auxiliaries:
        return False
    if stem in ("do", "does", "did"):
        return stem != first or others[0] == "not"
    return not (stem in ("have", "has", "had") and others[0] in codes().pronouns | codes().determiners)
