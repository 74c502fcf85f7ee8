"""Cues that are no verbs: "the EU's argument that", "sure that", "according to", "reportedly"."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.annotate import syntax
from dragoman.extraction.clauses import (
    case_of,
    is_finite,
    noun_clause,
    phrase_follows,
    subjects_of,
    subtree,
    without_case,
    without_that,
)
from dragoman.extraction.complements import CLAUSAL
from dragoman.extraction.drafts import KINDS, Breadth, Draft, Stretch, runs, stretch
from dragoman.extraction.speakers import EMPTY_SUBJECTS, antecedents, source_heads, source_indexes, source_stretch
from dragoman.lexicon.cues import CueRow, Cues

_LIGHT = frozenset(
    {"make", "issue", "give", "raise", "voice", "express", "offer", "have", "repeat", "reiterate", "deliver",
     "send", "post", "release", "publish", "level", "air", "renew", "write", "put", "read", "sign", "hold",
     "share", "use", "cite", "face"}
)  # fmt: skip


def noun_draft(noun: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Draft | None:
    """A draft for "the EU's argument that P", "his promise to P", "accusations of P"."""
    if _part_of_verb_cue(noun, cues, breadth):
        return None
    if (silence := _silence(noun, rows)) is not None:
        return silence if breadth == "speech" else None
    row, content = next(
        ((row, found) for row in rows if (found := _noun_content(noun, row, cues, breadth))), (None, None)
    )
    if row is None or content is None:
        return None
    frame, indexes = content
    heads, source = _noun_source(noun, indexes)
    contents = runs(noun.doc, indexes)
    if not contents or (not heads and (breadth == "speech" or frame.startswith("p."))):
        return None
    end = noun
    if frame.startswith("p.") and noun.i + 1 < len(noun.doc) and noun.doc[noun.i + 1].lower_ == frame[2:]:
        end = noun.doc[noun.i + 1]
    return Draft(
        cue=noun, row=row, cue_span=stretch(noun.doc, noun.i, end.i), holders=tuple(antecedents(heads, noun)),
        source=source, contents=contents, negated=syntax.is_negated(noun), frame=frame, nominal=True,
    )  # fmt: skip


def _silence(noun: Token, rows: list[CueRow]) -> Draft | None:
    """A draft for "there was no immediate comment from X"."""
    row = next((row for row in rows if row.negated == "no_response"), None)
    denied = any(child.lower_ == "no" for child in syntax.children(noun, frozenset({"det", "advmod"})))
    if row is None or not denied:
        return None
    around = [*noun.children, *(noun.head.children if noun.head.lemma_ == "be" else [])]
    heads = [each for each in around if each.i > noun.i and case_of(each) in row.silent_prepositions]
    if not heads:
        return None
    words = stretch(noun.doc, noun.left_edge.i, noun.i)
    return Draft(
        cue=noun, row=row, cue_span=words, holders=tuple(heads[:1]), source=source_stretch(heads, noun),
        contents=[words], negated=True, frame="none", nominal=True,
    )  # fmt: skip


def _noun_content(noun: Token, row: CueRow, cues: Cues, breadth: Breadth) -> tuple[str, set[int]] | None:
    clause = noun_clause(noun, cues)
    if clause is not None and "that" in row.frames:
        return "that", without_that(clause)
    if "to" in row.frames and (row.kind == "speech" or breadth == "attitudes"):
        for child in noun.children:
            if child.dep_ in {"acl", "xcomp", "ccomp"} and any(
                mark.lower_ == "to" for mark in child.children if mark.dep_ == "mark"
            ):
                return "to", subtree(child)
    if "is" in row.frames and noun.dep_ in {"nsubj", "nsubj:outer"} and (said := _predicate_clause(noun)):
        return "is", said
    if breadth == "attitudes":
        for child in noun.children:
            if child.i > noun.i and (case := case_of(child)) in row.prepositions:
                return f"p.{case}", without_case(child)
    return None


def _predicate_clause(noun: Token) -> set[int]:
    """The clause after the copula: "His view is that P"."""
    head = noun.head
    copulas = [child for child in head.children if child.dep_ == "cop" and child.i > noun.i]
    if copulas and (
        (is_finite(head) and len(subjects_of(head)) > 1) or any(m.lower_ in {"that", "to"} for m in head.children)
    ):
        return {index for index in subtree(head) if index > copulas[-1].i} - ({head.left_edge.i} & set())
    if head.lemma_ == "be":
        return {i for child in head.children if child.dep_ in {"ccomp", "xcomp"} for i in without_that(child)}
    return set()


def _noun_source(noun: Token, content: set[int]) -> tuple[list[Token], Stretch | None]:
    """Whose words they are: possessor, "by" or "from", a demonym before the noun, or the subject of a light verb."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return [child], source_stretch([child], noun)
    for child in noun.children:
        if child.dep_ == "nmod" and child.i not in content and case_of(child) in {"by", "from", "of", "among"}:
            return [child], source_stretch([child], noun)
    for child in noun.children:
        if child.dep_ in {"amod", "compound"} and (
            child.ent_type_ in {"NORP", "ORG", "PER", "LOC"} or child.text[:1].isupper()
        ):
            return [child], stretch(noun.doc, child.i, child.i)
    governor = noun.head
    if noun.dep_ in {"obj", "nsubj:pass", "obl"} and governor.lemma_ in _LIGHT and governor.pos_ == "VERB":
        heads = source_heads(governor)
        return heads, source_stretch(heads, governor)
    if noun.dep_ == "nmod" and noun.head.lemma_ in {"statement", "post", "letter", "message", "article"}:
        return _noun_source(noun.head, content)
    return [], None


