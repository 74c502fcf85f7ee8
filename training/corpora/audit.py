"""All checks over some files or the whole house corpus, as far as the data at hand allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from training.corpora import house, treebanks
from training.corpora.checks import (
    Member,
    check_copies,
    check_corpus,
    check_deny_list,
    check_quotations,
    check_real_texts,
    without_copies,
)
from training.corpora.house import HANDS, HOUSE, Kind, Part, cell_of, is_numbered, read_file
from training.corpora.notation import Reading
from training.corpora.passages import Certificate, CorpusFile
from training.corpora.problems import CorpusError, Problem
from training.deny import Denylist
from training.entities import data_root


class Report(msgspec.Struct, frozen=True):
    """Findings and contents of the files that were judged; `unchecked` says what the data at hand did not allow."""

    readings: tuple[tuple[Member, Reading], ...]
    problems: tuple[Problem, ...]
    unchecked: tuple[str, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are errors."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def members(self) -> list[Member]:
        """The files that were judged."""
        return [member for member, _ in self.readings]


def audit(
    paths: Sequence[Path] = (),
    *,
    alone: bool = False,
    second: bool = False,
    root: Path = HOUSE,
    data: Path | None = None,
) -> Report:
    """Check some files, or the whole house corpus if none is named.

    Named files are compared with the house corpus too, unless `alone`; those outside its folders count as training
    text, or as second labels of the test part if `second`.
    """
    data = data or data_root()
    texts = treebanks.treebank_texts(data) if _needs_texts(paths) and treebanks.at_hand(data) else None
    judged = [_judged(path, second, texts, root) for path in paths or _house_paths(root)]
    others = [] if alone or not paths else _others({path.resolve() for path in paths}, texts, root)
    problems = [problem for member, reading in judged for problem in _told(member, reading, named=bool(paths))]
    members = [member for member, _ in judged]
    fresh, copied = without_copies(members, others)
    problems += [*copied, *check_corpus([*fresh, *others])]
    more, unchecked = _with_data(members, texts, data)
    return Report(tuple(judged), tuple(sorted({*problems, *more})), tuple(unchecked))


def _told(member: Member, reading: Reading, named: bool) -> tuple[Problem, ...]:
    """Blind labels stay as they are: of theirs a check of the whole house tells errors only."""
    return reading.problems if named or member.part not in HANDS else reading.errors


def _needs_texts(paths: Sequence[Path]) -> bool:
    """True if a named file holds sentences of a treebank; the house as a whole is checked for copies of one too."""
    return not paths or any(is_numbered(path) for path in paths)


def _house_paths(root: Path) -> list[Path]:
    return [path for _, _, path in house.every_file(root=root)]


def _judged(path: Path, second: bool, texts: Mapping[str, str] | None, root: Path) -> tuple[Member, Reading]:
    try:
        reading = read_file(path, texts)
    except CorpusError as error:
        found = Problem(str(path), 0, 0, "error", error.what, error.next_step or "")
        reading = Reading(CorpusFile(str(path), Certificate(), ()), (found,), 0)
    elsewhere: Part = "second" if second else "train"
    cell = cell_of(path, root)
    part, kind = cell or (elsewhere, _kind(reading.file))
    return Member(reading.file, part, kind, housed=cell is not None), reading


def _kind(file: CorpusFile) -> Kind:
    numbered = any(
        sentence.sentence_id != f"{passage.passage_id}.{number}"
        for passage in file.passages
        for number, sentence in enumerate(passage.sentences, 1)
    )
    return "real" if numbered or file.certificate.form == "standoff" else "own"


def _others(named: set[Path], texts: Mapping[str, str] | None, root: Path) -> list[Member]:
    return [
        Member(read_file(path, texts).file, part, kind, judged=False)
        for part, kind, path in house.every_file(root=root)
        if path.resolve() not in named and (kind == "own" or texts is not None)
    ]


def _with_data(
    members: Sequence[Member], texts: Mapping[str, str] | None, data: Path
) -> tuple[list[Problem], list[str]]:  # fmt: skip
    """The checks that need the data folder, and those that it did not allow."""
    problems: list[Problem] = []
    unchecked: list[str] = []
    if (data / "denylist").is_dir():
        problems += check_deny_list(members, Denylist(data / "denylist"))
    else:
        unchecked.append(f"held-out sentences: no deny list at {data / 'denylist'}")
    gold = data.parent / "gold" / "samarkand.txt"
    if gold.is_file():
        problems += check_quotations(members, gold)
    else:
        unchecked.append(f"quotations of the gold article: no {gold}")
    if texts is not None:
        problems += check_copies(members, texts)
        problems += [problem for member in members for problem in check_real_texts(member.file, texts)]
    elif any(member.kind == "real" for member in members):
        unchecked.append(f"words of the real text (offsets and records were checked): no treebanks in {data / 'train'}")
    return problems, unchecked
