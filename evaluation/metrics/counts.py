"""Counting: precision, recall, F1, macro F1, and the matching of spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any, TypeVar

Figures = dict[str, float | int]
Item = TypeVar("Item")
Label = TypeVar("Label", bound=Hashable)
EQUAL_SPANS = 1e6  # added to the overlap of two equal spans, so that they are matched before all others


@dataclass
class Tally:
    """Hits among what was found and what was wanted."""

    hits: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, found: Set[Any], wanted: Set[Any]) -> None:
        """Counts two sets of things."""
        self.count(len(found & wanted), len(found), len(wanted))

    def count(self, hits: int, found: int, wanted: int) -> None:
        """Counts what was counted elsewhere."""
        self.hits, self.found, self.wanted = self.hits + hits, self.found + found, self.wanted + wanted

    @property
    def precision(self) -> float:
        """Share of the found that is right, in 0..1."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that was found, in 0..1."""
        return self.hits / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in 0..1."""
        return 2 * self.hits / (self.found + self.wanted) if self.hits else 0.0

    def figures(self, name: str) -> Figures:
        """`name_p`, `name_r`, `name_f1` in per cent."""
        return {f"{name}_p": pct(self.precision), f"{name}_r": pct(self.recall), f"{name}_f1": pct(self.f1)}


def pct(share: float) -> float:
    """A share as per cent with two digits."""
    return round(100 * share, 2)


def share(part: float, whole: float) -> float:
    """A part of a whole as per cent; nothing of nothing is 0."""
    return pct(part / whole if whole else 0.0)


def macro_f1(pairs: Iterable[tuple[Label, Label | None]], labels: Iterable[Label]) -> float:
    """Mean F1 over the labels that the gold holds, of pairs (gold, predicted); in 0..1."""
    known = list(pairs)
    gold = Counter(wanted for wanted, _ in known)
    said = Counter(found for _, found in known)
    hits = Counter(wanted for wanted, found in known if wanted == found)
    present = [label for label in labels if gold[label]]
    return sum(2 * hits[label] / (gold[label] + said[label]) for label in present) / len(present) if present else 0.0


def match(left: Sequence[Item], right: Sequence[Item], weight: Callable[[Item, Item], float]) -> dict[int, int]:
    """One-to-one matching by falling weight (ties: first on the left, then on the right); weight 0 is no match."""
    weights = ((weight(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right))
    pairs = sorted((w for w in weights if w[0] > 0), key=lambda w: (-w[0], w[1], w[2]))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in matched and j not in taken:
            matched[i] = j
            taken.add(j)
    return matched


def span_overlap(a: dict[str, Any], b: dict[str, Any]) -> float:
    """Characters that two rows with `start` and `end` share; equal spans weigh most."""
    shared: float = min(a["end"], b["end"]) - max(a["start"], b["start"])
    if shared <= 0:
        return 0.0
    return shared + (EQUAL_SPANS if (a["start"], a["end"]) == (b["start"], b["end"]) else 0.0)
