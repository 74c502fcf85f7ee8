"""How actors are spoken of: honorifics, nouns that point back, words that tell a polity from a place, given names."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Literal

import msgspec

from dragoman.lexicon.tables import TABLES, read_csv, read_toml
from dragoman.records import Record

Gender = Literal["m", "f"]
Pointed = Literal["state", "organization", "person", "any"]


class FirstName(Record, frozen=True, kw_only=True):
    """A row of first_names.csv."""

    name: str
    gender: str


class WordLists(Record, frozen=True, kw_only=True):
    """The plain lists of actor_words.toml; the file says what each is for."""

    state_bodies: frozenset[str]
    locative: frozenset[str]
    travel: frozenset[str]
    addressing: frozenset[str]
    place_nouns: frozenset[str]
    culture_nouns: frozenset[str]
    held_regions: frozenset[str]
    holders: frozenset[str]
    sponsored: frozenset[str]
    minded: frozenset[str]
    speech: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    family_first: frozenset[str]
    credit_words: frozenset[str]
    indefinite: frozenset[str]
    things: frozenset[str]
    unspecific: frozenset[str]
    vague: frozenset[str]
    former: frozenset[str]
    generic: frozenset[str]
    common_first: frozenset[str]
    leaders: frozenset[str]
    sending: frozenset[str]
    apposed: frozenset[str]
    unplaced: frozenset[str]


class _Table(Record, frozen=True, kw_only=True):
    honorifics: dict[str, Literal["m", "f", "-"]]
    abbreviations: dict[str, str]
    gendered: dict[str, Gender]
    pointers: dict[str, Pointed]
    plurals: dict[str, Pointed]
    lists: WordLists
    nouns_of_sector: dict[str, frozenset[str]]
    name_words: dict[str, tuple[str, ...]]


class ActorWords(msgspec.Struct, frozen=True, dict=True):
    """The words of actor_words.toml and the given names of first_names.csv; all keys but given names in lower case."""

    honorifics: dict[str, Literal["m", "f", "-"]]
    abbreviations: dict[str, str]
    gendered: dict[str, Gender]
    pointers: dict[str, Pointed]
    plurals: dict[str, Pointed]
    lists: WordLists
    nouns_of_sector: dict[str, frozenset[str]]
    name_words: dict[str, tuple[str, ...]]
    first_names: dict[str, str]

    def is_honorific(self, word: str) -> bool:
        """True for "Mr.", "Gen.", "Sheikh": words that stand before a name and are no part of it."""
        return word.lower().rstrip(".") in self.honorifics

    def gender_of_title(self, word: str) -> Gender | None:
        """What an honorific or a gendered noun says of its bearer."""
        said = self.honorifics.get(word.lower().rstrip(".")) or self.gendered.get(word.lower())
        return None if said in (None, "-") else said  # type: ignore[return-value]

    def gender_of_name(self, name: str) -> Gender | None:
        """The gender that a given name nearly always tells; both halves of a double name are tried."""
        for form in (name, name.title(), name.split("-")[0]):
            if form in self.first_names:
                return self.first_names[form]  # type: ignore[return-value]
        return None

    @cached_property
    def family_first(self) -> frozenset[str]:
        """Family names that stand before the given name, in lower case."""
        return frozenset(name.lower() for name in self.lists.family_first)


@lru_cache(maxsize=1)
def load_actor_words() -> ActorWords:
    """Read the two tables, once. Raises LexiconError where one is malformed."""
    table = read_toml(_Table, TABLES / "actor_words.toml")
    names = read_csv(FirstName, TABLES / "first_names.csv")
    return ActorWords(
        honorifics=table.honorifics,
        abbreviations=table.abbreviations,
        gendered=table.gendered,
        pointers=table.pointers,
        plurals=table.plurals,
        lists=table.lists,
        nouns_of_sector=table.nouns_of_sector,
        name_words=table.name_words,
        first_names={row.name: row.gender for row in names},
    )
