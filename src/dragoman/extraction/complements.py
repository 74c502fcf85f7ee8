"""The complements of a verb of speech: which words are what was said.

A verb takes its content through one of the frames of its row in `cues.csv`. The clauses come first ("said that", "urged
him to"), then prepositions and objects, because a cue with a clause has its object for an addressee.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.clauses import (
    case_of,
    is_finite,
    is_negated,
    noun_clause,
    own_words,
    subjects_of,
    subtree,
    that_mark,
    without_case,
    without_that,
)
from dragoman.extraction.drafts import Breadth
from dragoman.extraction.reach import FINITE, MAX_TO_THAT, host_clause, set_off, to_the_end
from dragoman.lexicon.cues import CueRow, Cues

Content = tuple[str, set[int], Token | None]
"""Frame, indexes of the content's tokens, and the noun that the content explains ("the argument that ...")."""
CLOSING_MARKS = frozenset({'"', "”", "''", "’", "'", "»"})
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "csubj:outer"})


def contents_of(verb: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Iterator[tuple[CueRow, Content]]:
    """Every content that the rows find for this verb, clauses first."""
    for row in rows:
        yield from ((row, found) for found in _clauses(verb, row, cues))
    for row in rows:
        yield from ((row, found) for found in _prepositional(verb, row, breadth))
    for row in rows:
        yield from ((row, found) for found in _objects(verb, row, cues, breadth))


def _clauses(verb: Token, row: CueRow, cues: Cues) -> Iterator[Content]:
    frames = row.frames
    spoken = "that" in frames or "quote" in frames
    aside = set_off(verb) if "quote" in frames else None
    if aside is not None and aside.final and not _has_clause_behind(verb):
        yield "inserted", aside.said, None
    if spoken:
        for clause in _finite_complements(verb, row):
            yield "that", to_the_end(verb, clause, without_that(clause), cues) - own_words(verb, clause), None
    if {"to", "raising"} & set(frames) and (clause_to := _infinitive(verb)):
        yield _infinitive_content(verb, row, clause_to, cues)
    if "small" in frames and (indexes := _small_clause(verb)):
        yield "small", indexes, None
    if "as" in frames and (indexes := _as_phrase(verb)):
        yield "as", indexes, None
    if "ing" in frames:
        yield from (("ing", subtree(child), None) for child in verb.children if _gerund(verb, child))
    if spoken and (indexes := host_clause(verb)):
        yield "that", indexes, None
    elif spoken and aside is not None:
        yield "inserted", aside.said, None


def _has_clause_behind(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children)


def _infinitive_content(verb: Token, row: CueRow, clause: Token, cues: Cues) -> Content:
    if "raising" not in row.frames:
        return "to", to_the_end(verb, clause, _from_object(verb, clause, row), cues), None
    return "raising", subtree(clause) | {i for subject in subjects_of(verb) for i in subtree(subject)}, None


def _gerund(verb: Token, child: Token) -> bool:
    return child.tag_ == "VBG" and child.dep_ in {"xcomp", "ccomp", "obj"} and child.i > verb.i


def _prepositional(verb: Token, row: CueRow, breadth: Breadth) -> Iterator[Content]:
    wanted = frozenset({row.rest[-1]}) if "pobj" in row.frames and row.rest else row.prepositions
    wanted |= row.silent_prepositions if is_negated(verb) else frozenset()
    if not wanted:
        return
    carriers = [verb, *(child for child in verb.children if child.lower_ in row.rest)]
    found = [
        child
        for carrier in carriers
        for child in carrier.children
        if child.i > verb.i and case_of(child) in wanted and child.dep_ != "obl:agent" and child.ent_type_ != "DATE"
    ]
    if not found:
        return
    indexes = without_case(found[0])
    for other in found[1:]:
        indexes |= subtree(other)
    following = _infinitive(verb) if "to" in row.frames else None
    if following is not None and following.i > found[0].i:
        indexes |= subtree(following)
    for target in syntax.children(verb, syntax.OBJECT):
        if row.addressee != "obj" and "obj" in row.frames and target.i > verb.i:
            indexes |= subtree(target) | subtree(found[0])
    if syntax.is_passive(verb) and "obj" in row.frames:
        indexes |= {index for subject in syntax.children(verb, syntax.PASSIVE_SUBJECT) for index in subtree(subject)}
    if breadth == "attitudes" or not _bare_pronoun(verb.doc, indexes):
        yield "p", indexes, None


def _objects(verb: Token, row: CueRow, cues: Cues, breadth: Breadth) -> Iterator[Content]:
    frames = frozenset(row.frames)
    if "none" in frames:
        yield "none", {index for child in verb.children if child.i > verb.i for index in subtree(child)}, None
    if not frames & {"obj", "obj_noun", "obj_said"}:
        return
    passive = syntax.is_passive(verb)
    relation = syntax.PASSIVE_SUBJECT if passive else frozenset({"obj"})
    targets = syntax.children(verb, relation)
    if not targets and not passive and row.addressee is None:
        targets = syntax.children(verb, frozenset({"iobj"}))
    if not targets and not passive and (charge := _noun_before(verb, cues)) is not None:
        yield "obj", subtree(charge) - subtree(verb), None
    for target in targets:
        if _is_empty(target):
            continue
        clause = noun_clause(target, cues)
        if clause is not None:
            yield "noun", without_that(clause), target
            continue
        named = "obj" in frames and (breadth == "attitudes" or _says_something(target))
        wanted = {"obj_said", "obj_noun"} if breadth == "attitudes" else {"obj_said"}
        if named or (wanted & frames and target.lemma_.lower() in cues.nouns):
            yield "obj", subtree(target), None


def _noun_before(verb: Token, cues: Cues) -> Token | None:
    """The noun of speech that a clause without "that" is about: "a charge Moscow rejected"."""
    subject = next(iter(syntax.children(verb, syntax.SUBJECT)), None)
    if subject is None or subject.i > verb.i or subject.left_edge.i == 0:
        return None
    noun = verb.doc[subject.left_edge.i - 1]
    return noun if noun.pos_ == "NOUN" and noun.lemma_.lower() in cues.nouns else None


def _finite_complements(verb: Token, row: CueRow) -> list[Token]:
    """Clauses with their own subject that the verb takes as what is said, best first."""
    own = [child for child in verb.children if not _of_the_verb_before(child, verb)]
    own += [child for other in verb.children for child in other.children if _of_the_verb_before(child, other)]
    found = [(rank, child.i, child) for child in own if (rank := _rank(verb, child)) is not None]
    if row.addressee:
        found += [(3, clause.i, clause) for target in syntax.children(verb, syntax.OBJECT) for clause in _told(target)]
    if not found and (afar := _that_afar(verb)) is not None:
        return [afar]
    return [clause for _, _, clause in sorted(found, key=lambda item: item[:2])]


def _that_afar(verb: Token) -> Token | None:
    """The first clause with "that" behind the cue, where the parse hangs it on a noun in between: "said in a message to
    reporters that P", "reported, citing two people, that P"."""
    for word in verb.doc[verb.i + 1 : min(verb.i + MAX_TO_THAT, verb.sent.end)]:
        if word.tag_ in FINITE:
            return None
        if word.lower_ == "that" and word.tag_ == "IN" and word.dep_ == "mark":
            clause = word.head
            hung = clause.dep_ in {"acl", "ccomp"} and verb.i < clause.head.i < word.i
            noun = hung and clause.head.pos_ in {"NOUN", "PROPN"} and clause.head.dep_ not in {"obj", "nsubj:pass"}
            aside = hung and clause.head.dep_ == "obj" and clause.head.head != verb
            return clause if (noun or aside) and is_finite(clause) and subjects_of(clause) else None
    return None


def _of_the_verb_before(clause: Token, verb: Token) -> bool:
    """True for P in "denied that P, and said Q" where the parse hangs it on "said"."""
    return (
        verb.dep_ == "conj"
        and clause.dep_ == "ccomp"
        and verb.head.i < clause.left_edge.i
        and clause.right_edge.i < verb.i
    )


def _rank(verb: Token, child: Token) -> int | None:
    """How sure it is that a dependent is what is said: 0 by relation, 1 by form, 2 by place; None where it is not."""
    marks = {mark.lower_ for mark in syntax.children(child, frozenset({"mark"}))}
    subject = bool(subjects_of(child))
    if "to" in marks and not subject:
        return None
    if child.dep_ == "ccomp":
        return 0
    if child.dep_ in CLAUSAL and marks & {"that", "whether"}:
        return 1
    if marks or not subject:
        return None
    if child.dep_ in {"advcl", "acl", "parataxis"} and _starts_after(verb, child):
        return 1
    before = child.dep_ in {"parataxis", "advcl", "dep", "csubj"} and child.i < verb.i
    behind_colon = child.dep_ == "parataxis" and child.i > verb.i and _colon_between(verb, child)
    return 2 if before or behind_colon else None


def _told(target: Token) -> list[Token]:
    """Clauses that the parse hangs on the one spoken to: "told reporters that P"."""
    return [
        clause
        for clause in target.children
        if clause.dep_ in {"acl", "ccomp"} and is_finite(clause) and that_mark(clause) is not None
    ]


def _starts_after(verb: Token, clause: Token) -> bool:
    """A clause with its own subject right behind the cue is its complement, whatever the parse calls it."""
    return clause.left_edge.i == verb.i + 1 and is_finite(clause)


def _infinitive(verb: Token) -> Token | None:
    """The to-infinitive that completes the verb."""
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "obj"}:
            continue
        if not any(mark.lower_ == "to" for mark in syntax.children(child, frozenset({"mark"}))):
            continue
        if child.dep_ != "advcl" or _follows_closely(verb, child):
            return child
    for target in syntax.children(verb, syntax.OBJECT):
        for child in target.children:
            marks = syntax.children(child, frozenset({"mark"}))
            if child.dep_ == "acl" and any(mark.lower_ == "to" for mark in marks) and target.pos_ in {"PROPN", "PRON"}:
                return child
    return None


