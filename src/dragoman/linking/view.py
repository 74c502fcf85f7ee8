"""The country in view: whose "the Senate", "the defence minister" or "the police" are where no word beside says it.

News names the country once and then drops it. In order of nearness: a place beside the noun ("parliament in
Wellington"), the sentence's opening ("In Belgrade, ..."), the state that acts earlier in the sentence or paragraph, and
the setting of the whole article: the country that its dateline, title and words speak of most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.annotate.actor_phrases import is_locative, is_sponsor
from dragoman.annotate.syntax import clause_head, preposition
from dragoman.linking.attributes import PLAIN, POLITICAL
from dragoman.linking.chains import Chain, Scene, lemma_of
from dragoman.linking.names import is_common_name
from dragoman.linking.salience import PASSIVE_SUBJECT, Log, Seen, governor
from dragoman.records import Mention, Span

LOCAL_SECTORS = frozenset(
    {"COP", "MIL", "LEG", "JUD", "OPP", "GOV", "REB", "PRM", "SEP", "CVL", "LAB", "CRM", "UAF", "PTY", "SPY", "ELI",
     "AGR", "EDU", "MED", "HLH", "REL", "SOC", "JRN"}
)  # fmt: skip
"""Sectors of actors that belong to the country that the story is about, where nothing else is said of them."""
SEATED = frozenset({"GOV", "LEG", "JUD", "SPY", "PTY", "JRN"})
"""Sectors of actors that speak from a capital; others are where the sentence plays."""
CIRCLES = frozenset({"BUS", "PTY", "LAB", "REB", "PRM", "NGO", "REL"})
"""Sectors of people who speak for the body of theirs that the text has named."""
ELECTED = frozenset(
    {
        "president",
        "vice president",
        "leader",
        "chairman",
        "chairwoman",
        "secretary general",
        "secretary-general",
        "secretary",
    }
)
"""Heads of states and of clubs alike."""
STATE_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
NEARBY = 4
GUESTS = frozenset({"ambassador", "embassy", "envoy", "consul", "consulate", "counterpart", "diplomat"})


def settle_country(scene: Scene, chain: Chain, mention: Mention, log: Log) -> None:
    """Give an actor without a country its owner's, else the country in view, with the words that say so."""
    if chain.country is not None or chain.kind == "state" or chain.entry is not None:
        return
    owner = _owner(scene, chain) if chain.kind == "person" and chain.named else None
    if owner is None and set(chain.sectors[:1]) & CIRCLES:
        owner = _circle(chain, mention, log)
    if owner is not None:
        _learn_from(scene, chain, owner, mention)
        owner.learn(
            "sectors", tuple(sorted(POLITICAL & set(chain.sectors))), scene.span(mention.head, mention.head + 1)
        )
    if chain.country is None and _is_local(scene, chain):
        head = scene.doc[mention.head]
        fixed = bool(SEATED & set(chain.sectors)) or chain.kind == "person"
        found = None if fixed else _beside(scene, head) or _scenery(scene, head)
        found = found or country_in_view(scene, head, log)
        if found is not None:
            chain.learn("country", *found)


def country_in_view(scene: Scene, head: Token, log: Log) -> tuple[str, Span] | None:
    """The country that an institution, office or crowd named at `head` belongs to, and the words that tell it."""
    return (
        _beside(scene, head)
        or _opening(scene, head)
        or _acting(scene, head, log)
        or scene.home
        or _scenery(scene, head)
    )


def _is_local(scene: Scene, chain: Chain) -> bool:
    """True for actors of a country: not for bodies between states, nor for experts and guests from anywhere."""
    sectors, lists = set(chain.sectors), scene.words.lists
    if not sectors & LOCAL_SECTORS or ({"IGO", "NGO"} & sectors and not STATE_SECTORS & sectors):
        return False
    if "IGO" in sectors or chain.lemmas & lists.unplaced:
        return False
    return chain.kind != "person" or bool(chain.lemmas)


# ---------------------------------------------------------------- owners


def _owner(scene: Scene, chain: Chain) -> Chain | None:
    """Whose "its leader, X", "the party's spokesman, X" or "army chief X" a person is."""
    heads = {mention.head for mention in chain.mentions if mention.form == "nominal"}
    heads |= {i for i, bearer in scene.titles.items() if bearer is chain}
    heads |= {mention.head for mention in chain.mentions if mention.form == "name"}
    for i in sorted(heads):
        for child in scene.doc[i].children:
            owns = child.dep_ == "nmod:poss" or (child.i < i and child.dep_ in {"compound", "amod", "nmod:desc"})
            held = child.i > i and child.dep_.startswith("nmod") and preposition(child) in {"of", "for", "at"}
            found = scene.chain_of.get(child.i) if owns or held else None
            if found is not None and found is not chain and found.kind != "person":
                return found
    return None


