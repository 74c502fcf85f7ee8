"""The gazetteer: which places bear a name, and where they lie.

Three sorts of table feed it, all in `lexicon/tables/`:
- `states.csv` (names), `country_points.csv`, `features.csv`, `region_names.csv`: small, read when it loads;
- `cities.tsv.xz` (GeoNames, CC BY 4.0) and `regions.tsv.xz` (countries-states-cities database, ODbL 1.0): large, made
  by `python -m training.gazetteer`, sorted by key. They are kept as bytes and searched by bisection, so that loading
  parses nothing: a row becomes an entry only when its name is asked for.
"""

from __future__ import annotations

import lzma
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from dragoman.errors import LexiconError
from dragoman.lexicon.states import StateRow
from dragoman.lexicon.tables import TABLES, check_certificate, read_csv, read_toml
from dragoman.records import Record
from dragoman.records.place import Precision

BLOB_COLUMNS = 9
STRONG_POPULATION = 100_000
"""A name that the encoder did not call a place must be that of a country, a region, a feature or a city this large."""
EARTH_KM = 6371.0
REMEMBERED = 50_000

_SAINTS = re.compile(r"\b(st|ste|mt|ft)\b(?=\s\S)")
_SPELLED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SPACES = re.compile(r"[\s\-‐‑‒–—−/,]+")
_DROPPED = re.compile(r"['’‘ʻʼ`´.\"“”()]")
_ARTICLE = re.compile(r"^the\s+(?=\S)")


class GazetteerEntry(Record, frozen=True, kw_only=True):
    """One place as the gazetteer knows it. `place_id` is "country:UZB", "geonames:1216265", "region:US-IL" or
    "feature:<slug>"; `country` is alpha-3; `admin1` is like "US-IL"; degrees are WGS 84.

    `alias`: the name asked for is not its main one; `adjective`: it is a demonym or adjective ("Egyptian"); `noted`:
    the news means this city by that name before others (city_names.csv).
    `note` says what is disputed instead of judging it. A term that names no spot ("the West") has NaN for degrees.
    """

    place_id: str
    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    precision: Precision
    admin1: str | None = None
    population: int = 0
    alias: bool = False
    adjective: bool = False
    noted: bool = False
    note: str = ""

    @property
    def has_point(self) -> bool:
        """False for terms that name no spot on the map."""
        return not math.isnan(self.lat)


class CountryRow(Record, frozen=True, kw_only=True):
    """A row of country_points.csv; the names stand in states.csv."""

    alpha3: str
    alpha2: str
    lat: float
    lon: float
    population: int


class FeatureRow(Record, frozen=True, kw_only=True):
    """A row of features.csv."""

    feature_id: str
    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    note: str


class RegionNameRow(Record, frozen=True, kw_only=True):
    """A row of region_names.csv: what a region of regions.tsv.xz is called; `region_id` is its ISO 3166-2 code.

    `abbreviations` are matched with their case and points ("Ill.", "IL"). Name and point, where given, replace those
    of the source when regions.tsv.xz is made.
    """

    region_id: str
    name: str
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    demonyms: tuple[str, ...]
    lat: float | None
    lon: float | None


class CityNameRow(Record, frozen=True, kw_only=True):
    """A row of city_names.csv, used when cities.tsv.xz is made: the names by which the news means this city."""

    alpha2: str
    name: str
    aliases: tuple[str, ...]


class ToponymWords(Record, frozen=True, kw_only=True):
    """toponym_words.toml: the words that stand beside place names, lower case."""

    region: tuple[str, ...]
    city: tuple[str, ...]
    county: tuple[str, ...]
    modifier: tuple[str, ...]
    street: tuple[str, ...]
    route: tuple[str, ...]
    generic: frozenset[str]
    ambiguous: frozenset[str]
    organisation: frozenset[str]
    of_place: frozenset[str]


class ReadingWords(Record, frozen=True, kw_only=True):
    """metonymy.toml: lemmas around a place name that make it a spot on the map ("literal") or a polity, by position."""

    subject_literal: frozenset[str]
    having: frozenset[str]
    having_literal: frozenset[str]
    being_polity_nouns: frozenset[str]
    being_polity_adjectives: frozenset[str]
    passive_literal: frozenset[str]
    object_literal: frozenset[str]
    preposition_literal: frozenset[str]
    preposition_polity: frozenset[str]
    with_literal: frozenset[str]
    between_literal: frozenset[str]
    for_literal: frozenset[str]
    toward_literal: frozenset[str]
    on_polity: frozenset[str]
    at_polity: frozenset[str]
    over_polity: frozenset[str]
    to_polity: frozenset[str]
    from_polity: frozenset[str]
    of_polity: frozenset[str]
    compound_polity: frozenset[str]
    possessor_polity: frozenset[str]
    possessor_literal: frozenset[str]


