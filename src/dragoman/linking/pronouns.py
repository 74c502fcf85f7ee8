"""Pronouns into chains, by number, gender, grammar, quotation and salience; unlinked where nobody clearly fits."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.annotate.syntax import SUBJECT, children, clause_head, subjects
from dragoman.linking.chains import Chain, Scene
from dragoman.linking.salience import OBJECT as OBJECT_WEIGHT
from dragoman.linking.salience import PASSIVE_SUBJECT, Log, compatible_place
from dragoman.records import Mention

GENDER = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
SPEAKER = frozenset({"i", "me", "my", "mine", "myself"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
SAME_SENTENCE = 1.5
"""How much more a body weighs for "it" and "its" that is already the subject in the sentence."""
LOCAL_SUBJECT = 1.3
"""How much more a person weighs for "his" and "her" who is the subject of the same clause."""
KNOWN_GENDER = 1.2
"""A person whose gender is known weighs so much more than one whose gender is only not known to differ."""


def link_pronoun(scene: Scene, mention: Mention, log: Log) -> None:
    """Give a third-person pronoun its chain or chains; leave it where nobody fits."""
    word = mention.text.lower()
    token = scene.doc[mention.head]
    if word in REFLEXIVE and _link_reflexive(scene, mention, token):
        return
    if token.dep_ in {"nsubj", "nsubj:pass"} and (chain := _own_words(scene, token, word)) is not None:
        scene.add(mention, chain)
        return
    if word in GENDER:
        _link_personal(scene, mention, token, GENDER[word], log)
    elif word in NEUTER:
        _link_neuter(scene, mention, token, log)
    elif word in PLURAL:
        _link_plural(scene, mention, token, log)


def _own_words(scene: Scene, token: Token, word: str) -> Chain | None:
    """ "The bloc said it would": the subject of reported speech is the speaker, where number and kind allow."""
    clause = clause_head(token)
    verb = clause.head
    before = (
        scene.doc[token.i - 2 if scene.doc[token.i - 1].lower_ == "that" else token.i - 1] if token.i > 1 else token
    )
    if clause.dep_ != "ccomp" and before.pos_ == "VERB":
        verb = before
    elif clause.dep_ != "ccomp":
        return None
    if verb.lemma_.lower() not in scene.words.lists.speech or scene.quote[token.i] != scene.quote[verb.i]:
        return None
    speakers = children(verb, SUBJECT) or subjects(verb)
    found = list(
        dict.fromkeys(scene.chain_of[each.i] for each in speakers if each.i in scene.chain_of and each.i < token.i)
    )
    if len(found) != 1 or any(child.dep_ == "conj" for each in speakers for child in each.children):
        return None
    chain = found[0]
    if word in GENDER:
        fits = chain.kind == "person" and not chain.plural and chain.gender in {None, GENDER[word]}
        if fits:
            chain.gender = GENDER[word]  # type: ignore[assignment]
        return chain if fits else None
    if word in NEUTER:
        return chain if chain.collective and not chain.plural else None
    return chain if chain.plural or chain.kind == "organization" else None


def _link_reflexive(scene: Scene, mention: Mention, token: Token) -> bool:
    found = list(
        dict.fromkeys(scene.chain_of[each.i] for each in subjects(clause_head(token)) if each.i in scene.chain_of)
    )
    if len(found) == 1:
        scene.add(mention, found[0])
        return True
    return False


def _candidates(scene: Scene, token: Token, log: Log) -> list[tuple[float, Chain]]:
    """Chains by salience that the grammar and the quotation marks allow here."""
    single = token.lower_ in NEUTER
    scores = log.scores(token.i, 3, single=single) or log.scores(token.i, 5, single=single)
    barred = _possessed(scene, token) if token.dep_ == "nmod:poss" else _fellow_subjects(scene, token)
    allowed = [
        (score, chain)
        for chain, score in scores.items()
        if chain not in barred
        and (token.dep_ == "nmod:poss" or compatible_place(scene, token.i, chain, log))
        and _heard_here(scene, chain, token)
    ]
    return sorted(allowed, key=lambda pair: -pair[0])


def _possessed(scene: Scene, token: Token) -> set[Chain]:
    """Who is possessed: nobody is "his spokesman, Dmitry Peskov" to himself."""
    owned = [token.head, *(child for child in token.head.children if child.dep_ in {"appos", "flat"})]
    found = {scene.chain_of[each.i] for each in owned if each.i in scene.chain_of and each.i != token.i}
    return found | ({scene.titles[token.head.i]} if token.head.i in scene.titles else set())


def _fellow_subjects(scene: Scene, token: Token) -> set[Chain]:
    """The subjects of the verb that a pronoun is an object of, also where they stand before an earlier verb ("Ann met
    Bea and thanked her"): a plain pronoun never means them."""
    if token.dep_ not in {"obj", "iobj", "obl"} or token.lower_ in REFLEXIVE:
        return set()
    return {scene.chain_of[each.i] for each in subjects(token.head) if each.i in scene.chain_of}


def _heard_here(scene: Scene, chain: Chain, token: Token) -> bool:
    """Outside quotation marks nobody is meant whom only a quotation named; and what "it" or "they" means inside one
    is said inside it."""
    quote = scene.quote[token.i]
    earlier = [scene.quote[mention.head] for mention in chain.mentions if mention.head < token.i]
    if quote == 0:
        return 0 in earlier
    return token.lower_ in GENDER or quote in earlier


def _link_personal(scene: Scene, mention: Mention, token: Token, gender: str, log: Log) -> None:
    speaker = speaker_of(scene, token.i) if scene.quote[token.i] else None
    local = _clause_subjects(scene, token) if token.dep_ == "nmod:poss" else []
    ranked = []
    for score, chain in _candidates(scene, token, log):
        if chain.kind != "person" or chain.plural or chain.gender not in {None, gender} or chain is speaker:
            continue
        factor = (KNOWN_GENDER if chain.gender == gender else 1.0) * (LOCAL_SUBJECT if chain in local else 1.0)
        ranked.append((score * factor, chain))
    if ranked:
        chain = max(ranked, key=lambda pair: pair[0])[1]
        chain.gender = chain.gender or gender  # type: ignore[assignment]
        scene.add(mention, chain)


def _clause_subjects(scene: Scene, token: Token) -> list[Chain]:
    """Who acts in the clause of a possessive: "urged Rwanda to pull out its forces" speaks of Rwanda's."""
    found = [
        scene.chain_of[each.i] for each in subjects(clause_head(token)) if each.i in scene.chain_of and each.i < token.i
    ]
    return list(dict.fromkeys(found))


def _link_neuter(scene: Scene, mention: Mention, token: Token, log: Log) -> None:
    """ "it" and "its": the subject of the clause or sentence before, where that is a body or state; a plain noun that
    is the nearer subject takes the pronoun away."""
    subject_here = {
        chain
        for each, _ in log.before(token.i, 0)
        if each.weight >= PASSIVE_SUBJECT and len(each.chains) == 1
        for chain in each.chains
    }
    ranked = sorted(
        (
            (score * (SAME_SENTENCE if chain in subject_here else 1.0), chain)
            for score, chain in _candidates(scene, token, log)
            if chain.kind in {"state", "organization"} and not chain.plural
        ),
        key=lambda pair: -pair[0],
    )
    if not ranked:
        return
    local = [chain for chain in _clause_subjects(scene, token) if chain in {each for _, each in ranked}]
    if token.dep_ == "nmod:poss" and len(local) == 1:
        scene.add(mention, local[0])
        return
    score, chain = ranked[0]
    last = next((each for each, _ in log.before(token.i, 1) if chain in each.chains), None)
    if last is None or _thing_between(scene, last.head, token, plural=False):
        return
    strong = last.weight >= OBJECT_WEIGHT or (
        token.dep_ == "nmod:poss" and scene.sentence[last.head] == scene.sentence[token.i]
    )
    if strong and (len(ranked) == 1 or score > 1.15 * ranked[1][0]):
        scene.add(mention, chain)


def _thing_between(scene: Scene, start: int, token: Token, plural: bool) -> bool:
    """True where a noun that is no actor stands as subject between the antecedent and the pronoun, or is what the
    pronoun's own clause hangs on."""
    tags = {"NNS", "NNPS"} if plural else {"NN", "NNP"}
    for other in scene.doc[start + 1 : token.i]:
        if (
            other.tag_ in tags
            and other.dep_ in {"nsubj", "nsubj:pass"}
            and other.i not in scene.chain_of
            and other.i not in scene.members
            and other.i not in scene.titles
        ):
            return True
    return False


def _link_plural(scene: Scene, mention: Mention, token: Token, log: Log) -> None:
    """ "they": a group, several coordinated actors, or a body; things in the plural that are nearer take it away."""
    best: tuple[float, tuple[Chain, ...]] | None = None
    scores = log.scores(token.i, 2)
    for chains in log.coordinations(token.i, 1)[:2]:
        members = tuple(dict.fromkeys(chains))
        if (
            len(members) > 1
            and len({chain.kind for chain in members}) == 1
            and all(chain in scores for chain in members)
        ):
            score = 1.2 * sum(scores[chain] for chain in members) / len(members)
            best = max(best or (score, members), (score, members), key=lambda pair: pair[0])
    for score, chain in _candidates(scene, token, log):
        if chain.plural or (chain.kind == "organization" and not chain.named):
            factor = 1.0
        elif chain.collective and "JRN" not in chain.sectors:
            factor = 0.45
        else:
            continue
        if best is None or score * factor > best[0]:
            best = (score * factor, (chain,))
    if best is None:
        return
    last = next((each for each, _ in log.before(token.i, 3) if set(best[1]) & set(each.chains)), None)
    if last is None or _thing_between(scene, last.head, token, plural=True):
        return
    if len(best[1]) > 1:
        scene.add_group(mention, best[1])
    elif best[1][0].plural or last.weight >= PASSIVE_SUBJECT:
        scene.add(mention, best[1][0])


# ---------------------------------------------------------------- quotations


def speaker_of(scene: Scene, at: int) -> Chain | None:
    """The chain of who speaks the quotation around token `at`: the subject of the speech verb beside it."""
    number = scene.quote[at]
    doc = scene.doc
    inside = [i for i in range(max(0, at - 200), min(len(doc), at + 200)) if scene.quote[i] == number]
    for step, start in ((1, inside[-1] + 1), (-1, inside[0] - 1)):
        i = start
        while 0 <= i < len(doc) and abs(i - start) < 25 and "\n" not in doc[i].text:
            token = doc[i]
            if scene.quote[i] == 0 and token.pos_ == "VERB" and token.lemma_.lower() in scene.words.lists.speech:
                found = list(
                    dict.fromkeys(scene.chain_of[each.i] for each in subjects(token) if each.i in scene.chain_of)
                )
                return found[0] if len(found) == 1 else None
            if scene.quote[i] not in {0, number} or (step == 1 and token.text == "." and scene.quote[i] == 0):
                break
            i += step
    return None


def link_speakers(scene: Scene) -> None:
    """ "I" and "my" inside quotation marks are whoever is quoted."""
    for mention in scene.mentions:
        if mention.form == "pronoun" and mention.text.lower() in SPEAKER and scene.quote[mention.head]:
            chain = speaker_of(scene, mention.head)
            if chain is not None and chain.kind == "person":
                scene.add(mention, chain)
