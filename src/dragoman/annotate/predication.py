"""Predication: which rows of the predicate table fit a word, by its lemma and by the frame of the parse around it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dragoman.annotate.syntax import objects, obliques, preposition
from dragoman.lexicon.predicates import NO_EVENT, PREPOSITIONS, Predicate, Predicates

PARTICLE_REACH = 9  # words after the verb in which its particle must stand
JOINED_REACH = 3  # words between verb and particle or object that a trigger's span may bridge
ENTITIES = frozenset({"PER", "ORG", "LOC", "NORP"})
PERSONAL = frozenset({"him", "her", "them", "he", "she", "they", "us", "me", "we", "i", "each"})
MONTHS = frozenset({"March", "May"})
TOPICAL = frozenset({"of", "on", "in", "to"})
NAMES = frozenset({"PER", "ORG", "MISC"})
HYPHENS = frozenset({"-", "\u2010", "\u2011"})
MODIFIERS = frozenset({"compound", "amod", "nmod", "nmod:desc", "flat"})


@dataclasses.dataclass(frozen=True)
class Predication:
    """A word that may tell an event: its rows, the most particular first, and the characters `[start, end)` of the word
    with its idiom or deciding object."""

    token: Token
    rows: tuple[Predicate, ...]
    start: int
    end: int


def find_predications(tokens: Iterable[Token], predicates: Predicates) -> list[Predication]:
    """Every word among the tokens that a row fits, in order. A noun that is the object which decides a verb's type
    ("held talks") belongs to that verb and is no predication of its own; a row of the type NONE says that there is no
    event."""
    found: list[Predication] = []
    consumed: set[int] = set()
    for token in tokens:
        if token.is_space or token.is_punct:
            continue
        rows = _rows(token, predicates)
        if rows and (predication := _predication(token, rows, predicates, consumed)):
            found.append(predication)
    return [predication for predication in found if predication.token.i not in consumed]


def _rows(token: Token, predicates: Predicates) -> tuple[Predicate, ...]:
    pos = _pos(token)
    if not pos:
        return ()
    for whole in hyphenated(token):
        if rows := predicates.rows_of(whole, whole, pos):
            return rows
    return predicates.rows_of(token.lower_, _lemma(token), pos)


def hyphenated(token: Token) -> tuple[str, ...]:
    """The lemma and the form of the hyphenated word that ends here, with its hyphen and without: treebanks split
    "sit-in" into three tokens. Empty where there is none."""
    doc, at = token.doc, token.i
    if at < 2 or doc[at - 1].text not in HYPHENS or doc[at - 1].whitespace_ or doc[at - 2].whitespace_:
        return ()
    first = doc[at - 2].lower_
    return tuple(f"{first}{hyphen}{last}" for last in (_lemma(token), token.lower_) for hyphen in ("-", ""))


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


def _pos(token: Token) -> str:
    if token.text in MONTHS:
        return ""
    if token.pos_ == "VERB" or token.tag_.startswith("VB"):
        return "v"
    if token.pos_ == "NOUN":
        return "n"
    return "a" if token.pos_ == "ADJ" else ""


def _predication(
    token: Token, rows: tuple[Predicate, ...], predicates: Predicates, consumed: set[int]
) -> Predication | None:
    """The predication at `token`, or None; adds to `consumed` the object nouns that its best row takes in."""
    fits = list(_fitting(token, rows, predicates))
    if not fits:
        return None
    best, parts, eaten = fits[0]
    consumed.update(eaten)
    if best.type == NO_EVENT:
        return None
    start, end = _reach(token, parts)
    if best.lemma in hyphenated(token):
        start = token.doc[token.i - 2].idx
    return Predication(token, tuple(row for row, _, _ in fits), start, end)


def _fitting(
    token: Token, rows: tuple[Predicate, ...], predicates: Predicates
) -> Iterator[tuple[Predicate, list[Token], list[int]]]:
    """The rows that fit, the most particular first, with the words they matched and the nouns that they take in."""
    near = _near(token) if rows[0].pos == "v" else frozenset()
    for row in rows:
        if row.pos == "n":
            if _noun_fits(token, row, predicates):
                yield row, [], []
        elif row.pos == "a":
            if token.dep_ == "xcomp" or any(child.dep_ == "cop" for child in token.children):
                yield row, [], []
        elif _may_follow(row.particle, near) and (match := _verb_fits(token, row, predicates)) is not None:
            yield row, *match


def _near(token: Token) -> frozenset[str]:
    """The forms and lemmas of the words in which a particle may stand."""
    window = token.doc[token.i + 1 : token.i + 1 + PARTICLE_REACH]
    return frozenset([word.lower_ for word in window] + [word.lemma_.lower() for word in window])


def _may_follow(particle: str, near: frozenset[str]) -> bool:
    """False where a particle's words are not even near; prepositions may stand further off."""
    return not particle or particle in PREPOSITIONS or all(word in near for word in particle.split())


