"""Place or polity: does "Moscow" act, or does something happen there? By the grammar of its use."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.annotate.actor_phrases import is_sponsor
from dragoman.annotate.syntax import PASSIVE_SUBJECT, SUBJECT, is_passive, preposition
from dragoman.lexicon.actor_words import ActorWords
from dragoman.lexicon.places import load_reading_words
from dragoman.mentions.places import reading_at


def is_polity(token: Token, words: ActorWords) -> bool:
    """True where the name of a seat or capital, with head `token`, stands for its government. The reading of place
    names decides (`mentions/places.py`), but for sponsors ("Moscow-backed") and cities that take a stand."""
    if is_sponsor(token, words) or (token.dep_ in SUBJECT and _takes_a_stand(token.head)):
        return True
    return reading_at(token, load_reading_words()) == "met"


def _takes_a_stand(verb: Token) -> bool:
    """True for "stood by its ally", "sits on the council", "stands ready to help": no city does."""
    if verb.lemma_.lower() not in {"stand", "sit"}:
        return False
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
