"""Events: triggers with their actors, recipients, status, time and place; repeats joined; the rest skipped with a
reason."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.annotate import Annotated
from dragoman.annotate.syntax import is_passive, objects, preposition, subjects, tense
from dragoman.extraction.anonymous import counts_victims, headline_passive, with_custodian, worth_telling
from dragoman.extraction.arguments import Cast, Roles, Side, countries_of, find_roles, speakers_of, words_of
from dragoman.extraction.echoes import answer, carry_days, with_echoes
from dragoman.extraction.repeats import SPOKEN, Telling, join_repeats, time_fits
from dragoman.extraction.settings import Clauses, contexts_of, cued_by, innermost, is_past, magnitude_of
from dragoman.extraction.status import DENIALS, OPEN, Mood, asked, condition_words, is_condition, read_status, spans_of
from dragoman.lexicon.actors import ActorLexicon
from dragoman.lexicon.predicates import Predicate, Predicates
from dragoman.records import (
    Actor,
    Event,
    EventType,
    Evidence,
    LinkedActors,
    Place,
    Skipped,
    Span,
    Statement,
    Status,
    Time,
    TriggerMention,
)

UNTOLD = frozenset({"promo", "credit", "byline", "dateline"})
"""Blocks that tell no events of their own."""
VERBAL_CONTENT = frozenset({"REQUEST", "REJECT"})
"""What is only asked for, or refused, is the content of that event and none of its own."""
TWO_SIDED = frozenset({"CONSULT", "COOPERATE"})
SAYING = {
    "AGREE": ("ccomp", "xcomp"),
    "REJECT": ("ccomp", "xcomp"),
    "THREATEN": ("ccomp", "xcomp"),
    "REQUEST": ("ccomp",),
}
"""Clauses that stand in for a counterpart: "denied that", "refused to"."""
TOPICAL = frozenset({"SUPPORT", "REJECT", "ACCUSE"})
TOPICS = frozenset({"proposal", "accusation", "demand", "law", "agreement", "concern", "sanctions", "restrictions",
                    "reform", "lawsuit", "investigation", "warning"})  # fmt: skip
"""What may be welcomed, rejected or criticised without its owner being named."""
ASKING = frozenset({"ask", "wonder", "query"})
KEEPING = frozenset({"decline", "refuse"})
OUTCOMES = frozenset({"kill", "wound", "injure", "hurt", "damage", "destroy", "maim", "level", "set"})
TRIED_ROWS = 5  # rows of one trigger that are tried before it is given up
DATELINE = 20  # words that a dateline before the lead may have
SPEECH_REACH = 4000  # characters over which a speaker is taken to speak on the same day
MATERIAL = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "SANCTION", "COERCE", "MOBILIZE", "ASSAULT"})
COUNTED = frozenset({"ASSAULT", "PROTEST", "AID", "MOBILIZE", "RETREAT", "COERCE"})
NAMED_OBJECTS = frozenset({"AID", "COOPERATE", "SANCTION"})
"""PLOVER asks these types for a recipient; without one they are less sure."""


@dataclasses.dataclass(frozen=True)
class Scene:
    """Everything that one article's events are read from."""

    annotated: Annotated
    cast: Cast
    clauses: Clauses
    statements: Sequence[Statement]
    predicates: Predicates
    published: dt.date | None
    rows: dict[int, Predicate] = dataclasses.field(default_factory=dict)
    """The first row of every trigger, by its token."""

    def span(self, start: int, end: int) -> Span:
        """A span of the article."""
        return self.annotated.article.span(start, end)


def extract_events(
    annotated: Annotated,
    triggers: Sequence[TriggerMention],
    statements: Sequence[Statement],
    actors: LinkedActors,
    times: Sequence[Time],
    places: Sequence[Place],
    predicates: Predicates,
) -> tuple[tuple[Event, ...], tuple[Skipped, ...]]:
    """The events of an article in the order of the text, and the triggers that told none, with the reason."""
    scene = make_scene(annotated, statements, actors, times, places, predicates)
    scene.rows.update({trigger.head: predicates.row(trigger.entries[0]) for trigger in triggers})
    tellings: list[Telling] = []
    skipped: list[Skipped] = []
    found: list[tuple[TriggerMention, Telling]] = []
    anonymous: list[tuple[TriggerMention, Telling]] = []
    for trigger in triggers:
        told = tell(trigger, scene)
        if isinstance(told, str):
            skipped.append(Skipped(start=trigger.start, end=trigger.end, text=trigger.text, reason=told))
        else:
            found.append((trigger, told))
    days = carry_days([told for _, told in found])
    for (trigger, _), told in zip(found, days, strict=True):
        if told.event.actors:
            tellings.append(told)
        else:
            anonymous.append((trigger, told))
    by_id = {actor.actor_id: actor for actor in actors.actors}
    tellings = answer(tellings, by_id)
    events, unnamed = with_echoes(join_repeats(tellings, by_id), tellings, anonymous, by_id)
    if agentless := [told for trigger, told in unnamed if _matters(trigger, told, scene) and not _known(told, events)]:
        tellings = sorted((*tellings, *agentless), key=lambda telling: telling.event.trigger.start)
        others = [pair for pair in anonymous if pair[1] not in agentless]
        events, unnamed = with_echoes(join_repeats(tellings, by_id), tellings, others, by_id)
    for trigger, _ in unnamed:
        skipped.append(Skipped(start=trigger.start, end=trigger.end, text=trigger.text, reason="no actor named"))
    return events, tuple(sorted(skipped, key=lambda item: item.start))


