"""Who does it, and to whom: the frames of the predicate table laid over the parse."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import cached_property

from spacy.tokens import Doc, Token

from dragoman.annotate.syntax import nominal, objects, preposition, subjects, with_conjuncts
from dragoman.lexicon.predicates import Predicate, Predicates
from dragoman.records import LinkedActors, Place, Statement

MODIFIERS = frozenset({"amod", "compound", "nmod", "nmod:desc", "flat", "nmod:poss", "det"})
OWNING = ("poss", "by", "mod", "of", "from", "against", "on", "in", "for", "with", "between")
AUTHORING = ("poss", "by", "mod", "of", "from", "between")
"""Who stands behind a thing, for acts of speech about it: "in Ukraine" does not make a war Ukraine's."""
AGENTIVE_OWNING = ("poss", "mod", "of", "by", "in")
BLAMED = ("poss", "by", "mod", "from")
"""Who did what is criticised: "the arrest of two reporters" names those who suffered it."""
TOOLS = frozenset({"troops", "armour", "arms", "aid", "energy", "police", "peacekeepers"})
MOVING = frozenset({"MOBILIZE", "AID", "COOPERATE", "RETREAT", "AGREE", "SANCTION", "REQUEST"})
"""Where one of these is what is moved, it is the means of the act, not the one to whom it is done."""
SHARED = frozenset({"border", "frontier", "boundary", "treaty", "agreement"})
"""What two have together: "its border with" names the other."""
JOINING = frozenset({"for", "in", "during", "at", "after", "following", "on"})
"""Phrases that make a verb's subject take part: "travels for talks with", "said after talks with"."""
REACHING = frozenset({"THREATEN", "SANCTION"})
VICTIM_MODES = frozenset({"arrest", "deport", "abduct", "targeted", "release", "expel", "convict", "beat", "torture"})
SPOKEN_OF = frozenset({"SUPPORT", "ACCUSE", "REJECT", "AGREE", "CONCEDE"})
STRUCK = frozenset({"ASSAULT", "SANCTION", "COERCE"})
"""Types whose nouns take the name of a place before them for the one that suffers: "the Ukraine war", "Iran
sanctions"."""


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
    """Who takes part in an event. `mutual`: all sides do it together. `light`: the verb that lends a noun its
    subject."""

    actors: Side = Side()
    recipients: Side = Side()
    instrument: Token | None = None
    light: Token | None = None
    mutual: bool = False


@dataclasses.dataclass(frozen=True)
class Cast:
    """Which actors the words of a text stand for. `countries`: places that stand for their state where something is
    done to them ("shelled Kharkiv"); where something is done by them, use `acting`."""

    doc: Doc
    linked: LinkedActors
    predicates: Predicates
    countries: dict[int, str]
    speakers: dict[int, str]
    memory: dict[int, dict[str, list[Token]]] = dataclasses.field(default_factory=dict)

    @cached_property
    def acting(self) -> Cast:
        """The same cast, where places stand for nobody."""
        return dataclasses.replace(self, countries={})

    def at(self, token: Token) -> Side:
        """The actors that a token itself names, or the country of the place that it names."""
        ids = self.linked.at(token.i)
        if not ids and token.i in self.countries:
            ids = (self.countries[token.i],)
        if not ids and token.i in self.speakers:
            ids = (self.speakers[token.i],)
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

    def who(self, token: Token, slots: tuple[str, ...] = OWNING) -> Side:
        """The actors of a nominal: itself, its examples ("allies like Japan"), what it counts, or else its owner."""
        found = self.at(token)
        if not found.ids:
            found = self.examples(token)
        return found if found.ids else self.owners(token, slots)

    def examples(self, noun: Token) -> Side:
        """The actors that a phrase lists: "importers like China and India", "allies such as Japan"."""
        found = Side()
        for word in ("like", "such as", "including"):
            for token in noun_slot(noun, word, self):
                found += self.at(token)
        return found

    def doer(self, token: Token) -> Side:
        """The actors of a subject. A thing acts for its owner only where it can act: forces, statements, strikes."""
        found = self.at(token)
        if not found.ids:
            found = self.examples(token)
        if found.ids or not self._agentive(token):
            return found
        return self.owners(token, AGENTIVE_OWNING)

    def _agentive(self, token: Token) -> bool:
        known = self.predicates
        words = (token.lower_, token.lemma_.lower())
        return any(known.is_a(w, "agentive") or known.is_a(w, "quantity") or known.is_a(w, "people") for w in words)

    def phrases(self, token: Token) -> dict[str, list[Token]]:
        """Preposition -> the nominals that hang on a token through it, conjuncts included; read off the parse once."""
        found = self.memory.get(token.i)
        if found is None:
            found = self.memory[token.i] = {}
            for child in token.children:
                if child.dep_.startswith(("obl", "nmod")) and (case := preposition(child)) is not None:
                    found.setdefault(case, []).extend(with_conjuncts(child))
        return found

    def slot_of_noun(self, noun: Token, slot: str) -> Side:
        """The actors in one slot of a noun's frame."""
        found = Side()
        for token in noun_slot(noun, slot, self):
            found += self.of(token) if slot == "mod" else self.who_near(token)
        return found

    def who_near(self, token: Token) -> Side:
        """The actor of a phrase, or of a thing's possessor or demonym; no further down."""
        found = self.at(token)
        if found.ids:
            return found
        for slot in (*(("with",) if token.lemma_.lower() in SHARED else ()), "poss", "mod", "of"):
            for child in noun_slot(token, slot, self):
                found += self.of(child)
            if found.ids:
                return found
        return found


