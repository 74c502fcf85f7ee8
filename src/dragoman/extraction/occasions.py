"""Occasions: every word that tells of a meeting, a vote, a visit, a deadline, with who, where, when and its outlook.
One telling for one word; `agenda` joins the tellings of one occasion."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator

import msgspec
from spacy.tokens import Token

from dragoman.annotate.syntax import (
    children,
    clause_head,
    is_passive,
    nominal,
    objects,
    obliques,
    preposition,
    subjects,
    tense,
    with_conjuncts,
)
from dragoman.extraction.arguments import MODIFIERS, Side
from dragoman.extraction.events import UNTOLD, Scene
from dragoman.extraction.outlooks import (
    AHEAD_OF,
    ARRANGING,
    NEW_WORDS,
    Outlook,
    carrier_of,
    changed,
    noun_outlook,
    verb_outlook,
)
from dragoman.extraction.settings import innermost
from dragoman.lexicon.predicates import AgendaWord
from dragoman.records import AgendaKind, Place, Span, Time

MEETINGS = frozenset({"meeting", "talks", "call"})
FORUMS = frozenset({"summit", "congress", "other", "election", "vote", "exercise", "hearing", "signing"})
PARTICLE_REACH = 7
OPINION = frozenset({"opinion", "exit", "survey", "gallup", "latest", "recent", "tracking", "online"})
SAYING = frozenset(
    {"say", "tell", "announce", "report", "confirm", "add", "declare", "agree", "decide", "write", "state"}
)
FINITE = frozenset({"VBD", "VBZ", "VBP"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "his", "her", "its", "both", "such"})
HOSTED = frozenset({
    "host", "hold", "stage", "open", "have", "schedule", "call", "announce", "plan", "arrange", "organise",
    "organize", "make", "pay", "give", "deliver", "attend", "join", "address", "conduct", "resume", "begin",
    "start", "launch", "cancel", "postpone", "scrap", "put", "push", "delay", "convene", "chair", "lead", "sign",
    "continue", "skip", "face", "stand", "contest", "mark", "set", "run", "offer", "consider", "propose",
    "participate", "take", "undertake", "win", "fix"
})  # fmt: skip
OPENING = frozenset({"open", "begin", "start", "take", "run", "convene", "kick", "last", "end", "occur", "fall"})
SENT = frozenset({"team", "delegation", "mission", "envoy", "expert", "inspector", "staff", "representative"})
"""Those who go for whoever announces it: "the Fund said a team would visit"."""
COUNTING = frozenset({"round", "series", "set", "day", "date", "start", "opening"})


@dataclasses.dataclass(frozen=True)
class Telling:
    """One mention of an occasion. `anchor` is the token of the verb above it that is itself a telling, where there is
    one ("meet ... for talks"); `at` is the token of the forum at which it takes place."""

    token: Token
    row: AgendaWord
    span: Span
    outlook: Outlook
    side: Side
    time: Time | None
    place: tuple[Place, Span] | None
    country: str | None
    name: Span | None
    definite: bool
    fresh: bool
    anchor: int | None = None
    at: int | None = None

    @property
    def kind(self) -> AgendaKind:
        """The kind that its word announces."""
        return self.row.kind

    @property
    def ahead(self) -> bool:
        """True where it is said to lie ahead, or to have been put off or called off."""
        return self.outlook.status not in {None, "held"}


def find_tellings(scene: Scene) -> tuple[list[Telling], list[Token]]:
    """All tellings in the order of the text, and the words of occasions that are denied, demanded or behind."""
    found: list[Telling] = []
    refused: list[Token] = []
    for token in scene.annotated.doc:
        row = _row_of(token, scene)
        if row is None or _untold(token, scene):
            continue
        telling = _tell(token, row, scene)
        if telling is None:
            refused.append(token)
        else:
            found.append(telling)
    return _anchored(found), refused


def _untold(token: Token, scene: Scene) -> bool:
    block = scene.annotated.article.block_at(token.idx)
    return block is not None and block.kind in UNTOLD


# --- which word announces what


def _row_of(token: Token, scene: Scene) -> AgendaWord | None:
    pos = "v" if token.pos_ == "VERB" else "n" if token.pos_ in {"NOUN", "PROPN"} else ""
    agenda = scene.predicates.agenda
    if not pos or token.text in {"March", "May"} or (token.pos_ == "PROPN" and token.ent_type_ == "DATE"):
        return None
    rows = agenda.get((token.lower_, pos)) or agenda.get((token.lemma_.lower(), pos)) or ()
    fits = _verb_fits if pos == "v" else _noun_fits
    return next((row for row in rows if fits(token, row, scene)), None)


def _noun_fits(token: Token, row: AgendaWord, _: Scene) -> bool:
    if token.dep_ in {"compound", "amod", "flat", "nmod:desc"} or {c.lower_ for c in token.children} & OPINION:
        return False
    if row.kind == "other" and row.word == "conference":
        return any(c.lower_ in row.near for c in token.children)
    if row.word == "conference" and any(c.lower_ in {"news", "press"} for c in token.children):
        return False
    if row.kind == "congress" and token.ent_type_ == "ORG" and token.lower_ == "congress" and not token.i:
        return False
    if not row.near or (row.kind in {"congress", "exercise"} and _is_held(token)):
        return True
    near = {word.lower_ for c in token.children for word in (c, *c.children)} | {
        token.head.lemma_.lower(),
        *(c.lemma_.lower() for c in token.children),
    }
    near |= {
        word.lemma_.lower() for word in (subjects(token.head) if token.dep_ == "obj" and row.kind == "congress" else ())
    }
    parts = {part for word in near for part in word.split("-")}
    return bool((near | parts) & set(row.near)) or any(c.ent_type_ == "ORG" for c in token.children)


def _is_held(noun: Token) -> bool:
    """ "Hold their convention", "the exercise was held"."""
    carried = noun.dep_ in {"obj", "nsubj:pass"}
    return carried and noun.head.lemma_.lower() in {"hold", "open", "convene", "stage", "conduct"}


def _verb_fits(token: Token, row: AgendaWord, scene: Scene) -> bool:
    if token.dep_ in {"amod", "compound"}:
        return False
    if row.particle:
        after = {
            word.lower_
            for word in token.doc[token.i + 1 : min(token.i + PARTICLE_REACH, scene.clauses.sentence(token)[1])]
        }
        if not all(word in after for word in row.particle.split()):
            return False
    if not row.near:
        return True
    args = _arguments(token)
    if "PLACE" in row.near and _destination(token, scene) is not None:
        return True
    if "PERSON" in row.near and any(_is_person(arg, scene) for arg in objects(token)):
        return True
    return any(arg.lemma_.lower() in row.near or arg.lower_ in row.near for arg in args)


def _arguments(verb: Token) -> list[Token]:
    raised = [verb.head] if verb.dep_ == "xcomp" else []
    subject = [*subjects(verb), *(c for each in raised for c in children(each, frozenset({"nsubj", "nsubj:pass"})))]
    return [*subject, *objects(verb), *obliques(verb)]


def _is_person(token: Token, scene: Scene) -> bool:
    actors = [scene.cast.linked.named(each) for each in scene.cast.at(token).ids]
    return any(actor is not None and actor.kind in {"person", "group"} for actor in actors)


def _destination(verb: Token, scene: Scene) -> tuple[str | None, tuple[Place, Span] | None] | None:
    """Where a visit goes: country and place of an object, or of a phrase with "to", "in", "for"."""
    goals = [*objects(verb)] if verb.pos_ == "VERB" else []
    goals += obliques(verb, frozenset({"to", "in", "at"}))
    for goal in goals:
        if goal.ent_type_ in {"DATE"}:
            continue
        for token in (goal, *(c for c in goal.children if c.dep_ in {"appos", "nmod", "compound", "flat"})):
            hit = next(((p, s) for t, p, s in scene.clauses.places if t == token), None)
            if hit is not None:
                return hit[0].country, hit
        ids = scene.cast.at(goal).ids
        actor = scene.cast.linked.named(ids[0]) if ids else None
        if actor is not None and actor.kind == "state":
            return actor.country, None
    return None


# --- one telling


def _tell(token: Token, row: AgendaWord, scene: Scene) -> Telling | None:
    verb = token.pos_ == "VERB"
    change = changed(token)
    time = _forward(_time_of(token, change[1] if change else None, scene), token, change is not None, scene)
    outlook = (verb_outlook if verb else noun_outlook)(token, time, scene.published, scene.predicates)
    if outlook is None or scene.clauses.is_question(token):
        return None
    side = _verb_side(token, row, scene) if verb else _noun_side(token, row, scene)
    place, country = _where(token, row, scene)
    words = {word.lower_ for word in token.children} | {
        word.lower_ for head in [token.head] if head.lemma_.lower() in COUNTING for word in head.children
    }
    name = None if verb else _name(token, scene)
    return Telling(
        token=token,
        row=row,
        span=scene.span(token.idx, token.idx + len(token)),
        outlook=outlook,
        side=side,
        time=_fitting(time, outlook, scene),
        place=place,
        country=country,
        name=name,
        definite=not verb and (bool(words & DEFINITE) or _by_place(token)),
        fresh=bool(words & NEW_WORDS),
        at=None,
    )


def _by_place(token: Token) -> bool:
    """ "The Mombasa meeting" """
    return any(c.ent_type_ == "LOC" and c.dep_ == "compound" for c in token.children)


def _name(token: Token, scene: Scene) -> Span:
    """The words that name the occasion, without article, relative clause and what follows a comma."""
    span = nominal(token)
    words = [word for word in span if not word.is_space]
    while (
        len(words) > 1
        and words[0].i < token.i
        and (words[0].dep_ in {"det", "case", "punct"} or words[0].tag_ == "PRP$")
    ):
        words = words[1:]
    cut = next(
        (at for at, w in enumerate(words) if w.i > token.i and (w.text == "," or w.ent_type_ == "DATE")), len(words)
    )
    words = words[:cut]
    while len(words) > 1 and words[-1].i > token.i and words[-1].pos_ in {"ADP", "PUNCT", "CCONJ", "DET"}:
        words = words[:-1]
    return scene.span(words[0].idx, words[-1].idx + len(words[-1]))


def _forward(time: Time | None, token: Token, moved: bool, scene: Scene) -> Time | None:
    """A weekday, month or day without a year of what lies ahead by its own words ("the vote scheduled for Tuesday was
    cancelled", "before the election on January 24") is the next one, whatever the tense around it."""
    published = scene.published
    if time is None or published is None or time.latest is None or time.earliest is None or time.latest >= published:
        return time
    head = next((t for t, each in scene.clauses.times if each is time), token)
    upcoming = preposition(token) in AHEAD_OF and tense(clause_head(token)) != "past"
    if not (moved or upcoming or head.head.lemma_.lower() in ARRANGING) or _dated_back(time.text):
        return time
    step = dt.timedelta(days=7 if time.text.lower().endswith("day") else 365)
    if time.granularity not in {"day", "month", "time"} or time.latest + step < published:
        return time
    return msgspec.structs.replace(time, earliest=time.earliest + step, latest=time.latest + step, value=None)


def _dated_back(text: str) -> bool:
    """True where a time names its year or points back."""
    return bool(re.search(r"\d{4}|\b(?:last|past|ago|yesterday|earlier)\b", text.lower()))


def _fitting(time: Time | None, outlook: Outlook, scene: Scene) -> Time | None:
    """The time, unless it lies on the wrong side of the day of publication."""
    published = scene.published
    if time is None or published is None or outlook.status is None:
        return time
    if outlook.status == "held":
        return time if time.earliest is not None and time.earliest <= published else None
    return time if time.latest is not None and time.latest >= published else None


# --- when


def _time_of(token: Token, change: Token | None, scene: Scene) -> Time | None:
    """The day of an occasion: in its own phrase, else in its clause, else in a clause that lends it tense."""
    first, last = scene.clauses.sentence(token)
    near = [
        (t, time) for t, time in scene.clauses.times if first <= t.i < last and _dated(time) and not _in_name(t, time)
    ]
    if change is not None and (moved := _moved_to(near, change)) is not None:
        return moved
    ranked = sorted(
        ((rank, abs(t.i - token.i), at) for at, (t, _) in enumerate(near) if (rank := _distance(t, token)) is not None)
    )
    if not ranked and change is not None:  # the parse may hang "that had been scheduled for" on a nearer noun
        return next((time for t, time in near if t.head.lemma_.lower() in ARRANGING), None)
    return near[ranked[0][2]][1] if ranked else None


def _in_name(token: Token, time: Time) -> bool:
    """Times that are part of a name: "Wei Jun", "the 2022 Forum"."""
    return token.ent_type_ == "PER" or (time.granularity == "year" and token.dep_ in {"nummod", "compound", "amod"})


def _dated(time: Time) -> bool:
    return time.type in {"DATE", "TIME"} and (time.earliest is not None or time.latest is not None)


def _moved_to(near: Iterable[tuple[Token, Time]], verb: Token) -> Time | None:
    """The new day: "put off *until Friday*", "moved from Monday *to Friday*"."""
    for token, time in near:
        if preposition(token) in {"until", "to", "till", "for"} and token.head == verb:
            return time
    return None


def _distance(time: Token, token: Token) -> int | None:
    """0 in the phrase of the occasion, 1 in its clause, 2 in a clause above; None where the time is another's."""
    between = range(min(time.i, token.i) + 1, max(time.i, token.i))
    doc = token.doc
    for i in between:
        other = doc[i]
        if (
            other.lemma_.lower() in SAYING
            and other.tag_ in FINITE
            and time.i > i > token.i
            and other.dep_ in {"ROOT", "parataxis"}
        ):
            return None
    if any(each == token for each in time.ancestors) and not _crosses(time, token):
        return 0 if token.pos_ != "VERB" else 1
    clause = token if token.pos_ == "VERB" else clause_head(token)
    step = 1
    for _ in range(4):
        if (time.head == clause or clause in list(time.ancestors)) and not _crosses(time, clause):
            return step
        if time == clause:
            return step
        if clause.head == clause or clause.dep_ in {"ccomp", "parataxis", "acl:relcl", "ROOT"}:
            return None
        if clause.dep_ == "advcl" and clause.tag_ not in {"VB", "VBG"}:
            return None
        if clause.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubj:pass"} for c in clause.children):
            return None
        clause = clause_head(clause.head)
        if clause.tag_ == "VBD" and clause.lemma_.lower() in SAYING:
            return None
        step += 1
    return None


def _sets(clause: Token) -> bool:
    """Relative clauses that say when the noun's occasion is: "the summit that opens on Friday"."""
    lemma = clause.lemma_.lower()
    return lemma in ARRANGING or (lemma in OPENING and tense(clause) in {"present", "future"})


def _crosses(time: Token, top: Token) -> bool:
    """True where another clause with a subject or a tense of its own lies between a time and the word above it."""
    above = time.head
    while above != top and above.head != above:
        told = above.dep_ == "acl:relcl" and above.head == top and _sets(above)
        if above.dep_ in {"ccomp", "parataxis", "acl:relcl", "advcl"} and not told:
            return True
        if above.dep_ == "conj" and above.pos_ == "VERB":
            return True
        above = above.head
    return False


# --- who


def _verb_side(verb: Token, row: AgendaWord, scene: Scene) -> Side:
    found = Side()
    people = [*subjects(verb), *(objects(verb) if is_passive(verb) and row.mutual else [])]
    if is_passive(verb) and not row.mutual:
        people = _undergoers(verb)
    for token in people:
        found += _who(token, scene)
    if row.kind == "visit":
        found += _host_state(verb, scene)
    if row.mutual or row.kind == "visit":
        partners = _partners(verb)
        if row.mutual and row.kind != "signing" and not is_passive(verb):
            partners += objects(verb)
        for token in partners:
            found += _who(token, scene)
    return found


def _partners(verb: Token) -> list[Token]:
    """The nominals behind "with"; the parse may hang the preposition on the name ("with his counterpart Ann Lee")."""
    named = [
        child
        for child in children(verb, frozenset({"obl"}))
        if any(preposition(name) == "with" for name in children(child, frozenset({"appos", "flat"})))
    ]
    return [*obliques(verb, frozenset({"with"})), *named]


def _host_state(word: Token, scene: Scene) -> Side:
    """The state that a visit goes to, where the text names it as such ("visit Lebanon")."""
    goals = [*(objects(word) if word.pos_ == "VERB" else []), *obliques(word, frozenset({"to"}))]
    found = Side()
    for goal in goals:
        ids = scene.cast.at(goal).ids
        actors = [scene.cast.linked.named(each) for each in ids]
        if goal.ent_type_ == "LOC" and any(actor is not None and actor.kind == "state" for actor in actors):
            found += Side(ids, (goal,))
    return found


def _undergoers(verb: Token) -> list[Token]:
    """Who is sworn in or sentenced, also across "is expected to be"."""
    own = objects(verb)
    if own or verb.dep_ != "xcomp":
        return own
    above = children(verb.head, frozenset({"nsubj", "nsubj:pass"}))
    return [each for subject in above for each in with_conjuncts(subject)]


def _noun_side(noun: Token, row: AgendaWord, scene: Scene) -> Side:
    found = scene.cast.acting.at(noun)
    slots = ("poss", "mod", "between", "with", "by", "among")
    owned = ("of",) if row.kind in {"summit", "congress", "meeting", "visit", "hearing", "other", "exercise"} else ()
    for at in (noun, *([noun.head] if noun.head.lemma_.lower() in COUNTING and noun.dep_ == "nmod" else [])):
        for slot in (*slots, *owned):
            for token in _slot(at, slot):
                if at is noun or token != noun:
                    found += _who(token, scene) if slot != "mod" else scene.cast.acting.of(token)
    if row.kind == "visit":
        found += _host_state(noun, scene)
    carrier = _lender(noun)
    if carrier is not None:
        for token in subjects(carrier):
            found += _who(token, scene)
        if row.mutual:
            for token in _partners(carrier):
                found += _who(token, scene)
    return found


def _slot(noun: Token, slot: str) -> list[Token]:
    """The tokens in a slot of a noun: `poss`, `mod` or a preposition; conjuncts included."""
    if slot == "poss":
        return [t for c in children(noun, frozenset({"nmod:poss"})) for t in with_conjuncts(c)]
    if slot == "mod":
        before = [c for c in children(noun, MODIFIERS - {"nmod:poss"}) if c.i < noun.i and preposition(c) is None]
        return [t for c in before for t in (*with_conjuncts(c), *children(c, MODIFIERS))]
    return [t for t in obliques(noun, frozenset({slot})) if t.dep_ != "nmod:poss"]


def _lender(noun: Token) -> Token | None:
    """The verb whose subject takes part: "hold talks", "travel for talks", "will attend the summit"."""
    above = noun.head if noun.dep_ == "nmod" and noun.head.lemma_.lower() in COUNTING else noun
    head = above.head
    if head.pos_ != "VERB":
        return None
    lemma = head.lemma_.lower()
    if above.dep_ == "obl" and lemma == "put" and preposition(above) == "to":
        return head
    if above.dep_ == "obj" and lemma in HOSTED and lemma not in {"skip", "boycott"}:
        return head
    if (
        above.dep_ == "obl"
        and lemma in {"participate", "take", "gather", "speak"}
        and preposition(above) in {"in", "for", "at"}
    ):
        return head
    return None


def _who(token: Token, scene: Scene) -> Side:
    """The actors of a phrase; officials that are only counted ("the leaders of A and B") give way to their states."""
    cast = scene.cast.acting
    own = cast.at(token)
    for name in children(token, frozenset({"appos"})) if not own.ids else ():
        own += cast.at(name)
    own = own if own.ids else cast.doer(token)
    if not own.ids and token.lemma_.lower() in SENT and (sender := innermost(scene.statements, token.idx)) is not None:
        return Side((sender.speaker,), (token,)) if sender.speaker is not None else own
    actors = [cast.linked.named(each) for each in own.ids]
    nameless = [
        a for a in actors if a is not None and a.kind == "group" and not any(m.form == "name" for m in a.mentions)
    ]
    if actors and len(nameless) == len(actors):
        owners = Side()
        for slot in ("of", "poss", "mod", "from"):
            owners += cast.slot_of_noun(token, slot)
        owners = owners.without(own.ids)
        if len(owners.ids) > 1:
            return owners
        return own + owners
    return own


# --- where


def _where(token: Token, row: AgendaWord, scene: Scene) -> tuple[tuple[Place, Span] | None, str | None]:
    goal = None
    if row.kind == "visit" or row.word in {"deploy", "withdraw", "pull", "send"}:
        carrier = carrier_of(token) if token.pos_ != "VERB" else None
        goal = _destination(token, scene) or (_destination(carrier, scene) if carrier is not None else None)
        if goal is None and row.word == "withdraw":
            goal = next(
                (
                    (p.country, (p, s))
                    for t in obliques(token, frozenset({"from"}))
                    for u, p, s in scene.clauses.places
                    if u == t
                ),
                None,
            )
    if goal is not None:
        return goal[1], goal[0]
    if token.pos_ != "VERB" and (own := _inside_name(token, scene)) is not None:
        return own, own[0].country
    place = scene.clauses.place_of(token)
    for clause in children(token, frozenset({"acl:relcl"})) if place is None else ():
        place = scene.clauses.place_of(clause) if _sets(clause) else None
    if place is None and token.pos_ != "VERB" and (carrier := carrier_of(token)) is not None:
        place = scene.clauses.place_of(carrier)
    if place is not None and _parted(token, place[1]):
        place = None
    return place, None if place is None else place[0].country


def _parted(token: Token, place: Span) -> bool:
    """True where a semicolon stands between: the place is that of the other half."""
    first, last = sorted((token.idx, place.start))
    return ";" in token.doc.text[first:last]


def _inside_name(noun: Token, scene: Scene) -> tuple[Place, Span] | None:
    """A city before the noun ("the Mombasa meeting") or "in" a place right after it."""
    for token, place, span in scene.clauses.places:
        if token.head != noun:
            continue
        if token.dep_ == "compound" and place.precision in {"city", "site"}:
            return place, span
        if token.dep_ == "nmod" and preposition(token) in {"in", "at"}:
            return place, span
    return None


# --- what hangs on what


def _anchored(tellings: list[Telling]) -> list[Telling]:
    """Give each telling the telling above it in its clause, and each meeting the forum of its clause."""
    by_token = {telling.token.i: telling for telling in tellings}
    found = []
    for telling in tellings:
        above = next((each for each in _climb(telling.token) if each.i in by_token), None)
        at = next((other.token.i for other in tellings if _hosts(other, telling)), None)
        found.append(dataclasses.replace(telling, anchor=above.i if above is not None else None, at=at))
    return found


def _climb(token: Token) -> Iterator[Token]:
    """The words above within one clause: no relative, reported or conditional clause is left."""
    while token.head != token and token.dep_ not in {"acl:relcl", "ccomp", "parataxis", "conj", "csubj"}:
        if token.dep_ == "advcl" and any(child.dep_ in {"nsubj", "nsubj:pass"} for child in token.children):
            return
        token = token.head
        yield token


def _hosts(forum: Telling, telling: Telling) -> bool:
    """ "Meet *at the summit*", "talks on the sidelines of *the congress*"."""
    if (
        telling.kind not in MEETINGS | {"signing"}
        or forum.kind not in {"summit", "congress"}
        or forum.token.pos_ == "VERB"
    ):
        return False
    return is_venue(forum.token) and (
        any(each == telling.token for each in _climb(forum.token))
        or clause_head(telling.token) in list(_climb(forum.token))
    )


def is_venue(noun: Token) -> bool:
    """True for a forum that another occasion takes place at."""
    if preposition(noun) in {"at", "during", "on the sidelines of", "alongside", "around"}:
        return True
    return (
        noun.dep_ == "nmod"
        and preposition(noun) == "of"
        and noun.head.lemma_.lower() in {"sideline", "margin", "sidelines", "margins"}
    )