def _noun_fits(token: Token, row: Predicate, predicates: Predicates) -> bool:
    if token.ent_type_ in NAMES:
        return False
    if token.dep_ == "compound" and not predicates.is_a(token.head.lemma_.lower(), "carrier"):
        return False
    if row.object and not _topic_fits(token, row, predicates):
        return False
    if not row.particle:
        return True
    wanted = row.particle.split("|")
    before = token.doc[max(0, token.i - 1) : token.i]
    near = [child for child in token.children if child.dep_ in MODIFIERS and child.i < token.i]
    return any(word.lower_ in wanted or word.lemma_.lower() in wanted for word in (*near, *before))


def _topic_fits(noun: Token, row: Predicate, predicates: Predicates) -> bool:
    """True where what a noun of action is about belongs to the row's classes: "suspension of aid", "aid cut"."""
    topics = [*obliques(noun, TOPICAL), *(child for child in noun.children if child.dep_ == "compound")]
    return any(_object_fits(word, row, predicates) for topic in topics for word in _heads(topic, predicates))


def _verb_fits(token: Token, row: Predicate, predicates: Predicates) -> tuple[list[Token], list[int]] | None:
    parts: list[Token] = []
    if row.particle:
        parts = particle(token, row.particle.split(), predicates)
        if not parts:
            return None
    if row.complement and not _complement_fits(token, row.complement, predicates):
        return None
    eaten = [part.i for part in parts if part.pos_ in {"NOUN", "VERB"}]
    if not row.object:
        return parts, eaten
    matched = _object(token, row, predicates)
    if matched is None:
        return None
    noun = matched if matched != token else None
    if noun is None or noun.ent_type_ in ENTITIES or noun.pos_ == "PRON":
        return parts, eaten
    return [*parts, noun], [*eaten, noun.i]


def particle(verb: Token, words: list[str], predicates: Predicates) -> list[Token]:
    """The words of a particle or idiom after a verb, in order, inside its clause; empty unless all are there."""
    if len(words) == 1 and words[0] in PREPOSITIONS:
        if phrase := _phrase(verb, words[0], predicates):
            return [phrase]
        if any("temporal" in kinds(each, predicates) for each in obliques(verb, frozenset(words))):
            return []
    doc, found, at = verb.doc, [], verb.i + 1
    for word in words:
        for token in doc[at : min(verb.i + 1 + PARTICLE_REACH, len(doc))]:
            if _is_word(token, word, idiom=len(words) > 1) and _below(token, verb):
                found.append(token)
                at = token.i + 1
                break
        else:
            return []
    return found


def _phrase(verb: Token, word: str, predicates: Predicates) -> Token | None:
    """The preposition of a phrase on the verb or on its object; "on Friday" belongs to no idiom."""
    for noun in (verb, *objects(verb)):
        for phrase in obliques(noun, frozenset({word})):
            if "temporal" in kinds(phrase, predicates):
                continue
            return next((child for child in phrase.children if child.lower_ == word), None)
    return None


def _is_word(token: Token, word: str, *, idiom: bool) -> bool:
    """True where a token is that word of a particle. A verb is only after "to" ("fail to reach"), after "let", or as a
    gerund ("stop buying", "bar from entering")."""
    if token.pos_ in {"NOUN", "PROPN"}:
        return word in (token.lower_, token.lemma_.lower())
    if token.pos_ == "VERB" and not _is_complement(token):
        return False
    return token.lower_ == word and (idiom or word != "to" or token.dep_ != "mark")


def _is_complement(verb: Token) -> bool:
    """True for an infinitive after "to", a bare one after "let", or a gerund below another verb."""
    if any(child.lower_ == "to" for child in verb.children) or verb.head.lemma_.lower() == "let":
        return True
    return verb.tag_ == "VBG" and verb.dep_ in {"xcomp", "advcl", "ccomp", "obl", "nmod", "acl"}


