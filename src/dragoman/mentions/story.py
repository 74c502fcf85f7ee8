"""Which tokens belong to the story: not the bylines, credits, datelines and promos around and inside it."""

from __future__ import annotations

import re

from dragoman.annotate import Annotated
from dragoman.lexicon.actor_words import ActorWords
from dragoman.records import Block

STORY = frozenset({"title", "summary", "heading", "body", "caption"})
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,160})[)\]]\s*$")
_SLASHED = re.compile(r"\w ?/ ?\w")
_AGENCY = (
    r"(?:Reuters|REUTERS|AP|AFP|Xinhua|Bloomberg|UPI|TASS|Tass|Interfax|ANI|PTI|IANS|dpa|DPA|EFE|Kyodo|CNN|Anadolu|AA)"
)
_DAY = r"(?:,? ?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d\d?)"
_DASH = r" ?(?:--|[—–-]) "
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.,'’\- /]{{2,60}}(?:,? ?[A-Z][a-z.]+)?{_DAY}?(?: ?\({_AGENCY}[^)]*\))?{_DASH})"
    rf"|(?:[A-Z][\w.,'’ -]{{2,50}} ?\({_AGENCY}\){_DASH})"
)
_PHOTO_TAIL = re.compile(r"(?:Photo(?:graph)?|Picture|Image|Credit|Source)s?(?: by|:| credit:) [^.]{2,80}\.?$")
_WORKSHOP = re.compile(
    r"(?:With files from|Additional reporting|Reporting by|Editing by|Writing by|Compiled by|Photo(?:graph)? by|"
    r"(?:\(|\[)Reporting by|By [A-Z][\w.-]+ [A-Z][\w.-]+(?: and [A-Z][\w.-]+ [A-Z][\w.-]+)?$)"
)


def story_spans(annotated: Annotated, words: ActorWords) -> list[tuple[int, int, str]]:
    """The stretches of text, `(start, end, kind of block)`, in which actors are looked for, in order."""
    article = annotated.article
    blocks = article.blocks or (Block(start=0, end=len(article.text), kind="body"),)
    spans: list[tuple[int, int, str]] = []
    for block in blocks:
        if block.kind in STORY:
            start, end = _trimmed(article.text[block.start : block.end], block.kind, words)
            if start < end:
                spans.append((block.start + start, block.start + end, block.kind))
    return spans


def _trimmed(text: str, kind: str, words: ActorWords) -> tuple[int, int]:
    """The part of a paragraph that tells the story, without dateline and credit."""
    if _WORKSHOP.match(text):
        return 0, 0
    start = dateline.end() if kind in {"body", "summary"} and (dateline := _DATELINE.match(text)) else 0
    credit = _BRACKETED.search(text)
    if credit is not None and credit.start() >= start and is_credit(credit[1], kind, words):
        return start, credit.start()
    if kind == "caption" and (tail := _PHOTO_TAIL.search(text)) is not None:
        return start, tail.start()
    return start, len(text)


def is_credit(inside: str, kind: str, words: ActorWords) -> bool:
    """True where a bracket at the end of a paragraph names who took the picture or sent the copy."""
    lowered = inside.lower()
    if lowered.startswith(("reporting by", "editing by", "additional reporting", "writing by", "submitted by")):
        return True
    named = any(word in lowered for word in words.lists.credit_words)
    return (kind == "caption" and (named or _SLASHED.search(inside) is not None)) or (
        named and len(inside.split()) <= 12 and (_SLASHED.search(inside) is not None or kind != "body")
    )
