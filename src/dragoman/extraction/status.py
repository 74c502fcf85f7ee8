"""Did it happen? The status of an event from tense, modals, governing words, negation, conditions and nominal cues.

The walk starts at the trigger and climbs the clauses above it; every governing word may change what is below it by its
effect in `status.csv`. Finite clauses below verbs of speech speak for themselves: whoever says it, only their own
tense, modals and negation count."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from spacy.tokens import Token

from dragoman.annotate.syntax import (
    auxiliaries,
    clause_head,
    is_negated,
    is_passive,
    modals,
    preposition,
    tense,
)
from dragoman.lexicon.predicates import Effect, Predicates
from dragoman.records import Status

CLIMB = 7  # clauses above the trigger that may still change its status
NOMINAL_ROLES = frozenset({"obj", "obl", "nmod", "nsubj:pass", "nsubj", "conj", "obl:agent", "iobj"})
CONDITION_WORDS = frozenset({"if", "unless", "once", "provided", "providing", "assuming", "lest"})
SUPPOSING = frozenset({"if", "unless", "provided", "providing", "assuming", "lest"})
DISMISSALS = frozenset({"deny", "reject", "dismiss", "refute", "rebuff", "dispute", "disprove", "debunk", "contradict",
                        "disclaim", "repudiate"})  # fmt: skip
OPEN = frozenset({"rule", "exclude", "preclude"})
"""What is not ruled out is possible, not done."""
PROPOSING = frozenset({"consider", "propose", "weigh", "mull", "threaten", "plan", "contemplate", "seek",
                       "discuss", "debate",
                       "urge", "want", "prepare", "plot", "demand", "advocate", "back", "favour", "favor", "float",
                       "draft", "design", "ponder", "suggest", "eye"})  # fmt: skip
RETELLS = frozenset({"say", "tell", "confirm", "announce", "report", "add", "note", "state", "claim", "reveal",
                     "declare",
                     "disclose", "write", "insist", "predict", "explain", "argue", "vow", "promise", "pledge",
                     "know"})  # fmt: skip
STAYING = frozenset(
    {"remain", "stay", "keep", "wait", "refuse", "continue", "suspend", "halt", "stop", "freeze", "withhold"}
)
"""What lasts "until" something else happens depends on it; what is merely done until then does not."""
ANSWERS = frozenset({"respond", "react", "retaliate", "answer", "reply"})
DENIALS = frozenset({"deny", "refute", "disclaim", "disprove", "doubt"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "advmod", "acl", "nmod:desc"})


@dataclasses.dataclass
class Mood:
    """A status, the words that it rests on, and the token that heads its condition."""

    status: Status
    cues: list[Token] = dataclasses.field(default_factory=list)
    condition: Token | None = None
    purpose: bool = False
    """True for what something was done for: "flew to Paris to meet"."""

    def became(self, status: Status, cue: Token | None = None, condition: Token | None = None) -> Mood:
        """The same walk with another status."""
        cues = [*self.cues, cue] if cue is not None else self.cues
        return Mood(status, cues, condition or self.condition, self.purpose)


def read_status(trigger: Token, predicates: Predicates, *, inward: bool = False) -> Mood:
    """The status of the event that `trigger` tells, whatever the calendar says. `inward`: the trigger only puts forward
    the event that its object names ("considers sanctions"), so that its own effect counts too."""
    mood = _mood(trigger, predicates, CLIMB)
    if inward and trigger.lemma_.lower() in PROPOSING and mood.status in {"occurred", "ongoing"}:
        mood = mood.became("possible", trigger)
    return mood


def is_condition(trigger: Token) -> bool:
    """True for what stands in a clause with "if" or "unless": it is a condition of something else, and nobody says
    that it is to happen."""
    clause = trigger if trigger.pos_ == "VERB" and trigger.dep_ != "xcomp" else clause_head(trigger)
    for _ in range(3):
        if clause.dep_ == "advcl" and _marker(clause) in SUPPOSING:
            return True
        if clause.dep_ not in {"xcomp", "conj"} or clause.head == clause:
            return False
        if clause.dep_ == "conj" and any(child.dep_ in {"nsubj", "nsubj:pass"} for child in clause.children):
            return False
        clause = clause_head(clause.head)
    return False


def asked(mood: Mood) -> Mood:
    """The same event in a question, which asserts nothing."""
    return mood.became("possible") if mood.status in {"occurred", "ongoing", "planned"} else mood


def condition_words(condition: Token) -> tuple[int, int]:
    """The characters of a condition: the whole clause or phrase that its head governs."""
    words: list[Token] = []
    for word in condition.subtree:
        if words and word.i > condition.i and _trails_off(word):
            break
        words.append(word)
    words = [word for word in words if not (word.is_space or word.is_punct)] or [condition]
    return words[0].idx, words[-1].idx + len(words[-1])


def _trails_off(word: Token) -> bool:
    """True where a comma and a participle or a source end a condition: ", deepening the rift", ", according to"."""
    after = word.doc[word.i + 1] if word.is_punct and word.text == "," and word.i + 1 < len(word.doc) else None
    return after is not None and (after.tag_ == "VBG" or after.lower_ == "according")


def _mood(token: Token, predicates: Predicates, climb: int) -> Mood:
    if token.pos_ in {"VERB", "AUX"} or token.tag_.startswith("VB") or any(c.dep_ == "cop" for c in token.children):
        mood = _verb_mood(token, predicates, climb)
    else:
        mood = _noun_mood(token, predicates, climb)
    return _with_condition(token, mood, predicates)


# --- verbs


def _verb_mood(verb: Token, predicates: Predicates, climb: int) -> Mood:
    """Finite verbs speak for themselves; the others take the mood of what governs them."""
    own = _finite_mood(verb, predicates, climb)
    if own is None:
        own = _governed_mood(verb, predicates, climb)
    negation = next((c for c in verb.children if c.lower_ in {"not", "n't", "never"} and c.dep_ == "advmod"), None)
    if is_negated(verb) and not {"should", "must"} & set(modals(verb)):
        return own.became("denied", negation)
    return _with_adverbs(verb, own, predicates)


def _finite_mood(verb: Token, predicates: Predicates, climb: int) -> Mood | None:
    names = modals(verb)
    aux = next((a for a in auxiliaries(verb) if a.tag_ == "MD"), None)
    time = tense(verb)
    if time == "none":
        return None
    if time == "future":
        return _below(verb, Mood("planned", [aux] if aux else []), predicates, climb)
    if (due := next((c for c in verb.children if c.lower_ == "due" and c.dep_ == "mark"), None)) is not None:
        return _below(verb, Mood("planned", [due]), predicates, climb)  # "was due to meet", as one word
    if names:
        if "would" in names:
            return _below(verb, _would(verb, aux), predicates, climb)
        return _below(verb, Mood("possible", [aux] if aux else []), predicates, climb)
    progressive = verb.tag_ == "VBG" or (is_passive(verb) and any(a.lower_ == "being" for a in auxiliaries(verb)))
    status: Status = "ongoing" if progressive and time in {"present", "perfect"} else "occurred"
    return _below(verb, Mood(status), predicates, climb)


def _dismissed(noun: Token, predicates: Predicates) -> Token | None:
    """The verb that dismisses the claim, report or charge that a clause hangs on: "rejected reports that ..."."""
    while noun.dep_ in {"nmod", "appos", "flat"} and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head  # "a report in the paper that ..."
    above = noun.head
    if noun.pos_ != "NOUN" or above.lemma_.lower() not in DISMISSALS or is_negated(above):
        return None
    if noun.dep_ not in {"obj", "nsubj:pass"}:
        return None
    known = predicates.is_a(noun.lower_, "accusation") or predicates.is_a(noun.lemma_.lower(), "accusation")
    return above if known else None


def _would(verb: Token, aux: Token | None) -> Mood:
    """ "Would" after a verb of speech in the past is the future retold; elsewhere it only imagines."""
    cues = [aux] if aux else []
    for above in verb.ancestors:
        if above.lemma_.lower() in RETELLS and tense(above) in {"past", "perfect"}:
            return Mood("planned", cues)
    return Mood("possible", cues)


def _below(verb: Token, mood: Mood, predicates: Predicates, climb: int) -> Mood:
    """A finite clause under a denial, a hope or a fear, or after "if"."""
    mark = _marker(verb)
    if mark in CONDITION_WORDS and verb.dep_ == "advcl":
        return mood.became("possible") if mood.status != "denied" else mood
    head = verb.head
    if verb.dep_ not in {"ccomp", "acl", "conj"} or head == verb or not climb:
        return mood
    if verb.dep_ == "conj":
        return mood
    lemma = head.lemma_.lower()
    if lemma in DENIALS and not is_negated(head):
        return mood.became("denied", head)
    if (denial := _dismissed(head, predicates)) is not None:
        return mood.became("denied", denial)
    effect = _effect(head, predicates)
    if effect in {"possible", "planned", "expected", "threat"} and mood.status in {"occurred", "ongoing"}:
        finite_past = tense(verb) in {"past", "perfect"}
        if not finite_past:
            return mood.became("possible" if effect != "expected" else "planned", head)
    if effect == "denied" and lemma not in {"reject", "oppose"} and verb.dep_ == "ccomp":
        return mood.became("denied", head)
    return mood


def _governed_mood(verb: Token, predicates: Predicates, climb: int) -> Mood:
    """Infinitives, gerunds and participles: what the word above makes of them."""
    head = verb.head
    if head == verb or not climb:
        return Mood("occurred")
    if verb.dep_ == "conj":
        return _mood(head, predicates, climb - 1)
    infinitive = any(c.lower_ == "to" and c.dep_ in {"mark", "case", "aux"} for c in verb.children)
    if verb.dep_ in {"acl", "acl:relcl", "amod"}:
        return _participle(verb, head, infinitive, predicates, climb)
    if verb.dep_ == "advcl":
        return _adverbial(verb, head, infinitive, predicates, climb)
    if verb.dep_ in {"xcomp", "ccomp", "csubj", "obj", "obl", "nmod"}:
        return _complement(head, infinitive, predicates, climb)
    if verb.dep_ in {"parataxis", "dep", "appos", "list"}:
        return Mood("planned" if infinitive and head.pos_ in {"NOUN", "PROPN"} else "occurred")
    return _mood(head, predicates, climb - 1) if head.pos_ in {"VERB", "AUX"} else Mood("occurred")


def _participle(verb: Token, head: Token, infinitive: bool, predicates: Predicates, climb: int) -> Mood:
    if (denial := _dismissed(head, predicates)) is not None:
        return Mood("denied", [denial])
    effect = _effect(head, predicates)
    if infinitive or (verb.tag_ == "VBG" and effect not in {None, "occurred"}):
        if effect is None:
            return Mood("possible", [head])
        return _apply(effect, head, predicates, climb)
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and head.dep_ in {"obj", "nsubj", "obl", "nsubj:pass"}:
        governor = _effect(head.head, predicates)
        if governor in {"possible", "denied"}:
            return _apply(governor, head.head, predicates, climb)
    return Mood("occurred")


def _adverbial(verb: Token, head: Token, infinitive: bool, predicates: Predicates, climb: int) -> Mood:
    mark = _marker(verb)
    if mark in CONDITION_WORDS:
        return Mood("possible")
    if not mark and verb.tag_ == "VBG" and head.lemma_.lower() in OPEN and _effect(head, predicates) == "denied":
        return _apply("denied", head, predicates, climb)
    if infinitive:
        return dataclasses.replace(_apply("possible", head, predicates, climb), purpose=True)
    if mark == "against":
        return Mood("possible", [head])
    if mark == "from" and _effect(head, predicates) == "denied":
        return _apply("denied", head, predicates, climb)
    if mark in {"without", "instead", "rather", "before"}:
        return Mood("denied" if mark != "before" else "occurred", [])
    if mark == "by":
        head = next((c for c in head.children if c.dep_ == "xcomp" and c.i < verb.i and c.tag_ == "VB"), head)
    above = _mood(head, predicates, climb - 1)
    if mark == "by" and head.lemma_.lower() in ANSWERS and above.status in {"planned", "possible"}:
        occasion = next(
            (c for c in head.children if c.dep_ == "obl" and preposition(c) in {"to", "for", "against"}), None
        )
        return above if occasion is None else above.became("conditional", head, occasion)
    if mark == "by" and above.status == "denied" and any(cue.lemma_.lower() in DISMISSALS for cue in above.cues):
        return Mood("occurred")  # what is rejected is the reading of the deed, not the deed
    return above if above.status != "denied" or mark == "by" else Mood("occurred")


def _complement(head: Token, infinitive: bool, predicates: Predicates, climb: int) -> Mood:
    lemma = head.lemma_.lower()
    if lemma == "go" and head.tag_ == "VBG" and infinitive:
        return _apply("planned", head, predicates, climb)
    if lemma == "be" and infinitive:
        return _apply("planned", head, predicates, climb)
    if lemma in DENIALS and not is_negated(head):
        return Mood("denied", [head])
    effect = _effect(head, predicates)
    if effect is None:
        return _apply("possible", head, predicates, climb) if infinitive else _mood(head, predicates, climb - 1)
    return _apply(effect, head, predicates, climb)


def _apply(effect: Effect, head: Token, predicates: Predicates, climb: int) -> Mood:
    """What an event becomes under a governing word that is itself asserted, planned, imagined or denied."""
    if effect in {"factive", "occurred", "ongoing", "would", "conditional"}:
        mood = _mood(head, predicates, climb - 1)
        return mood.became("ongoing", head) if effect == "ongoing" and mood.status == "occurred" else mood
    above = _mood(head, predicates, climb - 1)
    if effect == "denied":
        if above.status == "possible" and _marker(head) in CONDITION_WORDS:
            return above
        undone: Status = "possible" if head.lemma_.lower() in OPEN else "occurred"
        return above.became(undone if above.status == "denied" else "denied", head)
    if above.status == "denied":
        return above if effect != "possible" else above.became("denied", head)
    if effect in {"planned", "expected", "postponed"}:
        kept = above.status in {"possible", "conditional"}
        condition = None if kept else _condition(head, predicates)
        return above if kept else above.became("planned" if condition is None else "conditional", head, condition)
    if above.status == "conditional":
        return above
    condition = _condition(head, predicates)
    return above.became("possible" if condition is None else "conditional", head, condition)


def _effect(head: Token, predicates: Predicates) -> Effect | None:
    """The effect of a governing word; "likely to", "set to" and "expected to" work as adjectives too."""
    lemma = head.lemma_.lower()
    if head.pos_ == "NOUN" or head.tag_ in {"NN", "NNS"}:
        return predicates.effects.get((lemma, "n"))
    if head.pos_ == "ADJ":
        return predicates.effects.get((head.lower_, "a")) or predicates.effects.get((lemma, "a"))
    found = predicates.effects.get((lemma, "v"))
    if found == "postponed":
        return "planned"
    particles = {child.lower_ for child in head.children if child.dep_ in {"compound:prt", "advmod"}}
    if lemma == "rule" and "out" in particles:
        return "denied"
    if lemma == "call" and "off" in particles:
        return "denied"
    return found


# --- nouns


def _noun_mood(noun: Token, predicates: Predicates, climb: int) -> Mood:
    """Nominal events: by their modifiers, by the noun or verb that governs them; else taken for granted."""
    if any(child.lower_ in {"no", "neither"} and child.dep_ == "det" for child in noun.children):
        return Mood("denied", [child for child in noun.children if child.lower_ == "no"])
    for child in noun.children:
        if child.dep_ in MODIFIERS and child.i < noun.i:
            effect = predicates.effects.get((child.lower_, "a")) or predicates.effects.get((child.lemma_.lower(), "a"))
            if effect is not None:
                return Mood(_PLAIN[effect], [child])
    if not climb or noun.head == noun or noun.dep_ not in NOMINAL_ROLES:
        return Mood("occurred")
    if noun.dep_ == "conj":
        return _noun_mood(noun.head, predicates, climb - 1) if noun.head.pos_ == "NOUN" else Mood("occurred")
    return _noun_governed(noun, noun.head, predicates, climb)


_PLAIN: dict[Effect, Status] = {
    "planned": "planned", "expected": "planned", "possible": "possible", "threat": "possible", "denied": "denied",
    "postponed": "planned", "factive": "occurred", "ongoing": "ongoing", "occurred": "occurred", "would": "possible",
    "conditional": "conditional",
}  # fmt: skip


def _noun_governed(noun: Token, head: Token, predicates: Predicates, climb: int) -> Mood:
    if noun.dep_ == "nmod":
        if preposition(noun) == "of" and (denial := _dismissed(head, predicates)) is not None:
            return Mood("denied", [denial])
        effect = predicates.effects.get((head.lemma_.lower(), "n"))
        if (
            effect is None
            or effect == "occurred"
            or preposition(noun) not in {"of", "for", "to", "on", "about", "over"}
        ):
            return Mood("occurred")
        return _apply(effect, head, predicates, climb)
    if head.pos_ not in {"VERB", "AUX"}:
        return Mood("occurred")
    lemma = head.lemma_.lower()
    light = predicates.is_a(lemma, "lightverb")
    if light and noun.dep_ in {"obj", "nsubj:pass"}:
        return _mood(head, predicates, climb - 1)
    if noun.dep_ in {"obj", "nsubj:pass", "obl"} and (effect := _effect(head, predicates)) not in {None, "factive"}:
        if noun.dep_ == "obl" and preposition(noun) not in {"for", "of", "to", "against"}:
            return Mood("occurred")
        if effect is not None and (lemma not in _TAKES_FOR_GRANTED):
            return _apply(effect, head, predicates, climb)
    if noun.dep_ == "obl" and preposition(noun) == "for" and _effect(head, predicates) in {None, "factive"}:
        return _mood(head, predicates, climb - 1)
    if noun.dep_ in {"nsubj", "nsubj:pass", "obl"} and "would" in modals(head):
        return _mood(head, predicates, climb - 1)
    return Mood("occurred")


_TAKES_FOR_GRANTED = frozenset({"reject", "oppose", "fear", "resist", "discuss", "debate", "want", "ready", "study",
                                "look", "discourage", "like", "approve", "decline", "push", "hope"})  # fmt: skip


# --- conditions, adverbs


def _with_condition(token: Token, mood: Mood, predicates: Predicates) -> Mood:
    """A clause "if", "unless" or "until" on the trigger's own clause, or "in that case" in it."""
    if mood.condition is not None or (mood.status == "denied" and not _unreal(token)):
        return mood
    clause = token if token.pos_ in {"VERB", "AUX"} else clause_head(token)
    if clause != token and mood.status == "occurred" and tense(clause) in {"past", "perfect"}:
        return mood
    condition = _condition(clause, predicates)
    if condition is None:
        return mood
    settled = mood.status == "occurred" and tense(clause) in {"past", "perfect"}
    if settled or (mood.status == "denied" and _marker(condition) == "until"):
        return mood.became("conditional", None, condition) if mood.status == "denied" else mood
    return mood.became("conditional", None, condition)


