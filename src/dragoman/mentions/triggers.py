"""Triggers: the words that may tell an event, found by the predicate table over the parse. Who takes part, and
whether it happened at all, is decided later; here stand only lemma and frame."""

from __future__ import annotations

from dragoman.annotate import Annotated
from dragoman.annotate.predication import find_predications
from dragoman.lexicon.predicates import Predicates
from dragoman.records import TriggerMention


def find_triggers(annotated: Annotated, predicates: Predicates) -> tuple[TriggerMention, ...]:
    """Every predicate of the table whose lemma and frame fit, in the order of the text."""
    text = annotated.article.text
    return tuple(
        TriggerMention(
            start=found.start,
            end=found.end,
            text=text[found.start : found.end],
            head=found.token.i,
            lemma=found.rows[0].lemma,
            entries=tuple(row.row_id for row in found.rows),
        )
        for found in find_predications(annotated.doc, predicates)
    )
