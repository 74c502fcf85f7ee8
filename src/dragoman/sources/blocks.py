"""What each paragraph of a page is: title, summary, heading, body, caption, promo, credit, byline, dateline, duplicate.

Decided in passes over the lines, each of which only fills what the passes before it left open: cues of the line alone
(blocks.toml), the head of the page, runs of links, what stands beside a picture or a video, headings, the tail,
repeats. What is left is body.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from dragoman.records import Block, BlockKind, Record
from dragoman.sources.cues import Cues, load_cues
from dragoman.sources.dates import is_clock_line, is_date_line

FINAL = re.compile(r"""[.!?…。！？]["”’'»)\]]*$""")
INNER_STOP = re.compile(r"""[a-z][.!?…]["”’'»)\]]* ["“‘']?[A-Z]""")
OPEN_END = re.compile(r"""[:;,–—-]["”’'»)\]]*$""")
ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){1,4}$|\b(?:Jr|Sr|Co|Inc|Ltd|Corp|St|No)\.$")
BULLET = re.compile(r"^(?:[•·▪■●◦‣*►➤]|[-–—](?= ))\s?")
NUMBERED = re.compile(r"^(\d{1,2})([.)])")
ANNOUNCED = re.compile(
    r"\b(?:\w+ed|says?|said|reports?|writes?|wrote|told|tells|follows?|below|includ\w+|is|are|was|were):$"
)
QUOTED = re.compile(r"""^["“‘'].*["”’']$""")
WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
LABELLED = re.compile(  # a headline of five words or more behind what sort of report it is
    r"(?:Exclusive|Analysis|Explainer|Explained|Opinion|Special Report|Live updates?|Fact check|EXCLUSIVE|ANALYSIS):"
    r" [A-Z](?:\S* ){4}"
)
STAMP = re.compile(r"^([01]\d|2[0-3])[:.]([0-5]\d)$", re.MULTILINE)
VIDEO_TIME = re.compile(r"\b\d{1,2}:\d{2}\b|^duration\b", re.IGNORECASE)
PHOTO_AIDS = re.compile(
    r", (?:left|right|cent(?:er|re)|second (?:from )?(?:left|right)|from left|far left|far right|background)\b"
    r"|\((?:[LRC]|left|right|cent(?:er|re))\)|\b(?:seen here|pictured|in this (?:file )?(?:photo|image|picture))\b"
    r"|[—–] ?(?:Reuters|AFP|AP|EPA|Bernama|Xinhua|Anadolu|AFP/File|APP|PTI|Online|INP|White Star)\W?$",
    re.IGNORECASE,
)
TOLD = re.compile(r"\b(?:was|were|had|has|have|will|would|could|may|might|can|not|if|because) |n[’']t\b|[?;]")
REPORTED = re.compile(r"""["“”]|\b(?:said|says|told|according to|added)\b""")
SCENE_DAY = re.compile(r"\b(?:on|,) (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?\.?$")
SCENE_DATED = re.compile(
    r"\b(?:during|as|with|to|for|after|before|ahead of|in|at|on|outside|near|next to)\b.*,? (?:on )?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, )?[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}\.?$"
)
PLACE_ONLY = re.compile(
    r"\W?(?P<caps>[A-Z][A-Z.'’ -]{2,30})(?:(?:,| and |/) ?[A-Z][\w.'’ -]{2,30})?"
    r"(?:,? ?[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?,?(?: ?[(/][\w ./-]{2,30}[)/])?\.?\s?[-–—_:]{0,3}"
)

TITLE_WORDS, TITLE_CHARS = 32, 220
HEADING_WORDS, HEADING_CHARS = 14, 100
CAPTION_WORDS = 55
PROSE_WORDS = 8  # a line that closes a sentence and has as many words may open the body
HEAD_LINES = 12  # the head of a page, at most, where a lead stands that is repeated below
STANDFIRST_LINES = 6  # a byline or a date so close below a sentence makes it a standfirst
KICKER_LINES = 5
PULLED_WORDS = 8  # so many words without quotation marks are repeated on purpose
CAPS_LINK_WORDS = 5  # "RUSSIA SAYS WEST IS TO BLAME FOR IT" amid the body is a link, "THE BACKGROUND" a heading


