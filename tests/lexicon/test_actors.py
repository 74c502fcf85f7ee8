"""The actor tables are sound, and the lexicon finds names, offices and roles in them."""

from __future__ import annotations

import datetime as dt
import typing
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.lexicon.actors import ActorLexicon, Office, OfficeKind, first_day, last_day, load_actors
from dragoman.records import ActorKind

SECTORS = frozenset(
    ("AGR", "BUS", "COP", "CRM", "CVL", "EDU", "ELI", "GOV", "IGO", "JRN", "JUD", "LAB", "LEG", "MED", "MIL", "NGO",
     "OPP", "PRE", "PRM", "PTY", "REB", "REF", "REL", "SOC", "SPY", "UAF", "UNK")
)  # fmt: skip
SINGLE = ("head_of_government", "foreign_minister", "defence_minister", "finance_minister", "interior_minister")
MONTH = dt.timedelta(days=31)


@pytest.fixture(scope="module")
def actors() -> ActorLexicon:
    return load_actors()


def test_the_tables_have_the_size_that_they_should(actors: ActorLexicon) -> None:
    kinds = [entry.kind for entry in actors.entries.values() if not entry.outlet]
    assert kinds.count("state") > 390
    assert kinds.count("organization") > 1000
    assert kinds.count("person") > 2500
    assert sum(entry.outlet for entry in actors.entries.values()) > 600
    assert len(actors.roles) > 3000


def test_entries_are_well_formed(actors: ActorLexicon) -> None:
    for entry in actors.entries.values():
        assert entry.kind in typing.get_args(ActorKind), entry.row
        assert set(entry.sectors) <= SECTORS, entry.row
        assert entry.sex in (None, "m", "f"), entry.row
        assert entry.country is None or actors.entries[entry.country].kind == "state", entry.row
        names = (entry.name, *entry.aliases, *entry.metonyms, *entry.adjectives, *entry.people, *entry.surnames)
        assert all(name and name == name.strip() for name in names), entry.row


def test_offices_are_well_formed(actors: ActorLexicon) -> None:
    for office in actors.terms:
        assert office.kind in typing.get_args(OfficeKind), office.row
        assert actors.entries[office.person_id].kind == "person", office.row
        assert set(office.sectors) <= SECTORS, office.row
        assert office.country or office.body, office.row
        assert all(place is None or place in actors.entries for place in (office.country, office.body)), office.row
        assert office.start is None or office.end is None or office.start <= office.end, office.row


def test_roles_are_well_formed(actors: ActorLexicon) -> None:
    for phrase, role in actors.roles.items():
        assert phrase == role.phrase == phrase.lower().strip()
        assert role.kind in typing.get_args(ActorKind), role.row
        assert set(role.sectors) <= SECTORS, role.row
        assert role.office is None or role.office in typing.get_args(OfficeKind), role.row


@pytest.mark.parametrize("kind", SINGLE)
def test_an_office_for_one_has_one_holder_at_a_time(actors: ActorLexicon, kind: str) -> None:
    by_place: dict[str | None, list[Office]] = {}
    for office in actors.terms:
        if office.kind == kind:
            by_place.setdefault(office.body or office.country, []).append(office)
    for terms in by_place.values():
        terms.sort(key=lambda term: term.start or dt.date.min)
        for one, after in pairwise(terms):
            assert one.end is not None, (one, after)
            assert after.start is not None, (one, after)
            assert one.end - after.start <= MONTH, (one, after)


@pytest.mark.parametrize(
    ("place", "kind", "date", "name"),
    [
        ("DEU", "head_of_government", "2021-12-01", "Angela Merkel"),
        ("DEU", "head_of_government", "2022-01-15", "Olaf Scholz"),
        ("DEU", "foreign_minister", "2020-05-05", "Heiko Maas"),
        ("GBR", "head_of_government", "2022-10-01", "Liz Truss"),
        ("GBR", "head_of_government", "2026-09-01", "Andy Burnham"),
        ("GBR", "foreign_minister", "2022-09-14", "James Cleverly"),
        ("USA", "head_of_state", "2021-01-19", "Donald Trump"),
        ("USA", "head_of_state", "2024-07-04", "Joe Biden"),
        ("USA", "foreign_minister", "2022-09-14", "Antony Blinken"),
        ("RUS", "head_of_state", "2010-01-01", "Dmitry Medvedev"),
        ("RUS", "defence_minister", "2022-09-14", "Sergei Shoigu"),
        ("UKR", "head_of_state", "2019-05-19", "Petro Poroshenko"),
        ("CHN", "foreign_minister", "2023-05-01", "Qin Gang"),
        ("IND", "foreign_minister", "2022-09-14", "Subrahmanyam Jaishankar"),
        ("ISR", "head_of_government", "2022-08-01", "Yair Lapid"),
        ("JPN", "head_of_government", "2024-09-01", "Fumio Kishida"),
        ("BRA", "head_of_state", "2022-12-31", "Jair Bolsonaro"),
        ("SYR", "head_of_state", "2024-12-01", "Bashar al-Assad"),
        ("EUCOM", "head", "2022-09-14", "Ursula von der Leyen"),
        ("UN", "head", "2016-12-01", "Ban Ki-moon"),
        ("NATO", "head", "2024-12-01", "Mark Rutte"),
        ("ECB", "central_bank_head", "2015-01-01", "Mario Draghi"),
        ("CHNLEG", "speaker", "2022-09-14", "Li Zhanshu"),
    ],
)
def test_who_held_the_office(actors: ActorLexicon, place: str, kind: str, date: str, name: str) -> None:
    holders = actors.holders(place, kind, dt.date.fromisoformat(date))
    assert [actors.entries[holder].name for holder in holders] == [name]


