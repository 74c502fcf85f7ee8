"""Words to BERT word pieces and shape classes.

The cutting follows the uncased BERT scheme (Devlin et al. 2019): clean, lower-case, strip accents, split at
punctuation, then greedy longest match. Training and the shipped annotator share this module, so a word is always cut
the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

PAD, UNKNOWN, CLS, SEP = 0, 100, 101, 102
MAX_CHARS = 64
"""Longer pieces between punctuation marks become `[UNK]`: they are hashes and addresses, not words."""
MAX_PIECES = 8
"""A word keeps its first seven pieces and its last: one web address must not fill a window."""
CACHE_SIZE = 50_000
SHAPES = ("lower", "title", "upper", "initial", "mixed", "digits", "with_digits", "other")
OPEN_QUOTE, CLOSE_QUOTE = "\u201c", "\u201d"
_OPEN_QUOTES = frozenset({"``", "\u201c", "\u201e", "\u00ab"})
_CLOSE_QUOTES = frozenset({"''", "\u201d", "\u00bb"})
_QUOTES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u201e": "\u201c",
        "\u00ab": "\u201c",
        "\u00bb": "\u201d",
        "\u00a0": " ",
    }
)


def shape_of(word: str) -> int:
    """Index into `SHAPES`: what the uncased vocabulary forgets about a word's letters."""
    if word.isdigit():
        return 5
    if any(c.isdigit() for c in word):
        return 6
    letters = "".join(c for c in word if c.isalpha())
    if not letters:
        return 7
    if letters.islower():
        return 0
    if letters.isupper():
        return 2 if len(letters) > 1 else 3
    return 1 if letters[0].isupper() and letters[1:].islower() else 4


def directed_quotes(words: Sequence[str], spaces: Sequence[bool] | None = None) -> list[str]:
    """Words with each double quotation mark as an opening or a closing one: it tells the encoder where speech begins.

    `spaces` says after which words white space stands; a mark that touches one word only belongs to it. Else marks
    alternate.
    """
    out = list(words)
    is_open = False
    for i, word in enumerate(words):
        if word in _OPEN_QUOTES or word in _CLOSE_QUOTES:
            is_open = word in _OPEN_QUOTES
            out[i] = OPEN_QUOTE if is_open else CLOSE_QUOTE
        elif word == '"':
            left = i == 0 or spaces is None or spaces[i - 1]
            right = i == len(words) - 1 or spaces is None or spaces[i]
            is_open = left if left != right else not is_open
            out[i] = OPEN_QUOTE if is_open else CLOSE_QUOTE
    return out


def _is_punctuation(char: str) -> bool:
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


def _is_cjk(char: str) -> bool:
    code = ord(char)
    return (
        0x3400 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x2FA1F
    )


def _chunks(word: str) -> list[str]:
    """Lower-cased runs between punctuation; punctuation and CJK characters stand alone."""
    plain = word.translate(_QUOTES)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFD", plain.lower()) if unicodedata.category(c) != "Mn")
    chunks: list[str] = []
    run: list[str] = []
    for char in plain.lower():
        alone = (not char.isalnum() and _is_punctuation(char)) or _is_cjk(char)
        blank = char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
        if alone or blank:
            if run:
                chunks.append("".join(run))
                run = []
            if alone:
                chunks.append(char)
        else:
            run.append(char)
    if run:
        chunks.append("".join(run))
    return chunks


class WordPieces:
    """Cuts words by the vocabulary of one model and remembers the answers (at most `CACHE_SIZE` words)."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self._cache: dict[str, tuple[int, ...]] = {}
        self._shapes: dict[str, int] = {}

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Read `vocab.txt`: one piece a line, the line number is the id."""
        return cls(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))

    def __call__(self, word: str) -> tuple[int, ...]:
        """Ids of the pieces of one word: at least one, at most `MAX_PIECES`."""
        known = self._cache.get(word)
        if known is not None:
            return known
        ids = self._cut(word)
        if len(self._cache) >= CACHE_SIZE:
            self._cache.clear()
        self._cache[word] = ids
        return ids

    def shape(self, word: str) -> int:
        """`shape_of`, remembered."""
        known = self._shapes.get(word)
        if known is None:
            if len(self._shapes) >= CACHE_SIZE:
                self._shapes.clear()
            known = self._shapes[word] = shape_of(word)
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        ids: list[int] = []
        # Only the ends of a very long word can count, so its middle is never looked at.
        text = word if len(word) <= 400 else word[:200] + word[-200:]
        for chunk in _chunks(text):
            ids.extend(self._greedy(chunk))
        if not ids:
            return (UNKNOWN,)
        return tuple(ids) if len(ids) <= MAX_PIECES else (*ids[: MAX_PIECES - 1], ids[-1])

    def _greedy(self, chunk: str) -> list[int]:
        if len(chunk) > MAX_CHARS:
            return [UNKNOWN]
        ids: list[int] = []
        start = 0
        while start < len(chunk):
            end = len(chunk)
            while end > start:
                found = self._ids.get(("##" if start else "") + chunk[start:end])
                if found is not None:
                    break
                end -= 1
            else:
                return [UNKNOWN]
            ids.append(self._ids[("##" if start else "") + chunk[start:end]])
            start = end
        return ids
