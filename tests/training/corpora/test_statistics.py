"""Counts and floors."""

from __future__ import annotations

from training.corpora import parse
from training.corpora.statistics import Floor, as_text, asked, count, wording

TEXT = """@ hand: T
@ date: 2026-11-24
@ licence: CC0-1.0
@ source: invented

## s-1 | - | wire | africa
> [a:PER=KEN.GOV Ida Moi] {s1.cue told} [b:ORG=KEN.JRN The Post] {s1.what "[a she] {e1 had left} [c:LOC=UGA Kampala]"}, and {s2.cue denied} {s2.what that "a {g1 summit}" was near}.
> [a She] {s3.cue declined to comment}.
e1 RETREAT:withdraw a > - occurred ctx=military
s1 assert a via=b
s2 deny a
s3 decline a
g1 summit - cancelled
"""  # noqa: E501


def test_tables_and_floors() -> None:
    reading = parse(TEXT)
    assert reading.errors == ()
    passages = reading.file.passages
    statistics = count({("train", "own"): passages, ("test", "real"): passages, ("second", "real"): passages})
    assert statistics.total("layers", "passages") == 2
    assert statistics.total("layers", "relays", "train/own") == 1
    assert statistics.total("layers", "pronouns", "train/own") == 2
    assert statistics.total("layers", "coreference chains", "train/own") == 1
    assert statistics.total("event modes", "RETREAT:withdraw") == 2
    assert statistics.total("event types", "AID") == 0
    assert statistics.tables["countries"] == {
        country: {"train/own": 1, "train/real": 0, "test/own": 0, "test/real": 1} for country in ("KEN", "UGA")
    }
    floors = {floor.name: floor for floor in statistics.floors}
    assert floors["% of passages in the test part"].there == 50
    assert floors["passages of our own"] == Floor("passages of our own", asked().passages, 1)
    assert floors["modes in use"].there == 1
    assert floors["regions with passages of our own"].there == 1
    assert floors["% of test sentences that are real"] == Floor("% of test sentences that are real", 50, 100)
    assert not floors["events of RETREAT"].met
    assert floors["test passages labelled by a second hand"].met
    assert "lacks 79" in as_text(statistics)


def test_wording() -> None:
    passage = parse(TEXT).file.passages[0]
    assert [wording(passage, one) for one in passage.statements] == ["direct", "mixed", "none"]
