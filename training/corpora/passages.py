"""Frozen records of an annotated passage. Offsets are characters of `Passage.text`, half-open."""

from __future__ import annotations

from typing import Literal

import msgspec

Form = Literal["name", "nominal", "pronoun", "plain"]


class Certificate(msgspec.Struct, frozen=True):
    """The head of a file: who wrote or labelled it, when, under which licence, from what."""

    hand: str = ""
    date: str = ""
    licence: str = ""
    source: str = ""
    form: Literal["inline", "standoff"] = "inline"
    note: str = ""


class Sentence(msgspec.Struct, frozen=True):
    """A sentence `[start, end)` of the passage. `sentence_id` is the treebank's own where there is one."""

    sentence_id: str
    text: str
    start: int
    paragraph: bool = False
    line: int = 0

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.text)


class Mention(msgspec.Struct, frozen=True):
    """Words that mention one or more things. `kind` is the type in capitals; `value` and `bound` as given there.

    `form`: a name, a nominal, a pronoun, or plain for weapons, commodities, sums and times, which have no such forms.
    """

    ids: tuple[str, ...]
    kind: str
    form: Form
    start: int
    end: int
    text: str
    value: str = ""
    bound: str = ""


class Mark(msgspec.Struct, frozen=True):
    """Words that a record stands on; `role` is `trigger`, `if`, `with`, `who`, `cue`, `what` or `at`."""

    record_id: str
    role: str
    start: int
    end: int
    text: str


class EventRecord(msgspec.Struct, frozen=True):
    """Who did what to whom. `by` is the statement that vouches for it (None: the writer alone), worked out where the
    file leaves it to the default. A reciprocal event has the same ids as actors and recipients."""

    event_id: str
    type: str
    mode: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    reciprocal: bool
    status: str
    by: str | None = None
    when: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    dead: str = ""
    injured: str = ""
    size: str = ""
    amount: str = ""
    line: int = 0


class StatementRecord(msgspec.Struct, frozen=True):
    """Who said it to whom through whom. `within` is the statement that reports this one, worked out like `by`."""

    statement_id: str
    act: str
    speakers: tuple[str, ...]
    to: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    within: str | None = None
    when: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    line: int = 0


class AgendaRecord(msgspec.Struct, frozen=True):
    """What comes next. `by`: the statement that confirms it; `declined`: the one that would not; `events`: the same
    thing as an event."""

    item_id: str
    kind: str
    participants: tuple[str, ...]
    status: str
    by: str | None = None
    when: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    forum: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    line: int = 0


class Passage(msgspec.Struct, frozen=True):
    """One passage with all its layers. `date` is "" where unknown; `none` is the reason of a "no event" passage.

    `hidden` passages are stand-off files read without their treebank: their text is dots, so forms and words of
    marks mean nothing there, while ids, records and offsets hold.
    """

    passage_id: str
    date: str
    style: str
    region: str
    text: str
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...] = ()
    marks: tuple[Mark, ...] = ()
    events: tuple[EventRecord, ...] = ()
    statements: tuple[StatementRecord, ...] = ()
    agenda: tuple[AgendaRecord, ...] = ()
    none: str = ""
    remarks: tuple[str, ...] = ()
    hidden: bool = False
    line: int = 0

    def spans(self, record_id: str, role: str = "trigger") -> tuple[Mark, ...]:
        """The marks of a record in one role, in the order of the text."""
        return tuple(mark for mark in self.marks if mark.record_id == record_id and mark.role == role)

    def chain(self, thing_id: str) -> tuple[Mention, ...]:
        """The mentions of one thing, in the order of the text."""
        return tuple(mention for mention in self.mentions if thing_id in mention.ids)

    def value(self, thing_id: str) -> str:
        """Actor code, country or time value of a thing: the first that one of its mentions gives."""
        return next((mention.value for mention in self.chain(thing_id) if mention.value), "")


class CorpusFile(msgspec.Struct, frozen=True):
    """A parsed file: its certificate, its sound passages, and the remarks that stand outside them."""

    path: str
    certificate: Certificate
    passages: tuple[Passage, ...]
    remarks: tuple[str, ...] = ()
