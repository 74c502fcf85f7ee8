"""Where a text names places, and whether a name is read as a spot on the map or as those who act for it.

Names come from two sides: the encoder's LOC entities, and names that the gazetteer holds strong enough to stand alone
(countries, regions, features, capitals, large cities); the parse and the other entities then rule out names that are
part of a longer one ("Bank of England", "Paris Hilton").

The reading (Markert and Nissim 2002 call it metonymy) is decided by position and by the words there: the subject of
"said" acts, what one lives in does not; `lexicon/tables/metonymy.toml` holds the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
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
SPATIAL = frozenset({"in", "near", "outside", "inside", "across", "around", "through", "into", "within", "throughout"})
DIRECTIONAL = frozenset({"from", "to", "at", "toward", "towards", "of"})
NATURAL = frozenset(
    {"sea", "ocean", "strait", "river", "lake", "lakes", "mountain", "mountains", "desert", "canal", "bay", "cape",
     "pass", "reef", "park", "forest", "bridge", "dam", "airport", "road", "pipeline", "waterfall", "tunnel", "coast"}
)  # fmt: skip
"""Kinds of places that nobody governs from: they are never a polity."""
INSIDE_NAMES = frozenset(
    {"of", "the", "and", "de", "del", "la", "el", "al", "-", "–", "'s", "’s", "on", "upon", "le", "les", "du"}
)
_COPULAR = frozenset({"be", "remain", "seem", "appear", "stay"})


def find_places(annotated: Annotated, gazetteer: Gazetteer, *, wide: bool = False) -> tuple[PlaceMention, ...]:
    """The place names of an article in the order of its text, none overlapping another.

    `wide` also takes what geoparsing corpora count: demonyms ("Egyptian", "Americans"), and places inside the names of
    organisations ("Ohio Supreme Court").
    """
    doc = annotated.doc
    taken = [False] * len(doc)
    found: list[Span] = []
    sources = (_entities, _abbreviations, _strong_names, _relabelled, *((_embedded, _demonyms) if wide else ()))
    for span in chain.from_iterable(find(doc, gazetteer) for find in sources):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * len(span)
            found.append(span)
    return tuple(_mention(span, gazetteer) for span in sorted(found, key=lambda span: span.start))


def _mention(span: Span, gazetteer: Gazetteer) -> PlaceMention:
    kinds = {entry.kind for entry in gazetteer.entries(span.text)}
    acts = not kinds or not kinds <= NATURAL
    return PlaceMention(
        start=span.start_char,
        end=span.end_char,
        text=span.text,
        head=span.root.i,
        polity=acts and _reading(span.root, gazetteer.reading) == "met",
    )


def _entities(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """LOC entities, cut at commas, without article and possessive, unless an organisation's word ends them."""
    for entity in doc.ents:
        if entity.label_ == "LOC":
            start = entity.start
            for end in [*(token.i for token in entity if token.lower_ in {",", ";"}), entity.end]:
                part = _trimmed(doc, start, end)
                if part is not None and not _is_no_place(part, gazetteer):
                    yield part
                start = end + 1


def _is_no_place(span: Span, gazetteer: Gazetteer) -> bool:
    if len(span.text) < 2:
        return True
    if len(span) == 1 and len(span.text) == 2 and not _after_comma(span[0]) and gazetteer.abbreviation(span.text):
        return not any(entry.precision == "country" for entry in gazetteer.entries(span.text))  # "OK"
    ends_so = len(span) > 1 and key_of(span[-1].text) in gazetteer.words.organisation
    return ends_so and not gazetteer.entries(span.text)