def _matters(trigger: TriggerMention, telling: Telling, scene: Scene) -> bool:
    token = scene.annotated.doc[trigger.head]
    row = scene.predicates.row(telling.event.made_by.removeprefix("predicates#"))
    return worth_telling(token, row, telling.event, telling.block, scene.predicates)


def _known(telling: Telling, events: Sequence[Event]) -> bool:
    """True where a noun of action may well mean an event that is told with its actors."""
    echo = telling.event
    return telling.nominal and any(
        event.type == echo.type and event.actors and time_fits(event, echo) and event.earliest is not None
        for event in events
    )


def make_scene(
    annotated: Annotated,
    statements: Sequence[Statement],
    actors: LinkedActors,
    times: Sequence[Time],
    places: Sequence[Place],
    predicates: Predicates,
) -> Scene:
    """Index an article's actors, times and places for the reading of its events."""
    doc = annotated.doc
    published = annotated.article.published_at or annotated.article.published_latest
    cast = Cast(doc, actors, predicates, countries_of(doc, places), speakers_of(doc, statements, actors))
    return Scene(annotated, cast, Clauses.of(doc, times, places, published), statements, predicates, published)


def tell(trigger: TriggerMention, scene: Scene) -> Telling | str:
    """The event that a trigger tells, without its repeats; or the reason why it tells none."""
    block = scene.annotated.article.block_at(trigger.start)
    kind = block.kind if block is not None else "body"
    if kind in UNTOLD:
        return f"in a {kind} block"
    token = scene.annotated.doc[trigger.head]
    if _is_outcome(token, scene):
        return "part of the attack that its clause tells"
    if _is_aim(token, scene):
        return "what the protest of its clause is for"
    if is_condition(token):
        return "only the condition of something else"
    row, roles = best_reading(token, trigger, scene)
    if row.pos == "n" and scene.cast.linked.at(token.i):
        return "somebody, not something done"
    roles = headline_passive(token, row, roles, kind)
    roles = with_custodian(token, row, roles, scene.cast, scene.clauses.sentence(token))
    if reason := _refusal(token, row, roles, scene) or _contest(row, roles, scene) or _alone(row, roles, scene):
        return reason
    if row.pos == "v" and (governor := _content_of(token, scene)) is not None:
        return f"only the content of {governor.lower()}"
    mood = read_status(token, scene.predicates, inward=bool(row.object) and row.type in MATERIAL)
    if scene.clauses.is_question(token):
        mood = asked(mood)
    event = _event(trigger, token, row, roles, mood, scene, kind)
    nominal = row.pos == "n"
    definite = nominal and any(c.lower_ in {"the", "this", "that", "these", "such"} for c in token.children)
    about = tuple(word.lemma_.lower() for word in objects(token)) if row.pos == "v" else ()
    narrated = kind == "body" and token.tag_ in {"VBD", "VBN"} and tense(token) == "past" and _is_told(token, scene)
    return Telling(
        event=event,
        lemma=trigger.lemma,
        block=kind,
        nominal=nominal,
        definite=definite,
        about=about,
        narrated=narrated,
    )


def _is_told(token: Token, scene: Scene) -> bool:
    """True for a main clause, or one that a source vouches for, in whose sentence no day but its own is named."""
    clause = token
    while clause.dep_ == "conj" and clause.head.pos_ == "VERB":
        clause = clause.head
    if clause.dep_ == "ccomp":
        clause = clause.head
    return clause.dep_ == "ROOT" and (scene.clauses.time_of(token) is not None or not scene.clauses.has_times(token))


