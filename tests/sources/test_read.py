from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import EmptyInput, FetchError, NotFound, NotText, SourceError, TooLarge, WrongLanguage
from dragoman.sources import Given, Limits, expand, read_source

REPORT = (
    "Envoys meet in Accra\n\n"
    "The envoys of Ghana and Togo met on Tuesday and agreed to open the bridge, a spokesman said.\n\n"
    "They will meet again in “a week or so” at a café in Lomé, he said — if it goes ahead.\n"
)
FRENCH = (
    "Les envoyés du Ghana et du Togo se sont rencontrés mardi à Accra et ont décidé de rouvrir le pont, a déclaré un "
    "porte-parole. Ils se reverront dans une semaine à Lomé, selon lui, pour parler des droits de douane et des taxes."
)
GERMAN = "Die Gesandten haben am Dienstag in Accra beschlossen, die Brücke wieder zu öffnen, sagte der Sprecher."
ARABIC = "التقى المبعوثون يوم الثلاثاء في أكرا واتفقوا على فتح الجسر"
RUSSIAN = "Посланники Ганы и Того встретились во вторник в Аккре и решили снова открыть мост, сообщил представитель."


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    article = read_source(put(tmp_path, "a.txt", REPORT.encode(encoding)))
    assert "“a week or so” at a café in Lomé, he said — if" in article.text
    assert article.title == "Envoys meet in Accra"


def test_one_broken_byte_does_not_spoil_a_file(tmp_path: Path) -> None:
    raw = REPORT.encode("utf-8").replace(b"bridge", b"br\xffdge") + "“é” ".encode() * 20
    assert "café in Lomé" in read_source(put(tmp_path, "a.txt", raw)).text


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (b"", EmptyInput, "empty"),
        (b" \n\t ", EmptyInput, "empty"),
        ("\u200b\u200b\n", EmptyInput, "no text"),
        (b"%PDF-1.7 ...", NotText, "PDF"),
        (b"\x89PNG\r\n\x1a\n....", NotText, "PNG"),
        (b"\x1f\x8b\x08\x00...", NotText, "gzip"),
        (_zip(), NotText, "ZIP"),
        (bytes(range(256)) * 20, NotText, "binary"),
        ("\ufeff".encode("utf-16-le") + b"\x00\xd8\x41", NotText, "UTF-16"),
        (FRENCH, WrongLanguage, "French"),
        (RUSSIAN, WrongLanguage, "Cyrillic"),
        (RUSSIAN[:24], WrongLanguage, "Cyrillic"),
        (GERMAN, WrongLanguage, "German"),
        (ARABIC, WrongLanguage, "Arabic"),
        ("两国领导人将于下周会谈", WrongLanguage, "Chinese"),
        ((RUSSIAN * 3).encode("cp1251"), NotText, "encoding"),
        ("1 2 3\n---\n4.5 %", EmptyInput, "no words"),
        ("x" * 3000, TooLarge, "2,000 bytes"),
    ],
)
def test_what_cannot_be_read_says_what_where_and_what_next(
    tmp_path: Path, content: str | bytes, error: type[SourceError], words: str
) -> None:
    path = put(tmp_path, "input.txt", content)
    with pytest.raises(error, match=words) as caught:
        read_source(path, Limits(max_bytes=20_000 if error is not TooLarge else 2_000))
    assert caught.value.where == path
    assert caught.value.next_step


def test_short_texts_get_the_benefit_of_the_doubt(tmp_path: Path) -> None:
    assert read_source(put(tmp_path, "a.txt", "Macron reçoit Scholz à Paris")).text


def test_a_text_may_begin_like_a_bitmap(tmp_path: Path) -> None:
    assert read_source(put(tmp_path, "a.txt", "BMW and the unions agreed on a pay deal.")).text.startswith("BMW")


