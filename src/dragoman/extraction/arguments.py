"""Who does it, and to whom: the frames of the predicate table laid over the parse."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.annotate.syntax import nominal, objects, obliques, preposition, subjects, with_conjuncts
from dragoman.lexicon.predicates import Predicate, Predicates
from dragoman.records import LinkedActors, Place

MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "flat", "nmod:poss", "det"})
OWNING = ("poss", "by", "mod", "of", "from", "against", "on", "in", "for", "with", "between")
AGENTIVE_OWNING = ("poss", "mod", "of", "by", "in")
PLURAL_ONLY = frozenset({"CONSULT", "COOPERATE"})


@dataclasses.dataclass(frozen=True)
class Side:
    """One side of an event: the actors' ids, and the tokens that name them."""

    ids: tuple[str, ...] = ()
    tokens: tuple[Token, ...] = ()

    def __add__(self, other: Side) -> Side:
        ids = tuple(dict.fromkeys((*self.ids, *other.ids)))
        return Side(ids, tuple(dict.fromkeys((*self.tokens, *other.tokens))))

    def without(self, ids: Iterable[str]) -> Side:
        """This side without some actors."""
        gone = set(ids)
        return Side(tuple(each for each in self.ids if each not in gone), self.tokens)


@dataclasses.dataclass(frozen=True)
class Roles:
    """Who takes part in an event. `mutual`: all sides do it together. `light`: the verb that lends a noun its subject."""

    actors: Side = Side()
    recipients: Side = Side()
    instrument: Token | None = None
    light: Token | None = None
    mutual: bool = False


@dataclasses.dataclass(frozen=True)
class Cast:
    """Which actors the words of a text stand for."""

    doc: Doc
    linked: LinkedActors
    predicates: Predicates
    countries: dict[int, str]

    def at(self, token: Token) -> Side:
        """The actors that a token itself names; a place stands for its country where that is an actor of the article."""
        ids = self.linked.at(token.i)
        if not ids and token.i in self.countries:
            ids = (self.countries[token.i],)
        return Side(ids, (token,)) if ids else Side()

    def of(self, token: Token) -> Side:
        """Like `at`, with the actor inside a name where the outer mention is nobody's."""
        found = self.at(token)
        inner = self.linked.inner.get(token.i)
        return found if found.ids or inner is None else Side((inner,), (token,))

    def owners(self, noun: Token, slots: tuple[str, ...] = OWNING) -> Side:
        """Whose thing a noun is: by possessor, demonym, or the phrases that hang on it."""
        for slot in slots:
            found = self.slot_of_noun(noun, slot)
            if found.ids:
                return found
        return Side()

    def who(self, token: Token) -> Side:
        """The actors of a nominal: itself, what it counts ("dozens of soldiers"), or else its owner."""
        found = self.at(token)
        return found if found.ids else self.owners(token)

    def doer(self, token: Token) -> Side:
        """The actors of a subject. A thing acts for its owner only where it can act: forces, statements, strikes."""
        found = self.at(token)
        if found.ids or not self._agentive(token):
            return found
        return self.owners(token, AGENTIVE_OWNING)

    def _agentive(self, token: Token) -> bool:
        known = self.predicates
        words = (token.lower_, token.lemma_.lower())
        return any(known.is_a(w, "agentive") or known.is_a(w, "quantity") or known.is_a(w, "people") for w in words)

    def slot_of_noun(self, noun: Token, slot: str) -> Side:
        """The actors in one slot of a noun's frame."""
        found = Side()
        for token in noun_slot(noun, slot):
            found += self.of(token) if slot == "mod" else self.who_near(token)
        return found

    def who_near(self, token: Token) -> Side:
        """The actor of a phrase, or of a thing's possessor or demonym; no further down."""
        found = self.at(token)
        if found.ids:
            return found
        for slot in ("poss", "mod", "of"):
            for child in noun_slot(token, slot):
                found += self.of(child)
            if found.ids:
                return found
        return found


def noun_slot(noun: Token, slot: str) -> list[Token]:
    """The tokens in a slot of a noun: `poss`, `mod`, or a preposition; conjuncts included."""
    if slot == "poss":
        return [t for c in noun.children if c.dep_ == "nmod:poss" for t in with_conjuncts(c)]
    if slot == "mod":
        direct = [c for c in noun.children if c.dep_ in MODIFIERS and c.dep_ != "nmod:poss" and preposition(c) is None]
        return [t for c in direct if c.i < noun.i for t in (*with_conjuncts(c), *_inside(c))]
    return [t for t in obliques(noun, frozenset({slot})) if t.dep_ != "nmod:poss"]


def _inside(token: Token) -> list[Token]:
    """Modifiers of a modifier: "U.S.-China talks"."""
    return [child for child in token.children if child.dep_ in {"compound", "amod", "nmod", "flat"}]