def test_the_offices_of_a_person_at_a_date(actors: ActorLexicon) -> None:
    (person,) = actors.by_alias["Boris Johnson"]
    titles = [office.title for office in actors.offices(person, dt.date(2017, 6, 1))]
    assert titles == ["Foreign Secretary"]
    assert actors.offices(person)[0].title == "Prime Minister"
    assert actors.offices("p:nobody") == ()


def test_states_bodies_and_persons_go_by_their_names_in_the_news(actors: ActorLexicon) -> None:
    for name, entry in {
        "U.S.": "USA", "UAE": "ARE", "DPRK": "PRK", "Burma": "MMR", "Ivory Coast": "CIV", "Holland": "NLD",
        "Cote d'Ivoire": "CIV", "NATO": "NATO", "G-7": "G7", "Tass": "TASS", "State Duma": "RUSDUMA",
        "Knesset": "ISRLEG",
    }.items():  # fmt: skip
        assert actors.by_alias[name] == (entry,), name
    for name, entry in {"Kremlin": "RUS", "Moscow": "RUS", "White House": "USA", "Brussels": "EU"}.items():
        assert actors.metonyms[name] == entry
    for name, entry in {
        "Russians": "RUS",
        "Western": "WEST",
        "European": "EU",
        "Danes": "DNK",
        "Taiwanese": "TWN",
    }.items():
        assert actors.demonyms[name] == entry
    assert "Danes" in actors.people
    assert "Danish" not in actors.people
    assert actors.by_alias["Erdogan"] == actors.by_alias["Recep Tayyip Erdoğan"]


def test_ambiguous_names_are_marked(actors: ActorLexicon) -> None:
    assert {"Georgia", "Jordan", "RSF", "House", "Congress", "The Times"} <= actors.ambiguous
    assert not {"Russia", "NATO", "Reuters"} & actors.ambiguous
    assert set(actors.by_alias["RSF"]) == {"RSF", "RSFORG"}


def test_family_names_that_come_first(actors: ActorLexicon) -> None:
    xi, wu = (actors.entries[actors.by_alias[name][0]] for name in ("Xi Jinping", "Joseph Wu"))
    assert (xi.family_first, xi.surnames) == (True, ("Xi",))
    assert (wu.family_first, wu.surnames) == (False, ("Wu",))
    assert "Q15031" in actors.by_surname["Xi"]


def test_match_takes_the_longest_name_at_word_boundaries(actors: ActorLexicon) -> None:
    text = (
        "The U.S. State Department told Côte d’Ivoire that Iranians and the New York Times met; U.S.-led NATOs did not."
    )
    found = [(match.alias, match.ids[0]) for match in actors.match(text)]
    assert found == [
        ("U.S. State Department", "USSTATE"),
        ("Côte d'Ivoire", "CIV"),
        ("New York Times", "NYT"),
        ("U.S.", "USA"),
    ]


@given(st.text(alphabet="US. NATOEU’'Rusia-", max_size=60))
def test_matches_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for match in LEXICON.match(text):
        assert end <= match.start < match.end <= len(text)
        assert text[match.start : match.end].replace("’", "'") == match.alias
        assert match.ids
        end = match.end


def test_roles_know_sector_number_and_office(actors: ActorLexicon) -> None:
    assert actors.roles["prime minister"].office == "head_of_government"
    assert actors.roles["foreign ministry"].kind == "organization"
    assert actors.roles["rebels"].plural
    assert not actors.roles["rebel"].plural
    assert actors.roles["newspaper"].sectors == ("JRN",)
    assert actors.roles["members of parliament"].sectors == ("LEG",)


def test_outlets_know_their_domain(actors: ActorLexicon) -> None:
    assert actors.domains["bbc.co.uk"] == "BBC"
    assert actors.entries["TASS"].sectors == ("JRN",)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [("2020", "2020-01-01", "2020-12-31"), ("2020-02", "2020-02-01", "2020-02-29"), ("2020-02-03",) * 3],
)
def test_a_date_known_in_part_is_read_as_its_widest(date: str, first: str, last: str) -> None:
    assert first_day(date) == dt.date.fromisoformat(first)
    assert last_day(date) == dt.date.fromisoformat(last)
    assert first_day("") is None
    assert last_day("") is None


LEXICON = load_actors()
