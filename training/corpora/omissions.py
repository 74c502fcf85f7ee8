"""Words that look as if a mark had been forgotten on them: hints for the annotator, no findings of fact."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from training.corpora.codes import TIMES, codes
from training.corpora.passages import Passage, Sentence
from training.corpora.problems import Problem

_CAPITAL = re.compile(r"(?<![\w'’&.-])[A-Z][\w&.'’-]*")
_STARTS = re.compile(r"(?:^|[.!?:;–—|/•*]\s*|[\"“‘'(\[]\s*|\.\.\.\s*|- )$")
_TITLED = re.compile(r"(?:[\s,'’-]|[A-Z][\w'’-]*|of|for|and|the|to|in|at)*")
_MONEY = re.compile(
    r"(?:[$€£¥₹₦]|\b(?:USD|EUR|Rs) ?)\d[\d.,]*|\b\d[\d.,]* (?:million |billion )?(?:dollars|euros|pounds)\b"
)
_SPEECH = re.compile(
    r"\b(?:said|says|told|according to|denied|denies|accused|accuses|urged|urges|declined to|warned|warns)\b"
)
_LONGEST_TITLE = 60


class Hint(msgspec.Struct, frozen=True):
    """Characters `[start, end)` of the passage and what they may be."""

    start: int
    end: int
    what: str


def hints(passage: Passage) -> list[Hint]:
    """All hints for a passage, in the order of the text."""
    if passage.hidden:
        return []
    found = [*_names(passage), *_times(passage), *_outside(passage, _MONEY, ("MON",), "an unmarked sum of money?")]
    cues = [(mark.start, mark.end) for mark in passage.marks if mark.role in ("cue", "trigger")]
    for match in _SPEECH.finditer(passage.text):
        if not _covered(match.start(), match.end(), cues):
            found.append(Hint(match.start(), match.end(), "a statement or event that is not marked?"))
    return sorted(found, key=lambda hint: hint.start)


def as_problems(passage: Passage, path: str) -> Iterator[Problem]:
    """The hints of a passage as warnings at their lines."""
    for hint in hints(passage):
        sentence = next(one for one in reversed(passage.sentences) if one.start <= hint.start)
        around = passage.text[max(sentence.start, hint.start - 20) : min(sentence.end, hint.end + 20)]
        what = f"{passage.text[hint.start : hint.end]!r} in {around!r}: {hint.what}"
        yield Problem(path, sentence.line, 0, "warning", what, "")


def _covered(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _names(passage: Passage) -> Iterator[Hint]:
    marked = [(mention.start, mention.end) for mention in passage.mentions]
    people = sorted(mention.start for mention in passage.mentions if mention.kind == "PER")
    for sentence in passage.sentences:
        if _is_title_case(sentence):
            continue
        for match in _CAPITAL.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            word = match[0].rstrip(".'’-")
            before, after = sentence.text[: match.start()], sentence.text[match.end() :]
            begins = not re.search("[A-Za-z]", before) or _STARTS.search(before) or after.startswith(":")
            if begins or len(word) < 2 or word.split("'")[0].split("’")[0] == "I" or _covered(start, end, marked):
                continue
            if not _is_title(passage.text, end, people) and not _is_calendar(word):
                yield Hint(start, start + len(word), "an unmarked name?")


def _is_title_case(sentence: Sentence) -> bool:
    words = [word for word in re.findall(r"[A-Za-z][\w'’-]*", sentence.text) if len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.6 * len(words) and len(words) > 3


def _is_title(text: str, end: int, people: list[int]) -> bool:
    """True if only capitalised and small words stand between here and the next person: `Foreign Minister X`."""
    following = next((start for start in people if start >= end), None)
    if following is None or following - end > _LONGEST_TITLE:
        return False
    return _TITLED.fullmatch(text[end:following]) is not None


def _is_calendar(word: str) -> bool:
    return word.lower() in codes().months + codes().weekdays


def _times(passage: Passage) -> Iterator[Hint]:
    months = "|".join(name.capitalize() for name in codes().months if name not in ("may", "march"))
    days = "|".join(name.capitalize() for name in codes().weekdays)
    words = rf"\b(?:{months}|{days})s?\b|\b(?:19|20)\d\d\b(?![-/,]\d)|\b(?:yesterday|today|tomorrow|tonight)\b"
    pattern = re.compile(rf"{words}|\b(?:last|next) (?:week|month|year|spring|summer|autumn|winter)\b")
    names = [(m.start, m.end) for m in passage.mentions if m.kind in ("ORG", "LAW", "EVT", "WEA", "FAC", "PER")]
    for hint in _outside(passage, pattern, TIMES, "an unmarked time?"):
        if not _covered(hint.start, hint.end, names):
            yield hint


def _outside(passage: Passage, pattern: re.Pattern[str], kinds: tuple[str, ...], what: str) -> Iterator[Hint]:
    marked = [(mention.start, mention.end) for mention in passage.mentions if mention.kind in kinds]
    for match in pattern.finditer(passage.text):
        if not _covered(match.start(), match.end(), marked):
            yield Hint(match.start(), match.end(), what)
