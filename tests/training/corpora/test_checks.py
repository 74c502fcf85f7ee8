"""Checks over several files, with tiny files of our own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from training.corpora import parse
from training.corpora.audit import audit
from training.corpora.checks import (
    Member,
    check_copies,
    check_corpus,
    check_deny_list,
    check_quotations,
    check_real_texts,
    skeleton,
)
from training.corpora.house import Kind, Part, load
from training.corpora.passages import CorpusFile
from training.corpora.problems import CorpusError
from training.corpora.standoff import checksum
from training.deny import Denylist

HEAD = "@ hand: T\n@ date: 2026-11-24\n@ licence: CC0-1.0\n@ source: invented\n"
RAIN = (
    "On [:DATE=2031 2031] rain kept [a:PER {0}] at home in [:LOC=KEN {1}] while the long race went on without any fuss."
)
TEXT = "They met at noon."


def _file(*sentences: str, path: str = "a.txt", stem: str = "p", own_ids: tuple[str, ...] = ()) -> CorpusFile:
    lines = [
        f"\n## {stem}-{n} | - | wire | world\n>{own_ids[n] if own_ids else ''} {sentence}\nnone sport"
        for n, sentence in enumerate(sentences)
    ]
    reading = parse(HEAD + "\n".join(lines) + "\n", path)
    assert reading.errors == ()
    return reading.file


def _found(*members: Member) -> list[str]:
    return [str(problem) for problem in check_corpus(members)]


def test_files_that_share_nothing_are_sound() -> None:
    one, other = _file("Rain fell in the night."), _file("Nobody came to the match.", path="b.txt", stem="q")
    assert _found(Member(one, "train", "own"), Member(other, "test", "own")) == []


def test_ids_are_unique_but_for_second_labels() -> None:
    one, other = _file("Rain fell in the night."), _file("Nobody came to the match.", path="b.txt")
    (found,) = _found(Member(one, "train", "own"), Member(other, "test", "own"))
    assert found.startswith("b.txt:6: error: passage id 'p-0' is taken: p-0 (a.txt:6)")
    assert _found(Member(one, "test", "own"), Member(one, "second", "own")) == []
    (found,) = _found(Member(one, "test", "own"), Member(other, "second", "own"))
    assert "its text is not that of p-0" in found
    assert _found(Member(one, "test", "own"), Member(one, "first", "own"), Member(one, "second", "own")) == []
    assert "not in the test part" in _found(Member(one, "train", "own"), Member(one, "second", "own"))[0]


def test_templates_are_found_behind_names() -> None:
    file = _file(RAIN.format("Ana Kos", "Nairobi"), RAIN.format("Jo Bull Harrier", "New Kitui"))
    (found,) = _found(Member(file, "train", "own"))
    assert "p-1 is like p-0 (a.txt:6)" in found
    assert "error" in found
    assert skeleton(file.passages[0])[:5] == ["On", "DATE", "rain", "kept", "PER"]


def test_compared_files_get_no_findings() -> None:
    one, other = _file("Rain fell in the dark night."), _file("Rain fell in the dark night.", path="b.txt", stem="q")
    found = _found(Member(one, "train", "own"), Member(other, "train", "own", judged=False))
    assert {line.split(":")[0] for line in found} == {"a.txt"}
    assert any("stands in q-0 (b.txt:6) too" in line for line in found)


def test_a_document_stays_in_one_part() -> None:
    one = _file("Rain fell.", own_ids=("Bank_x-1",))
    other = _file("It was a long day.", path="b.txt", stem="q", own_ids=("Bank_x-2",))
    found = _found(Member(one, "train", "real"), Member(other, "test", "real"))
    assert any("document Bank_x stands in the other part too" in line for line in found)
    assert any("real text in the inline form" in line for line in found)


def test_deny_list_gold_and_treebanks(tmp_path: Path) -> None:
    joined = "nobody came to the match"
    for name in ("sentences", "squeezed"):
        (tmp_path / f"{name}.sha256").write_text(hashlib.sha256(joined.encode()).hexdigest() + "\n")
    member = Member(_file("Rain fell.", "Nobody came to the match."), "train", "own")
    (found,) = check_deny_list([member], Denylist(tmp_path))
    assert (found.line, "held-out" in found.what) == (11, True)
    gold = tmp_path / "gold.txt"
    gold.write_text("One two three four five six seven eight nine ten.")
    quoting = Member(_file("He said two three four five six seven eight nine."), "train", "own")
    assert len(check_quotations([quoting], gold)) == 1
    assert check_quotations([member], gold) == []
    texts = {"Bank-1": "He said: two three, four five six seven eight nine!"}
    assert "Bank-1" in check_copies([quoting], texts)[0].what


def test_inline_real_text_must_be_the_treebank_s() -> None:
    file = _file("Rain  fell ,he said.", own_ids=("Bank-1",))
    assert check_real_texts(file, {"Bank-1": "Rain  fell ,he said."}) == []
    assert "from character 12 on" in check_real_texts(file, {"Bank-1": "Rain  fell , he said."})[0].what
    assert "no sentence 'Bank-1'" in check_real_texts(file, {})[0].what


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    cells: dict[tuple[Part, Kind], str] = {
        ("train", "own"): "own/train/a.txt",
        ("test", "own"): "own/test/t.txt",
        ("train", "real"): "real/train/r.txt",
    }
    bodies = {
        "own/train/a.txt": "## a-1 | - | wire | world\n> Rain fell in the night.\nnone weather\n",
        "own/test/t.txt": "## t-1 | - | wire | world\n> Nobody came to the match.\nnone sport\n",
        "real/train/r.txt": "@ form: standoff\n\n## r-1 | - | wire | world\n"
        f">GUM_x-1 {checksum(TEXT)} :TIME=T12:00@13-16\nnone routine\n",
    }
    for name in cells.values():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True)
        path.write_text(HEAD + bodies[name], encoding="utf-8")
    return tmp_path / "house"


def _data(tmp_path: Path, text: str) -> Path:
    for name in ("ud_ewt/en_ewt-ud-train", "ud_ewt/en_ewt-ud-dev", "ud_gum/en_gum-permissive-train"):
        path = tmp_path / "data" / "train" / f"{name}.conllu"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    bank = tmp_path / "data" / "train" / "ud_gum" / "en_gum-permissive-dev.conllu"
    bank.write_text(f"# sent_id = GUM_x-1\n# text = {text}\n", encoding="utf-8")
    return tmp_path / "data"


def test_the_audit_says_what_it_could_not_check(root: Path, tmp_path: Path) -> None:
    report = audit(root=root, data=tmp_path / "nothing")
    assert report.errors == ()
    assert len(report.readings) == 3
    assert len(report.unchecked) == 3


def test_the_audit_reads_real_text_where_it_is_at_hand(root: Path, tmp_path: Path) -> None:
    report = audit(root=root, data=_data(tmp_path, TEXT))
    assert report.errors == ()
    assert len(report.unchecked) == 2
    other = tmp_path / "other"
    changed = audit(root=root, data=_data(other, "They met at ten."))
    assert "has the checksum" in changed.errors[0].what


def test_named_files_are_compared_with_the_house(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text(HEAD + "## a-1 | - | wire | world\n> Snow came.\nnone weather\n", encoding="utf-8")
    nothing = tmp_path / "nothing"
    assert "is taken: a-1" in audit([path], root=root, data=nothing).errors[0].what
    assert audit([path], alone=True, root=root, data=nothing).errors == ()
    path.write_bytes(b"\xff\xfe")
    assert "not UTF-8" in audit([path], root=root, data=nothing).errors[0].what


def test_blind_hands_hear_of_warnings_only_when_named(root: Path, tmp_path: Path) -> None:
    path = root / "second" / "own" / "t.txt"
    path.parent.mkdir(parents=True)
    body = (
        "## t-1 | - | wire | world\n> {s1.who Nobody,} {s1.cue came to} {s1.what the match}.\ns1 assert -\nnone sport\n"
    )
    path.write_text(HEAD + body.replace("Nobody,", "Nobody"), encoding="utf-8")
    assert audit(root=root, data=tmp_path / "nothing").problems == ()
    comma = root / "own" / "test" / "t.txt"
    for one in (path, comma):
        one.write_text(HEAD + body, encoding="utf-8")
    (found,) = audit(root=root, data=tmp_path / "nothing").problems
    assert (found.path, found.severity) == (str(comma), "warning")
    (found,) = audit([path], root=root, data=tmp_path / "nothing").problems
    assert found.path == str(path)


def test_load(root: Path) -> None:
    assert [passage.passage_id for passage in load("train", "own", root)] == ["a-1"]
    assert load("second", root=root) == []
    path = root / "own" / "train" / "a.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("none weather", ""), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.txt:5: error: neither"):
        load("train", "own", root)
