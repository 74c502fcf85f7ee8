"""Grammar over a parsed Doc (Universal Dependencies): who is the subject of a verb, how far a phrase reaches, which
tense a clause has. Everything that mentions, linking and extraction ask of the parse stands here once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from spacy.tokens import Doc, Span, Token

SUBJECT = frozenset({"nsubj", "nsubj:outer", "csubj"})
PASSIVE_SUBJECT = frozenset({"nsubj:pass", "csubj:pass"})
OBJECT = frozenset({"obj", "iobj"})
CLAUSE = frozenset(
    {"ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass", "csubj:outer", "ROOT"}
)
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})
NAME_PARTS = frozenset({"flat", "compound", "appos", "goeswith", "flat:name"})
OUTSIDE_NOMINAL = frozenset(
    {"acl:relcl", "appos", "conj", "cc", "cc:preconj", "punct", "parataxis", "cop", "nsubj", "nsubj:pass", "aux",
     "mark", "advcl", "acl", "dep", "discourse", "csubj", "obl", "advmod", "expl", "orphan", "list", "case", "ccomp",
     "nsubj:outer"}
)  # fmt: skip
NEGATION = frozenset({"not", "n't", "never", "no", "nor", "neither", "hardly", "barely", "nothing", "nobody", "none"})
MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "'ll", "wo", "ca", "'d"}
)
AUXILIARY_LEMMAS = frozenset({"be", "have", "do", "get", "let"} | MODALS)
"""A closed class: what the parser takes for an auxiliary beside it ("they last met") is none."""
FINITE_PAST, FINITE_PRESENT = frozenset({"VBD"}), frozenset({"VBZ", "VBP"})

Tense = Literal["past", "present", "future", "perfect", "modal", "none"]


def children(token: Token, deps: frozenset[str]) -> list[Token]:
    """The children of `token` under one of these relations, in the order of the text."""
    return [child for child in token.children if child.dep_ in deps]


def with_conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated with it ("Russia, China and Iran")."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def base(doc: Doc, words: Iterable[Token]) -> Span:
    """The smallest span that holds all the words."""
    places = [word.i for word in words]
    return doc[min(places) : max(places) + 1]


def nominal(token: Token) -> Span:
    """The noun phrase headed by `token`, without relative clauses, appositions, conjuncts and outer prepositions."""
    return base(token.doc, _inside(token, OUTSIDE_NOMINAL))


def phrase(token: Token) -> Span:
    """The whole subtree of `token` as one span."""
    return base(token.doc, token.subtree)


def _inside(token: Token, outside: frozenset[str]) -> Iterator[Token]:
    yield token
    for child in token.children:
        if child.dep_ not in outside and not child.is_space:
            yield from _inside(child, outside if child.dep_ != "nmod" else outside - {"case"})


def subjects(verb: Token, *, depth: int = 6) -> list[Token]:
    """Who does it: the active subject of a verb, looked for up the parse where the clause has none of its own
    (control: "plan to meet"; coordination: "met and agreed"; participles: "troops entering"). Conjuncts included.
    A passive verb answers with its by-agent, or nobody."""
    if is_passive(verb):
        return agents(verb)
    own = children(verb, SUBJECT) or _bare_subjects(verb)
    if own:
        return [each for subject in own for each in with_conjuncts(_antecedent(subject, verb))]
    return _borrowed_subjects(verb, depth) if depth else []


def _bare_subjects(verb: Token) -> list[Token]:
    """A nominal before a finite verb that the parse took for an adjunct although no preposition stands before it."""
    if verb.tag_ not in FINITE_PAST | FINITE_PRESENT or verb.dep_ in {"conj", "acl:relcl"}:
        return []
    if verb.dep_ == "ccomp":  # "X plans to act, Y said": both hung on "said"
        above = children(verb.head, SUBJECT)
        if len(above) > 1 and above[0].i < verb.i < above[-1].i:
            return [above[0]]
    left = [child for child in children(verb, frozenset({"obl", "dislocated"})) if child.i < verb.i]
    return [child for child in left if child.pos_ in {"NOUN", "PROPN"} and preposition(child) is None][-1:]


def _borrowed_subjects(verb: Token, depth: int) -> list[Token]:
    head = verb.head
    if verb.dep_ in {"acl", "acl:relcl"} and verb.tag_ != "VBN" and head.pos_ in NOMINAL:
        infinitive = any(child.lower_ == "to" for child in children(verb, frozenset({"mark"})))
        return _holder(head) if infinitive else with_conjuncts(head)
    if verb.dep_ == "conj" and head.pos_ in VERBAL:
        return subjects(head, depth=depth - 1) or (objects(head) if is_passive(head) else [])
    if verb.dep_ in {"advcl", "obl"} and verb.tag_ == "VBG" and _blames(verb) and (blamed := objects(head)):
        return blamed
    if verb.dep_ == "parataxis" and verb.tag_ == "VB" and head.pos_ in NOMINAL:
        return with_conjuncts(head)  # the infinitive of headlines: "Leaders to meet"
    if verb.dep_ in {"ccomp", "parataxis"} and verb.tag_ not in {"VB", "VBG"}:
        return []
    if verb.dep_ in {"xcomp", "advcl", "ccomp", "parataxis"} and head != verb:
        if verb.dep_ == "xcomp" and (raised := children(head, OBJECT)):
            return [each for item in raised for each in with_conjuncts(item)]
        if is_passive(head):
            return objects(head)
        return subjects(head, depth=depth - 1)
    return []


def _blames(gerund: Token) -> bool:
    """True for gerunds whose doer is the object above: "accused them of spying", "thanked her for coming"."""
    return any(
        child.lower_ in {"of", "for", "from", "into", "against"} and child.dep_ in {"mark", "case"}
        for child in gerund.children
    )


def _holder(noun: Token) -> list[Token]:
    """Whose plan, threat or decision it is: the possessor, else the subject of the light verb that governs the noun."""
    owners = children(noun, frozenset({"nmod:poss"}))
    if owners:
        return [each for owner in owners for each in with_conjuncts(owner)]
    if noun.dep_ in {"obj", "obl", "nsubj:pass"} and noun.head.pos_ in VERBAL:
        return subjects(noun.head, depth=3)
    return []


def _antecedent(subject: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for; any other subject is itself."""
    if subject.tag_ in {"WDT", "WP", "WP$"} or (subject.lower_ == "that" and verb.dep_ == "acl:relcl"):
        if verb.dep_ == "acl:relcl":
            return verb.head
        if verb.dep_ == "conj" and verb.head.dep_ == "acl:relcl":
            return verb.head.head
    return subject


