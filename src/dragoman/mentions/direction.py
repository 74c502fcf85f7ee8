"""Which way a time expression looks: into the past or the future of the day of publication.

With a parse, the clause decides: its tense, planning verbs and adjectives above it ("agreed to meet", "due Friday"),
and the noun that carries the date ("Friday's attack", "a vote on Friday will ..."). Without one, the nearest cue word
of the sentence does. None where nothing speaks.
"""

from __future__ import annotations

from typing import Literal

from spacy.tokens import Doc, Token

from dragoman.annotate.syntax import SUBJECT, auxiliaries, children, is_negated, modals, preposition, tense
from dragoman.lexicon.times import TimeWords
from dragoman.records import Article

Direction = Literal["future", "past"]
NOUNS = frozenset({"NOUN", "PROPN", "NUM", "ADJ"})
VERBS = frozenset({"VERB", "AUX"})
CLAUSES = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "csubj:pass", "advcl:relcl"}
)
AHEAD_PREPOSITIONS = frozenset({"for", "until", "till", "to", "by", "on", "in", "before", "at", "from"})
ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "all", "every"})
FINITE_BE = frozenset({"is", "are", "was", "were", "'s", "'re"})
SMALL_WORDS = frozenset({"case", "mark", "fixed", "cop", "aux"})
NEGATIVE = frozenset({"neither", "nor", "no", "none", "nobody", "nothing"})
CLOSED_BY, CLOSED = frozenset({"to", "through", "ended"}), frozenset({"year", "months", "quarter", "month", "half"})
"""Spans that accounts are given for: "in the year to June", "the nine months ended Sept. 30"."""
BYGONE = frozenset({"originally", "initially", "previously"})
"""With a planning participle: the plan was given up, and its day may lie either way."""
AFTER = frozenset({"after", "since", "following"})
RANKED = frozenset({"first", "second", "third", "last", "latest", "only"})
OPEN_PREPOSITIONS = frozenset({"by", "until", "till", "through"})
MAX_CLIMB = 12
MAX_CHILDREN = 80
"""A word with more dependents is the head of a list, not of a clause, and says nothing about time."""
MAX_REACH = 40
"""Words to the left of a date among which the verb is looked for that it hangs on."""


