"""Lemmas by word form and Penn tag: known forms first, then the spelling rules of English inflection.

The rules undo an ending in every way that spelling allows ("hoped": hop, hope) and take the result that is a known
lemma; where none is known, the shape of the stem decides.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

CACHE_SIZE = 50_000
LONGEST = 60
KEEPS_CASE = frozenset({"NNP", "NNPS", "FW", "ADD"})
_DOUBLED = re.compile(r"([bdgklmnprtvz])\1$")
_SHORT_VOWEL = re.compile(r"^[^aeiou]*[aeiou][^aeiouwxy]$")
_WANTS_E = re.compile(
    r"(?:[^eo]at|ut|[ioe]z|[aeiou]s|[lnr]s|v|c|u|[dnrl]g|[aeiou]g|[^aeiourlw]l|[^aeo]ad|[^aeo]id|[^o]od|ud|ed|[^eo]ak|[iu]k|[^o]ok"
    r"|[^eo]am|[^a]im|um|[^eo]ap|[^aeo]in|un|ur|ir|[^e]ar|[aeiou]b|[^aeo]il|ul|[^o]ol|yp|yz|ys|[ao]the|ret|let|plet|pet|pos)$"
)
_SIBILANT = re.compile(r"(?:ss|sh|ch|x|[tz]z|[^aeio]us|o)$")


class LemmaTable(msgspec.Struct, frozen=True):
    """`forms`: tag -> form -> lemma, where the rules err; `known`: lemmas of verbs, nouns and adjectives."""

    forms: dict[str, dict[str, str]]
    known: dict[str, frozenset[str]]


def _first_known(candidates: list[str], known: frozenset[str]) -> str | None:
    return next((c for c in candidates if c in known), None)


def _bare_stem(stem: str, known: frozenset[str]) -> str:
    """The lemma whose stem is left when "ed", "ing", "er" or "est" is taken off."""
    if _DOUBLED.search(stem):
        single = stem[:-1]
        order = [stem, single] if stem.endswith("ll") and len(stem) < 6 else [single, stem]
        return _first_known([*order, stem + "e"], known) or order[0]
    if stem.endswith("ick") and stem[:-1] in known:
        return stem[:-1]
    guess = [stem + "e", stem] if _SHORT_VOWEL.search(stem) or _WANTS_E.search(stem) else [stem, stem + "e"]
    return _first_known(guess, known) or guess[0]


def _without_s(form: str, known: frozenset[str]) -> str:
    """The lemma of a form in -s: plural noun or third person."""
    if form.endswith("ies") and len(form) > 3:
        return _first_known([form[:-3] + "y", form[:-1]], known) or (form[:-3] + "y" if len(form) > 4 else form[:-1])
    if form.endswith("es"):
        stem = form[:-2]
        guess = [stem, stem + "e"] if _SIBILANT.search(stem) else [stem + "e", stem]
        return _first_known(guess, known) or guess[0]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")):
        return form[:-1]
    return form


def verb_lemma(form: str, known: frozenset[str]) -> str:
    """The base of a regular verb form (past, participle, third person)."""
    if form.endswith("ied"):
        return _first_known([form[:-3] + "y", form[:-1]], known) or (form[:-3] + "y" if len(form) > 4 else form[:-1])
    if form.endswith("eed"):
        return form[:-1]
    if form.endswith("ed") and len(form) > 3:
        return _bare_stem(form[:-2], known)
    if form.endswith("ying") and len(form) == 5:
        return _first_known([form[:-3], form[:-4] + "ie"], known) or form[:-3]
    if form.endswith("ing") and len(form) > 4:
        return _bare_stem(form[:-3], known)
    return _without_s(form, known)


def adjective_lemma(form: str, known: frozenset[str]) -> str:
    """The positive of a comparative or superlative; the form itself if it is neither."""
    stem = form[:-2] if form.endswith("er") else form[:-3] if form.endswith("est") else form
    if stem == form or len(stem) < 2:
        return form
    if stem.endswith("i"):
        return stem[:-1] + "y"
    return _bare_stem(stem, known)


class Lemmatizer:
    """Looks lemmas up in the table that was learned from the treebanks, and applies the rules elsewhere."""

    def __init__(self, table: LemmaTable) -> None:
        self._table = table
        self._cache: dict[tuple[str, str], str] = {}

    @classmethod
    def load(cls, path: Path) -> Lemmatizer:
        """Read `lemmas.json`."""
        return cls(msgspec.json.decode(path.read_bytes(), type=LemmaTable))

    def __call__(self, form: str, tag: str) -> str:
        """The lemma of `form` under Penn tag `tag`; never empty."""
        key = (form, tag)
        known = self._cache.get(key)
        if known is None:
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            known = self._cache[key] = self._look_up(form, tag) or form
        return known

    def _look_up(self, form: str, tag: str) -> str:
        if len(form) > LONGEST:
            return form
        word = form.replace("\u2019", "'")
        word = word if tag in KEEPS_CASE else word.lower()
        return self._table.forms.get(tag, {}).get(word) or self.by_rule(word, tag)

    def by_rule(self, word: str, tag: str) -> str:
        """The lemma by the spelling rules alone; words with other signs than letters stay as they are."""
        known = self._table.known
        if not word.replace("-", "").isalpha():
            return word
        if tag in ("VBD", "VBN", "VBG", "VBZ"):
            return verb_lemma(word, known.get("verb", frozenset()))
        if tag == "NNS":
            return f"{word[:-3]}man" if word.endswith("men") else _without_s(word, known.get("noun", frozenset()))
        if tag == "NNPS":
            return word if word.isupper() else _without_s(word, known.get("name", frozenset()))
        if tag in ("JJR", "JJS", "RBR", "RBS"):
            return adjective_lemma(word, known.get("adjective", frozenset()))
        return word
