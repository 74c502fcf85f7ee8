"""Mentions -> actors: coreference over the whole article, and what the text and the lexicon say of each actor."""

from __future__ import annotations

import datetime as dt

from dragoman.annotate import Annotated
from dragoman.annotate.actor_phrases import is_locative, is_modifier
from dragoman.lexicon.actor_words import load_actor_words
from dragoman.lexicon.actors import ActorLexicon
from dragoman.linking.attributes import describe_bodies, describe_people, join_nominals, recall_lexicon
from dragoman.linking.chains import Chain, Scene, make_scene
from dragoman.linking.names import link_names
from dragoman.linking.nominals import link_nominal
from dragoman.linking.pronouns import link_pronoun, link_speakers
from dragoman.linking.salience import Log
from dragoman.linking.view import setting_of, settle_country
from dragoman.records import LinkedActors, Mention, Place


def link_actors(
    annotated: Annotated,
    mentions: tuple[Mention, ...],
    lexicon: ActorLexicon,
    published: dt.date | None,
    places: tuple[Place, ...] = (),
) -> LinkedActors:
    """Group mentions into actors, with country, sectors and role at the date of publication.

    Names first, over the whole article; then titles and appositions; then nominals and pronouns in the order of the
    text, each with what was read before it in view. `published` None: offices are told by the text alone. `places`:
    those of the article, which tell where unnamed offices and forces belong.
    """
    scene = make_scene(annotated, mentions, lexicon, load_actor_words(), published, places)
    scene.home = setting_of(scene)
    link_names(scene)
    describe_bodies(scene)
    for _ in range(2):
        describe_people(scene)
        join_nominals(scene)
    recall_lexicon(scene)
    _read_on(scene)
    link_speakers(scene)
    _drop_mere_places(scene)
    return _records(scene)


def _read_on(scene: Scene) -> None:
    log = Log(scene)
    lone = {mention.head for mention in scene.mentions if _is_lone_demonym(scene, mention)}
    for mention in sorted(scene.mentions, key=lambda each: (each.head, each.end - each.start)):
        if mention.head in lone:
            _to_person_of(scene, mention, log)
        if mention.head not in scene.chain_of and mention.head not in scene.members:
            if mention.form == "nominal" and mention.head not in scene.titles:
                link_nominal(scene, mention, log)
            elif mention.form == "pronoun":
                link_pronoun(scene, mention, log)
        if mention.head in scene.members:
            log.note(mention.head, scene.members[mention.head])
        elif mention.head in scene.chain_of:
            settle_country(scene, scene.chain_of[mention.head], mention, log)
            log.note(mention.head, (scene.chain_of[mention.head],))


def _is_lone_demonym(scene: Scene, mention: Mention) -> bool:
    """ "the Hungarian said": a demonym in the singular without a noun, for one person."""
    head = scene.doc[mention.head]
    if mention.label != "NORP" or mention.form != "name" or head.tag_ in {"NNS", "NNPS"} or mention.text.endswith("s"):
        return False
    return head.dep_ in {"nsubj", "obj", "iobj", "nsubj:pass", "nmod:poss"} and any(
        child.lower_ == "the" for child in head.lefts
    )


def _to_person_of(scene: Scene, mention: Mention, log: Log) -> None:
    state = scene.chain_of.get(mention.head)
    if state is None or state.kind != "state" or state.country is None or mention not in state.mentions:
        return
    people = [
        chain for chain in log.recent(mention.head, 3) if chain.kind == "person" and chain.country == state.country
    ]
    if people:
        state.mentions.remove(mention)
        scene.add(mention, people[0])


def _drop_mere_places(scene: Scene) -> None:
    """A state that is only ever a place ("held in Uzbekistan") is no actor."""
    for chain in list(scene.chains):
        if chain.kind != "state":
            continue
        if all(
            mention.form == "name"
            and is_locative(scene.doc[mention.head], scene.words)
            and not is_modifier(scene.doc[mention.head])
            for mention in chain.mentions
        ):
            scene.chains.remove(chain)
            for mention in chain.mentions:
                scene.chain_of.pop(mention.head, None)


def _records(scene: Scene) -> LinkedActors:
    ids = _ids(scene)
    by_token: dict[int, str] = {}
    inner: dict[int, str] = {}
    for head, chain in scene.titles.items():
        if chain in ids:
            by_token[head] = ids[chain]
    for mention in sorted(scene.mentions, key=lambda each: each.start - each.end):
        owner = scene.chain_of.get(mention.head)
        if owner is not None and owner in ids:
            _mark(scene, mention, ids[owner], by_token, inner)
    groups = {head: tuple(ids[chain] for chain in chains if chain in ids) for head, chains in scene.members.items()}
    chains = sorted(ids, key=lambda chain: min(mention.start for mention in chain.mentions))
    return LinkedActors(
        actors=tuple(chain.record(ids[chain]) for chain in chains), by_token=by_token, inner=inner, groups=groups
    )


def _mark(scene: Scene, mention: Mention, actor_id: str, by_token: dict[int, str], inner: dict[int, str]) -> None:
    """Tokens of a mention stand for its actor; a qualifier inside a longer mention or a title goes to `inner`."""
    doc = scene.doc
    i = mention.head
    while i > 0 and doc[i - 1].idx >= mention.start:
        i -= 1
    while i < len(doc) and doc[i].idx < mention.end:
        nested = by_token.get(i, actor_id) != actor_id or (is_modifier(doc[mention.head]) and i in by_token)
        qualifies = doc[mention.head].dep_ in {"amod", "compound", "nmod:desc"} and (
            nested or doc[mention.head].head.i in scene.titles
        )
        if qualifies:
            inner[i] = actor_id
            title = scene.titles.get(doc[mention.head].head.i)
            by_token.setdefault(i, by_token.get(doc[mention.head].head.i, actor_id) if title is not None else actor_id)
        else:
            by_token[i] = actor_id
        i += 1


def _ids(scene: Scene) -> dict[Chain, str]:
    """Ids: the lexicon's where it knows the actor, else `x:<article_id>:<slug>`, numbered where slugs meet."""
    ids: dict[Chain, str] = {}
    taken: set[str] = set()
    for chain in scene.chains:
        if not chain.mentions:
            continue
        plain = chain.entry.id if chain.entry is not None else f"x:{scene.annotated.article.article_id}:{chain.slug}"
        actor_id, number = plain, 1
        while actor_id in taken:
            number += 1
            actor_id = f"{plain}-{number}"
        taken.add(actor_id)
        ids[chain] = actor_id
    return ids
