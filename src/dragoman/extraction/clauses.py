"""Small questions to a clause: its subject, its marks, its tokens without the words that only introduce it."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.annotate import syntax
from dragoman.lexicon.cues import Cues

LINKING = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"})


def subjects_of(clause: Token) -> list[Token]:
    return syntax.children(clause, syntax.SUBJECT | syntax.PASSIVE_SUBJECT | frozenset({"expl"}))


def subtree(token: Token) -> set[int]:
    return {each.i for each in token.subtree}


def own_words(verb: Token, clause: Token) -> set[int]:
    """The verb and what hangs on it, but for the clause: what is never part of the content."""
    if not clause.left_edge.i <= verb.i <= clause.right_edge.i:
        return set()
    return {verb.i} | {i for child in verb.children if child != clause for i in subtree(child)}


def that_mark(clause: Token) -> Token | None:
    return next(
        (mark for mark in clause.children if mark.dep_ == "mark" and mark.lower_ == "that" and mark.i < clause.i), None
    )


def without_that(clause: Token) -> set[int]:
    indexes = subtree(clause)
    mark = that_mark(clause)
    first = clause.doc[min(indexes)]
    if mark is None and first.lower_ == "that" and first.tag_ in {"IN", "SCONJ"}:
        return indexes - {first.i}
    if mark is not None and not subjects_of(clause) and clause.doc[mark.i + 1].tag_ in {"VBZ", "VBD", "VBP", "MD"}:
        return indexes  # "says that is what they do": a pronoun, taken for the conjunction
    return {index for index in indexes if index > mark.i} if mark is not None else indexes


def case_of(token: Token) -> str | None:
    for child in token.children:
        if child.dep_ in {"case", "mark"} and child.i < token.i:
            return child.lower_
    return None


def without_case(token: Token) -> set[int]:
    indexes = subtree(token)
    case = next((child for child in token.children if child.dep_ in {"case", "mark"} and child.i < token.i), None)
    return {index for index in indexes if index > case.i} if case is not None else indexes


def is_finite(clause: Token) -> bool:
    if any(mark.lower_ == "to" for mark in syntax.children(clause, frozenset({"mark"}))):
        return False
    words = [clause, *syntax.auxiliaries(clause)]
    return any(word.tag_ in {"VBD", "VBZ", "VBP", "MD"} for word in words)


def is_past(clause: Token) -> bool:
    return any(word.tag_ == "VBD" for word in (clause, *syntax.auxiliaries(clause)))


def not_by_subject(clause: Token, coordinated: Token) -> bool:
    """True where a verb of speech coordinated with a clause cannot have the clause's subject: the clause stands in
    another tense, or its subject is a thing, a number or a pronoun, or suffers ("said its posts had been shelled, and
    demanded")."""
    subject = next(iter(subjects_of(clause)), None)
    if not is_past(clause):
        return True
    if subject is None:
        return False
    anybody = subject.pos_ in {"NOUN", "NUM", "PRON", "DET"} or syntax.is_passive(clause)
    return anybody or any(word.text == "," for word in clause.doc[clause.i : coordinated.i][-3:])


def is_negated(verb: Token) -> bool:
    if syntax.is_negated(verb) or yet_to(verb):
        return True
    if any(mark.lower_ == "without" for mark in syntax.children(verb, frozenset({"mark"}))):
        return True
    return any(
        child.lower_ in {"nobody", "none", "nothing", "neither"}
        for each in syntax.children(verb, syntax.SUBJECT)
        for child in _opening(each)
    )


def yet_to(verb: Token) -> bool:
    """True for "has yet to reply"."""
    words = [word.lower_ for word in verb.doc[max(0, verb.i - 2) : verb.i]]
    return verb.tag_ == "VB" and words == ["yet", "to"]


def _opening(subject: Token) -> list[Token]:
    """The subject and its determiner or conjunction: "neither side", "neither Oslo nor Bonn"."""
    return [subject, *syntax.children(subject, frozenset({"det", "cc", "cc:preconj"}))]


def phrase_follows(verb: Token, rest: tuple[str, ...]) -> bool:
    """True where the words of the phrase follow within four tokens, in order, in the same sentence."""
    at = verb.i + 1
    doc = verb.doc
    for word in rest:
        limit = min(at + (4 if word not in {"for", "on", "upon", "to"} else 2), len(doc))
        while at < limit and doc[at].lower_ != word:
            at += 1
        if at >= limit:
            return False
        at += 1
    return True


def noun_clause(noun: Token, cues: Cues) -> Token | None:
    """The clause that a noun of speech or belief introduces: "the argument that P"."""
    if noun.lemma_.lower() not in cues.nouns:
        return None
    for child in noun.children:
        if child.dep_ in {"acl", "ccomp", "acl:relcl"} and child.i > noun.i and is_finite(child):
            marks = [mark.lower_ for mark in syntax.children(child, frozenset({"mark"}))]
            if "that" in marks or (child.dep_ != "acl:relcl" and marks == [] and subjects_of(child)):
                return child
    return _behind_that(noun)


def _behind_that(noun: Token) -> Token | None:
    """The clause of a "that" right behind the noun, where the parse hangs it on the verb above."""
    mark = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    if mark.lower_ != "that" or mark.tag_ != "IN" or mark.dep_ != "mark":
        return None
    return mark.head if mark.head.i > mark.i and subjects_of(mark.head) else None
