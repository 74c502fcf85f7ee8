"""The agenda: what is announced, told once for each occasion, with who, where, when and how sure.

Two sources: events that lie ahead (a planned meeting, a visit), and nouns that name an occasion of their own (a
summit, an
election, a deadline). A meeting at a summit gives two items; the summit lends the meeting its forum."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
from spacy.tokens import Token

from dragoman.annotate import Annotated
from dragoman.annotate.syntax import clause_head, nominal, preposition, subjects
from dragoman.extraction.arguments import Cast, Side, light_verb, words_of
from dragoman.extraction.events import Scene, make_scene
from dragoman.extraction.status import Mood, condition_words, read_status
from dragoman.lexicon.predicates import Predicates
from dragoman.records import (
    AgendaItem,
    AgendaKind,
    AgendaStatus,
    Event,
    LinkedActors,
    Place,
    Skipped,
    Span,
    Statement,
    Time,
)

AHEAD = frozenset({"planned", "possible", "conditional"})
FORUMS = frozenset({"summit", "congress", "election", "vote", "deadline", "hearing", "exercise", "signing", "other"})
"""Kinds that a noun alone can announce; meetings, talks, visits and calls come from events, with their participants."""
UNTOLD = frozenset({"promo", "credit", "byline", "dateline"})
AHEAD_OF = frozenset({"ahead of", "before", "until", "by", "prior to", "in the run-up to", "pending"})
AHEAD_WORDS = frozenset(
    {"upcoming", "forthcoming", "next", "planned", "scheduled", "coming", "future", "expected", "looming"}
)
PAST_WORDS = frozenset(
    {"last", "previous", "past", "recent", "former", "earlier", "annual", "first", "disputed", "since"}
)
PUT_OFF = frozenset({"postpone", "delay", "defer", "adjourn", "reschedule"})
CALLED_OFF = frozenset({"cancel", "scrap", "abandon"})
CONFIRMING = frozenset({"confirm", "announce"})
SILENT = frozenset({"decline", "no_response"})
VOTING = frozenset({"vote", "elect"})
OCCASION_VERBS = frozenset({"attend", "meet", "take", "begin", "open", "convene", "host", "gather", "skip",
                            "address", "join",
                            "start", "hold", "come", "go", "travel", "contest", "participate", "visit", "boycott",
                            "run", "kick"})  # fmt: skip
TALKS = frozenset({"meeting", "talks", "call"})


@dataclasses.dataclass(frozen=True)
class Occasion:
    """One mention of an occasion: an item in the making, the words that tell it, and the noun that names its forum."""

    item: AgendaItem
    triggers: tuple[Span, ...]
    lemma: str
    head: Token | None = None


def extract_agenda(
    annotated: Annotated,
    events: Sequence[Event],
    statements: Sequence[Statement],
    actors: LinkedActors,
    times: Sequence[Time],
    places: Sequence[Place],
    predicates: Predicates,
) -> tuple[tuple[AgendaItem, ...], tuple[Skipped, ...]]:
    """The agenda items of an article in the order of the text, and the occasions that were left out, with the
    reason."""
    scene = make_scene(annotated, statements, actors, times, places, predicates)
    doc = annotated.doc
    starts = {start: doc[i] for i, start in enumerate(doc.to_array("IDX").tolist())}
    by_place = {place.place_id: place for place in places}
    forums, skipped = _forums(scene)
    told = [made for event in events if (made := _from_event(event, starts, scene, by_place)) is not None]
    taken = {span.start for occasion in told for span in occasion.triggers if occasion.item.kind == "summit"}
    forums = [forum for forum in forums if forum.triggers[0].start not in taken]
    occasions = [_with_forum(occasion, forums, starts) for occasion in told] + _merged(forums)
    items = [_with_voices(occasion, statements, actors, scene) for occasion in occasions]
    return _numbered(sorted(items, key=_start)), tuple(skipped)


def _start(item: AgendaItem) -> int:
    return int(item.item_id.rsplit("#a", 1)[1].split(".")[0])


# --- from events


def _from_event(event: Event, starts: dict[int, Token], scene: Scene, places: dict[str, Place]) -> Occasion | None:
    """The item that an event announces; past ones only where they are dated and mutual."""
    token = next((starts[span.start] for span in event.triggers if span.start in starts), None)
    if token is None or (kind := _event_kind(event, scene)) is None:
        return None
    if kind == "summit" and len(event.actors) < 2:
        return None
    past = event.status == "occurred"
    if past and (event.earliest is None or event.type != "CONSULT" or len(event.actors) + len(event.recipients) < 2):
        return None
    if event.status in {"denied", "ongoing"} or (event.status == "possible" and event.earliest is None and not past):
        return None
    status: AgendaStatus = "held" if past else _event_status(event, token)
    item = AgendaItem(
        item_id=f"{scene.annotated.article.article_id}#a{event.trigger.start}",
        kind=kind,
        participants=tuple(dict.fromkeys((*event.actors, *event.recipients))),
        place=event.place,
        country=_country(event, places, scene),
        earliest=event.earliest,
        latest=event.latest,
        granularity=_granularity(event.earliest, event.latest),
        status=status,
        condition=event.condition if status == "conditional" else None,
        events=(event.event_id,),
        evidence={"kind": (event.trigger,), **{k: v for k, v in event.evidence.items() if k in _KEPT}},
    )
    return Occasion(item, event.triggers, token.lemma_.lower())


_KEPT = ("status", "place", "earliest")


def _event_kind(event: Event, scene: Scene) -> AgendaKind | None:
    """The kind of occasion by the words of all triggers; nouns ("talks", "summit") say more than verbs."""
    predicates = scene.predicates
    spans = [scene.annotated.doc.char_span(each.start, each.end, alignment_mode="expand") for each in event.triggers]
    words = [token.lemma_.lower() for span in spans if span is not None for token in span]
    if event.type == "CONSULT":
        if event.mode == "visit":
            return "visit"
        if event.mode == "phone":
            return "call"
        verbs = [kind for word in words if (kind := predicates.agenda.get((word, "v")))]
        nouns = [kind for word in words if (kind := predicates.agenda.get((word, "n")))]
        return verbs[0] if verbs else nouns[0] if nouns else "meeting"
    if event.type in {"SUPPORT", "AGREE"} and any(word in {"sign", "signing", "ratify"} for word in words):
        return "signing"
    if event.type in {"MOBILIZE", "COOPERATE"} and any(predicates.is_a(word, "drill") for word in words):
        return "exercise"
    return None


def _event_status(event: Event, token: Token) -> AgendaStatus:
    cues = {span.text.lower() for span in event.evidence.get("status", ()) if isinstance(span, Span)}
    if event.status == "conditional":
        return "conditional"
    if event.status == "possible":
        return "tentative"
    if cues & {"expected", "likely", "due"}:
        return "expected"
    return _moved(token) or "planned"


def _moved(token: Token) -> AgendaStatus | None:
    """ "Postponed" or "cancelled", where that is what the governing verb says."""
    for above in (token.head, token.head.head):
        lemma = above.lemma_.lower()
        if above.pos_ == "VERB" and lemma in PUT_OFF:
            return "postponed"
        if above.pos_ == "VERB" and lemma in CALLED_OFF:
            return "cancelled"
    return None


def _country(event: Event, places: dict[str, Place], scene: Scene) -> str | None:
    if event.place is not None and event.place in places:
        return places[event.place].country
    if event.mode == "visit":
        hosts = [scene.cast.linked.named(actor) for actor in event.recipients]
        return next((host.country for host in hosts if host is not None), None)
    return None


def _granularity(earliest: dt.date | None, latest: dt.date | None) -> str | None:
    if earliest is None or latest is None:
        return None
    days = (latest - earliest).days
    return "day" if days < 4 else "week" if days < 8 else "month" if days < 32 else "season" if days < 100 else "year"


# --- from nouns


def _forums(scene: Scene) -> tuple[list[Occasion], list[Skipped]]:
    found: list[Occasion] = []
    skipped: list[Skipped] = []
    for token in scene.annotated.doc:
        if (ballot := _ballot(token, scene)) is not None:
            found.append(ballot)
            continue
        kind = _noun_kind(token, scene.predicates)
        if kind is None:
            continue
        block = scene.annotated.article.block_at(token.idx)
        if block is not None and block.kind in UNTOLD:
            continue
        occasion = _forum(token, kind, scene)
        if occasion is None:
            skipped.append(
                Skipped(
                    start=token.idx, end=token.idx + len(token), text=token.text, reason="nothing says it lies ahead"
                )
            )
        else:
            found.append(occasion)
    return found, skipped


def _ballot(token: Token, scene: Scene) -> Occasion | None:
    """ "Parliament will vote on Friday": a dated vote that lies ahead, told by its verb."""
    if token.lemma_.lower() not in VOTING or token.pos_ != "VERB":
        return None
    time = scene.clauses.time_of(token)
    if time is None or time.earliest is None or (scene.published is not None and time.earliest <= scene.published):
        return None
    mood = read_status(token, scene.predicates)
    side = Side()
    for subject in subjects(token):
        side += scene.cast.acting.who(subject)
    status: AgendaStatus = "planned" if mood.status in {"occurred", "ongoing", "planned"} else _STATUS[mood.status]
    span = scene.span(token.idx, token.idx + len(token))
    item = AgendaItem(
        item_id=f"{scene.annotated.article.article_id}#a{token.idx}",
        kind="vote",
        participants=side.ids,
        country=_own_country(side.ids, scene),
        earliest=time.earliest,
        latest=time.latest,
        granularity=time.granularity,
        status=status,
        evidence={"kind": (span,), "earliest": (scene.span(time.start, time.end),)},
    )
    return Occasion(item, (span,), "vote", token)


def _noun_kind(token: Token, predicates: Predicates) -> AgendaKind | None:
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod", "flat"}:
        return None
    if token.text == "March" or (token.pos_ == "PROPN" and token.ent_type_ == "DATE"):
        return None
    kind = predicates.agenda.get((token.lower_, "n")) or predicates.agenda.get((token.lemma_.lower(), "n"))
    if kind not in FORUMS:
        return None
    if kind == "congress" and not any(c.dep_ in {"compound", "amod", "nmod:poss", "nmod"} for c in token.children):
        return None
    if kind == "congress" and token.ent_type_ == "ORG" and token.lower_ == "congress":
        return None
    return kind


def _forum(token: Token, kind: AgendaKind, scene: Scene) -> Occasion | None:
    """The occasion that a noun names, where its words or its clause put it ahead (or a dated forum in the past)."""
    time = scene.clauses.time_of(token)
    mood = _forum_mood(token, time, scene)
    if mood is None:
        return None
    dated = time is not None and not _out_of_step(time, mood, scene.published)
    place = scene.clauses.place_of(token)
    side = _members(token, scene.cast)
    if kind in {"other", "vote", "signing", "hearing"} and not dated:
        return None
    span = nominal(token)
    name = scene.span(span.start_char, span.end_char)
    where = None if place is None else place[0]
    status = _moved(token) or _STATUS[mood.status]
    item = AgendaItem(
        item_id=f"{scene.annotated.article.article_id}#a{token.idx}",
        kind=kind,
        participants=side.ids,
        forum=name.text,
        place=None if where is None else where.place_id,
        country=where.country if where is not None else _own_country(side.ids, scene),
        earliest=time.earliest if dated and time is not None else None,
        latest=time.latest if dated and time is not None else None,
        granularity=time.granularity if dated and time is not None else None,
        status=status,
        condition=scene.span(*condition_words(mood.condition)) if mood.condition and status == "conditional" else None,
        evidence={
            "kind": (name,),
            **({"participants": tuple(scene.span(a, b) for a, b in words_of(side))} if side.ids else {}),
            **({"earliest": (scene.span(time.start, time.end),)} if dated and time is not None else {}),
            **({"place": (place[1],)} if place is not None else {}),
        },
    )
    return Occasion(item, (scene.span(token.idx, token.idx + len(token)),), token.lemma_.lower(), token)


_STATUS: dict[str, AgendaStatus] = {
    "planned": "expected", "possible": "tentative", "conditional": "conditional", "occurred": "held", "ongoing": "held",
    "denied": "cancelled",
}  # fmt: skip


def _members(token: Token, cast: Cast) -> Side:
    """Who takes part in a forum: its own name, owners and modifiers."""
    side = cast.at(token)
    for slot in ("poss", "mod", "of", "between", "with"):
        side += cast.slot_of_noun(token, slot)
    return side


def _own_country(ids: Iterable[str], scene: Scene) -> str | None:
    """The country of an election or congress: that of the one state whose it is."""
    countries = {actor.country for each in ids if (actor := scene.cast.linked.named(each)) is not None}
    return countries.pop() if len(countries) == 1 else None


def _forum_mood(token: Token, time: Time | None, scene: Scene) -> Mood | None:
    """The status of a forum, or None where nothing tells whether it lies ahead."""
    words = {child.lower_ for child in token.children}
    published = scene.published
    if time is not None and time.earliest is not None and published is not None:
        if time.earliest > published or (time.latest is not None and time.latest > published):
            return Mood("planned")
        named = any(child.pos_ == "PROPN" for child in token.children) or token.pos_ == "PROPN"
        return Mood("occurred") if named and _attached(token, time) else None
    if words & AHEAD_WORDS or preposition(token) in AHEAD_OF:
        return Mood("planned")
    if words & PAST_WORDS:
        return None
    clause = clause_head(token)
    carrier = light_verb(token, scene.predicates)
    status = read_status(carrier or clause, scene.predicates)
    if carrier is not None or clause.lemma_.lower() in OCCASION_VERBS:
        return status if status.status in AHEAD else None
    return None


def _attached(token: Token, time: Time) -> bool:
    span = nominal(token)
    return span.start_char <= time.start and time.end <= span.end_char + 25


def _out_of_step(time: Time, mood: Mood, published: dt.date | None) -> bool:
    if published is None or mood.status not in AHEAD:
        return False
    return time.latest is not None and time.latest < published


def _merged(forums: Sequence[Occasion]) -> list[Occasion]:
    """Mentions of one forum are one item: the fullest name, the narrowest date, the most precise place."""
    groups: list[list[Occasion]] = []
    for forum in forums:
        home = next((group for group in groups if _same_forum(forum, group[0])), None)
        if home is None:
            groups.append([forum])
        else:
            home.append(forum)
    return [_one(group) for group in groups]


def _same_forum(a: Occasion, b: Occasion) -> bool:
    if a.item.kind != b.item.kind or a.lemma != b.lemma:
        return False
    if (a.item.status == "held") != (b.item.status == "held"):
        return False
    one, two = a.item, b.item
    if one.earliest and two.latest and one.earliest > two.latest:
        return False
    if two.earliest and one.latest and two.earliest > one.latest:
        return False
    if one.participants and two.participants:
        return bool(set(one.participants) & set(two.participants))
    return True


def _one(group: list[Occasion]) -> Occasion:
    items = [occasion.item for occasion in group]
    dated = [item for item in items if item.earliest is not None and item.latest is not None]
    narrow = min(
        dated, key=lambda item: (item.latest or dt.date.max) - (item.earliest or dt.date.min), default=items[0]
    )
    named = max(items, key=lambda item: (bool(item.participants), len(item.forum or "")))
    placed = next((item for item in (narrow, *items) if item.place is not None), items[0])
    joined = msgspec.structs.replace(
        named,
        item_id=items[0].item_id,
        earliest=narrow.earliest,
        latest=narrow.latest,
        granularity=narrow.granularity,
        place=placed.place,
        country=placed.country or named.country,
        evidence={**placed.evidence, **narrow.evidence, **named.evidence},
    )
    return Occasion(joined, tuple(span for each in group for span in each.triggers), group[0].lemma, group[0].head)


# --- meetings at forums, voices


def _with_forum(occasion: Occasion, forums: Sequence[Occasion], starts: dict[int, Token]) -> Occasion:
    """A meeting "at" or "on the sidelines of" a forum of its own clause takes that forum's name."""
    heads = [starts[span.start] for span in occasion.triggers if span.start in starts]
    for forum in forums:
        if forum.head is None or forum.item.kind != "summit" or occasion.item.kind == "summit":
            continue
        if (forum.item.status == "held") != (occasion.item.status == "held"):
            continue
        clause = clause_head(forum.head)
        if any(clause_head(head) == clause or clause in (head, head.head) for head in heads):
            item = msgspec.structs.replace(occasion.item, forum=forum.item.forum)
            return dataclasses.replace(occasion, item=item)
    return occasion


