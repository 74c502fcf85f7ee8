"""Plain baselines, one for a layer: what the corpus asks beyond the obvious is what they miss.

entities: the shipped encoder's PER, ORG and LOC. type: TF-IDF of the words around the trigger and of the trigger's
letters, and logistic regression (scikit-learn), trained on the train part. status: the clearest cue words near the
trigger in its sentence. statements: what stands in quotation marks, said by nobody. Each is given the gold triggers
where it needs them.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from evaluation.agreement import kappa, share
from evaluation.corpus.labels import EventLabel, Labels, characters
from evaluation.metrics.counts import Figures, Tally, macro_f1, pct

WORD = re.compile(r"\w+?(?=n't)|n't|\w+")
QUOTED = re.compile(r"“[^”\n]+”|\"[^\"\n]+\"|‘[^’\n]{12,}’")
AROUND = 10
"""Words on either side of a trigger that the type baseline sees."""
BEFORE, AFTER = 7, 3
"""Words before and after a trigger among which the status baseline looks for its cues."""
PLACES = frozenset({"LOC", "POL", "FAC"})
NEWSWIRE = ("PER", "ORG", "LOC")


def entity_figures(gold: Sequence[Labels], found: Sequence[Labels]) -> Figures:
    """Strict F1 of PER, ORG and LOC (places, polities and facilities as one), as the encoder marks them."""
    said = {labels.passage_id: labels for labels in found}
    whole, by_kind = Tally(), {kind: Tally() for kind in NEWSWIRE}
    for labels in gold:
        wanted, have = _newswire(labels), _newswire(said[labels.passage_id])
        whole.add(have, wanted)
        for kind, tally in by_kind.items():
            tally.add({name for name in have if name[2] == kind}, {name for name in wanted if name[2] == kind})
    return whole.figures("strict") | {f"{kind.lower()}_f1": pct(tally.f1) for kind, tally in by_kind.items()}


def _newswire(labels: Labels) -> set[tuple[int, int, str]]:
    folded = {(start, end, "LOC" if kind in PLACES else kind) for start, end, kind in labels.names}
    return {name for name in folded if name[2] in NEWSWIRE}


def type_figures(train: Sequence[Labels], test: Sequence[Labels]) -> Figures:
    """Accuracy, macro F1 and kappa of TF-IDF and logistic regression over the gold triggers of the test part.

    Raises ModuleNotFoundError without scikit-learn: `pip install -e ".[evaluate]"`.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    learned, asked = list(_events(train)), list(_events(test))
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, preprocessor=window),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, preprocessor=trigger),
        ),
        LogisticRegression(C=20, max_iter=2000, class_weight="balanced"),
    )
    model.fit(learned, [event.type for _, event in learned])
    said = [str(value) for value in model.predict(asked)]
    return _coded([(event.type, value) for (_, event), value in zip(asked, said, strict=True)])


def window(asked: tuple[Labels, EventLabel]) -> str:
    """The words around an event's first trigger, and its own, in small letters."""
    labels, event = asked
    start, end = min(event.triggers)
    before = WORD.findall(labels.text[:start].lower())[-AROUND:]
    after = WORD.findall(labels.text[end:].lower())[:AROUND]
    return " ".join([*before, *WORD.findall(labels.text[start:end].lower()), *after])


def trigger(asked: tuple[Labels, EventLabel]) -> str:
    """The words of an event's first trigger, in small letters."""
    labels, event = asked
    start, end = min(event.triggers)
    return labels.text[start:end].lower()


def status_figures(test: Sequence[Labels]) -> Figures:
    """Accuracy, macro F1 and kappa of the cue words, beside those of calling every event occurred."""
    asked = list(_events(test))
    cued = _coded([(event.status, cued_status(labels, event)) for labels, event in asked])
    always = _coded([(event.status, "occurred") for _, event in asked])
    return cued | {f"occurred_{name}": value for name, value in always.items() if name != "n"}


def cued_status(labels: Labels, event: EventLabel) -> str:
    """The status whose cue words stand near the trigger, in the table's order; else `occurred`."""
    start, end = min(event.triggers)
    first, last = next((one for one in labels.sentences if one[0] <= start < one[1]), (0, len(labels.text)))
    before, after = labels.text[first:start].lower(), labels.text[end : max(end, last)].lower()
    words = WORD.findall(before)[-BEFORE:] + WORD.findall(after)[:AFTER]
    return next((status for status, cues in status_cues().items() if cues & set(words)), "occurred")


@cache
def status_cues() -> dict[str, frozenset[str]]:
    """`cues.toml`: status -> words, in the order in which they are tried."""
    raw = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    return {status: frozenset(words) for status, words in raw["cues"].items()}


def statement_figures(test: Sequence[Labels]) -> Figures:
    """Characters of content that stand in quotation marks, and statements found by touching one."""
    content, found = Tally(), Tally()
    for labels in test:
        quotes = [match.span() for match in QUOTED.finditer(labels.text)]
        content.add(characters(quotes), {at for said in labels.statements for at in characters(said.what)})
        hits = sum(any(characters([quote]) & characters(said.what) for quote in quotes) for said in labels.statements)
        found.count(min(hits, len(quotes)), len(quotes), len(labels.statements))
    return content.figures("content_chars") | found.figures("found")


def _events(labelled: Sequence[Labels]) -> Iterator[tuple[Labels, EventLabel]]:
    yield from ((labels, event) for labels in labelled for event in labels.events if event.triggers)


def _coded(pairs: Sequence[tuple[str, str]]) -> Figures:
    wanted = Counter(value for value, _ in pairs)
    return {
        "n": len(pairs),
        "accuracy": pct(share(one == other for one, other in pairs)),
        "macro_f1": pct(macro_f1(pairs, wanted)),
        "kappa": pct(kappa(pairs)),
    }
