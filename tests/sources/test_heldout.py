"""Fourteen pages written before the rules were mended: the even ones were worked on, of the odd ones only the score."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dragoman.records import Article
from dragoman.sources import make_article

FOLDER = Path(__file__).parent / "heldout"
PAGES = sorted(FOLDER.glob("*.tsv"))
WANTED = tomllib.loads((FOLDER / "wanted.toml").read_text(encoding="utf-8"))
EVEN = [page for page in PAGES if int(page.stem[:2]) % 2 == 0]
ODD_SHARE = 0.95  # of the blocks of the odd pages; 0.92 when the even ones were mended


def rows(page: Path) -> list[tuple[str, str]]:
    return [(kind, text) for kind, text in (row.split("\t", 1) for row in page.read_text("utf-8").splitlines())]


def read(page: Path) -> Article:
    text = "\n\n".join(text for _, text in rows(page))
    return make_article(re.sub(r"\A(.+)\n\n([|-] )", r"\1 \2", text))  # the site's name stands behind the headline


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


@pytest.mark.parametrize("page", EVEN, ids=lambda page: page.stem)
def test_every_paragraph_has_its_kind(page: Path) -> None:
    assert kinds(read(page)) == rows(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_who_wrote_it_for_whom_and_when(page: Path) -> None:
    article, wanted = read(page), WANTED[page.stem]
    found = (list(article.authors), article.outlet, str(article.published_at) if article.published_at else None)
    assert found == (wanted["authors"], wanted.get("outlet"), wanted.get("date"))


def test_the_odd_pages_keep_their_score() -> None:
    pages = [page for page in PAGES if page not in EVEN]
    pairs = [pair for page in pages for pair in zip(kinds(read(page)), rows(page), strict=True)]
    assert len(pages) == len(EVEN) == 7
    assert sum(found == wanted for found, wanted in pairs) >= ODD_SHARE * len(pairs)
