"""Build persons.csv and offices.csv of the lexicon: `python -m training.lexicon.build`.

Hand-written rows (`training/lexicon/hand/*.csv`) come first; the open sources fill in what no hand-written row covers:
a term of an office that nobody holds by hand at any time in it. Nothing written by hand is ever overwritten.
A term without a start says only what somebody is: it gives the person's sectors and country, and no office.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.lexicon.actors import first_day, last_day
from dragoman.lexicon.tables import TABLES
from training.entities import data_root
from training.lexicon.names import FAMILY_FIRST, bare, slug, spellings, surnames
from training.lexicon.sources import Term, congress, cow_codes, reign, wikidata_2021, wikidata_ids

HAND = Path(__file__).parent / "hand"
SECTORS = {"defence_minister": "GOV|MIL", "speaker": "LEG", "opposition_leader": "OPP", "central_bank_head": "GOV|BUS"}
HOLDER = re.compile(
    r"(?P<name>.+?)(?P<marks>(?: \([fw]\))*) ?(?P<start>\d{4}[-\d]*)?(?P<dots>\.\.)?(?P<end>\d{4}[-\d]*)?$"
)
CERTIFICATE = """\
# source: {source}
# licence: {licence}
# date: 2026-11-23
# note: {note}
"""
SOURCES = (
    "training/lexicon/hand (the editor); kb/reign (MIT); kb/world_leaders (facts of Wikidata and Wikipedia; snapshots "
    "CC BY-SA 4.0); kb/us_officials (congress-legislators, CC0)"
)


class Person:
    """What the build knows of a person while it gathers the rows."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.wikidata = ""
        self.aliases: dict[str, None] = {}
        self.surnames: tuple[str, ...] = ()
        self.sex = ""
        self.western = False
        self.places: list[str] = []
        self.sectors = ""
        self.full_name_only = True


def main() -> None:
    """Read the sources, join them and write the two tables."""
    kb = data_root() / "kb"
    states, bodies = countries("states.csv"), countries("bodies.csv")
    hand = list(hand_terms())
    known = {bare(row["name"]): row for row in rows(HAND / "persons.csv")}
    terms = hand + list(uncovered(hand, other_terms(kb, states), known))
    people = gather(terms, known, wikidata_ids(kb, state_names()))
    write(people, terms, states, bodies)


def other_terms(kb: Path, states: dict[str, str]) -> Iterator[Term]:
    """The terms of the open sources, the most exact first."""
    yield from congress(kb)
    parliamentary = frozenset(row["country"] for row in rows(HAND / "parliamentary.csv"))
    yield from reign(kb, {cow: iso for cow, iso in cow_codes(kb).items() if iso in states}, parliamentary)
    yield from wikidata_2021(kb, state_names())


def state_names() -> dict[str, str]:
    """Bare name or alias -> id of the states that have a code of their own."""
    own = [row for row in rows(TABLES / "states.csv") if not row["country"]]
    return {bare(name): row["id"] for row in own for name in (*row["aliases"].split("|"), row["name"]) if name}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table with a certificate."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("# ")]
    return list(csv.DictReader(lines))


def countries(table: str) -> dict[str, str]:
    """Id -> country (alpha-3 or empty) of the states or bodies."""
    own = table == "states.csv"
    return {row["id"]: row["country"] or (row["id"] if own else "") for row in rows(TABLES / table)}


def hand_terms() -> Iterator[Term]:
    """The terms of the hand-written office rows."""
    for path in sorted(HAND.glob("offices_*.csv")):
        for row in rows(path):
            yield from holders(row)


def holders(row: dict[str, str]) -> Iterator[Term]:
    """The holders of one hand-written row: "Name start..end; Name start"."""
    several, title = row["title"].startswith("*"), row["title"].lstrip("*")
    parsed = []
    for cell in row["holders"].split(";"):
        match = HOLDER.match(cell.strip())
        if match is None:
            raise ValueError(f"{row['place']} {title}: cannot read {cell!r}")
        parsed.append(match)
    before = ""
    for match, after in zip(parsed, [*parsed[1:], None], strict=True):
        start = match["start"] or ("" if several else before)
        follows = (after["start"] or "") if after is not None else ""
        end = match["end"] or ("" if match["dots"] or several or follows <= start else follows)
        before = end
        yield Term(
            name=match["name"], place=row["place"], kind=row["kind"], title=title, start=start, end=end,
            source="editor", sectors=row["sectors"] or SECTORS.get(row["kind"], "GOV"),
            sex="f" if "(f)" in match["marks"] else "m", western="(w)" in match["marks"],
        )  # fmt: skip


