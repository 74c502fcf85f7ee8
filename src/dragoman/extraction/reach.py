"""How far a content reaches, where the parse is not to be trusted: ends of long clauses, cues set off by commas."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.clauses import case_of, is_past, not_by_subject, subjects_of, subtree, that_mark
from dragoman.lexicon.cues import Cues

MAX_TO_THAT = 12
"""Words between a cue and the "that" of its clause: whom it was said to, and where."""
_INSERTED = frozenset({"parataxis"})
MAX_ASIDE, MAX_TAIL, MAX_DATELINE = 14, 6, 16
"""Words of a speaker set off by commas, of an adjunct behind his cue (", the bank said on Monday,"), of a dateline."""
DASHES = frozenset({",", "—", "–", "--"})
_TELLING = frozenset({"tell", "inform", "assure", "advise", "remind", "warn", "notify", "quote", "cite"})
_NAMING = frozenset({"PROPN", "NOUN", "NUM", "DET", "ADJ"})
TELLERS = frozenset(
    {"media", "agency", "agencies", "newspaper", "newspapers", "television", "tv", "radio", "broadcaster", "outlets",
     "daily", "ministry", "police", "officials", "sources", "witnesses", "authorities"}
)  # fmt: skip
"""Nouns behind which a participle in -ed is a past tense where the sentence ends with it."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
OPENERS = frozenset(
    {"when", "after", "before", "as", "while", "if", "although", "though", "because", "since", "once", "asked"}
)


def to_the_end(verb: Token, clause: Token, indexes: set[int], cues: Cues) -> set[int]:
    """The content with what follows it: a second clause of the same verb, or an adjunct that no comma sets apart.

    Parsers often hang the end of a long clause on the verb that introduces it. And a verb inside the content belongs to
    the speaker where only its tense fits his verb ("said they will stay, and mocked the offer"), or where it is another
    cue's participle ("said it was over, adding that").
    """
    if clause.i < verb.i:
        return indexes
    indexes = {i for i in indexes - _stolen(verb, clause, cues) if i > verb.i or verb.doc[i].tag_ in {"WDT", "WP"}}
    for child in verb.children:
        if child.i <= clause.i or not indexes or child.left_edge.i <= max(indexes) - 1:
            continue
        gap = [word for word in verb.doc[max(indexes) + 1 : child.left_edge.i] if not word.is_space]
        close = len(gap) <= 1 and not any(word.is_punct for word in gap)
        again = child.dep_ == "ccomp" and clause.dep_ == "ccomp" and bool(subjects_of(child))
        second = child.dep_ == "conj" and (that_mark(child) is not None or _and_that(child))
        if again or second or (close and _adjunct(child)):
            indexes = indexes | subtree(child)
    mark = next((i for i in range(verb.i + 1, min(verb.i + MAX_TO_THAT, clause.i)) if _opens_clause(verb.doc[i])), None)
    if mark is not None and indexes and verb.i < mark < min(indexes):
        indexes = indexes | set(range(mark + 1, min(indexes)))
    return _unbroken(verb, indexes)


def _opens_clause(word: Token) -> bool:
    return word.lower_ == "that" and word.tag_ == "IN" and word.dep_ == "mark"


def _and_that(clause: Token) -> bool:
    """True for "..., and that prices rose": a second clause, whatever the parse makes of its "that"."""
    opening = [word.lower_ for word in clause.doc[clause.left_edge.i : clause.left_edge.i + 3] if not word.is_punct]
    return opening[:2] in (["and", "that"], ["but", "that"]) and bool(subjects_of(clause))


def _adjunct(child: Token) -> bool:
    return child.dep_ in {"advcl", "obl", "advmod", "obl:unmarked"} and (
        child.tag_ != "VBG" or case_of(child) is not None
    )


def _unbroken(verb: Token, indexes: set[int]) -> set[int]:
    """Up to the first gap with a comma and a verb: what the parse ties to the clause from afar is not in it."""
    found: set[int] = set()
    for index in sorted(indexes):
        gap = range(max(found) + 1, index) if found else range(0)
        words = [verb.doc[i] for i in gap if not verb.doc[i].is_space]
        if found and max(found) > verb.i and any(w.is_punct for w in words) and any(w.pos_ == "VERB" for w in words):
            break
        found.update([index] if found and max(found) < verb.i else [*gap, index])
    return found


