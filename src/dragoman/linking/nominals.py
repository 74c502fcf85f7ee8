"""Nominals into chains: "the president", "the Russian military", "the two leaders", "the company", "his spokesman"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from dragoman.annotate.actor_phrases import is_locative, role_at
from dragoman.annotate.syntax import preposition, subjects
from dragoman.lexicon.actors import RoleNoun
from dragoman.linking.attributes import apply, country_of_place, describe, office_mark, role_end
from dragoman.linking.chains import Chain, Scene, lemma_of
from dragoman.linking.salience import Log, compatible_place, is_clause_subject
from dragoman.records import ActorKind, Mention, Span

COUNTS = {"two": 2, "both": 2, "each": 2, "three": 3, "four": 4, "pair": 2, "duo": 2}
LEADERS = frozenset({"president", "prime minister", "premier", "chancellor", "king", "emperor", "leader", "ruler", "minister", "chairman", "secretary", "taoiseach", "emir", "sultan", "prince"})
FAR = 12
"""Sentences that a definite noun reaches back for a person; in the news a nominal renews a name of the last paragraphs."""
SKIPPED_DETERMINERS = frozenset({"no", "any", "every", "what", "which", "whichever", "whose"})
LOCAL_SECTORS = frozenset({"COP", "MIL", "LEG", "JUD", "OPP", "GOV", "REB", "PRM", "SEP", "CVL", "LAB", "CRM", "UAF", "PTY"})


def link_nominal(scene: Scene, mention: Mention, log: Log) -> None:
    """Give a nominal its chain, an old one or a new one, or leave it out where it names nobody."""
    head = scene.doc[mention.head]
    lemma = lemma_of(head)
    determiners = {child.lower_ for child in head.lefts if child.dep_ in {"det", "nummod", "det:predet", "cc:preconj"}}
    definite = _is_definite(head, scene)
    if lemma == "side" and definite and head.tag_ == "NNS":
        determiners.add("both")
    counted = next((COUNTS[word] for word in (*determiners, lemma) if word in COUNTS), None)
    if counted is not None and (lemma in scene.words.plurals or head.pos_ == "NUM") and (definite or "both" in determiners or "each" in determiners or head.pos_ == "NUM"):
        if _link_counted(scene, mention, counted, "any" if head.pos_ == "NUM" else scene.words.plurals[lemma], log):
            return
        return
    if determiners & SKIPPED_DETERMINERS or _is_predicate(head):
        return
    role = role_at(scene.doc, mention.head, scene.lexicon)
    start = _first(scene, mention)
    said = describe(scene, start, role_end(scene, mention.head))
    owner = _owner(scene, head)
    state = said.state or _state_of(scene, owner or (_sender(scene, head) if role is not None and "MIL" in role.noun.sectors else None))
    vague = any(child.lower_ in {"a", "an", "no", "any", "some"} for child in head.lefts)
    if lemma in scene.words.lists.state_bodies and not vague and _link_state(scene, mention, state, lemma, log):
        return
    counted_new = _is_indefinite(head, scene)
    if not definite and not counted_new and role is not None and "COP" in role.noun.sectors and state is None:
        if (chain := _of_sector(mention, role.noun, None, log)) is not None:
            scene.add(mention, chain)
            return
    if definite and (chain := _antecedent(scene, mention, lemma, role.noun if role else None, state, owner, log)) is not None:
        scene.add(mention, chain)
        chain.lemmas.add(lemma)
        if state is not None and chain.country is None:
            chain.learn("country", state.country, said.state_span)
        return
    if _is_actor_of_its_own(scene, head, lemma, role.noun if role else None, state, owner):
        _new_nominal(scene, mention, role.noun if role else None, owner, state, not counted_new, start)


def _is_actor_of_its_own(
    scene: Scene, head: Token, lemma: str, noun: RoleNoun | None, state: Chain | None, owner: Chain | None
) -> bool:
    """Whether a nominal that nobody was named for is worth an actor: not "global markets" or "powerful allies"."""
    lists = scene.words.lists
    if lemma == "opposition" and any(preposition(child) == "to" for child in head.rights):
        return False
    if noun is None:
        return lemma in lists.held_regions
    if lemma in lists.unspecific or noun.phrase in lists.unspecific:
        return lemma in lists.held_regions and any(child.lower_ in lists.holders for child in head.lefts)
    if noun.kind == "person" and not noun.sectors and not (state or owner):
        return lemma == "source"
    if any(child.pos_ == "PROPN" and child.dep_ in {"compound", "amod", "flat"} for child in head.lefts):
        return True
    return state is not None or owner is not None or not (lemma in lists.vague and noun.phrase.split()[-1] == noun.phrase)


def _first(scene: Scene, mention: Mention) -> int:
    i = mention.head
    while i > 0 and scene.doc[i - 1].idx >= mention.start:
        i -= 1
    return i


def _is_predicate(head: Token) -> bool:
    """"as a leader", "is a man", "became president": said of somebody else, and no mention of its own."""
    if preposition(head) == "as" or any(child.dep_ == "cop" for child in head.lefts):
        return True
    return head.dep_ == "xcomp" or (head.dep_ == "obj" and head.head.lemma_ in {"become", "remain"})


def _is_definite(head: Token, scene: Scene) -> bool:
    for child in head.lefts:
        if child.lower_ in {"the", "this", "that", "these", "those"} or child.dep_ == "nmod:poss":
            return True
        if child.lower_ in scene.words.lists.indefinite or child.dep_ == "nummod":
            return False
    return False


def _is_indefinite(head: Token, scene: Scene) -> bool:
    """True for "a", "some", "five": somebody new, however the words repeat."""
    return any(child.lower_ in scene.words.lists.indefinite or child.dep_ == "nummod" for child in head.lefts)


def _owner(scene: Scene, head: Token) -> Chain | None:
    """The possessor: "Putin's spokesman", "his spokesman", "a spokesman for the ministry", "head of the IMF"."""
    for child in head.children:
        if child.dep_ == "nmod:poss" and child.i in scene.chain_of:
            return scene.chain_of[child.i]
    for child in head.rights:
        if child.dep_ == "nmod" and preposition(child) in {"of", "for", "at", "from", "with"} and child.i in scene.chain_of:
            return scene.chain_of[child.i]
    for child in head.lefts:
        if child.dep_ in {"compound", "nmod", "nmod:desc"} and child.i in scene.chain_of:
            return scene.chain_of[child.i]
    return None


SENDING = frozenset({"send", "deploy", "mass", "amass", "withdraw", "pull", "mobilise", "mobilize", "move", "station", "dispatch", "commit", "rotate", "redeploy", "order", "move"})


def _sender(scene: Scene, head: Token) -> Chain | None:
    """Whose troops they are in "Moscow sent troops": the sender's."""
    if head.dep_ != "obj" or head.head.lemma_.lower() not in SENDING:
        return None
    found = [scene.chain_of[each.i] for each in subjects(head.head) if each.i in scene.chain_of]
    return found[0] if len(found) == 1 and found[0].country else None