def objects(verb: Token) -> list[Token]:
    """To whom or what it is done: direct objects, or the subject of a passive; conjuncts included."""
    if is_passive(verb):
        own = children(verb, PASSIVE_SUBJECT | SUBJECT)
        found = [_antecedent(subject, verb) for subject in own]
        if not found and verb.dep_ in {"acl", "acl:relcl"} and verb.head.pos_ in NOMINAL:
            found = [verb.head]
        if not found and verb.dep_ == "conj" and verb.head.pos_ in VERBAL and is_passive(verb.head):
            return objects(verb.head)
    else:
        found = children(verb, OBJECT)
    return [each for item in found for each in with_conjuncts(item)]


def agents(verb: Token) -> list[Token]:
    """The by-agents of a passive verb, conjuncts included."""
    found = [
        child
        for child in verb.children
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and preposition(child) == "by")
    ]
    return [each for item in found for each in with_conjuncts(item)]


def is_passive(verb: Token) -> bool:
    """True for passives with their auxiliary, reduced ones ("troops sent by") and coordinated participles."""
    if any(child.dep_ in {"aux:pass", "nsubj:pass", "csubj:pass"} for child in verb.children):
        return True
    if verb.tag_ != "VBN":
        return False
    if verb.dep_ in {"acl", "amod"}:
        return not any(child.dep_ == "aux" for child in verb.children)
    return verb.dep_ == "conj" and not children(verb, SUBJECT | frozenset({"aux"})) and is_passive(verb.head)


def preposition(token: Token) -> str | None:
    """The preposition in front of a nominal, lower-cased, fixed ones joined ("according to")."""
    for case in children(token, frozenset({"case"})):
        fixed = [case, *children(case, frozenset({"fixed"}))]
        return " ".join(word.lower_ for word in fixed)
    return None


def obliques(verb: Token, prepositions: frozenset[str] | None = None) -> list[Token]:
    """Nominals that depend on a verb or noun through a preposition (any, or one of these), conjuncts included."""
    found = [
        child
        for child in verb.children
        if child.dep_.split(":")[0] in {"obl", "nmod"}
        and (case := preposition(child)) is not None
        and (prepositions is None or case in prepositions)
    ]
    return [each for item in found for each in with_conjuncts(item)]


def is_negated(token: Token) -> bool:
    """True where a negation stands on the token itself, its auxiliaries, or its determiner."""
    return any(
        child.lower_ in NEGATION and child.dep_ in {"advmod", "det", "neg", "cc", "aux", "cc:preconj"}
        for child in token.children
    )


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of a verb; a coordinated verb without its own borrows those of the first."""
    own = [
        child
        for child in children(verb, frozenset({"aux", "aux:pass", "cop"}))
        if child.lemma_ in AUXILIARY_LEMMAS or child.tag_ == "MD" or not child.lemma_
    ]
    if not own and verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.tag_ in {"VB", "VBN", "VBG"}:
        return auxiliaries(verb.head)
    return own


def modals(verb: Token) -> list[str]:
    """The modal auxiliaries of a verb, lower-cased, contractions spelled out ("wo" -> "will")."""
    full = {"wo": "will", "'ll": "will", "ca": "can", "'d": "would", "’ll": "will", "’d": "would"}
    found = [aux for aux in auxiliaries(verb) if aux.tag_ == "MD" or aux.lower_ in MODALS]
    return [full.get(aux.lower_, aux.lower_) for aux in found]


def clause_head(token: Token) -> Token:
    """The verb (or predicate) of the clause in which a token stands."""
    for each in (token, *token.ancestors):
        if each.dep_ in CLAUSE or (each.dep_ == "conj" and each.pos_ in VERBAL):
            return each
    return token


def tense(verb: Token) -> Tense:
    """The tense of a clause by its auxiliaries and its verb's tag; "none" for bare infinitives and participles."""
    auxiliary = auxiliaries(verb)
    names = modals(verb)
    if "will" in names or "shall" in names:
        return "future"
    if names:
        return "modal"
    if any(aux.lemma_ == "have" for aux in auxiliary) and verb.tag_ in {"VBN", "VBD"}:
        return "perfect"
    finite = [word for word in (*auxiliary, verb) if word.tag_ in FINITE_PAST | FINITE_PRESENT]
    if not finite:
        return "none"
    return "past" if finite[0].tag_ in FINITE_PAST else "present"
