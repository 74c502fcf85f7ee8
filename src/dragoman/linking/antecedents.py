"""Whom a definite noun means: "the president", "the bloc", "the rebels", "the country", "the Hamas movement"."""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Token

from dragoman.annotate.actor_phrases import role_at
from dragoman.annotate.syntax import preposition, subjects
from dragoman.lexicon.actors import RoleNoun
from dragoman.linking.attributes import Description, describe, office_mark, role_end
from dragoman.linking.chains import Chain, Scene, lemma_of
from dragoman.linking.salience import Log, compatible_place, is_clause_subject
from dragoman.records import Mention

FAR, NEAR, EVER = 12, 4, 40
"""Sentences that a noun reaches back: for a role that was told, for one that was not, for the same noun again."""
OTHERS = {"neighbour": "state", "neighbor": "state", "rival": "person", "opponent": "person", "challenger": "person"}
"""Nouns that, owned by one of two, mean the other."""
MARKED_SECTORS = frozenset({"REB", "PRM", "UAF", "COP", "CRM"})
ARMED = frozenset({"REB", "PRM", "UAF"})
"""One and the same force is "rebels", "militiamen" and "attackers"."""
_TIME_OF_OFFICE = re.compile(r"^(?:former|ex|acting|late|outgoing|new|incoming)[ -]+")
_PREMODIFIERS = frozenset({"amod", "compound", "nummod", "nmod:desc"})


class Nominal(NamedTuple):
    """A nominal mention with all that its own words say. `start` is its first token."""

    mention: Mention
    head: Token
    start: int
    lemma: str
    noun: RoleNoun | None
    determiners: frozenset[str]
    definite: bool
    indefinite: bool
    plural: bool
    said: Description
    owner: Chain | None
    state: Chain | None

    @property
    def many(self) -> bool:
        """True where "they" can take the noun up: plurals, and singular nouns for groups ("the opposition")."""
        return self.plural or (self.noun is not None and self.noun.kind == "group")


def read_nominal(scene: Scene, mention: Mention) -> Nominal:
    """What the words of a nominal say: its role noun, its determiners, the state and the owner it belongs to."""
    head, start = scene.doc[mention.head], scene.first_token(mention)
    role = role_at(scene.doc, mention.head, scene.lexicon)
    noun = role.noun if role is not None else None
    said = describe(scene, start, role_end(scene, mention.head))
    owner = _owner(scene, head)
    sender = _sender(scene, head) if noun is not None and "MIL" in noun.sectors and owner is None else None
    definite, lemma = _is_definite(scene, head), lemma_of(head)
    words = {child.lower_ for child in head.lefts if child.dep_ in {"det", "nummod", "det:predet", "cc:preconj"}}
    if lemma == "side" and definite and head.tag_ == "NNS":
        words.add("both")
    return Nominal(
        mention=mention, head=head, start=start, lemma=lemma, noun=noun, determiners=frozenset(words),
        definite=definite,
        indefinite=any(
            child.lower_ in scene.words.lists.indefinite or child.dep_ == "nummod" for child in head.lefts
        ),
        plural=head.tag_ in {"NNS", "NNPS"},
        said=said, owner=owner, state=said.state or _state_of(scene, owner or sender),
    )  # fmt: skip


def _is_definite(scene: Scene, head: Token) -> bool:
    for child in head.lefts:
        if child.lower_ in {"the", "this", "that", "these", "those"} or child.dep_ == "nmod:poss":
            return True
        if child.lower_ in scene.words.lists.indefinite or child.dep_ == "nummod":
            return False
    return False


def _owner(scene: Scene, head: Token) -> Chain | None:
    """The possessor: "Putin's spokesman", "his spokesman", "a spokesman for the ministry", "head of the IMF"."""
    possessors = [child for child in head.children if child.dep_ == "nmod:poss"]
    behind = [
        child
        for child in head.rights
        if child.dep_ == "nmod" and preposition(child) in {"of", "for", "at", "from", "with"}
    ]
    before = [child for child in head.lefts if child.dep_ in {"compound", "nmod", "nmod:desc"}]
    return next(
        (scene.chain_of[child.i] for child in (*possessors, *behind, *before) if child.i in scene.chain_of), None
    )


def _sender(scene: Scene, head: Token) -> Chain | None:
    """Whose troops they are in "Moscow sent troops": the sender's."""
    if head.dep_ != "obj" or head.head.lemma_.lower() not in scene.words.lists.sending:
        return None
    found = [scene.chain_of[each.i] for each in subjects(head.head) if each.i in scene.chain_of]
    return found[0] if len(found) == 1 and found[0].country else None


