"""Does it lie ahead, and how sure is it? The outlook of one mention of an occasion, from its verb, its own words and
the calendar."""

from __future__ import annotations

import dataclasses
import datetime as dt

from spacy.tokens import Token

from dragoman.annotate.syntax import clause_head, is_negated, modals, preposition, tense
from dragoman.extraction.status import Mood, read_status
from dragoman.lexicon.predicates import Predicates
from dragoman.records import AgendaStatus, Time

PUT_OFF = frozenset({"postpone", "delay", "defer", "adjourn", "reschedule", "shelve", "suspend"})
PUT_OFF_PHRASES = frozenset({("put", "off"), ("push", "back"), ("put", "back"), ("move", "back"), ("move", "forward"),
                             ("bring", "forward"), ("put", "hold")})  # fmt: skip
CALLED_OFF = frozenset({"cancel", "scrap", "abandon", "axe", "annul"})
CALLED_OFF_PHRASES = frozenset({("call", "off")})
CHANGED_NOUNS: dict[str, AgendaStatus] = {
    "postponement": "postponed", "delay": "postponed", "deferral": "postponed", "adjournment": "postponed",
    "rescheduling": "postponed", "cancellation": "cancelled", "scrapping": "cancelled",
}  # fmt: skip
AHEAD_OF = frozenset({"ahead of", "before", "until", "by", "prior to", "in the run-up to", "pending"})
AHEAD_WORDS = frozenset(
    {"upcoming", "forthcoming", "next", "planned", "scheduled", "coming", "future", "expected", "looming", "impending"}
)
PAST_WORDS = frozenset({"last", "previous", "past", "recent", "former", "earlier", "disputed"})
NEW_WORDS = frozenset({
    "another", "second", "third", "fourth", "fifth", "next", "separate", "new", "further", "follow-up", "subsequent"
})  # fmt: skip
"""Words that set an occasion apart from the one told before."""
ARRANGING = frozenset({
    "arrange", "schedule", "plan", "organise", "organize", "prepare", "call", "announce", "slate", "set", "fix",
    "convene", "summon", "time", "agree"
})  # fmt: skip
"""Verbs that bring an occasion about: what they govern lies ahead even where they stand in the past tense."""
TENTATIVE = frozenset(
    {"propose", "offer", "consider", "mull", "invite", "discuss", "weigh", "suggest", "seek", "explore"}
)
CARRYING = frozenset({
    "attend", "take", "begin", "open", "convene", "host", "gather", "skip", "address", "join", "start", "hold",
    "come", "go", "travel", "contest", "participate", "visit", "boycott", "run", "kick", "make", "pay", "have",
    "stage", "conduct", "deliver", "give", "continue", "resume", "launch", "last", "occur", "happen", "mark",
    "return", "meet", "face", "stand", "fall", "close", "end", "conclude", "follow", "lead", "chair", "be", "sign",
    "cast", "win", "unveil"
}) | ARRANGING  # fmt: skip
ASKING = frozenset({
    "urge", "call", "ask", "demand", "press", "appeal", "plead", "beg", "want", "need", "recommend", "request",
    "push", "exhort", "insist", "implore", "advise", "encourage"
})  # fmt: skip
PROMISING = frozenset({"promise", "vow", "pledge", "swear", "commit", "undertake"})
EXPECTING = frozenset({"expected", "likely", "due", "expects", "expect", "anticipated"})
CLIMB = 4


@dataclasses.dataclass(frozen=True)
class Outlook:
    """`status`: None where the mention neither puts the occasion ahead nor behind ("the talks"); `held` for what is
    over. `vague`: only promised or asked for, so that a day or a place must bear it out."""

    status: AgendaStatus | None
    condition: Token | None = None
    cues: tuple[Token, ...] = ()
    vague: bool = False


NEUTRAL = Outlook(None)


def changed(noun: Token) -> tuple[AgendaStatus, Token] | None:
    """ "Postponed" or "cancelled", and the word that says so: the governing verb, a participle before the noun, or a
    noun above it ("the postponement of the vote")."""
    for child in noun.children:
        if child.dep_ == "amod" and (status := _changing(child)) is not None:
            return status, child
    above = noun
    for _ in range(CLIMB):
        head = above.head
        if head == above or above.dep_ in {"acl:relcl", "ccomp", "advcl", "parataxis"}:
            return None
        if (
            head.pos_ == "NOUN"
            and (status := CHANGED_NOUNS.get(head.lemma_.lower()))
            and preposition(above) in {"of", "to"}
        ):
            return status, head
        if head.pos_ == "VERB":
            undone = above.dep_ in {"obj", "nsubj:pass", "xcomp"} or (above.dep_ == "nsubj" and _is_undone(head))
            status = _changing(head) if undone else None
            return (status, head) if status is not None and not is_negated(head) and not modals(head) else None
        if above.dep_ not in {"nmod", "acl", "compound", "conj", "obl"}:
            return None
        above = head
    return None