def _state_of(scene: Scene, owner: Chain | None) -> Chain | None:
    """The state that an owner is, or that a person of state belongs to."""
    if owner is None or owner.kind == "state":
        return owner
    return scene.state(owner.country) if owner.country else None


def _link_state(scene: Scene, mention: Mention, state: Chain | None, lemma: str, log: Log) -> bool:
    """"the German authorities", "the Biden administration", "the government" are the state itself."""
    if state is None and lemma in {"government", "authority", "authorities", "regime", "administration"}:
        state = _state_in_view(scene, mention, log)
    if state is None or state.kind != "state":
        return False
    scene.add(mention, state)
    return True


def _state_in_view(scene: Scene, mention: Mention, log: Log) -> Chain | None:
    """The one state that the sentence and the one before speak of; None where there are two or none."""
    seen = {id(chain): chain for chain in log.recent(mention.head, sentences=1) if chain.kind == "state"}
    if not seen:
        countries = {chain.country for chain in log.recent(mention.head, sentences=1) if chain.country}
        seen = {id(chain): chain for chain in scene.chains if chain.kind == "state" and chain.country in countries}
    return next(iter(seen.values())) if len(seen) == 1 else None


def _link_counted(scene: Scene, mention: Mention, count: int, kind: str, log: Log) -> bool:
    """"the two leaders", "both sides": the last coordination of so many of the kind, else the two most in view."""
    members = log.coordinated(mention.head, count, kind) or (log.most_salient_pair(mention.head, kind) if count == 2 else ())
    if not members:
        return False
    scene.add_group(mention, members)
    return True


