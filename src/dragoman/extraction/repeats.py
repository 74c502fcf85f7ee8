"""One event, told several times in one article, is one record with several triggers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dragoman.records import Actor, Event, Evidence, Span, Status

AHEAD = frozenset({"planned", "possible", "conditional"})
DONE = frozenset({"occurred", "ongoing"})
RANK: dict[Status, int] = {"conditional": 5, "planned": 4, "possible": 3, "denied": 2, "ongoing": 1, "occurred": 0}
STEM = 4  # letters that two words of one event must share: invade, invasion
TALKING = frozenset({"meet", "meeting", "talk", "talks", "summit", "see", "hold", "dialogue", "negotiation",
                     "negotiate",
                     "discuss", "confer", "conversation", "discussion", "consultation", "gather", "gathering",
                     "attend"})  # fmt: skip
TRAVELLING = frozenset({"visit", "trip", "tour", "travel", "fly", "arrive", "make", "pay", "head", "go", "come", "land",
                        "journey", "begin", "stopover"})  # fmt: skip
WARRING = frozenset(
    {"invade", "invasion", "send", "war", "launch", "offensive", "operation", "action", "campaign", "wage"}
)
FAMILIES = (TALKING, TRAVELLING, WARRING)
SPOKEN = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Acts of speech: two of them in the body are two acts, unless they are said of the same people at the same time."""
SIGNING = frozenset({"sign", "initial", "ratify"})
"""Acts that are told as speech but done once: "the two states signed", "their ministers signed the deal"."""
REPEATING = frozenset({"title", "summary", "heading", "caption", "duplicate"})


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """An event as one trigger tells it: before repeats are joined. `about`: the lemmas of a verb's objects. `narrated`:
    told in the simple past by the report itself, with no other day in its sentence."""

    event: Event
    lemma: str
    block: str
    nominal: bool
    definite: bool
    about: tuple[str, ...] = ()
    narrated: bool = False