def _wants(token: Token) -> bool:
    """True for "asked to leave", "asked for help", "asked that he go", but not for "asked whether", "she asked"."""
    if any(child.dep_ == "xcomp" or (child.dep_ == "obl" and preposition(child) == "for") for child in token.children):
        return True
    return any(child.dep_ == "obj" and child.pos_ == "NOUN" and child.lemma_ != "question" for child in token.children)


def _keeps_silent(token: Token, scene: Scene) -> bool:
    """True for "declined to say", "refused to comment"."""
    below = [child for child in token.children if child.dep_ == "xcomp"]
    return any(scene.predicates.is_a(child.lemma_.lower(), "telling") for child in below)


def _asks_for_itself(token: Token) -> bool:
    """True for "asked not to be named", "asked to be excused"."""
    return any(child.dep_ == "xcomp" and is_passive(child) for child in token.children)


def _is_outcome(token: Token, scene: Scene) -> bool:
    """True for "killing", "wounding" after the attack that did it."""
    above = scene.rows.get(token.head.i)
    return (
        token.lemma_.lower() in OUTCOMES
        and token.tag_ == "VBG"
        and token.dep_ in {"advcl", "conj", "acl"}
        and token.head != token
        and ((above is not None and above.type == "ASSAULT") or token.head.lemma_.lower() in OUTCOMES)
    )


def _is_aim(token: Token, scene: Scene) -> bool:
    """True for "to protest" after the protest itself: "blocked roads to protest against"."""
    above = scene.rows.get(token.head.i)
    aim = token.dep_ in {"advcl", "xcomp"} and token.tag_ == "VB" and token.lemma_.lower() in {"protest", "demonstrate"}
    return aim and above is not None and above.type == "PROTEST"


def best_reading(token: Token, trigger: TriggerMention, scene: Scene) -> tuple[Predicate, Roles]:
    """The first row of a trigger whose roles are filled; the most particular row where none is."""
    rows = [scene.predicates.row(row_id) for row_id in trigger.entries]
    first = rows[0], find_roles(token, rows[0], scene.cast)
    if first[1].actors.ids and _refusal(token, *first, scene) is None:
        return first
    for row in rows[1:TRIED_ROWS]:
        roles = find_roles(token, row, scene.cast)
        if (
            roles.actors.ids
            and (row.type == first[0].type or first[0].human)
            and _refusal(token, row, roles, scene) is None
        ):
            return row, roles
    return first


def _refusal(token: Token, row: Predicate, roles: Roles, scene: Scene) -> str | None:
    """Why a trigger tells no event, or None."""
    said = any(child.dep_ in SAYING.get(row.type, ()) for child in token.children)
    if row.type == "PROTEST" and row.pos == "v" and not row.object and not row.particle and objects(token):
        return "what is demonstrated or staged is no protest" if not roles.recipients.ids else None
    if row.type == "REQUEST" and not roles.recipients.ids and _asks_for_itself(token):
        return "a wish of the speaker's about himself"
    if row.type == "REQUEST" and token.lemma_.lower() in ASKING and not roles.recipients.ids and not _wants(token):
        return "a question"
    if row.type == "REJECT" and token.lemma_.lower() in KEEPING and _keeps_silent(token, scene):
        return "nothing is refused but an answer"
    together = len(roles.actors.ids) > 1 or any(each.tag_ in {"NNS", "NNPS"} for each in roles.actors.tokens)
    if row.human and not said and not roles.recipients.ids and not (roles.mutual and together):
        counted = row.type == "ASSAULT" and row.pos == "v" and counts_victims(token, scene.predicates)
        return None if counted or _about_an_act(token, row, scene) else "no counterpart named"
    particular = bool(row.object) or (row.type == "COOPERATE" and bool(row.particle))
    if row.pos == "v" and roles.mutual and row.type in TWO_SIDED and not together and not particular:
        return "no counterpart named"
    return None


def _about_an_act(token: Token, row: Predicate, scene: Scene) -> bool:
    """True where the object of an act of speech is itself something done or said: "welcomed the ruling"."""
    if row.pos != "v" or row.type not in TOPICAL or not roles_of_speech(token, scene):
        return False
    known = scene.predicates
    words = [word.lemma_.lower() for word in objects(token)]
    return any(word in known.event_nouns or any(known.is_a(word, name) for name in TOPICS) for word in words)


def roles_of_speech(token: Token, scene: Scene) -> bool:
    """True where the subject of an act of speech is an actor by itself, not by what it owns."""
    return any(scene.cast.acting.at(word).ids for word in subjects(token))