def uncovered(hand: list[Term], others: Iterable[Term], known: dict[str, dict[str, str]]) -> Iterator[Term]:
    """Those of the other terms that no hand-written or earlier term of the same office overlaps."""
    held: dict[tuple[str, str], list[Term]] = {}
    in_congress = {(bare(form), term.place) for term in hand for form in name_forms(term, known)}
    for term in hand:
        held.setdefault((term.place, term.kind), []).append(term)
    for term in others:
        if term.source == "congress-legislators":
            if not any((bare(form), term.place) in in_congress for form in (term.name, *term.aliases)):
                yield term
        elif not any(overlap(term, other) for other in held.get((term.place, term.kind), ())):
            held.setdefault((term.place, term.kind), []).append(term)
            yield term


def name_forms(term: Term, known: dict[str, dict[str, str]]) -> list[str]:
    """The name of a term's holder and its hand-written aliases."""
    return [term.name, *known.get(bare(term.name), {}).get("aliases", "").split("|")]


def overlap(one: Term, other: Term) -> bool:
    """True where two terms share more than the day of the change."""
    start = max(first_day(term.start) or dt.date.min for term in (one, other))
    end = min(last_day(term.end) or dt.date.max for term in (one, other))
    return start < end


def gather(terms: Iterable[Term], known: dict[str, dict[str, str]], ids: dict[str, str]) -> dict[str, Person]:
    """All persons by bare name, with what the sources and the hand-written rows say of them."""
    people: dict[str, Person] = {}
    for term in terms:
        person = people.setdefault(bare(term.name), Person(term.name))
        person.wikidata = person.wikidata or term.wikidata
        person.sex = person.sex or term.sex
        person.western = person.western or term.western
        person.aliases |= dict.fromkeys(term.aliases)
        person.places.append(term.place)
        person.full_name_only = person.full_name_only and term.full_name_only
        if not term.start:
            person.sectors = person.sectors or term.sectors
    taken = {person.wikidata for person in people.values()} | {row["wikidata"] for row in known.values()}
    for key, person in people.items():
        row = known.get(key)
        if row:
            person.wikidata = row["wikidata"] or person.wikidata
            person.sex = row["sex"] or person.sex
            person.aliases = dict.fromkeys(alias for alias in row["aliases"].split("|") if alias) | person.aliases
            person.surnames = tuple(name for name in row["surnames"].split("|") if name)
        if not person.wikidata and (found := ids.get(key)) and found not in taken:
            person.wikidata = found
            taken.add(found)
    return people


def write(people: dict[str, Person], terms: list[Term], states: dict[str, str], bodies: dict[str, str]) -> None:
    """Write persons.csv and offices.csv."""
    ids = {key: person.wikidata or slug(person.name) for key, person in people.items()}
    with (TABLES / "persons.csv").open("w", encoding="utf-8", newline="") as file:
        note = "Built by training/lexicon/build.py; change the hand-written rows, not this file"
        file.write(CERTIFICATE.format(source=SOURCES, licence="Apache-2.0 AND CC-BY-SA-4.0", note=note))
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["id", "name", "aliases", "surnames", "family_first", "sex", "country", "sectors"])
        written: set[str] = set()
        for key, person in people.items():
            if ids[key] not in written:
                written.add(ids[key])
                table.writerow(person_row(ids[key], person, states | bodies, people))
    with (TABLES / "offices.csv").open("w", encoding="utf-8", newline="") as file:
        note = "Built by training/lexicon/build.py. Dates YYYY[-MM[-DD]]; an empty end: not known or still open"
        file.write(CERTIFICATE.format(source=SOURCES, licence="Apache-2.0 AND CC-BY-SA-4.0", note=note))
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["person", "kind", "title", "country", "body", "sectors", "start", "end", "source"])
        for term in terms:
            if not term.start:
                continue
            place_is_state = term.place in states
            country = states[term.place] if place_is_state else bodies[term.place]
            body = "" if place_is_state and country == term.place else term.place
            sectors = term.sectors or SECTORS.get(term.kind, "GOV")
            table.writerow(
                [ids[bare(term.name)], term.kind, term.title, country, body, sectors, term.start, term.end, term.source]
            )


def person_row(person_id: str, person: Person, places: dict[str, str], people: dict[str, Person]) -> list[str]:
    """One row of persons.csv. The country is that of the first office in a country.

    A spelling that is the name of somebody else is left out ("Donald Trump" for his son).
    """
    country = next((places[place] for place in person.places if places[place]), "")
    ordered = country in FAMILY_FIRST and not person.western
    derived = [form for form in spellings(person.name, ordered) if people.get(bare(form), person) is person]
    aliases = dict.fromkeys((*person.aliases, *derived))
    short = person.surnames or (() if person.full_name_only else surnames(person.name, ordered, country))
    return [
        person_id, person.name, "|".join(alias for alias in aliases if alias != person.name), "|".join(short),
        "1" if ordered else "", person.sex, country, person.sectors,
    ]  # fmt: skip


if __name__ == "__main__":
    main()
