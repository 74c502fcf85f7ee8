"""Predicates: which words tell which event, who is its actor and who its recipient, and how sure it is that it
happened.

Tables: `predicates.csv` (lemma and frame -> PLOVER type), `weak_predicates.csv` (the same, for words that only lean
to a type), `object_classes.csv`, `status.csv`, `contexts.csv`,
`agenda.csv`,
`plover.toml`. A frame reads `actors>recipients`, or `actors=partners` where the act is mutual. Each side is a list of
slots, tried in order until one names somebody: `subj`, `obj` (or whoever owns the object), `clause` (the subject of the
clause below), `poss`, `mod` (a demonym or compound), or a preposition; `-` is nobody.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

import msgspec

from dragoman.lexicon.tables import TABLES, read_csv, read_toml
from dragoman.records import AgendaKind, EventType, Record

NO_EVENT = "NONE"
INFLECTIONS = {
    "v": (("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("s", ""), ("es", ""), ("ied", "y"), ("ies", "y")),
    "n": (("s", ""), ("es", ""), ("ies", "y")),
    "a": (),
}
"""Endings, and what the bare form has in their place: a net under lemmas that went wrong ("freed", "bombed")."""
PREPOSITIONS = frozenset(
    {"to", "with", "on", "for", "in", "at", "against", "of", "into", "by", "over", "from", "upon", "about", "between"}
)
"""Particles that may as well begin an adjunct: they make a row less particular than an adverb does."""
Effect = Literal[
    "planned", "expected", "possible", "threat", "denied", "postponed", "factive", "ongoing", "occurred", "would",
    "conditional",
]  # fmt: skip


class Predicate(Record, frozen=True, kw_only=True):
    """One row of `predicates.csv`. `particle`: the words that must follow a verb in its clause, or the modifiers
    (parted by `|`) one of which must stand before a noun. `object`: classes of the object, one of which must hold;
    `=word` is
    that very word; ACTOR and PERSON ask for an entity, CLAUSE for a clause below, TO for an infinitive. `human`:
    nothing happened unless the recipient is an actor.
    """

    lemma: str
    pos: Literal["v", "n", "a"]
    particle: str = ""
    object: tuple[str, ...] = ()
    complement: str = ""
    frame: str
    type: str
    mode: str = ""
    contexts: tuple[str, ...] = ()
    cameo: str = ""
    human: bool = False

    @property
    def row_id(self) -> str:
        """The row's name, built of what it asks for, so that it stays the same when the table grows."""
        parts = [self.lemma, self.particle, "|".join(self.object), self.complement]
        return "+".join(part.replace(" ", "_") for part in parts if part) + f".{self.pos}"

    @property
    def weight(self) -> int:
        """How particular the row is: the more it asks for, the sooner it is tried."""
        literal = any(name.startswith("=") for name in self.object)
        entity = bool({"ACTOR", "PERSON", "CLAUSE", "TO"} & set(self.object))
        words: float = len(self.particle.split()) if self.pos == "v" else bool(self.particle)
        if self.particle in PREPOSITIONS:
            words = 0.25
        classes = bool(self.object) * (3 if literal else 1 if entity else 2)
        return int(4 * words) + classes + 3 * bool(self.complement) + (self.type == NO_EVENT)


class ObjectWord(Record, frozen=True, kw_only=True):
    """A row of `object_classes.csv`."""

    object_class: str
    word: str


class StatusWord(Record, frozen=True, kw_only=True):
    """A row of `status.csv`: what a governing word does to the event below it."""

    word: str
    pos: str
    effect: Effect


class VerbForm(Record, frozen=True, kw_only=True):
    """A row of `irregular_verbs.csv`."""

    form: str
    lemma: str


class ContextWord(Record, frozen=True, kw_only=True):
    """A row of `contexts.csv`."""

    word: str
    context: str


class AgendaWord(Record, frozen=True, kw_only=True):
    """A row of `agenda.csv`. `particle`: the words of which each must follow a verb closely. `near`: lemmas, one of
    which must be the verb's subject, object or oblique, or modify the noun; PERSON and PLACE ask for a name. `mutual`:
    the object and "with" take part too. `dated`: only a day or week of its own makes it an item."""

    word: str
    pos: str
    kind: AgendaKind
    particle: str = ""
    near: tuple[str, ...] = ()
    mutual: bool = False
    dated: bool = False


class PloverType(Record, frozen=True, kw_only=True):
    """A type of `plover.toml`: its quad class, and the conflict-cooperation scores of the type and of its modes."""

    quad: int
    intensity: float
    modes: dict[str, float] = msgspec.field(default_factory=dict)


