"""Sentences -> packed windows -> padded batches of tensors, with the noise that news needs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import torch
from torch import Tensor

from dragoman.annotate.wordpieces import CLOSE_QUOTE, CLS, OPEN_QUOTE, SEP, WordPieces, directed_quotes, shape_of
from training.corpus import Sentence
from training.entities import ANY, LABELS

SIZES = (48, 96, 128, 160)
BATCH_PIECES = 2048
CASE_NOISE = 0.09
LOST_STOP = 0.08
"""Share of sentences that lose their final stop: headlines have none."""
LONG_DASH = 0.35
MAX_PIECES = 240
TWEETS = ("btc", "wnut17")
TWEET_SHARE = 0.5
"""Share of the tweets in each pass: their names help, their style does not."""
DOUBLE_QUOTES = frozenset({'"', "``", "''", "\u201c", "\u201d"})
IGNORE = -100


class Labels(msgspec.Struct, frozen=True):
    """Label names in the order of the network's outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deps: tuple[str, ...]
    ner: tuple[str, ...] = LABELS

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Labels:
        """All labels of the treebanks that occur more than twice."""

        def common(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
            counts: dict[str, int] = {}
            for row in rows:
                for name in row:
                    counts[name] = counts.get(name, 0) + 1
            return tuple(sorted(name for name, n in counts.items() if n > 9))

        parsed = [s for s in sentences if s.parsed]
        return cls(common([s.upos for s in parsed]), common([s.xpos for s in parsed]), common([s.deps for s in parsed]))


class Coded(msgspec.Struct, frozen=True):
    """A sentence as numbers: pieces by word and label ids (empty where the set has none)."""

    doc: str
    words: tuple[str, ...]
    pieces: tuple[tuple[int, ...], ...]
    upos: tuple[int, ...]
    xpos: tuple[int, ...]
    heads: tuple[int, ...]
    deps: tuple[int, ...]
    allowed: tuple[int, ...]
    stopped: bool
    """True if the last word is a full stop that nothing depends on: it can be taken away."""
    dashes: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))


def _quoted(sentence: Sentence) -> list[str]:
    """Words with the direction of the quotation marks: by their gold tag, else as the annotator finds it."""
    marks = {"``": OPEN_QUOTE, "''": CLOSE_QUOTE}
    if not sentence.xpos:
        return directed_quotes(sentence.words)
    pairs = zip(sentence.words, sentence.xpos, strict=True)
    return [marks.get(tag, word) if word in DOUBLE_QUOTES else word for word, tag in pairs]


def code(sentence: Sentence, labels: Labels, wordpieces: WordPieces) -> Coded:
    """Look every label up; a label outside the list is ignored by the loss."""
    upos, xpos, deps = ({name: i for i, name in enumerate(names)} for names in (labels.upos, labels.xpos, labels.deps))
    n = len(sentence.words)
    return Coded(
        doc=sentence.doc,
        words=sentence.words,
        pieces=tuple(wordpieces(word) for word in _quoted(sentence)),
        upos=tuple(upos.get(x, IGNORE) for x in sentence.upos),
        xpos=tuple(xpos.get(x, IGNORE) for x in sentence.xpos),
        heads=sentence.heads,
        deps=tuple(deps.get(x, IGNORE) for x in sentence.deps),
        allowed=sentence.allowed or (ANY,) * n,
        stopped=n > 3 and sentence.words[-1] == "." and n not in sentence.heads,
        dashes=tuple(
            i for i, w in enumerate(sentence.words) if w in ("--", "-") and sentence.xpos[i : i + 1] in ((":",), (",",))
        ),
    )


class Window(msgspec.Struct):
    """Consecutive sentences that are read together."""

    sentences: list[Coded]
    cut: list[bool]
    """Which sentences lost their final stop."""
    noise: int = 0
    """0 none, 1 lower case, 2 upper case, 3 title case."""
    length: int = 0


def pack(coded: Sequence[Coded], rng: random.Random) -> list[Window]:
    """Pack neighbouring sentences of a document into windows of random size."""
    windows: list[Window] = []
    limit, doc = rng.choice(SIZES), ""
    for sentence in coded:
        size = sentence.size
        if size + 2 > MAX_PIECES:
            continue
        if not windows or sentence.doc != doc or windows[-1].length + size > limit:
            noise = rng.choice((1, 2, 3, 3)) if rng.random() < CASE_NOISE else 0
            windows.append(Window([], [], noise, 2))
            limit = rng.choice(SIZES)
        doc = sentence.doc
        windows[-1].sentences.append(sentence)
        windows[-1].cut.append(sentence.stopped and rng.random() < LOST_STOP)
        windows[-1].length += size
    return windows


