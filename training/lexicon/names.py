"""Names of persons: ids, short names of later mentions, spellings."""

from __future__ import annotations

import re
import unicodedata

FAMILY_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "VNM", "HKG", "MAC", "SGP", "KHM"})
GIVEN_NAME_USED = frozenset({"VNM"})
"""Where the family name comes first and the news nevertheless call people by their last name."""
PARTICLES = frozenset(
    ("von", "van", "der", "den", "de", "da", "di", "do", "dos", "del", "della", "la", "le", "al", "bin", "ben", "ibn",
     "abu", "el", "ter", "af")
)  # fmt: skip
WORDS = frozenset(("Ai", "Am", "An", "As", "Do", "He", "I", "Is", "Na", "No", "Oh", "Or", "So", "To"))
"""Family names that are English words at the start of a sentence: such people go by their full name."""
SUFFIXES = re.compile(r",? (?:Jr\.?|Sr\.?|I{1,3}|IV|V|VI|XIV|XVI)$")
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "ə": "a"})


def bare(name: str) -> str:
    """The name in lower case without accents, points and hyphens: what two spellings share."""
    decomposed = unicodedata.normalize("NFD", name.translate(_PLAIN))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return " ".join(re.sub(r"[^a-z0-9' ]", " ", letters).replace("'", "").split())


def slug(name: str) -> str:
    """The id of a person without a Wikidata id: "p:sergei-lavrov"."""
    return "p:" + bare(name).replace(" ", "-")


def surnames(name: str, family_first: bool, country: str | None) -> tuple[str, ...]:
    """The short names that later mentions use: "von der Leyen", "al-Sisi" and "Sisi", "Xi"."""
    words = SUFFIXES.sub("", name).split()
    if family_first and country not in GIVEN_NAME_USED:
        return (name if words[0] in WORDS else words[0],)
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    short = " ".join(words[start:])
    if match := re.match(r"(?:al|el|Al|El)[- ](.+)", short):
        return (short, match[1])
    return (short,)


def spellings(name: str, family_first: bool) -> tuple[str, ...]:
    """Other spellings that follow from the name: without middle initials, hyphened or spaced given names."""
    short = SUFFIXES.sub("", name)
    forms = {re.sub(r" (?:[A-Z]\. ?)+(?=[A-Z])", " ", name), short if " " in short else name}
    if family_first and "-" in name:
        forms.add(re.sub(r"-(\w)", lambda match: " " + match[1].upper(), name))
    return tuple(sorted(forms - {name}))