def _below(token: Token, verb: Token) -> bool:
    """True where a word hangs on the verb itself, on a child of it, or (small words) on a grandchild."""
    head = token.head
    if verb in (head, head.head):
        return token.dep_ != "compound" or head == verb or (head.dep_ == "obj" and token.i == head.i - 1)
    return token.pos_ not in {"NOUN", "PROPN", "VERB"} and head.head.head == verb


def _complement_fits(verb: Token, wanted: str, predicates: Predicates) -> bool:
    """True where what the object is called belongs to a class: a predicative, a phrase with "as", or an adjective
    that the parse hung on the object's last noun ("called the plan for gas 'stupid'")."""
    words: list[Token] = []
    first = next((child for child in verb.children if child.dep_ in {"obj", "iobj", "nsubj:pass"}), None)
    for child in verb.children:
        predicative = child.dep_ in {"xcomp", "ccomp"} or (child.dep_ == "obj" and child != first)
        if predicative or (child.dep_ == "obl" and preposition(child) in {"as", "to"}):
            words += [child, *(word for word in child.children if word.dep_ in {"amod", "compound", "conj", "nmod"})]
        if child.dep_ == "obj":
            words += [w for w in child.subtree if w.pos_ == "ADJ" and w.dep_ in {"conj", "parataxis", "dep", "xcomp"}]
    return any(wanted in kinds(word, predicates) for word in words)


def kinds(word: Token, predicates: Predicates) -> frozenset[str]:
    """The object classes of a word, by its form and its lemma."""
    none: frozenset[str] = frozenset()
    for whole in hyphenated(word):
        if whole in predicates.classes:
            return predicates.classes[whole]
    return predicates.classes.get(word.lower_, none) | predicates.classes.get(word.lemma_.lower(), none)


def _object(verb: Token, row: Predicate, predicates: Predicates) -> Token | None:
    """The object that the row asks for: the noun itself, or the verb where a clause was asked for."""
    if "CLAUSE" in row.object and any(child.dep_ in {"ccomp", "xcomp"} for child in verb.children):
        return verb
    if "TO" in row.object and any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in verb.children):
        return verb
    candidates = objects(verb)
    if _lemma(verb) == "call":  # "called President X": the parse takes the name for what X was called
        candidates = [*candidates, *(c for c in verb.children if c.dep_ == "xcomp" and c.ent_type_ == "PER")]
    if row.particle:
        candidates = [*candidates, *obliques(verb)]
    for candidate in candidates:
        for word in _heads(candidate, predicates):
            if _object_fits(word, row, predicates):
                return word
    return None


def _heads(noun: Token, predicates: Predicates) -> list[Token]:
    """The noun, and what it only measures or carries: "hundreds of soldiers", "an aid package"."""
    found = [noun]
    classes = kinds(noun, predicates)
    if "quantity" in classes or "carrier" in classes or noun.pos_ == "NUM":
        found += [child for child in noun.children if child.dep_ == "nmod" and preposition(child) == "of"]
    if "carrier" in classes:
        found += [child for child in noun.children if child.dep_ == "compound"]
    return found


def _object_fits(word: Token, row: Predicate, predicates: Predicates) -> bool:
    classes = kinds(word, predicates)
    for name in row.object:
        if name.startswith("="):
            if name[1:] in {word.lower_, word.lemma_.lower()}:
                return True
        elif name in {"ACTOR", "PERSON"}:
            if _entity(word, name) or (name == "PERSON" and "official" in classes):
                return True
        elif name in classes:
            return True
    return False


def _entity(word: Token, name: str) -> bool:
    if word.lower_ in PERSONAL or word.ent_type_ == "PER":
        return True
    if name == "PERSON":
        return word.pos_ == "PROPN" and word.ent_type_ not in {"LOC", "ORG", "MISC"}
    return word.ent_type_ in ENTITIES


def _reach(token: Token, parts: list[Token]) -> tuple[int, int]:
    """The characters of the trigger: the predicate, and the words of its idiom or object where they stand close."""
    first, last = token, token
    for part in sorted(parts, key=lambda word: word.i):
        if 0 < part.i - last.i <= JOINED_REACH + 1:
            last = part
    return first.idx, last.idx + len(last)
