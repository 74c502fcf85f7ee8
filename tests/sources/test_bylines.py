from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.records import Article
from dragoman.sources import make_article
from dragoman.sources.bylines import split_title
from dragoman.sources.cues import load_cues

TITLE = "Ghana and Togo open the bridge at Aflao"
LEAD = "Ghana and Togo agreed on Tuesday to open the bridge at Aflao to lorries again, a spokesman said."
MORE = "The bridge carries a third of the trade between the two countries."


def page(byline: str, lead: str = LEAD) -> Article:
    return make_article("\n\n".join([TITLE, byline, lead, MORE, LEAD.replace("Tuesday", "Friday")]))


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ama Mensah", ("Ama Mensah",)),
        ("By AMA MENSAH and KOFI O'BRIEN-SARPONG", ("Ama Mensah", "Kofi O'Brien-Sarpong")),
        ("By Ama Mensah, Kofi Sarpong & Jean-Luc de Souza", ("Ama Mensah", "Kofi Sarpong", "Jean-Luc de Souza")),
        ("By Ama Mensah in Accra and Kofi Sarpong in Lomé", ("Ama Mensah", "Kofi Sarpong")),
        ("By Ama Mensah, Accra", ("Ama Mensah",)),
        ("By Ama Mensah, New Delhi", ("Ama Mensah",)),
        ("By Ama Mensah | Accra", ("Ama Mensah",)),
        ("By Dr. Ama Mensah, Africa Correspondent", ("Ama Mensah",)),
        ("Written by Ama Mensah for Reuters", ("Ama Mensah",)),
        ("By Ama Mensah with AFP and Reuters", ("Ama Mensah",)),
        ("By Ama Mensah, Diplomatic Editor", ("Ama Mensah",)),
        ("By our staff reporter", ()),
        ("By Web Desk", ()),
        ("By Coast Herald staff", ()),
        ("By Reuters", ()),
    ],
)
def test_authors_are_people(byline: str, authors: tuple[str, ...]) -> None:
    assert page(byline).authors == authors


@pytest.mark.parametrize(
    ("byline", "outlet"),
    [
        ("By Ama Mensah, Coast Herald", "Coast Herald"),
        ("By Ama Mensah | BBC News", "BBC News"),
        ("By Ama Mensah for Reuters", "Reuters"),
        ("Source: Xinhua", "Xinhua"),
        ("By Ama Mensah", None),
        ("By Ama Mensah, Accra", None),
    ],
)
def test_the_outlet_of_a_byline(byline: str, outlet: str | None) -> None:
    assert page(byline).outlet == outlet


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("ACCRA (Reuters) - ", "Reuters"),
        ("ACCRA, Ghana (AP) — ", "AP"),
        ("ACCRA, Sept. 7 (Xinhua) -- ", "Xinhua"),
        ("ACCRA, September 7. /TASS/. ", "TASS"),
        ("ACCRA, PTI: ", "PTI"),
        ("(ANSA) - ACCRA, SEP 7 - ", "ANSA"),
        ("Accra — ", None),
        ("The African Union (AU) - ", None),
    ],
)
def test_the_agency_of_a_dateline(dateline: str, outlet: str | None) -> None:
    assert make_article(f"{TITLE}\n\n{dateline}{LEAD}\n\n{MORE}").outlet == outlet


@pytest.mark.parametrize(
    ("line", "title", "outlet"),
    [
        (f"{TITLE} - BBC News", TITLE, "BBC News"),
        (f"{TITLE} | The Hindu", TITLE, "The Hindu"),
        (f"{TITLE} | World | Coast Herald", TITLE, "Coast Herald"),
        (f"{TITLE} – Reuters", TITLE, "Reuters"),
        (TITLE, TITLE, None),
        ("Talks resume in Accra - but will they last?", "Talks resume in Accra - but will they last?", None),
        ("What Ghana wants from Togo - Analysis", "What Ghana wants from Togo - Analysis", None),
    ],
)
def test_the_tail_of_a_headline(line: str, title: str, outlet: str | None) -> None:
    assert split_title(line, load_cues()) == (title, outlet)


def test_reporters_stand_in_for_a_byline() -> None:
    credit = "(Reporting by Ama Mensah in Accra, Kofi Sarpong in Lomé; Editing by Jean Abalo)"
    article = make_article("\n\n".join([TITLE, LEAD, MORE, credit]))
    assert article.authors == ("Ama Mensah", "Kofi Sarpong")
    assert make_article("\n\n".join([TITLE, LEAD, MORE, "Additional reporting by Ama Mensah"])).authors == ()


def test_what_is_given_goes_first() -> None:
    article = make_article(f"{TITLE}\n\nBy Ama Mensah, Coast Herald\n\n{LEAD}", outlet="GBC", authors=("Kofi Sarpong",))
    assert (article.outlet, article.authors) == ("GBC", ("Kofi Sarpong",))


def test_ids_do_not_hang_on_what_the_text_itself_says() -> None:
    article = page("By Ama Mensah, Coast Herald")
    assert article.article_id == article.text_id


@given(st.text(max_size=300))
def test_any_headline_keeps_its_beginning(line: str) -> None:
    title, outlet = split_title(line, load_cues())
    assert line.startswith(title)
    assert outlet is None or outlet in line


def test_the_name_of_the_site_is_no_part_of_the_headline() -> None:
    article = make_article(f"{TITLE} - Coast Herald\n\n{LEAD}\n\n{MORE}")
    assert (article.title, article.outlet) == (TITLE, "Coast Herald")
    assert [block.kind for block in article.blocks] == ["title", "promo", "body", "body"]
    assert article.text.split("\n")[:2] == [TITLE, "- Coast Herald"]
    assert make_article(article.text).text_id == article.text_id
