from __future__ import annotations

import pytest

from dragoman.errors import LexiconError
from dragoman.sources import make_article
from dragoman.sources.blocks import cut_blocks
from dragoman.sources.cues import TABLE, load_cues

LEAD = "Ghana and Togo agreed on Tuesday to open the bridge at Aflao to lorries again, a spokesman said."
MORE = "The bridge carries a third of the trade between the two countries."
LAST = "Lome promised that its customs officers would return next week."


def kinds(*lines: str, title: str | None = None) -> list[str]:
    return [block.kind for block in make_article("\n\n".join(lines), title=title).blocks]


def test_a_lead_that_comes_twice_is_summary_then_body() -> None:
    assert kinds("Bridge to open again", LEAD, "Drivers welcome the step", LEAD, MORE) == [
        "title", "summary", "summary", "body", "body",
    ]  # fmt: skip


def test_any_other_repeat_is_a_duplicate() -> None:
    assert kinds("Bridge to open again", LEAD, MORE, LAST, MORE) == ["title", "body", "body", "body", "duplicate"]


def test_repeats_are_seen_through_case_and_punctuation() -> None:
    shouted = MORE.upper().replace(".", " !")
    assert kinds("Bridge to open again", LEAD, MORE, LAST, shouted)[-1] == "duplicate"


def test_a_title_that_is_given_is_found_below_a_label() -> None:
    assert kinds("Trade desk", "Bridge to open again", LEAD, MORE, title="Bridge to open again")[:2] == [
        "promo",
        "title",
    ]


def test_a_title_that_is_not_in_the_text_leaves_its_own_headline() -> None:
    article = make_article(f"Bridge to open again\n\n{LEAD}\n\n{MORE}", title="Another headline")
    assert article.title == "Another headline"
    assert [block.kind for block in article.blocks] == ["title", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "The sanctions contributed to the collapse of the cedi.",
        "Casualties were reported from Lome and Accra.",
        "More talks are planned for next week in Lome.",
        "Any use of force would be met with force, the envoy said.",
        "By Friday, the two sides had agreed on all but one point.",
        "From Aflao to Lome, drivers cheered and blew their horns.",
        "He read the letter aloud: the bridge would stay shut.",
        "The money went to the Palestinian Authority (PA).",
        "Share prices in Accra rose by two percent after the news.",
        "Support for the deal is strong among the workers of the port.",
        '"Why not?" the minister asked.',
        "He did not elaborate.",
        "The report was published on Monday by the African Union.",
        "Follow-up talks will be held in Lome on Friday, officials said.",
        "Photos of the bridge were shown at the trial, where the image of the port was discussed at length.",
        "Related charges against the customs officers were dropped in May.",
        "Watch groups said the election was free and fair.",
        "Reporting by the state broadcaster suggested that the bridge had been shut by the army.",
        "Sources: two officials and one envoy, all of whom asked not to be named because talks go on.",
    ],
)
def test_prose_stays_body(line: str) -> None:
    assert kinds("Bridge to open again", LEAD, line, MORE, LAST) == ["title", "body", "body", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Years of silence",
        "'We cannot wait': port worker",
        "What do the drivers say?",
        "The road ahead",
        "1. The customs officers",
    ],
)
def test_a_short_line_between_paragraphs_is_a_heading(line: str) -> None:
    assert kinds("Bridge to open again", LEAD, line, MORE, LAST) == ["title", "body", "heading", "body", "body"]


def test_the_whole_text_may_be_one_line() -> None:
    assert kinds(LEAD) == ["body"]
    assert kinds("Bridge to open again") == ["body"]
    assert cut_blocks("") == ()


def test_the_table_is_sound() -> None:
    table = load_cues()
    assert {cue.kind for cue in table.cues} == {"promo", "credit", "caption", "byline", "heading", "dateline"}


def test_a_broken_table_names_itself(tmp_path: object) -> None:
    from pathlib import Path

    broken = Path(str(tmp_path)) / "blocks.toml"
    broken.write_text(
        TABLE.read_text(encoding="utf-8").replace('kind = "byline"', 'kind = "signature"'), encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="signature"):
        load_cues(broken)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("AP Photo/Kwame Doe", "credit"),
        ("Image source, Getty Images", "credit"),
        ("Photograph: Kwame Doe/AFP", "credit"),
        ("File photo", "credit"),
        ("(With inputs from PTI)", "credit"),
        ("Photo: Lorries wait at Aflao. Credit: K. Doe/AFP", "caption"),
        ("18.42 GMT", "dateline"),
        ("5.05pm BST", "dateline"),
        ("Updated at 14.20 GMT", "dateline"),
        ("Accra/Lomé | Updated: August 12, 2024 07:45 IST", "dateline"),
        ("New Delhi | Published: 12 August 2024", "dateline"),
        ("You might also be interested in:", "promo"),
        ("We use cookies to make our site better for you.", "promo"),
        ("Our newsletter brings you the best of the week every Friday", "promo"),
        ("Most read", "promo"),
        ("Recommended", "promo"),
        ("Follow us on", "promo"),
    ],
)
def test_what_a_line_amid_the_body_is(line: str, kind: str) -> None:
    assert kinds("Bridge to open again", LEAD, line, MORE, LAST)[2] == kind


def test_links_below_a_label_go_with_it() -> None:
    links = ["More on this story", "Togo closes its ports", "Published 2 February", "Who owns the bridge?"]
    assert kinds("Bridge to open again", LEAD, MORE, *links)[3:] == ["promo"] * 4


def test_a_name_below_a_clock_time_is_a_byline() -> None:
    found = kinds(
        "Bridge live: all the news", "17.05 GMT", "Ama Mensah", LEAD, "16.10 GMT", "Drivers cheer", MORE, LAST
    )
    assert found == ["title", "dateline", "byline", "body", "dateline", "heading", "body", "body"]


def test_a_headline_may_say_what_sort_of_report_it_is() -> None:
    assert kinds("Exclusive: Togo asks for a loan, sources say", LEAD, MORE)[0] == "title"


def test_words_pulled_out_of_a_paragraph_are_a_duplicate_of_it() -> None:
    told = "“The bridge will be open again before the rains,” the minister told drivers in Aflao."
    pulled = ["“The bridge will be open again”", "The bridge will be open again before the rains"]
    for pull in pulled:
        assert kinds("Bridge to open again", LEAD, pull, told, MORE)[2] == "duplicate"


def test_a_quotation_that_comes_twice_stays_once() -> None:
    twice = "“The bridge will be open again.”"
    assert kinds("Bridge to open again", LEAD, twice, MORE, twice, LAST)[2:5] == ["body", "body", "duplicate"]


def test_bare_times_in_order_are_stamps() -> None:
    entries = ["17:20", "Drivers cheer", LEAD, "16:48", "Ministers arrive", MORE, "16:05", LAST]
    found = kinds("Bridge live: all the news", *entries)
    assert found == ["title", "dateline", "heading", "body", "dateline", "heading", "body", "dateline", "body"]
    assert kinds("Bridge to open again", LEAD, MORE, "01:42", LAST)[3] == "promo"
