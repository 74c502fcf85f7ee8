"""From the labels of each entity set to the labels that the set allows at a word.

Every set names other kinds of entity, so its "O" means "no entity, or a kind that this set does not mark". A word's
label is therefore a set of allowed labels, kept as a bit mask over `LABELS`; the loss is -log of their summed
probability.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec


def data_root() -> Path:
    """The data folder: `DRAGOMAN_DATA` or `../shared/data` beside the repository."""
    return Path(os.environ.get("DRAGOMAN_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


KINDS = ("PER", "ORG", "LOC", "NORP", "DATE", "MISC")
LABELS = ("O", *(f"{prefix}-{kind}" for kind in KINDS for prefix in ("B", "I")))
Allowed = tuple[int, ...]
BIT = {label: 1 << i for i, label in enumerate(LABELS)}
INSIDE = sum(bit for label, bit in BIT.items() if label.startswith("I-"))
ANY = (1 << len(LABELS)) - 1


@cache
def peoples() -> frozenset[str]:
    """Capitalised adjectives and plurals of peoples, faiths and parties: facts from the demonym tables in `kb/`."""
    folder = data_root() / "kb" / "demonyms" / "src/main/resources/edu/knowitall/chunkedextractor"
    rows = csv.reader((folder / "demonyms.csv").read_text(encoding="utf-8").splitlines())
    adjectives = {row[0].strip() for row in rows if row and row[0][:1].isupper() and " " not in row[0].strip()}
    return frozenset(adjectives | {f"{word}s" for word in adjectives} | FAITHS_AND_PARTIES)


def both(*kinds: str) -> int:
    """Mask of the B and I labels of some kinds."""
    return sum(BIT[f"{prefix}-{kind}"] for kind in kinds for prefix in "BI")


MASKS: dict[str, dict[str, tuple[str, ...]]] = {
    "uner_ewt": {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC",)},
    "wikigold": {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC",), "MISC": ("MISC", "NORP")},
    "crossner_politics": {
        "person": ("PER",), "politician": ("PER",), "politicalparty": ("ORG",), "organisation": ("ORG",),
        "country": ("LOC",), "location": ("LOC",), "event": ("MISC",), "election": ("MISC",), "misc": ("MISC", "NORP"),
    },
    "btc": {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC", "NORP")},
    "wnut17": {
        "person": ("PER",), "location": ("LOC",), "corporation": ("ORG",), "group": ("ORG", "NORP", "MISC"),
        "creative-work": ("MISC",), "product": ("MISC", "ORG"),
    },
    "re3d": {
        "Person": ("PER",), "Organisation": ("ORG",), "Location": ("LOC",), "Nationality": ("NORP",),
        "Temporal": ("DATE",),
    },
}  # fmt: skip
_FORMS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))[
    "forms"
]
_FUNCTION, _DETERMINERS, _PRONOUNS, _TITLES, MONTHS, WEEKDAYS, _BEFORE_YEARS, FAITHS_AND_PARTIES = (
    frozenset(_FORMS[name])
    for name in (
        "function",
        "determiners",
        "pronouns",
        "titles",
        "months",
        "weekdays",
        "before_years",
        "faiths_and_parties",
    )
)
DATE_WORDS = MONTHS | WEEKDAYS | frozenset(_FORMS["date_words"])
_PEOPLE_ENDINGS = tuple(_FORMS["people_endings"])
_NAMES = both("PER", "ORG", "LOC")
OPEN_KINDS = {
    "uner_ewt": ("NORP", "DATE", "MISC"),
    "wikigold": ("NORP", "DATE"),
    "crossner_politics": ("DATE", "NORP"),
    "btc": ("NORP", "DATE", "MISC"),
    "wnut17": ("NORP", "DATE"),
    "re3d": ("MISC", "DATE", "NORP"),
}
_DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?$")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")


def date_positions(words: Sequence[str]) -> dict[int, str]:
    """Labels of plain calendar dates by form: weekdays, months with day and year, years after a preposition."""
    labels: dict[int, str] = {}
    lower = [word.lower() for word in words]
    i = 0
    while i < len(words):
        size = _date_length(words, lower, i)
        for k in range(size):
            labels[i + k] = "I-DATE" if k else "B-DATE"
        i += size or 1
    return labels


def _date_length(words: Sequence[str], lower: list[str], i: int) -> int:
    n = len(words)
    start, j = i, i
    if _DAY.match(lower[j]) and j + 1 < n and lower[j + 1] in MONTHS and words[j + 1][0].isupper():
        j += 1
    if lower[j] in MONTHS and words[j][0].isupper() and (lower[j] not in ("may", "march") or _dated(lower, j)):
        j += 1
        if j < n and j - 1 == start and _DAY.match(lower[j]):
            j += 1
        if j + 1 < n and lower[j] == "," and _YEAR.match(lower[j + 1]):
            j += 2
        elif j < n and _YEAR.match(lower[j]):
            j += 1
        return j - start
    if lower[i] in WEEKDAYS and words[i][0].isupper():
        return 1
    if _YEAR.match(lower[i]) and i and lower[i - 1] in _BEFORE_YEARS:
        return 1
    return 0


def _dated(lower: list[str], j: int) -> bool:
    after = j + 1 < len(lower) and (bool(_DAY.match(lower[j + 1])) or bool(_YEAR.match(lower[j + 1])))
    before = j > 0 and (bool(_DAY.match(lower[j - 1])) or lower[j - 1] in _BEFORE_YEARS | {"last", "next"})
    return after or before


def _by_form(word: str) -> int:
    """Labels that a word can have by its form alone: without this, labels that a set leaves open would spread."""
    lower = word.lower()
    if word in _FUNCTION:
        return BIT["O"] | INSIDE & ~both("NORP", "PER")
    mask = BIT["O"] | (both("DATE") if lower in DATE_WORDS or any(c.isdigit() for c in word) else 0)
    if word[0].isupper():
        people = both("NORP") if word.endswith(_PEOPLE_ENDINGS) else 0
        return mask | people | both("PER", "ORG", "LOC", "MISC")
    if any(c.isdigit() for c in word):
        return mask | both("MISC", "ORG")
    return mask


def relax(words: Sequence[str], masks: list[int]) -> Allowed:
    """Take away what the form rules out, and add what it makes sure: calendar dates, and names of peoples, where the
    set
    leaves them open."""
    for i, word in enumerate(words):
        if masks[i] & BIT["O"]:
            masks[i] = masks[i] & _by_form(word)
    for i, label in date_positions(words).items():
        if masks[i] & BIT[label]:
            masks[i] = BIT[label]
    for i, word in enumerate(words):
        if word[:1].isupper() and word in peoples() and masks[i] & BIT["B-NORP"] and not masks[i] & _NAMES:
            masks[i] = BIT["B-NORP"]
    return tuple(masks)


def _spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, kind) of IOB1 or IOB2 tags."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag == "O" or "-" not in tag:
            continue
        prefix, kind = tag.split("-", 1)
        if prefix == "I" and spans and spans[-1][1] == i and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], i + 1, kind)
        else:
            spans.append((i, i + 1, kind))
    return spans


def _write(masks: list[int], start: int, end: int, kinds: Sequence[str]) -> None:
    for i in range(start, end):
        prefix = "B" if i == start else "I"
        masks[i] = sum(BIT[f"{prefix}-{kind}"] for kind in kinds)


def _proper(words: Sequence[str]) -> bool:
    """True if every word that is not a small function word begins with a capital or a digit."""
    content = [w for w in words if w.lower() not in _FUNCTION]
    return bool(content) and all(w[0].isupper() or w[0].isdigit() for w in content)


def typed_allowed(corpus: str, words: Sequence[str], tags: Sequence[str]) -> Allowed:
    """Masks of one sentence of a named-entity set."""
    masks = [BIT["O"] | both(*OPEN_KINDS[corpus])] * len(words)
    for start, end, kind in _spans(tags):
        kinds = MASKS[corpus].get(kind)
        if corpus == "re3d":
            if words[start].lower() in _DETERMINERS and end - start > 1:
                start += 1
            loose = words[start].lower() in _PRONOUNS or (kind == "Person" and words[start].lower() in _TITLES)
            nominal = kinds is None or loose or (kind != "Temporal" and not _proper(words[start:end]))
            if nominal:
                masks[start:end] = [ANY] * (end - start)
                continue
        if corpus == "btc" and (words[start].startswith(("@", "#")) or (start and words[start - 1] in ("@", "#"))):
            # Handles and hash tags are marked by whim there.
            masks[start:end] = [ANY] * (end - start)
            continue
        if kinds:
            _write(masks, start, end, kinds)
    return relax(words, masks)


def _is_people_adjective(word: str, xpos: str, lemma: str) -> bool:
    return xpos == "JJ" and word[0].isupper() and lemma[:1].isupper() and word.isalpha() and not word.isupper()


def treebank_allowed(words: Sequence[str], xpos: Sequence[str], lemmas: Sequence[str]) -> Allowed:
    """Masks of a sentence without entity labels: capitalised adjectives are NORP, common words no names, names are
    open.
    """
    masks = []
    for word, tag, lemma in zip(words, xpos, lemmas, strict=True):
        if _is_people_adjective(word, tag, lemma):
            masks.append(both("NORP", "MISC"))
        elif word in _FUNCTION:
            masks.append(BIT["O"] | INSIDE & ~both("NORP", "PER"))
        elif tag.startswith("NNP") or tag in ("FW", "ADD", "GW", "X"):
            masks.append(ANY)
        else:
            # A capital without a name's tag only begins a sentence or a title.
            masks.append(
                (BIT["O"] | both("DATE")) & _by_form(word.lower())
                | (both("MISC") if word[0].isupper() and len(masks) else 0)
            )
    return relax(words, masks)


class GumEntity(msgspec.Struct, frozen=True):
    """An entity of GUM: words [start, end), its type, the words of its minimal span, whether Wikipedia has it."""

    start: int
    end: int
    kind: str
    core: tuple[int, ...]
    linked: bool


_GUM_KIND = {
    "person": "PER",
    "organization": "ORG",
    "place": "LOC",
    "event": "MISC",
    "abstract": "MISC",
    "object": "MISC",
    "time": "DATE",
}
_MARK = re.compile(r"\(([^()]+)(\))?|([^()]+)\)")


def gum_entities(misc: Sequence[str]) -> list[GumEntity]:
    """Entities of one sentence from its MISC column (`Entity=` in the GUM bracket notation)."""
    stack: list[tuple[str, int, list[str]]] = []
    found: list[GumEntity] = []
    for i, cell in enumerate(misc):
        value = next((part[7:] for part in cell.split("|") if part.startswith("Entity=")), "")
        for opened, closed_here, closed in _MARK.findall(value):
            if opened:
                fields = opened.split("-")
                if closed_here:
                    found.append(_gum_entity(i, i + 1, fields))
                else:
                    stack.append((fields[0], i, fields))
                continue
            at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == closed), None)
            if at is not None:
                _, start, fields = stack.pop(at)
                found.append(_gum_entity(start, i + 1, fields))
    return found


def _gum_entity(start: int, end: int, fields: list[str]) -> GumEntity:
    core = tuple(start + int(k) - 1 for k in fields[5].split(",") if k.isdigit()) if len(fields) > 5 else ()
    return GumEntity(start, end, fields[1] if len(fields) > 1 else "", core, len(fields) > 7)


def _name_of(
    entity: GumEntity, words: Sequence[str], xpos: Sequence[str], deps: Sequence[str]
) -> tuple[int, int] | None:
    """The words of an entity that are its name, or None for a common noun phrase."""
    heads = [i for i in entity.core if i < len(words) and xpos[i].startswith("NNP")]
    if not heads:
        return None
    start, end = entity.start, entity.end
    while start < end and words[start].lower() in _DETERMINERS:
        start += 1
    if entity.kind != "person" and start < end and end - start <= 8 and _proper(words[start:end]):
        return (start, end)
    low, high = heads[0], heads[0] + 1
    while low > entity.start and xpos[low - 1].startswith("NNP") and deps[low - 1] != "nmod:desc":
        low -= 1
    while high < entity.end and xpos[high].startswith("NNP"):
        high += 1
    return (low, high)


def gum_allowed(
    words: Sequence[str],
    xpos: Sequence[str],
    lemmas: Sequence[str],
    deps: Sequence[str],
    misc: Sequence[str],
) -> Allowed:
    """Masks of a GUM sentence: named mentions get their kind, other names stay open, the rest is no entity."""
    masks = list(treebank_allowed(words, xpos, lemmas))
    entities = gum_entities(misc)
    for entity in entities:
        if entity.kind == "time":
            _write_time(masks, words, xpos, entity)
    named = [
        (span, e)
        for e in entities
        if e.kind in _GUM_KIND and e.kind != "time" and (span := _name_of(e, words, xpos, deps))
    ]
    taken: set[int] = set()
    for (start, end), entity in sorted(named, key=lambda pair: pair[0][0] - pair[0][1]):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            people = entity.kind == "person" and end - start == 1 and xpos[start] == "NNPS"
            sure = entity.kind in ("person", "organization", "place", "event")
            _write(masks, start, end, ("NORP",) if people else (_GUM_KIND[entity.kind],) if sure else ("MISC", "ORG"))
    return tuple(masks)


def _write_time(masks: list[int], words: Sequence[str], xpos: Sequence[str], entity: GumEntity) -> None:
    start, end = entity.start, entity.end
    while start < end and words[start].lower() in _DETERMINERS:
        start += 1
    sure = any(c.isdigit() for w in words[start:end] for c in w) or any(
        xpos[i].startswith("NNP") for i in range(start, end)
    )
    if start < end and end - start <= 6:
        if sure:
            _write(masks, start, end, ("DATE",))
        else:
            masks[start:end] = [BIT["O"] | both("DATE")] * (end - start)