def _alone(row: Predicate, roles: Roles, scene: Scene) -> str | None:
    """A noun of meeting that names one person or state only ("the president's talks") tells too little."""
    if row.pos != "n" or row.type != "CONSULT" or not roles.mutual or len(roles.actors.ids) != 1:
        return None
    if any(preposition(each) == "with" for each in roles.actors.tokens):
        return "no counterpart named"
    actor = scene.cast.linked.named(roles.actors.ids[0])
    return "no counterpart named" if actor is None or actor.kind in {"person", "state"} else None


def _contest(row: Predicate, roles: Roles, scene: Scene) -> str | None:
    """Blows are struck at people: where a state or a club is beaten, somebody won a match or a vote."""
    sides = [scene.cast.linked.named(each) for each in roles.recipients.ids]
    kinds = {actor.kind if actor is not None else "state" for actor in sides}
    return "a contest" if row.mode == "beat" and kinds and kinds <= {"state", "organization"} else None


def _content_of(token: Token, scene: Scene) -> str | None:
    """The type of the verb that only asks for, or refuses, what this infinitive says."""
    if token.dep_ not in {"xcomp", "ccomp", "advcl"} or token.head == token:
        return None
    above = scene.rows.get(token.head.i)
    if above is None or (token.dep_ == "ccomp" and tense(token) in {"past", "perfect", "present", "future"}):
        return None
    if token.dep_ == "advcl" and not (above.type == "REQUEST" and token.tag_ == "VB"):
        return None
    if token.head.lemma_.lower() in DENIALS | OPEN:
        return None  # what is denied is an event that did not happen
    return above.type if above.type in VERBAL_CONTENT else None


def _event(
    trigger: TriggerMention, token: Token, row: Predicate, roles: Roles, mood: Mood, scene: Scene, block: str
) -> Event:
    time = scene.clauses.time_of(token)
    if block == "caption" and time is not None and _ahead(time, scene.published):
        time = None  # a caption's present tense is about the day of its picture
    kind = _kind(row, roles, scene)
    status: Status = "occurred" if mood.purpose and kind == "CONSULT" and _done(token) else mood.status
    if not (kind in SPOKEN and tense(token) in {"past", "perfect"}):
        status = _by_calendar(token, status, time, scene.published)
    found = _interval(time, status, scene.published)
    vouching = innermost(scene.statements, trigger.start)
    said = cued_by(scene.statements, trigger.start, trigger.end)
    if found is None and said is not None and said.earliest is not None and status == "occurred":
        found = (said.earliest, said.latest)
    if found is None and status == "occurred" and kind in SPOKEN and token.tag_ == "VBD":
        found = _day_of_speaker(roles, trigger.start, scene)
    if found is None and status == "occurred" and _is_lead(block, token, scene):
        found = scene.clauses.news_day(token)
    place = scene.clauses.place_of(token)
    condition = scene.span(*condition_words(mood.condition)) if mood.condition is not None else None
    span = scene.span(trigger.start, trigger.end)
    earliest, latest = found or (None, None)
    return Event(
        event_id=f"{scene.annotated.article.article_id}#e{trigger.start}",
        type=kind,
        mode=row.mode or None,
        contexts=contexts_of(token, row.contexts, scene.predicates),
        cameo=row.cameo or None,
        quad=scene.predicates.quad(kind),
        intensity=scene.predicates.intensity(kind, row.mode),
        status=status,
        condition=condition if status == "conditional" else None,
        actors=roles.actors.ids,
        recipients=roles.recipients.ids,
        instrument=None if roles.instrument is None else _word(roles.instrument, scene),
        magnitude=magnitude_of(token) if kind in COUNTED else None,
        place=place[0].place_id if place is not None else (said.place if said is not None else None),
        earliest=earliest,
        latest=latest,
        trigger=span,
        triggers=(span,),
        attributed_to=vouching.statement_id if vouching is not None else None,
        score=_score(row, roles, kind),
        made_by=f"predicates#{row.row_id}",
        evidence=_evidence(span, row, roles, mood, time if found and time else None, place, scene),
    )


def _kind(row: Predicate, roles: Roles, scene: Scene) -> EventType:
    """The row's type; exercises of several states together are COOPERATE."""
    if row.type == "MOBILIZE" and "drill" in row.object:
        actors = [scene.cast.linked.named(each) for each in roles.actors.ids]
        if len({actor.country for actor in actors if actor is not None and actor.country}) > 1:
            return "COOPERATE"
    return row.type  # type: ignore[return-value]