def _stolen(verb: Token, clause: Token, cues: Cues) -> set[int]:
    for child in clause.children:
        coordinated = (
            child.dep_ == "conj" and child.tag_ == "VBD" and verb.tag_ == "VBD" and _fits_above(child, clause, cues)
        )
        participle = child.dep_ == "advcl" and child.tag_ == "VBG" and _is_quoting(child, cues)
        if child.i < clause.i or subjects_of(child) or not (coordinated or participle):
            continue
        marks = [word.i for word in child.children if word.dep_ in {"cc", "punct"} and word.i < child.i]
        start = min([child.left_edge.i, *marks])
        if coordinated or (start and "," in {verb.doc[start].text, verb.doc[start - 1].text}):
            return set(range(start, clause.right_edge.i + 1))
    return set()


def _fits_above(child: Token, clause: Token, cues: Cues) -> bool:
    """True where a coordinated verb cannot belong to the clause: by its tense, or because a thing cannot speak."""
    if not is_past(clause):
        return True
    return _is_quoting(child, cues) and not _is_quoting(clause, cues) and not_by_subject(clause, child)


def _is_quoting(verb: Token, cues: Cues) -> bool:
    return any("quote" in row.frames for row in cues.verbs.get(verb.lemma_.lower(), ()))


def host_clause(verb: Token) -> set[int]:
    """The clause in which the cue is inserted: "Prices, he said, will rise", "as he put it"."""
    head = verb.head
    if head == verb or any(child.dep_ == "ccomp" for child in verb.children):
        return set()
    inserted = verb.dep_ in _INSERTED and bool(subjects_of(verb)) and _comma_before(verb) and not _takes_object(verb)
    as_clause = verb.dep_ == "advcl" and any(mark.lower_ == "as" for mark in syntax.children(verb, frozenset({"mark"})))
    if (
        verb.tag_ == "VBG"
        or not (inserted or as_clause)
        or (as_clause and any(child.dep_ in {"obj", "xcomp"} for child in verb.children))
    ):
        return set()
    host = head
    while host.dep_ == "conj" and host.pos_ == "VERB" and host.head.i < host.i and not subjects_of(host):
        host = host.head
    if host.pos_ not in {"VERB", "AUX"} and not any(child.dep_ in {"cop", "nsubj"} for child in host.children):
        return set()
    return subtree(host) - subtree(verb)


class Aside(NamedTuple):
    """A cue with its speaker, set off by commas from what is said: token indexes of both."""

    said: set[int]
    speaker: range
    final: bool


def set_off(verb: Token) -> Aside | None:
    """The aside in "Prices, the bank said, will rise" and "They will rise, the bank said.", by the commas alone."""
    sentence, doc = verb.sent, verb.doc
    first = _group_start(verb)
    left = _comma_left(verb, first) if first is not None else None
    if first is None or left is None or _two_phrases(verb, range(left + 1, first)):
        return None
    right = verb.i + 1
    while right < sentence.end and right - verb.i < MAX_TAIL and not (doc[right].is_punct or _is_verbal(doc[right])):
        right += 1
    ends = right >= sentence.end or doc[right].text in {".", "?", "!", '"'}
    if not ends and doc[right].text not in DASHES:
        return None
    if (not ends and verb.tag_ == "VBN") or _takes_object(verb):
        return None
    start = _behind_dateline(verb)
    before = range(start, left)
    whole = any(doc[i].tag_ in FINITE for i in before)
    said = set(before) if ends or whole else {*before, *range(right + 1, sentence.end)}
    headline = ends and doc[start].pos_ in _NAMING and any(doc[i].pos_ == "VERB" for i in before)
    if not (headline or any(doc[i].tag_ in FINITE for i in said)) or _only_a_condition(doc, before, said):
        return None
    return Aside(said, range(left + 1, first), ends or whole)


