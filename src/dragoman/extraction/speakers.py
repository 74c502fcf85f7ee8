"""Speakers: whom a cue names as its source, and how many words name him."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.clauses import not_by_subject, subjects_of, subtree
from dragoman.extraction.drafts import Stretch, stretch

ISSUED = frozenset(
    {"statement", "communique", "communiqué", "letter", "message", "release", "post", "tweet", "note", "memo"}
)
"""Documents that speak for those who issue them."""
RELAYING = frozenset({"quote", "cite"})
MAX_QUOTED_NAME = 14
"""Words between "quoted" and "as saying": a name with its titles."""
_ASIDE = frozenset(
    {"acl:relcl", "parataxis", "advcl", "dep", "cop", "nsubj", "nsubj:pass", "discourse", "punct", "ccomp"}
)
INSIDE_NAME = frozenset({"compound", "flat", "amod", "det", "nmod:desc", "nmod:poss", "nummod", "case"})
EMPTY_SUBJECTS = frozenset({"it", "there"})


def source_heads(verb: Token) -> list[Token]:
    """The tokens that name who speaks, as they stand in the clause (a relative pronoun is itself)."""
    quoting = quoting_verb(verb)
    if quoting is not None:
        return syntax.objects(quoting)[:1]
    if verb.tag_ == "VBG" and verb.dep_ == "acl" and verb.head.pos_ in syntax.NOMINAL:
        return [verb.head]
    own = syntax.children(verb, syntax.SUBJECT)
    if own and not syntax.is_passive(verb):
        found = own[:1]
    elif verb.dep_ == "acl:relcl" and not syntax.is_passive(verb) and not own:
        near = speaker_before(verb)
        found = near if near and near[0].i > verb.head.i else [verb.head]
    else:
        found = [] if _asked(verb) else speaker_before(verb) or syntax.subjects(_matrix(verb))[:1]
    return [head for head in found if head.lower_ not in EMPTY_SUBJECTS or head.dep_ not in {"expl"}]


def head_within(doc: Doc, words: Iterable[int]) -> list[Token]:
    """The head of the first noun phrase among these tokens."""
    names = [doc[i] for i in words if doc[i].pos_ in {"PROPN", "NOUN", "PRON"}]
    if not names:
        return []
    head = names[0]
    while head.head in names and head.head != head and head.dep_ in INSIDE_NAME:
        head = head.head
    return [head]


def speaker_after(verb: Token) -> list[Token]:
    """The speaker of an inverted cue, whatever the parse makes of it: "..., said Ann Lee, a lawyer"."""
    doc, at, end = verb.doc, verb.i + 1, verb.sent.end
    while at < end and doc[at].pos_ == "ADV":
        at += 1
    if at >= end or doc[at].pos_ not in {"PROPN", "NOUN", "DET", "ADJ", "PRON", "NUM"} or doc[at].ent_type_ == "DATE":
        return []
    head = doc[at]
    while head.dep_ in INSIDE_NAME and verb.i < head.head.i < end and head.head.pos_ in {"PROPN", "NOUN", "NUM", "ADJ"}:
        head = head.head
    return [head] if head.pos_ in {"PROPN", "NOUN", "PRON", "NUM"} and head.tag_ not in {"WDT", "WP"} else []


def speaker_before(verb: Token) -> list[Token]:
    """The noun right before a finite verb that the parse has given no subject."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or syntax.is_passive(verb) or verb.i == 0:
        return []
    at = verb.i - 1
    while at > 0 and verb.doc[at].pos_ in {"ADV", "AUX"}:
        at -= 1
    word = verb.doc[at]
    if word.pos_ not in {"PROPN", "NOUN", "PRON"} or word.dep_ not in {
        "nsubj",
        "flat",
        "nsubj:pass",
        "compound",
        "appos",
    }:
        return []
    while (
        word.dep_ in INSIDE_NAME
        and word.head.pos_ in {"PROPN", "NOUN"}
        and word.head != word
        and abs(word.head.i - word.i) < 4
    ):
        word = word.head
    return [word]


