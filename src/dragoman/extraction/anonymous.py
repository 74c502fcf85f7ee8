"""Deeds that a report tells without saying who did them: "was killed", "44 people were arrested", "thousands
marched"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.annotate.syntax import clause_head, is_passive, objects, obliques, subjects
from dragoman.extraction.arguments import Cast, Roles, Side
from dragoman.lexicon.predicates import Predicate, Predicates
from dragoman.records import Event

HEADLINES = frozenset({"title", "heading", "summary"})
DONE_TO = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT"})
"""Types whose headlines leave out the auxiliary of the passive: "Editor jailed", "Two envoys expelled"."""
HELD = frozenset({"arrest", "convict"})
SENT_OUT = frozenset({"expel", "deport"})
"""Whoever is expelled from a state is expelled by it."""
FELT = frozenset({"expel", "release", "targeted", "arrest", "convict", "abduct", "deport", "torture", "aerial",
                  "firearms", "explosives", "killings", "beat", "drone", "crowd-control"})  # fmt: skip
CROWDS = frozenset({"people", "quantity"})
GATHERING = frozenset({"protest", "demonstration", "rally", "march", "riot", "strike", "unrest", "protests"})
HAPPENED = frozenset({"occurred", "ongoing"})
WRITTEN = frozenset({"body", "title", "summary", "heading"})
DISASTER_REACH = 25  # words around a death within which an accident explains it
PASSIVE_HEADS = frozenset({"nsubj", "nsubj:pass"})


def headline_passive(token: Token, row: Predicate, roles: Roles, block: str) -> Roles:
    """The roles of a verb in a headline that is passive although no auxiliary says so."""
    bare = token.tag_ in {"VBD", "VBN"} and not is_passive(token) and not objects(token)
    if block not in HEADLINES or not bare or row.pos != "v" or row.type not in DONE_TO:
        return roles
    right = row.frame.split(">", 1)[-1].split("/")[0]
    if right not in {"obj", "thing"} or roles.recipients.ids or not roles.actors.ids:
        return roles
    if any(child.dep_ in {"ccomp", "xcomp", "advmod", "compound:prt"} for child in token.children):
        return roles
    return Roles(Side(), roles.actors, roles.instrument, roles.light, roles.mutual)


def with_custodian(token: Token, row: Predicate, roles: Roles, cast: Cast, sentence: tuple[int, int]) -> Roles:
    """Arrests and verdicts without a doer are the work of the police, court or army of this sentence or the one
    before, where there is exactly one."""
    if not roles.actors.ids and row.mode in SENT_OUT and row.pos == "v" and is_passive(token):
        home = Side()
        for word in obliques(token, frozenset({"from"})):
            home += cast.who_near(word)
        return Roles(home.without(roles.recipients.ids), roles.recipients, roles.instrument, roles.light, roles.mutual)
    if roles.actors.ids or row.mode not in HELD:
        return roles
    first, last = sentence
    doc = cast.doc
    for start, end in ((first, last), _before(cast.doc, first)):
        found: dict[str, Token] = {}
        for word in doc[start:end]:
            if cast.predicates.is_a(word.lower_, "custodian") and not _under(word, token):
                for each in cast.linked.at(word.i):
                    found.setdefault(each, word)
        found = {each: word for each, word in found.items() if each not in roles.recipients.ids}
        if len(found) == 1:
            ((actor, word),) = found.items()
            return Roles(Side((actor,), (word,)), roles.recipients, roles.instrument, roles.light, roles.mutual)
        if found:
            return roles
    return roles


def _under(word: Token, token: Token) -> bool:
    """True where the word is part of the one to whom it is done ("four police officers were detained")."""
    return any(word == each or each.is_ancestor(word) for each in objects(token))


def _before(doc: Doc, first: int) -> tuple[int, int]:
    """The sentence before the token `first`; empty where there is none."""
    at = first - 1
    while at > 0 and doc[at].is_space:
        at -= 1
    while at > 0 and not doc[at].is_sent_start:
        at -= 1
    return max(at, 0), first


def worth_telling(token: Token, row: Predicate, event: Event, block: str, predicates: Predicates) -> bool:
    """True for a deed that matters although nobody is named who did it: somebody who is named or counted suffered it,
    or a crowd did it."""
    if block not in WRITTEN:
        return False
    if event.type == "CONSULT":
        return row.pos == "n" and event.status == "planned" and event.earliest is not None and _is_set(token)
    if event.status not in HAPPENED or token.dep_ in {"amod", "compound"}:
        return False
    if event.type == "PROTEST":
        return _crowd(token, row, event, predicates)
    if event.type not in DONE_TO or not (event.type in {"ASSAULT", "RETREAT", "SANCTION"} or row.mode in FELT):
        return False
    if event.type == "RETREAT" and row.mode != "release":
        return False
    if row.mode != "arrest" and _is_accident(token, predicates):
        return False
    patients = _patients(token, row)
    if not any(_is_people(word, predicates) for word in patients):
        bare = block in HEADLINES and token.tag_ in {"VBD", "VBN"}
        return row.pos == "v" and bool(event.recipients) and (is_passive(token) or bare)
    counted = any(_is_counted(word) for word in patients)
    if row.pos == "n":
        return counted or bool(event.recipients)
    doers = subjects(token)
    blind = is_passive(token) or not doers or all(predicates.is_a(word.lemma_.lower(), "blow") for word in doers)
    return blind and (counted or bool(event.recipients))


def counts_victims(token: Token, predicates: Predicates) -> bool:
    """True where the object of a verb is a number of people: "wounded seven people"."""
    return any(_is_counted(word) and _is_people(word, predicates) for word in objects(token))


def _is_set(noun: Token) -> bool:
    """True for the subject of what sets a meeting: "talks are scheduled", "will be held", "will take place"."""
    head = noun.head if noun.dep_ == "nmod" else noun
    return head.dep_ in PASSIVE_HEADS


def _patients(token: Token, row: Predicate) -> list[Token]:
    if row.pos == "n":
        return obliques(token, frozenset({"of"}))
    found = objects(token)
    if not found and token.tag_ in {"VBD", "VBN"}:
        found = subjects(token, depth=0)
    return found


def _is_people(word: Token, predicates: Predicates) -> bool:
    return any(predicates.is_a(word.lower_, name) for name in ("people", "troops", "prisoners")) or (
        word.ent_type_ == "PER" or word.pos_ == "NUM"
    )


def _is_counted(word: Token) -> bool:
    plural = word.lower_ in {"dozens", "scores", "hundreds", "thousands", "tens"}
    return plural or word.pos_ == "NUM" or any(child.dep_ == "nummod" for child in word.children)


def _crowd(token: Token, row: Predicate, event: Event, predicates: Predicates) -> bool:
    """True for a crowd that marches, and for protests that have a day of their own."""
    if row.pos == "v":
        marching = subjects(token)
        return any(predicates.is_a(word.lower_, name) for word in marching for name in CROWDS)
    return token.lemma_.lower() in GATHERING and (
        token.dep_ in PASSIVE_HEADS and event.earliest is not None and clause_head(token).pos_ == "VERB"
    )


def _is_accident(token: Token, predicates: Predicates) -> bool:
    doc = token.doc
    near = doc[max(0, token.i - DISASTER_REACH) : token.i + DISASTER_REACH]
    return any(predicates.is_a(word.lower_, "disaster") for word in near)
