"""The shape of the phrases that name actors: role nouns, demonyms, and how far a noun phrase reaches to the left.
Shared by mentions and linking, which must see the same words in the same way."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from dragoman.annotate.syntax import preposition
from dragoman.lexicon.actor_words import ActorWords
from dragoman.lexicon.actors import ActorLexicon, RoleNoun

PREMODIFIERS = frozenset(
    {"det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "nmod:unmarked", "advmod", "flat"}
)
HYPHENS = frozenset({"-", "–", "‑"})
LONGEST_ROLE = 5
_MODIFYING = frozenset({"amod", "compound", "nmod:desc", "flat", "nmod:unmarked", "goeswith"})


class Role(NamedTuple):
    """A role noun in the text, tokens `[start, end)`; `end - 1` is its head."""

    start: int
    end: int
    noun: RoleNoun


class Demonym(NamedTuple):
    """A demonym in the text, tokens `[start, end)`, and the id of the actor it belongs to."""

    start: int
    end: int
    id: str


def role_at(doc: Doc, head: int, lexicon: ActorLexicon) -> Role | None:
    """The longest role noun or phrase whose last token is `head` ("foreign ministry spokesperson" -> "spokesperson")."""
    last = doc[head]
    endings = {last.lower_, last.lemma_.lower()}
    for start in range(max(last.sent.start, head - LONGEST_ROLE + 1), head + 1):
        before = doc.text[doc[start].idx : last.idx].lower() if start < head else ""
        for ending in endings:
            noun = lexicon.roles.get(before + ending)
            if noun is not None:
                return Role(start, head + 1, noun)
    return None


def demonym_at(doc: Doc, start: int, lexicon: ActorLexicon) -> Demonym | None:
    """The demonym that begins at token `start`, the longest first ("South Korean", "Saudi Arabian")."""
    first = doc[start]
    if not first.text[:1].isupper():
        return None
    for size in (3, 2, 1):
        if start + size <= len(doc):
            last = doc[start + size - 1]
            surface = doc.text[first.idx : last.idx + len(last)]
            found = lexicon.demonyms.get(surface) or (lexicon.demonyms.get(surface.title()) if surface.isupper() and len(surface) > 3 else None)
            if found is not None:
                return Demonym(start, start + size, found)
    return None


def base_start(head: Token) -> int:
    """The first token of the noun phrase up to its head: determiner, possessor and premodifiers, no more."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in PREMODIFIERS or (child.text in HYPHENS and child.i == start - 1):
            start = min(start, child.left_edge.i)
        elif child.dep_ != "punct":
            break
    return start


def is_modifier(token: Token) -> bool:
    """True where the token only qualifies another noun ("government" in "government officials")."""
    return token.dep_ in _MODIFYING and token.head.i > token.i


def is_sponsor(token: Token, words: ActorWords) -> bool:
    """True for the first part of "Moscow-backed" and the last of "pro-Russian": not the country of what follows."""
    doc, i = token.doc, token.i
    if i + 2 < len(doc) and doc[i + 1].text in HYPHENS and doc[i + 2].lower_ in words.lists.sponsored:
        return True
    before = doc[i - 1] if i else None
    if before is None or i < 2:
        return False
    return before.text in HYPHENS and doc[i - 2].lower_ in {"pro", "anti", "non", "ex"} and not before.whitespace_


def is_locative(token: Token, words: ActorWords) -> bool:
    """True where a name stands after a preposition of place ("in Ukraine"), directly or as a conjunct."""
    while token.dep_ == "conj" and token.head is not token and preposition(token) is None:
        token = token.head
    return preposition(token) in words.lists.locative
