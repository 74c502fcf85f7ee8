"""Country, sector and role of actors by the words beside their names: titles, appositions, "X is a co-founder of Y"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.annotate.actor_phrases import HYPHENS, Role, base_start, demonym_at, is_sponsor, role_at
from dragoman.annotate.syntax import is_negated, modals, preposition, subjects
from dragoman.lexicon.actors import RoleNoun
from dragoman.linking.chains import Chain, Scene, lemma_of
from dragoman.records import Mention, Span

LONGEST_ROLE, LONGEST_TITLE = 14, 6
POLITICAL = frozenset({"OPP", "PTY"})
PLAIN = frozenset({"GOV", "CVL", "IGO", "ELI"})
"""Sectors of nouns for heads and speakers of anything ("leader", "official"), which a body beside them tells better."""
FORMER_SECTORS = ("ELI",)
_ENDS_ROLE = frozenset(
    {",", ";", ":", "—", "–", "(", ")", "who", "which", "that", "when", "where", "while", "and", "but"}
)


class Description(NamedTuple):
    """What a title or nominal says of its bearer. `body` is the organisation or person it belongs to; `place` a country
    told by a place that is no actor ("Oklahoma Governor"), `circle` the sectors of an unnamed body in the title ("army
    spokesman", "farmers' leader")."""

    role: Span | None
    nouns: tuple[RoleNoun, ...]
    lemmas: tuple[str, ...]
    state: Chain | None
    state_span: Span | None
    body: Chain | None
    body_span: Span | None
    place: tuple[str, Span] | None
    former: bool
    circle: tuple[str, ...] = ()


def describe_people(scene: Scene) -> None:
    """Titles before names: "Kenyan Foreign Ministry spokesperson Jane Otieno", "Sen. Jane Roe"."""
    for mention in scene.mentions:
        chain = scene.chain_of.get(mention.head)
        if chain is None or chain.kind != "person" or mention.form != "name":
            continue
        first = scene.first_token(mention)
        start = title_start(scene, mention, first)
        if start < first:
            for i in range(start, first):
                if scene.doc[i].pos_ in {"NOUN", "PROPN", "PUNCT", "ADP", "CCONJ"} or scene.doc[i].is_title:
                    scene.titles.setdefault(i, chain)
            said = describe(scene, start, first)
            if scene.doc[first - 1].tag_ == "POS":  # "the Daily Planet's Clark Kent": whose, but not what
                said = said._replace(role=None, nouns=(), lemmas=())
            apply(chain, said)
            _gender_of_titles(scene, chain, start, first)


def title_start(scene: Scene, mention: Mention, first: int) -> int:
    """The first token of the title that stands straight before a name; the name's first token where there is none."""
    doc = scene.doc
    head = doc[mention.head]
    start = min(base_start(doc[first]), base_start(head), first)
    above = doc[first].head
    if doc[first].dep_ in {"flat", "appos", "compound"} and above.i < first and _no_stop(doc, above.i, first):
        start = min(start, base_start(above))
    while start > 0 and _is_title_word(scene, start - 1):
        start -= 1
    if start == first or scene.doc[start - 1].lower_ in {"of", "to", "for"}:
        start = _title_with_complement(scene, start)
    titles = [i for i in range(start, first) if role_at(doc, i, scene.lexicon) is not None]
    if titles and doc[titles[-1]].dep_ in {"nmod:desc", "compound", "nsubj", "appos", "conj"}:
        start = min(start, base_start(doc[titles[-1]]))
    while start < first and (doc[start].dep_ in {"case", "cc", "punct", "mark"} or doc[start].is_space):
        start += 1
    stops = [
        i
        for i in range(start, first)
        if doc[i].is_space
        or (doc[i].text in {",", ";", "—", ":", "(", ")", "and"} and not _within_title(scene, i, first))
    ]
    return max([start, *(i + 1 for i in stops)])


def _title_with_complement(scene: Scene, first: int) -> int:
    """ "Ambassador to China" straight before a name, where the parse did not hang it there."""
    doc = scene.doc
    for i in range(first - 1, max(first - 8, 0), -1):
        token = doc[i]
        if (
            token.is_punct
            or token.is_space
            or token.pos_ in {"VERB", "AUX", "PRON", "SCONJ"}
            or (i in scene.chain_of and scene.chain_of[i].kind == "person")
        ):
            break
        role = role_at(doc, i, scene.lexicon)
        if (
            role is not None
            and role.noun.kind == "person"
            and doc[i + 1].lower_ in {"to", "of", "for", "at", "in"}
            and token.text[:1].isupper()
        ):
            return base_start(token)
    return first


def _within_title(scene: Scene, comma: int, first: int) -> bool:
    """ "Vice President and Defence Minister X": a coordination of two titles belongs to the name."""
    doc = scene.doc
    return (
        doc[comma].text == "and"
        and comma > 0
        and role_at(doc, comma - 1, scene.lexicon) is not None
        and role_at(doc, first - 1, scene.lexicon) is not None
        and doc[comma - 1].i not in scene.chain_of
    )


def _no_stop(doc: object, start: int, end: int) -> bool:
    return all(not doc[i].is_punct and not doc[i].is_space for i in range(start, end))  # type: ignore[index]


def _is_title_word(scene: Scene, i: int) -> bool:
    token = scene.doc[i]
    if token.is_space or token.is_punct:
        return False
    if i in scene.chain_of and scene.chain_of[i].kind == "person":
        return False
    if token.lower_.rstrip(".") in scene.words.abbreviations or token.lower_ in scene.words.lists.former:
        return True
    following = scene.doc[i + 1]
    if following.dep_ == "flat" and following.head.i <= i:
        return False
    if role_at(scene.doc, i, scene.lexicon) is not None:
        return token.pos_ in {"NOUN", "PROPN", "ADJ"} and preposition(following) is None
    return token.pos_ in {"PROPN", "ADJ"} and token.text in scene.lexicon.demonyms


def _gender_of_titles(scene: Scene, chain: Chain, start: int, end: int) -> None:
    for i in range(start, end):
        if chain.gender is None:
            chain.gender = scene.words.gender_of_title(scene.doc[i].text)


def describe(scene: Scene, start: int, end: int) -> Description:
    """What tokens `[start, end)` say: roles, the state and the body they belong to. States right of
    the role count only after "of", "for", "in" or "from": not in "Ambassador to China"."""
    doc = scene.doc
    roles = [
        role for i in range(start, end) if (role := role_at(doc, i, scene.lexicon)) is not None and role.start >= start
    ]
    roles = [role for role in roles if not any(_within(role, other) for other in roles)]
    roles += _abbreviated(scene, start, end)
    people = [role for role in roles if role.noun.kind == "person"] or roles
    last = max((role.end for role in people), default=start)
    state, state_span, skip = _state_in(scene, start, end, last)
    body, body_span = _body_in(scene, start, end)
    first = skip if state_span is not None and skip < last else start
    while first < end - 1 and _is_no_role_word(doc[first]):
        first += 1
    while end > first + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return Description(
        role=scene.span(first, end) if people and first < end else None,
        nouns=tuple(role.noun for role in people),
        lemmas=tuple(dict.fromkeys(lemma for role in people for lemma in _lemmas_of(scene, role))),
        state=state, state_span=state_span, body=body, body_span=body_span,
        place=_place_in(scene, start, last) if state is None else None,
        former=any(doc[i].lower_ in scene.words.lists.former for i in range(start, end)),
        circle=_circle(scene, start, people),
    )  # fmt: skip


def _within(role: Role, other: Role) -> bool:
    """True for "state" in "state television": a role noun that is part of a longer one."""
    return other.start <= role.start and role.end <= other.end and (other.start, other.end) != (role.start, role.end)


def _circle(scene: Scene, start: int, people: list[Role]) -> tuple[str, ...]:
    """The sectors of bodies and crowds named before the last role: "union" in "union leader"."""
    if not people or people[-1].noun.kind != "person":
        return ()
    last = max(people, key=lambda role: role.end)
    found: list[str] = []
    for i in range(start, last.start):
        role = role_at(scene.doc, i, scene.lexicon)
        if role is not None and i not in scene.chain_of and (role.noun.kind != "person" or role.noun.plural):
            found += role.noun.sectors
    return tuple(dict.fromkeys(found))


def _lemmas_of(scene: Scene, role: Role) -> tuple[str, str]:
    """The role as a phrase and as its last word, both in the singular."""
    lemma = lemma_of(scene.doc[role.end - 1])
    return lemma if role.noun.plural else role.noun.phrase, lemma


def _place_in(scene: Scene, start: int, end: int) -> tuple[str, Span] | None:
    """The country of a capital or a part of a state before the role: "South Carolina Governor", "Nairobi mayor"."""
    for i in range(start, end):
        if not scene.doc[i].text[:1].isupper():
            continue
        for size in (2, 1):
            country = scene.country_of_name(scene.doc[i : i + size].text) if i + size <= end else None
            country = country or (scene.place_of.get(i) if size == 1 and scene.doc[i].text[:1].isupper() else None)
            if country is not None and not is_sponsor(scene.doc[i], scene.words):
                return country, scene.span(i, i + size)
    return None


AGE = re.compile(r"^(?:\d+|year|old|years|aged)$")


def _is_no_role_word(token: Token) -> bool:
    """Determiners, possessors' pronouns, ages and what they leave behind do not begin the wording of a role."""
    return (
        token.lower_ in {"the", "a", "an", "its", "his", "her", "their", "'s", "’s", "-", ","}
        or AGE.match(token.lower_) is not None
    )


def _abbreviated(scene: Scene, start: int, end: int) -> Iterator[Role]:
    for i in range(start, end):
        full = scene.words.abbreviations.get(scene.doc[i].lower_.rstrip("."))
        noun = scene.lexicon.roles.get(full) if full is not None else None
        if noun is not None:
            yield Role(i, i + 1, noun)


def _state_in(scene: Scene, start: int, end: int, role_end: int) -> tuple[Chain | None, Span | None, int]:
    """The state that the words name as the bearer's own, its span, and the token after it."""
    doc = scene.doc
    for i in range(start, end):
        chain = scene.chain_of.get(i)
        if (
            chain is None
            or chain.kind not in {"state", "group"}
            or chain.entry is None
            or is_sponsor(doc[i], scene.words)
        ):
            continue
        if i >= role_end and preposition(doc[i]) not in {"of", "for", "in", "from"}:
            continue
        found = demonym_at(doc, i, scene.lexicon)
        after = found.end if found is not None else i + 1
        while after < end and (doc[after].dep_ == "flat" or doc[after].text in {"'s", "’s", "."}):
            after += 1
        return chain, scene.span(i, found.end if found is not None else i + 1), after
    return None, None, start


def _body_in(scene: Scene, start: int, end: int) -> tuple[Chain | None, Span | None]:
    for i in range(start, end):
        chain = scene.chain_of.get(i)
        if chain is not None and chain.kind in {"organization", "person"}:
            return chain, scene.span(i, i + 1)
    return None, None


def apply(chain: Chain, said: Description) -> None:
    """Let a chain learn what a description says of it."""
    chain.lemmas |= set(said.lemmas)
    if said.role is not None and chain.kind == "person":
        chain.learn("role", said.role.text, said.role)
    if said.state is not None and said.state is not chain:
        chain.learn("country", said.state.country, said.state_span)
        if said.state.country is None and chain.kind == "person" and "IGO" in said.state.sectors:
            chain.learn("sectors", said.state.sectors, said.state_span)
    if said.body is not None and said.body is not chain:
        chain.learn("country", said.body.country, said.body_span)
    if said.place is not None:
        chain.learn("country", *said.place)
    if said.former:
        chain.learn("sectors", FORMER_SECTORS, said.role)
    sectors = sectors_of(said)
    if sectors:
        chain.learn("sectors", sectors, said.role)


def sectors_of(said: Description) -> tuple[str, ...]:
    """The sectors of a role: those of the body it belongs to, where it belongs to one, and its own."""
    nouns = [noun for noun in said.nouns if noun.kind == "person" and not noun.plural] or said.nouns
    own = [sector for noun in nouns for sector in noun.sectors]
    if said.circle and set(own) <= PLAIN:
        own = list(said.circle)
    elif said.circle:
        own += [sector for sector in said.circle if sector not in PLAIN]
    body = said.body.sectors if said.body is not None and said.body.kind == "organization" else ()
    if "IGO" in body:
        return tuple(body)
    if body and all(sector in {"GOV", "CVL"} for sector in own) and "GOV" not in body:
        return tuple(dict.fromkeys([*body, *(sector for sector in own if sector != "GOV")]))
    if said.body is not None and said.body.kind == "person" and not own:
        return said.body.sectors
    return tuple(dict.fromkeys([*own, *body]))


# ---------------------------------------------------------------- appositions and copulas


def join_nominals(scene: Scene) -> None:
    """Nominals that the grammar says to be a named actor: appositions and predicates."""
    nominals = [mention for mention in scene.mentions if mention.form == "nominal"]
    for mention in nominals:
        chain = _by_grammar(scene, mention) or _by_commas(scene, mention)
        if chain is not None and fits(scene, mention, chain) and mention.head not in scene.chain_of:
            scene.add(mention, chain)
            end = role_end(scene, mention.head)
            said = describe(scene, scene.first_token(mention), end)
            apply(chain, said)
            _in_opposition(chain, said)
            _based_in(scene, chain, mention.head)
            _gender_of_titles(scene, chain, scene.first_token(mention), mention.head + 1)


def _in_opposition(chain: Chain, said: Description) -> None:
    """ "the opposition Popular Front": what its own name does not tell."""
    opposes = any("OPP" in noun.sectors for noun in said.nouns)
    if opposes and chain.kind != "person" and chain.sectors and "OPP" not in chain.sectors:
        chain.sectors = ("OPP", *chain.sectors)


def role_end(scene: Scene, head: int) -> int:
    """The token after a role phrase: "founder and chief economist at Norvik", up to a comma or a clause."""
    doc = scene.doc
    inside = {token.i for token in doc[head].subtree}
    end = head + 1
    while end < len(doc) and end in inside and end - head < LONGEST_ROLE:
        word = doc[end]
        joins = (
            word.lower_ == "and"
            and doc[head].tag_ not in {"NNS", "NNPS"}
            and any(child.dep_ == "conj" and role_at(doc, child.i, scene.lexicon) for child in doc[head].rights)
        )
        if word.is_space or (word.lower_ in _ENDS_ROLE and not joins) or word.dep_ in {"acl:relcl", "acl", "advcl"}:
            break
        end += 1
    while end > head + 1 and doc[end - 1].dep_ in {"case", "cc", "punct"}:
        end -= 1
    return end


def _by_grammar(scene: Scene, mention: Mention) -> Chain | None:
    head = scene.doc[mention.head]
    if head.dep_ == "appos" and not _coordinated(head.head, scene):
        return named_at(scene, head.head)
    if (
        head.dep_ == "conj"
        and head.head.i in scene.chain_of
        and head.head.i not in scene.titles
        and _is_nominal(scene, head.head)
        and not any(child.dep_ == "det" for child in head.lefts)
    ):
        return scene.chain_of[head.head.i]
    for child in head.rights:
        if child.dep_ in {"appos", "flat"} and (chain := named_at(scene, child)) is not None:
            return chain
    if any(child.dep_ == "cop" for child in head.lefts) and not is_negated(head) and not modals(head):
        found = [chain for subject in subjects(head) if (chain := named_at(scene, subject)) is not None]
        return found[0] if len(found) == 1 and head.tag_ in {"NN", "NNP"} and scene.quote[head.i] == 0 else None
    return None


def _is_nominal(scene: Scene, token: Token) -> bool:
    return token.pos_ == "NOUN" and scene.chain_of[token.i].kind == "person"


def _coordinated(token: Token, scene: Scene) -> bool:
    return token.dep_ == "conj" and scene.chain_of.get(token.i) is None


def named_at(scene: Scene, token: Token) -> Chain | None:
    """The chain of a named actor at a token or at the first word of its flat name."""
    while token.dep_ == "flat" and token.i not in scene.chain_of and token.head != token:
        token = token.head
    return scene.chain_of.get(token.i)


def _by_commas(scene: Scene, mention: Mention) -> Chain | None:
    """ "his spokesman, Dmitry Peskov, said" and "Emmanuel Macron, the French president," where the parse lost them."""
    text = scene.annotated.article.text
    after, before = _names_by_edge(scene)
    role = role_at(scene.doc, mention.head, scene.lexicon)
    if (
        mention.text.lower().startswith(("a ", "an "))
        and scene.words.pointers.get(lemma_of(scene.doc[mention.head])) == "organization"
    ):
        leader = before.get(mention.start - 2) if text[mention.start - 2 : mention.start] == ", " else None
        return scene.chain_of.get(leader.head) if leader is not None else None
    if role is not None and role.noun.kind != "person":
        return _body_beside(scene, mention, role, after)
    if role is None or role.noun.plural:
        return None
    follower = after.get(mention.end + 2) if text[mention.end : mention.end + 2] == ", " else None
    if (
        follower is not None
        and text[follower.end : follower.end + 1] in {",", "."}
        and not mention.text.lower().startswith(("a ", "an "))
    ):
        return scene.chain_of.get(follower.head)
    leader = before.get(mention.start - 2) if text[mention.start - 2 : mention.start] == ", " else None
    if (
        leader is not None
        and mention.text.lower().startswith(("the ", "a ", "an "))
        and scene.doc[mention.head].dep_ not in {"conj"}
    ):
        end = role_end(scene, mention.head)
        closed = end < len(scene.doc) and scene.doc[end].text in {",", ".", "—", ")"}
        return (
            scene.chain_of.get(leader.head)
            if closed
            and scene.sentence[mention.head] == scene.sentence[leader.head]
            and scene.doc[mention.head].dep_ not in {"nsubj", "nsubj:pass"}
            else None
        )
    return None


def _body_beside(scene: Scene, mention: Mention, role: Role, after: dict[int, Mention]) -> Chain | None:
    """ "the Hungarian group Danubia Media", "rights group Watchline": a body straight behind what it is."""
    name = after.get(mention.end + 1)
    if name is None or role.noun.plural or scene.annotated.article.text[mention.end] != " ":
        return None
    chain = scene.chain_of.get(name.head)
    return chain if chain is not None and chain.kind in {"organization", "group"} else None


def _names_by_edge(scene: Scene) -> tuple[dict[int, Mention], dict[int, Mention]]:
    if not scene.edges:
        named = [m for m in scene.mentions if m.form == "name" and m.head in scene.chain_of]
        people = [m for m in named if scene.chain_of[m.head].kind != "state"]
        scene.edges = ({m.start: m for m in people}, {m.end: m for m in people})
    return scene.edges


def fits(scene: Scene, mention: Mention, chain: Chain) -> bool:
    """Whether a nominal can be said of a chain: persons by nouns for persons, bodies and states by theirs."""
    head = scene.doc[mention.head]
    role = role_at(scene.doc, mention.head, scene.lexicon)
    lemma = lemma_of(head)
    pointer = scene.words.pointers.get(lemma)
    if role is not None and role.noun.kind == "person":
        return chain.kind == "person" and head.tag_ in {"NN", "NNP", "JJ"}
    if pointer is not None:
        return pointer == chain.kind or (pointer == "organization" and chain.kind == "group")
    return role is not None and chain.kind in {"organization", "group"}


def _based_in(scene: Scene, chain: Chain, head: int) -> None:
    """ "an independent firm based in Moscow", "a Nairobi-based think tank", "a company in Ohio"."""
    doc = scene.doc
    for token in doc[head].subtree:
        if token.lower_ in {"based", "headquartered", "registered"}:
            places = [*token.subtree, *(doc[i] for i in range(max(0, token.i - 2), token.i))]
            _learn_seat(scene, chain, places)
        elif token.head.i == head and preposition(token) == "in":
            _learn_seat(scene, chain, [token])


def _learn_seat(scene: Scene, chain: Chain, places: Iterable[Token]) -> None:
    for place in places:
        country = scene.country_at(place)
        if country is not None:
            chain.learn("country", country, scene.span(place.i, place.i + 1))


def describe_bodies(scene: Scene) -> None:
    """The country of a body that has one in its name or before it: "Russian Orthodox Church", "Bank of Uganda"."""
    states = [
        (mention, chain)
        for mention in scene.mentions
        if (chain := scene.chain_of.get(mention.head)) is not None and chain.kind == "state" and chain.country
    ]
    for mention in scene.mentions:
        chain = scene.chain_of.get(mention.head)
        if (
            chain is None
            or chain.entry is not None
            or chain.kind not in {"organization", "group"}
            or mention.form != "name"
        ):
            continue
        _sectors_of_name(scene, chain, mention)
        _said_before_name(scene, chain, mention)
        if chain.country:
            continue
        for inner, state in states:
            inside = mention.start <= inner.start and inner.end <= mention.end
            before = inner.end + 1 == mention.start and inner.label == "NORP"
            if inside or before:
                chain.learn("country", state.country, scene.span(inner.head, inner.head + 1))


# ---------------------------------------------------------------- the lexicon's part


def _sectors_of_name(scene: Scene, chain: Chain, mention: Mention) -> None:
    """ "Harbour Workers Union", "Ministry of Fisheries", "Congress": the role noun in the name of a body tells its
    sector."""
    if chain.sectors:
        return
    words = mention.text.lower().split()
    split = next((i for i, word in enumerate(words) if word in {"of", "for"}), len(words))
    for start in range(split):
        noun = scene.lexicon.roles.get(" ".join(words[start:split]))
        sectors = noun.sectors if noun is not None and noun.kind != "person" else ()
        if not sectors and start == split - 1 and split > 1:
            sectors = scene.words.name_words.get(words[start], ())
        if sectors:
            first = scene.first_token(mention)
            chain.learn("sectors", sectors, scene.span(first + start, first + start + 1))
            return


def _said_before_name(scene: Scene, chain: Chain, mention: Mention) -> None:
    """ "the Swiss bank Helvor", "paper company Riau Agung", "Toronto-based Maple Ridge": the words before a body's name
    that say what and whose it is."""
    doc, first = scene.doc, scene.first_token(mention)
    start = first
    while start > 0 and first - start < LONGEST_TITLE and _qualifies(scene, start - 1):
        start -= 1
    if start == first:
        return
    for i in range(start, first - 2):
        if doc[i + 1].text in HYPHENS and doc[i + 2].lower_ in {"based", "headquartered"}:
            _learn_seat(scene, chain, [doc[i]])
    said = describe(scene, start, first)
    chain.learn("country", said.state.country if said.state is not None else None, said.state_span)
    role = role_at(doc, first - 1, scene.lexicon)
    if role is not None and role.noun.kind != "person":
        if said.place is not None:
            chain.learn("country", *said.place)
        chain.learn("sectors", role.noun.sectors, scene.span(role.start, role.end))
        if said.body is not None and said.body is not chain:
            chain.learn("country", said.body.country, said.body_span)


def _qualifies(scene: Scene, i: int) -> bool:
    token = scene.doc[i]
    if token.is_space or token.lower_ in {"the", "a", "an"}:
        return False
    chain = scene.chain_of.get(i)
    if chain is not None and chain.kind != "state":
        return False
    role = role_at(scene.doc, i, scene.lexicon)
    if role is not None:
        return role.noun.kind != "person" and not role.noun.plural
    return (
        token.text in HYPHENS
        or token.lower_ in {"based", "headquartered"}
        or token.pos_ in {"ADJ", "PROPN"}
        or (token.pos_ == "NOUN" and token.tag_ == "NN" and token.dep_ == "compound")
    )


def office_mark(kind: str) -> str:
    """The lemma that stands for an office of a kind, so that "foreign minister" meets "Minister of Foreign Affairs"."""
    return f"({kind})"


def recall_lexicon(scene: Scene) -> None:
    """What the lexicon knows of people: country; office, role and sectors on the article's date. The text goes first,
    but a country is the lexicon's: "US President" may also stand before the name of a guest."""
    for chain in scene.chains:
        entry = chain.entry
        if entry is None or entry.kind != "person":
            continue
        if entry.country is not None:
            chain.country = entry.country
            chain.evidence["country"] = (entry.row,)
        offices = scene.lexicon.offices(entry.id, scene.published)
        if scene.published is None:
            offices = tuple(office for office in offices if office.end is None)
        for office in scene.lexicon.offices(entry.id):
            said = chain.lemmas if office in offices else chain.past
            said |= {office.title.lower(), office.title.lower().split()[0], office_mark(office.kind)}
        if offices and (scene.published is not None or len(offices) == 1):
            chain.learn("role", offices[0].title, offices[0].row)
        if offices:
            chain.learn("sectors", offices[0].sectors, offices[0].row)
            chain.learn("country", offices[0].country, offices[0].row)
