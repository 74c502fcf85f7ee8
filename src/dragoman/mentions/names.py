"""Names of actors: what the encoder takes for a name joined with what the lexicon knows, mended by the parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from dragoman.annotate.actor_phrases import HYPHENS, base_start, demonym_at, is_modifier, is_sponsor, role_at
from dragoman.annotate.syntax import preposition
from dragoman.lexicon.actor_words import ActorWords
from dragoman.lexicon.actors import ActorLexicon
from dragoman.mentions.polity import is_actor_place, is_polity

CONTINENTS = frozenset({"Europe", "Africa", "Asia"})
PERSONAL = frozenset({"PER", "ORG", "NORP"})


class Name(NamedTuple):
    """A name in tokens `[start, end)`. `ids`: the lexicon entries that it may stand for."""

    start: int
    end: int
    label: str | None
    ids: tuple[str, ...] = ()
    metonym: bool = False


def find_names(doc: Doc, text: str, inside: Story, lexicon: ActorLexicon, words: ActorWords) -> list[Name]:
    """Names in the order of the text. They may nest: "Ministry of Defence of Ukraine" and "Ukraine"."""
    entities = [mended for mended in (_mended(doc, name, lexicon, words) for name in _entities(doc, inside)) if mended]
    entities += _titled(doc, entities, inside, lexicon)
    entities = _labels_agreed(doc, entities, lexicon, words)
    entities += _repeated(doc, entities, inside, lexicon, words)
    entities += _employers(doc, entities, inside, lexicon)
    known = list(_known(text, inside, lexicon))
    names = _joined(doc, entities, known, lexicon, words)
    closed = _closed(names)
    nested = {i for name in names if name.ids for i in range(name.start, name.end)}
    between = {i for name in names if _is_between_states(name, lexicon) for i in range(name.start, name.end)}
    names += [
        name
        for name in _demonyms(doc, inside, lexicon, words, closed | between)
        if name.start not in nested or len(name.ids[0]) == 3
    ]
    names += _possessors(doc, names, entities, lexicon)
    return sorted(names, key=lambda name: (name.start, -name.end))


def _is_between_states(name: Name, lexicon: ActorLexicon) -> bool:
    """True for bodies of many states, whose adjective is no country: "Organization of American States"."""
    entry = lexicon.entry(name.ids[0]) if name.ids else None
    return entry is not None and "IGO" in entry.sectors and entry.country is None


class Story:
    """Which tokens of a doc belong to the story: `kinds[i]` is the kind of block of token `i`, or None outside.
    `words`, `capitals`, `proper`: its tokens, those with a capital, and those that are proper nouns."""

    def __init__(self, doc: Doc, spans: Iterable[tuple[int, int, str]]) -> None:
        tokens = list(doc)
        self.kinds: list[str | None] = [None] * len(tokens)
        self.starts = {token.idx: token.i for token in tokens}
        self.ends = {token.idx + len(token): token.i + 1 for token in tokens}
        places = sorted(self.starts)
        at = 0
        for start, end, kind in spans:
            while at < len(places) and places[at] < start:
                at += 1
            while at < len(places) and places[at] < end:
                self.kinds[self.starts[places[at]]] = kind
                at += 1
        self.words = [token for token in tokens if self.kinds[token.i] is not None and not token.is_space]
        self.capitals = [token for token in self.words if token.text[:1].isupper()]
        self.proper = [token for token in self.capitals if token.pos_ == "PROPN"]

    def __contains__(self, token: int) -> bool:
        return self.kinds[token] is not None

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens `[first, after last)` of the characters `[start, end)`, where both ends are token ends."""
        first, last = self.starts.get(start), self.ends.get(end)
        return (first, last) if first is not None and last is not None and first in self else None


def _entities(doc: Doc, inside: Story) -> Iterator[Name]:
    for entity in doc.ents:
        if entity.label_ not in {"DATE"} and entity.start in inside:
            yield Name(entity.start, entity.end, entity.label_)


