"""Parses by the rules of the CoNLL 2018 shared task: words are aligned by their characters, then tags and arcs counted.

Subtypes of relations are ignored. Inside a region that a multi-word token of either side covers, words are aligned by
the longest common subsequence of their lower-cased forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.conllu import read_sentences
from evaluation.metrics.counts import Figures, Tally, pct, share


@dataclass(frozen=True)
class Word:
    """A syntactic word: characters `[start, end)` of the text without white space; head -1 is the root."""

    form: str
    upos: str
    deprel: str
    head: int
    start: int
    end: int
    multi: bool


@dataclass(frozen=True)
class Parsed:
    """A file: its characters without white space, its words, and its sentences as stretches of characters."""

    characters: str
    words: tuple[Word, ...]
    sentences: frozenset[tuple[int, int]]


def parse(gold_text: str, predicted_text: str) -> Figures:
    """Figures for two CoNLL-U files. Raises ValueError where they do not hold the same characters."""
    gold, mine = load(gold_text), load(predicted_text)
    if mine.characters and mine.characters != gold.characters:
        raise ValueError("the predicted file does not hold the characters of the gold file")
    pairs = align(gold.words, mine.words)
    back = {j: i for i, j in pairs.items()}
    upos = uas = las = 0
    for i, j in pairs.items():
        a, b = gold.words[i], mine.words[j]
        attached = a.head < 0 if b.head < 0 else back.get(b.head) == a.head
        upos, uas, las = upos + (a.upos == b.upos), uas + attached, las + (attached and a.deprel == b.deprel)
    out: Figures = {"n": len(gold.sentences), "gold_words": len(gold.words), "words": len(mine.words)}
    for name, hits in (("words", len(pairs)), ("upos", upos), ("uas", uas), ("las", las)):
        out[f"{name}_f1"] = pct(Tally(hits, len(mine.words), len(gold.words)).f1)
    for name, hits in (("upos", upos), ("uas", uas), ("las", las)):
        out[f"{name}_aligned"] = share(hits, len(pairs))
    sentences = Tally()
    sentences.add(mine.sentences, gold.sentences)
    return out | sentences.figures("sentence")


def load(text: str) -> Parsed:
    """A CoNLL-U file as words over its characters."""
    characters: list[str] = []
    words: list[Word] = []
    sentences: set[tuple[int, int]] = set()
    size = 0
    for sentence in read_sentences(text):
        begin, first = size, len(words)
        extents = {}
        for token in sentence.tokens:
            form = "".join(token.form.split())
            characters.append(form)
            for number in range(token.first, token.last + 1):
                extents[number] = (size, size + len(form), token.multi)
            size += len(form)
        for number, cells in enumerate(sentence.words, 1):
            head = first + int(cells[6]) - 1 if cells[6].isdecimal() and cells[6] != "0" else -1
            words.append(Word(cells[1].lower(), cells[3], cells[7].split(":")[0], head, *extents[number]))
        sentences.add((begin, size))
    return Parsed("".join(characters), tuple(words), frozenset(sentences))


def align(gold: Sequence[Word], mine: Sequence[Word]) -> dict[int, int]:
    """Index of a gold word -> index of the predicted word that is the same."""
    out: dict[int, int] = {}
    i = j = 0
    while i < len(gold) and j < len(mine):
        a, b = gold[i], mine[j]
        if (a.multi or b.multi) and a.start < b.end and b.start < a.end:
            x, y = _region(gold, mine, i, j)
            out |= {i + k: j + m for k, m in _common(gold[i:x], mine[j:y])}
            i, j = x, y
        elif a.multi or b.multi:
            i, j = (i + 1, j) if a.end <= b.start else (i, j + 1)
        elif (a.start, a.end) == (b.start, b.end):
            out[i] = j
            i, j = i + 1, j + 1
        elif a.start <= b.start and a.end <= b.end:
            i += 1
        else:
            j += 1
    return out


def _region(gold: Sequence[Word], mine: Sequence[Word], i: int, j: int) -> tuple[int, int]:
    """The first words after the region of multi-word tokens that begins at words `i` and `j`."""
    end = max(word.end for word in (gold[i], mine[j]) if word.multi)
    while (i < len(gold) and gold[i].start < end) or (j < len(mine) and mine[j].start < end):
        if i < len(gold) and gold[i].start < end:
            end = max(end, gold[i].end) if gold[i].multi else end
            i += 1
        else:
            end = max(end, mine[j].end) if mine[j].multi else end
            j += 1
    return i, j


def _common(left: Sequence[Word], right: Sequence[Word]) -> list[tuple[int, int]]:
    """The longest common subsequence of forms, as pairs of indices."""
    longest = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            same = left[i].form == right[j].form
            longest[i][j] = longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
    i = j = 0
    out = []
    while i < len(left) and j < len(right):
        if left[i].form == right[j].form:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return out
