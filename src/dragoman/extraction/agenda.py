"""The agenda: what is announced, told once for each occasion, with who, where, when and how sure.

`occasions` finds every word that tells of one, `outlooks` says whether it lies ahead, `gatherings` joins the tellings
of one occasion; here they become items. A meeting at a summit gives two items; the summit lends the meeting its
forum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from spacy.tokens import Token

from dragoman.annotate import Annotated
from dragoman.extraction.arguments import Side, words_of
from dragoman.extraction.events import Scene, make_scene
from dragoman.extraction.gatherings import gather, names_in_passing
from dragoman.extraction.occasions import MEETINGS, Telling, find_tellings
from dragoman.lexicon.predicates import Predicates
from dragoman.records import (
    AgendaItem,
    AgendaKind,
    AgendaStatus,
    Event,
    Evidence,
    LinkedActors,
    Place,
    Skipped,
    Span,
    Statement,
    Time,
)

CONFIRMING = frozenset({"confirm", "announce"})
SILENT = frozenset({"decline", "no_response"})
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "IGO", "JUD"})
CHANGES = frozenset({"postponed", "cancelled"})
SURENESS: tuple[AgendaStatus, ...] = ("planned", "expected", "conditional", "tentative")
WIDEST = {"other": 31, "deadline": 31, "hearing": 100, "signing": 100, "vote": 130, "meeting": 31}
"""Days that the date of an occasion which only a date makes one may span; verbs of the kind `other` need a week."""
HELD_KINDS = MEETINGS | {"visit", "summit"}
HELD_DAYS = 31
STOPS = frozenset({"according", "which", "who", "he", "she", "they", "officials"})
PRECISION = {"site": 4, "city": 3, "region": 2, "country": 1}


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
    tellings, refused = find_tellings(scene)
    groups = gather(tellings, scene)
    kept = [group for group in groups if _announces(group, scene)]
    told = {each.token.i for group in kept for each in group}
    dropped = sorted(
        [*refused, *(each.token for each in tellings if each.token.i not in told)], key=lambda each: each.i
    )
    items = [_with_voices(_item(group, kept, events, scene), group, statements, actors, scene) for group in kept]
    skipped = [
        Skipped(
            start=t.idx, end=t.idx + len(t), text=t.text, reason="nothing says that it lies ahead, and when or where"
        )
        for t in dropped
        if t.pos_ != "VERB"
    ]
    return _numbered(sorted(items, key=_start)), tuple(skipped)


def _start(item: AgendaItem) -> int:
    return int(item.item_id.rsplit("#a", 1)[1].split(".")[0])


# --- what is worth an entry


def _announces(group: Sequence[Telling], scene: Scene) -> bool:
    if group[0].outlook.status == "held":
        return _was_held(group, scene)
    return any(each.ahead and _enough(each, group, scene) for each in group)


def _enough(telling: Telling, group: Sequence[Telling], scene: Scene) -> bool:
    """True where the group says enough of an occasion: a day, or a place, or who takes part."""
    time, place = _time(group), _placed(group)
    known = time is not None or place is not None or any(each.country for each in group)
    status = telling.outlook.status
    if telling.row.dated:
        undated = status in CHANGES and telling.token.pos_ != "VERB"
        return undated or (time is not None and _narrow(telling, time))
    if telling.outlook.vague or status == "tentative":
        return known
    if status == "conditional" or status in CHANGES:
        return True
    if telling.kind in MEETINGS | {"visit"}:
        return known or (telling.kind != "visit" and len(_side(group, scene).ids) > 1)
    return True


def _narrow(telling: Telling, time: Time) -> bool:
    widest = WIDEST.get(telling.kind, 366)
    if telling.kind == "other" and telling.token.pos_ == "VERB":
        widest = 7
    if time.earliest is None or time.latest is None:
        return time.bound == "before"
    return (time.latest - time.earliest).days <= widest


def _was_held(group: Sequence[Telling], scene: Scene) -> bool:
    """Past occasions are entries only where they are dated and it is said who met, or they have a name."""
    time = _time(group)
    if group[0].kind not in HELD_KINDS or time is None or time.earliest is None or time.latest is None:
        return False
    if (time.latest - time.earliest).days > HELD_DAYS:
        return False
    if group[0].kind == "visit":
        return any(each.country for each in group) and bool(_side(group, scene).ids)
    named = any(each.kind == "summit" and _proper(each.token) for each in group)
    return named or len(_side(group, scene).ids) > 1


def _proper(token: Token) -> bool:
    return token.pos_ == "PROPN" or any(child.pos_ == "PROPN" and child.dep_ != "nmod" for child in token.children)


# --- one item of several tellings


def _item(
    group: Sequence[Telling], groups: Sequence[Sequence[Telling]], events: Sequence[Event], scene: Scene
) -> AgendaItem:
    held = group[0].outlook.status == "held"
    main = next((each for each in group if each.ahead), group[0])
    host = _host(group, groups)
    time = _time(group) or (_time(host) if host is not None and not held else None)
    placed = _placed(group) or (_placed(host) if host is not None else None)
    side = _side(group, scene)
    telling = _surest(group) if not held else main
    status: AgendaStatus = telling.outlook.status or "planned"
    condition = telling.outlook.condition if status == "conditional" else None
    told = _events(group, events, held)
    earliest, latest = _interval(time, main, scene.published)
    return AgendaItem(
        item_id=f"{scene.annotated.article.article_id}#a{main.span.start}",
        kind=_kind(group, main),
        participants=side.ids or (_lent(told) if main.kind in MEETINGS else ()),
        forum=_forum(group, host),
        place=placed[0].place_id if placed is not None else None,
        country=_country(group, placed, side, main, scene),
        earliest=earliest,
        latest=latest,
        granularity=time.granularity if time is not None else None,
        status=status,
        condition=_condition(condition, scene) if condition is not None else None,
        events=tuple(event.event_id for event in told),
        evidence=_evidence(group, telling, side, time, placed, scene),
    )


def _kind(group: Sequence[Telling], main: Telling) -> AgendaKind:
    kinds = [each.kind for each in group]
    for first in ("summit", "election"):
        if first in kinds and main.kind in MEETINGS | {"vote", first}:
            return first
    return main.kind


def _surest(group: Sequence[Telling]) -> Telling:
    """The telling whose status counts: the last change, else the surest."""
    changes = [each for each in group if each.outlook.status in CHANGES]
    if changes:
        return changes[-1]
    ahead = [each for each in group if each.ahead]
    ahead = [each for each in ahead if not names_in_passing(each)] or ahead
    return min(ahead, key=lambda each: SURENESS.index(each.outlook.status or "planned"))


def _time(group: Sequence[Telling]) -> Time | None:
    """The narrowest time that is told; the new one of what was put off."""
    moved = [each.time for each in group if each.outlook.status == "postponed" and each.time is not None]
    times = moved or [each.time for each in group if each.time is not None]
    return min(times, key=_width, default=None)


def _width(time: Time) -> int:
    if time.earliest is None or time.latest is None:
        return 10**6
    return (time.latest - time.earliest).days


def _interval(time: Time | None, main: Telling, published: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """The days of an item. What is to be done by a day may be done at any time from now on."""
    if time is None:
        return None, None
    earliest = time.earliest
    if (
        main.kind == "other"
        and time.bound == "before"
        and published is not None
        and time.latest is not None
        and published < time.latest
    ):
        earliest = published
    return earliest, time.latest


def _placed(group: Sequence[Telling]) -> tuple[Place, Span] | None:
    found = [each.place for each in group if each.place is not None]
    return max(found, key=lambda item: PRECISION.get(item[0].precision, 0), default=None)


def _country(
    group: Sequence[Telling], placed: tuple[Place, Span] | None, side: Side, main: Telling, scene: Scene
) -> str | None:
    """Where it is; for ballots and congresses, whose it is."""
    if main.kind in {"election", "vote"} and (own := _own_country(side, scene)) is not None:
        return own
    if placed is not None and placed[0].country is not None:
        return placed[0].country
    if (told := next((each.country for each in group if each.country), None)) is not None:
        return told
    return _own_country(side, scene) if main.kind in {"hearing", "other", "congress"} else None


def _own_country(side: Side, scene: Scene) -> str | None:
    countries = {actor.country for each in side.ids if (actor := scene.cast.linked.named(each)) is not None}
    return countries.pop() if len(countries) == 1 else None


def _side(group: Sequence[Telling], scene: Scene) -> Side:
    """Those of the fullest telling, and the partners of what hangs on it ("travels for talks with")."""
    own = [each for each in group if not names_in_passing(each)] or group
    best = max(own, key=lambda each: (each.outlook.status is not None, len(each.side.ids), -each.token.i))
    side = best.side
    for each in group:
        partner = each.anchor == best.token.i or (each.anchor is None and best.anchor == each.token.i)
        if each not in own or partner:
            side += each.side
    if not side.ids:
        side = max((each.side for each in group), key=lambda each: len(each.ids))
    return side.without(_crowd(side, scene))


def _crowd(side: Side, scene: Scene) -> list[str]:
    """Nameless groups ("officials") beside two or more who are named."""
    actors = [actor for each in side.ids if (actor := scene.cast.linked.named(each)) is not None]
    groups = [actor.actor_id for actor in actors if actor.kind == "group"]
    return groups if len(actors) - len(groups) > 1 else []


def _host(group: Sequence[Telling], groups: Sequence[Sequence[Telling]]) -> Sequence[Telling] | None:
    """The group of the forum at which these take place."""
    at = {each.at for each in group} - {None}
    return next((other for other in groups if other is not group and any(each.token.i in at for each in other)), None)


def _forum(group: Sequence[Telling], host: Sequence[Telling] | None) -> str | None:
    named = host if host is not None else group if group[0].kind not in MEETINGS | {"visit"} else ()
    names = [each.name.text for each in named if each.name is not None]
    return max(names, key=len, default=None)


def _events(group: Sequence[Telling], events: Sequence[Event], held: bool) -> list[Event]:
    """The events that the same words tell, as past or as ahead as the item."""
    return [
        event
        for event in events
        if (event.status == "occurred") == held
        and any(span.overlaps(each.span) for span in event.triggers for each in group)
    ]


def _lent(events: Sequence[Event]) -> tuple[str, ...]:
    return next(((*event.actors, *event.recipients) for event in events if event.type == "CONSULT"), ())


def _condition(head: Token, scene: Scene) -> Span:
    """The words of a condition, up to a comma behind which another voice or a participle goes on."""
    words = [word for word in head.subtree if not word.is_space]
    doc = head.doc
    stop = next(
        (at for at, word in enumerate(words) if word.text == "," and word.i > head.i and word.i + 1 < len(doc)
         and (doc[word.i + 1].lower_ in STOPS or doc[word.i + 1].tag_ == "VBG")),
        len(words),
    )  # fmt: skip
    words = [word for word in words[:stop] if not word.is_punct or word.text in "'\"-"] or [head]
    return scene.span(words[0].idx, words[-1].idx + len(words[-1]))


def _evidence(
    group: Sequence[Telling],
    telling: Telling,
    side: Side,
    time: Time | None,
    placed: tuple[Place, Span] | None,
    scene: Scene,
) -> Evidence:
    found: Evidence = {"kind": tuple(dict.fromkeys(each.name or each.span for each in group))}
    if telling.outlook.cues:
        found["status"] = tuple(dict.fromkeys(scene.span(cue.idx, cue.idx + len(cue)) for cue in telling.outlook.cues))
    if side.ids:
        found["participants"] = tuple(scene.span(start, end) for start, end in words_of(side))
    if time is not None:
        found["earliest"] = (scene.span(time.start, time.end),)
    if placed is not None:
        found["place"] = (placed[1],)
    return found


# --- voices


def _with_voices(
    item: AgendaItem, group: Sequence[Telling], statements: Sequence[Statement], actors: LinkedActors, scene: Scene
) -> AgendaItem:
    """Who confirmed it, and who would not answer a question on it."""
    if item.status == "held":
        return item
    confirmed = [s for s in statements if _confirms(s, group, actors, scene)]
    declined = [s for s in statements if s.act in SILENT and _asked_about(s, item, group, scene)]
    status = item.status
    if status in {"planned", "expected"} and any(_by_cue(s, scene) for s in confirmed):
        status = "confirmed"
    return msgspec.structs.replace(
        item,
        status=status,
        confirmed_by=tuple(s.statement_id for s in confirmed),
        declined_by=tuple(s.statement_id for s in declined),
    )


def _confirms(statement: Statement, group: Sequence[Telling], actors: LinkedActors, scene: Scene) -> bool:
    speaker = actors.named(statement.speaker) if statement.speaker is not None else None
    if speaker is None or not OFFICIAL & set(speaker.sectors) or statement.act != "assert":
        return False
    if any(part.start <= each.span.start < part.end for part in statement.content for each in group):
        return True
    return _by_cue(statement, scene) and _confirms_dates(statement, group, scene)


def _confirms_dates(statement: Statement, group: Sequence[Telling], scene: Scene) -> bool:
    """ "Confirmed the dates", in the paragraph after a telling or in the same one."""
    words = {word for part in statement.content for word in part.text.lower().split()}
    if not words & {"dates", "date", "schedule", "timing"} or group[0].kind not in HELD_KINDS:
        return False
    blocks = scene.annotated.article.blocks
    here = next((at for at, b in enumerate(blocks) if b.start <= statement.content[0].start < b.end), None)
    return here is not None and any(
        blocks[at].start <= each.span.start < blocks[at].end
        for each in group
        if each.time is not None
        for at in range(max(0, here - 1), here + 1)
    )


def _by_cue(statement: Statement, scene: Scene) -> bool:
    if statement.cue is None:
        return False
    cue = statement.cue
    words = scene.annotated.doc.char_span(cue.start, cue.end, alignment_mode="expand")
    return words is not None and any(word.lemma_.lower() in CONFIRMING for word in words)


def _asked_about(statement: Statement, item: AgendaItem, group: Sequence[Telling], scene: Scene) -> bool:
    """True where the paragraph of a refusal to answer names the occasion, or the refusal a visit."""
    anchor = statement.cue or statement.content[0]
    block = scene.annotated.article.block_at(anchor.start)
    if block is None:
        return False
    if any(block.start <= each.span.start < block.end for each in group):
        return True
    return item.kind in MEETINGS and "visit" in anchor.text


def _numbered(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    taken: dict[str, int] = {}
    found = []
    for item in items:
        count = taken.get(item.item_id, 0)
        taken[item.item_id] = count + 1
        found.append(msgspec.structs.replace(item, item_id=f"{item.item_id}.{count}") if count else item)
    return tuple(found)
