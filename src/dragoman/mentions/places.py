"""Where a text names places, and whether a name is read as a spot on the map or as those who act for it.

Names come from two sides: the encoder's LOC entities, and names that the gazetteer holds strong enough to stand alone
(countries, regions, features, capitals, large cities); the parse and the other entities then rule out names that are
part of a longer one ("Bank of England", "Paris Hilton").

The reading (Markert and Nissim 2002 call it metonymy) is decided by position and by the words there: the subject of
"said" acts, what one lives in does not; `lexicon/tables/metonymy.toml` holds the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Doc, Span, Token

from dragoman.annotate import Annotated
from dragoman.annotate.syntax import NAME_PARTS, VERBAL, children, is_passive, preposition
from dragoman.lexicon.places import Gazetteer, ReadingWords, key_of
from dragoman.records import PlaceMention

MetonymyReading = Literal["lit", "met"]

LONGEST_NAME = 6
"""Names of more words than this are found by the encoder or not at all."""
SHORTEST_NAME = 4
"""Shorter names (Bo, Ur, Man) need the encoder's word, unless they are written in capitals or are a country's."""
NOT_PLACES = frozenset({"PER", "ORG", "MISC", "DATE"})
SPATIAL = frozenset({"in", "at", "near", "from", "to", "outside", "inside", "across", "around", "through", "into", "within"})
_COPULAR = frozenset({"be", "remain", "seem", "appear", "stay"})


def find_places(
    annotated: Annotated, gazetteer: Gazetteer, *, adjectives: bool = False
) -> tuple[PlaceMention, ...]:
    """The place names of an article in the order of its text, none overlapping another.

    `adjectives` also takes demonyms ("Egyptian", "Americans"), as some geoparsing corpora count them.
    """
    doc = annotated.doc
    taken = [False] * len(doc)
    found: list[Span] = []
    for span in (*_entities(doc), *_abbreviations(doc, gazetteer), *_strong_names(doc, gazetteer, adjectives)):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * len(span)
            found.append(span)
    return tuple(_mention(span, gazetteer.reading) for span in sorted(found, key=lambda span: span.start))


def _mention(span: Span, words: ReadingWords) -> PlaceMention:
    return PlaceMention(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        head=span.root.i,
        polity=_reading(span.root, words) == "met",
    )


def _entities(doc: Doc) -> Iterator[Span]:
    """LOC entities, cut at commas, without article and possessive."""
    for entity in doc.ents:
        if entity.label_ == "LOC":
            start = entity.start
            for end in [*(token.i for token in entity if token.lower_ in {",", ";"}), entity.end]:
                part = _trimmed(doc, start, end)
                if part is not None:
                    yield part
                start = end + 1


def _trimmed(doc: Doc, start: int, end: int) -> Span | None:
    while start < end and (doc[start].lower_ in {"the", "a", "in", "of"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or _is_mark(doc[end - 1])):
        end -= 1
    return doc[start:end] if start < end and any(char.isupper() for char in doc[start:end].text) else None


def _is_mark(token: Token) -> bool:
    return token.is_punct and not token.text.endswith(".")


def _abbreviations(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """ "Ill." or "SC" after a comma or as the press writes it with its points."""
    for token in doc:
        if token.text[0].isupper() and gazetteer.abbreviation(token.text) and token.ent_type_ not in {"PER", "ORG"}:
            after_comma = token.i > 0 and doc[token.i - 1].text == ","
            if after_comma or (token.text.count(".") > 1):
                yield doc[token.i : token.i + 1]


def _strong_names(doc: Doc, gazetteer: Gazetteer, adjectives: bool) -> Iterator[Span]:
    """The longest names at each capital letter that the gazetteer knows and the parse allows."""
    at = 0
    while at < len(doc):
        span = _longest(doc, at, gazetteer, adjectives)
        if span is None:
            at += 1
            continue
        if _stands_alone(span, gazetteer):
            yield span
        at = span.end


def _longest(doc: Doc, at: int, gazetteer: Gazetteer, adjectives: bool) -> Span | None:
    if not doc[at].text[0].isupper():
        return None
    for end in range(min(at + LONGEST_NAME, len(doc)), at, -1):
        last = doc[end - 1]
        if last.is_space or (last.is_punct and end > at + 1) or not (last.text[0].isalnum()):
            continue
        span = doc[at:end]
        key = key_of(span.text)
        if not key or (len(key) < SHORTEST_NAME and not _short_name(span.text, key, gazetteer)):
            continue
        if gazetteer.is_strong(key) or (adjectives and gazetteer.is_adjective(key)):
            return span
    return None


def _short_name(text: str, key: str, gazetteer: Gazetteer) -> bool:
    country = any(entry.precision == "country" for entry in gazetteer.by_key(key))
    return (text.isupper() and len(key) > 1) or (country and len(key) > 2 and text[0].isupper())


def _stands_alone(span: Span, gazetteer: Gazetteer) -> bool:
    """False for a name inside the name of somebody or something else."""
    root = span.root
    labels = {token.ent_type_ for token in span} & NOT_PLACES
    if labels:
        return _mislabelled(span, gazetteer)
    if root.pos_ not in {"PROPN", "NOUN", "ADJ", "X"} or (root.pos_ == "ADJ" and not root.text[0].isupper()):
        return False
    if root.dep_ in NAME_PARTS and root.head.pos_ == "PROPN" and root.head not in span and root.dep_ != "appos":
        return False
    return not any(
        child.pos_ == "PROPN" and child.dep_ in NAME_PARTS - {"appos"} and child not in span for child in root.children
    )


def _mislabelled(span: Span, gazetteer: Gazetteer) -> bool:
    """True where a whole entity is the name of a country or region, or of a place in a spatial phrase: the encoder's
    PER or ORG is then more likely an error, or the polity that acts."""
    entity = next((entity for entity in span.doc.ents if entity.start <= span.start < entity.end), None)
    if entity is None or key_of(entity.text.removesuffix("'s").removesuffix("’s")) != key_of(span.text):
        return False
    sorts = {entry.precision for entry in gazetteer.entries(span.text) if not entry.adjective}
    if entity.label_ == "PER":
        return preposition(span.root) in SPATIAL
    return "country" in sorts or "region" in sorts or preposition(span.root) in SPATIAL


# --- reading ---------------------------------------------------------------------------------------------------------


def reading_of(doc: Doc, start: int, end: int, words: ReadingWords) -> MetonymyReading:
    """How the name at characters `[start, end)` is read: "lit", a spot on the map, or "met", those who act for it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return "lit" if span is None or not len(span) else _reading(span.root, words)


