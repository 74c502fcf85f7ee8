"""Cues in a parsed text: a draft for each, with source, cue and content."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.clauses import LINKING, is_negated, phrase_follows, subjects_of, yet_to
from dragoman.extraction.complements import contents_of
from dragoman.extraction.drafts import KINDS, Breadth, Draft, Stretch, runs, stretch
from dragoman.extraction.nominals import adjective_draft, adverb_draft, noun_draft, preposition_draft
from dragoman.extraction.reach import set_off
from dragoman.extraction.speakers import (
    antecedents,
    head_within,
    quotes_a_speaker,
    source_heads,
    source_stretch,
    speaker_after,
)
from dragoman.lexicon.cues import CueRow, Cues

SILENT = frozenset({"comment", "respond", "reply", "answer", "react"})
"""Verbs that tell of silence under negation, even without an object."""
_CONTINUING = frozenset({"go", "continue", "proceed", "dare", "come", "hasten", "keep", "begin", "start"})
_IRREALIS_MARKS = frozenset({"if", "unless", "lest"})
_GERUND_MARKS = frozenset(
    {"for", "of", "from", "to", "against", "about", "with", "without", "than", "like", "on", "instead"}
)


def find_drafts(doc: Doc, cues: Cues, readable: Sequence[bool], breadth: Breadth = "speech") -> list[Draft]:
    """A draft for every cue among the readable tokens: with its content, or empty where it may still take a quote."""
    found = (_draft_at(token, cues, breadth) for token in doc if readable[token.i] and not token.is_space)
    return [draft for draft in found if draft is not None]


def _draft_at(token: Token, cues: Cues, breadth: Breadth) -> Draft | None:
    def rows_of(table: dict[str, tuple[CueRow, ...]], word: str) -> list[CueRow]:
        return [row for row in table.get(word, ()) if row.kind in KINDS[breadth]]

    lemma, group, draft = token.lemma_.lower(), token.tag_[:2], None
    if group == "VB" and (rows := rows_of(cues.verbs, lemma)):
        draft = _verb_draft(token, rows, cues, breadth)
    elif group == "NN" and (rows := rows_of(cues.nouns, lemma)):
        draft = noun_draft(token, rows, cues, breadth)
    elif group == "JJ" and (rows := rows_of(cues.adjectives, lemma)):
        draft = adjective_draft(token, rows, breadth)
    elif group == "RB" and (rows := rows_of(cues.adverbs, lemma)):
        draft = adverb_draft(token, rows)
    if draft is None and (rows := rows_of(cues.prepositions, token.lower_)):
        draft = preposition_draft(token, rows)
    return draft


def _verb_draft(verb: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Draft | None:
    rows = [row for row in rows if phrase_follows(verb, row.rest)]
    if not rows or quotes_a_speaker(verb) or (breadth == "speech" and not is_real(verb)) or _imperative(verb):
        return None
    if breadth == "speech" and syntax.modals(verb):
        rows = [row for row in rows if row.negated in {"decline", "no_response"}]  # "would not say"
    if not rows:
        return None
    longest = len(rows[0].rest)
    rows = [row for row in rows if len(row.rest) == longest] or rows
    for row, (frame, indexes, noun) in contents_of(verb, rows, cues, breadth):
        contents = runs(verb.doc, indexes)
        if contents:
            draft = _draft(verb, row, contents, frame, noun)
            if _has_a_voice(draft, cues) if breadth == "speech" else _has_a_mind(draft):
                return draft
    if breadth == "speech" and (silent := _silence(verb, rows)) is not None:
        return silent
    quoting = next((row for row in rows if "quote" in row.frames), None)
    return _draft(verb, quoting, [], "quote", None) if quoting else None


def _silence(verb: Token, rows: list[CueRow]) -> Draft | None:
    """A draft for silence about nothing named ("has not responded"): its words are its own content."""
    row = next((row for row in rows if row.negated in {"decline", "no_response"} and row.first in SILENT), None)
    if row is None or not is_negated(verb):
        return None
    draft = _draft(verb, row, [], "none", None)
    draft.contents = [draft.cue_span] if draft.holders and draft.cue_span else []
    return draft if draft.contents else None


def _has_a_voice(draft: Draft, cues: Cues) -> bool:
    """True where somebody speaks: a source, or the hearsay of "it was reported that"; evidence needs a document."""
    if not draft.holders:
        if draft.contents and draft.frame not in {"that", "inserted"}:
            return False
        return (
            draft.frame in {"that", "inserted"}
            and draft.row is not None
            and draft.row.act not in {"question", "request"}
        )
    if draft.row is not None and draft.row.kind == "evidence":
        holder = draft.holders[0]
        return bool({holder.lower_, holder.lemma_.lower()} & cues.documents) or holder.ent_type_ in {"PER", "ORG"}
    return True


def _has_a_mind(draft: Draft) -> bool:
    """Attitudes need somebody to have them, unless a clause says what they are: "it is expected that"."""
    if draft.holders or draft.frame in {"that", "raising", "to", "as", "small"}:
        return True
    return draft.row is not None and draft.row.kind == "speech"


def quote_draft(verb: Token, row: CueRow) -> Draft:
    """A draft without content for a cue that a quote beside it needs."""
    return _draft(verb, row, [], "quote", None)


def _draft(verb: Token, row: CueRow, contents: list[Stretch], frame: str, noun: Token | None) -> Draft:
    heads = _heads(verb, row, frame)
    inside = heads and any(start <= heads[0].idx < end for start, end in contents)
    if inside or (not heads and contents and contents[0][0] < verb.idx and frame == "that"):
        heads = speaker_after(verb)
    return Draft(
        cue=verb,
        row=row,
        cue_span=cue_stretch(verb, row, contents),
        holders=tuple(antecedents(heads, verb)),
        source=source_stretch(heads, verb),
        contents=contents,
        negated=is_negated(verb),
        frame=frame,
        owner=noun,
    )


def _heads(verb: Token, row: CueRow, frame: str) -> list[Token]:
    if frame == "raising":
        return []
    if row.negated == "no_response" and syntax.is_passive(verb) and is_negated(verb):
        return syntax.children(verb, syntax.PASSIVE_SUBJECT)  # "could not be reached": he who says nothing
    aside = set_off(verb) if frame == "inserted" else None
    return head_within(verb.doc, aside.speaker) if aside is not None else source_heads(verb)


def cue_stretch(verb: Token, row: CueRow, contents: Sequence[Stretch]) -> Stretch:
    """The verb group: auxiliaries and adverbs before the verb, particle and preposition after it, a colon at its
    end."""
    doc = verb.doc
    first = last = verb.i
    while first > verb.sent.start and _in_verb_group(doc[first - 1], verb):
        first -= 1
    if first == verb.i and yet_to(verb):
        first -= 3 if doc[first - 3].lemma_ == "have" else 2
    elif first == verb.i and verb.tag_ == "VB" and doc[first - 1].lower_ == "to" and first > 1:
        governor = verb.head
        if governor.lemma_ in _CONTINUING and governor.i < verb.i <= governor.i + 4:
            first = governor.i
    for word in row.rest:
        following = next((i for i in range(last + 1, min(last + 5, len(doc))) if doc[i].lower_ == word), None)
        last = following if following is not None else last
    joined = row.prepositions | (row.silent_prepositions if is_negated(verb) else frozenset())
    if last + 1 < len(doc) and doc[last + 1].lower_ in joined and not row.rest:
        last += 1
    if last + 1 < len(doc) and doc[last + 1].text == ":":
        last += 1
    while last > verb.i and any(left <= doc[last].idx < right for left, right in contents):
        last -= 1
    return stretch(doc, first, last)


def _in_verb_group(word: Token, verb: Token) -> bool:
    if word.head != verb or word.is_punct:
        return False
    return (
        word.dep_ in {"aux", "aux:pass", "advmod", "neg"}
        and word.tag_ not in {"WRB", "RBS", "JJS"}
        and word.lower_ not in LINKING
    )


def is_real(verb: Token) -> bool:
    """True where the words have been said (or withheld): not wished, possible, future, asked for or supposed."""
    marks = {mark.lower_ for mark in syntax.children(verb, frozenset({"mark"}))}
    if marks & _IRREALIS_MARKS:
        return False
    if verb.tag_ == "VBG" and marks & _GERUND_MARKS and not subjects_of(verb):
        return False
    if yet_to(verb):
        return True
    if verb.tag_ == "VB" and "to" in marks:
        return verb.head.lemma_ in _CONTINUING and verb.dep_ == "xcomp" and is_real(verb.head)
    modal = list(syntax.modals(verb))
    if modal:
        return is_negated(verb) and not {"may", "might", "must", "should"} & set(modal)
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}:
        return bool(syntax.agents(verb)) or set_off(verb) is not None
    return verb.dep_ not in {"amod", "compound"}


def _imperative(verb: Token) -> bool:
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not subjects_of(verb) and not syntax.auxiliaries(verb)
