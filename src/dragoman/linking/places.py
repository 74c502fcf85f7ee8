"""Which place a name means: every candidate of the gazetteer is weighed by what it is, by what the words around the
name say ("Springfield, Ill."), and by the other places of the article: the same country, the same region, nearness.

All names of an article are decided together. Each keeps a distribution over its candidates; in each round a candidate
gains from the likely candidates of the other names that lie in its country or near it (spatial minimality, as in
Leidner 2007; Speriosu and Baldridge 2013), until the last round decides. A name has one sense in an article, unless
the words beside it say otherwise.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dragoman.annotate import Annotated
from dragoman.lexicon.places import EARTH_KM, Gazetteer, GazetteerEntry, key_of
from dragoman.records import Evidence, Place, PlaceMention, Record, Span

ROUNDS = 4
MOST_CANDIDATES = 60
NEAR_KM = 120.0
"""The scale at which two places lend each other support; a US state spans a few of it."""
COUNTRY_SUPPORT, NEAR_SUPPORT = 1.2, 3.2
CONTAINED, LISTED = 8.0, 3.0
"""Bonus of a candidate that lies inside the place named after its comma; less where that may be a list."""
PART_POPULATION = 2_000
"""A town this large may be what a longer name begins with ("Nenagh Municipal District")."""
REGION_RADIUS_KM = 350.0
NO_SPOT = frozenset({"bloc"})
"""Kinds of entries that act and lie nowhere; only geoparsing corpora give them a point."""
PRIOR = {
    "country": 8.0, "region-feature": 6.5, "feature": 5.0, "us-state": 5.2, "province": 4.6, "region": 3.2,
    "second-level": 1.4, "county": 1.0,
}  # fmt: skip
NAMED_COUNTY = 5.0
NEWS_PROVINCES = frozenset({"CAN", "AUS", "GBR", "DEU", "ESP", "IND", "PAK"})
"""Countries whose first-level regions the news names as often as their cities."""
CAPITAL_BONUS, NOTED_BONUS, ALIAS_PENALTY = 1.6, 0.7, 1.3
"""News means the capital more often than its size says; on local news alone a bonus of 1 does a little better."""

Floats = npt.NDArray[np.float64]

_AFTER_COMMA = re.compile(r"\s*(?:,\s*|\(\s*|\s(?:in|of)\s+(?=\S+(?:\s\S+)?\s(?:County|Parish|province|Province)))")
_WORD = re.compile(r"[^\W\d_][\w.'’\-]*")
_LIST_GOES_ON = re.compile(r"\s*(?:,\s*(?:and\s|or\s|[A-Z])|(?:and|or)\s+[A-Z])")
_POSSESSIVE = re.compile(r"['’]s?$")


class Toponym(Record, frozen=True, kw_only=True):
    """A name as it is resolved: its `key`, the key of the place it is said to lie in, and where it stands."""

    name: str
    container: str
    spans: tuple[tuple[int, int], ...]


class _Options:
    """All candidates of all names of an article, side by side in arrays, for the rounds of mutual support."""

    def __init__(self, groups: Sequence[Sequence[GazetteerEntry]], base: Sequence[Sequence[float]]) -> None:
        self.entries = [entry for group in groups for entry in group]
        self.owner = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        self.base = np.array([score for scores in base for score in scores], dtype=np.float64)
        other = self.owner[:, None] != self.owner[None, :]
        self.same_country = (_same([entry.country for entry in self.entries]) & other).astype(np.float64)
        states = [entry.admin1 if entry.country == "USA" else None for entry in self.entries]
        self.near = np.maximum(_nearness(self.entries), 0.8 * _same(states)) * other

    def decide(self, weights: Floats, groups: int) -> list[int]:
        """The index of the best candidate of each name, after the rounds; -1 where a name has none."""
        scores = self.base
        for _ in range(ROUNDS):
            shares = _softmax(scores, self.owner, groups) * weights[self.owner]
            scores = (
                self.base
                + COUNTRY_SUPPORT * np.log1p(self.same_country @ shares)
                + NEAR_SUPPORT * np.log1p(self.near @ shares)
            )
        best = [-1] * groups
        for index, owner in enumerate(self.owner.tolist()):
            if best[owner] < 0 or scores[index] > scores[best[owner]]:
                best[owner] = index
        return best


def link_places(annotated: Annotated, mentions: Sequence[PlaceMention], gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The places that the mentions name, one record a place, in the order of their first mention.

    A name that the gazetteer does not know, or that names no spot ("the West", "the EU"), is left out: no point is
    invented.
    """
    text = annotated.article.text
    found = resolve_names(text, [(mention.start, mention.end) for mention in mentions], gazetteer)
    spans: dict[str, list[Span]] = defaultdict(list)
    chosen: dict[str, GazetteerEntry] = {}
    for mention, entry in zip(mentions, found, strict=True):
        if entry is not None and entry.has_point and entry.kind not in NO_SPOT:
            chosen.setdefault(entry.place_id, entry)
            spans[entry.place_id].append(annotated.article.span(mention.start, mention.end))
    return tuple(_place(entry, tuple(spans[place_id])) for place_id, entry in chosen.items())


