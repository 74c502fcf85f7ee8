from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.annotate import Annotated, Scores
from dragoman.lexicon.places import Gazetteer, GazetteerEntry, load_places
from dragoman.linking.places import candidates, link_places, resolve_names, resolve_spans
from dragoman.records import Article, PlaceMention

GAZETTEER = load_places()
VOCAB = spacy.blank("en").vocab
NO_SCORES = Scores(head=np.ones(0, dtype=np.float32), entity=np.ones(0, dtype=np.float32))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return GAZETTEER


def spans_of(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    return [found.span() for name in names for found in re.finditer(rf"\b{re.escape(name)}", text)]


def resolved(text: str, *names: str) -> dict[str, GazetteerEntry | None]:
    spans = spans_of(text, names)
    found = resolve_names(text, spans, GAZETTEER)
    return {text[start:end]: entry for (start, end), entry in zip(spans, found, strict=True)}


def where(entry: GazetteerEntry | None) -> tuple[str | None, str | None]:
    assert entry is not None
    return entry.country, entry.admin1


def annotated(text: str) -> Annotated:
    article = Article(article_id="a", text_id="t", text=text)
    words = article.text.split(" ")
    doc = Doc(VOCAB, words=words, spaces=[True] * (len(words) - 1) + [False])
    return Annotated(article=article, doc=doc, scores=NO_SCORES)


def test_state_after_the_comma_decides() -> None:
    text = "Crews from Springfield, Ill., were sent to Springfield, Mass., on Friday."
    spans = spans_of(text, ["Springfield"])
    first, second = resolve_names(text, spans, GAZETTEER)
    assert where(first) == ("USA", "US-IL")
    assert where(second) == ("USA", "US-MA")


def test_country_after_the_comma_decides() -> None:
    text = "The plant in Birmingham, Alabama, is older than the one in Cambridge, England."
    found = resolved(text, "Birmingham", "Cambridge")
    assert where(found["Birmingham"]) == ("USA", "US-AL")
    assert where(found["Cambridge"]) == ("GBR", "GB-ENG")


def test_one_sense_for_all_mentions_of_a_name() -> None:
    text = "The mayor of Alexandria, La., spoke. People in Alexandria listened."
    first, second = resolve_names(text, spans_of(text, ["Alexandria"]), GAZETTEER)
    assert first == second


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Protests spread from Tbilisi to the west of Georgia.", "Georgia", "GEO"),
        ("Voters in Atlanta, Savannah and Augusta said Georgia was close.", "Georgia", "USA"),
        ("Officials in Georgia and Arizona recounted ballots, Washington said.", "Georgia", "USA"),
        ("Ministers meet in Paris next week.", "Paris", "FRA"),
        ("The envoy flew from Cairo to Tripoli and on to Benghazi.", "Tripoli", "LBY"),
        ("Shelling between Beirut and Tripoli stopped, said officials in Lebanon.", "Tripoli", "LBN"),
        ("Police in London, Ontario, asked for help.", "London", "CAN"),
        ("London and Brussels agreed.", "London", "GBR"),
    ],
)
def test_other_places_decide(text: str, name: str, country: str) -> None:
    names = [found.group() for found in re.finditer(r"(?<!^)\b[A-Z][a-z]+\b|^(?:Voters|London)\b", text)]
    found = resolved(text, *(each for each in names if GAZETTEER.entries(each)), name)
    assert where(found[name])[0] == country


def test_the_capital_comes_before_the_state() -> None:
    found = resolved("Talks in Washington went on.", "Washington")["Washington"]
    assert found is not None
    assert found.kind == "capital"
    assert (
        where(resolved("Farms in Washington state and Oregon.", "Washington state")["Washington state"])[1] == "US-WA"
    )


def test_designators_and_modifiers(gazetteer: Gazetteer) -> None:
    for name, country, precision in (
        ("Anbar province", "IRQ", "region"),
        ("southern Chad", "TCD", "country"),
        ("downtown Cairo", "EGY", "city"),
        ("County Cork", "IRL", "region"),
        ("city of Basra", "IRQ", "city"),
    ):
        found = candidates(name, gazetteer)
        assert any(entry.country == country and entry.precision == precision for entry in found), name


def test_streets_and_inventions_have_no_point(gazetteer: Gazetteer) -> None:
    assert candidates("Memphis Street", gazetteer) == ()
    assert candidates("Highway 10", gazetteer) == ()
    assert resolved("He lives in Zzyqqaville now.", "Zzyqqaville")["Zzyqqaville"] is None


def test_records_quote_the_text_and_carry_their_row() -> None:
    document = annotated("Envoys met in Samarkand , Uzbekistan , and again in Samarkand .")
    text = document.article.text
    spans = sorted(spans_of(text, ["Samarkand", "Uzbekistan"]))
    mentions = [PlaceMention(start=start, end=end, text=text[start:end], head=0) for start, end in spans]
    city, country = link_places(document, mentions, GAZETTEER)
    assert (city.name, city.country, city.precision) == ("Samarkand", "UZB", "city")
    assert [text[span.start : span.end] for span in city.mentions] == ["Samarkand", "Samarkand"]
    assert (country.place_id, country.precision) == ("country:UZB", "country")
    assert city.evidence["place_id"][1] == "cities#1216265"


@pytest.mark.parametrize("name", ["West", "EU"])
def test_a_term_without_a_spot_is_no_record(name: str) -> None:
    document = annotated(f"Leaders of the {name} met .")
    start, end = spans_of(document.article.text, [name])[0]
    assert link_places(document, [PlaceMention(start=start, end=end, text=name, head=3)], GAZETTEER) == ()


def test_a_country_comes_before_its_towns_of_that_name() -> None:
    text = "Mexico sent envoys. Factories in Mexico City, Toluca and Hermosillo closed, and Mexico answered."
    found = resolved(text, "Mexico City", "Toluca", "Hermosillo", "Mexico")
    assert found["Mexico"] is not None
    assert found["Mexico"].place_id == "country:MEX"


def test_demonyms_resolve_when_asked_for() -> None:
    document = annotated("Egyptian officials spoke .")
    (entry,) = resolve_spans(document, [(0, 8)], GAZETTEER)
    assert entry is not None
    assert entry.place_id == "country:EGY"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.data())
def test_any_spans_of_any_text(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(bounds, bounds).map(lambda pair: (min(pair), max(pair))), max_size=5))
    assert len(resolve_names(text, spans, GAZETTEER)) == len(spans)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Odessa", "UKR"), ("Kobani", "SYR"), ("Stepanakert", "AZE"), ("Palmyra", "SYR"), ("Valencia", "ESP"),
        ("Birmingham", "GBR"), ("Ontario", "CAN"), ("Philadelphia", "USA"), ("Rangoon", "MMR"), ("Nuseirat", "PSE"),
        ("Goma", "COD"), ("Sittwe", "MMR"), ("Bukhara", "UZB"), ("Hanover", "DEU"), ("Perth", "AUS"),
    ],
)  # fmt: skip
def test_what_the_news_means_by_a_bare_name(name: str, country: str) -> None:
    assert where(resolved(f"It began in {name} today.", name)[name])[0] == country
