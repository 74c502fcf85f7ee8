"""Learns from the treebanks the lemma table (forms and suffix rules by Penn tag) and each tag's usual features."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from dragoman.annotate.lemmas import LONGEST_SUFFIX, TagRules, apply_suffix
from training.corpus import Sentence

Rule = tuple[int, str]
_KEEPS_CASE = ("NNP", "NNPS", "FW", "ADD")


def _rule(form: str, lemma: str) -> Rule:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def _suffix_rules(lemmas: dict[str, str]) -> dict[str, Rule]:
    """Suffix -> its most frequent rule, kept only where the next shorter suffix says something else."""
    counts: dict[str, Counter[Rule]] = defaultdict(Counter)
    for form, lemma in lemmas.items():
        rule = _rule(form, lemma)
        for size in range(min(LONGEST_SUFFIX, len(form) - 1) + 1):
            if rule[0] <= max(size, 4):
                counts[form[len(form) - size :]][rule] += 1
    kept: dict[str, Rule] = {}
    for suffix in sorted(counts, key=len):
        rule, n = counts[suffix].most_common(1)[0]
        if suffix and (n < 2 or rule[0] > len(suffix) + 2):
            continue
        shorter = next((kept[suffix[i:]] for i in range(1, len(suffix) + 1) if suffix[i:] in kept), None)
        if rule != shorter:
            kept[suffix] = rule
    return kept


def learn(sentences: Sequence[Sentence]) -> dict[str, TagRules]:
    """The table for every Penn tag of the treebanks."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for s in sentences:
        for word, tag, lemma in zip(s.words, s.xpos, s.lemmas, strict=False):
            if lemma and lemma != "_" and tag:
                form = word.replace("\u2019", "'")
                counts[tag][form if tag in _KEEPS_CASE else form.lower()][lemma] += 1
    table: dict[str, TagRules] = {}
    for tag, forms in sorted(counts.items()):
        best = {form: c.most_common(1)[0][0] for form, c in forms.items()}
        ruled = {f: m for f, m in best.items() if f.isalpha()}
        suffixes = _suffix_rules(ruled) if tag not in _KEEPS_CASE else {}
        odd = {
            f: m
            for f, m in sorted(best.items())
            if apply_suffix(f, suffixes) != m and (tag not in _KEEPS_CASE or sum(forms[f].values()) > 1)
        }
        table[tag] = TagRules(odd, suffixes)
    return table


def features(sentences: Sequence[Sentence]) -> dict[str, str]:
    """`XPOS UPOS` -> the usual FEATS of the pair, "_" where there are none."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for xpos, upos, feats in zip(s.xpos, s.upos, s.feats, strict=False):
            counts[f"{xpos} {upos}"][feats] += 1
    return {key: c.most_common(1)[0][0] for key, c in sorted(counts.items()) if sum(c.values()) > 4}
