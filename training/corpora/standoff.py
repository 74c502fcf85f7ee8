"""The stand-off form of a sentence line: id, checksum of its text, and marks as `tag@start-end`; no text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from training.corpora.inline import Marked, Spot, crossings
from training.corpora.problems import Problems
from training.corpora.tags import Curly, Square, TagError, read_curly, read_square, write_curly, write_square

Texts = Callable[[str], str | None]
"""Sentence id -> its text, None if there is no such sentence."""
HIDDEN = "·"
_MARK = re.compile(r"(?P<tag>\S+)@(?P<start>\d+)-(?P<end>\d+)")
_IS_CURLY = re.compile(r"[esg]\d+(?:\.|@|,|$)")


def checksum(text: str) -> str:
    """The first 8 hex digits of the SHA-256 of a sentence."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def write_line(marked: Marked) -> str:
    """Checksum and marks of a sentence, without its words."""
    tags = [
        (write_square(spot.tag) if isinstance(spot.tag, Square) else write_curly(spot.tag), spot.start, spot.end)
        for spot in marked.spots
    ]
    return " ".join([checksum(marked.text), *(f"{tag}@{start}-{end}" for tag, start, end in tags)])


def read_line(sentence_id: str, raw: str, line: int, texts: Texts | None, problems: Problems) -> Marked:
    """A sentence and its marks, with the text from the treebank; dots for a text if `texts` is None."""
    words = raw.split()
    spots = [spot for word in words[1:] for spot in _read_mark(word, line, problems)]
    text = _text(sentence_id, words[0] if words else "", spots, line, texts, problems)
    for spot in spots:
        if not spot.start < spot.end <= len(text):
            problems.error(line, f"{_shown(spot)}: no such characters in a sentence of {len(text)}", "mend the offsets")
    for one, other in crossings(tuple(spots)):
        problems.error(line, f"{_shown(one)} and {_shown(other)} cross", "marks nest and never cross")
    return Marked(text, tuple(sorted(spots, key=lambda s: (s.start, -s.end, isinstance(s.tag, Square)))))


def _shown(spot: Spot) -> str:
    tag = write_curly(spot.tag) if isinstance(spot.tag, Curly) else write_square(spot.tag)
    return f"{tag}@{spot.start}-{spot.end}"


def _read_mark(word: str, line: int, problems: Problems) -> list[Spot]:
    match = _MARK.fullmatch(word)
    if match is None:
        problems.error(line, f"{word!r} is no mark", "write tag@start-end, as in a:POL=KEN@0-5")
        return []
    try:
        tags = list(read_curly(match["tag"])) if _IS_CURLY.match(match["tag"]) else [read_square(match["tag"])]
    except TagError as problem:
        problems.error(line, problem.what, problem.next_step)
        return []
    return [Spot(tag, int(match["start"]), int(match["end"])) for tag in tags]


def _text(
    sentence_id: str, digest: str, spots: list[Spot], line: int, texts: Texts | None, problems: Problems
) -> str:  # fmt: skip
    hidden = HIDDEN * max((spot.end for spot in spots), default=1)
    if not re.fullmatch("[0-9a-f]{8}", digest):
        problems.error(line, f"{sentence_id}: no checksum, here {digest!r}", "after the id stand 8 hex digits")
        return hidden
    if texts is None:
        return hidden
    text = texts(sentence_id)
    if text is None:
        problems.error(line, f"no sentence {sentence_id!r} in the treebanks", "see treebanks.py for the ids")
        return hidden
    if checksum(text) != digest:
        problems.error(
            line, f"{sentence_id}: the treebank's text has the checksum {checksum(text)}, not {digest}",
            "another version of the treebank? label the sentence again from its text",
        )  # fmt: skip
        return hidden
    return text
