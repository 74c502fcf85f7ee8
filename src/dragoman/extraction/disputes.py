"""Disputes: one proposition, asserted by some and rejected by others, inside one article.

A rejection ("denied that P", "dismissed the claim that P") meets an assertion of another speaker where both have the
same words, the same content words, or where one points to the other ("says that is exactly what happened").
"""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.annotate import Annotated
from dragoman.records import Dispute, LinkedActors, Span, Statement

REJECTING = frozenset({"reject", "deny"})
ASSERTING = frozenset({"assert", "accuse", "threaten", "promise"})
CLAIMING = frozenset({"assert", "accuse"})
STEM = 6
"""Letters that two words must share: "weaponizing" and "weapon" are about the same thing."""
SHARED_PART, SHARED_WORDS = 0.5, 3
"""Of the shorter proposition's content words, this part and at least so many must stand in the other one."""
NEAR_CHARS, NEXT_CHARS = 900, 300
"""How far back "denied the claim" may point: about three paragraphs; the statement just before needs no other sign."""
MIN_DENIED = 2
"""Content words that a denial must have to be matched by its words."""
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LIGHT = frozenset(
    {"be", "have", "do", "say", "make", "get", "go", "take", "use", "would", "will", "country", "people"}
)
_POINTING = frozenset({"that", "this", "it", "so"})
_AFFIRMING = frozenset({"exactly", "true", "right", "correct", "precisely", "so", "case", "what", "just", "indeed"})
_CLAIM_NOUNS = frozenset(
    {"accusation", "allegation", "claim", "charge", "report", "assertion", "suggestion", "statement", "criticism",
     "argument", "contention", "rumor", "rumour", "it", "this", "that", "involvement", "wrongdoing", "responsibility"}
)  # fmt: skip


@dataclasses.dataclass(frozen=True)
class _Claim:
    """A statement with the words that its proposition is made of."""

    statement: Statement
    tokens: tuple[Token, ...]
    words: frozenset[str]
    negated: bool

    @property
    def rejects(self) -> bool:
        return self.statement.act in REJECTING

    @property
    def start(self) -> int:
        return self.statement.content[0].start


def find_disputes(annotated: Annotated, statements: tuple[Statement, ...], actors: LinkedActors) -> tuple[Dispute, ...]:
    """The disputes among an article's statements, in the order of their propositions."""
    starts = [token.idx for token in annotated.doc]
    claims = [_claim(annotated.doc, starts, statement, actors) for statement in statements]
    groups: list[tuple[_Claim, list[_Claim], list[_Claim]]] = []
    for rejection in claims:
        if not (rejection.rejects or rejection.negated):
            continue
        against = [claim for claim in claims if _oppose(rejection, claim)]
        if rejection.rejects and not against:
            against = _pointed_at(rejection, claims, actors)
        known = next((group for group in groups if _alike(group[0].words, rejection.words)), None)
        if known is not None:
            known[1].extend(claim for claim in against if claim not in known[1])
            known[2].append(rejection)
        elif against:
            proposition = rejection if len(rejection.words) >= SHARED_WORDS else against[0]
            groups.append((proposition, against, [rejection]))
    return tuple(_dispute(*group) for group in groups)


def _dispute(proposition: _Claim, asserting: list[_Claim], rejecting: list[_Claim]) -> Dispute:
    spans: tuple[Span | str, ...] = tuple(claim.statement.content[0] for claim in asserting)
    refused: tuple[Span | str, ...] = tuple(claim.statement.cue or claim.statement.content[0] for claim in rejecting)
    return Dispute(
        proposition=proposition.statement.content[0],
        asserted_by=tuple(dict.fromkeys(claim.statement.statement_id for claim in asserting)),
        rejected_by=tuple(dict.fromkeys(claim.statement.statement_id for claim in rejecting)),
        evidence={"asserted_by": spans, "rejected_by": refused},
    )


def _claim(doc: Doc, starts: Sequence[int], statement: Statement, actors: LinkedActors) -> _Claim:
    tokens = tuple(
        token
        for span in statement.content
        for token in doc[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]
        if not token.is_space and not token.is_punct
    )
    words = {
        token.lemma_.lower()[:STEM] for token in tokens if token.pos_ in _CONTENT and token.lemma_.lower() not in _LIGHT
    }
    words |= {actor for token in tokens if token.pos_ == "PRON" for actor in actors.at(token.i)}
    head = next((token for token in tokens if token.head not in tokens), None)
    negated = head is not None and any(child.lower_ in {"not", "n't", "never"} for child in head.children)
    return _Claim(statement=statement, tokens=tokens, words=frozenset(words), negated=negated)


def _oppose(rejection: _Claim, claim: _Claim) -> bool:
    """True where `claim` asserts what `rejection` rejects, and somebody else does so."""
    if claim is rejection or not _different_speakers(rejection.statement, claim.statement):
        return False
    if claim.rejects or claim.statement.act not in ASSERTING:
        return False
    if not rejection.rejects:
        # Two plain assertions, one of them with "not": only where nearly all words are the same.
        return not claim.negated and _alike(rejection.words, claim.words, part=0.75)
    if claim.negated and not rejection.negated:
        return False
    if _holds_all(rejection, claim):
        return True
    return _alike(rejection.words, claim.words) or _points_back(rejection, claim)


def _holds_all(rejection: _Claim, claim: _Claim) -> bool:
    """True where a short denial's words all stand in a claim close by: "accused it of shelling", "denied shelling"."""
    short = MIN_DENIED <= len(rejection.words) < SHARED_WORDS
    return short and rejection.words <= claim.words and abs(rejection.start - claim.start) <= NEAR_CHARS


def _different_speakers(one: Statement, other: Statement) -> bool:
    if one.speaker is None and other.speaker is None:
        return one.source is not None and other.source is not None and one.source.text != other.source.text
    return one.speaker != other.speaker


def _alike(one: frozenset[str], other: frozenset[str], part: float = SHARED_PART) -> bool:
    shared = len(one & other)
    return shared >= SHARED_WORDS and shared >= part * min(len(one), len(other))


def _points_back(rejection: _Claim, claim: _Claim) -> bool:
    """True for B in "while A dismissed claims that P, B says that is exactly what happened"."""
    words = [token.lower_ for token in claim.tokens]
    if not words or words[0] not in _POINTING or len(words) > 12 or not _AFFIRMING & set(words[1:]):
        return False
    last = rejection.tokens[-1] if rejection.tokens else None
    return last is not None and claim.tokens[0].i - last.i >= 0 and claim.tokens[0].sent.start <= last.sent.end


def _pointed_at(rejection: _Claim, claims: Sequence[_Claim], actors: LinkedActors) -> list[_Claim]:
    """The last accusation before "denied the accusations": of the one who denies, or at least by somebody else."""
    head = next((token for token in rejection.tokens if token.head not in rejection.tokens), None)
    if head is None or head.lemma_.lower() not in _CLAIM_NOUNS or len(rejection.words) > SHARED_WORDS:
        return []
    before = [claim for claim in claims if 0 < rejection.start - claim.start <= NEAR_CHARS and not claim.rejects]
    others = [claim for claim in before if _different_speakers(rejection.statement, claim.statement)]
    latest_first = sorted((claim for claim in others if claim.statement.act in CLAIMING), key=lambda each: -each.start)
    for claim in latest_first:
        about = {actor for token in claim.tokens for actor in actors.at(token.i)}
        near = rejection.start - claim.start <= NEXT_CHARS
        if near or claim.statement.act == "accuse" or rejection.statement.speaker in about:
            return [claim]
    return []