def _antecedent(
    scene: Scene, mention: Mention, lemma: str, noun: RoleNoun | None, state: Chain | None, owner: Chain | None, log: Log
) -> Chain | None:
    """Whom a definite noun means among those named before; None where nobody fits without doubt."""
    plural = scene.doc[mention.head].tag_ in {"NNS", "NNPS"}
    if (own := _own_name(scene, mention, lemma)) is not None:
        return own
    if any(child.pos_ == "PROPN" and child.i not in scene.chain_of and child.dep_ in {"compound", "amod", "nmod", "flat"} for child in scene.doc[mention.head].lefts):
        return None
    pointed = scene.words.pointers.get(lemma)
    if lemma in {"neighbour", "neighbor"} and owner is not None and not plural:
        others = [chain for chain in log.recent(mention.head, 2) if chain.kind == "state" and chain is not owner]
        return others[0] if len(others) == 1 else None
    if pointed == "state" and not plural:
        return _pointed(scene, mention, "state", lemma, state, log)
    if noun is not None and noun.kind == "person" and not plural:
        return _person(scene, mention, lemma, noun, state, owner, log)
    if pointed is None and lemma in scene.words.lists.unspecific:
        return None
    same = [chain for chain in log.recent(mention.head, sentences=40) if lemma in chain.lemmas and not chain.named and chain.kind != "person" and chain.plural == plural]
    owned = owner is not None and owner is not state
    same = [
        chain
        for chain in same
        if not chain.indefinite or not owned
        if state is None or chain.country == state.country or (chain.country is None and not owned)
    ]  # fmt: skip
    if same:
        return same[0]
    if noun is not None and (chain := _of_sector(mention, noun, state, log)) is not None:
        return chain
    return _pointed(scene, mention, "organization", lemma, state, log) if pointed == "organization" and not plural else None


APPOSED = frozenset(
    {"party", "alliance", "movement", "group", "militia", "company", "firm", "newspaper", "daily", "agency", "organization",
     "organisation", "network", "channel", "faction", "coalition", "magazine", "broadcaster", "airline", "website", "station"}
)  # fmt: skip


def _own_name(scene: Scene, mention: Mention, lemma: str) -> Chain | None:
    """"the Hamas movement", "the ruling Pheu Thai party": the noun only says what the name before it is."""
    if lemma not in APPOSED:
        return None
    for child in scene.doc[mention.head].lefts:
        chain = scene.chain_of.get(child.i)
        if chain is not None and child.dep_ in {"compound", "amod", "flat"} and chain.kind in {"organization", "group"}:
            return chain if "IGO" not in chain.sectors else None
    return None


MARKED_SECTORS = frozenset({"REB", "PRM", "UAF", "COP", "CRM"})


def _of_sector(mention: Mention, noun: RoleNoun, state: Chain | None, log: Log) -> Chain | None:
    """"the rebels", "the militia" after the name of the one armed group in view."""
    marked = set(noun.sectors) & MARKED_SECTORS
    fitting = [
        chain
        for chain in (log.recent(mention.head, sentences=12) if marked else [])
        if chain.kind != "person" and not chain.indefinite and marked & set(chain.sectors)
        and (state is None or chain.country == state.country)
    ]
    unnamed = [chain for chain in fitting if not chain.named]
    return fitting[0] if len(fitting) == 1 else unnamed[0] if unnamed else None