def noun_slot(noun: Token, slot: str, cast: Cast) -> list[Token]:
    """The tokens in a slot of a noun: `poss`, `mod`, or a preposition; conjuncts included."""
    if slot == "poss":
        return [t for c in noun.children if c.dep_ == "nmod:poss" for t in with_conjuncts(c)]
    if slot == "mod":
        direct = [c for c in noun.children if c.dep_ in MODIFIERS and c.dep_ != "nmod:poss" and preposition(c) is None]
        return [t for c in direct if c.i < noun.i for t in (*with_conjuncts(c), *_inside(c))]
    return cast.phrases(noun).get(slot, [])


def _inside(token: Token) -> list[Token]:
    """Modifiers of a modifier: "U.S.-China talks"."""
    return [child for child in token.children if child.dep_ in {"compound", "amod", "nmod", "flat"}]


def find_roles(trigger: Token, row: Predicate, cast: Cast) -> Roles:
    """Lay a row's frame over the parse around its trigger."""
    mutual = "=" in row.frame
    left, right = row.frame.split("=" if mutual else ">", 1)
    if row.pos == "n":
        roles = _noun_roles(trigger, left, right, mutual, cast, row.type in STRUCK)
        return _victims(trigger, roles, cast) if row.mode in VICTIM_MODES else roles
    owning: tuple[str, ...] = AUTHORING if row.type in SPOKEN_OF else OWNING
    if row.type == "ACCUSE" and any(_is_suffered(noun, cast.predicates) for noun in objects(trigger)):
        owning, right = BLAMED, "/".join(slot for slot in right.split("/") if slot != "of")
    if set(row.object) & TOOLS and row.type in MOVING:
        right = right.replace("obj", "thing")
    doers = _first(trigger, left, cast.acting, owning)
    others = _first(trigger, right, cast, owning) if right != "-" else Side()
    instrument = _instrument(trigger, row, cast)
    if mutual and (row.type == "CONSULT" or not others.ids):
        return Roles(doers + others, Side(), instrument, None, True)
    others = others.without(doers.ids)
    if not others.ids and row.type in REACHING:
        others = _anywhere_below(trigger, row, doers, cast)
    if not others.ids and row.type == "ASSAULT":
        others = _harmed(trigger, cast).without(doers.ids)
    if row.type == "MOBILIZE":
        others = others.without(_own_forces(doers, others, cast))
    return Roles(doers, others, instrument)


