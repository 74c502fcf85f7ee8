"""Statements: who said what, to whom, through whom.

Order of the steps: cues with their complements (`frames`), headlines with a colon (`headlines`), quotes handed to cues
(`quoting`), then each draft becomes a record with its act (`acts`) and what stands around it (`circumstances`).
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Doc

from dragoman.annotate import Annotated
from dragoman.extraction.acts import act_of
from dragoman.extraction.circumstances import Circumstances, Surroundings, speaker_of, stretch_span
from dragoman.extraction.drafts import Breadth, Draft, Paragraphs, trim
from dragoman.extraction.frames import find_drafts
from dragoman.extraction.headlines import headline_drafts
from dragoman.extraction.nested import nested_drafts, with_cited
from dragoman.extraction.quoting import Quoter, outermost
from dragoman.lexicon.cues import Cues
from dragoman.records import (
    Article,
    Event,
    Evidence,
    LinkedActors,
    Place,
    QuoteMention,
    Skipped,
    Span,
    Statement,
    StatementKind,
    Time,
    span_of,
)

SILENT_BLOCKS = frozenset({"promo", "credit", "duplicate", "byline", "dateline"})
_LOOSE = frozenset({"obj", "p"})
"""Frames without a clause: in a headline they tell a subject ("Minister defends plan"), not words."""


def extract_statements(
    annotated: Annotated,
    quotes: tuple[QuoteMention, ...],
    actors: LinkedActors,
    times: tuple[Time, ...],
    places: tuple[Place, ...],
    cues: Cues,
    breadth: Breadth = "speech",
) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
    """All statements of an article in the order of their contents, and the quotes that are none, with the reason.

    `breadth="attitudes"` also takes intentions, support, knowledge and rulings, as PolNeAR counts attributions.
    """
    article, doc = annotated.article, annotated.doc
    spoken = outermost([quote for quote in quotes if _readable(article, quote.start)])
    drafts = find_drafts(doc, cues, _readable_tokens(article, doc, spoken), breadth)
    drafts += headline_drafts(doc, article.blocks, spoken, actors)
    quoter = Quoter(doc, cues, drafts, spoken)
    quoter.attribute()
    whole = _without_repeats(doc.text, article, _complete(quoter.drafts))
    if breadth == "speech":
        whole = _complete([*whole, *nested_drafts(doc, cues, quotes, spoken)])
        whole = [draft for draft in whole if _worth_a_record(article, draft, cues)]
    surroundings = Surroundings(doc, actors, times, places, cues)
    if breadth == "speech":
        whole = _complete(with_cited(whole, surroundings))
        _cut_at_asides(doc.text, whole)
    statements = _records(article, whole, actors, surroundings, cues)
    if breadth == "speech":
        statements = _plain(statements, whole)
    skipped = tuple(
        Skipped(start=quote.start, end=quote.end, text=quote.text, reason=reason) for quote, reason in quoter.skipped
    )
    return statements, skipped


def with_events(statements: Sequence[Statement], events: Sequence[Event]) -> tuple[Statement, ...]:
    """The statements with the ids of the events whose trigger lies in their content."""
    return tuple(
        msgspec.structs.replace(
            statement,
            events=tuple(
                event.event_id for event in events if any(part.contains(event.trigger) for part in statement.content)
            ),
        )
        for statement in statements
    )


def _plain(statements: Sequence[Statement], drafts: Sequence[Draft]) -> tuple[Statement, ...]:
    """Without what tells nothing new: a noun with the content and speaker of its verb, a thought inside own words."""
    of = {statement.statement_id: statement for statement in statements}
    said = {
        (statement.speaker, statement.content)
        for statement, draft in zip(statements, drafts, strict=True)
        if not draft.nominal
    }
    kept = []
    for statement, draft in zip(statements, drafts, strict=True):
        if draft.nominal and statement.speaker is not None and (statement.speaker, statement.content) in said:
            continue
        parent = of.get(statement.within) if statement.within else None
        if (
            parent is not None
            and draft.row is not None
            and draft.row.kind != "speech"
            and parent.speaker == statement.speaker
        ):
            continue
        kept.append(statement)
    return tuple(kept)


def _worth_a_record(article: Article, draft: Draft, cues: Cues) -> bool:
    """False for loose frames in headlines, and for conditions of the talk ("asked not to be named")."""
    if not draft.quoted and draft.frame in _LOOSE and _in_headline(article, draft):
        return False
    said = _words(article.text, draft)
    return not any(said.startswith(phrase) for phrase in cues.anonymity)


def _in_headline(article: Article, draft: Draft) -> bool:
    block = article.block_at(draft.start)
    return block is not None and block.kind in {"title", "heading"}


# --- what may speak


def _readable(article: Article, offset: int) -> bool:
    if not article.blocks:
        return True
    block = article.block_at(offset)
    return block is None or block.kind not in SILENT_BLOCKS


def _readable_tokens(article: Article, doc: Doc, quotes: Sequence[QuoteMention]) -> list[bool]:
    """For each token: may it be a cue? Not in credits and repeats, nor inside a quote."""
    readable = [True] * len(doc)
    starts = [token.idx for token in doc]
    silent = [(block.start, block.end) for block in article.blocks if block.kind in SILENT_BLOCKS]
    for start, end in [*silent, *((quote.start, quote.end) for quote in quotes)]:
        for index in range(bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)):
            readable[index] = False
    return readable


# --- which drafts are statements


def _complete(drafts: list[Draft]) -> list[Draft]:
    """Drafts with content, in the order of the text; of two with the same cue and content one is kept."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for draft in sorted((draft for draft in drafts if draft.contents), key=_order):
        key = (draft.cue_span, tuple(draft.contents))
        if key not in seen:
            seen.add(key)
            kept.append(draft)
    return kept