def batches(windows: list[Window], rng: random.Random) -> list[list[Window]]:
    """Batches of like length, about `BATCH_PIECES` pieces each, in random order."""
    ranked = sorted(windows, key=lambda w: w.length + rng.random() * 8)
    out: list[list[Window]] = []
    batch: list[Window] = []
    for window in ranked:
        if batch and (len(batch) + 1) * max(window.length, batch[-1].length) > BATCH_PIECES:
            out.append(batch)
            batch = []
        batch.append(window)
    if batch:
        out.append(batch)
    rng.shuffle(out)
    return out


class Batch(msgspec.Struct):
    """Tensors of one batch: pieces [B, T], words [B, N]; `sentence` numbers the sentences from 0, -1 is padding."""

    pieces: Tensor
    piece_shapes: Tensor
    first: Tensor
    last: Tensor
    word_shapes: Tensor
    sentence: Tensor
    upos: Tensor
    xpos: Tensor
    heads: Tensor
    deps: Tensor
    start: Tensor
    allowed: Tensor


_NOISES = (lambda w: w, str.lower, str.upper, lambda w: w[:1].upper() + w[1:])


def noisy_shape(word: str, noise: int, *, lowered: bool = False) -> int:
    """Shape class of a word under case noise; small function words stay low in title case."""
    if noise == 3 and lowered:
        return shape_of(word)
    return shape_of(_NOISES[noise](word))


_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "with",
    ]
)


def _open_end(window: Window, number: int) -> bool:
    """True if a sentence ends without a sign that another one begins: its successor teaches no start."""
    sentence = window.sentences[number]
    return window.cut[number] or (
        sentence.doc.startswith("own_news") and sentence.words[-1] not in (".", "?", "!", '"')
    )


def _rows(window: Window, dash: tuple[int, ...] | None, rng: random.Random) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {name: [] for name in Batch.__struct_fields__}
    rows["pieces"].append(CLS)
    rows["piece_shapes"].append(7)
    for number, (s, cut) in enumerate(zip(window.sentences, window.cut, strict=True)):
        base, n = len(rows["first"]), len(s.words) - cut
        swapped = {i: dash for i in s.dashes if dash and rng.random() < LONG_DASH}
        for i in range(n):
            pieces = swapped.get(i, s.pieces[i])
            shape = noisy_shape(s.words[i], window.noise, lowered=s.words[i] in _SMALL)
            rows["first"].append(len(rows["pieces"]))
            rows["pieces"].extend(pieces)
            rows["piece_shapes"].extend([shape] * len(pieces))
            rows["last"].append(len(rows["pieces"]) - 1)
            rows["word_shapes"].append(shape)
        rows["sentence"].extend([number] * n)
        rows["start"].extend([IGNORE if number and _open_end(window, number - 1) else 1, *[0] * (n - 1)])
        if s.heads:
            rows["upos"].extend(s.upos[:n])
            rows["xpos"].extend(s.xpos[:n])
            rows["deps"].extend(s.deps[:n])
            rows["heads"].extend(h + base if h else 0 for h in s.heads[:n])
        else:
            for name in ("upos", "xpos", "deps", "heads"):
                rows[name].extend([IGNORE] * n)
        rows["allowed"].extend(s.allowed[:n])
    rows["pieces"].append(SEP)
    rows["piece_shapes"].append(7)
    return rows


_BITS = np.arange(len(LABELS))
_FILL = {"upos": IGNORE, "xpos": IGNORE, "heads": IGNORE, "deps": IGNORE, "start": IGNORE, "sentence": -1}


def tensors(windows: Sequence[Window], wordpieces: WordPieces, rng: random.Random) -> Batch:
    """Pad the windows of one batch; `heads` are columns of the arc scores (0 is the root)."""
    dashes = (wordpieces("\u2014"), wordpieces("\u2013"))
    rows = [_rows(window, rng.choice(dashes), rng) for window in windows]

    def padded(name: str) -> Tensor:
        width = max(len(row[name]) for row in rows)
        out = np.full((len(rows), width), _FILL.get(name, 0), dtype=np.int64)
        for i, row in enumerate(rows):
            out[i, : len(row[name])] = row[name]
        return torch.from_numpy(out)

    fields = {name: padded(name) for name in rows[0] if name != "allowed"}
    masks = padded("allowed").numpy()
    allowed = torch.from_numpy((masks[..., None] >> _BITS & 1).astype(np.float32))
    return Batch(**fields, allowed=allowed)


def one_pass(coded: Sequence[Coded], wordpieces: WordPieces, seed: int) -> tuple[int, Iterator[Batch]]:
    """Number of batches of one pass over the data, and the batches."""
    rng = random.Random(seed)
    drawn = [s for s in coded if not s.doc.startswith(TWEETS) or rng.random() < TWEET_SHARE]
    plan = batches(pack(drawn, rng), rng)
    return len(plan), (tensors(batch, wordpieces, rng) for batch in plan)
