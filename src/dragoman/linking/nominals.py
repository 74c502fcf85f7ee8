"""Nominals into chains: "the president", "the Russian military", "the two leaders", "the company", "his spokesman"."""

from __future__ import annotations

import re

from spacy.tokens import Token

from dragoman.annotate.syntax import preposition, subjects
from dragoman.linking.antecedents import Nominal, antecedent, armed_or_police, read_nominal
from dragoman.linking.attributes import apply
from dragoman.linking.chains import Chain, Scene
from dragoman.linking.salience import Log
from dragoman.linking.view import country_in_view, settle_country
from dragoman.records import ActorKind, Mention, Span

COUNTS = {"two": 2, "both": 2, "each": 2, "three": 3, "four": 4, "pair": 2, "duo": 2}
SKIPPED_DETERMINERS = frozenset({"no", "any", "every", "what", "which", "whichever", "whose"})


def link_nominal(scene: Scene, mention: Mention, log: Log) -> None:
    """Give a nominal its chain or chains, old or new, or leave it out where it names nobody."""
    nominal = read_nominal(scene, mention)
    counted = next((COUNTS[word] for word in (*nominal.determiners, nominal.lemma) if word in COUNTS), None)
    if counted is not None and _counts_members(scene, nominal):
        _link_counted(scene, nominal, counted, log)
    elif not nominal.determiners & SKIPPED_DETERMINERS and not _is_predicate(nominal.head):
        _link_one(scene, nominal, log)


def _link_one(scene: Scene, nominal: Nominal, log: Log) -> None:
    if _link_state(scene, nominal, log):
        return
    chain = antecedent(scene, nominal, log) if nominal.definite else _bare_police(nominal, log)
    if chain is not None:
        scene.add(nominal.mention, chain)
        chain.lemmas.add(nominal.lemma)
        if nominal.state is not None:
            chain.learn("country", nominal.state.country, nominal.said.state_span)
    elif _is_actor_of_its_own(scene, nominal):
        _new_nominal(scene, nominal, log)


def _counts_members(scene: Scene, nominal: Nominal) -> bool:
    """ "the two leaders", "both sides", "the two": not "two leaders", of whom nobody has heard."""
    if nominal.head.pos_ == "NUM":
        return True
    fixed = nominal.definite or bool({"both", "each"} & nominal.determiners)
    return fixed and nominal.lemma in scene.words.plurals


def _link_counted(scene: Scene, nominal: Nominal, count: int, log: Log) -> None:
    """The last coordination of so many of the kind, else the only two in view."""
    kind = "any" if nominal.head.pos_ == "NUM" else scene.words.plurals[nominal.lemma]
    at = nominal.mention.head
    members = log.coordinated(at, count, kind) or (log.only_two(at, kind) if count == 2 else ())
    if members:
        scene.add_group(nominal.mention, members)


def _is_predicate(head: Token) -> bool:
    """ "as a leader", "is a man", "became president": said of somebody else, and no mention of its own."""
    if preposition(head) == "as" or any(child.dep_ == "cop" for child in head.lefts):
        return True
    return head.dep_ == "xcomp" or (head.dep_ == "obj" and head.head.lemma_ in {"become", "remain"})


def _link_state(scene: Scene, nominal: Nominal, log: Log) -> bool:
    """ "the German authorities", "the Biden administration", "the government" are the state itself."""
    vague = {"a", "an", "no", "any", "some"} & nominal.determiners
    if nominal.lemma not in scene.words.lists.state_bodies or vague:
        return False
    state = nominal.state
    if state is None and nominal.lemma in {"government", "authority", "authorities", "regime", "administration"}:
        rivals = _subjects_of_its_clause(scene, nominal.head)
        state = _state_in_view(scene, nominal.mention, log, rivals)
        if state is None and (found := country_in_view(scene, nominal.head, log)) is not None:
            state = scene.state(found[0])
        if state in rivals:
            state = None
    if state is None or state.kind != "state":
        return False
    scene.add(nominal.mention, state)
    return True


def _subjects_of_its_clause(scene: Scene, head: Token) -> list[Chain]:
    """Those whom an object cannot be: in "Canada accused the government" the government is not Canada's."""
    if head.dep_ not in {"obj", "iobj", "obl"}:
        return []
    chains = (scene.chain_of.get(subject.i) for subject in subjects(head.head))
    return [chain for chain in chains if chain is not None]


