"""Readers, deny list, windows and lemma learning on tiny files of our own."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from dragoman.annotate.wordpieces import WordPieces
from training import entities, lemmas
from training.corpus import Sentence, read_columns, read_conllu
from training.deny import Denylist
from training.windows import IGNORE, Labels, code, pack, tensors

CONLLU = """# newdoc id = d1
# text = They can't vote.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tvote\tvote\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Polls closed .
1\tPolls\tpoll\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tclosed\tclose\tVERB\tVBD\t_\t0\troot\t_\t_
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""


@pytest.fixture(name="bank")
def _bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Sentence]:
    monkeypatch.setattr(entities, "peoples", frozenset)
    path = tmp_path / "x.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return list(read_conllu(path, "ud_ewt"))


def test_ranges_are_passed_over(bank: list[Sentence]) -> None:
    assert bank[0].words == ("They", "ca", "n't", "vote", ".")
    assert bank[0].heads == (4, 4, 4, 0, 4)
    assert [s.doc for s in bank] == ["d1", "d1"]


def test_two_column_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "peoples", frozenset)
    path = tmp_path / "w.txt"
    path.write_text("Ann I-PER\nleft O\n\nBye O\n", encoding="utf-8")
    assert [s.words for s in read_columns(path, "wikigold")] == [("Ann", "left"), ("Bye",)]


def test_the_deny_list_finds_tokenised_text(tmp_path: Path) -> None:
    joined = "they can t vote in may"
    for name, text in (("sentences", joined), ("squeezed", joined.replace(" ", ""))):
        (tmp_path / f"{name}.sha256").write_text(hashlib.sha256(text.encode()).hexdigest() + "\n")
    deny = Denylist(tmp_path)
    assert deny.hit("They can't vote in May!")
    assert deny.hit("First line of it.\nThey ca n't vote in May .")
    assert not deny.hit("They can vote in May, he said.")
    assert deny.refuses("x", "They can't vote in May")
    assert deny.report() == {"x": {"rows": 1, "dropped": 1}}


def test_held_out_texts_of_our_own_join_the_deny_list(tmp_path: Path) -> None:
    for name in ("sentences", "squeezed"):
        (tmp_path / f"{name}.sha256").write_text("")
    deny = Denylist(tmp_path)
    deny.refuse_also(["The harbour pilots walked out at noon."])
    assert deny.hit("The harbour pilots walked out at noon .")
    assert not deny.hit("The harbour pilots walked back at noon.")


def test_windows_hold_neighbours_and_their_labels(bank: list[Sentence]) -> None:
    labels = Labels(
        upos=("PRON", "AUX", "PART", "VERB", "PUNCT", "NOUN"),
        xpos=("VB",),
        deps=("nsubj", "aux", "advmod", "root", "punct"),
    )
    wordpieces = WordPieces(["[PAD]", *map(str, range(99)), "[UNK]"])
    rng = random.Random(0)  # noqa: S311
    windows = pack([code(s, labels, wordpieces) for s in bank], rng)
    assert len(windows) == 1
    windows[0].cut, windows[0].noise = [False, False], 0
    batch = tensors(windows, wordpieces, rng)
    assert batch.heads[0].tolist() == [4, 4, 4, 0, 4, 7, 0, 7]
    assert batch.sentence[0].tolist() == [0] * 5 + [1] * 3
    assert batch.start[0].tolist() == [1, 0, 0, 0, 0, 1, 0, 0]
    assert batch.xpos[0].tolist() == [IGNORE] * 3 + [0] + [IGNORE] * 4
    windows[0].cut = [True, False]
    shorter = tensors(windows, wordpieces, rng)
    assert shorter.heads[0].tolist() == [4, 4, 4, 0, 6, 0, 6]
    assert shorter.start[0].tolist() == [1, 0, 0, 0, IGNORE, 0, 0]


def test_only_forms_that_the_rules_get_wrong_are_kept() -> None:
    words = ("walked", "glarped", "glarped", "went")
    gold = ("walk", "glarpen", "glarpen", "go")
    bank = [Sentence("t", "d", "", words, ("VERB",) * 4, ("VBD",) * 4, gold, ("_",) * 4)]
    table = lemmas.learn(bank)
    assert "walked" not in table.forms["VBD"]
    assert table.forms["VBD"]["glarped"] == "glarpen"
    assert table.forms["VBD"]["went"] == "go"