def _part_of_verb_cue(noun: Token, cues: Cues, breadth: Breadth) -> bool:
    """True where the noun's verb takes it as content and it has no owner of its own: "dismissed claims that P"."""
    governor = noun.head
    if noun.dep_ not in {"obj", "nsubj:pass"} or governor.pos_ != "VERB":
        return False
    rows = cues.verbs.get(governor.lemma_.lower(), ())
    taken = any(row.kind in KINDS[breadth] and {"obj", "obj_noun"} & set(row.frames) for row in rows)
    owned = any(child.dep_ == "nmod:poss" for child in noun.children)
    return taken and (breadth == "attitudes" or not owned) and governor.lemma_ not in {"have", "give", "raise"}


def adjective_draft(adjective: Token, rows: list[CueRow], breadth: Breadth) -> Draft | None:
    """A draft for "he is sure that P", "eager to P"."""
    if adjective.dep_ in {"amod", "compound"}:
        return None
    heads = subjects_of(adjective) or (syntax.subjects(adjective.head) if adjective.dep_ == "xcomp" else [])
    if not heads or heads[0].lower_ in EMPTY_SUBJECTS:
        return None
    copula = [child.i for child in adjective.children if child.dep_ == "cop"]
    for row in rows:
        for child in adjective.children:
            indexes = _adjective_content(child, row, breadth) if child.i > adjective.i else set()
            if not indexes:
                continue
            return Draft(
                cue=adjective, row=row, cue_span=stretch(adjective.doc, min([adjective.i, *copula]), adjective.i),
                holders=tuple(antecedents(heads, adjective)), source=source_stretch(heads, adjective),
                contents=runs(adjective.doc, indexes), negated=syntax.is_negated(adjective), frame="that",
            )  # fmt: skip
    return None


def _adjective_content(child: Token, row: CueRow, breadth: Breadth) -> set[int]:
    """What follows the adjective as a frame of its row allows it; empty where it is no content."""
    marks = {mark.lower_ for mark in syntax.children(child, frozenset({"mark"}))}
    if marks & {"if", "because", "as", "when", "while"}:
        return set()
    clause = child.dep_ in CLAUSAL
    if "that" in row.frames and clause and "to" not in marks and (is_finite(child) or "that" in marks):
        return without_that(child)
    if "to" in row.frames and clause and "to" in marks:
        return subtree(child)
    return without_case(child) if breadth == "attitudes" and case_of(child) in row.prepositions else set()


def preposition_draft(token: Token, rows: list[CueRow]) -> Draft | None:
    """A draft for "according to X, P": the content is the clause around it."""
    doc = token.doc
    row = next((row for row in rows if phrase_follows(token, row.rest) and row.kind == "speech"), None)
    if row is None:
        return None
    last = token.i + len(row.rest)
    holder = _object_of_phrase(token, last)
    if holder is None:
        return None
    first_of_source = last + 1
    source = {index for index in source_indexes(holder) if index >= first_of_source}
    if not source:
        return None
    phrase = set(range(token.i, max(source) + 1)) | ({i for i in subtree(holder) if i >= token.i})
    host = _host_of_phrase(token, phrase)
    contents = runs(doc, host - phrase)
    return Draft(
        cue=token, row=row, cue_span=stretch(doc, token.i, last), holders=(holder,),
        source=stretch(doc, min(source), max(source)), contents=contents, frame="clause",
    )  # fmt: skip


def _object_of_phrase(token: Token, last: int) -> Token | None:
    """The noun after "according to": its head where the parse has it, else the head of the next noun phrase."""
    doc = token.doc
    for word in doc[last + 1 : min(last + 30, len(doc), token.sent.end)]:
        if word.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
            head = word
            while (
                head.head.i > last
                and head.dep_ in {"compound", "nmod:poss", "amod", "flat", "nummod", "det", "nsubj"}
                and head.head != head
            ):
                if head.dep_ == "nsubj" or head.head.pos_ not in {"NOUN", "PROPN", "PRON", "NUM"}:
                    break
                head = head.head
            return head
        if word.pos_ == "VERB" and word.tag_ not in {"VBN", "VBG"}:
            return None
    return None


def _host_of_phrase(token: Token, phrase: set[int]) -> set[int]:
    """The clause that an "according to" phrase attributes: the sentence where it opens or ends it, else its own
    clause."""
    sentence = token.sent
    words = [each for each in sentence if not each.is_space and not each.is_punct]
    if words and (words[0].i in phrase or words[-1].i in phrase):
        before = [each.i for each in sentence if each.lower_ in {"but", "and"} and each.i == sentence.start]
        return set(range(sentence.start, sentence.end)) - set(before)
    anchor = token
    while anchor.head != anchor and anchor.i in phrase:
        anchor = anchor.head
    clause = syntax.clause_head(anchor)
    return subtree(clause)


def adverb_draft(adverb: Token, rows: list[CueRow]) -> Draft | None:
    """A draft for "reportedly": hearsay without a source; the content is the clause."""
    clause = syntax.clause_head(adverb)
    contents = runs(adverb.doc, subtree(clause) - {adverb.i})
    if not contents:
        return None
    return Draft(
        cue=adverb, row=rows[0], cue_span=stretch(adverb.doc, adverb.i, adverb.i), holders=(), source=None,
        contents=contents, frame="clause",
    )  # fmt: skip