def _done(token: Token) -> bool:
    """True where the clause that an infinitive of purpose hangs on is in the past."""
    return tense(token.head) in {"past", "perfect"}


def _day_of_speaker(roles: Roles, start: int, scene: Scene) -> tuple[dt.date | None, dt.date | None] | None:
    """The day of the speaker's last dated statement before this act of speech: he goes on speaking."""
    for statement in reversed(scene.statements):
        anchor = statement.cue or statement.content[0]
        near = 0 < start - anchor.start < SPEECH_REACH
        if near and statement.speaker in roles.actors.ids and statement.earliest is not None:
            return statement.earliest, statement.latest
    return None


def _is_lead(block: str, token: Token, scene: Scene) -> bool:
    """True in headlines, and in the first sentence of the body, whatever dateline stands before it."""
    if block in {"title", "summary"}:
        return True
    first = next((each for each in scene.annotated.article.blocks if each.kind == "body"), None)
    if first is None or not first.start <= token.idx < first.end:
        return False
    at = scene.clauses.sentence(token)[0]
    before = [word for word in token.doc[max(0, at - DATELINE) : at] if word.idx >= first.start]
    return len(before) < DATELINE and all(word.pos_ not in {"VERB", "AUX"} for word in before)


def _ahead(time: Time, published: dt.date | None) -> bool:
    return published is not None and time.earliest is not None and time.earliest > published


def _word(token: Token, scene: Scene) -> Span:
    return scene.span(token.idx, token.idx + len(token))


def _by_calendar(token: Token, status: Status, time: Time | None, published: dt.date | None) -> Status:
    """What lies after the day of publication has not happened yet, unless its verb is in the past (then the time
    errs)."""
    if time is None or published is None or time.earliest is None or status not in {"occurred", "ongoing"}:
        return status
    if time.earliest > published and not (token.pos_ == "VERB" and is_past(token)):
        return "planned"
    return status


def _interval(
    time: Time | None, status: Status, published: dt.date | None
) -> tuple[dt.date | None, dt.date | None] | None:
    """The days of an event; None where the time that was found cannot be its own."""
    if time is None:
        return None
    earliest, latest = time.earliest, time.latest
    if published is None:
        return earliest, latest
    if status in {"occurred", "ongoing"}:
        if earliest is not None and earliest > published:
            return None
        if latest is not None and latest > published and status == "occurred":
            latest = published
    if status == "planned" and latest is not None and latest < published:
        return None
    return earliest, latest


def _score(row: Predicate, roles: Roles, kind: EventType) -> float:
    """A first guess at how likely the record is right: particular rows and full roles are better."""
    score = 0.45 + 0.05 * min(row.weight, 4)
    score += 0.2 if roles.recipients.ids or (roles.mutual and len(roles.actors.ids) > 1) else 0.0
    score += 0.1 if row.pos == "v" else 0.0
    score -= 0.1 if kind in NAMED_OBJECTS and not roles.recipients.ids and not roles.mutual else 0.0
    return round(max(0.05, min(0.95, score)), 2)


def _evidence(
    span: Span,
    row: Predicate,
    roles: Roles,
    mood: Mood,
    time: Time | None,
    place: tuple[Place, Span] | None,
    scene: Scene,
) -> Evidence:
    found: Evidence = {"type": (span, f"predicates#{row.row_id}")}
    for field, side in (("actors", roles.actors), ("recipients", roles.recipients)):
        if side.ids:
            found[field] = _spans(side, scene)
    cues = tuple(scene.span(start, end) for start, end in spans_of(mood.cues))
    if cues:
        found["status"] = cues
    if time is not None:
        found["earliest"] = (scene.span(time.start, time.end),)
    if place is not None:
        found["place"] = (place[1],)
    return found


def _spans(side: Side, scene: Scene) -> tuple[Span, ...]:
    return tuple(scene.span(start, end) for start, end in words_of(side))


def with_states(actors: tuple[Actor, ...], events: Sequence[Event], lexicon: ActorLexicon) -> tuple[Actor, ...]:
    """The actors, and after them the states that events name by a place of theirs alone ("shelled Kharkiv")."""
    known = {actor.actor_id for actor in actors}
    named: dict[str, Actor] = {}
    for event in events:
        for each in event.recipients:
            entry = lexicon.entry(each) if each not in known and each not in named else None
            if entry is not None:
                evidence: Evidence = {"name": event.evidence.get("recipients", ())}
                named[each] = Actor(
                    actor_id=each, name=entry.name, kind="state", country=each, sectors=entry.sectors, evidence=evidence
                )
    return (*actors, *named.values())