class _Patterns:
    """The same words as patterns over a name; each has one group, the name without the word."""

    def __init__(self, words: ToponymWords) -> None:
        region, city, county = (_either(part) for part in (words.region, words.city, words.county))
        self.county = re.compile(rf"^(?:(.+?)\s+(?:{county})\.?|(?:county|co\.?)\s+(.+))$", re.IGNORECASE)
        self.region = re.compile(rf"^(?:(?:the\s+)?(?:{region})\s+of\s+(.+)|(.+?)\s+(?:{region}))$", re.IGNORECASE)
        self.city = re.compile(rf"^(?:(?:the\s+)?(?:{city})\s+of\s+(.+)|(.+?)\s+(?:{city}))$", re.IGNORECASE)
        self.modifier = re.compile(rf"^(?:{_either(words.modifier)})[\s-]+(?=\S)", re.IGNORECASE)
        street, route = _either(words.street), _either(words.route)
        self.street = re.compile(rf"(?:\s(?:{street})\.?$|^(?:{route})[\s-]\d)", re.IGNORECASE)


def _either(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def key_of(name: str) -> str:
    """The key under which a name is looked up: no case, accents, points or apostrophes; hyphens are spaces;
    "St.", "Mt.", "Ft." in front of a word are spelled out; a leading "the" is dropped."""
    if name.isascii():
        bare = name.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("ø", "o"))
        bare = "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()
    key = _SPACES.sub(" ", _DROPPED.sub("", bare)).strip()
    key = _SAINTS.sub(lambda found: _SPELLED[found.group()], key)
    return _ARTICLE.sub("", key)


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """The great-circle distance between two points in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


class Blob:
    """A large sorted table: one place a line, `key name id kind country admin1 lat lon population`, parted by tabs.
    An empty name means that the key in title case is the name; country is alpha-2; the kind of a city is C for a
    capital, N for a noted name."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._data = lzma.decompress(path.read_bytes())
        self._start = 0
        names = []
        while self._data.startswith(b"# ", self._start):
            end = self._line_end(self._start)
            names.append(self._data[self._start + 2 : end].decode("utf-8").split(":", 1)[0])
            self._start = end + 1
        check_certificate(names, path)

    def _line_end(self, start: int) -> int:
        end = self._data.find(b"\n", start)
        return end if end >= 0 else len(self._data)

    def _first(self, prefix: bytes) -> int:
        """Where the first line that is not before `prefix` begins."""
        low, high = self._start, len(self._data)
        while low < high:
            start = max(low, self._data.rfind(b"\n", low, (low + high) // 2) + 1)
            if self._data[start : start + len(prefix)] < prefix:
                low = self._line_end(start) + 1
            else:
                high = start
        return low

    def rows(self, key: str) -> Iterator[list[str]]:
        """The cells of every row with this key. Raises LexiconError where a row is malformed."""
        prefix = key.encode("utf-8") + b"\t"
        at = self._first(prefix)
        while self._data.startswith(prefix, at):
            end = self._line_end(at)
            yield self._cells(at, end)
            at = end + 1

    def _cells(self, start: int, end: int) -> list[str]:
        cells = self._data[start:end].decode("utf-8").split("\t")
        if len(cells) != BLOB_COLUMNS:
            raise LexiconError(f"{len(cells)} cells, {BLOB_COLUMNS} columns", where=f"{self.path}: {cells[0]}")
        return cells

    def all_rows(self) -> Iterator[list[str]]:
        """The cells of every row, in order. Raises LexiconError where a row is malformed."""
        at = self._start
        while at < len(self._data):
            end = self._line_end(at)
            yield self._cells(at, end)
            at = end + 1


class Gazetteer:
    """Look-up of places by name. Load it once with `load_places`. One per thread or process: it remembers what it
    was asked, up to `REMEMBERED` names, so that bulk runs do not grow for ever."""

    def __init__(
        self,
        countries: tuple[CountryRow, ...],
        states: tuple[StateRow, ...],
        features: tuple[FeatureRow, ...],
        region_names: tuple[RegionNameRow, ...],
        words: ToponymWords,
        reading: ReadingWords,
        blobs: tuple[Blob, ...],
    ) -> None:
        self._alpha3 = {row.alpha2: row.alpha3 for row in countries}
        self._blobs = blobs
        self.words = words
        self.reading = reading
        self.patterns = _Patterns(words)
        self._region_keys = {row.region_id: key_of(row.name) for row in region_names}
        self._hand: dict[str, list[GazetteerEntry]] = {}
        self._region_alias: dict[str, list[tuple[str, bool]]] = {}
        self._abbreviations: dict[str, str] = {}
        self._countries: dict[str, GazetteerEntry] = {}
        points = {row.alpha3: row for row in countries}
        for state in states:
            if state.id in points:
                self._add_country(state, points[state.id])
        for feature in features:
            self._add_feature(feature)
        for region in region_names:
            self._add_region_names(region)
        self._seen: dict[str, tuple[GazetteerEntry, ...]] = {}
        self._strong: dict[str, bool] = {}

    def _add_country(self, state: StateRow, point: CountryRow) -> None:
        entry = GazetteerEntry(
            place_id=f"country:{state.id}", name=state.name, kind="country", country=state.id, lat=point.lat,
            lon=point.lon, precision="country", population=point.population,
        )  # fmt: skip
        self._countries[state.id] = entry
        self._add_names(entry, state.aliases, (*state.adjectives, *state.people))

    def _add_feature(self, row: FeatureRow) -> None:
        if row.precision not in {"country", "region", "city", "site"}:
            raise LexiconError(f"precision {row.precision!r} of {row.feature_id}", where="features.csv")
        precision: Precision = row.precision  # type: ignore[assignment]  # checked in the line above
        entry = GazetteerEntry(
            place_id=f"feature:{row.feature_id}", name=row.name, kind=row.kind, country=row.country,
            lat=math.nan if row.lat is None else row.lat, lon=math.nan if row.lon is None else row.lon,
            precision=precision, note=row.note,
        )  # fmt: skip
        self._add_names(entry, row.aliases, row.demonyms)

    def _add_names(self, entry: GazetteerEntry, aliases: tuple[str, ...], demonyms: tuple[str, ...]) -> None:
        self._hand.setdefault(key_of(entry.name), []).append(entry)
        for key in {key_of(alias) for alias in aliases} - {key_of(entry.name)}:
            self._hand.setdefault(key, []).append(_copy(entry, alias=True))
        for key in {key_of(demonym) for demonym in demonyms} - {key_of(name) for name in (entry.name, *aliases)}:
            self._hand.setdefault(key, []).append(_copy(entry, adjective=True))

    def _add_region_names(self, row: RegionNameRow) -> None:
        for alias in row.aliases:
            self._region_alias.setdefault(key_of(alias), []).append((row.region_id, False))
        for demonym in row.demonyms:
            self._region_alias.setdefault(key_of(demonym), []).append((row.region_id, True))
        for abbreviation in row.abbreviations:
            self._abbreviations.setdefault(abbreviation, row.region_id)

    def country(self, alpha3: str) -> GazetteerEntry | None:
        """The country with this alpha-3 code."""
        return self._countries.get(alpha3)

    def abbreviation(self, text: str) -> GazetteerEntry | None:
        """The region that `text` abbreviates, by case and points: "Ill.", "IL", "N.S.W."."""
        region_id = self._abbreviations.get(text) or self._abbreviations.get(text + ".")
        return self.region(region_id) if region_id else None

    def region(self, region_id: str) -> GazetteerEntry | None:
        """The region with this ISO 3166-2 code, where region_names.csv has it."""
        key = self._region_keys.get(region_id)
        found = (entry for entry in self._blob_entries(key) if entry.place_id == f"region:{region_id}") if key else ()
        return next(iter(found), None)

    def entries(self, name: str) -> tuple[GazetteerEntry, ...]:
        """All places that bear this name (main name, other name, demonym), in no order of likelihood."""
        return self.by_key(key_of(name))

    def by_key(self, key: str) -> tuple[GazetteerEntry, ...]:
        """As `entries`, for a name that is a key already."""
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
                self._strong.clear()
            found = self._seen[key] = tuple(self._find(key))
        return found

    def _find(self, key: str) -> Iterator[GazetteerEntry]:
        seen = set()
        for entry in (*self._hand.get(key, ()), *self._aliased_regions(key), *self._blob_entries(key)):
            if entry.place_id not in seen:
                seen.add(entry.place_id)
                yield entry

    def _aliased_regions(self, key: str) -> Iterator[GazetteerEntry]:
        for region_id, adjective in self._region_alias.get(key, ()):
            region = self.region(region_id)
            if region is not None:
                yield _copy(region, alias=not adjective, adjective=adjective)

    def _blob_entries(self, key: str) -> Iterator[GazetteerEntry]:
        for blob in self._blobs:
            for cells in blob.rows(key):
                yield self._entry(cells)

    def _entry(self, cells: list[str]) -> GazetteerEntry:
        key, name, number, kind, alpha2, admin1, lat, lon, population = cells
        is_city = kind in {"", "C", "N", "CN"}
        place_id = f"geonames:{number}" if is_city else f"region:{number}"
        return GazetteerEntry(
            place_id=place_id,
            name=name or key.title(),
            kind=("capital" if kind.startswith("C") else "city") if is_city else kind,
            country=self._alpha3.get(alpha2),
            lat=float(lat),
            lon=float(lon),
            precision="city" if is_city else "region",
            admin1=f"{alpha2}-{admin1}" if admin1 else None,
            population=int(population or 0),
            alias=bool(name) and key_of(name) != key and not (is_city and kind.endswith("N")),
            noted=is_city and kind.endswith("N"),
        )

    def is_generic(self, key: str) -> bool:
        """True for a word of facilities' names ("Hospital") that would name some small town by accident."""
        return key in self.words.generic

    def is_facility(self, word: str) -> bool:
        """True for the last word of a facility's or district's name ("Airport", "District")."""
        key = key_of(word)
        return key in self.words.generic or key in self.words.region or key in self.words.city

    def is_adjective(self, key: str) -> bool:
        """True for a demonym or adjective of a country, region or feature."""
        return any(entry.adjective for entry in self.by_key(key))

    def is_strong(self, key: str) -> bool:
        """True where a name by itself says that a place is meant: a country, region, listed feature or large city."""
        strong = self._strong.get(key)
        if strong is None:
            plain = self.is_generic(key) or key in self.words.ambiguous
            strong = self._strong[key] = not plain and any(_is_strong(entry) for entry in self.by_key(key))
        return strong


def _is_strong(entry: GazetteerEntry) -> bool:
    if entry.adjective:
        return False
    if entry.place_id.startswith(("country:", "feature:")):
        return True
    if entry.precision == "region":
        return not entry.kind.startswith("second-level") and entry.kind != "county"
    return entry.kind == "capital" or entry.noted or entry.population >= STRONG_POPULATION


def _copy(entry: GazetteerEntry, *, alias: bool = False, adjective: bool = False) -> GazetteerEntry:
    return GazetteerEntry(
        place_id=entry.place_id, name=entry.name, kind=entry.kind, country=entry.country, lat=entry.lat, lon=entry.lon,
        precision=entry.precision, admin1=entry.admin1, population=entry.population, alias=alias, adjective=adjective,
        note=entry.note,
    )  # fmt: skip


def load_places(folder: Path = TABLES) -> Gazetteer:
    """The gazetteer from its tables. Raises LexiconError where a table is malformed, OSError where one is missing."""
    return Gazetteer(
        read_csv(CountryRow, folder / "country_points.csv"),
        read_csv(StateRow, folder / "states.csv"),
        read_csv(FeatureRow, folder / "features.csv"),
        read_csv(RegionNameRow, folder / "region_names.csv"),
        read_toml(ToponymWords, folder / "toponym_words.toml"),
        load_reading_words(folder),
        (Blob(folder / "cities.tsv.xz"), Blob(folder / "regions.tsv.xz")),
    )


@lru_cache(maxsize=2)
def load_reading_words(folder: Path = TABLES) -> ReadingWords:
    """The words that tell a polity from a spot on the map, read once. Raises LexiconError where they are malformed."""
    return read_toml(ReadingWords, folder / "metonymy.toml")


def load_gazetteer(folder: Path = TABLES) -> Gazetteer:
    """Another name of `load_places`."""
    return load_places(folder)
