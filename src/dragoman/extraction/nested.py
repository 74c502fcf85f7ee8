"""Speech inside speech: what a quoted speaker says that others said, and what an outlet says with another's words."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.circumstances import Surroundings
from dragoman.extraction.drafts import Draft, Paragraphs
from dragoman.extraction.frames import find_drafts
from dragoman.extraction.quoting import Quoter
from dragoman.extraction.speakers import RELAYING, source_stretch
from dragoman.lexicon.cues import Cues
from dragoman.records import QuoteMention

_FRAMES = frozenset({"that", "to", "quote", "inserted"})
_FINITE = frozenset({"VBD", "VBZ"})
_OWN = frozenset(
    {"i", "we", "you", "it", "who", "which", "that", "this", "one", "they", "people", "nobody", "everybody"}
)
_UNNAMED = frozenset({"people", "person", "source", "official", "witness", "diplomat", "insider"})
MAX_BETWEEN = 8
"""Words between the verb of an outlet and its "citing"."""


def nested_drafts(doc: Doc, cues: Cues, quotes: Sequence[QuoteMention], outer: Sequence[QuoteMention]) -> list[Draft]:
    """Drafts for what others said in the words of one who is quoted: "He told me that he would not run"."""
    if not outer:
        return []
    starts = [token.idx for token in doc]
    inside = [False] * len(doc)
    for quote in outer:
        for at in range(bisect.bisect_left(starts, quote.start), bisect.bisect_left(starts, quote.end)):
            inside[at] = True
    held = frozenset((quote.start, quote.end) for quote in outer)
    inner = tuple(quote for quote in quotes if (quote.start, quote.end) not in held)
    quoter = Quoter(doc, cues, find_drafts(doc, cues, inside), inner)
    quoter.attribute()
    return [draft for draft in quoter.drafts if _told_by_another(draft) and _within(draft, outer)]


def _told_by_another(draft: Draft) -> bool:
    """True for finite speech of somebody named or pointed to, other than the speaker and his listener."""
    cue, row = draft.cue, draft.row
    if cue is None or row is None or row.kind != "speech" or draft.frame not in _FRAMES or not draft.contents:
        return False
    finite = cue.tag_ in _FINITE or any(word.tag_ in _FINITE and word.lemma_ == "have" for word in cue.children)
    return finite and bool(draft.holders) and draft.holders[0].lower_ not in _OWN


def _within(draft: Draft, outer: Sequence[QuoteMention]) -> bool:
    """True where cue, source and contents stand in one and the same quote."""
    assert draft.cue is not None  # noqa: S101 - asked for drafts with a cue only
    at = bisect.bisect_right(outer, draft.cue.idx, key=lambda quote: quote.start) - 1
    if at < 0:
        return False
    quote = outer[at]
    parts = [*draft.contents, *([draft.source] if draft.source else [])]
    return all(quote.start <= start and end <= quote.end for start, end in parts)


def with_cited(drafts: Sequence[Draft], surroundings: Surroundings) -> list[Draft]:
    """The drafts, with "Reuters reported, citing two officials" told as the officials' words that Reuters relays."""
    paragraphs = Paragraphs(surroundings.text, drafts)
    gone: set[int] = set()
    made: list[Draft] = []
    for draft in drafts:
        named = _cited(draft, surroundings)
        if named is None or draft.cue is None:
            continue
        outer = next((each for each in paragraphs.at(draft.cue.idx) if _reports(each, draft)), None)
        if outer is None:
            continue
        gone.add(id(draft))
        if any(surroundings.outlet(holder) is not None for holder in outer.holders):
            gone.add(id(outer))
            made.append(_relayed(outer, draft, named))
    return [*(draft for draft in drafts if id(draft) not in gone), *made]


def _cited(draft: Draft, surroundings: Surroundings) -> Token | None:
    """Whom a participle cites, where it is somebody: "citing two officials", not "citing safety"."""
    if draft.cue is None or draft.cue.lemma_ not in RELAYING or draft.cue.tag_ != "VBG" or draft.frame != "obj":
        return None
    return next(
        (
            each
            for each in syntax.children(draft.cue, syntax.OBJECT)
            if surroundings.names(each) or each.lemma_ in _UNNAMED
        ),
        None,
    )


def _reports(outer: Draft, citing: Draft) -> bool:
    """True where `outer` is what the citing one says: "Reuters reported, citing X", "Reuters, citing X, told"."""
    if outer is citing or outer.cue is None or citing.cue is None or outer.nominal or not outer.contents:
        return False
    if outer.cue.sent.start != citing.cue.sent.start or outer.holds(citing.cue.idx, citing.cue.idx + 1):
        return False
    if citing.cue.head == outer.cue or citing.cue.head in outer.holders:
        return True
    return 0 < citing.cue.i - outer.cue.i <= MAX_BETWEEN


def _relayed(outer: Draft, citing: Draft, named: Token) -> Draft:
    assert citing.cue is not None  # noqa: S101 - `_cited` has seen to it
    return Draft(
        cue=citing.cue, row=outer.row, cue_span=citing.cue_span, holders=(named,),
        source=source_stretch([named], citing.cue), contents=outer.contents, frame=outer.frame,
        quoted=outer.quoted, relay=(*outer.relay, *outer.holders),
    )  # fmt: skip