def _mended(doc: Doc, name: Name, lexicon: ActorLexicon, words: ActorWords) -> Name | None:
    """The entity without articles, possessive marks and titles, and with the rest of a flat name."""
    start, end = name.start, name.end
    while end > start and (doc[end - 1].tag_ == "POS" or doc[end - 1].is_punct or doc[end - 1].is_space):
        if doc[end - 1].text == ")" and any(doc[i].text == "(" for i in range(start, end)):
            break
        end -= 1
    while start < end and (doc[start].lower_ in {"the", "a", "an"} or doc[start].is_punct or doc[start].is_space):
        start += 1
    if name.label == "PER" and start < end:
        start = _after_titles(doc, start, end, lexicon, words)
        end = _flat_end(doc, start, end)
        if end - start == 1 and (role_at(doc, start, lexicon) or words.is_honorific(doc[start].text)):
            return None
    if name.label == "ORG" and start < end:
        end = _role_end(doc, start, _hyphened_end(doc, end), lexicon)
    label = "ORG" if name.label == "PER" and _is_called_body(doc, start, end, lexicon) else name.label
    return Name(start, end, label) if start < end and doc[start].text[:1].isalnum() else None


def _role_end(doc: Doc, start: int, end: int, lexicon: ActorLexicon) -> int:
    """The end of a body that the encoder broke off inside a role noun ("Belmarkish state| television")."""
    role = role_at(doc, end, lexicon) if end < len(doc) and doc[end].is_alpha else None
    return role.end if role is not None and start < role.start < end and role.noun.kind != "person" else end


def _is_called_body(doc: Doc, start: int, end: int, lexicon: ActorLexicon) -> bool:
    """True for what the encoder took for a person and the words before call a company: "a Turkish firm, Acme Liman"."""
    if start >= end:
        return False
    comma = start > 1 and doc[start - 1].text == ","
    before = start - 2 if comma else start - 1
    if before < 0 or (comma and doc[start:end].root.dep_ != "appos"):
        return False
    role = role_at(doc, before, lexicon)
    return role is not None and role.noun.kind == "organization" and not role.noun.plural and doc[before].tag_ == "NN"


def _after_titles(doc: Doc, start: int, end: int, lexicon: ActorLexicon, words: ActorWords) -> int:
    """Where the bare name begins. An honorific stays where one word follows ("Mr. Putin"), a title goes."""
    at = start
    while at < end - 1:
        word = doc[at]
        if words.is_honorific(word.text):
            if end - at == 2 and word.lower_.rstrip(".") in {"mr", "mrs", "ms", "miss", "dr", "mx"}:
                return at
        elif not (role_at(doc, at, lexicon) or word.text in lexicon.demonyms or word.text in HYPHENS) or (
            word.text[:1].isupper() and word.text in words.first_names and end - at > 1
        ):
            break
        at += 1
    return at


def _flat_end(doc: Doc, start: int, end: int) -> int:
    while (
        end < len(doc)
        and doc[end].dep_ == "flat"
        and doc[end].pos_ == "PROPN"
        and start <= doc[end].head.i < end
        and doc[end].ent_type_ in {"", "DATE"}
    ):
        end += 1
    return end


def _hyphened_end(doc: Doc, end: int) -> int:
    """The end of a body's name that the encoder broke off at a hyphen ("Co|-operation Organisation")."""
    if end + 1 < len(doc) and doc[end].text in HYPHENS and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
        while end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
            end += 1
    return end


def _titled(doc: Doc, entities: list[Name], inside: Story, lexicon: ActorLexicon) -> list[Name]:
    """People that the encoder missed: a proper noun with a title before it, or in apposition to one."""
    taken = {i for name in entities for i in range(name.start, name.end)}
    found = []
    for token in inside.proper:
        if token.i in taken:
            continue
        titles = [child for child in token.lefts if child.dep_ == "nmod:desc"]
        owner = token.head if token.dep_ == "appos" and token.i - token.head.i <= 2 else None
        title = titles[-1] if titles else owner
        role = role_at(doc, title.i, lexicon) if title is not None else None
        if role is None or role.noun.kind != "person" or role_at(doc, token.i, lexicon):
            continue
        end = token.i + 1
        while end < len(doc) and doc[end].dep_ == "flat" and doc[end].head == token and end not in taken:
            end += 1
        if end - token.i > 1 or titles:
            found.append(Name(token.i, end, "PER"))
    return found


