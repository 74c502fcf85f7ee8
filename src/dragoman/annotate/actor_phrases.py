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
    """A role noun in the text, tokens `[start, end)`."""

    start: int
    end: int
    noun: RoleNoun


class Demonym(NamedTuple):
    """A demonym in the text, tokens `[start, end)`, and the id of the actor it belongs to."""

    start: int
    end: int
    id: str


def role_at(doc: Doc, head: int, lexicon: ActorLexicon) -> Role | None:
    """The longest role noun or phrase whose last token is `head`: "prime minister" of "the new prime minister"."""
    last, roles = doc[head], lexicon.roles
    lower, lemma = last.lower_, last.lemma_.lower()
    if head + 2 < len(doc) and doc[head + 1].text in HYPHENS and not last.whitespace_:
        compound = f"{lower}-{doc[head + 2].lower_}"
        if compound in roles:
            return Role(head, head + 3, roles[compound])
    length = max(lexicon.role_ends.get(lower, 0), lexicon.role_ends.get(lemma, 0))
    if not length:
        return None
    noun = roles.get(lower) or roles.get(lemma)
    best = Role(head, head + 1, noun) if noun is not None else None
    if length == 1 or last.is_sent_start or not last.is_alpha:
        return best
    before = ""
    for start in range(head - 1, max(-1, head - min(LONGEST_ROLE, length)), -1):
        token = doc[start]
        before = token.text_with_ws.lower() + before
        noun = roles.get(before + lower) or roles.get(before + lemma)
        if noun is not None:
            best = Role(start, head + 1, noun)
        if token.is_sent_start or token.is_space:
            break
    return best


def demonym_at(doc: Doc, start: int, lexicon: ActorLexicon) -> Demonym | None:
    """The demonym that begins at token `start`, the longest first ("South Korean", "Saudi Arabian")."""
    if doc[start].text not in lexicon.demonym_starts:
        return None
    surface, best = "", None
    for end in range(start + 1, min(start + 4, len(doc) + 1)):
        surface += doc[end - 1].text
        found = lexicon.demonyms.get(surface)
        if found is None and len(surface) > 3 and surface.isupper():
            found = lexicon.demonyms.get(surface.title())
        if found is not None:
            best = Demonym(start, end, found)
        surface += doc[end - 1].whitespace_
    return best


def base_start(head: Token) -> int:
    """The first token of the noun phrase up to its head: determiner, possessor and premodifiers, no more."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in PREMODIFIERS or (child.text in HYPHENS and child.i == start - 1):
            start = min(start, child.left_edge.i)
        elif child.dep_ != "punct":
            break
    doc = head.doc
    names_before = [i + 1 for i in range(start + 1, head.i) if doc[i].text == "," and doc[i - 1].pos_ == "PROPN"]
    start = max([start, *names_before])
    while start < head.i and _leads_nowhere(doc[start], head):
        start += 1
    return start


def _leads_nowhere(token: Token, head: Token) -> bool:
    """True for marks, blanks and prepositions in front of a noun phrase, which are no part of it."""
    if token.pos_ in {"PUNCT", "SPACE"}:
        return token.text not in {"#", "$"}
    return token.head == head and token.pos_ in {"ADP", "CCONJ", "SCONJ"}


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
    doc = token.doc
    while (
        token.dep_ in {"conj", "appos", "nmod:unmarked", "compound"}
        and token.head != token
        and preposition(token) is None
    ):
        if token.dep_ != "conj" and not (token.i > 1 and doc[token.i - 1].text == "," and token.head.pos_ == "PROPN"):
            break
        token = token.head
    case = preposition(token)
    return case in words.lists.locative or (case in {"to", "from"} and token.head.lemma_.lower() in words.lists.travel)
