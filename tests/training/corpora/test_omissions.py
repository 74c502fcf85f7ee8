"""Hints at forgotten marks."""

from __future__ import annotations

import pytest

from training.corpora import parse
from training.corpora.omissions import as_problems, hints

HEAD = "@ hand: T\n@ date: 2026-11-24\n@ licence: CC0-1.0\n@ source: invented\n\n## o-1 | - | wire | world\n> "


def _hinted(sentence: str) -> list[str]:
    reading = parse(f"{HEAD}{sentence}\nnone sport\n", "o.txt")
    (passage,) = reading.file.passages
    assert len(list(as_problems(passage, "o.txt"))) == len(hints(passage))
    return [passage.text[hint.start : hint.end] for hint in hints(passage)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The ferry reached Kisumu.", ["Kisumu"]),
        ("The ferry reached [:LOC=KEN Kisumu].", []),
        ("Then Foreign Minister and Deputy Leader [:PER=KEN.GOV Ida Moi] slept.", []),
        ("Then Foreign Office clerks slept.", ["Foreign", "Office"]),
        ("09:30 The ferry came in.", []),
        ("He came on Monday and left in 2031.", ["Monday", "2031"]),
        ("He came on [:DATE=XXXX-WXX-1 Monday] and left last week.", ["last week"]),
        ("It costs $3 a head, or [:MON 4 euros].", ["$3"]),
        ("The clerk said no.", ["said"]),
        ("I think I'm late.", []),
    ],
)
def test_hints(sentence: str, found: list[str]) -> None:
    assert _hinted(sentence) == found
