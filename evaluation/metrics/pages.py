"""Text out of web pages: 4-gram shingles of words, precision and recall as means over pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from evaluation.forms import Row
from evaluation.metrics.counts import Figures, pct

SHINGLE = 4
WORD = re.compile(r"\w+")


def extraction(gold: Sequence[Row], predicted: Sequence[Row]) -> Figures:
    """Figures for rows {id, text}."""
    said = {row["id"]: row.get("text") or "" for row in predicted}
    scores = [_page(shingles(row["text"]), shingles(said.get(row["id"], ""))) for row in gold]
    precision = sum(score[0] for score in scores) / len(scores) if scores else 0.0
    recall = sum(score[1] for score in scores) / len(scores) if scores else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"n": len(gold), "answered": len(said), "page_p": pct(precision), "page_r": pct(recall), "page_f1": pct(f1)}


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The multiset of runs of four words; a shorter text is one run."""
    words = WORD.findall(text)
    size = min(SHINGLE, len(words))
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1)) if words else Counter()


def _page(wanted: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float]:
    if not wanted and not found:
        return 1.0, 1.0
    hits = (wanted & found).total()
    return hits / found.total() if found else 0.0, hits / wanted.total() if wanted else 0.0
