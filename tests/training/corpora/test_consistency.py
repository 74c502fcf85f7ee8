"""Warnings where the layers of a passage are at odds."""

from __future__ import annotations

import subprocess
import sys

import pytest

from training.corpora import parse
from training.corpora.standoff import checksum

HEAD = "@ hand: T\n@ date: 2026-11-24\n@ licence: CC0-1.0\n@ source: invented\n\n"
BODY = """## c-1 | 2031-05-16 | wire | africa
> {s1.who [a:PER=KEN.GOV Ida Moi]} {e1,s1.cue urged} [b:ORG=KEN.LAB the union] {s1.what to {e2 march} on [t:DATE=2031-05-20 Tuesday]}.
e1 REQUEST:change a > b occurred
e2 PROTEST:demo b > - possible when=t
s1 request a to=b
g1 other b planned when=t ev=e2
"""  # noqa: E501


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wire", "wire", None),
        ("s1 request a to=b", "s1 request b", "the actor is a, the speaker b"),
        ("s1 request", "s1 assert", "one is REQUEST, the other assert"),
        ("e1 REQUEST:change a > b", "e1 REQUEST:change a > a,b", "a is actor and recipient"),
        ("possible when=t", "occurred when=t", "e2 has happened, yet its day 2031-05-20"),
        ("b planned", "b held", "g1 has happened"),
        ("2031-05-20", "2031-05-13", "g1 is to come, yet its day 2031-05-13"),
        ("{e2 march}", "{e2 march} with [c:PER=KEN.GOV Ida Moi]", "the name 'Ida Moi' has two ids: a and c"),
        ("urged}", "urged} for [c:LOC=KEN the union]", None),
    ],
)
def test_warnings(old: str, new: str, said: str | None) -> None:
    assert old in BODY
    reading = parse(HEAD + BODY.replace(old, new, 1))
    assert reading.errors == ()
    found = [str(problem) for problem in reading.problems]
    assert [one for one in found if said and said in one] or (said is None and not found), found


def test_hidden_names_are_not_compared() -> None:
    text = "Ida Moi and Jo Bett ran."
    names = HEAD.rstrip() + "\n@ form: standoff\n\n## h-1 | - | wire | africa\n"
    names += f">GUM_x-1 {checksum(text)} a:PER=KEN@0-7 b:PER=KEN@12-19\nnone sport\n"
    reading = parse(names)
    assert (len(reading.file.passages), reading.file.passages[0].hidden, reading.problems) == (1, True, ())


def test_reading_the_corpus_needs_no_torch() -> None:
    code = "import sys, training.corpora.__main__; sys.exit(any(m in sys.modules for m in ('torch', 'spacy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