def _circle(chain: Chain, mention: Mention, log: Log) -> Chain | None:
    """Whose "chief executive X", "party leader X" or "union leader X" is, where no word says it: the last body of that
    sector that was spoken of."""
    if chain.kind == "state" or (chain.named and chain.kind != "person"):
        return None
    sectors = CIRCLES & set(chain.sectors)
    if not sectors or not (chain.kind == "person" or not chain.plural):
        return None
    near = (each for each in log.recent(mention.head, 3) if each is not chain and each.kind == "organization")
    return next((each for each in near if sectors & set(each.sectors)), None)


def _learn_from(scene: Scene, chain: Chain, owner: Chain, mention: Mention) -> None:
    near = min(owner.mentions, key=lambda each: abs(each.start - mention.start), default=None)
    span = scene.span(near.head, near.head + 1) if near is not None else None
    chain.learn("country", owner.country, span)
    if owner.kind == "state":
        return
    if not owner.sectors:
        if owner.named and owner.entry is None and chain.sectors == ("GOV",) and chain.lemmas & ELECTED:
            chain.sectors = ("CVL",)  # "the president of the Growers' Front" heads no state
        return
    if "IGO" in owner.sectors or set(chain.sectors) <= PLAIN | {"PTY"}:
        chain.sectors = owner.sectors
        chain.evidence["sectors"] = (span,) if span is not None else ()


# ---------------------------------------------------------------- near at hand


def _one(scene: Scene, places: Iterable[Token]) -> tuple[str, Span] | None:
    """The country of the places, where they tell but one."""
    found = {country: place for place in places if (country := place_country(scene, place)) is not None}
    if len(found) != 1:
        return None
    country, place = next(iter(found.items()))
    return country, scene.span(place.i, place.i + 1)


def place_country(scene: Scene, token: Token) -> str | None:
    """The country of a place named at a token: None for that of a sponsor."""
    if not token.text[:1].isupper() or is_sponsor(token, scene.words):
        return None
    return scene.country_at(token)


def _beside(scene: Scene, head: Token) -> tuple[str, Span] | None:
    """ "police in Nairobi", "told parliament in Wellington", "the Los Angeles police"."""
    doc = head.doc
    places = [child for child in head.rights if child.dep_ == "nmod" and preposition(child) in {"in", "of", "from"}]
    places += [child for child in head.lefts if child.dep_ in {"compound", "nmod:poss", "nmod", "nmod:desc"}]
    if head.i + 2 < len(doc) and doc[head.i + 1].lower_ == "in":
        places += [token for token in doc[head.i + 2 : head.i + 4] if token.dep_ in {"obl", "nmod"}]
    return _one(scene, places)


def _opening(scene: Scene, head: Token) -> tuple[str, Span] | None:
    """ "In Belgrade, ...": where the sentence, or one before it in the paragraph, says that it plays."""
    doc, at = head.doc, head.sent.start
    while at < head.i and (doc[at].is_space or doc[at].is_punct):
        at += 1
    if doc[at].lower_ not in {"in", "at"}:
        return None
    return _one(scene, [token for token in doc[at + 1 : min(at + NEARBY, head.i)] if is_locative(token, scene.words)])


def _scenery(scene: Scene, head: Token) -> tuple[str, Span] | None:
    """The only country that the places of the sentence lie in: that of crowds and rebels, who have no seat."""
    return _one(scene, [token for token in head.sent if token.text[:1].isupper() and is_locative(token, scene.words)])


def _acting(scene: Scene, head: Token, log: Log) -> tuple[str, Span] | None:
    """The state, or the state's officer or body, that last acted before in the paragraph: "China's foreign ministry
    denied it. A ministry spokesman ..."; in the same sentence only beside the main verb: "..., the ministry said"."""
    for each, distance in log.before(head.i, 3):
        if scene.paragraph[each.head] != scene.paragraph[head.i]:
            return None
        if each.weight < PASSIVE_SUBJECT or len(each.chains) != 1 or not _acts_for_state(each):
            continue
        if distance == 0 and not _beside_the_main_verb(scene, head, each):
            continue
        country = each.chains[0].country
        if country is None or _shared(each, distance, log, head):
            return None
        return country, scene.span(each.head, each.head + 1)
    return None


def _shared(seen: Seen, distance: int, log: Log, head: Token) -> bool:
    """True where actors of two countries act together: "the Indian minister and his Indonesian counterpart"."""
    doc = head.doc
    verb = governor(doc[seen.head])
    fellows = (each for each, far in log.before(head.i, distance) if far == distance and len(each.chains) == 1)
    countries = {each.chains[0].country for each in fellows if governor(doc[each.head]) == verb}
    return len(countries - {None}) > 1 and doc[seen.head].dep_ == "conj"


def _acts_for_state(seen: Seen) -> bool:
    chain = seen.chains[0]
    if GUESTS & chain.lemmas or GUESTS & set(chain.name.lower().split()):
        return False
    return chain.country is not None and (chain.kind == "state" or bool(STATE_SECTORS & set(chain.sectors)))


def _beside_the_main_verb(scene: Scene, head: Token, seen: Seen) -> bool:
    verb, other = clause_head(head), clause_head(scene.doc[seen.head])
    if verb == other or head.dep_ not in {"nsubj", "nsubj:pass"}:
        return False
    return verb.dep_ in {"ROOT", "parataxis", "conj"} or other.is_ancestor(verb) is False