def _unreal(token: Token) -> bool:
    return bool(modals(token))


def _condition(clause: Token, predicates: Predicates) -> Token | None:
    for child in clause.children:
        if child.dep_ == "advcl" and (mark := _marker(child)) in CONDITION_WORDS | {"until"}:
            if mark == "until" and not (is_negated(clause) or clause.lemma_.lower() in STAYING):
                continue
            return child
        if child.dep_ == "obl" and _is_fallback(child, predicates):
            return child
    return None


def _is_fallback(oblique: Token, predicates: Predicates) -> bool:
    words = " ".join(word.lower_ for word in oblique.subtree if not word.is_punct)
    return (words, "p") in predicates.effects


def _marker(verb: Token) -> str:
    return next((child.lower_ for child in verb.children if child.dep_ in {"mark", "advmod", "case"} and
                 (child.dep_ != "advmod" or child.lower_ in CONDITION_WORDS)), "")  # fmt: skip


def _with_adverbs(verb: Token, mood: Mood, predicates: Predicates) -> Mood:
    for child in verb.children:
        if child.dep_ == "advmod" and (effect := predicates.effects.get((child.lower_, "r"))):
            if effect == "ongoing" and (mood.status != "occurred" or tense(verb) != "present"):
                continue
            if effect == "possible" and mood.status == "denied":
                continue
            return mood.became(_PLAIN[effect], child)
    return mood


def spans_of(cues: Iterable[Token]) -> list[tuple[int, int]]:
    """The characters of the cue words, in the order of the text, each once."""
    return sorted({(cue.idx, cue.idx + len(cue)) for cue in cues})