def _state_of(scene: Scene, owner: Chain | None) -> Chain | None:
    """The state that an owner is, or that a person of state belongs to."""
    if owner is None or owner.kind == "state":
        return owner
    return scene.state(owner.country) if owner.country else None


def antecedent(scene: Scene, nominal: Nominal, log: Log) -> Chain | None:
    """Whom a definite noun means among those named before; None where nobody fits without doubt."""
    if (own := _own_name(scene, nominal)) is not None:
        return own
    if _holds_a_name(scene, nominal.head):
        return None
    pointed = None if nominal.plural else scene.words.pointers.get(nominal.lemma)
    if nominal.lemma in OTHERS and nominal.owner is not None and not nominal.plural:
        return _the_other(nominal, OTHERS[nominal.lemma], log)
    if pointed == "state":
        return _state(scene, nominal, log)
    if nominal.noun is not None and nominal.noun.kind == "person" and not nominal.plural:
        return _person(scene, nominal, nominal.noun, log)
    if scene.words.pointers.get(nominal.lemma) is None and nominal.lemma in scene.words.lists.unspecific:
        return None
    return (
        _same_noun(scene, nominal, log)
        or armed_or_police(nominal, log)
        or (None if nominal.plural else _body(scene, nominal, log))
    )


def _own_name(scene: Scene, nominal: Nominal) -> Chain | None:
    """ "the Hamas movement", "the ruling Pheu Thai party": the noun only says what the name before it is."""
    if nominal.lemma not in scene.words.lists.apposed:
        return None
    for child in nominal.head.lefts:
        chain = scene.chain_of.get(child.i)
        if chain is not None and child.dep_ in {"compound", "amod", "flat"} and chain.kind in {"organization", "group"}:
            return chain if "IGO" not in chain.sectors else None
    return None


def _holds_a_name(scene: Scene, head: Token) -> bool:
    """True for "the Viv Ansanm alliance" where nobody knows the name: it is new, and nobody's."""
    return any(
        child.pos_ == "PROPN" and child.i not in scene.chain_of and child.dep_ in {"compound", "amod", "nmod", "flat"}
        for child in head.lefts
    )


def _the_other(nominal: Nominal, kind: str, log: Log) -> Chain | None:
    """ "its neighbour", "his rival": the only other one of the kind in view."""
    recent = log.recent(nominal.mention.head, 2)
    others = [chain for chain in recent if chain.kind == kind and chain.named and chain is not nominal.owner]
    return others[0] if len(others) == 1 else None


def _state(scene: Scene, nominal: Nominal, log: Log) -> Chain | None:
    """ "the country": the state most in view that is not the subject of the same clause; "that country": the last."""
    if nominal.lemma in {"neighbour", "neighbor", "island", "archipelago"}:
        return None
    at = nominal.mention.head
    found = log.recent(at, sentences=2) if "that" in nominal.determiners else log.ranked(at, sentences=2)
    if (owner := nominal.owner) is not None and owner.kind == "person" and owner.country is not None:
        return scene.state(owner.country)
    states = (chain for chain in found if chain.kind == "state" and not is_clause_subject(scene, at, chain, log))
    if (last := next(states, None)) is not None or scene.home is None or nominal.owner is not None:
        return last
    home = scene.state(scene.home[0])
    return home if home is not None and not is_clause_subject(scene, at, home, log) else None


def _same_noun(scene: Scene, nominal: Nominal, log: Log) -> Chain | None:
    """The last group or body that was called by the same noun; what else the noun says must have been said of it."""
    state, at = nominal.state, nominal.mention.head
    owned = nominal.owner is not None and nominal.owner is not state
    kept = [child for child in nominal.head.lefts if child.dep_ in _PREMODIFIERS and child.i not in scene.chain_of]
    said = {child.lower_ for child in kept} - {"same", "new"}
    for chain in log.recent(at, sentences=EVER):
        if nominal.lemma not in chain.lemmas or chain.named or chain.kind == "person":
            continue
        if chain.plural != nominal.many or (chain.indefinite and owned):
            continue
        if state is not None and chain.country != state.country and (chain.country is not None or owned):
            continue
        if said <= {word for mention in chain.mentions for word in mention.text.lower().split()}:
            return chain
    return None


def armed_or_police(nominal: Nominal, log: Log) -> Chain | None:
    """ "the rebels", "the militia", "officers" after the name of the one such force in view."""
    marked = set(nominal.noun.sectors) & MARKED_SECTORS if nominal.noun is not None else set[str]()
    if marked & ARMED:
        marked |= ARMED
    state = nominal.state
    fitting = [
        chain
        for chain in (log.recent(nominal.mention.head, sentences=FAR) if marked else [])
        if chain.kind != "person" and not chain.indefinite and marked & set(chain.sectors)
        and (state is None or chain.country == state.country)
    ]  # fmt: skip
    unnamed = [chain for chain in fitting if not chain.named]
    return fitting[0] if len(fitting) == 1 else unnamed[0] if unnamed else None