def _employers(doc: Doc, entities: list[Name], inside: Story, lexicon: ActorLexicon) -> list[Name]:
    """Bodies that the encoder missed: "an analyst at Norvik", "a spokesman for Acme"."""
    taken = {i for name in entities for i in range(name.start, name.end)}
    found = []
    for token in inside.proper:
        if token.dep_ != "nmod" or token.i in taken or preposition(token) not in {"at", "for", "with"}:
            continue
        role = role_at(doc, token.head.i, lexicon)
        if role is not None and role.noun.kind == "person":
            start = base_start(token)
            while start < token.i and not doc[start].text[:1].isupper():
                start += 1
            end = token.i + 1
            while end < len(doc) and doc[end].dep_ == "flat" and doc[end].head == token:
                end += 1
            if all(i not in taken for i in range(start, end)):
                found.append(Name(start, end, "ORG"))
    return found


def _repeated(doc: Doc, entities: list[Name], inside: Story, lexicon: ActorLexicon, words: ActorWords) -> list[Name]:
    """Places where a name stands that the encoder saw elsewhere in the article: a surname after the full name, an
    acronym or a full name again."""
    taken = {i for name in entities for i in range(name.start, name.end)}
    labels: dict[str, str | None] = {}
    surnames: set[str] = set()
    for name in entities:
        parts = [token.text for token in doc[name.start : name.end]]
        if name.label == "PER" and len(parts) > 1 and parts[0][:1].isupper():
            short = parts[0] if parts[0].lower() in words.family_first else parts[-1]
            if short.rstrip(".").lower() in words.lists.suffixes and len(parts) > 2:
                short = parts[-2]
            surnames.add(short)
        elif name.label == "ORG" and len(parts) > 1 and _is_distinctive(doc[name.start], lexicon, words):
            labels[parts[0]] = "ORG"
        elif len(parts) == 1 and name.label in {"PER", "ORG"} and len(parts[0]) > 1 and parts[0][:1].isupper():
            labels[parts[0]] = name.label
    labels |= dict.fromkeys(surnames, "PER")
    found = []
    for token in inside.capitals:
        label = labels.get(token.text)
        if label is None or token.i in taken or token.pos_ not in {"PROPN", "NOUN", "ADJ", "X", "VERB"}:
            continue
        if token.text in lexicon.demonyms or token.text.lower() == token.text or role_at(doc, token.i, lexicon):
            continue
        before, after = doc[token.i - 1] if token.i else None, doc[token.i + 1] if token.i + 1 < len(doc) else None
        if label == "PER" and (
            (after is not None and after.dep_ == "flat" and after.head == token and after.text[:1].isupper())
            or (before is not None and before.pos_ == "PROPN" and token.dep_ == "flat" and before.i not in taken)
        ):
            continue
        found.append(Name(token.i, token.i + 1, label))
    return found


def _is_distinctive(token: Token, lexicon: ActorLexicon, words: ActorWords) -> bool:
    """True for the first word of a body's name that can stand for it alone: "Norvik" of "Norvik Energy"."""
    known = token.text in lexicon.demonyms or token.text in lexicon.by_alias or token.text in lexicon.metonyms
    usual = token.lower_ in words.pointers or token.lower_ in lexicon.roles or token.text in words.first_names
    return (
        len(token) > 4
        and token.tag_ == "NNP"
        and not known
        and not usual
        and token.lower_ not in words.lists.common_first
    )


def _labels_agreed(doc: Doc, names: list[Name], lexicon: ActorLexicon, words: ActorWords) -> list[Name]:
    """The same words have one label in an article: the one that most of their places have; and a word that is part of
    somebody's full name, or the first of a body's, is that person or body where it stands alone."""
    votes: dict[str, dict[str | None, int]] = {}
    for name in names:
        tally = votes.setdefault(doc[name.start : name.end].text, {})
        tally[name.label] = tally.get(name.label, 0) + 1
    best = {text: max(tally, key=lambda label: tally[label]) for text, tally in votes.items()}
    firsts = {
        doc[name.start].text
        for name in names
        if name.label == "ORG" and name.end - name.start > 1 and _is_distinctive(doc[name.start], lexicon, words)
    }
    best |= {text: "ORG" for text in best if text in firsts and text not in lexicon.by_surname}
    parts = {text.split()[i] for text, label in best.items() if label == "PER" and " " in text for i in (0, -1)}
    best |= {
        text: "PER" for text in best if text in parts and text not in lexicon.by_alias and text not in lexicon.metonyms
    }
    return [name._replace(label=best[doc[name.start : name.end].text]) for name in names]