def _state_in_view(scene: Scene, mention: Mention, log: Log, rivals: list[Chain]) -> Chain | None:
    """The one state that the sentence and the one before speak of, rivals apart; None where there are two or none."""
    recent = [chain for chain in log.recent(mention.head, sentences=1) if chain not in rivals]
    seen = [chain for chain in recent if chain.kind == "state"]
    if not seen:
        countries = {chain.country for chain in recent if chain.country}
        seen = [chain for chain in scene.chains if chain.kind == "state" and chain.country in countries]
    return seen[0] if len(seen) == 1 else None


def _bare_police(nominal: Nominal, log: Log) -> Chain | None:
    """ "officers" after "police": without an article, but the same force."""
    if nominal.indefinite or nominal.state is not None or nominal.noun is None or "COP" not in nominal.noun.sectors:
        return None
    return armed_or_police(nominal, log)


def _is_actor_of_its_own(scene: Scene, nominal: Nominal) -> bool:
    """Whether a nominal that nobody was named for is worth an actor: not "global markets" or "powerful allies"."""
    lists, noun, lemma = scene.words.lists, nominal.noun, nominal.lemma
    placed = nominal.state is not None or nominal.owner is not None
    if noun is None:
        return lemma in lists.held_regions
    if lemma == "opposition" and any(preposition(child) == "to" for child in nominal.head.rights):
        return False
    if noun.phrase in lists.unspecific or (lemma in lists.unspecific and " " not in noun.phrase):
        return lemma in lists.held_regions and any(child.lower_ in lists.holders for child in nominal.head.lefts)
    if noun.kind == "person" and not noun.sectors and not placed:
        return lemma == "source"
    named = any(child.pos_ == "PROPN" and child.dep_ in {"compound", "amod", "flat"} for child in nominal.head.lefts)
    foreign = any(child.lower_ == "foreign" for child in nominal.head.lefts)
    return placed or named or foreign or lemma not in lists.vague or " " in noun.phrase


def _new_nominal(scene: Scene, nominal: Nominal, log: Log) -> None:
    """A chain of its own; the same words later in the article join it, unless they are indefinite or a person's."""
    known = _known_body(scene, nominal)
    if known is not None:
        scene.add(nominal.mention, known)
        return
    name = _plain(scene.doc[nominal.start : nominal.head.i + 1].text)
    chain = Chain(kind=_kind_of(nominal), name=name, plural=nominal.many, indefinite=nominal.indefinite)
    twin = next(
        (each for each in scene.chains if not each.named and each.slug == chain.slug and each.kind == chain.kind), None
    )
    again = twin is not None and (not nominal.indefinite or _is_only_announced(scene, twin))
    if twin is not None and again and (nominal.owner is None or nominal.owner.kind != "person"):
        scene.add(nominal.mention, twin)
        return
    scene.add(nominal.mention, chain)
    _describe_new(scene, chain, nominal, log)


def _is_only_announced(scene: Scene, chain: Chain) -> bool:
    """Named by the headline or the summary alone: the "a suicide bomber" of the lead is the headline's own."""
    blocks = (scene.annotated.article.block_at(mention.start) for mention in chain.mentions)
    return all(block is not None and block.kind in {"title", "summary"} for block in blocks)


def _describe_new(scene: Scene, chain: Chain, nominal: Nominal, log: Log) -> None:
    apply(chain, nominal.said)
    chain.lemmas.add(nominal.lemma)
    owner = nominal.owner
    if owner is not None and owner is not chain:
        chain.learn("country", owner.country, _span_of(scene, owner, nominal.mention))
    if nominal.noun is None:
        chain.learn("sectors", ("REB",), scene.span(nominal.start, nominal.head.i + 1))
    settle_country(scene, chain, nominal.mention, log)


def _span_of(scene: Scene, owner: Chain, mention: Mention) -> Span:
    near = min(owner.mentions, key=lambda each: abs(each.start - mention.start))
    return scene.span(near.head, near.head + 1)


def _kind_of(nominal: Nominal) -> ActorKind:
    if nominal.noun is None:
        return "group"
    return "group" if nominal.many and nominal.noun.kind == "person" else nominal.noun.kind


def _plain(text: str) -> str:
    return re.sub(r"^(?:the|a|an|this|that|these|those)\s+", "", text, flags=re.IGNORECASE)


def _known_body(scene: Scene, nominal: Nominal) -> Chain | None:
    """The lexicon's own body for "the Russian military" in its many words: "Russian forces", "the army of Russia"."""
    noun, state = nominal.noun, nominal.state
    if noun is None or state is None or state.kind != "state" or noun.kind == "person" or noun.sectors != ("MIL",):
        return None
    entry = scene.lexicon.entry(f"{state.country}MIL")
    return scene.of_entry(entry) if entry is not None else None