def _is_suffered(noun: Token, predicates: Predicates) -> bool:
    """True for nouns of deeds that name with "of" those to whom it was done: arrest, killing, expulsion."""
    rows = predicates.rows_of(noun.lower_, noun.lemma_.lower(), "n")
    return any(row.type in STRUCK and "of" in row.frame.partition(">")[2].split("/") for row in rows)


def _own_forces(doers: Side, others: Side, cast: Cast) -> list[str]:
    """Those among the others who are of a doer's own country: nobody moves against his own army."""
    home = {actor.country for each in doers.ids if (actor := cast.linked.named(each)) is not None and actor.country}
    return [each for each in others.ids if (actor := cast.linked.named(each)) is not None and actor.country in home]


def _harmed(verb: Token, cast: Cast) -> Side:
    """Whom an attack hit, where only its outcome says so: "attacked at dawn, killing nine soldiers"."""
    found = Side()
    for child in verb.children:
        if child.dep_ in {"advcl", "conj"} and child.tag_ == "VBG":
            for token in objects(child):
                found += cast.who(token)
    return found


def _victims(noun: Token, roles: Roles, cast: Cast) -> Roles:
    """ "Navalny's arrest" is done to its owner, where that is a person and nothing else says to whom."""
    owner = cast.acting.slot_of_noun(noun, "poss")
    people = [actor for each in owner.ids if (actor := cast.linked.named(each)) is not None]
    if roles.recipients.ids or not people or any(actor.kind in {"state", "organization"} for actor in people):
        return roles
    doers = cast.acting.slot_of_noun(noun, "by")
    return dataclasses.replace(roles, actors=doers, recipients=owner)


def _anywhere_below(verb: Token, row: Predicate, doers: Side, cast: Cast) -> Side:
    """Whom a threat or a cut in supplies is for, where no slot names them: the first other actor among its objects and
    complements ("to cap what it pays for Russian oil")."""
    below = {"xcomp", "obl", "advcl"} if row.type == "THREATEN" else {"xcomp", "obl"}
    heads = [*objects(verb), *(child for child in verb.children if child.dep_ in below and child.i > verb.i)]
    for head in heads:
        if head.dep_ == "obl" and preposition(head) not in {"to", "against", "on", "for", "with"}:
            continue
        for token in head.subtree:
            if token.i > verb.i and token.ent_type_ not in {"PER"} and token.pos_ != "PRON":
                found = cast.of(token).without(doers.ids)
                if found.ids:
                    return found
    return Side()


def _first(verb: Token, slots: str, cast: Cast, owning: tuple[str, ...]) -> Side:
    for slot in slots.split("/"):
        found = _verb_slot(verb, slot, cast, owning)
        if found.ids:
            return found
    return Side()


def _verb_slot(verb: Token, slot: str, cast: Cast, owning: tuple[str, ...]) -> Side:
    found = Side()
    if slot == "-":
        return found
    if slot == "subj":
        for token in subjects(verb):
            found += cast.doer(token)
        return found
    if slot in {"obj", "thing"}:
        for token in objects(verb):
            named = slot == "obj" or token.dep_ == "iobj"
            found += cast.who(token, owning) if named else cast.owners(token, owning)
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
    things = objects(verb)
    nearest = [*cast.phrases(verb).get(slot, []), *(t for noun in things for t in cast.phrases(noun).get(slot, []))]
    found = _all(nearest, cast)
    if found.ids:
        return found
    nouns = [*things, *(noun for nouns in cast.phrases(verb).values() for noun in nouns)]
    below = [each for noun in nouns for each in (noun, *(n for found in cast.phrases(noun).values() for n in found))]
    return _all([t for each in below for t in cast.phrases(each).get(slot, [])], cast)


def _all(tokens: Iterable[Token], cast: Cast) -> Side:
    found = Side()
    for token in tokens:
        found += cast.who_near(token)
    return found


def _struck(noun: Token, cast: Cast) -> Side:
    """The place whose name stands as a noun before a noun of conflict; abbreviations ("U.S. strikes") act, names
    suffer."""
    found = Side()
    for child in noun.children:
        if child.dep_ == "compound" and child.ent_type_ == "LOC" and not child.text.replace(".", "").isupper():
            found += cast.at(child)
    return found