def _reading(token: Token, words: ReadingWords, depth: int = 4) -> MetonymyReading:
    case = preposition(token)
    dep = token.dep_
    if dep == "nmod:poss" or any(child.tag_ == "POS" for child in token.children):
        return _possessor(token, words)
    if case is not None:
        return _after_preposition(token, case, words)
    if dep == "conj" and depth:
        return _reading(token.head, words, depth - 1)
    if dep == "appos" and depth:
        return "lit" if token.head.pos_ == "PROPN" else _reading(token.head, words, depth - 1)
    if dep in {"compound", "amod", "nmod", "nmod:desc", "flat"}:
        return _modifier(token, words, depth)
    if dep in {"nsubj", "nsubj:outer", "csubj"}:
        return _subject(token, words)
    if dep == "nsubj:pass":
        return "lit" if token.head.lemma_.lower() in words.passive_literal else "met"
    if dep in {"obj", "iobj"}:
        return "lit" if dep == "obj" and token.head.lemma_.lower() in words.object_literal else "met"
    return "lit"


def _subject(token: Token, words: ReadingWords) -> MetonymyReading:
    verb = token.head
    lemma = verb.lemma_.lower()
    if verb.pos_ not in VERBAL or any(child.dep_ == "cop" for child in verb.children):
        return _predicated(verb, words)
    if is_passive(verb):
        return "lit" if lemma in words.passive_literal else "met"
    if lemma in words.having:
        return "lit" if any(child.lemma_.lower() in words.having_literal for child in children(verb, frozenset({"obj"}))) else "met"
    if lemma == "become":
        return "met"
    if lemma in _COPULAR:
        return "met" if any(child.lemma_.lower() in words.being_polity_adjectives for child in verb.children) else "lit"
    return "lit" if lemma in words.subject_literal else "met"


def _predicated(predicate: Token, words: ReadingWords) -> MetonymyReading:
    """The reading of what is said to be this: "Japan is an ally", "Norway is ready", "Peru is a country"."""
    lemma = predicate.lemma_.lower()
    case = preposition(predicate)
    if case is not None:
        return "lit" if case in words.preposition_literal else "met"
    return "met" if lemma in words.being_polity_nouns or lemma in words.being_polity_adjectives else "lit"


def _possessor(token: Token, words: ReadingWords) -> MetonymyReading:
    owned = token.head.lemma_.lower()
    if any(child.tag_ in {"JJS", "RBS"} for child in token.head.children) or owned in words.possessor_literal:
        return "lit"
    return "met" if owned in words.possessor_polity else "lit"


def _modifier(token: Token, words: ReadingWords, depth: int) -> MetonymyReading:
    head = token.head
    if head.pos_ == "PROPN" and depth and token.dep_ in {"flat", "compound"} and head.ent_type_ == token.ent_type_:
        return _reading(head, words, depth - 1)
    return "met" if head.lemma_.lower() in words.compound_polity else "lit"


def _after_preposition(token: Token, case: str, words: ReadingWords) -> MetonymyReading:
    head = token.head.lemma_.lower()
    governors = {head, token.head.text.lower()}
    verb = token.head
    if verb.pos_ in VERBAL:
        governors |= {child.lemma_.lower() for child in verb.children if child.dep_ in {"obj", "xcomp", "compound:prt"}}
    turned = {"with": words.with_literal, "between": words.between_literal, "for": words.for_literal,
              "toward": words.toward_literal, "towards": words.toward_literal}.get(case)  # fmt: skip
    if turned is not None:
        return "lit" if governors & turned else "met"
    asked = {"to": words.to_polity, "from": words.from_polity, "of": words.of_polity}.get(case)
    if asked is not None:
        return "met" if governors & asked else "lit"
    return "met" if case in words.preposition_polity else "lit"