def resolve_spans(
    annotated: Annotated, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer
) -> tuple[GazetteerEntry | None, ...]:
    """The place of each given span `(start, end)` of the article's text; None where the gazetteer has none."""
    return resolve_names(annotated.article.text, spans, gazetteer)


def _place(entry: GazetteerEntry, mentions: tuple[Span, ...]) -> Place:
    evidence: Evidence = {"place_id": (mentions[0], _row(entry))}
    return Place(
        place_id=entry.place_id, name=entry.name, kind=entry.kind, country=entry.country, lat=entry.lat, lon=entry.lon,
        precision=entry.precision, mentions=mentions, evidence=evidence,
    )  # fmt: skip


def _row(entry: GazetteerEntry) -> str:
    source, _, number = entry.place_id.partition(":")
    table = {"country": "country_points", "feature": "features", "region": "regions", "geonames": "cities"}[source]
    return f"{table}#{number}"


def resolve_names(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer
) -> tuple[GazetteerEntry | None, ...]:
    """The place of each span of `text`, decided together."""
    toponyms = _toponyms(text, spans, gazetteer)
    known = frozenset(key for toponym in toponyms if gazetteer.by_key(key := key_of(toponym.name)))
    groups = [candidates(toponym.name, gazetteer, known) for toponym in toponyms]
    base = [_base_scores(toponym, group, gazetteer) for toponym, group in zip(toponyms, groups, strict=True)]
    options = _Options(*_shortlists(groups, base))
    weights = np.array([math.log1p(len(toponym.spans)) / math.log(2) for toponym in toponyms], dtype=np.float64)
    best = options.decide(weights, len(toponyms)) if options.entries else [-1] * len(toponyms)
    answer = {
        span: options.entries[index] if index >= 0 else None
        for toponym, index in zip(toponyms, best, strict=True)
        for span in toponym.spans
    }
    return tuple(answer[span] for span in spans)


def _toponyms(text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer) -> list[Toponym]:
    """Spans grouped by name and by the place they are said to lie in; a name without one joins the first with one."""
    containers: dict[str, list[str]] = defaultdict(list)
    found: list[tuple[str, str, tuple[int, int]]] = []
    for start, end in spans:
        name = _POSSESSIVE.sub("", text[start:end]).strip()
        container = _container(text, end, gazetteer)
        found.append((name, container, (start, end)))
        if container:
            containers[key_of(name)].append(container)
    grouped: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    display: dict[tuple[str, str], str] = {}
    for name, container, span in found:
        key = key_of(name)
        group = (key, container or (containers[key][0] if containers[key] else ""))
        grouped[group].append(span)
        display.setdefault(group, name)
    return [Toponym(name=display[group], container=group[1], spans=tuple(spans)) for group, spans in grouped.items()]


def _container(text: str, end: int, gazetteer: Gazetteer) -> str:
    """What follows the name after a comma or bracket, as far as it is the name of a region or country; marked with a
    leading "?" where it may be the next item of a list."""
    gap = _AFTER_COMMA.match(text, end)
    if gap is None or gap.end() == end:
        return ""
    words = _words_from(text, gap.end())
    for count in range(len(words), 0, -1):
        surface = text[words[0].start() : words[count - 1].end()]
        for name in (surface, surface.rstrip(".")):
            if gazetteer.abbreviation(name):
                return name
            if name[0].isupper() and any(_contains_others(entry) for entry in candidates(name, gazetteer)):
                listed = _LIST_GOES_ON.match(text, words[count - 1].end())
                return f"?{name}" if listed else name
    return ""


