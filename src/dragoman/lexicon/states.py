"""The table of states and territories, which the actors and the gazetteer share."""

from __future__ import annotations

from dragoman.records import Record


class StateRow(Record, frozen=True, kw_only=True):
    """A row of states.csv. `id` is alpha-3, an ISO 3166-2 code, or a word of the actor lexicon's own; `country` is
    empty where the id is the country's own."""

    id: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    seats: tuple[str, ...]
    ambiguous: tuple[str, ...]
