"""Who is in view: the log of mentions read so far, weighted as in Lappin and Leass (1994): recency halves with each
sentence, subjects weigh more than objects, objects more than the rest."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.annotate.syntax import clause_head
from dragoman.linking.chains import Chain, Scene

RECENCY, SUBJECT, PASSIVE_SUBJECT, OBJECT, OBLIQUE, POSSESSOR, NESTED = 100, 80, 70, 50, 40, 35, 20
WINDOW = 4


class Seen(NamedTuple):
    """A mention that has been read: its head token, its chains, its weight."""

    head: int
    chains: tuple[Chain, ...]
    weight: int


@dataclasses.dataclass(eq=False, slots=True)
class Log:
    """What has been read so far, in the order of the text."""

    scene: Scene
    seen: list[Seen] = dataclasses.field(default_factory=list)

    def note(self, head: int, chains: tuple[Chain, ...]) -> None:
        """Remember a mention."""
        self.seen.append(Seen(head, chains, weight(self.scene.doc[head])))

    def before(self, at: int, sentences: int) -> list[tuple[Seen, int]]:
        """Mentions of the same stream before token `at`, the latest first, with their distance in sentences."""
        scene, found = self.scene, []
        for each in reversed(self.seen):
            distance = scene.sentence[at] - scene.sentence[each.head]
            if distance > sentences and scene.stream[each.head] == scene.stream[at]:
                break
            if each.head < at and scene.stream[each.head] == scene.stream[at] and distance <= sentences:
                found.append((each, distance))
        return found

    def recent(self, at: int, sentences: int) -> list[Chain]:
        """Chains mentioned before `at`, the last mentioned first, each once."""
        return list(
            dict.fromkeys(
                chain for each, _ in self.before(at, sentences) if len(each.chains) == 1 for chain in each.chains
            )
        )

    def scores(self, at: int, sentences: int, *, single: bool = False) -> dict[Chain, float]:
        """Chain -> salience at token `at`: of each sentence the weightiest mention counts. What was named inside a
        quotation counts a third outside it. `single`: without mentions of several at once."""
        quote, best = self.scene.quote, dict[tuple[Chain, int], float]()
        for each, distance in self.before(at, sentences):
            if single and len(each.chains) > 1:
                continue
            value = (RECENCY + each.weight) * 0.5**distance
            if quote[each.head] and quote[each.head] != quote[at]:
                value /= 3
            for chain in each.chains:
                best[chain, distance] = max(best.get((chain, distance), 0.0), value / len(each.chains))
        scores: dict[Chain, float] = {}
        for (chain, _), value in best.items():
            scores[chain] = scores.get(chain, 0.0) + value
        return scores

    def ranked(self, at: int, sentences: int = WINDOW) -> list[Chain]:
        """Chains by salience at token `at`."""
        scores = self.scores(at, sentences)
        return sorted(scores, key=lambda chain: -scores[chain])

    def coordinated(self, at: int, count: int, kind: str, sentences: int = 10) -> tuple[Chain, ...]:
        """The last coordination before `at` of `count` actors of a kind ("person", "state", ... "any")."""
        for heads in self.coordinations(at, sentences):
            chains = tuple(dict.fromkeys(heads))
            if len(chains) == count == len(heads) and all(_is_kind(chain, kind) for chain in chains):
                return chains
            if (
                kind == "state"
                and len(chains) == count
                and all(chain.country for chain in chains)
                and len({chain.country for chain in chains}) == count
            ):
                states = self._states(chains)
                if states:
                    return states
        return ()

    def coordinations(self, at: int, sentences: int) -> list[list[Chain]]:
        """The chains of each coordination before `at`, the last one first; groups count with their members."""
        doc = self.scene.doc
        groups: dict[int, list[Chain]] = {}
        order: list[int] = []
        for each, _ in self.before(at, sentences):
            if len(each.chains) > 1:
                groups[each.head] = list(each.chains)
                order.append(each.head)
                continue
            root = doc[each.head]
            while root.dep_ == "conj" and root.head != root:
                root = root.head
            if root.i not in groups:
                order.append(root.i)
            groups.setdefault(root.i, []).insert(0, each.chains[0])
        return [groups[root] for root in order if len(groups[root]) > 1]

    def _states(self, chains: tuple[Chain, ...]) -> tuple[Chain, ...]:
        found = [self.scene.state(chain.country) for chain in chains if chain.country]
        states = tuple(chain for chain in found if chain is not None)
        return states if len(states) == len(chains) else ()

    def only_two(self, at: int, kind: str, sentences: int = 3) -> tuple[Chain, ...]:
        """The only two of a kind that were mentioned in the sentences before; nothing where there are more or fewer."""
        for each_kind in {"any": ("state", "person")}.get(kind, (kind,)):
            for window in range(sentences + 1):
                found = [chain for chain in self.recent(at, window) if _is_kind(chain, each_kind) and chain.named]
                if len(found) == 2:
                    return tuple(reversed(found))
                if len(found) > 2:
                    break
            if each_kind == "state" and (states := self._states_of_pair(at, sentences)):
                return states
        return ()

    def _states_of_pair(self, at: int, sentences: int) -> tuple[Chain, ...]:
        """The states of the only two people in view, where no state is."""
        recent = self.recent(at, sentences)
        people = [chain for chain in recent if chain.kind == "person" and chain.country]
        if any(chain.kind == "state" for chain in recent) or len(people) != 2 or people[0].country == people[1].country:
            return ()
        return self._states((people[1], people[0]))


def _is_kind(chain: Chain, kind: str) -> bool:
    if kind == "any":
        return not chain.plural or chain.named
    if kind == "organization":
        return chain.kind in {"organization", "group"}
    return chain.kind == kind and not (kind == "person" and chain.plural)


def weight(token: Token) -> int:
    """How prominent a mention is by its grammar."""
    while token.dep_ in {"conj", "flat", "compound", "appos"} and token.head != token and token.head.i < token.i:
        token = token.head
    dep = token.dep_
    if dep in {"nsubj", "nsubj:outer", "csubj"}:
        return SUBJECT
    if dep in {"nsubj:pass", "ROOT", "obl:agent"}:
        return PASSIVE_SUBJECT
    if dep in {"obj", "iobj"}:
        return OBJECT
    if dep.startswith("obl"):
        return OBLIQUE
    if dep == "nmod:poss":
        return POSSESSOR
    return NESTED


def governor(token: Token) -> Token:
    """The predicate that a nominal is an argument of."""
    while token.dep_ in {"conj", "flat"} and token.head != token:
        token = token.head
    return token.head


def is_clause_subject(scene: Scene, at: int, chain: Chain, log: Log) -> bool:
    """True where a chain is the subject of the clause that token `at` stands in: it would be "it" there, no noun."""
    clause = clause_head(scene.doc[at])
    return any(
        chain in each.chains and each.weight >= PASSIVE_SUBJECT and clause_head(scene.doc[each.head]) == clause
        for each, _ in log.before(at, 0)
    )


def compatible_place(scene: Scene, at: int, chain: Chain, log: Log) -> bool:
    """False where a chain is another argument of the same predicate: "Macron met the president" speaks of two."""
    mine = governor(scene.doc[at])
    for each, distance in log.before(at, 0):
        if (
            distance == 0
            and chain in each.chains
            and governor(scene.doc[each.head]) == mine
            and scene.doc[each.head].dep_ != "nmod:poss"
        ):
            return False
    return True