class Line(Record, frozen=True, kw_only=True):
    """A line of the article's text, characters `[start, end)`. `final`: it closes a sentence; `clock`: it is the stamp
    of an entry in a live blog."""

    start: int
    end: int
    text: str
    words: int
    final: bool
    key: str
    clock: bool = False


Kinds = list[BlockKind | None]


def cut_blocks(
    text: str, *, title: str | None = None, hints: Mapping[int, BlockKind] | None = None
) -> tuple[Block, ...]:
    """One block for each line of a normalised text.

    `title` is the headline, if known from elsewhere. `hints` maps line numbers to kinds that the source itself
    knows (HTML headings); they are believed.
    """
    lines = split_lines(text)
    if not lines:
        return ()
    kinds = _decide(lines, load_cues(), title, hints or {})
    return tuple(
        Block(start=line.start, end=line.end, kind=kind or "body") for line, kind in zip(lines, kinds, strict=True)
    )


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not empty."""
    lines, start = [], 0
    stamps = _bare_stamps(text)
    for line in text.split("\n"):
        if line:
            words = WORD.findall(line)
            key = " ".join(word.casefold() for word in words) or line
            final = bool(FINAL.search(line))
            clock = line in stamps or is_clock_line(line)
            lines.append(
                Line(start=start, end=start + len(line), text=line, words=len(words), final=final, key=key, clock=clock)
            )
        start += len(line) + 1
    return lines


def _bare_stamps(text: str) -> frozenset[str]:
    """Times of the day without a zone that stand alone, three or more, all later or all earlier: no video's lengths."""
    found = [(int(each[1]), int(each[2]), each[0]) for each in STAMP.finditer(text)]
    times = [each[:2] for each in found]
    ordered = times == sorted(times) or times == sorted(times, reverse=True)
    return frozenset(each[2] for each in found) if len(set(times)) >= 3 and ordered else frozenset()


def _decide(lines: list[Line], cues: Cues, title: str | None, hints: Mapping[int, BlockKind]) -> Kinds:
    kinds: Kinds = [_hinted(hints.get(n), line, _alone(line, cues)) for n, line in enumerate(lines)]
    top = _mark_title(lines, kinds, cues, title)
    body = _body_start(lines, kinds, cues, top)
    _mark_head(lines, kinds, cues, top, body)
    _mark_stamped(lines, kinds, cues)
    _mark_runs(lines, kinds, cues, body)
    _mark_videos(lines, kinds, body)
    _mark_pictures(lines, kinds, cues, top, body)
    _mark_tail(lines, kinds, cues, body)
    _mark_headings(lines, kinds, body)
    _mark_repeats(lines, kinds, body)
    _mark_picture_credits(lines, kinds, cues, top)
    return kinds


def _alone(line: Line, cues: Cues) -> BlockKind | None:
    """What a line says of itself by its own words."""
    kind = "dateline" if line.clock else cues.first_kind(line.text, line.words)
    dated = kind in (None, "credit") and is_date_line(line.text)
    return "dateline" if dated else kind


def _hinted(hint: BlockKind | None, line: Line, alone: BlockKind | None) -> BlockKind | None:
    """The markup's word, but for links and sentences that a page sets as headings."""
    if hint == "heading" and (alone or (line.final and line.words > HEADING_WORDS)):
        return alone
    return hint or alone


def _mark_title(lines: list[Line], kinds: Kinds, cues: Cues, title: str | None) -> int:
    """Marks the headline and the section labels above it; the number of the first line after it."""
    if "title" in kinds[:HEAD_LINES]:
        return kinds.index("title") + 1
    wanted = " ".join(word.casefold() for word in WORD.findall(title)) if title else None
    for n, line in enumerate(lines[:HEAD_LINES]):
        if wanted and line.key == wanted:
            kinds[n] = "title"
            kinds[:n] = [kind or "promo" for kind in kinds[:n]]
            return n + 1
    return _guess_title(lines, kinds, cues)