def _two_phrases(verb: Token, words: range) -> bool:
    """True for "a charge Moscow rejected": before the cue's own subject stands what it is about."""
    subject = next(iter(syntax.children(verb, syntax.SUBJECT)), None)
    if subject is None or subject.i not in words or verb.doc[subject.left_edge.i - 1].text == ",":
        return False
    own = subtree(subject)
    return any(verb.doc[i].pos_ in {"NOUN", "PROPN"} for i in words if i not in own and i < subject.i)


def _takes_object(verb: Token) -> bool:
    """True for "..., rebels claim attack": a cue with an object of its own, not one told to, is no aside."""
    following = verb.doc[verb.i + 1] if verb.i + 1 < verb.sent.end else verb
    if verb.lemma_ in _TELLING or following.ent_type_ == "DATE":
        return False
    return any(
        child.dep_ in {"obj", "xcomp"}
        and child.i > verb.i
        and child.pos_ in {"NOUN", "PROPN"}
        and child.ent_type_ != "DATE"
        for child in verb.children
    )


def _group_start(verb: Token) -> int | None:
    """The first word of a finite verb group ("has warned"); None where it is not finite. A participle behind one who
    tells things for a living is a past tense that was taken for one: "state media reported on Monday"."""
    if verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return int(verb.i)
    if verb.tag_ != "VBN" or verb.i == verb.sent.start:
        return None
    first = verb.i - 1
    while first > verb.sent.start and verb.doc[first].pos_ == "ADV":
        first -= 1
    if verb.doc[first].lemma_ == "have" and verb.doc[first].tag_ in FINITE:
        return first
    return int(verb.i) if first == verb.i - 1 and verb.doc[first].lower_ in TELLERS else None


def _comma_left(verb: Token, first_of_group: int) -> int | None:
    """The comma before the speaker of a cue: nothing but a noun phrase stands between it and the cue."""
    doc, start = verb.doc, verb.sent.start
    left = first_of_group - 1
    if left > start and doc[left].text == ",":  # "the minister, Ann Lee, has warned": the name is set off once more
        left -= 1
        while left > start and doc[left].text != "," and not _is_verbal(doc[left]):
            left -= 1
        if doc[left].text != "," or first_of_group - left < 3:
            return None
        left -= 1
    while left > start and doc[left].text not in DASHES:
        word = doc[left]
        if (
            verb.i - left > MAX_ASIDE
            or word.pos_ in {"VERB", "SCONJ"}
            or word.tag_ in {"WP", "WDT", "WRB"}
            or word.lower_ == "that"
        ):
            return None
        left -= 1
    names = [word for word in doc[left + 1 : verb.i] if word.pos_ in {"PROPN", "NOUN", "PRON"}]
    first = next((word for word in doc[left + 1 : verb.i] if not word.is_punct), None)
    if left <= start or not names or first is None or first.pos_ in {"CCONJ", "ADP"}:
        return None
    return left


def _is_verbal(word: Token) -> bool:
    return word.pos_ in {"VERB", "AUX"}


def _only_a_condition(doc: Doc, before: range, said: set[int]) -> bool:
    """True for "When it ended, Lee said": a clause that only says when."""
    first = next((doc[i] for i in before if not doc[i].is_punct), None)
    commas = sum(doc[i].text == "," for i in said)
    return first is not None and first.lower_ in OPENERS and commas == 0


def _behind_dateline(verb: Token) -> int:
    """Where a sentence begins behind its dateline: "OSLO, May 3 - The king ..."."""
    sentence = verb.sent
    opening = sentence.doc[sentence.start : min(sentence.start + MAX_DATELINE, verb.i)]
    if not opening or not (opening[0].text.isupper() and len(opening[0]) > 2):
        return int(sentence.start)
    dash = next((word.i for word in opening if word.text in {"—", "–", "-", "--"} and word.whitespace_), None)
    return int(sentence.start if dash is None else dash + 1)


def _comma_before(verb: Token) -> bool:
    edge = verb.left_edge.i
    start = verb.sent.start
    around = [verb.doc[index].text for index in (edge - 1, edge) if index >= start]
    return any(mark in {",", "—", "–", "-", '"', "”", "''", "--"} for mark in around)
