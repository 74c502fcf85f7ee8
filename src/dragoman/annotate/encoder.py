"""The shipped encoder: words in, scores out. The only file that knows onnxruntime.

Two graphs: `encoder.onnx` reads windows of word pieces and gives every word its tag, arc and entity scores;
`relations.onnx` names the relation of each word to the head that was chosen in between. Words that stand far apart
never share a window, so memory is bounded by the window and batch sizes and not by the length of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dragoman.annotate.trees import LONGEST_TREE, allowed_before, best_bio, bio_is_valid, is_tree, mended, spanning_tree
from dragoman.annotate.wordpieces import CLOSE_QUOTE, CLS, OPEN_QUOTE, SEP, WordPieces, directed_quotes
from dragoman.errors import ModelError

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

WINDOW = 80
"""Word pieces of a window: quality and speed were best at 64 to 128."""
LONGEST = 240
"""A window may grow to this size before a sentence is cut where nothing ends."""
HARD_LIMIT = 500
"""Positions of the trunk, less the two marks: a given sentence may fill them."""
BATCH = 320
"""Word pieces of a run: the activations stay in the L2 cache."""
SHORT_BRACKET = 30
"""A sentence does not begin inside a bracket of at most so many words."""
OTHER_SHAPE = 7
_STOPS = frozenset({".", "!", "?", "…", "...", "?!", "!?"})
_CLOSERS = frozenset({'"', "'", "”", "’", ")", "]", "''", "»"})
_OPENERS = {"(": ")", "[": "]", "{": "}"}


class Config(msgspec.Struct, frozen=True):
    """`labels.json`: label names in the order of the graph's outputs, and what the weights are."""

    version: str
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deps: tuple[str, ...]
    ner: tuple[str, ...]
    features: dict[str, str]


class Analysis(msgspec.Struct, frozen=True):
    """Per word: label ids, head (index of the head word, own index for a root), sentence starts, and probabilities."""

    upos: Ints
    xpos: Ints
    heads: Ints
    deps: Ints
    ner: Ints
    starts: NDArray[np.bool_]
    head_probability: Floats
    ner_probability: Floats


def bracketed(words: Sequence[str], limit: int = SHORT_BRACKET) -> NDArray[np.bool_]:
    """True for words inside a bracket of at most `limit` words (the brackets themselves left out at the left edge)."""
    inside = np.zeros(len(words), dtype=bool)
    stack: list[tuple[str, int]] = []
    for i, word in enumerate(words):
        if word in _OPENERS:
            stack.append((_OPENERS[word], i))
        elif stack and word == stack[-1][0]:
            _, start = stack.pop()
            if i - start <= limit:
                inside[start + 1 : i + 1] = True
    return inside


def goes_on(words: Sequence[str]) -> NDArray[np.bool_]:
    """True for words that cannot begin a sentence: after speech that ends in a comma (`"...," Price said`), and in
    small letters after any speech (`"Why?" she asked`).
    """
    barred = np.zeros(len(words), dtype=bool)
    for i in range(2, len(words)):
        if words[i - 1] in _CLOSERS:
            barred[i] = words[i - 2] == "," or words[i][:1].islower()
    return barred


def may_start(words: Sequence[str], i: int) -> bool:
    """True if a sentence may begin at word `i` by punctuation alone: a safe place to cut a window."""
    k = i - 1
    while k >= 0 and words[k] in _CLOSERS and i - k <= 2:
        k -= 1
    return (
        k >= 0
        and words[k] in _STOPS
        and not words[i][:1].islower()
        and words[i] not in _CLOSERS
        and words[i] not in _STOPS
    )


def cut_windows(words: Sequence[str], sizes: Sequence[int], forced: Ints) -> list[tuple[int, int]]:
    """Word ranges [start, end) of the windows.

    `sizes` are pieces by word; `forced` is 1 where a sentence begins, 0 where it does not, -1 where nobody knows.
    Windows end at sentence starts; only a sentence that is longer than a window allows is cut inside.
    """
    inside = bracketed(words) | goes_on(words)
    windows: list[tuple[int, int]] = []
    start, total, good = 0, 0, 0
    for i in range(len(words)):
        if i > start and (forced[i] == 1 or (forced[i] == -1 and not inside[i] and may_start(words, i))):
            good = i
        total += sizes[i]
        limit = WINDOW if good > start else LONGEST if forced[i] == -1 else HARD_LIMIT
        if total > limit and i > start:
            cut = good if good > start else i
            windows.append((start, cut))
            start, total = cut, sum(sizes[cut : i + 1])
            good = cut
    if start < len(words):
        windows.append((start, len(words)))
    return windows