def _trimmed(doc: Doc, start: int, end: int) -> Span | None:
    while start < end and (doc[start].lower_ in {"the", "a", "in", "of"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_space or _is_mark(doc[end - 1])):
        end -= 1
    capitals = [token for token in doc[start:end] if token.text[0].isupper()]
    described = len(capitals) == 1 < end - start and capitals[0].tag_ == "JJ"  # "Uzbek city"
    return doc[start:end] if capitals and not described else None


def _is_mark(token: Token) -> bool:
    return token.is_punct and not token.text.endswith(".")


def _abbreviations(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """ "Ill." or "SC" after a comma, or with its points anywhere."""
    for token in doc:
        if token.text[0].isupper() and gazetteer.abbreviation(token.text) and token.ent_type_ not in {"PER", "ORG"}:
            shouted = "." not in token.text and token.i + 1 < len(doc) and doc[token.i + 1].is_upper
            if token.text.count(".") > 1 or (_after_comma(token) and not shouted):
                yield doc[token.i : token.i + 1]


def _after_comma(token: Token) -> bool:
    return token.i > 0 and token.doc[token.i - 1].text in {",", "("}


def _strong_names(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """The longest names at each capital letter that the gazetteer knows and the parse allows."""
    at = 0
    while at < len(doc):
        span = _longest(doc, at, len(doc), gazetteer) if _may_open(doc[at]) else None
        if span is None:
            at += 1
            continue
        if _stands_alone(span, gazetteer):
            yield span
        at = span.end


def _may_open(token: Token) -> bool:
    return token.text[0].isupper() and token.lower_ != "the"


def _longest(doc: Doc, at: int, limit: int, gazetteer: Gazetteer) -> Span | None:
    """The longest strong name that starts at a token and ends before `limit`."""
    ends = []
    for end in range(at + 1, min(at + LONGEST_NAME, limit) + 1):
        last = doc[end - 1]
        if last.text[0].isupper() or last.text[0].isdigit():
            ends.append(end)
        elif last.lower_ not in INSIDE_NAMES:
            break
    for end in reversed(ends):
        text = doc[at:end].text
        key = key_of(text)
        if (len(key) >= SHORTEST_NAME or _short_name(text, key, gazetteer)) and gazetteer.is_strong(key):
            return doc[at:end]
    return None


def _short_name(text: str, key: str, gazetteer: Gazetteer) -> bool:
    if text.isupper() and len(key) > 1:
        return True
    return len(key) > 2 and any(entry.precision == "country" for entry in gazetteer.by_key(key))


def _stands_alone(span: Span, gazetteer: Gazetteer) -> bool:
    """False for a name inside the name of somebody or something else."""
    root = span.root
    if any(token.ent_type_ in NOT_PLACES for token in span):
        return _mislabelled(span, gazetteer)
    if root.pos_ != "PROPN" and not (root.ent_type_ or len(span) > 1 or span.text.isupper()):
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
    known = any(entry.place_id.startswith(("country:", "region:")) for entry in gazetteer.entries(span.text))
    return (known and bool(sorts & {"country", "region"})) or preposition(span.root) in SPATIAL


def _relabelled(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Whole entities with another label, and lone proper nouns, that the gazetteer knows and that stand as a place
    does: in a spatial phrase, before "resident", or under a name that the article has as a place elsewhere."""
    places = {entity.text for entity in doc.ents if entity.label_ == "LOC"}
    surnames = {entity[-1].text for entity in doc.ents if entity.label_ == "PER" and len(entity) > 1}
    for span in (*_other_entities(doc), *_lone_names(doc)):
        if span.text in surnames or not gazetteer.entries(span.text) or gazetteer.is_generic(key_of(span.text)):
            continue
        case = preposition(span.root)
        person = span.root.ent_type_ == "PER"
        if (
            case in SPATIAL
            or (case in DIRECTIONAL and not person and span.root.ent_type_ != "ORG")
            or (span.root.dep_ in {"compound", "nmod:desc", "amod"} and _follows_place(span, gazetteer))
            or span.text in places
        ):
            yield span


def _follows_place(span: Span, gazetteer: Gazetteer) -> bool:
    return span.end < len(span.doc) and span.doc[span.end].lower_ in gazetteer.words.of_place


def _other_entities(doc: Doc) -> Iterator[Span]:
    for entity in doc.ents:
        if entity.label_ in {"PER", "ORG", "MISC"}:
            part = _trimmed(doc, entity.start, entity.end)
            if part is not None:
                yield part


def _lone_names(doc: Doc) -> Iterator[Span]:
    """Runs of one or two proper nouns outside entities."""
    for token in doc:
        if token.pos_ != "PROPN" or token.ent_type_ or not token.text[0].isupper() or len(token) < SHORTEST_NAME:
            continue
        if token.dep_ in NAME_PARTS - {"appos"} and token.head.pos_ == "PROPN":
            continue
        left = (child.i for child in token.children if child.dep_ in {"compound", "flat"} and child.pos_ == "PROPN")
        span = doc[min([token.i, *left]) : token.i + 1]
        if all(not word.ent_type_ for word in span):
            yield span


def _embedded(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Places inside the names of organisations and events: any at their start, strong ones anywhere."""
    for entity in doc.ents:
        if entity.label_ not in {"ORG", "MISC"}:
            continue
        at = entity.start
        while at < entity.end:
            span = _longest(doc, at, entity.end, gazetteer) if _may_open(doc[at]) else None
            if span is None and at == entity.start:
                span = _opening(entity, gazetteer)
            if span is not None:
                yield span
            at = span.end if span is not None else at + 1


def _opening(entity: Span, gazetteer: Gazetteer) -> Span | None:
    """The longest known name with which a longer entity opens ("Corsicana Police Department")."""
    start = entity.start + (1 if entity[0].lower_ == "the" else 0)
    if start >= entity.end or not entity.doc[start].text[0].isupper():
        return None
    for end in range(entity.end - 1, start, -1):
        text = entity.doc[start:end].text
        known = len(text) >= SHORTEST_NAME and not gazetteer.is_generic(key_of(text))
        if known and any(not entry.adjective for entry in gazetteer.entries(text)):
            return entity.doc[start:end]
    return None


def _demonyms(doc: Doc, gazetteer: Gazetteer) -> Iterator[Span]:
    """Adjectives and nouns of nations and regions, one or two words."""
    for token in doc:
        if token.text[0].isupper() and len(token) >= SHORTEST_NAME:
            two = doc[token.i : token.i + 2]
            for span in (two, doc[token.i : token.i + 1]):
                if span[-1].text[0].isupper() and gazetteer.is_adjective(key_of(span.text)):
                    yield span
                    break


# --- reading ---------------------------------------------------------------------------------------------------------


def reading_of(doc: Doc, start: int, end: int, words: ReadingWords) -> MetonymyReading:
    """How the name at characters `[start, end)` is read: "lit", a spot on the map, or "met", those who act for it."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return "lit" if span is None or not len(span) else _reading(span.root, words)


def reading_at(token: Token, words: ReadingWords) -> MetonymyReading:
    """How the name with head `token` is read."""
    return _reading(token, words)


def _reading(token: Token, words: ReadingWords, depth: int = 4) -> MetonymyReading:
    if _opens_dateline(token):
        return "lit"
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


def _opens_dateline(token: Token) -> bool:
    """True for the place at the head of a report: "NAIROBI — ", "PARIS (AP) - "."""
    return (
        token.text.isupper()
        and len(token) > 3
        and any(following.text in {"—", "–", "-", "--"} for following in token.doc[token.i + 1 : token.i + 7])
    )


def _subject(token: Token, words: ReadingWords) -> MetonymyReading:
    verb = token.head
    lemma = verb.lemma_.lower()
    if verb.pos_ not in VERBAL or any(child.dep_ == "cop" for child in verb.children):
        return _predicated(verb, words)
    if is_passive(verb):
        return "lit" if lemma in words.passive_literal else "met"
    if lemma in words.having:
        things = {child.lemma_.lower() for child in children(verb, frozenset({"obj"}))}
        return "lit" if things & words.having_literal else "met"
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
    """By the preposition; for some of them also by what governs the phrase ("aid to", "trip to")."""
    governors = _governors(token.head)
    literal = {"with": words.with_literal, "between": words.between_literal, "for": words.for_literal,
               "toward": words.toward_literal, "towards": words.toward_literal}.get(case)  # fmt: skip
    if literal is not None:
        return "lit" if governors & literal else "met"
    polity = {"to": words.to_polity, "from": words.from_polity, "of": words.of_polity, "on": words.on_polity,
              "at": words.at_polity, "over": words.over_polity}.get(case)  # fmt: skip
    if polity is not None:
        return "met" if governors & polity else "lit"
    return "met" if case in words.preposition_polity else "lit"


def _governors(head: Token) -> set[str]:
    found = {head.lemma_.lower(), head.lower_}
    if head.pos_ in VERBAL:
        found |= {child.lemma_.lower() for child in head.children if child.dep_ in {"obj", "xcomp", "compound:prt"}}
    return found