def _noun_roles(noun: Token, left: str, right: str, mutual: bool, cast: Cast, struck_type: bool) -> Roles:
    """The frame of a noun of action: its own phrases, then what the verb that carries it lends."""
    light = light_verb(noun, cast.predicates)
    struck = _struck(noun, cast) if struck_type else Side()
    if "of" in right.split("/"):
        left = "/".join(slot for slot in left.split("/") if slot != "of")
    doers = _noun_doers(noun, left, mutual, cast, struck)
    if mutual and light is None and noun.dep_ == "obl" and preposition(noun) in JOINING and noun.head.pos_ == "VERB":
        doers += _subject_side(noun.head, cast)
    if light is not None and noun.dep_ == "obj" and cast.predicates.is_a(light.lemma_.lower(), "lightreverse"):
        return _suffered(light, doers, mutual, cast)
    if light is not None and (mutual or not doers.ids):
        doers += _subject_side(light, cast)
    others = _noun_partners(noun, right, light, doers, cast, struck)
    if mutual:
        return Roles(doers + others, Side(), None, light, True)
    return Roles(doers, others, None, light)


def _noun_doers(noun: Token, slots: str, mutual: bool, cast: Cast, struck: Side) -> Side:
    doers = Side()
    for slot in slots.split("/"):
        found = cast.acting.slot_of_noun(noun, slot)
        if slot == "mod":
            found = found.without(struck.ids)
        if mutual:
            doers += found
        elif found.ids:
            return found
    return doers


def _noun_partners(noun: Token, slots: str, light: Token | None, doers: Side, cast: Cast, struck: Side) -> Side:
    for slot in slots.split("/"):
        if slot == "-":
            continue
        found = cast.slot_of_noun(noun, slot)
        if light is not None and not found.ids:
            found = _oblique(light, slot, cast)
        found = found.without(doers.ids)
        if found.ids:
            return found
    return struck.without(doers.ids)


def _suffered(light: Token, doers: Side, mutual: bool, cast: Cast) -> Roles:
    """ "Faces sanctions", "drew a rebuke from": the subject is the one to whom it is done."""
    doers += _oblique(light, "from", cast.acting)
    suffering = Side()
    for token in subjects(light):
        suffering += cast.who(token, AGENTIVE_OWNING)
    return Roles(doers, suffering.without(doers.ids), None, light, mutual)


def _subject_side(verb: Token, cast: Cast) -> Side:
    found = Side()
    for token in subjects(verb):
        found += cast.acting.doer(token)
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


def countries_of(doc: Doc, places: Iterable[Place]) -> dict[int, str]:
    """Token index -> alpha-3 for every mention of a place that lies in one country."""
    starts = {start: i for i, start in enumerate(doc.to_array("IDX").tolist())}
    found: dict[int, str] = {}
    for place in places:
        if place.country is None:
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


def speakers_of(doc: Doc, statements: Iterable[Statement], linked: LinkedActors) -> dict[int, str]:
    """Token index -> actor for "I" and "we" in statements: the speaker; "we" of an official is his state, where the
    article has it as an actor."""
    found: dict[int, str] = {}
    for statement in statements:
        speaker = linked.named(statement.speaker) if statement.speaker is not None else None
        if speaker is None:
            continue
        official = {"GOV", "MIL", "LEG"} & set(speaker.sectors) and speaker.country is not None
        state = speaker.country if official and linked.named(speaker.country or "") is not None else None
        for part in statement.content:
            span = doc.char_span(part.start, part.end, alignment_mode="expand")
            for token in span or ():
                if token.lower_ in {"i", "my", "me"}:
                    found[token.i] = speaker.actor_id
                elif token.lower_ in {"we", "our", "us", "ours"}:
                    found[token.i] = state or speaker.actor_id
    return found


def words_of(side: Side) -> list[tuple[int, int]]:
    """The characters of the phrases that name a side."""
    spans = []
    for token in side.tokens:
        span = nominal(token)
        close = len(span) <= 8
        spans.append((span.start_char, span.end_char) if close else (token.idx, token.idx + len(token)))
    return sorted(set(spans))