def _guess_title(lines: list[Line], kinds: Kinds, cues: Cues) -> int:
    for n, line in enumerate(lines[: min(KICKER_LINES, len(lines) - 1)]):
        if kinds[n] == "promo" and LABELLED.match(line.text) and _like_title(line):
            kinds[n] = "title"
            return n + 1
        if kinds[n] is not None:
            continue
        if _kicks(line, cues) or _labels(line, lines[n + 1]):
            kinds[n] = "promo"
        elif _like_title(line):
            kinds[n] = "title"
            return n + 1
        else:
            return n
    return 0


def _kicks(line: Line, cues: Cues) -> bool:
    """Labels of sections: "World", "World, Asia - Pacific"."""
    parts = [line.text.strip(" |/:"), *re.split(r" ?[,/|>»›] ?| [-–—] ", line.text.strip(" |/:"))]
    return parts[0].casefold() in cues.kickers or all(part.casefold() in cues.kickers for part in parts[1:])


def _labels(line: Line, below: Line) -> bool:
    """A word alone above a headline, or two that it takes up: "Serbia" above "Serbia: Parliament ..."."""
    taken_up = line.words <= 2 and below.key.startswith(line.key)
    return (taken_up or line.words == 1) and below.words >= 4 and _like_title(below)


def _like_title(line: Line) -> bool:
    if not 1 <= line.words <= TITLE_WORDS or len(line.text) > TITLE_CHARS or PLACE_ONLY.fullmatch(line.text):
        return False
    if not line.final or line.text[-1] in "?!" or ABBREVIATION.search(line.text):
        return not OPEN_END.search(line.text)
    long_words = [word for word in WORD.findall(line.text) if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in long_words)
    return line.words <= 20 and len(long_words) >= 3 and capitals >= 0.8 * len(long_words)


def _body_start(lines: list[Line], kinds: Kinds, cues: Cues, top: int) -> int:
    """The first line of prose after the headline; a standfirst above the byline does not count."""
    prose = [n for n in range(top, len(lines)) if kinds[n] is None and _is_prose(lines[n])]
    prose = [n for n in prose if not _describes_scene(lines[n], cues)]
    if not prose:
        return next((n for n in range(top, len(lines)) if kinds[n] is None and lines[n].words >= PROSE_WORDS), top)
    for n in range(prose[0] + 1, min(top + HEAD_LINES, len(lines))):
        if lines[n].key == lines[prose[0]].key:
            return n
    for n in prose[:3]:
        if any(line.clock for line in lines[top:n]):
            return n  # an entry of a live blog
        after = next((kind for kind in kinds[n + 1 : n + STANDFIRST_LINES] if kind in ("byline", "dateline")), None)
        if after is None or n + STANDFIRST_LINES > top + HEAD_LINES:
            return n
    return prose[0]


def _is_prose(line: Line) -> bool:
    if line.words < PROSE_WORDS or BULLET.match(line.text):
        return False
    return line.final or (line.words >= 2 * PROSE_WORDS and bool(INNER_STOP.search(line.text)))


def _mark_head(lines: list[Line], kinds: Kinds, cues: Cues, top: int, body: int) -> None:
    """Between headline and body: byline, place and date, standfirst."""
    stamped = False
    for n in range(top, body):
        line = lines[n]
        stamped = stamped or line.clock
        kind = cues.kind_of(line.text, line.words, ("head",)) if kinds[n] in ("credit", None) else None
        if kinds[n] is None and kind is None:
            kind = cues.kind_of(line.text, line.words, ("top", "edge"))
        if kind is not None:
            kinds[n] = kind
        elif kinds[n] is None and PLACE_ONLY.fullmatch(lines[n].text) and lines[n].words <= 8:
            kinds[n] = "dateline"
        elif kinds[n] is None:
            repeated = lines[n].key == (lines[top - 1].key if top else None)
            kinds[n] = "title" if repeated else "heading" if stamped else "summary"
    if body < len(lines) and kinds[body] is None and PLACE_ONLY.fullmatch(lines[body].text):
        kinds[body] = "dateline"