def _words_from(text: str, at: int) -> list[re.Match[str]]:
    """Up to four words parted by single spaces; a full stop ends them unless it belongs to an abbreviation."""
    words: list[re.Match[str]] = []
    while len(words) < 4 and (word := _WORD.match(text, at)):
        words.append(word)
        surface = word.group()
        if text[word.end() : word.end() + 1] != " " or (surface.endswith(".") and len(surface) > 3):
            break
        at = word.end() + 1
    return words


def _contains_others(entry: GazetteerEntry) -> bool:
    return entry.precision in {"country", "region"} and not entry.adjective


def candidates(name: str, gazetteer: Gazetteer, known: frozenset[str] = frozenset()) -> tuple[GazetteerEntry, ...]:
    """The places that a name, as it stands in a text, may mean: itself, then without its designator ("Anbar province",
    "County Cork"), then without a modifier ("northern Mali"), then by the longest place name inside it, be it a strong
    one or one of the keys `known` from the article."""
    bare = _POSSESSIVE.sub("", name.strip())
    region = gazetteer.abbreviation(bare)
    found = gazetteer.entries(bare)
    if region is not None and not any(entry.precision == "country" for entry in found):
        return (region, *(entry for entry in found if entry.place_id != region.place_id))
    if gazetteer.is_generic(key_of(bare)):
        return tuple(entry for entry in found if entry.place_id.startswith("feature:"))
    if found or gazetteer.patterns.street.search(bare):
        return _country_first(found)
    return _by_designator(bare, gazetteer, known) or _by_parts(bare, gazetteer, known)


def _country_first(found: tuple[GazetteerEntry, ...]) -> tuple[GazetteerEntry, ...]:
    """Without the towns and regions of a country that bears the name itself: "Mexico" is not Mexico City."""
    countries = {entry.country for entry in found if entry.precision == "country" and not entry.adjective}
    return tuple(entry for entry in found if entry.precision == "country" or entry.country not in countries)


def _by_designator(name: str, gazetteer: Gazetteer, known: frozenset[str]) -> tuple[GazetteerEntry, ...]:
    patterns = gazetteer.patterns
    for pattern, precision in ((patterns.county, "region"), (patterns.region, "region"), (patterns.city, "city")):
        if match := pattern.match(name):
            found = gazetteer.entries(match.group(1) or match.group(2))
            if found:
                return tuple(entry for entry in found if entry.precision == precision) or found
    if modifier := patterns.modifier.match(name):
        return candidates(name[modifier.end() :], gazetteer, known)
    return ()


def _by_parts(name: str, gazetteer: Gazetteer, known: frozenset[str]) -> tuple[GazetteerEntry, ...]:
    """Candidates of the longest run of the name's words that names a place by itself ("Delhi High Court")."""
    words = [word for word in re.split(r"[\s/]+", name) if word]
    facility = any(gazetteer.is_facility(word) for word in words)
    for size in range(len(words) - 1, 0, -1):
        for first in range(len(words) - size + 1):
            part = " ".join(words[first : first + size])
            key = key_of(part)
            if not part[0].isupper() or len(part) < 3 or gazetteer.is_generic(key):
                continue
            telling = facility and (gazetteer.is_strong(key) or (first == 0 and _sizeable(gazetteer, key)))
            if key in known or telling:
                return gazetteer.by_key(key)
    return ()


def _sizeable(gazetteer: Gazetteer, key: str) -> bool:
    return any(entry.population >= PART_POPULATION for entry in gazetteer.by_key(key))


def _base_scores(toponym: Toponym, group: Sequence[GazetteerEntry], gazetteer: Gazetteer) -> list[float]:
    """What each candidate is worth by itself and by the words beside the name."""
    scores = [prior(entry, toponym.name, gazetteer) for entry in group]
    if any(entry.country == "USA" and entry.kind == "state" and not entry.alias for entry in group):
        scores = [min(score, PRIOR["us-state"] + 1.0) for score in scores]  # Georgia and Georgia: context decides
    if not toponym.container:
        return scores
    bonus = LISTED if toponym.container.startswith("?") else CONTAINED
    containers = [entry for entry in candidates(toponym.container.lstrip("?"), gazetteer) if _contains_others(entry)]
    return [
        score + (bonus if any(lies_in(entry, container) for container in containers) else 0.0)
        for score, entry in zip(scores, group, strict=True)
    ]