def _with_voices(occasion: Occasion, statements: Sequence[Statement], actors: LinkedActors, scene: Scene) -> AgendaItem:
    """Who confirmed it, and who would not answer a question on it."""
    item = occasion.item
    if item.status == "held":
        return item
    confirmed = [s for s in statements if _confirms(s, occasion, actors)]
    declined = [s for s in statements if s.act in SILENT and _asked_about(s, occasion, scene)]
    status = item.status
    if status in {"planned", "expected"} and any(_by_cue(s, scene) for s in confirmed):
        status = "confirmed"
    return msgspec.structs.replace(
        item,
        status=status,
        confirmed_by=tuple(s.statement_id for s in confirmed),
        declined_by=tuple(s.statement_id for s in declined),
    )


def _confirms(statement: Statement, occasion: Occasion, actors: LinkedActors) -> bool:
    speaker = actors.named(statement.speaker) if statement.speaker is not None else None
    if speaker is None or not {"GOV", "MIL", "LEG", "IGO", "JUD"} & set(speaker.sectors) or statement.act != "assert":
        return False
    return any(part.start <= span.start < part.end for part in statement.content for span in occasion.triggers)


def _by_cue(statement: Statement, scene: Scene) -> bool:
    if statement.cue is None:
        return False
    cue = statement.cue
    words = scene.annotated.doc.char_span(cue.start, cue.end, alignment_mode="expand")
    return words is not None and any(word.lemma_.lower() in CONFIRMING for word in words)


def _asked_about(statement: Statement, occasion: Occasion, scene: Scene) -> bool:
    """True where the sentence of a refusal to answer names the occasion, or follows a sentence of its paragraph that
    does."""
    anchor = statement.cue or statement.content[0]
    block = scene.annotated.article.block_at(anchor.start)
    if block is None:
        return False
    if any(block.start <= span.start < block.end for span in occasion.triggers):
        return True
    return occasion.item.kind in TALKS and "visit" in anchor.text


def _numbered(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    taken: dict[str, int] = {}
    found = []
    for item in items:
        count = taken.get(item.item_id, 0)
        taken[item.item_id] = count + 1
        found.append(msgspec.structs.replace(item, item_id=f"{item.item_id}.{count}") if count else item)
    return tuple(found)
