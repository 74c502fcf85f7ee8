"""Place or polity: does "Moscow" act, or does something happen there? By the grammar of its use."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.annotate.actor_phrases import is_modifier, is_sponsor, role_at
from dragoman.annotate.syntax import OBJECT, PASSIVE_SUBJECT, SUBJECT, is_passive, preposition
from dragoman.lexicon.actor_words import ActorWords
from dragoman.lexicon.actors import ActorLexicon


def is_polity(token: Token, words: ActorWords, lexicon: ActorLexicon) -> bool:
    """True where the name of a seat or capital, with head `token`, stands for its government."""
    if is_sponsor(token, words):
        return True
    if token.dep_ == "conj" and preposition(token) is None and token.head is not token:
        return is_polity(token.head, words, lexicon)
    if is_modifier(token):
        role = role_at(token.doc, token.head.i, lexicon)
        return role is not None and token.head.lemma_.lower() not in words.lists.city_things
    if any(child.lower_ == "the" for child in token.lefts):
        return preposition(token) not in words.lists.locative - {"toward", "towards", "into"}
    if token.dep_ == "nmod:poss":
        return token.head.lemma_.lower() not in words.lists.city_things | words.lists.place_nouns
    case = preposition(token)
    if case is not None:
        return _after_preposition(token, case, words)
    return _argument(token, words)


def _after_preposition(token: Token, case: str, words: ActorWords) -> bool:
    lists = words.lists
    if case == "between":
        return True
    if case in lists.partner:
        return not (
            case == "for" and token.head.lemma_.lower() in {"leave", "depart", "head", "bind", "flight", "train"}
        )
    if case in {"to", "from", "of", "on", "at", "towards", "toward"}:
        return token.head.lemma_.lower() in lists.relation and case != "at"
    return False


def _argument(token: Token, words: ActorWords) -> bool:
    verb, lemma = token.head, token.head.lemma_.lower()
    if token.dep_ in SUBJECT:
        if verb.pos_ in {"NOUN", "PROPN"}:
            return verb.lemma_.lower() not in words.lists.place_nouns | words.lists.city_things
        return lemma not in words.lists.situated or _takes_a_stand(verb)
    if token.dep_ == "obj" and token.i < verb.i:  # a subject that the parse took for an object
        return lemma in words.lists.minded or lemma not in words.lists.situated | words.lists.travel
    if token.dep_ in PASSIVE_SUBJECT or token.dep_ in OBJECT:
        return lemma in words.lists.addressing
    return False


def _takes_a_stand(verb: Token) -> bool:
    """True for "stood by its ally", "sits on the council", "stands ready to help": no city does."""
    return any(
        (child.dep_ in {"obl", "compound:prt", "advmod"} and preposition(child) in {"by", "with", "behind", "against"})
        or child.lower_ in {"firm", "ready", "by", "behind", "alone", "together"}
        or child.dep_ == "xcomp"
        for child in verb.rights
    )


def is_actor_place(token: Token, words: ActorWords) -> bool:
    """True where a place that the lexicon does not know acts as only people do ("California sued")."""
    if token.dep_ == "conj" and preposition(token) is None and token.head is not token:
        return is_actor_place(token.head, words)
    if token.dep_ == "obl:agent" or (token.dep_ == "obl" and preposition(token) == "by"):
        return token.head.lemma_.lower() in words.lists.minded | words.lists.addressing
    if token.dep_ in SUBJECT and not is_passive(token.head):
        return token.head.lemma_.lower() in words.lists.minded
    if token.dep_ in PASSIVE_SUBJECT or token.dep_ in {"obj", "iobj"}:
        return token.head.lemma_.lower() in {
            "accuse",
            "urge",
            "sue",
            "sanction",
            "tell",
            "warn",
            "criticize",
            "criticise",
        }
    return False
