"""Raw text -> the text that we keep: NFC, plain spaces, no control characters, one paragraph a line."""

from __future__ import annotations

import itertools
import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
# What agencies put behind their last sentence is a paragraph of its own
END_MARK = re.compile(r"""(?<=[.!?”"’)]) (?=(?:Enditem|ENDITEM|Item ends|\(ENDS?\)|###|-30-|\*{3})\Z)""")
KEPT_CONTROLS = frozenset("\n\t")
DROPPED = frozenset("\ufffc\ufe0e\ufe0f")  # object replacement, variation selectors
DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co"})  # control, format (zero width, bidi), surrogate, private

# Hard-wrapped text. Files are wrapped at 60-80 columns; beyond 132 a line is a paragraph.
NARROWEST, WIDEST = 36, 132
FITTING = 0.85  # share of broken lines to which the next word would not have been added
ENDING = 0.5  # lines that close a sentence: over half of them means one paragraph a line
SENTENCE_END = re.compile(r"""[.!?…:][”"'’)\]»]*$""")


def normalise(text: str) -> str:
    """The text as an article keeps it. Idempotent; the characters that stay keep their order.

    Line ends become one newline, control, zero-width and bidirectional characters go, all white space inside a line
    becomes one space, composed forms are used (NFC), hard-wrapped paragraphs are joined, empty lines go.
    """
    cleaned = _clean(text)
    while True:
        joined = _tidy(unwrap(cleaned))
        if joined == cleaned:
            return joined
        cleaned = joined


def _clean(text: str) -> str:
    text = LINE_ENDS.sub("\n", text)
    if not text.isascii() or not text.isprintable():
        text = "".join(char for char in text if _kept(char))
    return unicodedata.normalize("NFC", text)


def _kept(char: str) -> bool:
    if char in KEPT_CONTROLS:
        return True
    return char not in DROPPED and unicodedata.category(char) not in DROPPED_CATEGORIES


def _tidy(text: str) -> str:
    lines = (END_MARK.sub("\n", SPACES.sub(" ", line).strip(" ")) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def unwrap(text: str) -> str:
    """Joins the lines of hard-wrapped paragraphs; text that has one paragraph a line comes back as it was.

    Paragraphs are parted by blank lines or begin with an indent. A line counts as broken by a machine when the first
    word of the next line would not have fitted into the widest line.
    """
    groups = _groups(text.split("\n"))
    lines = [line for group in groups for line in group]
    width = _width([len(line) for line in lines])
    breaks = [pair for group in groups for pair in itertools.pairwise(group)]
    if not breaks or not NARROWEST <= width <= WIDEST or not _machine_made(breaks, width):
        return text
    return "\n\n".join("\n".join(_join(group, width)) for group in groups)


def _groups(lines: list[str]) -> list[list[str]]:
    """Lines between blank lines or indents, stripped."""
    groups: list[list[str]] = []
    inside = False
    for line in lines:
        stripped = SPACES.sub(" ", line).strip(" ")
        if not stripped:
            inside = False
            continue
        if not inside or line.startswith(("  ", "\t")):
            groups.append([])
        groups[-1].append(stripped)
        inside = True
    return groups


def _width(lengths: list[int]) -> int:
    """The column at which the text was wrapped: the widest line, but for one in fifty (long addresses)."""
    return sorted(lengths)[max(0, len(lengths) - 1 - len(lengths) // 50)] if lengths else 0


def _machine_made(breaks: list[tuple[str, str]], width: int) -> bool:
    broken = [pair for pair in breaks if _broken(*pair, width)]
    closing = sum(bool(SENTENCE_END.search(line)) for line, _ in broken)
    lower = sum(after[0].islower() for _, after in broken)
    return len(broken) >= FITTING * len(breaks) and closing <= ENDING * len(broken) and lower >= len(broken) / 3


def _broken(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width - 2


def _join(group: list[str], width: int) -> list[str]:
    """A group's paragraphs: a line that had room for the next word ends one."""
    out = [group[0]]
    for line, after in itertools.pairwise(group):
        if _broken(line, after, width):
            out[-1] += " " + after
        else:
            out.append(after)
    return out
