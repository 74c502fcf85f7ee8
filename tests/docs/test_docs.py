"""Docs that lie fail the build: examples run, commands and options are told, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
import typer

from dragoman.cli import app

ROOT = Path(__file__).parent.parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
COMMANDS = typer.main.get_command(app)


def name(path: Path) -> str:
    """The page as a test id."""
    return str(path.relative_to(ROOT))


@pytest.mark.weights
@pytest.mark.parametrize("path", DOCS, ids=name)
def test_the_examples_of_a_page_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    text = "\n".join(re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.S))
    test = doctest.DocTestParser().get_doctest(text, {}, path.name, str(path), 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=flags).run(test, out=failures.append)
    assert not failures, "".join(failures)


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_option_of_every_command_is_in_the_docs() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    commands = getattr(COMMANDS, "commands")  # noqa: B009 - typer hides the class of its group
    options = [
        option
        for command in commands.values()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--")
    ]
    assert options
    assert [command for command in commands if f"dragoman {command}" not in told] == []
    assert [option for option in options if option not in told] == []


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_shown_commands_name_options_that_exist(path: Path) -> None:
    for block in re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
        for line in block.splitlines():
            for part in re.split(r"&&|\||;", line):
                words = shlex.split(part, comments=True)
                if words[:2] == ["dragoman", "read"]:
                    known = {option for parameter in COMMANDS.commands["read"].params for option in parameter.opts}  # type: ignore[attr-defined]
                    assert not {word.split("=")[0] for word in words if word.startswith("--")} - known - {"--help"}


def test_the_readme_opens_with_an_install_and_a_reading_then_the_tests() -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)
    assert len(blocks[0].strip().splitlines()) == 1
    assert "pip install" in blocks[0]
    assert "dragoman read examples/" in blocks[0]
    assert "make check" in blocks[1]