def _person(
    scene: Scene, mention: Mention, lemma: str, noun: RoleNoun, state: Chain | None, owner: Chain | None, log: Log
) -> Chain | None:
    phrase = re.sub(r"^(?:former|ex|ex-|acting|late|outgoing|new|incoming) ?-?", "", noun.phrase)
    wanted = {phrase, lemma} | ({office_mark(noun.office)} if noun.office not in {None, "other", "head"} else set())
    country = state.country if state is not None else owner.country if owner is not None else None
    gender = scene.words.gender_of_title(lemma)
    plain_leader = phrase == "leader" and not any(
        child.dep_ in {"compound", "amod"} and child.i not in scene.chain_of for child in scene.doc[mention.head].lefts
    )
    fitting = []
    for chain in log.recent(mention.head, sentences=FAR):
        if chain.kind != "person" or chain.plural or chain is owner:
            continue
        said = wanted & chain.lemmas or (plain_leader and chain.lemmas & LEADERS)
        if not said or (country is not None and chain.country not in {None, country}):
            continue
        if " " in phrase and not {phrase, office_mark(noun.office or "other")} & chain.lemmas and lemma != "leader":
            continue
        if gender is None or chain.gender in {None, gender}:
            fitting.append(chain)
    if not fitting:
        return _without_role(scene, mention, country, gender, log)
    if country is not None:
        known = [chain for chain in fitting if chain.country == country]
        return known[0] if known else fitting[0] if len(fitting) == 1 else None
    return next((chain for chain in fitting if compatible_place(scene, mention.head, chain, log)), None)


def _without_role(scene: Scene, mention: Mention, country: str | None, gender: str | None, log: Log) -> Chain | None:
    """News often names a person first and says the office later ("Olaf Scholz ... The German chancellor"): the only
    person of the last sentences of whom no role and no other country is known."""
    if scene.doc[mention.head].dep_ not in {"nsubj", "nsubj:pass", "obj"} or (country is None and mention.text[:1] != "T" and "former" not in mention.text):
        return None
    open_ones = [
        chain
        for chain in log.recent(mention.head, sentences=4)
        if chain.kind == "person" and chain.named and not chain.lemmas and chain.country in {None, country}
        and (gender is None or chain.gender in {None, gender})
    ]  # fmt: skip
    return open_ones[0] if len(open_ones) == 1 and compatible_place(scene, mention.head, open_ones[0], log) else None


def _pointed(scene: Scene, mention: Mention, kind: str, lemma: str, state: Chain | None, log: Log) -> Chain | None:
    """"the country", "the organization": the last of that kind in this sentence or the three before."""
    if kind == "state":
        if lemma in {"neighbour", "neighbor", "island", "archipelago"}:
            return None
        found = [chain for chain in log.ranked(mention.head, sentences=2) if chain.kind == "state" or (chain.kind == "person" and chain.country)]
        if any(child.lower_ == "that" for child in scene.doc[mention.head].lefts):
            found = log.recent(mention.head, sentences=2)
        states = [chain for chain in found if chain.kind == "state" and not is_clause_subject(scene, mention.head, chain, log)]
        return states[0] if states else None
    exact = [chain for chain in log.recent(mention.head, sentences=8) if chain.kind in {"organization", "group"} and (lemma in chain.lemmas or _names_itself(chain, lemma))]
    if exact:
        return exact[0]
    near = [chain for chain in log.ranked(mention.head, sentences=6) if chain.kind == "organization" and chain.named and _can_be(chain, lemma)]
    if state is not None:
        near = [chain for chain in near if chain.country in {None, state.country}]
    return near[0] if near and (len(near) == 1 or lemma not in {"group", "body", "office"}) else None


def _names_itself(chain: Chain, lemma: str) -> bool:
    """"the commission" after "European Commission": the noun is a word of the name."""
    return chain.named and re.search(rf"\b{re.escape(lemma)}", chain.name.lower().replace("organis", "organiz")) is not None and lemma.replace("organis", "organiz") in chain.name.lower().replace("organis", "organiz").split()


_ARMED = frozenset({"group", "movement", "organization", "organisation", "militia", "faction", "party", "network"})
BY_SECTOR = {
    "BUS": frozenset({"company", "firm", "corporation", "conglomerate", "manufacturer", "producer", "carmaker", "automaker", "utility", "airline", "operator", "bank", "lender", "fund", "group"}),
    "JRN": frozenset({"newspaper", "daily", "paper", "magazine", "broadcaster", "channel", "station", "network", "outlet", "website", "agency"}),
    "REB": _ARMED, "PRM": _ARMED, "UAF": _ARMED, "OPP": _ARMED, "SEP": _ARMED,
    "PTY": frozenset({"party", "movement", "group", "faction", "organization", "organisation", "bloc", "alliance"}),
    "NGO": frozenset({"organization", "organisation", "group", "charity", "watchdog", "institute", "foundation"}),
    "IGO": frozenset({"organization", "organisation", "bloc", "alliance", "body", "union", "grouping", "group", "forum", "cartel", "agency", "court", "fund", "lender", "bank"}),
}  # fmt: skip


