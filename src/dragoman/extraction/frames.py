"""Cues and their complements: which words of a parsed sentence are source, cue and content of an attribution.

A cue takes its content through one of the frames of its row in `cues.csv`. The clauses come first ("said that", "urged
him to"), then prepositions and objects, because a cue with a clause has its object for an addressee.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.drafts import Draft, Stretch, runs, stretch
from dragoman.lexicon.cues import CueRow, Cues

Breadth = Literal["speech", "attitudes"]
"""What counts as an attribution: speech and stated belief, or also intentions, support, knowledge and rulings."""
KINDS: dict[Breadth, frozenset[str]] = {
    "speech": frozenset({"speech", "cognition", "evidence", "decree"}),
    "attitudes": frozenset({"speech", "cognition", "evidence", "decree", "attitude"}),
}
RELAYING = frozenset({"quote", "cite"})
CLOSING_MARKS = frozenset({'"', "”", "''", "’", "'", "»"})
MAX_ASIDE, MAX_TAIL = 9, 6
"""Words of a speaker set off by commas, and of an adjunct behind his cue: ", the bank's governor said on Monday,"."""
MAX_TO_THAT = 12
"""Words between a cue and the "that" of its clause: whom it was said to, and where."""
MAX_QUOTED_NAME = 14
"""Words between "quoted" and "as saying": a name with its titles."""
Content = tuple[str, set[int], Token | None]
"""Frame, indexes of the content's tokens, and the noun that the content explains ("the argument that ...")."""
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "csubj:pass", "csubj:outer"})
_INSERTED = frozenset({"parataxis"})
_CONTINUING = frozenset({"go", "continue", "proceed", "dare", "come", "hasten", "keep", "begin", "start"})
_IRREALIS_MARKS = frozenset({"if", "unless", "lest"})
_GERUND_MARKS = frozenset(
    {"for", "of", "from", "to", "against", "about", "with", "without", "than", "like", "on", "instead"}
)
_LIGHT = frozenset(
    {"make", "issue", "give", "raise", "voice", "express", "offer", "have", "repeat", "reiterate", "deliver", "send", "post",
     "release", "publish", "level", "air", "renew", "write", "put", "read", "sign", "hold", "share", "use", "cite", "face"}
)  # fmt: skip
_LINKING = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"})
_ASIDE = frozenset(
    {"acl:relcl", "parataxis", "advcl", "dep", "cop", "nsubj", "nsubj:pass", "discourse", "punct", "ccomp"}
)
INSIDE_NAME = frozenset({"compound", "flat", "amod", "det", "nmod:desc", "nmod:poss", "nummod", "case"})
_EMPTY_SUBJECTS = frozenset({"it", "there"})


def find_drafts(doc: Doc, cues: Cues, readable: Sequence[bool], breadth: Breadth = "speech") -> list[Draft]:
    """A draft for every cue among the readable tokens: with its content, or empty where it may still take a quote."""
    drafts: list[Draft] = []
    kinds = KINDS[breadth]
    makers: dict[str, tuple[dict[str, tuple[CueRow, ...]], Callable[..., Draft | None]]] = {
        "VB": (cues.verbs, _verb_draft),
        "NN": (cues.nouns, _noun_draft),
        "JJ": (cues.adjectives, _adjective_draft),
        "RB": (cues.adverbs, _adverb_draft),
    }
    for token in doc:
        if not readable[token.i] or token.is_space:
            continue
        maker = makers.get(token.tag_[:2])
        draft = None
        if maker is not None and (rows := maker[0].get(token.lemma_.lower())):
            wanted = [row for row in rows if row.kind in kinds]
            draft = maker[1](token, wanted, cues, breadth) if wanted else None
        if draft is None and (rows := cues.prepositions.get(token.lower_)):
            draft = _preposition_draft(token, [row for row in rows if row.kind in kinds])
        if draft is not None:
            drafts.append(draft)
    return drafts


# --- verbs