def _order(draft: Draft) -> tuple[int, int]:
    return draft.start, draft.cue_span[0] if draft.cue_span else -1


def _without_repeats(text: str, article: Article, drafts: list[Draft]) -> list[Draft]:
    """A summary that repeats a sentence of the body adds no second statement."""
    summaries = [(block.start, block.end) for block in article.blocks if block.kind == "summary"]
    if not summaries:
        return drafts
    inside = [any(start <= draft.start < end for start, end in summaries) for draft in drafts]
    body = {_words(text, draft) for draft, summary in zip(drafts, inside, strict=True) if not summary}
    return [
        draft for draft, summary in zip(drafts, inside, strict=True) if not summary or _words(text, draft) not in body
    ]


def _cut_at_asides(text: str, drafts: list[Draft]) -> None:
    """What is told inside another's words ends before that other: "X thinks that P, Y reported"."""
    paragraphs = Paragraphs(text, drafts)
    for outer in drafts:
        if outer.frame != "inserted" or outer.cue is None:
            continue
        start = min(outer.cue.idx, outer.source[0] if outer.source else outer.cue.idx)
        for inner in paragraphs.at(outer.cue.idx):
            if inner is outer or inner.cue is None or not outer.holds(inner.cue.idx, inner.cue.idx + 1):
                continue
            inner.contents = [
                trim(text, left, start) if left < start < right else (left, right) for left, right in inner.contents
            ]


def _words(text: str, draft: Draft) -> str:
    return " ".join(text[start:end] for start, end in draft.contents).lower()


# --- records


def _records(
    article: Article, drafts: list[Draft], actors: LinkedActors, surroundings: Surroundings, cues: Cues
) -> tuple[Statement, ...]:
    ids = _ids(article, drafts)
    parents = _parents(article.text, drafts)
    made = [_record(article.text, draft, actors, surroundings, cues, ids[at]) for at, draft in enumerate(drafts)]
    outlets = [_reporting_outlet(draft, surroundings) for draft in drafts]
    found = []
    for at, statement in enumerate(made):
        above = list(_above(at, parents))
        reporting = [
            (outlet, made[each].source)
            for each in above
            if (outlet := outlets[each]) is not None and outlet not in {statement.speaker, *statement.relayed_by}
        ]
        named = tuple(span for _, span in reporting if span is not None)
        relays = tuple(dict.fromkeys((*statement.relayed_by, *(outlet for outlet, _ in reporting))))
        evidence = dict(statement.evidence)
        if named:
            evidence["relayed_by"] = (*evidence.get("relayed_by", ()), *named)
        within = ids[above[0]] if above else None
        found.append(msgspec.structs.replace(statement, within=within, relayed_by=relays, evidence=evidence))
    return tuple(found)