def direction_of(doc: Doc, article: Article, start: int, end: int, words: TimeWords) -> Direction | None:
    """The direction of the expression at characters `[start, end)`: "future", "past", or None where nothing speaks."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if not doc.has_annotation("DEP"):
        return _by_words(doc, span.start, span.end, words)
    if (above := span.root.head).n_lefts + above.n_rights > MAX_CHILDREN:
        return None
    if (beside := _beside(doc, span.start, words)) is not None:
        return beside
    block = article.block_at(start)
    if block is not None and block.kind == "caption":
        return _by_clause(span.root, words, "past") or "past"
    headline = not _is_sentence(span.root)
    return _by_clause(span.root, words, None if headline else "future")


def _is_sentence(root: Token) -> bool:
    """A sentence ends with a point; a headline does not, and tells the past in the present."""
    last = next((word for word in reversed(root.sent) if not word.is_space), root)
    return last.is_punct or last.is_quote or last.text.endswith(".")


def _beside(doc: Doc, first: int, words: TimeWords) -> Direction | None:
    """What stands right before the expression: "said Monday", "ahead of Monday"."""
    place = first - 1
    if place > 0 and doc[place].lower_ in CLOSED_BY and doc[place - 1].lower_ in CLOSED:
        return "past"
    if place > 0 and doc[place].lower_ == "of" and doc[place - 1].lower_ == "ahead":
        return "future"
    while place >= 0 and doc[place].lower_ in {"on", "in", "early", "late", "earlier", "at", "about"}:
        place -= 1
    if place >= 0 and doc[place].lower_ == "since":
        return "past"
    if place < 0 or doc[place].tag_ not in {"VBD", "VBN"} or doc[place].lemma_ in {"be", "have", "do"}:
        return None
    if doc[place].tag_ == "VBN" and (doc[place].lower_ in words.sets["AHEAD"] or auxiliaries(doc[place])):
        return None
    return None if doc[place].lemma_ in words.sets["SETTING"] and place == first - 1 else "past"


def _by_clause(root: Token, words: TimeWords, present: Direction | None) -> Direction | None:
    if preposition(root) in {"for", "until", "till"} and _hangs_on(root, words.sets["AHEADVERB"]):
        return "future"
    token, carrier = root, root
    for _ in range(MAX_CLIMB):
        if token != root and _is_clause(token):
            found = _of_carrier(carrier, _nearest(token, carrier, root), root, words, present)
            return None if found == "past" and root.i > token.i and preposition(root) in OPEN_PREPOSITIONS else found
        if token == root and token.dep_ == "ROOT":
            return _of_fragment(token, words)
        if token.head == token:
            return _of_carrier(token, token, root, words, present)
        if token != root and (token.pos_ in NOUNS):
            carrier = token
        token = token.head
    return None


def _hangs_on(root: Token, lemmas: frozenset[str]) -> bool:
    """Is one of these verbs right above, or above the noun that carries the date ("postponed the hearing until")?"""
    above = [each for _, each in zip(range(2), root.ancestors, strict=False)]
    return any(each.lemma_ in lemmas and each.i < root.i and each.pos_ in VERBS for each in above)


def _after_planned(verb: Token, root: Token, words: TimeWords) -> bool:
    """Does the date follow right on something planned ("called for a march on Saturday")?"""
    things = children(verb, frozenset({"obj", "obl"}))
    return any(
        each.lemma_.lower() in words.sets["PLANNEDNOUN"] and each.right_edge.i == root.left_edge.i - 1
        for each in things
    )


def _is_named_as(root: Token) -> bool:
    """ "set Nov. 10 as the deadline": what a day is made."""
    after = root.doc[root.i + 1] if root.i + 1 < len(root.doc) else None
    return after is not None and after.lower_ == "as" and preposition(root) is None


def _has_to(verb: Token) -> bool:
    return any(child.lower_ == "to" for child in children(verb, frozenset({"mark"})))


def _is_to(verb: Token) -> bool:
    """ "They are to meet on Friday", whatever clause that stands in; not "to be president", "were to have met"."""
    to = next((child for child in children(verb, frozenset({"mark"})) if child.lower_ == "to"), None)
    before = verb.doc[to.i - 1] if to is not None and to.i else None
    is_finite = before is not None and before.lower_ in FINITE_BE and before.head in {verb, verb.head}
    return is_finite and verb.tag_ in {"VB", "VBN"} and not any(word.lemma_ == "have" for word in auxiliaries(verb))


def _nearest(clause: Token, carrier: Token, root: Token) -> Token:
    """The last verb whose words reach up to the date: dates lean to what is near ("asked it to respond by Oct. 31")."""
    if carrier != root or clause.i > root.i:
        return clause
    left = root.left_edge.i
    near = [
        word for word in root.doc[max(clause.i + 1, left - MAX_REACH) : left]
        if word.pos_ == "VERB" and word.right_edge.i == left - 1 and _is_clause(word)
    ]  # fmt: skip
    return near[-1] if near else clause


def _is_clause(token: Token) -> bool:
    if token.pos_ in VERBS and token.dep_ not in {"amod", "compound", "aux", "aux:pass", "cop", "case", "fixed"}:
        return True
    return token.dep_ in CLAUSES and bool(children(token, frozenset({"cop", "nsubj", "nsubj:pass", "mark"})))


def _of_fragment(token: Token, words: TimeWords) -> Direction | None:
    """A headline or caption without a verb: future where a planning word is near. "The deadline is Friday" as its verb
    and subject say."""
    if copula := children(token, frozenset({"cop"})):
        planned = any(each.lemma_.lower() in words.sets["PLANNEDNOUN"] for each in children(token, SUBJECT))
        return "past" if copula[0].tag_ == "VBD" else "future" if planned else None
    near = {word.lower_ for word in token.subtree}
    return "future" if near & words.sets["AHEAD"] else None


def _of_carrier(
    carrier: Token, clause: Token, root: Token, words: TimeWords, present: Direction | None
) -> Direction | None:
    """The date hangs on a noun ("Friday's attack", "a vote on Friday") or on the clause itself."""
    noun = carrier.lemma_.lower()
    if carrier == root or carrier.pos_ == "NUM":
        return _of_verb(clause, words, present, root)
    if carrier.dep_ == "acl" and carrier.lower_ in words.sets["AHEAD"]:
        return "future"
    if noun == "deadline" or any(
        child.lower_ in {"upcoming", "planned", "scheduled", "forthcoming"} for child in carrier.children
    ):
        return "future"
    whole = _of_verb(clause, words, present, root)
    if preposition(carrier) in AFTER and not modals(clause):
        return "past"
    if noun in words.sets["PLANNEDNOUN"]:
        announced = clause.lemma_ in words.sets["AHEADVERB"] and carrier.dep_ in {"obj", "obl", "nsubj:pass"}
        return "future" if announced else whole
    if noun in words.sets["PASTNOUN"]:
        return "past"
    if whole == "past" and preposition(root) not in {"on", "in"}:
        return None
    return whole


def _of_verb(verb: Token, words: TimeWords, present: Direction | None, root: Token, depth: int = 4) -> Direction | None:
    """What the clause of a verb (or predicate) says, climbing where an infinitive or participle leaves it open."""
    if verb.tag_ in {"VBN", "VBD"} and any(child.lower_ in BYGONE for child in verb.children):
        return None
    names = modals(verb)
    helpers = auxiliaries(verb)
    perfect = any(word.lemma_ == "have" for word in helpers)
    if names:
        if names[0] == "could" and (is_negated(verb) or _has_no_subject(verb)):
            return "past"
        return "past" if perfect and names[0] != "will" else "future"
    if _is_to(verb) or _is_ahead(verb, root, words):
        return "future"
    if _has_to(verb) and verb.tag_ in {"VB", "VBN"}:
        return "past" if perfect else _of_infinitive(verb, words, present, root, depth)
    if verb.lemma_ in words.sets["SETTING"] and root.head == verb and (root.dep_ == "obj" or _is_named_as(root)):
        return "future"
    found = tense(verb)
    if found in {"past", "perfect"} or perfect:
        return "past"
    if found == "present":
        return _of_present(verb, words, present, helpers)
    if found == "future":
        return "future"
    if verb.tag_ in {"VBN", "VBD"}:
        return "past"
    if depth and verb.head != verb:
        return (
            _of_verb(verb.head, words, present, root, depth - 1)
            if verb.head.pos_ in VERBS | {"ADJ"}
            else _above(verb.head, words, present, root, depth - 1)
        )
    return "future" if verb.tag_ == "VB" else None


def _has_no_subject(verb: Token) -> bool:
    """ "Neither he nor his aides could be reached Wednesday", "no one could be found": a negation in the subject."""
    return any(word.lower_ in NEGATIVE for subject in children(verb, SUBJECT) for word in subject.subtree)


def _above(noun: Token, words: TimeWords, present: Direction | None, root: Token, depth: int) -> Direction | None:
    token = noun
    for _ in range(MAX_CLIMB):
        if token.head == token or _is_clause(token):
            break
        token = token.head
    return _of_verb(token, words, present, root, depth) if depth and token != noun else None


def _is_ahead(verb: Token, root: Token, words: TimeWords) -> bool:
    """ "scheduled for Friday", "due Friday", "set a vote for Friday", "postponed until May", "ahead of Friday"."""
    case = preposition(root) or next(
        (child.lower_ for word in root.subtree for child in word.children if child.dep_ == "case"), None
    )
    if verb.dep_ == "acl" and verb.lower_ in words.sets["AHEAD"] - words.sets["MOVED"]:
        return True
    if any(each.lower_ in words.sets["AHEAD"] for each in children(verb, SMALL_WORDS)):
        return True
    if verb.lemma_ in words.sets["CONVENING"] and _after_planned(verb, root, words):
        return True
    if verb.lower_ in words.sets["AHEAD"] and verb.pos_ in {"ADJ"}:
        return True
    if (
        verb.lemma_ in words.sets["EXPIRE"]
        and not verb.lower_.endswith("ed")
        and tense(verb) not in {"past", "perfect"}
    ):
        return True
    if verb.lemma_ in words.sets["AHEADVERB"] and verb.i < root.i and case in {"for", "until", "till", "to"}:
        return True
    if (
        verb.lower_ in words.sets["AHEAD"]
        and verb.tag_ == "VBN"
        and case in AHEAD_PREPOSITIONS - {"on", "in", "at", "from"}
    ):
        return True
    return (
        verb.lower_ in words.sets["AHEAD"]
        and verb.tag_ in {"JJ", "VBN", "VBG"}
        and verb.dep_ in {"acl", "amod", "advcl", "case"}
        and root.head == verb
        and case is None
    )


def _of_infinitive(
    verb: Token, words: TimeWords, present: Direction | None, root: Token, depth: int
) -> Direction | None:
    above = verb.head
    lemma = above.lemma_.lower()
    if above == verb:
        return "future"
    if above.pos_ in NOUNS and depth and any(child.lower_ in RANKED for child in above.children):
        return _above(above, words, present, root, depth - 1)  # "the first states to join on Friday were ..."
    if lemma in words.sets["IMPLICATIVE"] and above.pos_ in VERBS and depth:
        return _of_verb(above, words, present, root, depth - 1)
    if lemma in words.sets["PLANNING"] or above.pos_ in NOUNS or above.lower_ in words.sets["AHEAD"]:
        return "future"
    return _of_verb(above, words, present, root, depth - 1) if depth and above.pos_ in VERBS else "future"


def _of_present(verb: Token, words: TimeWords, present: Direction | None, helpers: list[Token]) -> Direction | None:
    """The scheduled present looks ahead ("opens on Nov. 15", "is meeting him Monday"), the reporting one back."""
    if present != "future":
        return present
    if verb.lemma_ in words.sets["REPORTING"]:
        return "past" if not helpers else None
    if any(child.dep_ == "cop" for child in verb.children) or verb.lemma_ in {"have", "be"}:
        return None
    return "future"


def _by_words(doc: Doc, first: int, last: int, words: TimeWords) -> Direction | None:
    """Without a parse: the nearest cue before the expression in its sentence, else after it."""
    for step, place in ((-1, first - 1), (1, last)):
        for _ in range(30):
            if not 0 <= place < len(doc) or doc[place].text in {".", "!", "?", "\n", ";"}:
                break
            low = doc[place].lower_
            if low in words.sets["FUTURECUE"] and not (low == "to" and not _before_verb(doc, place)):
                return "future"
            if low in words.sets["PASTCUE"] or (low.endswith("ed") and len(low) > 4 and low not in words.sets["AHEAD"]):
                return "past"
            place += step
    return None


def _before_verb(doc: Doc, place: int) -> bool:
    """Without tags: "to" opens an infinitive unless an article, a possessive, a name or a number follows."""
    after = doc[place + 1] if place + 1 < len(doc) else None
    return after is not None and after.is_lower and after.is_alpha and after.lower_ not in ARTICLES