def _follows_closely(verb: Token, clause: Token) -> bool:
    edge = clause.left_edge.i
    before = verb.doc[edge - 1]
    targets = syntax.children(verb, syntax.OBJECT | frozenset({"obl"}))
    return before.i == verb.i or any(before.i == target.right_edge.i for target in targets)


def _from_object(verb: Token, clause: Token, row: CueRow) -> set[int]:
    """The infinitive, with the object that is to do it ("urged them to leave"), unless the object is only spoken to."""
    indexes = subtree(clause)
    for target in syntax.children(verb, syntax.OBJECT):
        if row.addressee == "obj":
            indexes -= subtree(target) - subtree(clause) if clause.head == target else subtree(target)
            if clause.head == target:
                indexes = subtree(clause)
        elif verb.i < target.i < clause.i:
            indexes |= subtree(target)
    if syntax.is_passive(verb):
        indexes |= {index for subject in syntax.children(verb, syntax.PASSIVE_SUBJECT) for index in subtree(subject)}
    return indexes


def _small_clause(verb: Token) -> set[int]:
    """Object and what it is called: "called the plan stupid"; the subject where the verb is passive."""
    passive = syntax.is_passive(verb)
    targets = syntax.children(verb, syntax.PASSIVE_SUBJECT if passive else frozenset({"obj", "iobj"}))
    names = [
        child
        for child in verb.children
        if child.i > verb.i
        and child.dep_ in {"xcomp", "ccomp", "obj", "advmod", "obl"}
        and child not in targets[:1]
        and not syntax.children(child, frozenset({"mark", "case"}))
    ]
    if not names:
        return _quoted_at_end(verb, targets)
    if not targets:
        return subtree(names[0]) if any(subjects_of(name) for name in names[:1]) else set()
    target, name = targets[0], names[0]
    if not passive and not (verb.i < target.i < name.i):
        return set()
    if name.dep_ in {"advmod", "obl", "obj"} and name.left_edge.i > target.right_edge.i + 2:
        return set()
    if name.dep_ in {"advmod", "obl"} and name.pos_ not in {"ADJ", "NOUN"}:
        return set()
    return subtree(target) | subtree(name)


