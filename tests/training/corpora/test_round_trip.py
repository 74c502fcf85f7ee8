"""Whatever can be annotated can be written and read again, in both forms."""

from __future__ import annotations

from typing import Literal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from training.corpora import parse, write
from training.corpora.assembly import Header, Records, Row, assemble
from training.corpora.inline import Marked, Spot
from training.corpora.passages import Certificate, CorpusFile, EventRecord, Passage, StatementRecord
from training.corpora.standoff import checksum
from training.corpora.tags import Curly, Square

THINGS = {"a": ("PER", "KEN.GOV"), "b": ("ORG", "-.BUS+JRN"), "c": ("POL", "FRA"), "t": ("DATE", "2031-05")}
CURLY = (
    Curly("e1"),
    Curly("e1", "if"),
    Curly("s1", "what"),
    Curly("s1", "cue"),
    Curly("s2", "what"),
    Curly("s2", "who"),
)
CERTIFICATE = Certificate("T", "2026-11-24", "CC0-1.0", "invented")


def _spans(draw: st.DrawFn, size: int) -> list[tuple[int, int]]:
    pairs = draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, size)), max_size=6, unique=True))
    kept: list[tuple[int, int]] = []
    for low, high in pairs:
        if low < high and not any(a < low < b < high or low < a < high < b for a, b in kept):
            kept.append((low, high))
    return sorted(kept, key=lambda pair: (pair[0], -pair[1]))


def _square(draw: st.DrawFn, seen: set[str]) -> Square:
    ids = tuple(draw(st.lists(st.sampled_from(sorted(THINGS)), max_size=2, unique=True)))
    if len(ids) == 2 and not seen.issuperset(ids):
        ids = ids[:1]
    kind, value = THINGS[ids[0]] if ids else ("COM", "")
    new = bool(ids) and ids[0] not in seen
    seen.update(ids)
    small = draw(st.booleans()) and kind not in ("DATE", "COM")
    bound = draw(st.sampled_from(("", "before", "about"))) if new and kind == "DATE" else ""
    written = "" if ids and not new and draw(st.booleans()) else kind.lower() if small else kind
    return Square(ids, written, value if new else "", bound)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    word = st.sampled_from(["left", "[x]", "{", "back\\slash", "they", "ministry", "€4", "(AP)", "—", "“no”"])
    seen: set[str] = set()
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 3))):
        words = draw(st.lists(word, min_size=1, max_size=8))
        starts = [sum(len(one) + 1 for one in words[:n]) for n in range(len(words))]
        spots: list[Spot] = []
        for low, high in _spans(draw, len(words)):
            tag = draw(st.sampled_from(CURLY)) if draw(st.booleans()) else _square(draw, seen)
            spots.append(Spot(tag, starts[low], starts[high - 1] + len(words[high - 1])))
        text = " ".join(words)
        rows.append(Row(f"Bank-{number}", Marked(text, tuple(spots)), draw(st.booleans()), 0))
    return _with_records(draw, tuple(rows), seen)


def _with_records(draw: st.DrawFn, rows: tuple[Row, ...], seen: set[str]) -> Passage:
    used = {spot.tag.record_id for row in rows for spot in row.marked.spots if isinstance(spot.tag, Curly)}
    triggered = any(spot.tag == Curly("e1") for row in rows for spot in row.marked.spots)
    rows = rows if triggered else tuple(_without_events(row) for row in rows)
    actors = tuple(sorted(seen - {"t"}))
    pair = draw(st.booleans()) and bool(actors)
    by = draw(st.sampled_from(["", "-", *sorted(used & {"s1", "s2"})]))
    when = ("t",) if "t" in seen else ()
    event = EventRecord("e1", "AID", "", actors, actors if pair else (), pair, "planned", by, when, contexts=("legal",))
    speeches = tuple(
        StatementRecord(name, "no_response", actors[:1], via=actors[1:2], within=draw(st.sampled_from(["", "-"])))
        for name in sorted(used & {"s1", "s2"})
    )
    header = Header("p-1", "2031-05-16", "wire", "world")
    records = Records((event,) if triggered else (), speeches)
    return assemble(header, rows, records, "" if triggered else "sport", ("hm",)).passage


def _without_events(row: Row) -> Row:
    kept = tuple(s for s in row.marked.spots if not (isinstance(s.tag, Curly) and s.tag.record_id == "e1"))
    return msgspec.structs.replace(row, marked=Marked(row.marked.text, kept))


def without_lines(passage: Passage) -> Passage:
    replace = msgspec.structs.replace
    return replace(
        passage,
        line=0,
        sentences=tuple(replace(one, line=0) for one in passage.sentences),
        events=tuple(replace(one, line=0) for one in passage.events),
        statements=tuple(replace(one, line=0) for one in passage.statements),
        agenda=tuple(replace(one, line=0) for one in passage.agenda),
    )


def _again(passage: Passage, form: Literal["inline", "standoff"]) -> Passage:
    text = write(CorpusFile("x", CERTIFICATE, (passage,)), form)
    texts = {sentence.sentence_id: sentence.text for sentence in passage.sentences}
    reading = parse(text, "x", texts.get)
    loops = [error for error in reading.errors if "reports itself" not in error.what]
    assert loops == [], (text, [str(error) for error in loops])
    return without_lines(reading.file.passages[0]) if reading.file.passages else passage


@settings(max_examples=150, deadline=None)
@given(passages())
def test_inline(passage: Passage) -> None:
    assert _again(passage, "inline") == passage


@settings(max_examples=150, deadline=None)
@given(passages())
def test_standoff(passage: Passage) -> None:
    assert _again(passage, "standoff") == passage


@settings(max_examples=50, deadline=None)
@given(passages())
def test_standoff_holds_no_words(passage: Passage) -> None:
    text = write(CorpusFile("x", CERTIFICATE, (passage,)), "standoff")
    assert "ministry" not in text
    assert all(checksum(sentence.text) in text for sentence in passage.sentences)
    hidden = parse(text, "x")
    if hidden.file.passages:
        assert hidden.file.passages[0].hidden
        assert len(hidden.file.passages[0].marks) == len(passage.marks)
