"""Who wrote a report and for whom, as its page says: bylines, credits, the tail of the headline, datelines.

Authors are people only. The outlet is the one that the page names first in this order: the tail of the headline, the
byline, a credit such as "Source: X", the agency of a dateline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dragoman.records import BlockKind, Record
from dragoman.sources.cues import Cues

Told = Sequence[tuple[BlockKind, str]]

NEAR_TOP = 12  # blocks in which a credit still tells the outlet, and a paragraph its dateline
LONGEST_BYLINE = 240  # characters
NAME_WORDS = 5
OUTLET_WORDS = 6
HEADLINE_WORDS = 4  # fewer are no headline before the name of a site

LABEL = re.compile(
    r"\A\W*(?:(?:words|story|report|text|analysis|written|posted|published|exclusive|opinion|compiled|reporting)"
    r"(?: and \w+)? by|authors?|reporters?|reported by|by)\b ?:? ?",
    re.IGNORECASE,
)
INPUTS = re.compile(
    r"\s(?:with|and) (?:agenc|files|inputs|wires|news ?wires|staff|(?:dpa|AFP|AP|Reuters|PTI)\b)|\swith\s"
)
BAR = re.compile(r" ?[|·•] ?| [-–—] |\t")
COMMA = re.compile(r" ?[,;&/] ?(?:and |& )?| and | y | et ")
PLACED = re.compile(r" (?:in|from|at|reports? from|reporting from) (?=[A-Z]).*\Z| for (?=[A-Z]).*\Z| \(.*\Z")
FOR = re.compile(r" (?:for|of) (?P<outlet>(?:the |The )?[A-Z].*)\Z")
HONORIFIC = re.compile(r"\A(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame)\.? (?=[A-Z])")
DATED = re.compile(r"\d")
SOURCE = re.compile(
    r"\A\W{0,3}(?:sources?|via|courtesy(?: of)?) ?[:|] ?(?P<outlet>[^|,;()\d]{2,50}?) ?(?:\Z|[|,;(\d]| and )",
    re.IGNORECASE,
)
THIS_REPORT = re.compile(r"\A\W{0,3}this (?:report|story) by (?P<outlet>[A-Z][^,.]{2,40}?) was first published")
REPORTING = re.compile(
    r"\A\W{0,3}(?:reporting|reported|written|writing) (?:and \w+ )?by:? (?P<names>[^;.)]+)", re.IGNORECASE
)
DATELINE = re.compile(
    r"\A.{0,60}?(?:[(/\[](?P<bracketed>[A-Z][\w -]{1,30}|dpa)[)/\]]\.?(?: ?(?:[-–—_:]|\Z)|\. | (?=[A-Z]))"
    r"|, ?(?P<initials>[A-Z]{2,6}): )"
)
TAIL = re.compile(r"\s+(?:[|–—·]|::|-{1,2})\s+(?P<outlet>[^|–—·»«]{2,40})\Z")


class Credited(Record, frozen=True, kw_only=True):
    """The authors of a report, in order, and its outlet, as the page writes it."""

    authors: tuple[str, ...] = ()
    outlet: str | None = None


def read_credits(told: Told, cues: Cues) -> Credited:
    """Authors and outlet by the blocks of a page, given as (kind, text), in order."""
    bylines = [_Byline(text, cues) for kind, text in told if kind == "byline" and len(text) <= LONGEST_BYLINE]
    authors = _unique(name for byline in bylines for name in byline.authors)
    if not authors:
        credits = [text for kind, text in told if kind == "credit"]
        authors = _unique(name for text in credits for name in _reporters(text, cues))
    return Credited(authors=authors, outlet=_outlet(told, bylines, cues))


def split_title(title: str, cues: Cues) -> tuple[str, str | None]:
    """A headline without the name of its outlet, and that name: "Talks resume - Herald News" gives "Talks resume"."""
    found = TAIL.search(title)
    if found is None or len(title[: found.start()].split()) < HEADLINE_WORDS:
        return title, None
    if found["outlet"].casefold() in cues.kickers:
        return title, None
    bar = "|" in found[0]
    if not (_is_outlet(found["outlet"], cues) or (bar and found["outlet"].startswith("The "))):
        return title, None
    headline = title[: found.start()]
    section = TAIL.search(headline)
    if section is not None and section["outlet"].casefold() in cues.kickers:
        headline = headline[: section.start()]
    return headline, found["outlet"]


class _Byline:
    """A byline taken apart: its people, and its outlet where one is named."""

    def __init__(self, text: str, cues: Cues) -> None:
        self.outlet: str | None = None
        self._cues = cues
        self.authors: list[str] = []
        labelled = LABEL.search(text)
        bare = LABEL.sub("", text)
        for n, piece in enumerate(BAR.split(bare)):
            if piece and (n == 0 or not self.authors):
                self._read(piece.strip(), labelled=labelled is not None)
            elif _is_outlet(piece.strip(), cues):
                self.outlet = self.outlet or piece.strip()

    def _read(self, piece: str, *, labelled: bool) -> None:
        inputs = INPUTS.search(piece)
        own = piece[: inputs.start()] if inputs else piece
        for n, part in enumerate(part for part in COMMA.split(own) if part):
            if served := FOR.search(part):
                self._serves(served["outlet"])
            name = HONORIFIC.sub("", PLACED.sub("", part)).strip(" .,:")
            if _is_outlet(name, self._cues):
                self._serves(name)
            elif _is_person(name, self._cues, first=n == 0 and labelled):
                self.authors.append(_cased(name))

    def _serves(self, name: str) -> None:
        if _is_outlet(name, self._cues):
            self.outlet = self.outlet or name


def _outlet(told: Told, bylines: Sequence[_Byline], cues: Cues) -> str | None:
    title = next((text for kind, text in told if kind == "title"), "")
    if named := split_title(title, cues)[1]:
        return named
    if named := next((byline.outlet for byline in bylines if byline.outlet), None):
        return named
    for n, (kind, text) in enumerate(told):
        if kind == "credit" and (named := _credited(text, cues, top=n < NEAR_TOP)):
            return named
    paragraphs = [text for kind, text in told[:NEAR_TOP] if kind in ("body", "dateline", "summary")]
    return next((named for text in paragraphs if (named := _datelined(text, cues))), None)


def _credited(text: str, cues: Cues, *, top: bool) -> str | None:
    """ "Source: Xinhua"; an agency alone, near the top; "This report by X was first published"."""
    if found := SOURCE.match(text) or THIS_REPORT.match(text):
        name = found["outlet"].strip(" .")
        return name.removeprefix("the ") if _is_outlet(name, cues) or name.isupper() else None
    name = text.strip(" .()[]—–-")
    return name if top and name in cues.agencies else None


def _datelined(text: str, cues: Cues) -> str | None:
    found = DATELINE.match(text)
    name = (found["bracketed"] or found["initials"]) if found else None
    return name if name and (name in cues.agencies or _is_outlet(name, cues)) else None


def _reporters(text: str, cues: Cues) -> list[str]:
    """ "Reporting by A in X and B; Editing by C": A and B."""
    if text.lstrip("( ").lower().startswith(("additional", "editing")) or not (found := REPORTING.match(text)):
        return []
    return _Byline(f"By {found['names']}", cues).authors


def _is_outlet(name: str, cues: Cues) -> bool:
    """An agency, or a capitalised name with a word that only outlets have."""
    words = name.split()
    if name in cues.agencies:
        return True
    if not 1 <= len(words) <= OUTLET_WORDS or not words[0][:1].isupper() or DATED.search(name):
        return False
    small = [word for word in words if word[:1].islower() and word not in {"of", "the", "and", "de", "del", "in"}]
    return (
        not small
        and any(word in cues.outlets for word in words)
        and words[-1].lower() not in cues.desks - {"agency", "service"}
    )


def _is_person(name: str, cues: Cues, *, first: bool) -> bool:
    """Two to five capitalised words without a desk, an office, a city; one word only in capitals is nobody."""
    words = name.split()
    if not 2 <= len(words) <= NAME_WORDS or DATED.search(name) or "@" in name:
        return False
    if name.casefold() in cues.cities or any(word.casefold().strip(".") in cues.desks for word in words):
        return False
    return cues.person.fullmatch(name) is not None and (first or words[0].lower() not in {"the", "our", "a", "an"})


def _cased(name: str) -> str:
    """HELEN O'BRIEN-SMITH as Helen O'Brien-Smith; names in mixed letters stay as they are."""
    if not name.isupper() or len(name) < 6:
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
