"""Readers of the open sources of office holders. Each yields `Term`s; nothing is judged here."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import yaml  # type: ignore[import-untyped]

from training.lexicon.names import bare

FIRST_YEAR = 1999
"""Before it REIGN names most leaders by one name only."""
COLLECTIVE = frozenset({"SMR", "CHE", "BIH", "LBY", "ROU", "BTN", "TLS", "IRQ", "GNB"})
"""Where the leader of REIGN rotates, is disputed or holds now this, now that office."""


RESPELT = {"Boiko Borisov": "Boyko Borisov", "Sher Bahdur Deuba": "Sher Bahadur Deuba"}


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One person in one office; dates are `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty."""

    name: str
    place: str
    kind: str
    title: str
    start: str
    end: str
    source: str
    sectors: str = ""
    sex: str = ""
    wikidata: str = ""
    aliases: tuple[str, ...] = ()
    western: bool = False
    full_name_only: bool = False


def reign(kb: Path, by_cow: dict[str, str], parliamentary: frozenset[str]) -> Iterator[Term]:
    """Leaders of REIGN since FIRST_YEAR that it names in full; ends are known to the month."""
    with (kb / "reign/leaderlist_3_21.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            country = by_cow.get(row["ccode"])
            if not country or country in COLLECTIVE or int(row["syear"]) < FIRST_YEAR or not _full_name(row["leader"]):
                continue
            prime = country in parliamentary
            yield Term(
                name=RESPELT.get(row["leader"], row["leader"]).strip(), place=country,
                kind="head_of_government" if prime else "head_of_state",
                title="Prime Minister" if prime else "leader",
                start=f"{row['syear']}-{int(row['smonth']):02}-{int(row['sdate']):02}",
                end=f"{row['eyear']}-{int(row['emonth']):02}" if row["eyear"].strip() else "",
                source="reign", sex="m" if row["gender"] == "1" else "f",
            )  # fmt: skip


def _full_name(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(len(word) > 2 and word[0].isupper() and word.isalpha() for word in words)


def wikidata_2021(kb: Path, by_name: dict[str, str]) -> Iterator[Term]:
    """Heads of state and government of 2021-22 with their Wikidata ids; dates are years."""
    for file in ("wikidata.csv", "wikipedia.csv"):
        with (kb / "world_leaders/wiki_2021_22" / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                title = (row.get("positionLabel") or row.get("positionlabel") or "").strip()
                name = (row.get("officeholderLabel") or row.get("officeholderlabel") or "").split(" (")[0].strip()
                country = by_name.get(bare(row["country"]))
                if country and name and not name.startswith("Q") and (kind := _kind(title)):
                    yield Term(
                        name=name, place=country, kind=kind, title=title.split(" of ")[0],
                        start=row["start_year"] or "", end=row.get("end_year") or "",
                        source="wikidata_2021_22", wikidata=row["officeholder"],
                    )  # fmt: skip


def _kind(title: str) -> str:
    lowered = title.lower()
    if "monarch" in lowered or "governor" in lowered:
        return ""
    if "prime minister" in lowered or "chancellor" in lowered or "premier" in lowered:
        return "head_of_government"
    if lowered.startswith(("president of ", "king of", "sultan of", "emir of", "grand duke of", "prince of", "druk")):
        return "" if "assembly" in lowered or "commission" in lowered or "republika" in lowered else "head_of_state"
    return ""


def congress(kb: Path) -> Iterator[Term]:
    """The members of the Congress of 2026, with all terms of their present chamber."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    people = yaml.load((kb / "us_officials/legislators-current.yaml").read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    for person in people:
        name, last = person["name"], person["terms"][-1]
        terms = [term for term in person["terms"] if term["type"] == last["type"]]
        first = name.get("nickname") or name["first"]
        plain, full = f"{first} {name['last']}", name.get("official_full", "")
        senator = last["type"] == "sen"
        yield Term(
            name=plain, place="USSENATE" if senator else "USHOUSE", kind="other",
            title="Senator" if senator else "Representative", start=terms[0]["start"], end="",
            source="congress-legislators", sectors="LEG", sex=person["bio"]["gender"].lower(),
            wikidata=person["id"].get("wikidata", ""),
            aliases=tuple(sorted({full, f"{name['first']} {name['last']}"} - {plain, ""})), full_name_only=not senator,
        )  # fmt: skip


def wikidata_ids(kb: Path, by_name: dict[str, str]) -> dict[str, str]:
    """Bare name -> Wikidata id of leaders of 2021-22 and 2026; where the two lists differ, the older one is right.

    (The list of 2026 gives Ursula von der Leyen the id of Viktor Orbán.)
    """
    return _ids_of_2026(kb) | {bare(term.name): term.wikidata for term in wikidata_2021(kb, by_name)}


def _ids_of_2026(kb: Path) -> dict[str, str]:
    raw = json.loads((kb / "world_leaders/snapshots_2026/2026/08/2026-08-22.json").read_text(encoding="utf-8"))
    holders = [
        position.get("current_holder") or {}
        for country in raw["countries"].values()
        for position in country["positions"].values()
    ]
    return {bare(holder["name_en"]): holder["wikidata_id"] for holder in holders if holder.get("wikidata_id")}


def cow_codes(kb: Path) -> dict[str, str]:
    """Correlates of War number -> alpha-3, the code that is valid today."""
    with (kb / "plover/cow2iso.txt").open(encoding="utf-8", errors="replace", newline="") as file:
        return {row["cow_id"]: row["iso3"] for row in csv.DictReader(file) if row["iso3"] and not row["valid_until"]}
