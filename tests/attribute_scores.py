"""Held-out passages for the country and sectors of actors: the reader of their answers, and their score.

Errors are there to be read for the even half only.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from dragoman.annotate import Annotated
from dragoman.lexicon.actors import ActorLexicon
from dragoman.lexicon.places import Gazetteer
from dragoman.linking.actors import link_actors
from dragoman.linking.places import link_places
from dragoman.mentions.actors import find_actors
from dragoman.mentions.places import find_places
from dragoman.records import Actor, Article
from tests.actor_docs import Wanted, answers, passage

PASSAGES = sorted((Path(__file__).parent / "linking" / "golden_attributes").glob("*.txt"))


class Answer(NamedTuple):
    """What a reader would say of an actor: `country` None takes any; one of the sectors will do."""

    country: str | None
    sectors: frozenset[str]


class Score(NamedTuple):
    """Counts over passages: mentions with the right actor, actors with the right country and sector, of all; errors."""

    mentions: tuple[int, int]
    countries: tuple[int, int]
    sectors: tuple[int, int]
    errors: tuple[str, ...]

    def plus(self, other: Score) -> Score:
        """The counts of both."""
        pairs = [(a[0] + b[0], a[1] + b[1]) for a, b in zip(self[:3], other[:3], strict=True)]
        return Score(pairs[0], pairs[1], pairs[2], self.errors + other.errors)


def is_open(path: Path) -> bool:
    """True for the half whose errors may be read."""
    return hashlib.sha256(path.stem.encode()).hexdigest()[-1] in "02468ace"


def attributes(path: Path) -> tuple[Article, tuple[Wanted, ...], dict[str, Answer]]:
    """A passage with its mentions, and the answers of its last lines (`@ key COUNTRY SECTOR|SECTOR`)."""
    lines = path.read_text(encoding="utf-8").strip().split("\n")
    told = [line.split() for line in lines if line.startswith("@ ")]
    article, wanted = passage("\n".join(line for line in lines if not line.startswith("@ ")))
    answered = {
        key: Answer(None if country in {"-", "EUR"} else country, frozenset(sectors.split("|")))
        for _, key, country, sectors in told
    }
    return article, wanted, answered


def _exact(want: Wanted, actors: tuple[Actor, ...]) -> tuple[str, ...]:
    """The actors whose mention covers the words best: ends with them and begins at or after their start."""
    ends = [
        (mention.start, actor.actor_id)
        for actor in actors
        for mention in actor.mentions
        if want.start <= mention.start and mention.end == want.end
    ]
    first = min((start for start, _ in ends), default=0)
    return tuple(actor_id for start, actor_id in ends if start == first)


def score(
    path: Path, text: Annotated, wanted: tuple[Wanted, ...], told: dict[str, Answer], lexicon: ActorLexicon,
    gazetteer: Gazetteer,
) -> Score:  # fmt: skip
    """How an annotated passage is linked: each key is the actor that most of its mentions got, one to one."""
    places = link_places(text, find_places(text, gazetteer), gazetteer)
    linked = link_actors(text, find_actors(text, lexicon), lexicon, None, places)
    actors = {actor.actor_id: actor for actor in linked.actors}
    pairs = zip(wanted, answers(text, linked, wanted), strict=True)
    found = [_exact(want, linked.actors) or got for want, got in pairs]
    votes = Counter(
        (want.actors[0], got[0]) for want, got in zip(wanted, found, strict=True) if len(want.actors) == len(got) == 1
    )
    named: dict[str, str] = {}
    for (key, actor_id), _ in votes.most_common():
        if key not in named and actor_id not in named.values():
            named[key] = actor_id
    errors, right = [], 0
    for want, got in zip(wanted, found, strict=True):
        good = {named.get(key, f"?{key}") for key in want.actors} == set(got)
        right += good
        if not good:
            names = [actors[each].name for each in got if each in actors]
            errors.append(f"{path.stem}: mention {text.article.text[want.start : want.end]!r} {want.actors} -> {names}")
    country = sector = 0
    for key, answer in told.items():
        actor: Actor | None = actors.get(named.get(key, ""))
        fits = actor is not None and (answer.country is None or actor.country == answer.country)
        does = actor is not None and bool(set(actor.sectors) & answer.sectors)
        country, sector = country + fits, sector + does
        if not fits or not does:
            said = (actor.name, actor.country, actor.sectors) if actor is not None else "missing"
            errors.append(f"{path.stem}: {key} is {said}, wanted {answer.country} {sorted(answer.sectors)}")
    return Score((right, len(wanted)), (country, len(told)), (sector, len(told)), tuple(errors))