def test_missing_and_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        read_source(str(tmp_path / "none.txt"))
    with pytest.raises(NotFound, match="holds no text"):
        read_source(str(tmp_path))
    with pytest.raises(SourceError):
        read_source("nul\0.txt")
    with pytest.raises(FetchError, match="only http"):
        read_source("ftp://example.org/story.txt")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = Path(put(tmp_path, "a.txt", REPORT))
    path.chmod(0)
    with pytest.raises(SourceError, match="no permission"):
        read_source(str(path))


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotFound, match="device or a pipe"):
        read_source(str(tmp_path / "pipe"))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_end_is_turned_away() -> None:
    with pytest.raises(NotFound, match="device"):
        read_source("/dev/zero")


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("", "the name is empty"),
        ("x" * 5000, "cannot be opened"),
        ("mailto:desk@example.org", "only http"),
        ("file:///etc/hosts", "name the file"),
        ("www.example.org/story", "write https://www.example.org/story"),
        ("http://", "no address"),
        ("http://[::1", "no address"),
        ("http://localhost:1/a", "cannot be reached"),
    ],
)
def test_names_that_lead_nowhere(spec: str, words: str) -> None:
    (same,) = expand([spec])
    with pytest.raises(SourceError, match=words) as caught:
        read_source(same)
    assert caught.value.next_step


def test_the_error_stays_on_one_line() -> None:
    with pytest.raises(NotFound) as caught:
        read_source("two\nlines\x1b[31m.txt")
    assert str(caught.value).isprintable()


def test_links_that_go_in_circles(tmp_path: Path) -> None:
    (tmp_path / "self").symlink_to(tmp_path)
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    put(tmp_path, "c.txt", REPORT)
    found = list(expand([str(tmp_path)]))
    assert [Path(path).name for path in found] == ["a.txt", "b.txt", "c.txt"]
    with pytest.raises(SourceError, match="cannot be opened"):
        read_source(found[0])


def test_a_folder_that_may_not_be_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SourceError, match="no permission"):
        read_source(str(tmp_path))


def test_a_name_that_cannot_be_looked_up_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert list(expand(["closed/a.txt"])) == ["closed/a.txt"]
    with pytest.raises(SourceError, match="no permission"):
        read_source("closed/a.txt")


def test_standard_input_that_is_closed_or_read_already(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode("utf-8"))))
    assert read_source("-").text
    with pytest.raises(EmptyInput, match="only once"):
        read_source("-")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(EmptyInput, match="closed"):
        read_source("-")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode("utf-8"))))
    assert read_source("-", given=Given(outlet="GBC")).outlet == "GBC"


def test_folders_give_their_files_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "b/a.HTML", "b/c.md", "b/d.pdf", ".hidden.txt", ".git/x.txt"):
        put(tmp_path, name, REPORT)
    (tmp_path / "empty").mkdir()
    found = list(expand([str(tmp_path), "-", "https://example.org", "missing.txt", str(tmp_path / "empty")]))
    assert [Path(path).relative_to(tmp_path).as_posix() for path in found[:3]] == ["b/a.HTML", "b/c.md", "z.txt"]
    assert found[3:] == ["-", "https://example.org", "missing.txt", str(tmp_path / "empty")]


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    marked = (
        "# Envoys meet in Accra\n\nThe **envoys** of [Ghana](https://e.org) met the envoys of Togo on *Tuesday*.\n\n"
    )
    marked += "## Next steps\n\nThey will meet again next week, a spokesman said."
    article = read_source(put(tmp_path, "a.md", marked))
    assert article.text.split("\n")[1] == "The envoys of Ghana met the envoys of Togo on Tuesday."
    assert [block.kind for block in article.blocks] == ["title", "body", "heading", "body"]


def test_ids_follow_text_and_home(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", REPORT)
    plain, here, there = (read_source(path, given=Given(outlet=outlet)) for outlet in (None, "A", "B"))
    assert plain.text_id == here.text_id == there.text_id
    assert len({plain.article_id, here.article_id, there.article_id}) == 3


def test_plain_text_needs_no_heavy_library(tmp_path: Path) -> None:
    code = (
        "import sys; from dragoman.sources import read_source; read_source(sys.argv[1]); "
        "print([name for name in ('trafilatura', 'httpx', 'lxml') if name in sys.modules])"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code, put(tmp_path, "a.txt", REPORT)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
