"""From arc scores to trees, and from label scores to spans: pure numpy, no model.

Most sentences are trees already when every word takes its best head; only the others pay for the maximum spanning tree.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Ints = NDArray[np.int64]
BARRED = np.float32(-1e6)
"""Score of an arc that may not be."""
LONGEST_TREE = 120
"""Longer sentences are lists, tables or noise; their cycles are mended, not solved."""
ROOT_COST = np.float32(1e4)
"""Taken off every root arc before the spanning tree, so that it uses exactly one."""


def is_tree(heads: Ints) -> bool:
    """True if `heads` (head of word i + 1, 0 is the root) has one root and no cycle."""
    if int((heads == 0).sum()) != 1:
        return False
    up = np.concatenate(([0], heads))
    for _ in range(max(1, len(heads).bit_length())):
        up = up[up]
    return not up.any()


def mended(scores: Scores, heads: Ints) -> Ints:
    """A tree close to the best heads, in linear time: for runs of words too long to be a sentence.

    The word that likes the root best becomes the root; one word of every cycle is hung on it.
    """
    out = heads.copy()
    root = int(np.argmax(scores[:, 0]))
    out[out == 0] = root + 1
    out[root] = 0
    while (cycle := _cycle_of(np.concatenate(([0], out)))) is not None:
        members = np.flatnonzero(cycle) - 1
        out[members[int(np.argmax(scores[members, root + 1]))]] = root + 1
    return out


def spanning_tree(scores: Scores) -> Ints:
    """Best single-rooted tree for arc scores [n, n + 1] (row: dependant, column 0: root, column j: word j).

    Chu-Liu (1965), Edmonds (1967). Returns heads [n] with 0 for the root.
    """
    n = scores.shape[0]
    quick = _best_heads(scores)
    if is_tree(quick):
        return quick
    square = np.full((n + 1, n + 1), BARRED, dtype=np.float32)
    square[1:] = scores
    square[1:, 0] -= ROOT_COST
    return _contract(square)[1:]


def _best_heads(scores: Scores) -> Ints:
    """Every word's best head under the root that gains most: no tree scores higher, so optimal where it is one."""
    if len(scores) == 1:
        return np.zeros(1, np.int64)
    heads: Ints = np.argmax(scores[:, 1:], axis=1) + 1
    gain = scores[:, 0] - scores[np.arange(len(scores)), heads]
    heads[int(np.argmax(gain))] = 0
    return heads


def _cycle_of(tree: Ints) -> NDArray[np.bool_] | None:
    """Mask of the nodes of one cycle of the head function, or None (node 0 heads itself and is no cycle)."""
    state = np.zeros(len(tree), dtype=np.int64)
    state[0] = -1
    for start in range(1, len(tree)):
        node, mark = start, start
        while state[node] == 0:
            state[node] = mark
            node = int(tree[node])
        if state[node] == mark:
            mask = np.zeros(len(tree), dtype=bool)
            while not mask[node]:
                mask[node] = True
                node = int(tree[node])
            return mask
    return None


def _contract(scores: Scores) -> Ints:
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    scores[0, 0] = 0.0
    tree: Ints = np.argmax(scores, axis=1)
    cycle = _cycle_of(tree)
    if cycle is None:
        return tree
    inside, outside = np.flatnonzero(cycle), np.flatnonzero(~cycle)
    own = scores[inside, tree[inside]]
    into = scores[np.ix_(inside, outside)] - own[:, None]
    out_of = scores[np.ix_(outside, inside)]
    entry, exit_ = np.argmax(into, axis=0), np.argmax(out_of, axis=1)
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf, dtype=np.float32)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = into[entry, np.arange(size)]
    small[:size, size] = out_of[np.arange(size), exit_]
    reduced = _contract(small)
    full = tree.copy()
    for k in range(size):
        head = int(reduced[k])
        full[outside[k]] = outside[head] if head < size else inside[exit_[k]]
    door = int(reduced[size])
    full[inside[entry[door]]] = outside[door]
    return full


def bio_is_valid(labels: Ints, before: Ints) -> bool:
    """True if every label may follow the one to its left; `before[label]` is the bit mask of what may stand there."""
    previous = np.concatenate(([0], labels[:-1]))
    return bool(np.all((before[labels] >> previous) & 1))


def allowed_before(labels: tuple[str, ...]) -> Ints:
    """Bit masks over `labels`: an I label may follow only the B or I label of its kind."""
    masks = []
    for label in labels:
        if label.startswith("I-"):
            masks.append(sum(1 << k for k, other in enumerate(labels) if other[2:] == label[2:] and other != "O"))
        else:
            masks.append((1 << len(labels)) - 1)
    return np.array(masks, dtype=np.int64)


def best_bio(log_probabilities: Scores, before: Ints) -> Ints:
    """Most probable valid BIO sequence (Viterbi 1967) for [n, labels]."""
    n, size = log_probabilities.shape
    may = ((before[:, None] >> np.arange(size)[None, :]) & 1).astype(bool)
    step = np.where(may, np.float32(0), BARRED)
    best = log_probabilities[0] + step[:, 0]
    back = np.zeros((n, size), dtype=np.int64)
    for i in range(1, n):
        through = best[None, :] + step
        back[i] = np.argmax(through, axis=1)
        best = through[np.arange(size), back[i]] + log_probabilities[i]
    labels = np.zeros(n, dtype=np.int64)
    labels[-1] = int(np.argmax(best))
    for i in range(n - 1, 0, -1):
        labels[i - 1] = back[i, labels[i]]
    return labels