# ---------------------------------------------------------------- the setting of an article

TITLE, TITLE_FIRST, DATELINE, OPENING, LEAD, REST = 2, 4, 5, 4, 2, 1
ADJECTIVE, GUEST = 0.5, -1
"""What a demonym counts against the name of the land, and a country that has an ambassador here."""
SHARE, MARGIN, LEAST, HOST_SHARE = 0.4, 1.25, 3, 0.25
_DASH = re.compile(r"^[^.]{0,60}?\s*(?:--|[—–]|\s-)\s")


class _Told(NamedTuple):
    """A country told by a token, how much that counts, and whether it is where the report was written."""

    country: str
    worth: float
    host: bool = False


def setting_of(scene: Scene) -> tuple[str, Span] | None:
    """The country that an article is about: that of its dateline where the text speaks of it too, else that which
    title, first sentences and all names tell. None where two countries share it."""
    told = _told(scene)
    sums: dict[str, float] = {}
    for each in told.values():
        sums[each.country] = sums.get(each.country, 0) + each.worth
    ranked = sorted(sums, key=lambda country: -sums[country])
    if not ranked:
        return None
    total, second = sum(sums.values()), sums[ranked[1]] if len(ranked) > 1 else 0
    host = next((each.country for each in told.values() if each.host), None)
    home = ranked[0] if sums[ranked[0]] >= max(LEAST, SHARE * total, MARGIN * second) else None
    if host is not None and sums[host] >= max(LEAST, HOST_SHARE * total, HOST_SHARE * sums[ranked[0]]):
        home = host
    if home is None:
        return None
    i = max((i for i in told if told[i].country == home), key=lambda i: (told[i].worth, -i))
    return home, scene.span(i, i + 1)


def _told(scene: Scene) -> dict[int, _Told]:
    """Token -> the country that it tells: places, states and their people, bodies and persons of the lexicon. A name of
    several words ("the Philippine Coast Guard") tells it once."""
    told: dict[int, _Told] = {}
    titled = False
    for i, (country, label) in sorted(_named_countries(scene).items()):
        if any(i - near in told and told[i - near].country == country for near in (1, 2, 3)):
            continue
        kind = scene.kind[i]
        host = kind == "dateline" or _in_dateline(scene, i)
        told[i] = _Told(country, _worth(scene, i, label, host=host, first=not titled), host)
        titled = titled or kind == "title"
    return told


def _named_countries(scene: Scene) -> dict[int, tuple[str, str]]:
    """Token -> the country and what tells it: "place", "adjective" or "actor"."""
    named = {i: (country, "place") for i, country in scene.place_of.items()}
    for mention in scene.mentions:
        entry = scene.lexicon.entry(mention.entry) if mention.entry is not None else None
        if entry is None or entry.country is None or is_common_name(scene, mention.text):
            continue
        label = "adjective" if mention.label == "NORP" else "place" if entry.kind == "state" else "actor"
        if mention.head not in named:
            named[mention.head] = (entry.country, label)
    opening = next((token for token in scene.doc if scene.sentence[token.i] == scene.lead and token.is_alpha), None)
    if opening is not None and opening.text.isupper() and opening.i not in named:
        country = scene.country_of_name(opening.text.title())
        if country is not None and _in_dateline(scene, opening.i):
            named[opening.i] = (country, "place")
    return named


def _worth(scene: Scene, i: int, label: str, *, host: bool, first: bool) -> float:
    if host:
        return DATELINE
    token, kind = scene.doc[i], scene.kind[i]
    if token.dep_ in {"amod", "compound", "nmod:poss", "nmod:desc"} and lemma_of(token.head) in GUESTS:
        return GUEST
    if kind == "title":
        worth = TITLE_FIRST if first else TITLE
    elif kind in {"body", "summary"} and scene.sentence[i] <= scene.lead + 1:
        worth = OPENING if label == "place" and _is_scene(scene, i) else LEAD
    elif label == "adjective":  # after the lead only foreign offices need a country: "the Chinese minister"
        return 0
    else:
        worth = REST
    return worth if label == "place" else worth * ADJECTIVE


def _is_scene(scene: Scene, i: int) -> bool:
    """True for a place where something happens: "in the town of Zvecan", "Kenya's north"."""
    if i not in scene.place_of:
        return False
    token = scene.doc[i]
    return is_locative(token, scene.words) or is_locative(token.head, scene.words)


def _in_dateline(scene: Scene, i: int) -> bool:
    """True for a place at the beginning of a paragraph, before a dash."""
    if scene.kind[i] != "body":
        return False
    doc, start = scene.doc, i
    while start > 0 and scene.paragraph[start - 1] == scene.paragraph[i] and not doc[start - 1].is_space:
        start -= 1
        if i - start > 3:
            return False
    opening = _DASH.match(scene.annotated.article.text[doc[start].idx : doc[start].idx + 80])
    return opening is not None and doc[i].idx < doc[start].idx + opening.end()