def _can_be(chain: Chain, lemma: str) -> bool:
    """Whether a body of these sectors is called so; a body of unknown sector may be called anything but a bloc."""
    if not chain.sectors:
        return lemma in BY_SECTOR["BUS"] | {"organization", "organisation", "group", "agency", "party", "movement", "institution", "charity", "institute", "think-tank"}
    if lemma in {"organization", "organisation", "body", "institution", "agency"} and "JRN" not in chain.sectors and "BUS" not in chain.sectors:
        return True
    return any(lemma in BY_SECTOR.get(sector, frozenset()) for sector in chain.sectors)


def _new_nominal(
    scene: Scene, mention: Mention, noun: RoleNoun | None, owner: Chain | None, state: Chain | None, same: bool, start: int
) -> None:
    """A chain of its own; the same definite words later in the article join it."""
    head = scene.doc[mention.head]
    plural = head.tag_ in {"NNS", "NNPS"} or (noun is not None and noun.kind == "group")
    known = _known_body(scene, noun, state)
    name = _plain(scene.doc[start : mention.head + 1].text)
    chain = known or Chain(kind=_kind_of(noun, plural), name=name, plural=plural, indefinite=not same)
    twin = next((each for each in scene.chains if not each.named and each.slug == chain.slug and each.kind == chain.kind), None)
    if known is None and twin is not None and same and (owner is None or owner.kind != "person"):
        scene.add(mention, twin)
        return
    scene.add(mention, chain)
    if known is not None:
        return
    apply(chain, describe(scene, start, role_end(scene, mention.head)))
    chain.role = None if chain.kind != "person" else chain.role
    chain.lemmas.add(lemma_of(head))
    if owner is not None and owner is not chain:
        chain.learn("country", owner.country, _span_of(scene, owner, mention))
    if chain.kind == "group" and noun is None:
        chain.learn("sectors", ("REB",), scene.span(start, mention.head + 1))
    _country_around(scene, chain, head)


def _country_around(scene: Scene, chain: Chain, head: Token) -> None:
    """The country of a force, crowd or office that is named without one: that of a place beside the noun ("police in
    Nairobi"), of the only place where the sentence plays, or of nearly all that the article speaks of."""
    if chain.country is not None or not LOCAL_SECTORS & set(chain.sectors):
        return
    beside = [child for child in head.rights if child.dep_ == "nmod" and preposition(child) in {"in", "of", "from"}]
    scenery = [token for token in head.sent if token.text[:1].isupper() and is_locative(token, scene.words)]
    for places in (beside, scenery):
        countries = {country: place for place in places if (country := country_of_place(scene, place)) is not None}
        if len(countries) == 1:
            country, place = next(iter(countries.items()))
            chain.learn("country", country, scene.span(place.i, place.i + 1))
            return
    if (home := scene.home()) is not None:
        chain.learn("country", *home)


def _span_of(scene: Scene, owner: Chain, mention: Mention) -> Span:
    near = min(owner.mentions, key=lambda each: abs(each.start - mention.start))
    return scene.span(near.head, near.head + 1)


def _kind_of(noun: RoleNoun | None, plural: bool) -> ActorKind:
    if noun is None:
        return "group"
    return "group" if plural and noun.kind == "person" else noun.kind


def _plain(text: str) -> str:
    return re.sub(r"^(?:the|a|an|this|that|these|those)\s+", "", text, flags=re.IGNORECASE)


def _known_body(scene: Scene, noun: RoleNoun | None, state: Chain | None) -> Chain | None:
    """The lexicon's own body for "the Russian military" in its many words: "Russian forces", "the army of Russia"."""
    if noun is None or state is None or state.kind != "state" or noun.kind == "person" or noun.sectors != ("MIL",):
        return None
    entry = scene.lexicon.entry(f"{state.country}MIL")
    if entry is None:
        return None
    old = next((chain for chain in scene.chains if chain.entry is not None and chain.entry.id == entry.id), None)
    return old or Chain(kind=entry.kind, name=entry.name, entry=entry, country=entry.country, sectors=entry.sectors, named=True, evidence={"country": (entry.row,), "sectors": (entry.row,)})

