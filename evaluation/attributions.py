"""Statements in the conventions of PolNeAR (Newell et al. 2018), so that they can be scored against its attributions.

There a content includes its quotation marks and the "that" before it; a quote without a cue is part of the attribution
before it; and an attribution inside another's content is not annotated.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.records import Article, Span, Statement

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

Spans = list[list[int]]
OPENING = ('"', "“", "„", "«", "‘", "'", "``", "''")
CLOSING = ('"', "”", "“", "»", "’", "'", "''")


def attributions(pipeline: Pipeline, article: Article) -> tuple[Statement, ...]:
    """The statements of an article as widely as PolNeAR counts them: intentions, support, knowledge and rulings too."""
    from dragoman.extraction.statements import extract_statements
    from dragoman.linking.actors import link_actors
    from dragoman.mentions.actors import find_actors
    from dragoman.mentions.quotes import find_quotes

    lexicon = pipeline.lexicon
    annotated = pipeline.annotator.annotate(article)
    actors = link_actors(annotated, find_actors(annotated, lexicon.actors), lexicon.actors, None)
    statements, _ = extract_statements(
        annotated, find_quotes(annotated), actors, (), (), lexicon.cues, breadth="attitudes"
    )
    return statements


def to_relations(statements: Sequence[Statement], text: str) -> list[dict[str, Spans]]:
    """Source, cue and content spans of the outermost statements, in the order of the text."""
    relations: list[dict[str, Spans]] = []
    for statement in sorted(statements, key=lambda each: each.content[0].start):
        if statement.within is not None:
            continue
        content = [widened(span, text) for span in statement.content]
        if statement.cue is None and relations and statement.source is None:
            relations[-1]["content"].extend(content)
            continue
        relations.append({"source": source_of(statement.source, text), "cue": plain(statement.cue), "content": content})
    return relations


def plain(span: Span | None) -> Spans:
    return [[span.start, span.end]] if span is not None else []


def source_of(span: Span | None, text: str) -> Spans:
    """The source, with the comma that closes an apposition."""
    if span is None:
        return []
    closes = ", " in span.text and text[span.end : span.end + 1] == ","
    return [[span.start, span.end + 1 if closes else span.end]]


def widened(span: Span, text: str) -> list[int]:
    """The content with its quotation marks and its "that"."""
    start, end = span.start, span.end
    mark = next((mark for mark in OPENING if text.endswith(mark, 0, start)), None)
    close = next((mark for mark in CLOSING if text.startswith(mark, end)), None)
    if mark is not None and close is not None:
        start, end = start - len(mark), end + len(close)
    elif text[max(0, start - 5) : start].lower() == "that ":
        start -= 5
    return [start, end]
