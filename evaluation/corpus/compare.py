"""Two labellings of the same passages, layer by layer: F1 for what is found, kappa for how it is coded.

Items are paired one to one by shared characters: events by their triggers (of two with one trigger, those of one type
first), statements by content (where one has none, by cue), agenda items by trigger. Codes are compared on the pairs, by
raw agreement and Cohen's kappa (1960). Things in roles (actors, speakers, relays) agree if any of their mentions
overlap. Coreference is link F1: the pairs of mentions, exact spans, that are one thing, of all that either coder has;
B-cubed F1 (Bagga and Baldwin 1998) over the mentions that both have, single ones included, is far milder. All in per
cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any, TypeVar

from evaluation.agreement import f1, kappa, share
from evaluation.corpus.labels import AgendaLabel, EventLabel, Labels, Spot, Spots, StatementLabel, characters, shared
from evaluation.metrics.counts import Figures, Tally, match, pct

Item = TypeVar("Item")
Pairs = list[tuple[Item, Item]]
PLACE_OR_POLITY = frozenset({"LOC", "POL"})


def compare(gold: Sequence[Labels], other: Sequence[Labels]) -> dict[str, Figures]:
    """Figures by layer for the passages that both label. Raises ValueError where the texts of a passage differ."""
    found = {labels.passage_id: labels for labels in other}
    both = [(one, found[one.passage_id]) for one in gold if one.passage_id in found]
    for one, two in both:
        if one.text != two.text:
            raise ValueError(f"{one.passage_id}: the two texts differ; label the same text again")
    return {name: layer(both) for name, layer in LAYERS.items()}


def pair_up(ones: Sequence[Item], others: Sequence[Item], likeness: Callable[[Item, Item], float]) -> Pairs[Item]:
    """Pairs one to one, the likeliest first; only those with a likeness above 0."""
    return [(ones[i], others[j]) for i, j in sorted(match(ones, others, likeness).items())]


def entities(both: Pairs[Labels]) -> Figures:
    """Names: strict (span and type), strict with places and polities as one, and by type."""
    strict, folded = Tally(), Tally()
    kinds = sorted({kind for labels in both for one in labels for _, _, kind in one.names})
    by_kind = {kind: Tally() for kind in kinds}
    for one, two in both:
        strict.add(set(two.names), set(one.names))
        folded.add(_folded(two), _folded(one))
        for kind, tally in by_kind.items():
            tally.add(_of_kind(two, kind), _of_kind(one, kind))
    figures = strict.figures("strict") | {"place_or_polity_as_one_f1": pct(folded.f1)}
    return figures | {f"{kind.lower()}_f1": pct(tally.f1) for kind, tally in by_kind.items()}


def _of_kind(labels: Labels, kind: str) -> set[tuple[int, int, str]]:
    return {name for name in labels.names if name[2] == kind}


def _folded(labels: Labels) -> set[tuple[int, int, str]]:
    return {(start, end, "LOC" if kind == "POL" else kind) for start, end, kind in labels.names}


def polity(both: Pairs[Labels]) -> Figures:
    """Place or polity, over the names that both take for one of the two."""
    pairs = []
    for one, two in both:
        seen = {(start, end): kind for start, end, kind in two.names if kind in PLACE_OR_POLITY}
        pairs += [
            (kind, seen[start, end])
            for start, end, kind in sorted(one.names)
            if kind in PLACE_OR_POLITY and (start, end) in seen
        ]
    return coded("reading", pairs)


def coreference(both: Pairs[Labels]) -> Figures:
    """Mentions found (exact spans), links between mentions, and B-cubed F1 over the mentions that both have."""
    mentions, links, recalls, precisions = Tally(), Tally(), list[float](), list[float]()
    for one, two in both:
        links.add(_links(two.chains), _links(one.chains))
        ours, theirs = _chain_of(one.chains), _chain_of(two.chains)
        mentions.add(set(theirs), set(ours))
        common = set(ours) & set(theirs)
        for spot in common:
            mine, yours = ours[spot] & common, theirs[spot] & common
            recalls.append(len(mine & yours) / len(mine))
            precisions.append(len(mine & yours) / len(yours))
    recall, precision = _mean(recalls), _mean(precisions)
    b_cubed = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
    return {"mentions_f1": pct(mentions.f1), "links_f1": pct(links.f1), "b_cubed_f1": pct(b_cubed)}


def _links(chains: Iterable[Spots]) -> set[tuple[Spot, Spot]]:
    return {pair for chain in chains for pair in combinations(sorted(chain), 2)}


def _chain_of(chains: Iterable[Spots]) -> dict[Spot, Spots]:
    return {spot: chain for chain in chains for spot in chain}


def times(both: Pairs[Labels]) -> Figures:
    """Spans strict and with value, type and value of the spans that both have."""
    strict, valued = Tally(), Tally()
    kinds, values = list[tuple[str, str]](), list[bool]()
    for one, two in both:
        strict.add(set(two.times), set(one.times))
        valued.add(_valued(two), _valued(one))
        for spot in sorted(set(one.times) & set(two.times)):
            kinds.append((one.times[spot][0], two.times[spot][0]))
            values.append(one.times[spot] == two.times[spot])
    figures: Figures = {"strict_f1": pct(strict.f1), "value_f1": pct(valued.f1)}
    return figures | {"value_agreed": pct(share(values))} | coded("type", kinds)


def _valued(labels: Labels) -> set[tuple[Spot, str]]:
    return {(spot, value) for spot, (_, value) in labels.times.items()}


def statements(both: Pairs[Labels]) -> Figures:
    """Statements found, content by characters, roles and codes of those that both have."""
    found, content, relayed = Tally(), Tally(), Tally()
    pairs: Pairs[StatementLabel] = []
    for one, two in both:
        matched = pair_up(one.statements, two.statements, _same_words)
        pairs += matched
        found.count(len(matched), len(two.statements), len(one.statements))
        content.add(_content(two.statements), _content(one.statements))
        relays = sum(_same_things(a.relays, b.relays) for a, b in matched if a.relays and b.relays)
        relayed.count(relays, _relayed(two.statements), _relayed(one.statements))
    return {
        "n": found.wanted,
        "found_f1": pct(found.f1),
        "content_chars_f1": pct(content.f1),
        "who_overlap": pct(share(_same_spots(a.who, b.who) for a, b in pairs)),
        "cue_overlap": pct(share(_same_spots(a.cue, b.cue) for a, b in pairs)),
        "speaker_agreed": pct(share(_same_spots(a.speaker, b.speaker) for a, b in pairs)),
        "relay_f1": pct(relayed.f1),
        "nested_agreed": pct(share(a.nested == b.nested for a, b in pairs)),
        **coded("act", [(a.act, b.act) for a, b in pairs]),
    }


def _content(said: Iterable[StatementLabel]) -> set[int]:
    return {at for statement in said for at in characters(statement.what)}


def _relayed(said: Iterable[StatementLabel]) -> int:
    return sum(bool(statement.relays) for statement in said)


def _same_words(one: StatementLabel, other: StatementLabel) -> float:
    return shared(one.what, other.what) + 0.5 * shared(one.cue, other.cue)


def events(both: Pairs[Labels]) -> Figures:
    """Events found by trigger, type, mode and status by kappa, roles of those that both have."""
    found = Tally()
    pairs: Pairs[EventLabel] = []
    for one, two in both:
        matched = pair_up(one.events, two.events, _same_event)
        pairs += matched
        found.count(len(matched), len(two.events), len(one.events))
    typed = [(a, b) for a, b in pairs if a.type == b.type]
    return {
        "n": found.wanted,
        "found_f1": pct(found.f1),
        "found_and_typed_f1": pct(f1(len(typed), found.found, found.wanted)),
        **coded("type", [(a.type, b.type) for a, b in pairs]),
        "mode_agreed": pct(share(a.mode == b.mode for a, b in typed)),
        **coded("status", [(a.status, b.status) for a, b in pairs]),
        "actors_agreed": pct(share(_same_things(a.actors, b.actors) for a, b in pairs)),
        "recipients_agreed": pct(share(_same_things(a.recipients, b.recipients) for a, b in pairs)),
        "condition_f1": _spotted([(a.condition, b.condition) for a, b in pairs]),
        "time_f1": _spotted([(a.times, b.times) for a, b in pairs]),
        "place_f1": _spotted([(a.places, b.places) for a, b in pairs]),
    }


def _same_event(one: EventLabel, other: EventLabel) -> float:
    common = shared(one.triggers, other.triggers)
    return common + 1000 * (one.type == other.type) if common else 0.0


def agenda(both: Pairs[Labels]) -> Figures:
    """Agenda items found by trigger, kind and status of those that both have."""
    found = Tally()
    pairs: Pairs[AgendaLabel] = []
    for one, two in both:
        matched = pair_up(one.agenda, two.agenda, lambda a, b: shared(a.triggers, b.triggers))
        pairs += matched
        found.count(len(matched), len(two.agenda), len(one.agenda))
    return {
        "n": found.wanted,
        "found_f1": pct(found.f1),
        **coded("kind", [(a.kind, b.kind) for a, b in pairs]),
        **coded("status", [(a.status, b.status) for a, b in pairs]),
        "participants_agreed": pct(share(_same_things(a.participants, b.participants) for a, b in pairs)),
        "time_f1": _spotted([(a.times, b.times) for a, b in pairs]),
    }


def no_event(both: Pairs[Labels]) -> Figures:
    """Whether a passage tells of no event at all."""
    return coded("none", [(not one.events, not two.events) for one, two in both])


def decisions(both: Pairs[Labels]) -> Figures:
    """All single decisions of the two: each name, time, event and statement that either has (both have it or not),
    and for those that both have the type, status, actors and recipients, act and speaker; the share that agrees."""
    asked: list[bool] = []
    for one, two in both:
        asked += _had_by_both(set(one.names), set(two.names))
        asked += _had_by_both(_valued(one), _valued(two))
        found = pair_up(one.events, two.events, _same_event)
        asked += [True] * len(found) + [False] * (len(one.events) + len(two.events) - 2 * len(found))
        for a, b in found:
            asked += [a.type == b.type, a.status == b.status]
            asked += [_same_things(a.actors, b.actors), _same_things(a.recipients, b.recipients)]
        said = pair_up(one.statements, two.statements, _same_words)
        asked += [True] * len(said) + [False] * (len(one.statements) + len(two.statements) - 2 * len(said))
        for c, d in said:
            asked += [c.act == d.act, _same_spots(c.speaker, d.speaker)]
    return {"n": len(asked), "agreed": pct(share(asked))}


def _had_by_both(ones: set[Any], others: set[Any]) -> list[bool]:
    return [item in ones and item in others for item in ones | others]


def coded(name: str, pairs: Sequence[tuple[str | bool, str | bool]]) -> Figures:
    """Raw agreement and kappa of two coders' codes; nothing where there is no pair."""
    if not pairs:
        return {}
    return {
        f"{name}_n": len(pairs),
        f"{name}_agreed": pct(share(a == b for a, b in pairs)),
        f"{name}_kappa": pct(kappa(pairs)),
    }


def _same_spots(one: Spots, other: Spots) -> bool:
    """Both empty, or sharing a character."""
    return bool(shared(one, other)) if one and other else not one and not other


def _same_things(ones: Sequence[Spots], others: Sequence[Spots]) -> bool:
    """As many on both sides, and each of one side shares a mention with one of the other."""
    return len(ones) == len(others) and len(pair_up(ones, others, shared)) == len(ones)


def _spotted(pairs: Sequence[tuple[Spots, Spots]]) -> float:
    """F1 of a role that few items have: named by both, and sharing a character."""
    tally = Tally()
    for one, two in pairs:
        tally.count(bool(shared(one, two)), bool(two), bool(one))
    return pct(tally.f1)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


LAYERS: dict[str, Callable[[Pairs[Labels]], Figures]] = {
    "entities": entities,
    "place_or_polity": polity,
    "coreference": coreference,
    "times": times,
    "statements": statements,
    "events": events,
    "agenda": agenda,
    "no_event": no_event,
    "decisions": decisions,
}