def _above(at: int, parents: list[int | None]) -> Iterator[int]:
    """The statements that report this one, nearest first."""
    above = parents[at]
    while above is not None:
        yield above
        above = parents[above]


def _ids(article: Article, drafts: list[Draft]) -> list[str]:
    count: dict[int, int] = {}
    ids = []
    for draft in drafts:
        number = count[draft.start] = count.get(draft.start, -1) + 1
        ids.append(f"{article.article_id}#s{draft.start}" + (f".{number}" if number else ""))
    return ids


def _parents(text: str, drafts: list[Draft]) -> list[int | None]:
    """For each draft, the smallest other one in whose content its cue stands. There are no circles."""
    paragraphs = Paragraphs(text, drafts)
    numbers = {id(draft): at for at, draft in enumerate(drafts)}
    found: list[int | None] = []
    for draft in drafts:
        holding = _holding(draft, paragraphs.at(draft.cue.idx)) if draft.cue is not None else []
        found.append(numbers[id(min(holding, key=_size))] if holding else None)
    return [None if _in_circle(at, found) else parent for at, parent in enumerate(found)]


def _holding(draft: Draft, others: list[Draft]) -> list[Draft]:
    assert draft.cue is not None  # noqa: S101 - asked for drafts with a cue only
    start = draft.cue.idx
    return [
        other
        for other in others
        if other is not draft
        and other.cue != draft.cue
        and other.holds(start, start + 1)
        and not (other.cue is not None and draft.holds(other.cue.idx, other.cue.idx + 1))
    ]


def _size(draft: Draft) -> int:
    return sum(end - start for start, end in draft.contents)


def _in_circle(at: int, parents: list[int | None]) -> bool:
    above, steps = parents[at], 0
    while above is not None and above != at and steps < len(parents):
        above, steps = parents[above], steps + 1
    return above is not None


def _reporting_outlet(draft: Draft, surroundings: Surroundings) -> str | None:
    return next((outlet for holder in draft.holders if (outlet := surroundings.outlet(holder)) is not None), None)


def _record(
    text: str, draft: Draft, actors: LinkedActors, surroundings: Surroundings, cues: Cues, statement_id: str
) -> Statement:
    around = surroundings.of(draft)
    return Statement(
        statement_id=statement_id,
        speaker=speaker_of(draft.holders, actors),
        source=stretch_span(text, draft.source),
        cue=stretch_span(text, draft.cue_span),
        content=tuple(span_of(text, start, end) for start, end in draft.contents),
        kind=_kind(draft),
        act=act_of(draft, text, cues),
        addressee=around.addressee,
        relayed_by=around.relays,
        occasion=around.occasion.text if around.occasion else None,
        place=around.place,
        earliest=around.earliest,
        latest=around.latest,
        evidence=_evidence(text, draft, around, actors),
    )


def _evidence(text: str, draft: Draft, around: Circumstances, actors: LinkedActors) -> Evidence:
    named = tuple(span_of(text, token.idx, token.idx + len(token)) for token in draft.holders)
    evidence: dict[str, tuple[Span | str, ...]] = {
        "speaker": named if speaker_of(draft.holders, actors) is not None else (),
        "act": _some(stretch_span(text, draft.cue_span)),
        "addressee": _some(around.addressee_span),
        "occasion": _some(around.occasion),
        "place": _some(around.place_span),
        "earliest": _some(around.time_span),
        "latest": _some(around.time_span),
        "relayed_by": around.relay_spans,
    }
    return {field: spans for field, spans in evidence.items() if spans}


def _some(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span is not None else ()


def _kind(draft: Draft) -> StatementKind:
    if not draft.quoted:
        return "indirect"
    whole = all(any(left <= start and end <= right for left, right in draft.quoted) for start, end in draft.contents)
    return "direct" if whole else "mixed"