def _known(text: str, inside: Story, lexicon: ActorLexicon) -> Iterator[Name]:
    for start, end, alias, ids in lexicon.match(text):
        tokens = inside.tokens(start, end)
        if tokens is None or not any(c.isupper() for c in alias):
            continue
        metonym = alias in lexicon.metonyms and alias not in lexicon.by_alias
        yield Name(tokens[0], tokens[1], None, ids, metonym)


def _joined(doc: Doc, entities: list[Name], known: list[Name], lexicon: ActorLexicon, words: ActorWords) -> list[Name]:
    """Entities and lexicon names as one list: equal spans are one name, a longer name holds or drops a shorter."""
    spans = {(name.start, name.end): name for name in entities}
    cover = {i: name for name in entities for i in range(name.start, name.end)}
    names: list[Name] = []
    replaced: set[tuple[int, int]] = set()
    for match in known:
        entity = spans.get((match.start, match.end))
        around = {cover[i] for i in range(match.start, match.end) if i in cover}
        if entity is not None:
            match = match._replace(label=entity.label)
        elif any(each.start <= match.start and match.end <= each.end for each in around):
            if not _nests(doc, match, next(iter(around)), lexicon):
                continue
        elif any(each.start < match.end < each.end for each in around) or not _stands_alone(doc, match, lexicon):
            continue  # "The National" in "The National Farmers' Front" is no newspaper
        else:
            match = match._replace(label=next((each.label for each in around if each.end == match.end), None))
        if _acts(doc, match, lexicon, words):
            names.append(match)
            replaced |= {
                (each.start, each.end) for each in around if match.start <= each.start and each.end <= match.end
            }
        elif entity is not None and (match.metonym or entity.label == "LOC"):
            replaced.add((match.start, match.end))
    for name in entities:
        if (name.start, name.end) not in replaced and _is_actor(doc, name, words):
            owner = lexicon.demonyms.get(doc[name.start : name.end].text) if name.label != "PER" else None
            names.append(name._replace(ids=(owner,)) if owner is not None else name)
    return names


def _nests(doc: Doc, match: Name, entity: Name, lexicon: ActorLexicon) -> bool:
    """True where a lexicon name inside a longer entity names somebody too: not in names of people and places."""
    if entity.label in {"PER", "LOC"}:
        whole = entity.label == "PER" and match.end == entity.end and _kind(match, lexicon) == "person"
        return whole and match.end - match.start > 1
    return (_kind(match, lexicon) == "state" and len(match.ids[0]) == 3) or doc[
        match.start : match.end
    ].text in lexicon.demonyms


def _kind(name: Name, lexicon: ActorLexicon) -> str | None:
    entry = lexicon.entry(name.ids[0]) if name.ids else None
    return entry.kind if entry is not None else None


def _stands_alone(doc: Doc, match: Name, lexicon: ActorLexicon) -> bool:
    """Whether a name that the encoder saw no entity in is a name at all."""
    alias = doc[match.start : match.end].text
    head = doc[match.start]
    if (
        match.end < len(doc)
        and doc[match.end].dep_ == "flat"
        and doc[match.end].head.i == match.start
        and doc[match.end].text[:1].isupper()
    ):
        return False
    if match.end - match.start > 1:
        return True
    if head.pos_ not in {"PROPN", "NOUN", "X", "ADJ"} or (
        head.dep_ == "flat" and head.head.pos_ == "PROPN" and head.head.i < head.i
    ):
        return False
    if _kind(match, lexicon) == "person" or alias in lexicon.ambiguous:
        return head.tag_ in {"NNP", "NNPS"} and not head.is_sent_start
    return True


