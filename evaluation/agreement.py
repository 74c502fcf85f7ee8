"""Agreement of a set's gold labels with a second coder's: `python -m evaluation.agreement` prints it for our own sets.

The second coder's labels lie beside the gold: `NAME.second.jsonl` (`uid`, `root`) for dyads, and for a reading
`NAME.second.json` with `events` (`type`, `status`, `core`, `actors`, `recipients`, `triggers`) and `statements`
(`speaker`, `p`, the `first` words, `act`). Kappa is Cohen's (1960). Where the gold lists several values that count as
right, agreement is that the second coder's value is among them, and chance is the share of gold lists that would hold a
value drawn from the second coder's own: the lists are wide, so that this is a milder test than equality.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evaluation.forms import ROOT, Row, read_rows
from evaluation.metrics.dyads import fifteen

OURS = ROOT / "evaluation"
READ_TWICE = ("shoal", "verdict")
Place = tuple[int, int, int]  # paragraph, start, end


class Pair(NamedTuple):
    """One event or statement of the gold and what the second coder has for it."""

    gold: Row
    second: Row


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one line of figures for each set."""
    ask = argparse.ArgumentParser(prog="python -m evaluation.agreement", description=__doc__)
    ask.add_argument("sets", nargs="*", default=["dyads", *READ_TWICE], help="dyads, or names of readings")
    for name in ask.parse_args(arguments).sets:
        figures = dyad_agreement(OURS / "house") if name == "dyads" else reading_agreement(OURS / "readings", name)
        print(name, json.dumps({key: round(value, 3) for key, value in figures.items()}))
    return 0


def dyad_agreement(folder: Path) -> dict[str, float]:
    """Raw agreement and kappa over the rows that both coders labelled, with 16 types and with YIELD for two of them."""
    first = {str(row["uid"]): str(row["root"]) for row in read_rows(folder / "dyads.gold.jsonl")}
    both = [(first[str(row["uid"])], str(row["root"])) for row in read_rows(folder / "dyads.second.jsonl")]
    folded = [(fifteen(one), fifteen(other)) for one, other in both]
    return {
        "n": len(both),
        "agreed": share(one == other for one, other in both),
        "kappa": kappa(both),
        "agreed_yield": share(one == other for one, other in folded),
        "kappa_yield": kappa(folded),
    }


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Cohen's kappa of two coders' labels for the same items; 1 where chance alone would always agree."""
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(ones[label] * others[label] for label in ones) / len(pairs) ** 2
    return corrected(share(one == other for one, other in pairs), chance)


def reading_agreement(folder: Path, name: str) -> dict[str, float]:
    """Events and statements found by both coders of a reading, and how their labels agree on those."""
    gold = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))
    second = json.loads((folder / f"{name}.second.json").read_text(encoding="utf-8"))
    text = (folder / f"{name}.txt").read_text(encoding="utf-8")
    paragraphs = [line for line in text.split("\n") if line.strip()]
    names = {actor["id"]: _names(actor) for actor in gold["actors"]}
    return {**_events(gold, second, paragraphs), **_statements(gold, second, paragraphs, names)}


def _events(gold: Row, second: Row, paragraphs: Sequence[str]) -> dict[str, float]:
    """F1 of core events against core events, and without those that the other coder has as optional; labels of both."""
    pairs = matched(gold["events"], second["events"], lambda event: _places(event["triggers"], paragraphs), _core)
    both = [pair for pair in pairs if _core(pair.gold) and _core(pair.second)]
    asked, listed = _cores(gold["events"]), _cores(second["events"])
    spared_gold = sum(_core(pair.gold) and not _core(pair.second) for pair in pairs)
    spared_second = sum(_core(pair.second) and not _core(pair.gold) for pair in pairs)
    return {
        "events_gold": asked,
        "events_second": listed,
        "events_both": len(both),
        "events_f1": f1(len(both), asked, listed),
        "events_f1_optional_spared": f1(len(both), asked - spared_gold, listed - spared_second),
        **_labels("type", [(pair.gold["types"], pair.second["type"]) for pair in both]),
        **_labels("status", [(pair.gold["status"], pair.second["status"]) for pair in both]),
    }


def _statements(
    gold: Row, second: Row, paragraphs: Sequence[str], names: dict[str, frozenset[str]]
) -> dict[str, float]:
    """F1 of statements found by overlap of content, optional ones of the gold spared; speakers and acts of those."""

    def places(statement: Row) -> list[Place]:
        first = {"p": statement.get("p"), "text": statement.get("first"), "n": 1}
        return _places(statement.get("content") or [first], paragraphs)

    pairs = matched(gold["statements"], second["statements"], places, lambda row: not row.get("optional"))
    missed = len(gold["statements"]) - len(pairs) - _unmatched_optional(gold["statements"], pairs)
    return {
        "statements_gold": len(gold["statements"]),
        "statements_second": len(second["statements"]),
        "statements_both": len(pairs),
        "statements_f1": f1(len(pairs), len(pairs) + missed, len(second["statements"])),
        "speaker_agreed": share(_same_speaker(pair, names) for pair in pairs),
        **_labels("act", [(pair.gold["act"], pair.second["act"]) for pair in pairs]),
    }


def matched(
    gold: Sequence[Row], second: Sequence[Row], places: Callable[[Row], list[Place]], core: Callable[[Row], bool]
) -> list[Pair]:
    """Pairs one to one: core with core first, then by the characters that their spans share."""
    spots = [places(row) for row in gold]
    candidates = []
    for right, row in enumerate(second):
        own = places(row)
        for left, spot in enumerate(spots):
            if common := sum(_common(one, other) for one in spot for other in own):
                candidates.append((not (core(gold[left]) and core(row)), -common, left, right))
    pairs: dict[int, int] = {}
    for _, _, left, right in sorted(candidates):
        if left not in pairs and right not in pairs.values():
            pairs[left] = right
    return [Pair(gold[left], second[right]) for left, right in sorted(pairs.items())]


def _labels(name: str, pairs: Sequence[tuple[Sequence[str], str]]) -> dict[str, float]:
    """How often a value is in the gold's list, that less chance, and agreement and kappa with the first of the list."""
    ours = Counter(value for _, value in pairs)
    chance = sum(ours[value] for values, _ in pairs for value in set(values)) / len(pairs) ** 2
    agreed = share(value in values for values, value in pairs)
    return {
        f"{name}_agreed": agreed,
        f"{name}_agreed_beyond_chance": corrected(agreed, chance),
        f"{name}_first": share(value == values[0] for values, value in pairs),
        f"{name}_first_kappa": kappa([(values[0], value) for values, value in pairs]),
    }


