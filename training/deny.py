"""The deny list: hashes of held-out texts that no training row may hold (rule in `data/denylist/README.md`)."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

MIN_WORDS = 5
_WORD = re.compile(r"\w+")
_END = re.compile(r"([.!?][\"”’')\]]*)\s+")


def _digests(text: str) -> Iterator[str]:
    words = _WORD.findall(text.lower())
    if len(words) >= MIN_WORDS:
        for joined in (" ".join(words), "".join(words)):
            yield hashlib.sha256(joined.encode()).hexdigest()


def _pieces(text: str) -> Iterator[str]:
    yield text
    for line in text.splitlines():
        yield line
        yield from _END.sub(r"\1\n", line).split("\n")


class Denylist:
    """Looks every training row up and counts what it refused, by set."""

    def __init__(self, folder: Path) -> None:
        names = ("sentences.sha256", "squeezed.sha256")
        self._hashes = {h for name in names for h in (folder / name).read_text("ascii").split()}
        self.seen: Counter[str] = Counter()
        self.dropped: Counter[str] = Counter()

    def refuse_also(self, texts: Iterable[str]) -> None:
        """Adds held-out texts of our own, such as the house corpus's test part, to the list."""
        self._hashes.update(h for text in texts for piece in _pieces(text) for h in _digests(piece))

    def hit(self, text: str) -> bool:
        """True if the text, one of its lines or one of its sentences is held out."""
        return any(h in self._hashes for piece in _pieces(text) for h in _digests(piece))

    def refuses(self, corpus: str, *texts: str) -> bool:
        """As `hit` for any of the texts of one row, and counted under the set's name."""
        self.seen[corpus] += 1
        refused = any(self.hit(text) for text in texts)
        self.dropped[corpus] += refused
        return refused

    def report(self) -> dict[str, dict[str, int]]:
        """Rows seen and dropped by set."""
        return {name: {"rows": n, "dropped": self.dropped[name]} for name, n in sorted(self.seen.items())}
