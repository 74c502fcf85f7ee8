from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import LexiconError
from dragoman.lexicon.cues import ACTS, load_cues
from dragoman.lexicon.tables import TABLES

CUES = load_cues()
HEAD = "# source: x\n# licence: x\n# date: 2026-01-01\n# note: x\ncue,pos,frames,act,negated,kind,addressee,note\n"


def test_every_row_is_known_by_its_head_word() -> None:
    tables = (CUES.verbs, CUES.nouns, CUES.adjectives, CUES.prepositions, CUES.adverbs)
    found = [row for table in tables for rows in table.values() for row in rows]
    assert sorted(row.cue for row in found) == sorted(row.cue for row in CUES.rows)


def test_no_row_stands_twice() -> None:
    keys = [(row.cue, row.pos, row.frames, row.kind) for row in CUES.rows]
    assert len(keys) == len(set(keys))


def test_longer_phrases_come_before_their_head_and_speech_before_attitudes() -> None:
    calls = CUES.verbs["call"]
    assert [len(row.rest) for row in calls] == sorted((len(row.rest) for row in calls), reverse=True)
    assert CUES.verbs["say"][0].kind == "speech"
    assert [row.kind for row in CUES.verbs["agree"]] == ["speech", "attitude", "attitude"]


@pytest.mark.parametrize(
    ("lemma", "act", "negated"),
    [
        ("deny", "deny", "assert"),
        ("reject", "reject", "assert"),
        ("accuse", "accuse", None),
        ("threaten", "threaten", None),
        ("vow", "promise", "decline"),
        ("urge", "request", None),
        ("respond", "assert", "no_response"),
        ("decline", "decline", None),
        ("wonder", "question", None),
        ("comment", "assert", "decline"),
    ],
)
def test_acts(lemma: str, act: str, negated: str | None) -> None:
    assert (act, negated) in {(row.act, row.negated) for row in CUES.verbs[lemma] if not row.rest}


def test_formulas_are_whole_phrases() -> None:
    assert CUES.formulas["decline"].search("sorry, no comment")
    assert not CUES.formulas["decline"].search("casino commentary")
    assert set(CUES.formulas) <= ACTS


@pytest.mark.parametrize(
    "row", ["say,verb,thot,assert,,speech,,", "say,verb,that,asert,,speech,,", "say,verb,that,assert,,talk,,"]
)
def test_a_bad_row_is_named(tmp_path: Path, row: str) -> None:
    (tmp_path / "cues.csv").write_text(HEAD + row + "\n", encoding="utf-8")
    (tmp_path / "speech_words.csv").write_text(
        (TABLES / "speech_words.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    with pytest.raises(LexiconError, match="say"):
        load_cues(tmp_path)
