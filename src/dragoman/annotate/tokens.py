"""Text -> words: spaCy's English tokeniser, kept from the runs of signs that make its affix rules quadratic."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any, cast

import spacy
from spacy.language import Language
from spacy.tokens import Doc

LONG_RUN = 150
"""Longer runs without white space are no words: 15,000 dollar signs took the tokeniser 60 s."""
CACHE_SIZE = 20_000
ABBREVIATIONS = (
    "Capt.", "Col.", "Maj.", "Lt.", "Sgt.", "Brig.", "Cmdr.", "Cpl.", "Hon.", "Amb.", "Supt.", "Insp.", "Msgr.", "Fr.",
    "Gens.", "Sens.", "Reps.", "Govs.", "Drs.",
)  # fmt: skip
"""Titles that spaCy's English does not know: their dot ends no sentence."""
DATELINE = 16
"""A dateline is shorter than this many words."""
CITY = 4
"""Capitals of fewer letters are initials ("EU - the bloc"), not the place of a dateline."""
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_LONG = re.compile(rf"\S{{{LONG_RUN},}}")
_PIECE = re.compile(rf"\w{{1,{LONG_RUN}}}|[^\w\s]")
_ADDRESS = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)
LONGEST_ADDRESS = 2_000


def blank_english() -> Language:
    """A fresh English vocabulary and the tokeniser with its infix rules (hyphens part words, as in the treebanks)."""
    nlp = spacy.blank("en")
    tokenizer = cast(Any, nlp.tokenizer)
    tokenizer.max_cache_size = CACHE_SIZE
    for title in ABBREVIATIONS:
        tokenizer.add_special_case(title, [{"ORTH": title}])
    return nlp


def tokenise(text: str, nlp: Language) -> Doc:
    """A bare doc with `doc.text == text`, but for lone surrogates, which become U+FFFD (offsets stay the same)."""
    text = _without_surrogates(text)
    if not _LONG.search(text):
        return nlp.tokenizer(text)
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for run in _LONG.finditer(text):
        _append(words, spaces, text[at : run.start()], nlp)
        pieces = [run[0]] if _is_address(run[0]) else _PIECE.findall(run[0])
        words.extend(pieces)
        spaces.extend([False] * len(pieces))
        at = run.end()
        if text[at : at + 1] == " ":
            spaces[-1] = True
            at += 1
    _append(words, spaces, text[at:], nlp)
    return Doc(nlp.vocab, words=words, spaces=spaces)


def dateline_end(words: Sequence[str]) -> int:
    """Index of the first word after the dateline that begins `words`, 0 if there is none.

    "KYIV, March 3 (AP) — Rockets hit": place, date and agency, then a dash. The place is in capitals, or an agency in
    brackets stands before the dash.
    """
    dash = next((i for i, word in enumerate(words[:DATELINE]) if word in _DASHES), 0)
    if not dash or dash + 1 >= len(words) or words[dash + 1][:1].islower():
        return 0
    head = [word for word in words[:dash] if word[:1].isalpha()]
    if not head or any(word[:1].islower() for word in head):
        return 0
    place = "".join(itertools.takewhile(lambda word: word not in (",", "("), words[:dash]))
    return dash + 1 if (place.isupper() and len(place) >= CITY) or words[dash - 1] == ")" else 0


def _append(words: list[str], spaces: list[bool], part: str, nlp: Language) -> None:
    for token in nlp.tokenizer(part) if part else ():
        words.append(token.text)
        spaces.append(bool(token.whitespace_))


def _is_address(run: str) -> bool:
    return len(run) <= LONGEST_ADDRESS and bool(_ADDRESS.match(run))


def _without_surrogates(text: str) -> str:
    """Half a surrogate pair is no character; spaCy cannot store it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub(r"[\ud800-\udfff]", "\ufffd", text)
    return text