class Plover(Record, frozen=True, kw_only=True):
    """`plover.toml`: the 16 types, and the root that research data gives a CAMEO code where it is not our type."""

    types: dict[EventType, PloverType]
    roots: dict[str, str] = msgspec.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Predicates:
    """Everything about events that is data. `rows` are keyed by (lemma, pos), the most particular first."""

    rows: Mapping[tuple[str, str], tuple[Predicate, ...]]
    by_id: Mapping[str, Predicate]
    classes: Mapping[str, frozenset[str]]
    effects: Mapping[tuple[str, str], Effect]
    contexts: Mapping[str, tuple[str, ...]]
    agenda: Mapping[tuple[str, str], tuple[AgendaWord, ...]]
    plover: Plover
    irregular: Mapping[str, str]

    @cached_property
    def weak(self) -> tuple[Predicate, ...]:
        """The rows of weak_predicates.csv, read when they are first asked for: reading a report needs none of them."""
        return read_csv(Predicate, TABLES / "weak_predicates.csv")

    @cached_property
    def wide(self) -> Predicates:
        """These tables with the weak rows among the others: for where it is given that something was done."""
        table = (*(row for rows in self.rows.values() for row in rows), *self.weak)
        return dataclasses.replace(self, rows=_by_lemma(table))

    def rows_of(self, form: str, lemma: str, pos: str) -> tuple[Predicate, ...]:
        """The rows of a word: by its lemma, else by what its form may be the inflection of. All lower case."""
        rows = self.rows.get((lemma, pos))
        if rows is not None:
            return rows
        if pos == "v" and form in self.irregular:
            return self.rows.get((self.irregular[form], pos), ())
        for ending, bare in INFLECTIONS[pos]:
            if form.endswith(ending) and len(form) > len(ending) + 2:
                stem = form[: -len(ending)] + bare
                rows = self.rows.get((stem, pos)) or self.rows.get((_undoubled(stem), pos))
                if rows:
                    return rows
        return ()

    def row(self, row_id: str) -> Predicate:
        """The row with this id. Raises KeyError where there is none."""
        return self.by_id[row_id]

    def is_a(self, word: str, object_class: str) -> bool:
        """True where the word (lower case, lemma or form) belongs to the class."""
        return object_class in self.classes.get(word, frozenset())

    def intensity(self, event_type: EventType, mode: str | None) -> float:
        """The score of a type in a mode on the scale -10..10."""
        entry = self.plover.types[event_type]
        return entry.modes.get(mode or "", entry.intensity)

    def quad(self, event_type: EventType) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return self.plover.types[event_type].quad

    @cached_property
    def event_nouns(self) -> frozenset[str]:
        """The lemmas of all nouns that tell an event."""
        return frozenset(lemma for lemma, pos in self.rows if pos == "n")


def load_predicates() -> Predicates:
    """Read the tables. Raises LexiconError that names the file and line of a malformed row."""
    table = read_csv(Predicate, TABLES / "predicates.csv")
    return Predicates(
        rows=_by_lemma(table),
        by_id={row.row_id: row for row in reversed(table)},
        classes=_classes(),
        effects={(row.word, row.pos): row.effect for row in read_csv(StatusWord, TABLES / "status.csv")},
        contexts=_contexts(),
        agenda=_agenda(),
        plover=read_toml(Plover, TABLES / "plover.toml"),
        irregular={row.form: row.lemma for row in read_csv(VerbForm, TABLES / "irregular_verbs.csv")},
    )


def _undoubled(stem: str) -> str:
    """The stem without the second of two equal last letters: "batt" -> "bat"."""
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def _by_lemma(table: tuple[Predicate, ...]) -> dict[tuple[str, str], tuple[Predicate, ...]]:
    found: dict[tuple[str, str], list[Predicate]] = {}
    for row in table:
        found.setdefault((row.lemma, row.pos), []).append(row)
    return {key: tuple(sorted(rows, key=lambda row: -row.weight)) for key, rows in found.items()}


def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_csv(ObjectWord, TABLES / "object_classes.csv"):
        found.setdefault(row.word, set()).add(row.object_class)
    return {word: frozenset(classes) for word, classes in found.items()}


def _agenda() -> dict[tuple[str, str], tuple[AgendaWord, ...]]:
    """The rows of each word, the more particular first."""
    found: dict[tuple[str, str], list[AgendaWord]] = {}
    for row in read_csv(AgendaWord, TABLES / "agenda.csv"):
        found.setdefault((row.word, row.pos), []).append(row)
    rank = lambda row: (not row.particle, not row.near)  # noqa: E731
    return {key: tuple(sorted(rows, key=rank)) for key, rows in found.items()}


def _contexts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in read_csv(ContextWord, TABLES / "contexts.csv"):
        found.setdefault(row.word, []).append(row.context)
    return {word: tuple(contexts) for word, contexts in found.items()}