def _quoted_at_end(verb: Token, targets: list[Token]) -> set[int]:
    """The object with a quoted word at its end, which the parse has not told apart: called the plan "stupid"."""
    if len(targets) != 1 or syntax.is_passive(verb):
        return set()
    last = targets[0].right_edge
    return subtree(targets[0]) if last.i > targets[0].i and last.text in CLOSING_MARKS else set()


def _as_phrase(verb: Token) -> set[int]:
    """Object and what it is seen as: "described the vote as a sham"."""
    passive = syntax.is_passive(verb)
    targets = syntax.children(verb, syntax.PASSIVE_SUBJECT if passive else syntax.OBJECT)
    carriers = [verb, *targets, *(child for child in verb.children if child.dep_ == "obl")]
    for carrier in carriers:
        for child in carrier.children:
            marks = [mark.lower_ for mark in syntax.children(child, frozenset({"case", "mark"}))]
            if (
                child.i > verb.i
                and marks[:1] == ["as"]
                and child.dep_ in {"obl", "advcl", "xcomp", "ccomp", "nmod", "acl"}
            ):
                if carrier.dep_ == "obl":
                    return without_case(carrier) | subtree(child)
                named = {index for target in targets[:1] for index in subtree(target)}
                return named | subtree(child) if named else without_case(child)
    return set()


def _says_something(target: Token) -> bool:
    """False for objects that only point: "denied it", "said so", "repeated that"."""
    return target.pos_ != "PRON" or any(child.dep_ == "acl:relcl" for child in target.children)


def _is_empty(token: Token) -> bool:
    return token.lower_ in {"himself", "herself", "themselves", "itself", "myself", "each", "other"}


def _bare_pronoun(doc: Doc, indexes: set[int]) -> bool:
    words = [doc[index] for index in indexes if not doc[index].is_punct]
    return all(word.pos_ in {"PRON", "DET", "ADP"} for word in words)


def _colon_between(verb: Token, clause: Token) -> bool:
    return any(token.text == ":" for token in verb.doc[verb.i + 1 : clause.left_edge.i + 1])