class Encoder:
    """One loaded model. Not shared between threads: its caches are plain dicts."""

    def __init__(self, folder: Path) -> None:
        missing = [
            n for n in ("encoder.onnx", "relations.onnx", "labels.json", "vocab.txt") if not (folder / n).is_file()
        ]
        if missing:
            raise ModelError(
                f"weights are missing: {', '.join(missing)}", where=str(folder), next_step="run `make model`"
            )
        self.config = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Config)
        self._pieces = WordPieces.load(folder / "vocab.txt")
        self._encoder = _session(folder / "encoder.onnx")
        self._relations = _session(folder / "relations.onnx")
        self._before = allowed_before(self.config.ner)

    def analyse(self, words: Sequence[str], forced: Ints, spaces: Sequence[bool] | None = None) -> Analysis:
        """Analyse a text's words; `forced` as in `cut_windows`, `spaces` as in `directed_quotes`."""
        n = len(words)
        directed = directed_quotes(words, spaces)
        pieces = [self._pieces(word) for word in directed]
        out = Analysis(
            upos=np.zeros(n, np.int64),
            xpos=np.zeros(n, np.int64),
            heads=np.arange(n, dtype=np.int64),
            deps=np.zeros(n, np.int64),
            ner=np.zeros(n, np.int64),
            starts=np.zeros(n, bool),
            head_probability=np.zeros(n, np.float32),
            ner_probability=np.zeros(n, np.float32),
        )
        sizes = [len(p) for p in pieces]
        shapes = [self._pieces.shape(word) for word in words]
        inside = bracketed(words) | goes_on(words)
        windows = cut_windows(words, sizes, forced)
        sides = sides_of(directed)
        for batch in _batches(windows, sizes):
            self._run(batch, pieces, shapes, forced, inside, sides, out)
        return out

    def _run(
        self,
        batch: list[tuple[int, int]],
        pieces: list[tuple[int, ...]],
        shapes: list[int],
        forced: Ints,
        inside: NDArray[np.bool_],
        sides: Ints,
        out: Analysis,
    ) -> None:
        feed = _feed(batch, pieces, shapes)
        upos, xpos, ner, start, arcs, rel_dep, rel_head = self._encoder.run(None, feed)
        left_all, right_all, where = [], [], []
        for b, (s, e) in enumerate(batch):
            n = e - s
            out.upos[s:e] = upos[b, :n].argmax(-1)
            out.xpos[s:e] = xpos[b, :n].argmax(-1)
            starts = sentence_starts(start[b, :n], forced[s:e], inside[s:e], sides[s:e])
            out.starts[s:e] = starts
            heads = _heads(arcs[b, :n, : n + 1], starts, out.head_probability[s:e])
            out.heads[s:e] = np.where(heads == 0, np.arange(n), heads - 1) + s
            self._entities(ner[b, :n], out, s)
            left_all.append(rel_dep[b, :n])
            right_all.append(rel_head[b, heads])
            where.append(np.arange(s, e))
        relations = self._relations.run(
            None, {"rel_dep": np.concatenate(left_all), "rel_head": np.concatenate(right_all)}
        )[0]
        index = np.concatenate(where)
        out.deps[index] = self._named(relations, out.heads[index] == index)

    def _named(self, relations: Floats, roots: NDArray[np.bool_]) -> Ints:
        """Best relation of each word; `root` for roots and for nobody else."""
        at = self.config.deps.index("root")
        relations[:, at] = np.where(roots, np.inf, -np.inf)
        best: Ints = relations.argmax(-1)
        return best

    def _entities(self, scores: Floats, out: Analysis, s: int) -> None:
        log = scores - scores.max(-1, keepdims=True)
        probability = np.exp(log)
        probability /= probability.sum(-1, keepdims=True)
        labels = probability.argmax(-1)
        if not bio_is_valid(labels, self._before):
            labels = best_bio(np.log(probability + np.float32(1e-9)), self._before)
        n = len(labels)
        out.ner[s : s + n] = labels
        out.ner_probability[s : s + n] = probability[np.arange(n), labels]


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


