"""Cue words: the verbs, nouns and prepositions that tie words to the one who said, wrote, thought or denied them.

`cues.csv` has a row for each cue and reading: its complements ("frames"), its act, and what its negation means.
`speech_words.csv` has the words around speech: occasions, documents, platforms, and formulas that settle the act.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Literal

from dragoman.errors import LexiconError
from dragoman.lexicon.tables import TABLES, read_csv
from dragoman.records import Record

CuePos = Literal["verb", "noun", "adj", "adp", "adv"]
CueKind = Literal["speech", "cognition", "evidence", "attitude", "decree"]
FRAMES = frozenset(
    {
        "quote",
        "that",
        "to",
        "ing",
        "obj",
        "obj_noun",
        "obj_said",
        "small",
        "as",
        "is",
        "pobj",
        "clause",
        "none",
        "raising",
    }
)
ACTS = frozenset(
    {"assert", "deny", "reject", "accuse", "threaten", "promise", "request", "decline", "no_response", "question"}
)
KINDS = ("speech", "cognition", "evidence", "decree", "attitude")
POS = frozenset({"verb", "noun", "adj", "adp", "adv"})


class CueRow(Record, frozen=True, kw_only=True):
    """One row of `cues.csv`: a cue in one of its readings.

    `cue` is a lemma, or a lemma and the words that follow it ("point out"). `frames` name the complements that hold
    the content; `obj_said` is an object that names speech ("shot down the proposal"), `p.of` a complement with that
    preposition, `n.to` one that counts under negation only. `act` is what the cue does, `negated` what it does under
    "not". `addressee` is `obj` where the cue's object is the one spoken to, `both` where it belongs to the content too.
    """

    cue: str
    pos: str
    frames: tuple[str, ...]
    act: str
    negated: str | None = None
    kind: str
    addressee: str | None = None
    note: str | None = None

    @property
    def first(self) -> str:
        """The lemma that heads the cue."""
        return self.cue.split(" ", 1)[0]

    @property
    def rest(self) -> tuple[str, ...]:
        """The words that must follow the head."""
        return tuple(self.cue.split(" ")[1:])

    @property
    def prepositions(self) -> frozenset[str]:
        """The prepositions whose objects are content."""
        return frozenset(frame[2:] for frame in self.frames if frame.startswith("p."))

    @property
    def silent_prepositions(self) -> frozenset[str]:
        """The prepositions whose objects are content under negation only: "did not respond to the letter"."""
        return frozenset(frame[2:] for frame in self.frames if frame.startswith("n."))


class SpeechWord(Record, frozen=True, kw_only=True):
    """One row of `speech_words.csv`: a word or phrase, lower-case but for names, and what it tells about speech."""

    phrase: str
    role: str
    act: str | None = None


@dataclasses.dataclass(frozen=True)
class Cues:
    """All cue words, by part of speech and head lemma; longer phrases come first."""

    rows: tuple[CueRow, ...]
    words: tuple[SpeechWord, ...]

    @cached_property
    def verbs(self) -> dict[str, tuple[CueRow, ...]]:
        """Verb cues by their first word."""
        return self._by_head("verb")

    @cached_property
    def nouns(self) -> dict[str, tuple[CueRow, ...]]:
        """Noun cues by lemma."""
        return self._by_head("noun")

    @cached_property
    def adjectives(self) -> dict[str, tuple[CueRow, ...]]:
        """Adjective cues by lemma."""
        return self._by_head("adj")

    @cached_property
    def prepositions(self) -> dict[str, tuple[CueRow, ...]]:
        """Prepositional cues by their first word ("according to", "in the words of")."""
        return self._by_head("adp")

    @cached_property
    def adverbs(self) -> dict[str, tuple[CueRow, ...]]:
        """Adverb cues ("reportedly")."""
        return self._by_head("adv")

    @cached_property
    def occasions(self) -> frozenset[str]:
        """Nouns for an occasion of speech ("briefing", "interview"), lower-case."""
        return self.of_role("occasion")

    @cached_property
    def documents(self) -> frozenset[str]:
        """Nouns for what carries words or evidence ("statement", "poll"), lower-case."""
        return self.of_role("document")

    @cached_property
    def platforms(self) -> frozenset[str]:
        """Where people post and go on air ("Telegram", "state television"), lower-case."""
        return self.of_role("platform")

    @cached_property
    def audiences(self) -> frozenset[str]:
        """Nouns for listeners ("reporters", "supporters"), lower-case."""
        return self.of_role("audience")

    @cached_property
    def relays(self) -> frozenset[str]:
        """Lemmas of what an outlet does with another's words ("quote", "carry")."""
        return self.of_role("relay")

    @cached_property
    def anonymity(self) -> frozenset[str]:
        """Openings of contents that only set the terms of the talk ("not to be named")."""
        return self.of_role("anonymity")

    @cached_property
    def insults(self) -> frozenset[str]:
        """Words that make a description an accusation, lower-case."""
        return self.of_role("insult")

    @cached_property
    def refutations(self) -> frozenset[str]:
        """Words that make a description a rejection ("baseless"), lower-case."""
        return self.of_role("refutation")

    @cached_property
    def formulas(self) -> dict[str, re.Pattern[str]]:
        """Act -> a pattern of the formulas that show it in the content ("no comment", "we reject")."""
        return {role: _any_of(self.of_role(role)) for role in sorted(ACTS) if self.of_role(role)}

    def of_role(self, role: str) -> frozenset[str]:
        """The phrases with this role, lower-case."""
        return frozenset(word.phrase.lower() for word in self.words if word.role == role)

    def _by_head(self, pos: str) -> dict[str, tuple[CueRow, ...]]:
        found: dict[str, list[CueRow]] = {}
        for row in self.rows:
            if row.pos == pos:
                found.setdefault(row.first, []).append(row)
        return {head: tuple(sorted(rows, key=_longest_then_speech)) for head, rows in found.items()}


def _longest_then_speech(row: CueRow) -> tuple[int, int]:
    return -len(row.rest), KINDS.index(row.kind)


def load_cues(folder: Path = TABLES) -> Cues:
    """Read both tables. Raises LexiconError that names the row with an unknown frame, act or kind."""
    rows = read_csv(CueRow, folder / "cues.csv")
    for row in rows:
        _check(row, folder / "cues.csv")
    return Cues(rows=rows, words=read_csv(SpeechWord, folder / "speech_words.csv"))


def _check(row: CueRow, path: Path) -> None:
    unknown = [frame for frame in row.frames if frame not in FRAMES and not frame.startswith(("p.", "n."))]
    bad = [
        *unknown,
        *(act for act in (row.act, row.negated) if act is not None and act not in ACTS),
        *([row.kind] if row.kind not in KINDS else []),
        *([row.pos] if row.pos not in POS else []),
    ]
    if bad or not row.frames:
        raise LexiconError(
            f"cue {row.cue!r}: {bad or 'no frames'}", where=str(path), next_step="see dragoman.lexicon.cues"
        )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
