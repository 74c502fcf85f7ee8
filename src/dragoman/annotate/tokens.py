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
_LONG_DASHES = frozenset({"--", "\u2013", "\u2014"})
_DASHES = _LONG_DASHES | {"-", "_"}
_DASH_LISTS = [[dash] for dash in sorted(_DASHES)]
_SLASHED = re.compile(r"/[A-Z][\w-]{1,20}/\.?")
_PARTICLES = frozenset({"de", "of", "and", "al", "el", "la", "le", "del", "da", "do", "du", "dpa"})
_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
_BARE_PLACE = 3
"""A place in small letters before a long dash has at most so many words ("Addis Ababa \u2014 Ethiopia will")."""
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


def dateline_end(words: Sequence[str], spaces: Sequence[bool] | None = None) -> int:
    """Index of the first word after the dateline that begins `words`, 0 if there is none.

    "KYIV, March 3 (AP) — Rockets hit", "MOSCOW, May 21. /TASS/. Troops", "NEW DELHI, PTI: The": a place, a date and an
    agency, at least two of them or a place in capitals, and a sign that closes them. `spaces` tells after which words
    white space stands: the hyphen of PORT-AU-PRINCE closes nothing.
    """
    after = _closed(words, spaces)
    if not after or after >= len(words) or words[after][:1].islower():
        return 0
    if words[0] == "(" and (more := _closed(words[after:], spaces[after:] if spaces else None)):
        return after + more  # "(ANSA) - ROME, SEP 7 - The": the agency first
    return after


def _closed(words: Sequence[str], spaces: Sequence[bool] | None) -> int:
    """Index behind the sign that closes a dateline, 0 where what stands before it is none."""
    for i, word in enumerate(words[:DATELINE]):
        if not _may_stand(word):
            return 0
        if _SLASHED.fullmatch(word) and i:
            return i + 1 + (words[i + 1 : i + 2] == ["."] or words[i + 1 : i + 2] in _DASH_LISTS)
        spaced = spaces is None or spaces[i] or (i > 0 and spaces[i - 1])
        if word in _DASHES and (spaced or word in _LONG_DASHES):
            return i + 1 if i and _is_dateline(words[:i], alone=spaced and word in _LONG_DASHES) else 0
        if word in (":", "):") and i:
            return i + 1 if word == "):" or words[i - 1] == ")" or _with_agency(words[:i]) else 0
        if word == ")" and _place(words).isupper() and words[max(0, i - 2)] == "(" and i + 1 < len(words):
            follower = words[i + 1]
            if follower[:1].isupper() and len(_place(words)) >= CITY:
                return i + 1
    return 0


def _may_stand(word: str) -> bool:
    """A dateline holds capitalised words, numbers, signs, and the small words of place names."""
    return not word[:1].islower() or word in _PARTICLES


def _is_dateline(head: Sequence[str], *, alone: bool) -> bool:
    """True where the words before a dash are place, date, agency; `alone`: a place in small letters may stand alone."""
    names = [word for word in head if word[:1].isalpha()]
    if not names:
        return False
    place = _place(head)
    if (place.isupper() and len(place) >= CITY) or head[-1] == ")":
        return True
    dated = any(word[:3].lower() in _MONTHS for word in names) and any(word.isdecimal() for word in head)
    return dated or (alone and len(names) == len(head) <= _BARE_PLACE)


def _with_agency(head: Sequence[str]) -> bool:
    """ "NEW DELHI, PTI:": initials after the comma that follows a place in capitals."""
    place = _place(head)
    return len(head) >= 3 and head[-2] == "," and head[-1].isupper() and place.isupper() and len(place) >= CITY


def _place(words: Sequence[str]) -> str:
    return "".join(itertools.takewhile(lambda word: word not in (",", "(", "."), words))


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