def join_repeats(tellings: Iterable[Telling], actors: Mapping[str, Actor]) -> tuple[Event, ...]:
    """Join tellings of one event; the result is in the order of the text. Records with equal starts get distinct
    ids."""
    groups: list[list[Telling]] = []
    for telling in tellings:
        home = next((g for g in groups if all(same_event(telling, other, actors) for other in g)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return _numbered(sorted((_joined(group) for group in groups), key=lambda event: event.trigger.start))


def same_event(one: Telling, two: Telling, actors: Mapping[str, Actor]) -> bool:
    """True where two tellings may well be of one event: type, words, people, status and time agree or do not clash."""
    a, b = one.event, two.event
    if a.type != b.type or not _akin(one, two):
        return False
    if not status_fits(a.status, b.status) or not time_fits(a, b):
        return False
    signed = one.lemma == two.lemma and one.lemma in SIGNING
    if a.type in SPOKEN and not signed and not _retold(one, two):
        return False
    mutual = (signed or a.type == "CONSULT") and not (a.recipients or b.recipients)
    if not _people_fit(a.actors, b.actors, actors, mutual=mutual):
        return False
    if a.recipients and b.recipients:
        return share(a.recipients, b.recipients, actors)
    return True


def _akin(one: Telling, two: Telling) -> bool:
    """True where two tellings use kindred words, or one has the other's for its object: "the march was organised"."""
    if kindred(one.lemma, two.lemma):
        return True
    return any(len(word) > STEM and kindred(word, two.lemma) for word in one.about) or any(
        len(word) > STEM and kindred(word, one.lemma) for word in two.about
    )


def _retold(one: Telling, two: Telling) -> bool:
    a, b = one.event, two.event
    if {one.block, two.block} & REPEATING or one.nominal or two.nominal:
        return True
    return bool(a.recipients) and a.recipients == b.recipients and a.actors == b.actors


def kindred(one: str, two: str) -> bool:
    """True where two lemmas may name one event: "invade" and "invasion", "meet" and "talks"."""
    return one[:STEM] == two[:STEM] or any(one in family and two in family for family in FAMILIES)


def status_fits(a: Status, b: Status) -> bool:
    """True where two statuses may be of one event: both lie ahead, or both behind."""
    return a == b or (a in AHEAD and b in AHEAD) or (a in DONE and b in DONE)


def time_fits(a: Event, b: Event) -> bool:
    """True unless the days of one are over before those of the other begin."""
    if a.earliest is not None and b.latest is not None and a.earliest > b.latest:
        return False
    return not (b.earliest is not None and a.latest is not None and b.earliest > a.latest)


def _people_fit(a: tuple[str, ...], b: tuple[str, ...], actors: Mapping[str, Actor], *, mutual: bool) -> bool:
    if not a or not b:
        return True
    if not mutual:
        return share(a, b, actors)
    small, large = sorted((set(a), set(b)), key=len)
    hits = sum(any(_stands_for(x, y, actors) for y in large) for x in small)
    return hits == len(small)


def share(a: tuple[str, ...], b: tuple[str, ...], actors: Mapping[str, Actor]) -> bool:
    """True where one of `a` stands for one of `b`."""
    return any(_stands_for(x, y, actors) for x in a for y in b)


def _stands_for(x: str, y: str, actors: Mapping[str, Actor]) -> bool:
    """The same actor, or a state and its own government, army or head."""
    if x == y:
        return True
    one, two = actors.get(x), actors.get(y)
    if one is None or two is None:
        return False
    groups = one.kind == two.kind == "group"
    if groups and one.name.lower() == two.name.lower():
        return True
    if one.country is None or one.country != two.country:
        return False
    if groups and one.name.lower().split()[-1:] == two.name.lower().split()[-1:]:
        return True  # "Myanmar generals", "six Myanmar generals"
    return "state" in (one.kind, two.kind)


def _joined(group: list[Telling]) -> Event:
    tellings = sorted(group, key=lambda telling: telling.event.trigger.start)
    best = max(tellings, key=lambda telling: (telling.event.score, telling.block not in REPEATING))
    if len(tellings) == 1:
        return best.event
    events = [telling.event for telling in tellings]
    dated = [event for event in events if event.earliest is not None or event.latest is not None]
    narrow = min(dated, key=width) if dated else best.event
    status = _common_status(events)
    of_status = next((event for event in events if event.status == status and event.condition), None)
    first = events[0].trigger
    cast = _common_cast(tellings)
    return msgspec.structs.replace(
        best.event,
        actors=cast.actors,
        trigger=first,
        triggers=tuple({(e.trigger.start, e.trigger.end): e.trigger for e in events}.values()),
        status=status,
        condition=of_status.condition if of_status is not None and status == "conditional" else None,
        earliest=narrow.earliest,
        latest=narrow.latest,
        place=_common_place(best.event, events),
        recipients=cast.recipients or next((e.recipients for e in events if e.recipients), ()),
        instrument=best.event.instrument or next((event.instrument for event in events if event.instrument), None),
        magnitude=best.event.magnitude or next((event.magnitude for event in events if event.magnitude), None),
        attributed_to=_vouched(events),
        contexts=tuple(dict.fromkeys(context for event in events for context in event.contexts))[:4],
        score=round(min(0.98, best.event.score + 0.03 * (len(events) - 1)), 2),
        evidence=_evidence(events, best.event),
    )


def _common_cast(tellings: list[Telling]) -> Event:
    """The telling whose actors most tellings name; of equals, the one with recipients, in the body, best scored."""
    told_in_full = {telling.event.trigger.start for telling in tellings if telling.block not in REPEATING}
    counts: dict[frozenset[str], int] = {}
    for telling in tellings:
        names = frozenset(telling.event.actors)
        counts[names] = counts.get(names, 0) + 1
    return max(
        (telling.event for telling in tellings),
        key=lambda event: (
            bool(event.actors),
            counts[frozenset(event.actors)],
            bool(event.recipients),
            event.trigger.start in told_in_full,
            event.score,
        ),
    )


def _common_place(best: Event, events: list[Event]) -> str | None:
    """The place of the best telling, unless it is only a country and another telling knows more."""
    places = [event.place for event in (best, *events) if event.place is not None]
    return next((place for place in places if not place.startswith("country:")), places[0] if places else None)


def _vouched(events: list[Event]) -> str | None:
    """An event that the report itself tells anywhere needs nobody's word; else its first speaker's."""
    named = [event.attributed_to for event in events]
    return None if None in named else named[0]


def width(event: Event) -> int:
    """The days of an event\'s interval; very many where it is open."""
    if event.earliest is None or event.latest is None:
        return 10**6
    return (event.latest - event.earliest).days


def _common_status(events: list[Event]) -> Status:
    counts: dict[Status, int] = {}
    for event in events:
        counts[event.status] = counts.get(event.status, 0) + 1
    return max(counts, key=lambda status: (counts[status], RANK[status]))


def _evidence(events: list[Event], best: Event) -> Evidence:
    """The words of all tellings, field by field; the best telling's come first, its type's row stands alone."""
    found: dict[str, dict[tuple[int, int] | str, Span | str]] = {}
    for event in (best, *events):
        for field, spans in event.evidence.items():
            if field == "type" and event is not best:
                continue
            for span in spans:
                key = span if isinstance(span, str) else (span.start, span.end)
                found.setdefault(field, {}).setdefault(key, span)
    return {field: tuple(spans.values()) for field, spans in found.items()}


def _numbered(events: list[Event]) -> tuple[Event, ...]:
    """`event_id` = `<article_id>#e<start of the first trigger>`; further events on that start get .1, .2 ..."""
    taken: dict[str, int] = {}
    numbered = []
    for event in events:
        base = f"{event.event_id.split('#')[0]}#e{event.trigger.start}"
        count = taken.get(base, 0)
        taken[base] = count + 1
        numbered.append(msgspec.structs.replace(event, event_id=base if not count else f"{base}.{count}"))
    return tuple(numbered)
