from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from dragoman.records import Reading, Span, span_of
from tests.samples import TEXT, make_reading


def test_a_reading_comes_back_from_its_json_unchanged() -> None:
    reading = make_reading()
    assert Reading.from_json(reading.to_json()) == reading


def test_unknown_fields_are_refused() -> None:
    line = make_reading().to_json().replace('"actors":', '"aktors":', 1)
    with pytest.raises(msgspec.ValidationError, match="aktors"):
        Reading.from_json(line)


def test_dates_are_written_as_iso_8601() -> None:
    raw = msgspec.json.decode(make_reading().to_json())
    assert raw["article"]["published_at"] == dt.date(2026, 11, 23).isoformat()


def test_records_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        make_reading().article.text = "other"  # type: ignore[misc]


def test_spans_overlap_only_where_they_share_a_character() -> None:
    left, right, inner = span_of(TEXT, 0, 9), span_of(TEXT, 9, 12), span_of(TEXT, 3, 5)
    assert not left.overlaps(right)
    assert left.overlaps(inner)
    assert left.contains(inner)
    assert not inner.contains(left)


def test_to_doc_has_a_span_group_for_each_kind_and_sets_no_extension() -> None:
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

    doc = make_reading().to_doc()
    assert doc.text == TEXT
    assert {name: [span.text for span in group] for name, group in doc.spans.items()} == {
        "actors": ["Alice Okoro", "Ghana"],
        "places": ["Lagos"],
        "times": ["Monday"],
        "events": ["talks"],
        "statements": ["talks will resume", "the plan"],
    }
    assert [span.id_ for span in doc.spans["events"]] == ["a1#e60"]
    assert not Doc.has_extension("events")
    assert not SpacySpan.has_extension("status")


def test_the_notebook_view_escapes_what_it_shows() -> None:
    cell = make_reading(title="<script>alert(1)</script>", name="<img src=x onerror=alert(1)>")._repr_html_()
    assert "<script" not in cell
    assert "<img" not in cell
    assert "CONSULT" in cell


def test_a_span_is_equal_by_content() -> None:
    assert Span(start=0, end=1, text="M") == span_of(TEXT, 0, 1)