def _is_undone(verb: Token) -> bool:
    return verb.tag_ == "VBN"


def _changing(verb: Token) -> AgendaStatus | None:
    lemma = verb.lemma_.lower()
    near = {word.lower_ for word in verb.doc[verb.i + 1 : verb.i + 3]} | {child.lower_ for child in verb.children}
    if lemma in CALLED_OFF or any(lemma == verb_ and word in near for verb_, word in CALLED_OFF_PHRASES):
        return "cancelled"
    if lemma in PUT_OFF or any(lemma == verb_ and word in near for verb_, word in PUT_OFF_PHRASES):
        return "postponed"
    return None


def verb_outlook(verb: Token, time: Time | None, published: dt.date | None, predicates: Predicates) -> Outlook | None:
    """The outlook of an occasion told by a verb ("will meet"); None where it is denied or only demanded."""
    if (change := changed(verb)) is not None and verb.dep_ in {"xcomp", "acl"}:
        return Outlook(change[0], cues=(change[1],))
    if _was_to(verb) and not is_negated(verb):
        return Outlook("planned")
    mood = read_status(verb, predicates)
    asked = _asked_for(verb)
    if mood.status in {"occurred", "ongoing"}:
        return _settled(verb, mood, time, published)
    if mood.status == "denied" or asked or {"should", "must", "can"} & set(modals(verb)):
        return None
    if mood.purpose and mood.status == "possible" and _planned_above(verb, predicates):
        return Outlook("planned", cues=tuple(mood.cues))
    return _from_mood(mood)


def _was_to(verb: Token) -> bool:
    """ "Is to meet", "was to meet": arranged, whatever came of it."""
    own = {child.lower_ for child in verb.children if child.dep_ in {"aux", "mark", "cop"} and child.i < verb.i}
    return verb.tag_ == "VB" and "to" in own and bool(own & {"is", "are", "was", "were"})


def _planned_above(verb: Token, predicates: Predicates) -> bool:
    """What a planned journey is for is planned too: "will travel to Beijing to sign"."""
    head = verb.head
    if head == verb or head.lemma_.lower() in PROMISING | TENTATIVE | ASKING:
        return False
    return read_status(head, predicates).status == "planned"


def _settled(verb: Token, mood: Mood, time: Time | None, published: dt.date | None) -> Outlook | None:
    """A verb that speaks of what is or was: the present tense with a day ahead announces ("meet on Friday")."""
    if time is not None and published is not None and time.earliest is not None and time.earliest > published:
        bare = tense(verb) == "none" and verb.tag_ != "VBN"
        if tense(verb) == "present" or bare or (mood.status == "ongoing" and tense(verb) != "past"):
            return Outlook("planned", cues=tuple(mood.cues))
        return None
    if time is not None and tense(verb) == "present" and _open(time, published):
        return Outlook("planned", cues=tuple(mood.cues))
    return Outlook("held", cues=tuple(mood.cues))


def _open(time: Time, published: dt.date | None) -> bool:
    return time.latest is not None and published is not None and time.latest > published


def _asked_for(verb: Token) -> bool:
    head = verb.head
    return (
        verb.dep_ in {"xcomp", "ccomp", "advcl"}
        and head.lemma_.lower() in ASKING
        and head != verb
        and verb.tag_ == "VB"
    )


def _from_mood(mood: Mood) -> Outlook:
    """The agenda's status for one of an event."""
    words = {cue.lower_ for cue in mood.cues}
    lemmas = {cue.lemma_.lower() for cue in mood.cues}
    cues = tuple(mood.cues)
    vague = bool(lemmas & (PROMISING | ASKING))
    if mood.status == "conditional":
        return Outlook("conditional", mood.condition, cues, vague)
    if mood.status == "possible":
        return Outlook("tentative", None, cues, vague)
    return Outlook("expected" if words & EXPECTING else "planned", None, cues, vague)


