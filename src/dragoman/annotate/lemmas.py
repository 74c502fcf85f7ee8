"""Lemmas by word form and Penn tag: known forms first, then the longest known suffix."""

from __future__ import annotations

from pathlib import Path

import msgspec

CACHE_SIZE = 50_000
LONGEST_SUFFIX = 6
_KEEPS_CASE = ("NNP", "NNPS", "FW", "ADD")


class TagRules(msgspec.Struct, frozen=True):
    """For one tag: lemmas of single forms, and suffix -> (letters to take off, letters to put on)."""

    forms: dict[str, str]
    suffixes: dict[str, tuple[int, str]]


def apply_suffix(form: str, suffixes: dict[str, tuple[int, str]]) -> str:
    """The lemma that the longest suffix in the table gives; the form itself if none fits."""
    for size in range(min(LONGEST_SUFFIX, len(form) - 1), -1, -1):
        rule = suffixes.get(form[len(form) - size :])
        if rule is not None:
            cut, ending = rule
            if cut < len(form):
                return form[: len(form) - cut] + ending
    return form


class Lemmatizer:
    """Looks lemmas up in the table that was learned from the treebanks."""

    def __init__(self, rules: dict[str, TagRules]) -> None:
        self._rules = rules
        self._cache: dict[tuple[str, str], str] = {}

    @classmethod
    def load(cls, path: Path) -> Lemmatizer:
        """Read `lemmas.json`."""
        return cls(msgspec.json.decode(path.read_bytes(), type=dict[str, TagRules]))

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
        rules = self._rules.get(tag)
        if len(form) > 60:
            return form
        lower = form.replace("\u2019", "'").lower()
        if rules is None:
            return form if tag in _KEEPS_CASE else lower
        if tag in _KEEPS_CASE:
            return rules.forms.get(form) or apply_suffix(form, rules.suffixes)
        return rules.forms.get(lower) or apply_suffix(lower, rules.suffixes)