def find_roles(trigger: Token, row: Predicate, cast: Cast) -> Roles:
    """Lay a row's frame over the parse around its trigger."""
    mutual = "=" in row.frame
    left, right = row.frame.split("=" if mutual else ">", 1)
    if row.pos == "n":
        return _noun_roles(trigger, left, right, mutual, cast)
    doers = _first(trigger, left, cast)
    others = _first(trigger, right, cast) if right != "-" else Side()
    instrument = _instrument(trigger, row, cast)
    if mutual:
        return Roles(doers + others, Side(), instrument, None, True)
    return Roles(doers, others.without(doers.ids), instrument)


def _first(verb: Token, slots: str, cast: Cast) -> Side:
    for slot in slots.split("/"):
        found = _verb_slot(verb, slot, cast)
        if found.ids:
            return found
    return Side()


def _verb_slot(verb: Token, slot: str, cast: Cast) -> Side:
    found = Side()
    if slot == "-":
        return found
    if slot == "subj":
        for token in subjects(verb):
            found += cast.doer(token)
        return found
    if slot == "obj":
        for token in objects(verb):
            found += cast.who(token)
        return found
    if slot == "clause":
        for child in verb.children:
            if child.dep_ in {"ccomp", "xcomp"}:
                for token in subjects(child, depth=0) or objects(child):
                    found += cast.at(token)
        return found
    return _oblique(verb, slot, cast)


def _oblique(verb: Token, slot: str, cast: Cast) -> Side:
    """A prepositional slot: on the verb, on its objects, or on the phrase that belongs to its idiom."""
    found = Side()
    nouns = [*objects(verb), *obliques(verb)]
    for token in (*obliques(verb, frozenset({slot})), *(t for noun in nouns for t in noun_slot(noun, slot))):
        found += cast.who_near(token)
    return found


def _noun_roles(noun: Token, left: str, right: str, mutual: bool, cast: Cast) -> Roles:
    light = light_verb(noun, cast.predicates)
    doers = Side()
    for slot in left.split("/"):
        found = cast.slot_of_noun(noun, slot)
        if mutual:
            doers += found
        elif found.ids:
            doers = found
            break
    if light is not None and (mutual or not doers.ids):
        reverse = cast.predicates.is_a(light.lemma_.lower(), "lightreverse") and noun.dep_ == "obj"
        if reverse:
            return Roles(doers, _subject_side(light, cast).without(doers.ids), None, light, mutual)
        doers += _subject_side(light, cast)
    others = Side()
    for slot in right.split("/"):
        if slot == "-":
            continue
        found = cast.slot_of_noun(noun, slot)
        if light is not None and not found.ids:
            found = _oblique(light, slot, cast)
        found = found.without(doers.ids)
        if found.ids:
            others = found
            break
    if mutual:
        return Roles(doers + others, Side(), None, light, True)
    return Roles(doers, others, None, light)


def _subject_side(verb: Token, cast: Cast) -> Side:
    found = Side()
    for token in subjects(verb):
        found += cast.doer(token)
    return found


def light_verb(noun: Token, predicates: Predicates) -> Token | None:
    """The verb that only carries a noun of action: "held talks", "the talks were held", "face sanctions"."""
    head = noun.head
    if noun.dep_ not in {"obj", "nsubj:pass"} or head.pos_ != "VERB":
        return None
    lemma = head.lemma_.lower()
    known = predicates.is_a(lemma, "lightverb") or predicates.is_a(lemma, "lightreverse")
    return head if known else None


def _instrument(verb: Token, row: Predicate, cast: Cast) -> Token | None:
    """The object that decides the type ("gas supplies", "troops"), where it is no actor itself."""
    if not row.object:
        return None
    for token in objects(verb):
        if not cast.at(token).ids and token.pos_ in {"NOUN", "PROPN"}:
            return token
    return None


def countries_of(doc: Doc, places: Iterable[Place], linked: LinkedActors) -> dict[int, str]:
    """Token index -> alpha-3 for every mention of a place whose country is an actor of the article."""
    starts = {token.idx: token.i for token in doc}
    found: dict[int, str] = {}
    known = {actor.actor_id for actor in linked.actors}
    for place in places:
        if place.country is None or place.country not in known:
            continue
        for mention in place.mentions:
            first = starts.get(mention.start)
            if first is None:
                continue
            at = first
            while at < len(doc) and doc[at].idx < mention.end:
                found[at] = place.country
                at += 1
    return found


def words_of(side: Side) -> list[tuple[int, int]]:
    """The characters of the phrases that name a side."""
    spans = []
    for token in side.tokens:
        span = nominal(token)
        close = len(span) <= 8
        spans.append((span.start_char, span.end_char) if close else (token.idx, token.idx + len(token)))
    return sorted(set(spans))
