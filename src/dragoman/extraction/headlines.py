"""Headlines that attribute with a colon: "'It is blackmail': analyst", "Minister: no talks before spring"."""

from __future__ import annotations

import bisect
import re

from spacy.tokens import Doc, Token

from dragoman.extraction.drafts import Draft, trim
from dragoman.records import Block, LinkedActors, QuoteMention

_COLON = re.compile(r"(?<=\S):\s+(?=\S)")
_KINDS = frozenset({"title", "heading"})
MAX_SOURCE_WORDS, MIN_CONTENT_WORDS = 7, 3
_VERBAL = frozenset({"VBD", "VBZ", "VBP", "MD"})


def headline_drafts(
    doc: Doc, blocks: tuple[Block, ...], quotes: tuple[QuoteMention, ...], actors: LinkedActors
) -> list[Draft]:
    """A draft for every title or heading of the form "source: words" or "words: source"."""
    found = []
    text = doc.text  # made anew at each call
    for block in blocks:
        if block.kind not in _KINDS:
            continue
        hit = _COLON.search(text, block.start, block.end)
        if hit is None or _in_quote(hit.start(), quotes):
            continue
        left, right = (block.start, hit.start()), (hit.end(), block.end)
        draft = _draft(doc, left, right, hit.start(), quotes, actors) or _draft(
            doc, right, left, hit.start(), quotes, actors
        )
        if draft is not None:
            found.append(draft)
    return found


def _draft(
    doc: Doc,
    source: tuple[int, int],
    content: tuple[int, int],
    colon: int,
    quotes: tuple[QuoteMention, ...],
    actors: LinkedActors,
) -> Draft | None:
    said = _tokens(doc, *content)
    quoted = [quote for quote in quotes if content[0] <= quote.outer_start and quote.outer_end <= content[1]]
    whole = next((q for q in quoted if q.outer_start == content[0] and q.outer_end >= content[1]), None)
    after = content[0] < source[0]
    holder = _holder(_tokens(doc, *source), actors, loose=whole is not None and after)
    if holder is None or (not quoted and (after and not _has_verb(said))) or len(said) < MIN_CONTENT_WORDS:
        return None
    start, end = (whole.start, whole.end) if whole is not None else trim(doc.text, *content)
    return Draft(
        cue=None, row=None, cue_span=(colon, colon + 1), holders=(holder,), source=trim(doc.text, *source),
        contents=[(start, end)], frame="quote", quoted=[(quote.start, quote.end) for quote in quoted],
    )  # fmt: skip


def _holder(tokens: list[Token], actors: LinkedActors, *, loose: bool) -> Token | None:
    """The head of a short side of the colon that names somebody and has no verb; `loose`: any noun will do."""
    words = [token for token in tokens if not token.is_punct]
    if not 0 < len(words) <= MAX_SOURCE_WORDS or _has_verb(words):
        return None
    named = [token for token in words if actors.at(token.i)]
    persons = [token for token in words if token.ent_type_ in {"PER", "ORG"}]
    nouns = [token for token in words if token.pos_ in {"NOUN", "PROPN"}] if loose else []
    return next(iter([*named, *persons, *reversed(nouns)]), None)


def _has_verb(tokens: list[Token]) -> bool:
    return any(token.tag_ in _VERBAL for token in tokens)


def _tokens(doc: Doc, start: int, end: int) -> list[Token]:
    first = bisect.bisect_left(doc, start, key=lambda token: token.idx)
    last = bisect.bisect_left(doc, end, key=lambda token: token.idx)
    return [token for token in doc[first:last] if not token.is_space]


def _in_quote(offset: int, quotes: tuple[QuoteMention, ...]) -> bool:
    return any(quote.start <= offset < quote.end for quote in quotes)
