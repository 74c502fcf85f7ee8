"""The commands: their examples, what they say of bad input, and what they do without the treebanks."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main
from typer.core import TyperGroup
from typer.testing import CliRunner

from training.corpora.__main__ import app, main
from training.corpora.house import HOUSE
from training.corpora.standoff import checksum

ROOT = HOUSE.parents[2]
HEAD = "@ hand: T\n@ date: 2026-11-24\n@ licence: CC0-1.0\n@ source: invented\n"
RAIN = "## p-1 | - | wire | world\n> Rain fell.\nnone weather\n"
HIDDEN = (
    f"@ form: standoff\n\n## r-1 | - | wire | world\n>GUM_x-1 {checksum('They met.')} :TIME=T12:00@5-8\nnone routine\n"
)


def _commands() -> TyperGroup:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    return group


def _examples() -> Iterator[tuple[str, list[str]]]:
    for name, command in _commands().commands.items():
        lines = [line for line in (command.epilog or "").split("\n") if line.startswith("python")]
        assert lines, f"{name} has no example"
        yield name, lines


def _expanded(word: str, written: set[str]) -> list[str]:
    """A word as the shell would give it; files that an example before has written stand for themselves."""
    if "*" not in word:
        return [word]
    if str(Path(word).parent) in written:
        return [__file__]
    return sorted(map(str, Path().glob(word)))


def test_every_example_of_the_help_can_be_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    real = "".join(path.read_text(encoding="utf-8") for path in HOUSE.glob("real/*/*.txt"))
    for _, lines in _examples():
        written: set[str] = set()
        for line in lines:
            *head, name = shlex.split(line)[:4]
            assert head == ["python", "-m", "training.corpora"]
            words = shlex.split(line.partition(" > ")[0])[4:]
            found = [one for word in words for one in _expanded(word, written)]
            context = _commands().commands[name].make_context(name, [*found])
            written.add(str(context.params.get("out")))
            if name == "sentences":
                assert f"\n>{context.params['document']}" in real
            assert len(found) >= len(words), f"no file for {line}"


def test_the_examples_of_show_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))
    for line in dict(_examples())["show"]:
        monkeypatch.setattr(sys, "argv", shlex.split(line)[2:])
        with pytest.raises(SystemExit, match="0"):
            main()
        assert f"\n## {shlex.split(line)[4]} | " in capsys.readouterr().out


def _run(*words: str) -> tuple[int, str]:
    run = CliRunner().invoke(app, list(words))
    return run.exit_code, run.output


def test_check_takes_a_folder(tmp_path: Path) -> None:
    assert _run("check", "--alone", str(tmp_path))[0] == 2
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text(HEAD + RAIN, encoding="utf-8")
    (tmp_path / "deep" / "b.txt").write_text(
        HEAD + RAIN.replace("p-1", "p-2").replace("Rain fell", "The sun shone all day"), encoding="utf-8"
    )
    code, said = _run("check", "--alone", str(tmp_path))
    assert (code, said.splitlines()[-1]) == (0, "2 files: 0 errors, 0 warnings")


def test_an_output_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "no" / "x.html"
    path.write_text(HEAD + RAIN, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["corpora", "html", str(path), "--out", str(out)])
    with pytest.raises(SystemExit, match="2"):
        main()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("corpora: ")
    assert str(out) in line


@pytest.mark.parametrize("command", ["inline", "standoff", "blank"])
def test_hidden_text_asks_for_the_data(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path))
    path = tmp_path / "r.txt"
    path.write_text(HEAD + HIDDEN, encoding="utf-8")
    run = CliRunner().invoke(app, [command, str(path), "--out", str(tmp_path / "out")])
    assert "r-1: the treebank with its text is not at hand — set DRAGOMAN_DATA" in str(run.exception)


def test_a_copy_of_a_house_file_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_DATA", str(tmp_path / "nothing"))
    path = tmp_path / "copy.txt"
    shutil.copy(HOUSE / "own" / "train" / "africa-1.txt", path)
    code, said = _run("check", "--quiet", str(path))
    assert code == 1
    (line,) = [line for line in said.splitlines() if ": error: " in line]
    assert "passages stand in the house corpus" in line
    assert "--alone" in line


def test_make_corpus_counts_even_where_a_check_fails(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "ran $3"\n[ "$3" != "$FAILS" ]\n', encoding="utf-8")
    python.chmod(0o755)
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make")
    for fails, code in (("none", 0), ("check", 2), ("stats", 2)):
        run = subprocess.run(  # noqa: S603
            [make, "-C", str(ROOT), "corpus", f"PYTHON={python}"],
            env={"FAILS": fails, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == code
        assert "ran check\nran stats\n" in run.stdout
