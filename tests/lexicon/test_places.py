from __future__ import annotations

import lzma
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import LexiconError
from dragoman.lexicon.places import Blob, Gazetteer, key_of, kilometres, load_places
from dragoman.lexicon.tables import TABLES


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_places()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Hague", "hague"),
        ("St. Petersburg", "saint petersburg"),
        ("Mt. Hood", "mount hood"),
        ("Memphis St.", "memphis st"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Guinea-Bissau", "guinea bissau"),
        ("İstanbul", "istanbul"),
        ("U.S.", "us"),
    ],
)
def test_keys(name: str, key: str) -> None:
    assert key_of(name) == key


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    key = key_of(name)
    assert key == key.strip()
    assert key_of(key) == key_of(key_of(key))


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Uzbekistan", "country:UZB"),
        ("U.S.", "country:USA"),
        ("Burma", "country:MMR"),
        ("Hong Kong", "country:HKG"),
        ("Donbas", "feature:donbas"),
        ("Donbass", "feature:donbas"),
        ("Strait of Hormuz", "feature:strait-of-hormuz"),
        ("the Gaza Strip", "feature:gaza"),
        ("Crimea", "region:UA-43"),
        ("Chechnya", "region:RU-CE"),
        ("Bavaria", "region:DE-BY"),
        ("Kyiv", "geonames:703448"),
        ("Kiev", "geonames:703448"),
        ("Samarkand", "geonames:1216265"),
        ("McLean County", "region:US-IL-Q111400"),
    ],
)
def test_names_of_the_news(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert place_id in {entry.place_id for entry in gazetteer.entries(name)}


@pytest.mark.parametrize(
    ("text", "region"), [("Ill.", "Illinois"), ("N.S.W.", "New South Wales"), ("SC", "South Carolina")]
)
def test_abbreviations(gazetteer: Gazetteer, text: str, region: str) -> None:
    found = gazetteer.abbreviation(text)
    assert found is not None
    assert found.name == region


def test_abbreviations_keep_their_case(gazetteer: Gazetteer) -> None:
    assert gazetteer.abbreviation("ill") is None
    assert gazetteer.abbreviation("me") is None


def test_demonyms_are_adjectives(gazetteer: Gazetteer) -> None:
    (egyptian,) = gazetteer.entries("Egyptian")
    assert egyptian.adjective
    assert egyptian.country == "EGY"
    assert not gazetteer.is_strong("egyptian")
    assert gazetteer.is_adjective("egyptian")


def test_capitals_are_known(gazetteer: Gazetteer) -> None:
    for name, country in (("Ottawa", "CAN"), ("Canberra", "AUS"), ("Naypyidaw", "MMR"), ("New Delhi", "IND")):
        assert any(entry.kind == "capital" and entry.country == country for entry in gazetteer.entries(name)), name


def test_a_term_without_a_spot_has_no_point(gazetteer: Gazetteer) -> None:
    west = next(entry for entry in gazetteer.entries("the West") if entry.place_id == "feature:west")
    assert not west.has_point


def test_oblasts_lie_where_their_cities_lie(gazetteer: Gazetteer) -> None:
    for name in ("Donetsk", "Kharkiv", "Kherson", "Lviv", "Odesa", "Sumy"):
        entries = [entry for entry in gazetteer.entries(name) if entry.country == "UKR"]
        oblast = next(entry for entry in entries if entry.precision == "region")
        city = max((entry for entry in entries if entry.precision == "city"), key=lambda entry: entry.population)
        assert kilometres(oblast.lat, oblast.lon, city.lat, city.lon) < 161, name


@pytest.mark.parametrize("table", ["cities.tsv.xz", "regions.tsv.xz"])
def test_large_tables_are_sorted_and_whole(table: str) -> None:
    blob = Blob(TABLES / table)
    before = ""
    for cells in blob.all_rows():
        assert before <= cells[0], cells
        assert -90 <= float(cells[6]) <= 90, cells
        assert -180 <= float(cells[7]) <= 180, cells
        before = cells[0]


@pytest.mark.parametrize("table", ["cities.tsv.xz", "regions.tsv.xz"])
def test_bisection_finds_what_a_walk_finds(table: str) -> None:
    blob = Blob(TABLES / table)
    rows = list(blob.all_rows())
    for cells in (rows[0], rows[-1], *rows[:: len(rows) // 50]):
        assert list(blob.rows(cells[0])) == [each for each in rows if each[0] == cells[0]]
    assert list(blob.rows("no such place anywhere")) == []
    assert list(blob.rows("")) == []


def test_every_listed_region_is_in_the_large_table(gazetteer: Gazetteer) -> None:
    missing = [region_id for region_id in gazetteer._region_keys if gazetteer.region(region_id) is None]
    assert missing == []


def test_a_row_of_the_wrong_width_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.tsv.xz"
    head = "# source: x\n# licence: x\n# date: x\n# note: x\n"
    path.write_bytes(lzma.compress(f"{head}atown\tonly three\tcells".encode()))
    with pytest.raises(LexiconError, match=r"bad\.tsv\.xz: atown: 3 cells"):
        list(Blob(path).rows("atown"))


def test_a_table_without_certificate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bare.tsv.xz"
    path.write_bytes(lzma.compress(b"# source: x\nrow"))
    with pytest.raises(LexiconError, match="licence"):
        Blob(path)


def test_kilometres() -> None:
    assert math.isclose(kilometres(52.52, 13.41, 48.85, 2.35), 878, abs_tol=5)
    assert kilometres(10.0, 20.0, 10.0, 20.0) == 0.0