def _mark_runs(lines: list[Line], kinds: Kinds, cues: Cues, body: int) -> None:
    """Headlines of other reports: under "Related stories", and between a "WATCH |" and its length."""
    run = False
    for n, line in enumerate(lines):
        if kinds[n] == "promo":
            run = run or line.text.strip(" \t:|»>–—.").casefold() in cues.openers
            if not run:
                _mark_watched(lines, kinds, n)
        elif (
            run and n >= body and (kinds[n] == "dateline" or (kinds[n] is None and _like_link(line, lines[:n], kinds)))
        ):
            kinds[n] = "promo"
        elif kinds[n] in (None, "heading"):
            run = False


def _like_link(line: Line, above: list[Line], kinds: Kinds) -> bool:
    """No prose, and not the next of the report's own numbered headings."""
    if number := NUMBERED.match(line.text):
        wanted = f"{int(number[1]) - 1}{number[2]}"
        if any(other.text.startswith(wanted) and kind != "promo" for other, kind in zip(above, kinds, strict=False)):
            return False
    return line.words <= TITLE_WORDS and (not line.final or line.text[-1] in "?!" or bool(BULLET.match(line.text)))


def _mark_stamped(lines: list[Line], kinds: Kinds, cues: Cues) -> None:
    """A name alone below the clock time of an entry in a live blog is who wrote the entry."""
    for n, line in enumerate(lines[1:], start=1):
        if kinds[n] in (None, "summary", "heading") and lines[n - 1].clock and not line.final:
            names = re.split(r", | and | & ", line.text)
            if line.words <= 6 and all(cues.person.fullmatch(name) for name in names):
                kinds[n] = "byline"


def _mark_picture_credits(lines: list[Line], kinds: Kinds, cues: Cues, top: int) -> None:
    """Lines that only say who made a picture show nothing: they are credits, not captions."""
    for n in range(top, len(lines)):
        open_kinds = ("caption", "heading") if lines[n].final else (None, "caption", "heading")
        if kinds[n] in open_kinds and cues.kind_of(lines[n].text, lines[n].words, ("picture",)):
            kinds[n] = "credit"


def _mark_watched(lines: list[Line], kinds: Kinds, n: int) -> None:
    """The headline of a video: a line between two promo lines, none of which is prose."""
    if n + 2 >= len(lines) or kinds[n + 1] not in (None, "summary") or kinds[n + 2] != "promo":
        return
    timed = kinds[n + 1] is None or VIDEO_TIME.search(lines[n + 2].text)
    if timed and not _is_prose(lines[n + 1]):
        kinds[n + 1] = "promo"


def _mark_videos(lines: list[Line], kinds: Kinds, body: int) -> None:
    """The line that describes a video stands right after the video's length."""
    for n in range(body, len(lines) - 1):
        if kinds[n] != "promo" or not VIDEO_TIME.search(lines[n].text) or kinds[n + 1] is not None:
            continue
        line = lines[n + 1]
        if line.words <= CAPTION_WORDS and not REPORTED.search(line.text) and n + 2 < len(lines):
            kinds[n + 1] = "caption"


def _mark_pictures(lines: list[Line], kinds: Kinds, cues: Cues, top: int, body: int) -> None:
    """Captions beside a credit that stands alone, and those that only describe a scene."""
    for n, line in enumerate(lines):
        most = {"caption": 10, "credit": 3}.get(kinds[n] or "", 0)
        if n >= top and 1 <= line.words <= most:
            _mark_beside_credit(lines, kinds, cues, n)
    for n in range(top, len(lines)):
        if kinds[n] in (None, "summary") and n != body and _describes_scene(lines[n], cues):
            kinds[n] = "caption"


def _mark_beside_credit(lines: list[Line], kinds: Kinds, cues: Cues, n: int) -> None:
    """BBC: credit, then caption without a stop. NPR, NYT: caption, then credit."""
    before, after = n - 1, n + 1
    if after + 1 < len(lines) and kinds[after] in (None, "summary"):
        line = lines[after]
        if not line.final and not OPEN_END.search(line.text) and 4 <= line.words <= 30 and kinds[n] == "caption":
            kinds[after] = "caption"
            return
    told = lines[n].text.lower().startswith("credit") and not REPORTED.search(lines[before].text)
    if before > 0 and kinds[before] in (None, "summary") and (told or _photo_like(lines[before], cues)):
        kinds[before] = "caption"