def _batches(windows: list[tuple[int, int]], sizes: Sequence[int]) -> list[list[tuple[int, int]]]:
    """Windows of like length together, at most `BATCH` padded pieces a run."""
    total = np.concatenate(([0], np.cumsum(sizes)))
    length = {w: int(total[w[1]] - total[w[0]]) + 2 for w in windows}
    out: list[list[tuple[int, int]]] = []
    for window in sorted(windows, key=lambda w: -length[w]):
        if not out or (len(out[-1]) + 1) * length[out[-1][0]] > BATCH:
            out.append([])
        out[-1].append(window)
    return out


def _feed(batch: list[tuple[int, int]], pieces: list[tuple[int, ...]], shapes: list[int]) -> dict[str, Ints]:
    rows = [[p for word in pieces[s:e] for p in word] for s, e in batch]
    width, most = max(map(len, rows)) + 2, max(e - s for s, e in batch)
    size = len(batch)
    ids = np.zeros((size, width), np.int64)
    piece_shapes = np.full((size, width), 0, np.int64)
    first, last, word_shapes = (np.zeros((size, most), np.int64) for _ in range(3))
    for b, ((s, e), row) in enumerate(zip(batch, rows, strict=True)):
        counts = np.fromiter(map(len, pieces[s:e]), np.int64, e - s)
        own = np.array(shapes[s:e], np.int64)
        ends = np.cumsum(counts)
        ids[b, 0], ids[b, 1 : len(row) + 1], ids[b, len(row) + 1] = CLS, row, SEP
        piece_shapes[b, 0] = piece_shapes[b, len(row) + 1] = OTHER_SHAPE
        piece_shapes[b, 1 : len(row) + 1] = np.repeat(own, counts)
        first[b, : e - s], last[b, : e - s], word_shapes[b, : e - s] = ends - counts + 1, ends, own
    return {"pieces": ids, "piece_shapes": piece_shapes, "first": first, "last": last, "word_shapes": word_shapes}


def sides_of(directed: Sequence[str]) -> Ints:
    """1 for words that open speech or a bracket, -1 for those that close one, 0 for the others."""
    side = {OPEN_QUOTE: 1, CLOSE_QUOTE: -1} | dict.fromkeys(_OPENERS, 1) | dict.fromkeys(_OPENERS.values(), -1)
    return np.array([side.get(word, 0) for word in directed], np.int64)


def sentence_starts(scores: Floats, forced: Ints, inside: NDArray[np.bool_], sides: Ints) -> NDArray[np.bool_]:
    """Where sentences begin in a window: as forced, else by score, never in a short bracket.

    A mark that opens goes with the sentence it opens, one that closes with the sentence it closes.
    """
    starts: NDArray[np.bool_] = np.where(forced >= 0, forced == 1, (scores > 0) & ~inside)
    free = forced < 0
    late = np.flatnonzero(starts[1:] & free[1:] & (sides[:-1] == 1)) + 1
    starts[late] = False
    starts[late - 1] |= free[late - 1]
    early = np.flatnonzero(starts & free & (sides == -1))
    starts[early] = False
    starts[0] = True
    return starts


def _heads(arcs: Floats, starts: NDArray[np.bool_], probability: Floats) -> Ints:
    """Heads [n] of a window (0 root, j word j of the window); writes the probability of each head."""
    n = len(starts)
    sentence = np.cumsum(starts)
    barred = sentence[:, None] != sentence[None, :]
    np.fill_diagonal(barred, True)
    arcs[:, 1:][barred] = -np.inf
    heads: Ints = arcs.argmax(-1)
    edges = [*np.flatnonzero(starts).tolist(), n]
    for s, e in pairwise(edges):
        local = np.where(heads[s:e] == 0, 0, heads[s:e] - s)
        if not is_tree(local):
            own = np.concatenate([arcs[s:e, :1], arcs[s:e, s + 1 : e + 1]], axis=1)
            tree = spanning_tree(own) if e - s <= LONGEST_TREE else mended(own, local)
            heads[s:e] = np.where(tree == 0, 0, tree + s)
    top = arcs.max(-1)
    chosen = arcs[np.arange(n), heads]
    probability[:] = np.exp(chosen - top) / np.exp(arcs - top[:, None]).sum(-1)
    return heads
