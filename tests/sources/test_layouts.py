"""Pages of many houses, in our own words: each line of layouts/*.tsv is a kind, a tab and a paragraph."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.sources import make_article

LAYOUTS = sorted((Path(__file__).parent / "layouts").glob("*.tsv"))


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "blank-lines"])
def test_every_paragraph_has_its_kind(path: Path, between: str) -> None:
    wanted = [tuple(row.split("\t", 1)) for row in path.read_text(encoding="utf-8").splitlines()]
    article = make_article(between.join(text for _, text in wanted))
    found = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
    assert found == wanted


def test_there_are_layouts() -> None:
    assert len(LAYOUTS) >= 12