def _photo_like(line: Line, cues: Cues) -> bool:
    """One sentence that may describe a picture: short, nobody quoted, a verb of the scene in the present tense."""
    if line.words > CAPTION_WORDS or REPORTED.search(line.text):
        return False
    stop = INNER_STOP.search(line.text)
    first = line.text[: stop.start() + 2] if stop else line.text
    return bool(PHOTO_AIDS.search(first) or (cues.poses.search(first) and not TOLD.search(first)))


def _describes_scene(line: Line, cues: Cues) -> bool:
    """A caption without a credit: it says who stands where, or a pose in the present tense with a place and a date."""
    if line.words > CAPTION_WORDS or REPORTED.search(line.text):
        return False
    sides = PHOTO_AIDS.search(line.text)
    pose = cues.poses.search(line.text)
    if sides and pose:
        return True
    still = cues.stills.search(line.text) if not TOLD.search(line.text) else None
    dated = pose is not None and SCENE_DATED.search(line.text[pose.end() :]) is not None
    return dated or (still is not None and SCENE_DAY.search(line.text[still.end() :]) is not None)


def _mark_tail(lines: list[Line], kinds: Kinds, cues: Cues, body: int) -> None:
    """After the last prose: names of authors, tags, links."""
    last = max((n for n in range(len(lines)) if kinds[n] is None and _is_prose(lines[n])), default=len(lines))
    for n in range(body + 1, len(lines)):
        line = lines[n]
        if n <= last and kinds[n] is None and all(kind is not None for kind in kinds[n + 1 :]):
            kinds[n] = cues.kind_of(line.text, line.words, ("tail",))
        if n <= last or kinds[n] is not None:
            continue
        if kind := cues.kind_of(line.text, line.words, ("tail", "edge")):
            kinds[n] = kind
        elif not line.final and line.words <= HEADING_WORDS and not OPEN_END.search(line.text):
            kinds[n] = "promo"


def _mark_headings(lines: list[Line], kinds: Kinds, body: int) -> None:
    for n in range(body + 1, len(lines) - 1):
        if kinds[n] is None and _like_heading(lines[n], lines[n - 1]):
            caps = lines[n].text.isupper() and lines[n].words >= CAPS_LINK_WORDS
            kinds[n] = "promo" if caps else "heading"


def _like_heading(line: Line, before: Line) -> bool:
    if not 1 <= line.words <= HEADING_WORDS or len(line.text) > HEADING_CHARS or BULLET.match(line.text):
        return False
    if before.text.endswith(":") or not (line.text[0].isupper() or line.text[0].isdigit() or line.text[0] in "'\"‘“¿["):
        return False
    if line.text.endswith("?"):
        return not line.text.startswith(('"', "“")) and line.words <= 12
    if line.text.endswith(":"):
        return line.words <= 5 and not ANNOUNCED.search(line.text)
    return not line.final and not OPEN_END.search(line.text)


def _mark_repeats(lines: list[Line], kinds: Kinds, body: int) -> None:
    """A paragraph that stands above already is a duplicate, but for the lead below its own summary."""
    seen: dict[str, Literal["summary", "body"]] = {}
    whole = "\n".join(dict.fromkeys(line.key for n, line in enumerate(lines) if kinds[n] is None))
    for n, line in enumerate(lines):
        if kinds[n] == "heading" and n > body and _pull_quote(line, whole, times=1):
            kinds[n] = "duplicate"
        if kinds[n] not in (None, "summary"):
            continue
        earlier = seen.get(line.key)
        pulled = kinds[n] is None and n > body and _pull_quote(line, whole, times=2)
        if pulled or (earlier == "body" and line.words > 2):
            kinds[n] = "duplicate"
        if earlier is None or kinds[n] is None:
            seen[line.key] = "summary" if kinds[n] == "summary" else "body"


def _pull_quote(line: Line, whole: str, *, times: int) -> bool:
    """Words that a longer paragraph also holds: four in quotation marks, or eight without."""
    return line.words >= (4 if QUOTED.match(line.text) else PULLED_WORDS) and whole.count(line.key) >= times