def _asked(verb: Token) -> bool:
    """True for "when asked about it, X said": X was asked, nobody says by whom."""
    opens = any(word.lower_ in {"when", "if", "while", "once"} for word in verb.children if word.i < verb.i)
    return verb.dep_ == "advcl" and verb.tag_ in {"VBN", "VBD"} and (opens or verb.i == verb.sent.start)


def _matrix(verb: Token) -> Token:
    """The verb whose subject this one shares: the reporting verb above, where only that one fits (see
    `to_the_end`)."""
    head = verb.head
    reported = head.dep_ == "ccomp" and head.head.i < head.i and not subjects_of(verb)
    if (
        reported
        and verb.dep_ == "conj"
        and verb.tag_ == "VBD"
        and head.head.tag_ == "VBD"
        and not_by_subject(head, verb)
    ):
        return head.head
    if reported and verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.left_edge.i and verb.i > head.i:
        start = verb.left_edge
        if "," in {start.text, verb.doc[start.i - 1].text}:
            return head.head
    return verb


def quoting_verb(verb: Token) -> Token | None:
    """The verb of relay above a cue, "quoted" in "was quoted as saying": its object is the speaker."""
    doc = verb.doc
    if verb.tag_ != "VBG" or verb.i == 0 or doc[verb.i - 1].lower_ != "as":
        return None
    reach = max(verb.sent.start, verb.i - MAX_QUOTED_NAME)
    return next(
        (doc[i] for i in range(verb.i - 2, reach - 1, -1) if doc[i].lemma_ in RELAYING and doc[i].tag_[:2] == "VB"),
        None,
    )


def quotes_a_speaker(verb: Token) -> bool:
    """True for "quoted" where "as saying" carries the cue."""
    if verb.lemma_ not in RELAYING:
        return False
    following = verb.doc[verb.i + 1 : min(verb.i + 2 + MAX_QUOTED_NAME, verb.sent.end)]
    return any(quoting_verb(word) == verb for word in following if word.tag_ == "VBG")


def antecedents(heads: Iterable[Token], verb: Token) -> list[Token]:
    """Relative pronouns replaced by what they stand for; documents by those who issued them."""
    found = []
    for head in heads:
        if head.tag_ in {"WDT", "WP"} or (head.lower_ == "that" and verb.dep_ == "acl:relcl"):
            clause = syntax.clause_head(head)
            head = clause.head if clause.dep_ == "acl:relcl" else head
        found.append(_issuer(head) if head.lemma_.lower() in ISSUED else head)
    return found


def _issuer(document: Token) -> Token:
    """Who speaks through a document: "a statement from the presidency", "the ministry's statement"."""
    owners = [child for child in document.children if child.dep_ == "nmod:poss"]
    senders = [
        child for child in document.children if child.dep_ == "nmod" and syntax.preposition(child) in {"from", "by"}
    ]
    return next(iter([*senders, *owners]), document)


def source_stretch(heads: Sequence[Token], verb: Token) -> Stretch | None:
    """The words of the source: noun phrase with titles, appositions, coordinated names and what restricts them."""
    if not heads:
        return None
    head = heads[0]
    indexes = source_indexes(head)
    if head.i < verb.i:
        indexes = {index for index in indexes if index < verb.i}
    elif head.i > verb.i:
        indexes = {index for index in indexes if index > verb.i}
    first, last = min(indexes), max(indexes)
    while last > first and head.doc[last].text in {",", "'s", "’s", "—", "'", "’"}:
        last -= 1
    return stretch(head.doc, first, last)


def source_indexes(head: Token) -> set[int]:
    found = {head.i}
    for child in head.children:
        if child.is_space or child.dep_ in {"punct", "case"}:
            continue
        if child.dep_ in _ASIDE and not (child.dep_ == "acl:relcl" and _restrictive(child, head)):
            continue
        if child.dep_ == "acl" and not _restrictive(child, head):
            continue  # "the minister, speaking in Oslo, said"
        found |= subtree(child)
    return set(range(min(found), max(found) + 1))


def _restrictive(clause: Token, head: Token) -> bool:
    before = clause.left_edge.i - 1
    return (
        before > head.i - 1 and head.doc[before].text not in {",", "—", "–"} and clause.left_edge.text not in {",", "—"}
    )