def _same_speaker(pair: Pair, names: dict[str, frozenset[str]]) -> bool:
    """Whether the second coder names a speaker of the gold, whole or by the last words; none if it has none."""
    gold = pair.gold["speaker"]
    wanted = [gold] if isinstance(gold, str) else gold or []
    said = pair.second["speaker"].casefold()
    known = {actor for actor, forms in names.items() if any(f" {form}".endswith(f" {said}") for form in forms)}
    return bool(known & set(wanted)) if wanted else not known


def _names(actor: Row) -> frozenset[str]:
    """Name and mentions of an actor, in small letters."""
    return frozenset(form.casefold() for form in (actor["name"], *(mention["text"] for mention in actor["mentions"])))


def _places(spans: Iterable[Row], paragraphs: Sequence[str]) -> list[Place]:
    """Paragraph and offsets of (paragraph, text, n-th occurrence) spans. Raises ValueError where one is not there."""
    places = []
    for span in spans:
        paragraph, start = paragraphs[span["p"] - 1], -1
        for _ in range(span.get("n", 1)):
            start = paragraph.index(span["text"], start + 1)
        places.append((span["p"], start, start + len(span["text"])))
    return places


def _common(one: Place, other: Place) -> int:
    return max(0, min(one[2], other[2]) - max(one[1], other[1])) if one[0] == other[0] else 0


def _core(event: Row) -> bool:
    return bool(event["core"])


def _cores(events: Iterable[Row]) -> int:
    return sum(map(_core, events))


def _unmatched_optional(statements: Iterable[Row], pairs: Iterable[Pair]) -> int:
    found = {pair.gold["id"] for pair in pairs}
    return sum(bool(row.get("optional")) and row["id"] not in found for row in statements)


def f1(both: int, one: int, other: int) -> float:
    """Harmonic mean of the two coders' shares of what both have."""
    return 2 * both / (one + other) if one + other else 1.0


def share(tests: Iterable[bool]) -> float:
    """The share of tests that hold; of none, 1."""
    held = list(tests)
    return sum(held) / len(held) if held else 1.0


def corrected(agreed: float, chance: float) -> float:
    """Agreement beyond chance, as a share of what chance leaves."""
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


if __name__ == "__main__":
    raise SystemExit(main())
