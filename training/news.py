"""Sentences of the project's own with names in them: patterns of `news.toml` filled from the fact tables of `kb/`.

Only their entity labels are taught. They carry what the open sets lack: leaders, ministries, parties and armed groups
in news prose and headlines, with every word's label certain.
"""

from __future__ import annotations

import csv
import json
import random
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import spacy

from training.corpus import Sentence
from training.entities import BIT, DATE_WORDS, both, data_root

SENTENCES = 4000
KIND = {
    "PER": "PER", "LAST": "PER", "LAND": "LOC", "CITY": "LOC", "CAPITAL": "LOC", "NORP": "NORP", "FOLK": "NORP",
    "ORG": "ORG", "PARTY": "ORG", "MINISTRY": "ORG", "GROUP": "ORG", "COMPANY": "ORG", "AGENCY": "ORG", "DATE": "DATE",
    "EVENT": "MISC",
}  # fmt: skip
_SLOT = re.compile(r"\{([A-Z]+)\}")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LANDS = (
    "United States", "U.S.", "US", "Britain", "UK", "United Kingdom", "UAE",
    "United Arab Emirates", "Ivory Coast", "DR Congo", "Congo", "Burma", "Taiwan", "Palestine",
)  # fmt: skip


def _names() -> list[str]:
    root = data_root() / "kb"
    names: set[str] = set()
    for path in sorted((root / "world_leaders" / "wiki_2021_22").glob("*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            names.add(
                re.sub(r"\s*\(.*", "", row.get("officeholderLabel") or row.get("officeholderlabel") or "").strip()
            )
    text = (root / "us_officials" / "legislators-current.yaml").read_text(encoding="utf-8")
    names.update(re.findall(r"official_full: ([^\n'\"]+)", text))
    return sorted(n for n in names if 2 <= len(n.split()) <= 4 and n[0].isupper() and not re.search(r"\d|,", n))


def _people() -> Callable[[random.Random], str]:
    names = _names()
    first, last = [n.split()[0] for n in names], [n.split()[-1] for n in names]

    def draw(rng: random.Random) -> str:
        return rng.choice(names) if rng.random() < 0.5 else f"{rng.choice(first)} {rng.choice(last)}"

    return draw


def _date(rng: random.Random, before: str) -> str:
    forms: list[Callable[[], str]]
    if before.rstrip().split(" ")[-1].lower() in ("in", "since", "by", "from"):
        forms = [
            lambda: str(rng.randint(1990, 2026)),
            lambda: rng.choice(_MONTHS),
            lambda: f"{rng.choice(_MONTHS)} {rng.randint(2000, 2026)}",
        ]
    else:
        day = rng.randint(1, 28)
        forms = [
            lambda: rng.choice(_DAYS),
            lambda: f"{rng.choice(_MONTHS)} {day}",
            lambda: f"{rng.choice(_SHORT)} {day}",
            lambda: f"{day} {rng.choice(_MONTHS)}",
            lambda: f"{rng.choice(_MONTHS)} {day}, {rng.randint(2000, 2026)}",
        ]
    return rng.choice(forms)()


class Filler:
    """Draws the words of a slot."""

    def __init__(self) -> None:
        table = tomllib.loads((Path(__file__).parent / "news.toml").read_text(encoding="utf-8"))
        self.patterns: list[str] = table["sentences"]["patterns"]
        self._lists: dict[str, list[str]] = dict(table["fill"])
        countries = json.loads((data_root() / "kb" / "countries" / "countries.json").read_text(encoding="utf-8"))
        states = [c for c in countries if c["independent"]]
        # The states that the news is about come up as often as all others together.
        big = [c["name"]["common"] for c in sorted(states, key=lambda c: -c["area"] * len(c["borders"]))[:60]]
        self._lists["LAND"] = [*(c["name"]["common"] for c in states), *big, *big, *_LANDS * 4]
        self._lists["CAPITAL"] = [city for c in states for city in c["capital"][:1]]
        table_of_peoples = data_root() / "kb/demonyms/geonorm/CountryName2AdjectivalandDemonymic.csv"
        rows = list(csv.reader(table_of_peoples.read_text(encoding="utf-8-sig").splitlines()))
        self._lists["NORP"] = [r[1].strip() for r in rows if len(r) > 2 and r[1].strip() and len(r[1]) < 18]
        self._lists["FOLK"] = [r[2].strip() for r in rows if len(r) > 2 and r[2].strip() and len(r[2]) < 18]
        self._person = _people()

    def draw(self, slot: str, rng: random.Random, before: str) -> str:
        """Words for one slot of a pattern, given the text before it."""
        if slot == "PER":
            return self._person(rng)
        if slot == "LAST":
            return self._person(rng).split()[-1]
        if slot == "DATE":
            return _date(rng, before)
        return rng.choice(self._lists[slot])


def _fill(pattern: str, filler: Filler, rng: random.Random) -> tuple[str, list[tuple[int, int, str]]]:
    text, at = "", 0
    spans: list[tuple[int, int, str]] = []
    for slot in _SLOT.finditer(pattern):
        text += pattern[at : slot.start()]
        words = filler.draw(slot[1], rng, text)
        kind = KIND.get(slot[1])
        lead = 4 if words.startswith("the ") else 0
        if kind:
            spans.append((len(text) + lead, len(text) + len(words), kind))
        text, at = text + words, slot.end()
    return text + pattern[at:], spans


_FIXED = {"United States": "LOC", "U.S.": "LOC", "UK": "LOC", "British": "NORP"}


def sentences(seed: int, count: int = SENTENCES) -> list[Sentence]:
    """`count` filled patterns, tokenised as the annotator does, with certain entity labels."""
    rng, filler, tokenizer = random.Random(seed), Filler(), spacy.blank("en").tokenizer
    out: list[Sentence] = []
    for number in range(count):
        text, spans = _fill(rng.choice(filler.patterns), filler, rng)
        spans += [
            (m.start(), m.end(), kind)
            for name, kind in _FIXED.items()
            for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        ]
        doc = tokenizer(text)
        words = tuple(t.text for t in doc)
        masks = [BIT["O"] | (both("DATE") if word.lower() in DATE_WORDS else 0) for word in words]
        for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
            inside = [t.i for t in doc if t.idx < end and t.idx + len(t) > start]
            if all(masks[i] & BIT["O"] for i in inside):
                for k, i in enumerate(inside):
                    masks[i] = BIT[f"{'I' if k else 'B'}-{kind}"]
        out.append(
            Sentence(corpus="own_news", doc=f"own_news/{number // 6}", text=text, words=words, allowed=tuple(masks))
        )
    return out
