"""The page and the commands."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from training.corpora import parse
from training.corpora.__main__ import app
from training.corpora.page import render
from training.corpora.treebanks import document_of, read_sentences

TEXT = """@ hand: T
@ date: 2026-11-24
@ licence: CC0-1.0
@ source: invented

## p-1 | 2031-05-16 | wire | africa
> {s1.who [a:PER=KEN.GOV Ida <Moi>]} {s1.cue said} {s1.what [b:org=-.REB they] & others {e1 fled}}.
>
> [a She] left.
e1 RETREAT b > - occurred
s1 assert a
"""


def test_the_page_escapes_and_keeps_the_text() -> None:
    page = render(parse(TEXT).file)
    assert "<Moi>" not in page
    body = page[page.index('<div class="text">') : page.index('<ul class="records">')]
    plain = re.sub(r'<i class="tag">[^<]*</i>|<[^>]*>', "", body.replace("</p><p>", " "))
    assert plain.strip() == "Ida &lt;Moi&gt; said they &amp; others fled. She left."
    assert body.count("<span") == body.count("</span>") == 7
    assert "http" not in page


def test_check_exits_by_errors(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text(TEXT, encoding="utf-8")
    run = CliRunner().invoke(app, ["check", "--alone", str(path)])
    assert run.exit_code == 0, run.output
    path.write_text(TEXT.replace("e1 RETREAT b", "e1 RETREAT z"), encoding="utf-8")
    run = CliRunner().invoke(app, ["check", "--alone", str(path)])
    assert run.exit_code == 1
    assert f"{path}:10: error: e1: the actor 'z'" in run.output


def test_html_is_written(tmp_path: Path) -> None:
    path, out = tmp_path / "f.txt", tmp_path / "page.html"
    path.write_text(TEXT, encoding="utf-8")
    run = CliRunner().invoke(app, ["html", str(path), "--out", str(out)])
    assert run.exit_code == 0, run.output
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_own_text_has_no_standoff_form(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text(TEXT, encoding="utf-8")
    run = CliRunner().invoke(app, ["standoff", str(path), "--out", str(tmp_path / "out")])
    assert isinstance(run.exception, ValueError)


def test_sentences_of_a_treebank() -> None:
    conllu = "# newdoc id = d\n# sent_id = d-1\n# text = Go on.\n1\tGo\n\n# sent_id = d-2\n# text = No .\n"
    assert list(read_sentences(conllu)) == [("d-1", "Go on."), ("d-2", "No .")]
    assert document_of("re3d-ukgov-09ff200c-12") == "re3d-ukgov-09ff200c"
