"""Learns from the treebanks which lemmas there are, what the spelling rules get wrong, and each tag's features."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from dragoman.annotate.lemmas import KEEPS_CASE, LemmaTable, Lemmatizer
from training.corpus import Sentence

CLASSES = {"VB": "verb", "NN": "noun", "JJ": "adjective", "RB": "adjective"}
SURE = 2
"""A form must have been seen so often with its lemma to overrule the spelling rules: treebanks keep misspelt words."""
_RULED = frozenset({"VBD", "VBN", "VBG", "VBZ", "NNS", "NNPS", "JJR", "JJS", "RBR", "RBS"})
Counts = dict[str, dict[str, Counter[str]]]


def _pairs(text: str) -> list[list[str]]:
    return [row.split() for row in text.replace("\n", " ").split(";") if row.strip()]


def _irregular(table: dict[str, str]) -> dict[str, dict[str, str]]:
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for base, past, participle in _pairs(table["verbs"]):
        forms["VBD"].update(dict.fromkeys(past.split("/"), base))
        forms["VBN"].update(dict.fromkeys(participle.split("/"), base))
    for tag, name in (
        ("NNS", "plurals"),
        ("JJR", "comparisons"),
        ("JJS", "comparisons"),
        ("RBR", "adverbs"),
        ("RBS", "adverbs"),
    ):
        forms[tag].update((form, lemma) for form, lemma in _pairs(table[name]))
    return forms


def _counted(sentences: Sequence[Sentence]) -> Counts:
    counts: Counts = defaultdict(lambda: defaultdict(Counter))
    for s in sentences:
        for word, tag, lemma in zip(s.words, s.xpos, s.lemmas, strict=False):
            if lemma and lemma != "_" and tag and tag != "GW":
                form = word.replace("\u2019", "'")
                counts[tag][form if tag in KEEPS_CASE else form.lower()][lemma] += 1
    return counts


def _known(counts: Counts, words: dict[str, str]) -> dict[str, frozenset[str]]:
    """Lemmas by class: those seen as a base form, and those of the table."""
    known: dict[str, set[str]] = defaultdict(set)
    for tag in ("VB", "VBP", "NN", "JJ", "RB", "NNP"):
        name = "name" if tag == "NNP" else CLASSES[tag[:2]]
        known[name].update(form for form, lemmas in counts[tag].items() if form in lemmas and form.isalpha())
    known["verb"].update(words["verbs"].split())
    known["noun"].update(words["nouns"].split())
    return {name: frozenset(lemmas) for name, lemmas in known.items()}


def learn(sentences: Sequence[Sentence]) -> LemmaTable:
    """The table for every Penn tag of the treebanks, irregular forms of our own table first."""
    tables = tomllib.loads(Path(__file__).with_name("inflection.toml").read_text(encoding="utf-8"))
    irregular, counts = _irregular(tables["irregular"]), _counted(sentences)
    known = _known(counts, tables["known"])
    rules = Lemmatizer(LemmaTable({}, known))
    forms: dict[str, dict[str, str]] = {}
    for tag in sorted({*counts, *irregular}):
        odd: dict[str, str] = {}
        for form, lemmas in sorted(counts[tag].items()):
            lemma, n = lemmas.most_common(1)[0]
            sure = n >= SURE or (tag not in _RULED and tag not in KEEPS_CASE)
            if sure and lemma != rules.by_rule(form, tag):
                odd[form] = lemma
        forms[tag] = odd | irregular.get(tag, {})
    return LemmaTable(forms, known)


def features(sentences: Sequence[Sentence]) -> dict[str, str]:
    """`XPOS UPOS` -> the usual FEATS of the pair, "_" where there are none."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for xpos, upos, feats in zip(s.xpos, s.upos, s.feats, strict=False):
            counts[f"{xpos} {upos}"][feats] += 1
    return {key: c.most_common(1)[0][0] for key, c in sorted(counts.items()) if sum(c.values()) > 4}
