"""The command as a user meets it: its exit codes, its one line for each bad source, its three formats."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.cli.exits import Exit
from dragoman.cli.read import Format, read_reports
from dragoman.pipeline import Pipeline
from dragoman.records import Article, Reading
from dragoman.sources import Given

REPORT = "Kenya and Ethiopia held talks in Mombasa on Monday, Kenya's foreign ministry said.\n"


def dragoman(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, without a terminal."""
    command = [sys.executable, "-c", "from dragoman.cli import main; main()", *map(str, arguments)]
    env = {**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "200"}
    return subprocess.run(command, input=stdin, capture_output=True, env=env, check=False, timeout=120)  # noqa: S603


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_the_version_is_told() -> None:
    done = dragoman("--version")
    assert done.returncode == 0
    assert done.stdout.startswith(b"dragoman 0.")


def test_help_shows_examples_and_exit_codes() -> None:
    done = dragoman("read", "--help")
    assert done.returncode == 0
    assert b"dragoman read report.txt --date" in done.stdout
    assert b"130 interrupted" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["read"],
        ["read", "x", "--format", "xml"],
        ["read", "x", "--date", "yesterday"],
        ["read", "x", "--nonsense"],
        ["rede", "x"],
        ["read", ""],
    ],
)
def test_a_command_that_makes_no_sense_ends_with_2(arguments: list[str]) -> None:
    done = dragoman(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr


def test_nothing_read_ends_with_1_and_one_line_for_each_source(tmp_path: Path) -> None:
    empty, picture = tmp_path / "empty.txt", tmp_path / "picture.txt"
    empty.write_text("")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = dragoman("read", empty, picture, tmp_path / "missing.txt")
    lines = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert done.stdout == b""
    assert [any(name in line for line in lines) for name in ("empty.txt", "picture.txt", "missing.txt")] == [True] * 3
    assert "Traceback" not in done.stderr.decode()


def test_standard_input_that_is_closed_and_a_device_without_end_are_one_line_each() -> None:
    command = f'"{sys.executable}" -c "from dragoman.cli import main; main()" read - /dev/zero <&-'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False, timeout=60)  # noqa: S603, S607
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"standard input" in done.stderr
    assert b"/dev/zero" in done.stderr


@pytest.mark.weights
def test_one_bad_source_does_not_stop_the_others(report: Path, tmp_path: Path) -> None:
    done = dragoman("read", tmp_path / "missing.txt", report, "--format", "json", "--date", "2026-11-25")
    readings = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 3
    assert len(readings) == 1
    assert b"missing.txt" in done.stderr
    assert readings[0]["article"]["published_at"] == "2026-11-25"


@pytest.mark.weights
def test_standard_input_and_the_overrides() -> None:
    done = dragoman(
        "read", "-", "-f", "json", "--outlet", "Coast Herald", "--title", "Talks", "--url", "https://example.org/a",
        stdin=REPORT.encode(),
    )  # fmt: skip
    article = json.loads(done.stdout)["article"]
    assert done.returncode == 0
    assert (article["outlet"], article["title"], article["url"]) == ("Coast Herald", "Talks", "https://example.org/a")


@pytest.mark.weights
def test_a_folder_is_read_file_by_file_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(f"{REPORT}Story {name} ends here, officials said.\n")
    done = dragoman("read", tmp_path, "--format", "json")
    texts = [json.loads(line)["article"]["text"] for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert ["a.txt" in text for text in texts] == [True, False]


@pytest.mark.weights
def test_pages_go_to_a_folder(tmp_path: Path, report: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Ghana rejected the plan, its foreign minister said on Tuesday.\n")
    refused = dragoman("read", report, other, "--format", "html")
    done = dragoman("read", report, other, "--format", "html", "--output", tmp_path / "pages")
    assert refused.returncode == 2
    assert b"--output" in refused.stderr
    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == ["other.html", "report.html"]


@pytest.mark.weights
def test_text_has_no_colour_when_it_is_not_for_a_terminal(report: Path) -> None:
    done = dragoman("read", report, "--date", "2026-11-25")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert b"EVENTS" in done.stdout
    assert done.stderr == b""


@pytest.mark.weights
def test_an_output_that_cannot_be_written_is_a_usage_error(tmp_path: Path, report: Path) -> None:
    done = dragoman("read", report, "--format", "json", "--output", tmp_path / "no" / "such" / "folder.json")
    assert done.returncode == 2
    assert b"folder.json" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.weights
def test_one_page_goes_into_a_folder_that_exists(tmp_path: Path, report: Path) -> None:
    done = dragoman("read", report, "--format", "html", "--output", tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.weights
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(report: Path) -> None:
    done = dragoman("read", report, "--output", "/dev/full")
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "cannot write /dev/full" in done.stderr.decode()


@pytest.mark.weights
def test_an_error_of_ours_in_one_report_does_not_stop_the_others(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(self: Pipeline, article: Article) -> Reading:
        if "Kenya" in article.text:
            raise KeyError("oops")
        return honest(self, article)

    honest = Pipeline.read
    monkeypatch.setattr(Pipeline, "read", read)
    other = report.with_name("other.txt")
    other.write_text("Ghana rejected the plan, its foreign minister said on Tuesday.\n", encoding="utf-8")
    out = report.with_name("out.json")
    assert read_reports([str(report), str(other)], Format.JSON, Given(), output=out) == Exit.SOME_SKIPPED
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1