def noun_outlook(noun: Token, time: Time | None, published: dt.date | None, predicates: Predicates) -> Outlook | None:
    """The outlook of an occasion told by a noun ("talks are scheduled"); None where it is denied or behind."""
    if (change := changed(noun)) is not None:
        return Outlook(change[0], cues=(change[1],))
    words = {child.lower_ for child in noun.children}
    if words & {"no", "neither", "any"} or (words & PAST_WORDS and not words & AHEAD_WORDS):
        return None
    carrier = carrier_of(noun)
    mood = read_status(carrier, predicates) if carrier is not None else None
    if mood is not None and mood.status == "denied":
        return None
    if carrier is not None and _planned_by(carrier, mood, time, published):
        return Outlook("tentative" if mood is not None and mood.status == "possible" else _expectation(noun, carrier))
    if mood is not None and mood.status in {"planned", "possible", "conditional"}:
        return _from_mood(mood) if not _demanded(noun, carrier) else None
    return _by_words(noun, words, carrier, time, published)


def _by_words(
    noun: Token, words: set[str], carrier: Token | None, time: Time | None, published: dt.date | None
) -> Outlook | None:
    """Where no verb of its own puts it ahead: the calendar, its modifiers, its preposition."""
    if time is not None and published is not None and time.latest is not None:
        if time.latest < published or (time.latest == published and carrier is not None and tense(carrier) == "past"):
            return Outlook("held")
        if (time.earliest is not None and time.earliest > published) or _open(time, published):
            return Outlook("tentative" if _mulled(noun) else _expectation(noun, carrier or clause_head(noun)))
    if _demanded(noun, noun.head):
        return None
    if words & AHEAD_WORDS or preposition(noun) in AHEAD_OF:
        return Outlook("expected")
    if _mulled(noun):
        return Outlook("tentative", vague=True)
    return NEUTRAL


def carrier_of(noun: Token) -> Token | None:
    """The verb that says what becomes of an occasion: "talks *resume*", "*held* talks", "a round of talks is *set*"."""
    above = noun
    while (
        above.dep_ in {"nmod", "conj"}
        and above.head.pos_ in {"NOUN", "PROPN"}
        and (
            above.dep_ == "conj"
            or above.head.lemma_.lower() in {"round", "series", "date", "set", "day", "start", "part", "opening"}
        )
    ):
        above = above.head
    head = above.head
    if (
        above.dep_ in {"obj", "nsubj", "nsubj:pass"}
        and head.pos_ in {"VERB", "AUX"}
        and head.lemma_.lower() in CARRYING
    ):
        return head
    if above.dep_ == "obl" and head.lemma_.lower() in {
        "go",
        "travel",
        "gather",
        "participate",
        "take",
        "come",
        "arrive",
        "meet",
    }:
        return head
    if above.dep_ in {"nsubj", "nsubj:pass"} and head.pos_ in {"ADJ", "NOUN", "VERB"}:
        return head
    return None


def _planned_by(carrier: Token, mood: Mood | None, time: Time | None, published: dt.date | None) -> bool:
    """ "Has called a strike for Friday", "are arranging a summit": arranged, so ahead, unless its day is past."""
    if carrier.lemma_.lower() not in ARRANGING or mood is None or mood.status == "denied":
        return False
    past = time is not None and time.latest is not None and published is not None and time.latest < published
    if past and tense(carrier) != "present":
        return False
    dated = time is not None and (published is None or _open(time, published))
    return dated or carrier.lemma_.lower() in {"arrange", "schedule", "plan", "prepare", "organise", "organize"}


def _expectation(noun: Token, governor: Token) -> AgendaStatus:
    near = {word.lower_ for word in (governor, *governor.children, *noun.children)}
    near |= {governor.head.lower_} if governor.dep_ in {"xcomp", "ccomp"} else set()
    return "expected" if near & EXPECTING else "planned"


def _demanded(noun: Token, governor: Token | None) -> bool:
    """ "Called for talks", "urged a meeting"."""
    if governor is None:
        return False
    lemma = governor.lemma_.lower()
    if lemma == "call":
        return preposition(noun) == "for"
    if lemma in {"hold", "start", "begin", "resume"} and governor.dep_ in {"xcomp", "ccomp", "advcl"}:
        return governor.head.lemma_.lower() in ASKING
    return lemma in ASKING and noun.dep_ in {"obj", "obl"}


def _mulled(noun: Token) -> bool:
    """ "Was considering a separate meeting", "offered talks", "offered to host talks"."""
    head = noun.head
    if noun.dep_ != "obj" or head.pos_ != "VERB":
        return False
    return head.lemma_.lower() in TENTATIVE or (head.dep_ == "xcomp" and head.head.lemma_.lower() in TENTATIVE)