def _person(scene: Scene, nominal: Nominal, noun: RoleNoun, log: Log) -> Chain | None:
    """Who holds the role: told apart by country, else the last one of whom it was said."""
    place = nominal.state or nominal.owner
    country = place.country if place is not None else None
    gender = scene.words.gender_of_title(nominal.lemma)
    fitting = [
        chain
        for chain in log.recent(nominal.mention.head, sentences=FAR)
        if chain.kind == "person" and not chain.plural and chain is not nominal.owner
        and (country is None or chain.country in {None, country})
        and (gender is None or chain.gender in {None, gender})
        and _holds(scene, chain, nominal, noun)
    ]  # fmt: skip
    if not fitting:
        return _without_role(scene, nominal, country, gender, log)
    if country is not None:
        known = [chain for chain in fitting if chain.country == country]
        return known[0] if known else fitting[0] if len(fitting) == 1 else None
    return next((chain for chain in fitting if compatible_place(scene, nominal.mention.head, chain, log)), None)


def _holds(scene: Scene, chain: Chain, nominal: Nominal, noun: RoleNoun) -> bool:
    """Whether the role was said of a chain in these or like words; "the leader" is said of any head of state."""
    phrase = _TIME_OF_OFFICE.sub("", noun.phrase)
    held = chain.lemmas | chain.past if nominal.said.former else chain.lemmas
    offices = {office_mark(noun.office)} if noun.office not in {None, "other", "head"} else set[str]()
    if phrase == "leader":
        plain = not any(
            child.dep_ in {"compound", "amod"} and child.i not in scene.chain_of for child in nominal.head.lefts
        )
        return bool({"leader"} & held or (plain and held & scene.words.lists.leaders))
    if " " in phrase:
        return bool(({phrase} | offices) & held)
    return bool(({phrase, nominal.lemma} | offices) & held)


def _without_role(scene: Scene, nominal: Nominal, country: str | None, gender: str | None, log: Log) -> Chain | None:
    """News often names a person first and says the office later ("Olaf Scholz ... The German chancellor"): the only
    person of the last sentences of whom no role and no other country is known."""
    text, at = nominal.mention.text, nominal.mention.head
    if nominal.head.dep_ not in {"nsubj", "nsubj:pass", "obj"} or not (country or text[:1] == "T" or "former" in text):
        return None
    found = [
        chain
        for chain in log.recent(at, sentences=NEAR)
        if chain.kind == "person" and chain.named and not chain.lemmas and chain.country in {None, country}
        and (gender is None or chain.gender in {None, gender})
    ]  # fmt: skip
    return found[0] if len(found) == 1 and compatible_place(scene, at, found[0], log) else None


def _body(scene: Scene, nominal: Nominal, log: Log) -> Chain | None:
    """ "the commission", "the army": a body whose name or description has the noun; "the company": one that can be."""
    at, lemma = nominal.mention.head, nominal.lemma
    country = nominal.state.country if nominal.state is not None else None
    for chain in log.recent(at, sentences=8):
        fits = chain.kind in {"organization", "group"} and (country is None or chain.country in {None, country})
        if fits and (lemma in chain.lemmas or _names_itself(chain, lemma)):
            return chain
    if scene.words.pointers.get(lemma) != "organization":
        return None
    near = [
        chain
        for chain in log.ranked(at, sentences=6)
        if chain.kind == "organization" and chain.named and _can_be(scene, chain, lemma)
        and (country is None or chain.country in {None, country})
    ]  # fmt: skip
    return near[0] if near and (len(near) == 1 or lemma not in {"group", "body", "office"}) else None


def _names_itself(chain: Chain, lemma: str) -> bool:
    """ "the commission" after "European Commission", "the army" after "Sudanese army": a word of the name."""
    names = {mention.text.lower() for mention in chain.mentions if mention.form == "name"} | {chain.name.lower()}
    plain = lemma.replace("organis", "organiz")
    return chain.named and any(plain in name.replace("organis", "organiz").split() for name in names)


def _can_be(scene: Scene, chain: Chain, lemma: str) -> bool:
    """Whether a body of these sectors is called so; a body of unknown sector may be called many things, but no bloc."""
    nouns, sectors = scene.words.nouns_of_sector, set(chain.sectors)
    if not sectors:
        return lemma in nouns["unknown"]
    if lemma in {"organization", "organisation", "body", "institution", "agency"} and not {"JRN", "BUS"} & sectors:
        return True
    return any(lemma in nouns.get(sector, ()) for sector in sectors)