def _verb_draft(verb: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Draft | None:
    rows = [row for row in rows if phrase_follows(verb, row.rest)]
    if not rows or quotes_a_speaker(verb) or (breadth == "speech" and not is_real(verb)) or _imperative(verb):
        return None
    longest = len(rows[0].rest)
    rows = [row for row in rows if len(row.rest) == longest] or rows
    for row, (frame, indexes, noun) in _contents(verb, rows, cues, breadth):
        contents = runs(verb.doc, indexes)
        if contents:
            draft = _draft(verb, row, contents, frame, noun)
            if _has_a_voice(draft, cues) if breadth == "speech" else _has_a_mind(draft):
                return draft
    quoting = next((row for row in rows if "quote" in row.frames), None)
    return _draft(verb, quoting, [], "quote", None) if quoting else None


def _has_a_voice(draft: Draft, cues: Cues) -> bool:
    """True where somebody speaks: a source, or the hearsay of "it was reported that"; evidence needs a document."""
    if not draft.holders:
        if draft.contents and draft.frame != "that":
            return False
        return draft.frame == "that" and draft.row is not None and draft.row.act not in {"question", "request"}
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
    heads = [] if frame == "raising" else source_heads(verb)
    inside = heads and any(start <= heads[0].idx < end for start, end in contents)
    if inside or (not heads and contents and contents[0][0] < verb.idx and frame == "that"):
        heads = speaker_after(verb)
    return Draft(
        cue=verb,
        row=row,
        cue_span=cue_stretch(verb, row, contents),
        holders=tuple(_antecedents(heads, verb)),
        source=source_stretch(heads, verb),
        contents=contents,
        negated=_negated(verb),
        frame=frame,
        owner=noun,
    )


def _contents(verb: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Iterator[tuple[CueRow, Content]]:
    """Every content that the rows find for this verb, clauses first."""
    for order in (_clauses, _prepositional, _objects):
        for row in rows:
            for found in order(verb, row, cues, breadth):
                yield row, found


def _clauses(verb: Token, row: CueRow, cues: Cues, breadth: Breadth) -> Iterator[Content]:
    frames = row.frames
    if "that" in frames or "quote" in frames:
        for clause in _finite_complements(verb, row):
            yield "that", _to_the_end(verb, clause, _without_that(clause), cues) - _own(verb, clause), None
    if "to" in frames and (clause_to := _infinitive(verb)):
        yield "to", _to_the_end(verb, clause_to, _from_object(verb, clause_to, row), cues), None
    if "raising" in frames and (clause_to := _infinitive(verb)):
        subjects = {index for subject in _subject_of(verb) for index in _subtree(subject)}
        yield "raising", _subtree(clause_to) | subjects, None
    if "small" in frames and (indexes := _small_clause(verb)):
        yield "small", indexes, None
    if "as" in frames and (indexes := _as_phrase(verb)):
        yield "as", indexes, None
    if "ing" in frames:
        for child in verb.children:
            if child.tag_ == "VBG" and child.dep_ in {"xcomp", "ccomp", "obj"} and child.i > verb.i:
                yield "ing", _subtree(child), None
    if "quote" in frames or "that" in frames:
        indexes = _host_clause(verb) or _set_off(verb)
        if indexes:
            yield "that", indexes, None


def _prepositional(verb: Token, row: CueRow, cues: Cues, breadth: Breadth) -> Iterator[Content]:
    wanted = frozenset({row.rest[-1]}) if "pobj" in row.frames and row.rest else row.prepositions
    if not wanted:
        return
    found = [
        child for child in verb.children if child.i > verb.i and _case(child) in wanted and child.dep_ != "obl:agent"
    ]
    if not found:
        return
    indexes = _without_case(found[0])
    for other in found[1:]:
        indexes |= _subtree(other)
    following = _infinitive(verb) if "to" in row.frames else None
    if following is not None and following.i > found[0].i:
        indexes |= _subtree(following)
    for target in syntax.children(verb, syntax.OBJECT):
        if row.addressee != "obj" and "obj" in row.frames and target.i > verb.i:
            indexes |= _subtree(target) | _subtree(found[0])
    if syntax.is_passive(verb) and "obj" in row.frames:
        indexes |= {index for subject in syntax.children(verb, syntax.PASSIVE_SUBJECT) for index in _subtree(subject)}
    if breadth == "attitudes" or not _bare_pronoun(verb.doc, indexes):
        yield "p", indexes, None


def _objects(verb: Token, row: CueRow, cues: Cues, breadth: Breadth) -> Iterator[Content]:
    frames = frozenset(row.frames)
    if "none" in frames:
        yield "none", {index for child in verb.children if child.i > verb.i for index in _subtree(child)}, None
    if not frames & {"obj", "obj_noun"}:
        return
    passive = syntax.is_passive(verb)
    relation = syntax.PASSIVE_SUBJECT if passive else frozenset({"obj"})
    for target in syntax.children(verb, relation):
        if _is_empty(target):
            continue
        clause = _noun_clause(target, cues)
        if clause is not None:
            yield "noun", _without_that(clause), target
        elif "obj" in frames and (breadth == "attitudes" or _says_something(target)):
            yield "obj", _subtree(target), None
        elif "obj_noun" in frames and target.lemma_ in cues.nouns and breadth == "attitudes":
            yield "obj", _subtree(target), None


def _noun_clause(noun: Token, cues: Cues) -> Token | None:
    """The clause that a noun of speech or belief introduces: "the argument that P"."""
    if noun.lemma_.lower() not in cues.nouns:
        return None
    for child in noun.children:
        if child.dep_ in {"acl", "ccomp", "acl:relcl"} and child.i > noun.i and _finite(child):
            marks = [mark.lower_ for mark in syntax.children(child, frozenset({"mark"}))]
            if "that" in marks or (child.dep_ != "acl:relcl" and marks == [] and _subject_of(child)):
                return child
    return None


def _subject_of(clause: Token) -> list[Token]:
    return syntax.children(clause, syntax.SUBJECT | syntax.PASSIVE_SUBJECT | frozenset({"expl"}))


def _finite_complements(verb: Token, row: CueRow) -> list[Token]:
    """Clauses with their own subject that the verb takes as what is said, best first."""
    found: list[tuple[int, int, Token]] = []
    for child in verb.children:
        marks = {mark.lower_ for mark in syntax.children(child, frozenset({"mark"}))}
        if "to" in marks and not _subject_of(child):
            continue
        if child.dep_ == "ccomp":
            found.append((0, child.i, child))
        elif child.dep_ in _CLAUSAL and marks & {"that", "whether"}:
            found.append((1, child.i, child))
        elif (
            child.dep_ in {"parataxis", "advcl", "dep", "csubj"}
            and not marks
            and child.i < verb.i
            and _subject_of(child)
        ):
            found.append((2, child.i, child))
        elif child.dep_ == "parataxis" and child.i > verb.i and _subject_of(child) and _colon_between(verb, child):
            found.append((2, child.i, child))
        elif child.dep_ in syntax.OBJECT and row.addressee:
            found.extend(
                (3, clause.i, clause)
                for clause in child.children
                if clause.dep_ in {"acl", "ccomp"} and _finite(clause) and _that_mark(clause) is not None
            )
    return [clause for _, _, clause in sorted(found, key=lambda item: item[:2])]


def _starts_after(verb: Token, clause: Token) -> bool:
    """A clause with its own subject right behind the cue is its complement, whatever the parse calls it."""
    return clause.left_edge.i == verb.i + 1 and bool(_subject_of(clause)) and _finite(clause)


def _to_the_end(verb: Token, clause: Token, indexes: set[int], cues: Cues) -> set[int]:
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
        again = child.dep_ == "ccomp" and clause.dep_ == "ccomp" and bool(_subject_of(child))
        second = child.dep_ == "conj" and _that_mark(child) is not None
        if again or second or (close and _adjunct(child)):
            indexes = indexes | _subtree(child)
    mark = next((i for i in range(verb.i + 1, min(verb.i + MAX_TO_THAT, clause.i)) if _opens_clause(verb.doc[i])), None)
    if mark is not None and indexes and verb.i < mark < min(indexes):
        indexes = indexes | set(range(mark + 1, min(indexes)))
    return _unbroken(verb, indexes)


def _opens_clause(word: Token) -> bool:
    return word.lower_ == "that" and word.tag_ == "IN" and word.dep_ == "mark"


def _adjunct(child: Token) -> bool:
    return child.dep_ in {"advcl", "obl", "advmod", "obl:unmarked"} and (
        child.tag_ != "VBG" or _case(child) is not None
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
        coordinated = child.dep_ == "conj" and child.tag_ == "VBD" and verb.tag_ == "VBD" and not _past(clause)
        participle = child.dep_ == "advcl" and child.tag_ == "VBG" and _is_quoting(child, cues)
        if child.i < clause.i or _subject_of(child) or not (coordinated or participle):
            continue
        marks = [word.i for word in child.children if word.dep_ in {"cc", "punct"} and word.i < child.i]
        start = min([child.left_edge.i, *marks])
        if coordinated or (start and "," in {verb.doc[start].text, verb.doc[start - 1].text}):
            return set(range(start, clause.right_edge.i + 1))
    return set()


def _is_quoting(verb: Token, cues: Cues) -> bool:
    return any("quote" in row.frames for row in cues.verbs.get(verb.lemma_.lower(), ()))


def _past(clause: Token) -> bool:
    return any(word.tag_ == "VBD" for word in (clause, *syntax.auxiliaries(clause)))


def _colon_between(verb: Token, clause: Token) -> bool:
    return any(token.text == ":" for token in verb.doc[verb.i + 1 : clause.left_edge.i + 1])


def _host_clause(verb: Token) -> set[int]:
    """The clause in which the cue is inserted: "Prices, he said, will rise", "as he put it"."""
    head = verb.head
    if head == verb or any(child.dep_ == "ccomp" for child in verb.children):
        return set()
    inserted = verb.dep_ in _INSERTED and bool(_subject_of(verb)) and _comma_before(verb)
    as_clause = verb.dep_ == "advcl" and any(mark.lower_ == "as" for mark in syntax.children(verb, frozenset({"mark"})))
    if (
        verb.tag_ == "VBG"
        or not (inserted or as_clause)
        or (as_clause and any(child.dep_ in {"obj", "xcomp"} for child in verb.children))
    ):
        return set()
    host = head
    while host.dep_ == "conj" and host.pos_ == "VERB" and host.head.i < host.i and not _subject_of(host):
        host = host.head
    if host.pos_ not in {"VERB", "AUX"} and not any(child.dep_ in {"cop", "nsubj"} for child in host.children):
        return set()
    return _subtree(host) - _subtree(verb)


def _set_off(verb: Token) -> set[int]:
    """The sentence around "X said" between commas, or before it at the sentence's end, whatever the parse makes of it."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return set()
    sentence, doc = verb.sent, verb.doc
    left = verb.i - 1
    while left > sentence.start and doc[left].text not in {",", "—", "–", "--"} and verb.i - left < MAX_ASIDE:
        if (
            doc[left].pos_ in {"VERB", "SCONJ", "CCONJ"}
            or doc[left].tag_ in {"WP", "WDT", "IN", "WRB"}
            and doc[left].lower_ != "of"
        ):
            return set()
        left += -1
    if left <= sentence.start + 1 or doc[left].text not in {",", "—", "–", "--"} or left == verb.i - 1:
        return set()
    right = verb.i + 1
    while (
        right < sentence.end
        and right - verb.i < MAX_TAIL
        and doc[right].pos_ not in {"VERB", "AUX"}
        and not doc[right].is_punct
    ):
        right += 1
    closed = (
        right >= sentence.end or doc[right].is_punct and doc[right].text in {",", ".", "—", "–", "--", "?", "!", '"'}
    )
    said = [i for i in range(sentence.start, sentence.end) if i < left or i > right]
    if not closed or not any(doc[i].pos_ in {"VERB", "AUX"} for i in said):
        return set()
    return set(said)


def _comma_before(verb: Token) -> bool:
    edge = verb.left_edge.i
    start = verb.sent.start
    around = [verb.doc[index].text for index in (edge - 1, edge) if index >= start]
    return any(mark in {",", "—", "–", "-", '"', "”", "''", "--"} for mark in around)


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
    indexes = _subtree(clause)
    for target in syntax.children(verb, syntax.OBJECT):
        if row.addressee == "obj":
            indexes -= _subtree(target) - _subtree(clause) if clause.head == target else _subtree(target)
            if clause.head == target:
                indexes = _subtree(clause)
        elif verb.i < target.i < clause.i:
            indexes |= _subtree(target)
    if syntax.is_passive(verb):
        indexes |= {index for subject in syntax.children(verb, syntax.PASSIVE_SUBJECT) for index in _subtree(subject)}
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
        return _subtree(names[0]) if any(_subject_of(name) for name in names[:1]) else set()
    target, name = targets[0], names[0]
    if not passive and not (verb.i < target.i < name.i):
        return set()
    if name.dep_ in {"advmod", "obl", "obj"} and name.left_edge.i > target.right_edge.i + 2:
        return set()
    if name.dep_ in {"advmod", "obl"} and name.pos_ not in {"ADJ", "NOUN"}:
        return set()
    return _subtree(target) | _subtree(name)


def _quoted_at_end(verb: Token, targets: list[Token]) -> set[int]:
    """The object with a quoted word at its end, which the parse has not told apart: called the plan "stupid"."""
    if len(targets) != 1 or syntax.is_passive(verb):
        return set()
    last = targets[0].right_edge
    return _subtree(targets[0]) if last.i > targets[0].i and last.text in CLOSING_MARKS else set()


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
                    return _without_case(carrier) | _subtree(child)
                return {index for target in targets[:1] for index in _subtree(target)} | _subtree(child)
    return set()


# --- nouns, adjectives, prepositions, adverbs


def _noun_draft(noun: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Draft | None:
    """ "The EU's argument that P", "his promise to P", "accusations of P"."""
    if _part_of_verb_cue(noun, cues, breadth):
        return None
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
        cue=noun, row=row, cue_span=stretch(noun.doc, noun.i, end.i), holders=tuple(_antecedents(heads, noun)),
        source=source, contents=contents, negated=syntax.is_negated(noun), frame=frame, nominal=True,
    )  # fmt: skip


def _noun_content(noun: Token, row: CueRow, cues: Cues, breadth: Breadth) -> tuple[str, set[int]] | None:
    clause = _noun_clause(noun, cues)
    if clause is not None and "that" in row.frames:
        return "that", _without_that(clause)
    if "to" in row.frames and (row.kind == "speech" or breadth == "attitudes"):
        for child in noun.children:
            if child.dep_ in {"acl", "xcomp", "ccomp"} and any(
                mark.lower_ == "to" for mark in child.children if mark.dep_ == "mark"
            ):
                return "to", _subtree(child)
    if "is" in row.frames and noun.dep_ in {"nsubj", "nsubj:outer"} and (said := _predicate_clause(noun)):
        return "is", said
    if breadth == "attitudes":
        for child in noun.children:
            if child.i > noun.i and (case := _case(child)) in row.prepositions:
                return f"p.{case}", _without_case(child)
    return None


def _predicate_clause(noun: Token) -> set[int]:
    """ "His view is that P": the clause after the copula."""
    head = noun.head
    copulas = [child for child in head.children if child.dep_ == "cop" and child.i > noun.i]
    if copulas and (
        _finite(head) and len(_subject_of(head)) > 1 or any(m.lower_ in {"that", "to"} for m in head.children)
    ):
        return {index for index in _subtree(head) if index > copulas[-1].i} - ({head.left_edge.i} & set())
    if head.lemma_ == "be":
        return {i for child in head.children if child.dep_ in {"ccomp", "xcomp"} for i in _without_that(child)}
    return set()


def _noun_source(noun: Token, content: set[int]) -> tuple[list[Token], Stretch | None]:
    """Whose words they are: possessor, "by" or "from", a demonym before the noun, or the subject of a light verb."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return [child], source_stretch([child], noun)
    for child in noun.children:
        if child.dep_ == "nmod" and child.i not in content and _case(child) in {"by", "from", "of", "among"}:
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


def _adjective_draft(adjective: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Draft | None:
    """ "He is sure that P", "eager to P"."""
    if adjective.dep_ in {"amod", "compound"}:
        return None
    heads = _subject_of(adjective) or (syntax.subjects(adjective.head) if adjective.dep_ == "xcomp" else [])
    if not heads or heads[0].lower_ in _EMPTY_SUBJECTS:
        return None
    copula = [child for child in adjective.children if child.dep_ == "cop"]
    for row in rows:
        for child in adjective.children:
            if child.i < adjective.i:
                continue
            marks = {mark.lower_ for mark in syntax.children(child, frozenset({"mark"}))}
            finite = (
                "that" in row.frames
                and child.dep_ in _CLAUSAL
                and "to" not in marks
                and (_finite(child) or "that" in marks)
            )
            infinitive = "to" in row.frames and child.dep_ in _CLAUSAL and "to" in marks
            prepositional = breadth == "attitudes" and _case(child) in row.prepositions
            if not (finite or infinitive or prepositional) or marks & {"if", "because", "as", "when", "while"}:
                continue
            contents = runs(adjective.doc, _without_case(child) if prepositional else _without_that(child))
            start = min([adjective.i, *(word.i for word in copula)])
            return Draft(
                cue=adjective, row=row, cue_span=stretch(adjective.doc, start, adjective.i),
                holders=tuple(_antecedents(heads, adjective)), source=source_stretch(heads, adjective), contents=contents,
                negated=syntax.is_negated(adjective), frame="that",
            )  # fmt: skip
    return None


def _preposition_draft(token: Token, rows: list[CueRow]) -> Draft | None:
    """ "According to X, P": the content is the clause around it."""
    doc = token.doc
    row = next((row for row in rows if phrase_follows(token, row.rest) and row.kind == "speech"), None)
    if row is None:
        return None
    last = token.i + len(row.rest)
    holder = _object_of_phrase(token, last)
    if holder is None:
        return None
    first_of_source = last + 1
    source = {index for index in _source_indexes(holder) if index >= first_of_source}
    if not source:
        return None
    phrase = set(range(token.i, max(source) + 1)) | ({i for i in _subtree(holder) if i >= token.i})
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
    """The clause that an "according to" phrase attributes: the sentence where it opens or ends it, else its own clause."""
    sentence = token.sent
    words = [each for each in sentence if not each.is_space and not each.is_punct]
    if words and (words[0].i in phrase or words[-1].i in phrase):
        before = [each.i for each in sentence if each.lower_ in {"but", "and"} and each.i == sentence.start]
        return set(range(sentence.start, sentence.end)) - set(before)
    anchor = token
    while anchor.head != anchor and anchor.i in phrase:
        anchor = anchor.head
    clause = syntax.clause_head(anchor)
    return _subtree(clause)


def _adverb_draft(adverb: Token, rows: list[CueRow], cues: Cues, breadth: Breadth) -> Draft | None:
    """ "Reportedly": hearsay without a source; the content is the clause."""
    clause = syntax.clause_head(adverb)
    contents = runs(adverb.doc, _subtree(clause) - {adverb.i})
    if not contents:
        return None
    return Draft(
        cue=adverb, row=rows[0], cue_span=stretch(adverb.doc, adverb.i, adverb.i), holders=(), source=None,
        contents=contents, frame="clause",
    )  # fmt: skip


# --- sources


def source_heads(verb: Token) -> list[Token]:
    """The tokens that name who speaks, as they stand in the clause (a relative pronoun is itself)."""
    quoting = _quoting_verb(verb)
    if quoting is not None:
        return syntax.objects(quoting)[:1]
    if verb.tag_ == "VBG" and verb.dep_ == "acl" and verb.head.pos_ in syntax.NOMINAL:
        return [verb.head]
    own = syntax.children(verb, syntax.SUBJECT)
    if own and not syntax.is_passive(verb):
        found = own[:1]
    elif verb.dep_ == "acl:relcl" and not syntax.is_passive(verb) and not own:
        found = [verb.head]
    else:
        found = [] if _asked(verb) else speaker_before(verb) or syntax.subjects(_matrix(verb))[:1]
    return [head for head in found if head.lower_ not in _EMPTY_SUBJECTS or head.dep_ not in {"expl"}]


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


def _asked(verb: Token) -> bool:
    """ "When asked about it, X said": X was asked, nobody says by whom."""
    opens = any(word.lower_ in {"when", "if", "while", "once"} for word in verb.children if word.i < verb.i)
    return verb.dep_ == "advcl" and verb.tag_ in {"VBN", "VBD"} and (opens or verb.i == verb.sent.start)


def _matrix(verb: Token) -> Token:
    """The verb whose subject this one shares: the reporting verb above, where only that one fits (see `_to_the_end`)."""
    head = verb.head
    reported = head.dep_ == "ccomp" and head.head.i < head.i and not _subject_of(verb)
    if reported and verb.dep_ == "conj" and verb.tag_ == "VBD" and head.head.tag_ == "VBD" and not _past(head):
        return head.head
    if reported and verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.left_edge.i and verb.i > head.i:
        start = verb.left_edge
        if "," in {start.text, verb.doc[start.i - 1].text}:
            return head.head
    return verb


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


def _quoting_verb(verb: Token) -> Token | None:
    """ "Quoted" in "was quoted as saying": its object is the speaker."""
    doc = verb.doc
    if verb.tag_ != "VBG" or verb.i == 0 or doc[verb.i - 1].lower_ != "as":
        return None
    reach = max(verb.sent.start, verb.i - MAX_QUOTED_NAME)
    return next(
        (doc[i] for i in range(verb.i - 2, reach - 1, -1) if doc[i].lemma_ in RELAYING and doc[i].tag_[:2] == "VB"),
        None,
    )


def quoting_verb(verb: Token) -> Token | None:
    """The verb of relay that governs a cue: "quoted" in "was quoted as saying"."""
    return _quoting_verb(verb)


def quotes_a_speaker(verb: Token) -> bool:
    """True for "quoted" where "as saying" carries the cue."""
    if verb.lemma_ not in RELAYING:
        return False
    following = verb.doc[verb.i + 1 : min(verb.i + 2 + MAX_QUOTED_NAME, verb.sent.end)]
    return any(_quoting_verb(word) == verb for word in following if word.tag_ == "VBG")


def _antecedents(heads: Iterable[Token], verb: Token) -> list[Token]:
    """Relative pronouns replaced by what they stand for; documents by those who issued them."""
    found = []
    for head in heads:
        if head.tag_ in {"WDT", "WP"} or (head.lower_ == "that" and verb.dep_ == "acl:relcl"):
            clause = syntax.clause_head(head)
            head = clause.head if clause.dep_ == "acl:relcl" else head
        found.append(head)
    return found


def source_stretch(heads: Sequence[Token], verb: Token) -> Stretch | None:
    """The words of the source: noun phrase with titles, appositions, coordinated names and what restricts them."""
    if not heads:
        return None
    head = heads[0]
    indexes = _source_indexes(head)
    if head.i < verb.i:
        indexes = {index for index in indexes if index < verb.i}
    elif head.i > verb.i:
        indexes = {index for index in indexes if index > verb.i}
    first, last = min(indexes), max(indexes)
    while last > first and head.doc[last].text in {",", "'s", "’s", "—", "'", "’"}:
        last -= 1
    return stretch(head.doc, first, last)


def _source_indexes(head: Token) -> set[int]:
    found = {head.i}
    for child in head.children:
        if child.is_space or child.dep_ in {"punct", "case"}:
            continue
        if child.dep_ in _ASIDE and not (child.dep_ == "acl:relcl" and _restrictive(child, head)):
            continue
        found |= _subtree(child)
    return set(range(min(found), max(found) + 1))


def _restrictive(clause: Token, head: Token) -> bool:
    before = clause.left_edge.i - 1
    return (
        before > head.i - 1 and head.doc[before].text not in {",", "—", "–"} and clause.left_edge.text not in {",", "—"}
    )


# --- cue spans


def cue_stretch(verb: Token, row: CueRow, contents: Sequence[Stretch]) -> Stretch:
    """The verb group: auxiliaries and adverbs before the verb, particle and preposition after it, a colon at its end."""
    doc = verb.doc
    first = last = verb.i
    while first > verb.sent.start and _in_verb_group(doc[first - 1], verb):
        first -= 1
    if first == verb.i and verb.tag_ == "VB" and doc[first - 1].lower_ == "to" and first > 1:
        governor = verb.head
        if governor.lemma_ in _CONTINUING and governor.i < verb.i <= governor.i + 4:
            first = governor.i
    for word in row.rest:
        following = next((i for i in range(last + 1, min(last + 5, len(doc))) if doc[i].lower_ == word), None)
        last = following if following is not None else last
    if last + 1 < len(doc) and doc[last + 1].lower_ in row.prepositions and not row.rest:
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
        and word.lower_ not in _LINKING
    )


# --- small questions


def is_real(verb: Token) -> bool:
    """True where the words have been said (or withheld): not wished, possible, future, asked for or supposed."""
    marks = {mark.lower_ for mark in syntax.children(verb, frozenset({"mark"}))}
    if marks & _IRREALIS_MARKS:
        return False
    if verb.tag_ == "VBG" and marks & _GERUND_MARKS and not _subject_of(verb):
        return False
    if verb.tag_ == "VB" and "to" in marks:
        return verb.head.lemma_ in _CONTINUING and verb.dep_ == "xcomp" and is_real(verb.head)
    modal = [name for name in syntax.modals(verb)]
    if modal:
        return _negated(verb) and not {"may", "might", "must", "should"} & set(modal)
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}:
        return bool(syntax.agents(verb))
    return verb.dep_ not in {"amod", "compound"}


def _imperative(verb: Token) -> bool:
    return verb.tag_ == "VB" and verb.dep_ == "ROOT" and not _subject_of(verb) and not syntax.auxiliaries(verb)


def _negated(verb: Token) -> bool:
    if syntax.is_negated(verb):
        return True
    if any(mark.lower_ == "without" for mark in syntax.children(verb, frozenset({"mark"}))):
        return True
    return any(child.lower_ in {"nobody", "none", "nothing"} for child in syntax.children(verb, syntax.SUBJECT))


def phrase_follows(verb: Token, rest: tuple[str, ...]) -> bool:
    """True where the words of the phrase follow within four tokens, in order, in the same sentence."""
    at = verb.i + 1
    doc = verb.doc
    for word in rest:
        limit = min(at + (4 if word not in {"for", "on", "upon", "to"} else 2), len(doc))
        while at < limit and doc[at].lower_ != word:
            at += 1
        if at >= limit:
            return False
        at += 1
    return True


def _subtree(token: Token) -> set[int]:
    return {each.i for each in token.subtree}


def _own(verb: Token, clause: Token) -> set[int]:
    """The verb and what hangs on it, but for the clause: what is never part of the content."""
    if not clause.left_edge.i <= verb.i <= clause.right_edge.i:
        return set()
    return {verb.i} | {i for child in verb.children if child != clause for i in _subtree(child)}


def _that_mark(clause: Token) -> Token | None:
    return next(
        (mark for mark in clause.children if mark.dep_ == "mark" and mark.lower_ == "that" and mark.i < clause.i), None
    )


def _without_that(clause: Token) -> set[int]:
    indexes = _subtree(clause)
    mark = _that_mark(clause)
    first = clause.doc[min(indexes)]
    if mark is None and first.lower_ == "that" and first.tag_ in {"IN", "SCONJ"}:
        return indexes - {first.i}
    if mark is not None and not _subject_of(clause) and clause.doc[mark.i + 1].tag_ in {"VBZ", "VBD", "VBP", "MD"}:
        return indexes  # "says that is what they do": a pronoun, taken for the conjunction
    return {index for index in indexes if index > mark.i} if mark is not None else indexes


def _case(token: Token) -> str | None:
    for child in token.children:
        if child.dep_ in {"case", "mark"} and child.i < token.i:
            return child.lower_
    return None


def _without_case(token: Token) -> set[int]:
    indexes = _subtree(token)
    case = next((child for child in token.children if child.dep_ in {"case", "mark"} and child.i < token.i), None)
    return {index for index in indexes if index > case.i} if case is not None else indexes


def _finite(clause: Token) -> bool:
    if any(mark.lower_ == "to" for mark in syntax.children(clause, frozenset({"mark"}))):
        return False
    words = [clause, *syntax.auxiliaries(clause)]
    return any(word.tag_ in {"VBD", "VBZ", "VBP", "MD"} for word in words)


def _is_empty(token: Token) -> bool:
    return token.lower_ in {"himself", "herself", "themselves", "itself", "myself", "each", "other"}


def _says_something(target: Token) -> bool:
    """False for objects that only point: "denied it", "said so", "repeated that"."""
    return target.pos_ != "PRON" or any(child.dep_ == "acl:relcl" for child in target.children)


def _bare_pronoun(doc: Doc, indexes: set[int]) -> bool:
    words = [doc[index] for index in indexes if not doc[index].is_punct]
    return all(word.pos_ in {"PRON", "DET", "ADP"} for word in words)
