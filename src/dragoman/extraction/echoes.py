"""What one telling leaves to another: who is meant by "the accusation", by "the talks", by "22 were killed"."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

import msgspec

from dragoman.extraction.repeats import Telling, kindred, share, status_fits, time_fits, width
from dragoman.records import Actor, Event, TriggerMention

REACH = 1500  # characters back in which an accusation is answered or an attack is meant
CASUALTY_REACH = 700  # characters back to the attack that the dead of a sentence without an actor belong to
SAME_SENTENCE = 200  # characters within which a mention may also stand before the event that it repeats
ANSWERING = frozenset({"REJECT", "ACCUSE", "SUPPORT"})
CHARGES = frozenset({"accusation", "allegation", "claim", "charge", "criticism", "assertion", "demand", "request",
                     "call", "threat", "appeal", "offer", "proposal", "ultimatum", "complaint"})  # fmt: skip
CONFLICT = 4  # the quad class of material conflict
SCENE_REACH = 500  # characters over which a scene of violence goes on
RANKS = frozenset({"COP", "MIL"})
HARMING = frozenset({"kill", "wound", "injure", "die", "hurt", "damage", "destroy", "maim"})


def answer(tellings: Sequence[Telling], actors: Mapping[str, Actor]) -> list[Telling]:
    """The tellings, where an answer that names nobody gets the one whom it answers: "rejected the accusation", "denied
    that ..." the accuser before it; "condemned the sanctions" those whose sanctions were told of."""
    found: list[Telling] = []
    for telling in tellings:
        event = telling.event
        if event.type in ANSWERING and not event.recipients and not telling.nominal:
            partner = _partner(telling, found, actors)
            if partner:
                telling = msgspec.structs.replace(telling, event=msgspec.structs.replace(event, recipients=partner))
        found.append(telling)
    return found


def carry_days(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings, where violence, arrests and protests told one after the other in the simple past are of one day."""
    found: list[Telling] = []
    for telling in tellings:
        event = telling.event
        if telling.narrated and event.earliest is None and event.quad == CONFLICT and event.status == "occurred":
            scene = next((t.event for t in reversed(found) if _sets_day(t, event)), None)
            if scene is not None:
                evidence = {**event.evidence, "earliest": scene.evidence["earliest"]}
                dated = msgspec.structs.replace(event, earliest=scene.earliest, latest=scene.latest, evidence=evidence)
                telling = msgspec.structs.replace(telling, event=dated)
        found.append(telling)
    return found


def _sets_day(before: Telling, event: Event) -> bool:
    earlier = before.event
    return (
        before.narrated
        and earlier.quad == CONFLICT
        and earlier.status == "occurred"
        and earlier.earliest is not None
        and earlier.earliest == earlier.latest
        and "earliest" in earlier.evidence
        and event.trigger.start - earlier.trigger.start < SCENE_REACH
    )


def _partner(telling: Telling, before: Sequence[Telling], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    event = telling.event
    for other in reversed(before):
        if event.trigger.start - other.event.trigger.start > REACH:
            break
        theirs = tuple(each for each in other.event.actors if not share((each,), event.actors, actors))
        if not theirs:
            continue
        if any(kindred(word, other.lemma) and len(word) > 3 for word in telling.about):
            return theirs
        charged = not telling.about or bool(set(telling.about) & CHARGES)
        aimed = share(other.event.recipients, event.actors, actors)
        if event.type == "REJECT" and charged and other.event.type in {"ACCUSE", "REQUEST", "THREATEN"} and aimed:
            return theirs
    return ()


def with_echoes(
    events: tuple[Event, ...],
    tellings: Sequence[Telling],
    anonymous: Sequence[tuple[TriggerMention, Telling]],
    actors: Mapping[str, Actor],
) -> tuple[tuple[Event, ...], list[tuple[TriggerMention, Telling]]]:
    """Mentions without an actor ("the talks", "22 were killed") add themselves to the one event that they can mean."""
    unnamed: list[tuple[TriggerMention, Telling]] = []
    grown = list(events)
    lemmas = {telling.event.trigger.start: telling.lemma for telling in tellings}
    told = {telling.event.trigger.start for telling in tellings if telling.narrated or telling.nominal}
    for trigger, telling in anonymous:
        home = _attack(telling, grown, told, actors) if telling.lemma in HARMING else _home(telling, grown, lemmas)
        if home is None:
            unnamed.append((trigger, telling))
        else:
            grown[home] = _grown(grown[home], telling.event)
    return tuple(grown), unnamed


def _grown(event: Event, echo: Event) -> Event:
    others = tuple(each for each in echo.recipients if each not in event.actors)
    lends = event.quad > 1 or event.mode == "visit"
    narrower = echo.earliest is not None and width(echo) < width(event)
    return msgspec.structs.replace(
        event,
        triggers=tuple(sorted((*event.triggers, echo.trigger), key=lambda span: span.start)),
        recipients=event.recipients or (others if lends else ()),
        earliest=echo.earliest if narrower else event.earliest,
        latest=echo.latest if narrower else event.latest,
        place=event.place or echo.place,
        magnitude=event.magnitude or echo.magnitude,
    )


def _attack(telling: Telling, events: Sequence[Event], told: Container[int], actors: Mapping[str, Actor]) -> int | None:
    """The last attack told of before its casualties, where it is near and its time does not clash. `told`: where the
    triggers of single deeds start, unlike those of wars that go on ("the rebels, who fight the army")."""
    near = [
        at
        for at, event in enumerate(events)
        if event.type == "ASSAULT"
        and event.trigger.start in told
        and -SAME_SENTENCE < telling.event.trigger.start - event.trigger.start < CASUALTY_REACH
        and status_fits(event.status, telling.event.status)
        and time_fits(event, telling.event)
        and not _own_ranks(event, telling.event, actors)
    ]
    return near[-1] if near else None


def _own_ranks(event: Event, echo: Event, actors: Mapping[str, Actor]) -> bool:
    """True where the police or army of a country would have hurt its own."""
    arms = {
        (actor.country, sector)
        for each in event.actors
        if (actor := actors.get(each)) is not None
        for sector in set(actor.sectors) & RANKS
    }
    hurt = [actor for each in echo.recipients if (actor := actors.get(each)) is not None]
    return any((actor.country, sector) in arms for actor in hurt for sector in actor.sectors)


def _home(telling: Telling, events: Sequence[Event], lemmas: Mapping[int, str]) -> int | None:
    """The event that a mention repeats: same type, kindred word, and no clash of status, time or recipients."""
    if not telling.nominal:
        return None
    echo = telling.event
    fits = []
    for at, event in enumerate(events):
        words = {lemmas[span.start] for span in event.triggers if span.start in lemmas}
        if event.type != echo.type or not any(kindred(telling.lemma, word) for word in words):
            continue
        if echo.recipients and event.recipients and not set(echo.recipients) & set(event.recipients):
            continue
        plain = echo.status == "occurred" and not echo.evidence.get("status")
        if time_fits(event, echo) and (plain or status_fits(event.status, echo.status)):
            fits.append(at)
    if len(fits) == 1 and abs(events[fits[0]].trigger.start - echo.trigger.start) < SAME_SENTENCE:
        return fits[0]
    if len(fits) == 1 or (fits and telling.definite):
        before = [at for at in fits if events[at].trigger.start < echo.trigger.start]
        return before[-1] if before else None
    return None