def _acts(doc: Doc, name: Name, lexicon: ActorLexicon, words: ActorWords) -> bool:
    """Whether a known name stands for an actor here; a seat such as "Moscow", a continent and a part of a state
    ("Texas") only where it is used as a polity."""
    part_of_state = _kind(name, lexicon) == "state" and len(name.ids[0]) != 3
    if not name.metonym and not part_of_state and doc[name.start : name.end].text not in CONTINENTS:
        return True
    return is_polity(_head(doc, name), words)


def _is_actor(doc: Doc, name: Name, words: ActorWords) -> bool:
    """Whether a name that the lexicon does not know is an actor: people and bodies are, places only when they act."""
    if name.label in PERSONAL:
        head = _head(doc, name)
        if name.label == "ORG" and is_modifier(head) and head.head.lemma_.lower() in words.lists.things:
            return False
        return not (name.label == "NORP" and (head.pos_ == "ADJ" or is_modifier(head)))
    return name.label == "LOC" and is_actor_place(_head(doc, name), words)


def _closed(names: list[Name]) -> set[int]:
    """Tokens in which no demonym is looked for: whole names of people, places and countries. In the name of a body
    ("Russian Orthodox Church") the demonym tells its country."""
    open_names = {name for name in names if name.label == "ORG" or (name.label is None and name.end - name.start > 1)}
    closed = {i for name in names if name not in open_names for i in range(name.start, name.end)}
    return closed | {name.start for name in open_names if name.end - name.start == 1}


def _possessors(doc: Doc, names: list[Name], entities: list[Name], lexicon: ActorLexicon) -> Iterator[Name]:
    """The country inside the lexicon's name of its body: "South Korea" in "South Korea's military"."""
    spans = {(name.start, name.end) for name in names}
    outer = [name for name in names if name.ids and name.end - name.start > 1]
    for entity in entities:
        if (entity.start, entity.end) in spans or not any(
            name.start == entity.start and entity.end < name.end for name in outer
        ):
            continue
        ids = lexicon.by_alias.get(doc[entity.start : entity.end].text, ())
        if len(ids) == 1 and _kind(Name(0, 0, None, ids), lexicon) == "state":
            yield Name(entity.start, entity.end, entity.label, ids)


def _demonyms(doc: Doc, inside: Story, lexicon: ActorLexicon, words: ActorWords, closed: set[int]) -> Iterator[Name]:
    """Demonyms that stand for the country or its people: "Russian invasion", "the Europeans", "Western sanctions"."""
    done = 0
    for token in inside.capitals:
        if token.i < done or token.i in closed:
            continue
        found = demonym_at(doc, token.i, lexicon)
        if found is None:
            continue
        done = found.end
        last = doc[found.end - 1]
        if (
            last.pos_ in {"ADJ", "PROPN", "NOUN"}
            and not _is_culture(last, words)
            and not _is_member(last, found.id, lexicon)
        ):
            yield Name(found.start, found.end, "NORP", (found.id,))


def _is_member(token: Token, owner: str, lexicon: ActorLexicon) -> bool:
    """True for one member of a party or faith ("the Ohio Republican said"): a person, and not the party."""
    if len(owner) == 3 or is_modifier(token) or token.tag_ in {"NNS", "NNPS", "JJ"} or token.text.endswith("s"):
        return False
    role = role_at(token.doc, token.i, lexicon)
    return role is not None and role.noun.kind == "person"


def _is_culture(token: Token, words: ActorWords) -> bool:
    """True for languages, food and the like, and for the demonym of a place: no actor in "an Uzbek city"."""
    if (
        token.dep_ in {"obl", "obj", "nmod"}
        and token.tag_ in {"NNP", "NN", "JJ"}
        and any(child.lower_ in {"in", "into"} for child in token.children)
    ):
        return True
    noun = token.head
    if token.dep_ not in {"amod", "compound", "nmod:desc", "nmod"} or noun.i < token.i:
        return False
    lists = words.lists
    held = any(child.lower_ in lists.holders for child in noun.children)
    return noun.lemma_.lower() in lists.culture_nouns | lists.place_nouns and not held and not is_sponsor(token, words)


def _head(doc: Doc, name: Name) -> Token:
    return doc[name.start : name.end].root
