"""Corpus files: certificate, passages, records; strict reader and writer (`house/NOTATION.md`).

A reader never stops at an error: it collects all of them, and leaves out only the passages that hold one.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Literal

import msgspec

from dragoman.errors import NotFound
from training.corpora.assembly import Header, Records, Row, assemble
from training.corpora.codes import CASED, codes
from training.corpora.defaults import confirming, reporting, vouching
from training.corpora.inline import Marked, Spot, read_marks, write_marks
from training.corpora.passages import (
    AgendaRecord,
    Certificate,
    CorpusFile,
    EventRecord,
    Mention,
    Passage,
    Sentence,
    StatementRecord,
)
from training.corpora.problems import Problem, Problems, choices, folded
from training.corpora.recordlines import (
    read_agenda,
    read_event,
    read_statement,
    write_agenda,
    write_event,
    write_statement,
)
from training.corpora.soundness import check_passage
from training.corpora.standoff import Texts, read_line, write_line
from training.corpora.tags import Curly, Square

_RECORD = re.compile(r"([esg])\d+(?:\s|$)")
_ODD_SPACE = re.compile("[\t\u00a0\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u00ad]")
_REQUIRED = ("hand", "date", "licence", "source")
_PASSAGE_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_HEADER_STEP = "write ## id | date | style | region, as in: ## eur-001 | 2031-05-16 | wire | europe"


class Reading(msgspec.Struct, frozen=True):
    """What came of a file. `file` holds the sound passages only; `broken` counts the others."""

    file: CorpusFile
    problems: tuple[Problem, ...]
    broken: int

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that are errors."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


class _Body:
    """The lines of one passage while they are gathered."""

    def __init__(self, header: Header) -> None:
        self.header = header
        self.rows: list[Row] = []
        self.events: list[EventRecord] = []
        self.statements: list[StatementRecord] = []
        self.agenda: list[AgendaRecord] = []
        self.record_lines: dict[str, int] = {}
        self.none = ""
        self.remarks: list[str] = []
        self.paragraph = False
        self.ended = 0


class _FileReader:
    """Reads a file line by line."""

    def __init__(self, path: str, texts: Texts | None) -> None:
        self.problems = Problems(path)
        self.path, self.texts = path, texts
        self.certificate: dict[str, str] = {}
        self.passages: list[Passage] = []
        self.remarks: list[str] = []
        self.headers: dict[str, int] = {}
        self.sentence_lines: dict[str, int] = {}
        self.body: _Body | None = None
        self.broken = 0
        self.errors_before = 0

    def read(self, text: str) -> Reading:
        if text.startswith("\ufeff"):
            self.problems.error(1, "the file begins with a byte order mark", "save it as plain UTF-8")
            text = text[1:]
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            self._line(line, number)
        self._finish()
        self._check_certificate()
        if not self.headers:
            self.problems.warning(0, "no passage in this file", _HEADER_STEP)
        certificate = msgspec.convert(
            {key: value for key, value in self.certificate.items() if key != "form" or value in ("inline", "standoff")},
            Certificate,
        )
        file = CorpusFile(self.path, certificate, tuple(self.passages), tuple(self.remarks))
        return Reading(file, folded(self.problems.found), self.broken)

    @property
    def standoff(self) -> bool:
        return self.certificate.get("form") == "standoff"

    def _line(self, line: str, number: int) -> None:
        if line.endswith("\r"):
            self.problems.error(number, "the line ends with a carriage return", "save the file with Unix line ends")
            line = line[:-1]
        if not line.startswith(">"):
            self._check_characters(line, number)
        if not line.strip():
            if self.body:
                self.body.ended = self.body.ended or number
        elif line.startswith("@"):
            self._certificate_line(line, number)
        elif line.startswith("##"):
            self._header_line(line, number)
        elif line.startswith("//"):
            self._remark(line[2:].strip())
        elif self.body is None:
            self.problems.error(number, "a line before the first passage", _HEADER_STEP)
        else:
            self._body_line(line, number, self.body)

    def _check_characters(self, line: str, number: int) -> None:
        if odd := _ODD_SPACE.search(line):
            name = unicodedata.name(odd[0], f"U+{ord(odd[0]):04X}").lower()
            self.problems.error(number, f"an odd character: {name}", "write a plain space, or nothing", odd.start() + 1)
        if not unicodedata.is_normalized("NFC", line):
            at = next(n for n in range(len(line)) if not unicodedata.is_normalized("NFC", line[: n + 1]))
            self.problems.error(
                number, f"not in NFC: {line[max(0, at - 8) : at + 1]!r}", "write é as one character", at
            )

    def _certificate_line(self, line: str, number: int) -> None:
        key, colon, value = line[1:].partition(":")
        key, value = key.strip(), value.strip()
        known = (*_REQUIRED, "form", "note")
        if not colon or key not in known:
            self.problems.error(
                number, f"unknown line of a certificate: {_cut(line)}", f"@ key: value; {choices(key, known)}"
            )
        elif self.body is not None:
            self.problems.error(number, "the certificate stands at the head of the file", "move it above the passages")
        elif key in self.certificate:
            self.problems.error(number, f"{key} is given twice", "keep one")
        elif not value:
            self.problems.error(number, f"{key} has no value", f"write @ {key}: ...")
        else:
            self.certificate[key] = value
            self._certificate_value(key, value, number)

    def _certificate_value(self, key: str, value: str, number: int) -> None:
        if key == "form" and value not in ("inline", "standoff"):
            self.problems.error(number, f"unknown form {value!r}", "inline or standoff")
        if key == "date" and not _is_day(value):
            self.problems.error(number, f"{value!r} is no ISO date", "write YYYY-MM-DD")

    def _check_certificate(self) -> None:
        if missing := [key for key in _REQUIRED if key not in self.certificate]:
            self.problems.error(
                1, f"no {', '.join(missing)} in the certificate at the head of the file",
                "; ".join(f"@ {key}: ..." for key in missing),
            )  # fmt: skip

    def _header_line(self, line: str, number: int) -> None:
        self._finish()
        self.errors_before = self.problems.errors()
        parts = [part.strip() for part in line[2:].split("|")]
        if len(parts) != 4:
            self.problems.error(number, f"a header has four parts, here {len(parts)}", _HEADER_STEP)
            self.body = _Body(Header(parts[0], line=number))
            return
        header = Header(parts[0], "" if parts[1] == "-" else parts[1], parts[2], parts[3], number)
        self._check_header(header)
        self.body = _Body(header)

    def _check_header(self, header: Header) -> None:
        error = self.problems.error
        if not _PASSAGE_ID.fullmatch(header.passage_id):
            error(header.line, f"{header.passage_id!r} is no passage id", "letters, digits and single hyphens: eur-001")
        elif header.passage_id in self.headers:
            error(
                header.line,
                f"passage id {header.passage_id!r} stands already in line {self.headers[header.passage_id]}",
                "give this passage another id",
            )
        self.headers.setdefault(header.passage_id, header.line)
        if header.date and not _is_day(header.date):
            error(header.line, f"{header.date!r} is no ISO date", "write YYYY-MM-DD, or - if unknown")
        if header.style not in codes().styles:
            error(header.line, f"unknown style {header.style!r}", choices(header.style, codes().styles))
        if header.region not in codes().regions:
            error(header.line, f"unknown region {header.region!r}", choices(header.region, codes().regions))

    def _remark(self, words: str) -> None:
        if self.body is None or self.body.ended:
            self.remarks.append(words)
        else:
            self.body.remarks.append(words)

    def _body_line(self, line: str, number: int, body: _Body) -> None:
        if body.ended:
            self.problems.error(
                number, f"the empty line {body.ended} has ended passage {body.header.passage_id}, yet it goes on here",
                "take the empty line away (or begin a passage with ##)",
            )  # fmt: skip
            body.ended = 0
        if line.startswith(">"):
            self._sentence_line(line, number, body)
        elif line.split()[0] == "none":
            self._none_line(line, number, body)
        elif match := _RECORD.match(line):
            self._record_line(match[1], line, number, body)
        else:
            self.problems.error(
                number, f"a line that is nothing known: {_cut(line)}",
                "a sentence begins with '> ', a record with e1, s1, g1 or none, a remark with //",
            )  # fmt: skip

    def _sentence_line(self, line: str, number: int, body: _Body) -> None:
        if body.record_lines or body.none:
            self.problems.error(number, "a sentence after the records", "all sentences come first, then the records")
        if not line[1:].strip():
            if not body.rows:
                self.problems.warning(number, "a new paragraph before the first sentence", "take the line away")
            body.paragraph = True
            return
        name, space, raw = line[1:].partition(" ")
        if not space:
            self.problems.error(number, f"no space after > in {_cut(line)}", "write '> sentence' or '>ID sentence'")
            name, raw = "", line[1:]
        if body.rows and bool(name) != bool(body.rows[-1].sentence_id):
            self.problems.error(number, "only some sentences of the passage have ids of their own", "all or none")
        row = Row(name, self._marked(name, raw, len(name) + 2, number), body.paragraph, number)
        body.rows.append(row)
        body.paragraph = False
        if name and name in self.sentence_lines:
            first = self.sentence_lines[name]
            self.problems.error(number, f"sentence {name} stands already in line {first}", "each sentence once")
        self.sentence_lines.setdefault(name, number)

    def _marked(self, name: str, raw: str, shift: int, number: int) -> Marked:
        if self.standoff:
            if not name:
                self.problems.error(number, "a stand-off sentence without an id", "write >ID checksum marks")
            return read_line(name, raw, number, self.texts, self.problems)
        if not name:
            self._check_characters(raw, number)
            if raw != raw.strip() or "  " in raw:
                at = raw.find("  ") if "  " in raw.strip() else 0
                self.problems.error(
                    number, "spaces too many", "one space between words, none at the ends", shift + at + 1
                )
        return read_marks(raw, number, shift, self.problems)

    def _none_line(self, line: str, number: int, body: _Body) -> None:
        words = line.split()
        reason = words[1] if len(words) > 1 else ""
        if len(words) != 2 or reason not in codes().reasons:
            self.problems.error(number, f"unknown reason {' '.join(words[1:])!r}", choices(reason, codes().reasons))
        if body.none:
            self.problems.error(number, "'none' stands twice", "keep one")
        body.none = reason or "language"

    def _record_line(self, letter: str, line: str, number: int, body: _Body) -> None:
        name = line.split()[0]
        if name in body.record_lines:
            self.problems.error(
                number, f"{name} stands already in line {body.record_lines[name]}", "use another number"
            )
            return
        body.record_lines[name] = number
        if letter == "e":
            if event := read_event(line, number, self.problems):
                body.events.append(event)
        elif letter == "s":
            if statement := read_statement(line, number, self.problems):
                body.statements.append(statement)
        elif item := read_agenda(line, number, self.problems):
            body.agenda.append(item)

    def _finish(self) -> None:
        body, self.body = self.body, None
        if body is None:
            return
        if body.rows:
            readable = {one.event_id for one in body.events} | {one.statement_id for one in body.statements}
            readable |= {one.item_id for one in body.agenda}
            self._assemble(body, unread=frozenset(body.record_lines) - readable)
        else:
            self.problems.error(body.header.line, f"passage {body.header.passage_id} has no sentence", "> sentence")
        if self.problems.errors() > self.errors_before:
            self.broken += 1
            if body.rows and self.passages:
                self.passages.pop()
        self.errors_before = self.problems.errors()

    def _assemble(self, body: _Body, unread: frozenset[str]) -> None:
        records = Records(tuple(body.events), tuple(body.statements), tuple(body.agenda))
        hidden = self.standoff and self.texts is None
        assembled = assemble(body.header, tuple(body.rows), records, body.none, tuple(body.remarks), hidden)
        check_passage(assembled, not body.rows[0].sentence_id, self.problems, unread)
        self.passages.append(assembled.passage)


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None


def _cut(line: str) -> str:
    return repr(line if len(line) <= 60 else f"{line[:57]}...")


def parse(text: str, path: str = "text", texts: Texts | None = None) -> Reading:
    """Read a corpus file of either form. `texts` gives the sentences of stand-off files; without it they are hidden."""
    return _FileReader(path, texts).read(text)


def write(file: CorpusFile, form: Literal["inline", "standoff"] | None = None) -> str:
    """The file in the notation, in the form that its certificate says unless `form` is given.

    `parse(write(file))` gives the same passages but for line numbers. Raises ValueError for the stand-off form of
    sentences without an id of their own, and NotFound for hidden passages, whose words no form can do without.
    """
    form = form or file.certificate.form
    certificate = msgspec.structs.replace(file.certificate, form=form)
    keys = [*_REQUIRED, *(["form"] if form == "standoff" else []), *(["note"] if certificate.note else [])]
    lines = [f"@ {key}: {getattr(certificate, key)}" for key in keys]
    lines += [f"// {remark}" for remark in file.remarks]
    for passage in file.passages:
        lines += ["", *_passage_lines(passage, form)]
    return "\n".join(lines) + "\n"


def _passage_lines(passage: Passage, form: str) -> list[str]:
    if passage.hidden:
        step = "set DRAGOMAN_DATA, or put the data in ../shared"
        raise NotFound("the treebank with its text is not at hand", where=passage.passage_id, next_step=step)
    lines = [f"## {passage.passage_id} | {passage.date or '-'} | {passage.style} | {passage.region}"]
    spots = passage_spots(passage)
    for number, sentence in enumerate(passage.sentences, 1):
        if sentence.paragraph:
            lines.append(">")
        own = "" if sentence.sentence_id == f"{passage.passage_id}.{number}" else sentence.sentence_id
        if form == "standoff":
            lines.append(f">{own} {_standoff_line(passage, sentence, spots, own)}")
        else:
            lines.append(f">{own} {write_marks(sentence.text, _within(sentence, spots))}")
    marks = passage.marks
    lines += [write_event(event, vouching(marks, event.event_id)) for event in passage.events]
    lines += [write_statement(one, reporting(marks, one.statement_id)) for one in passage.statements]
    lines += [write_agenda(item, confirming(marks, item, passage.events)) for item in passage.agenda]
    lines += [f"none {passage.none}"] if passage.none else []
    return lines + [f"// {remark}" for remark in passage.remarks]


def _standoff_line(passage: Passage, sentence: Sentence, spots: tuple[Spot, ...], own: str) -> str:
    if not own:
        raise ValueError(f"{passage.passage_id}: no stand-off form, since its sentences have no ids of their own")
    return write_line(Marked(sentence.text, _within(sentence, spots)))


def _within(sentence: Sentence, spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    return tuple(
        Spot(spot.tag, spot.start - sentence.start, spot.end - sentence.start)
        for spot in spots
        if sentence.start <= spot.start < sentence.end
    )


def passage_spots(passage: Passage) -> tuple[Spot, ...]:
    """Mentions and marks of a passage as tags on its characters."""
    seen: set[str] = set()
    spots: list[Spot] = []
    for mention in passage.mentions:
        spots.append(Spot(_square(mention, passage, seen), mention.start, mention.end))
        seen.update(mention.ids)
    spots += [Spot(Curly(mark.record_id, mark.role), mark.start, mark.end) for mark in passage.marks]
    return tuple(spots)


def _square(mention: Mention, passage: Passage, seen: set[str]) -> Square:
    kind = mention.kind
    if mention.form in ("nominal", "pronoun"):
        settled = bool(mention.ids) and mention.ids[0] in seen and passage.chain(mention.ids[0])[0].kind == kind
        kind = "" if settled or kind not in CASED else kind.lower()
    return Square(mention.ids, kind, mention.value, mention.bound)