def prior(entry: GazetteerEntry, name: str, gazetteer: Gazetteer) -> float:
    """How likely a candidate is before any context, on the scale of log10 of inhabitants."""
    kind = entry.place_id.partition(":")[0]
    if kind == "country":
        return PRIOR["country"]
    if kind == "feature":
        return PRIOR["region-feature" if entry.precision == "region" else "feature"] - (0.3 if entry.alias else 0.0)
    if kind == "region":
        return _region_prior(entry, name, gazetteer)
    score = math.log10(entry.population + 100) - 2.0
    if entry.alias:
        return score - ALIAS_PENALTY
    return score + (CAPITAL_BONUS if entry.kind == "capital" else 0.0) + (NOTED_BONUS if entry.noted else 0.0)


def _region_prior(entry: GazetteerEntry, name: str, gazetteer: Gazetteer) -> float:
    if entry.kind == "county":
        return NAMED_COUNTY if gazetteer.patterns.county.match(name) else PRIOR["county"]
    if entry.kind.startswith("second-level"):
        return PRIOR["second-level"]
    if entry.country == "USA":
        return PRIOR["us-state"] - (ALIAS_PENALTY if entry.alias else 0.0)  # "Washington" is the city first
    known = math.log10(entry.population + 100) - 2.0 - (ALIAS_PENALTY if entry.alias else 0.0)
    most = PRIOR["province"] if entry.country in NEWS_PROVINCES else PRIOR["region"] + 0.6
    return max(PRIOR["region"], min(most, known)) + (0.5 if gazetteer.patterns.region.match(name) else 0.0)


def lies_in(entry: GazetteerEntry, container: GazetteerEntry) -> bool:
    """True where a candidate lies in a region or country, as far as the gazetteer can tell."""
    if entry.place_id == container.place_id:
        return False
    if container.precision == "country":
        return entry.country == container.country
    if container.country is not None and entry.country != container.country:
        return False
    if container.kind != "county" and entry.admin1 and container.admin1:
        return entry.admin1 == container.admin1
    if container.kind == "county":
        return entry.admin1 == container.admin1 and _km(entry, container) < REGION_RADIUS_KM / 4
    return _km(entry, container) < REGION_RADIUS_KM


def _km(a: GazetteerEntry, b: GazetteerEntry) -> float:
    return float(_distances(np.array([a.lat, b.lat]), np.array([a.lon, b.lon]))[0, 1])


def _shortlists(
    groups: Sequence[Sequence[GazetteerEntry]], base: Sequence[Sequence[float]]
) -> tuple[list[list[GazetteerEntry]], list[list[float]]]:
    kept = [
        sorted(range(len(group)), key=lambda index: -scores[index])[:MOST_CANDIDATES]
        for group, scores in zip(groups, base, strict=True)
    ]
    return (
        [[group[index] for index in keep] for group, keep in zip(groups, kept, strict=True)],
        [[scores[index] for index in keep] for scores, keep in zip(base, kept, strict=True)],
    )


def _same(values: Sequence[str | None]) -> npt.NDArray[np.bool_]:
    """A square matrix: True where two candidates share a value; a value that is missing is shared with nobody."""
    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(value, len(numbers)) if value else -1 for value in values], dtype=np.int64)
    same: npt.NDArray[np.bool_] = (codes[:, None] == codes[None, :]) & (codes >= 0)[:, None]
    return same


def _nearness(entries: Sequence[GazetteerEntry]) -> Floats:
    lat = np.array([entry.lat for entry in entries], dtype=np.float64)
    lon = np.array([entry.lon for entry in entries], dtype=np.float64)
    local = np.array([entry.precision != "country" for entry in entries], dtype=np.float64)
    near: Floats = np.exp(-_distances(lat, lon) / NEAR_KM) * local[:, None] * local[None, :]
    return np.nan_to_num(near)


def _distances(lat: Floats, lon: Floats) -> Floats:
    """The great-circle distances in kilometres between all pairs of points."""
    phi, lam = np.radians(lat), np.radians(lon)
    xyz = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=1)
    return EARTH_KM * np.arccos(np.clip(xyz @ xyz.T, -1.0, 1.0))  # type: ignore[no-any-return]


def _softmax(scores: Floats, owner: npt.NDArray[np.int64], groups: int) -> Floats:
    highest = np.full(groups, -np.inf)
    np.maximum.at(highest, owner, scores)
    weight = np.exp(scores - highest[owner])
    total = np.zeros(groups)
    np.add.at(total, owner, weight)
    return weight / total[owner]  # type: ignore[no-any-return]
