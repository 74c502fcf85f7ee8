"""A small reading made by hand, for the tests of the rooms that only look at readings."""

from __future__ import annotations

import datetime as dt

from dragoman.records import (
    Actor,
    ActorMention,
    Addressee,
    AgendaItem,
    Article,
    Block,
    Dispute,
    Event,
    Place,
    Reading,
    Skipped,
    Span,
    Statement,
    Time,
    Versions,
    span_of,
)

TEXT = (
    "Ministers to meet in Lagos\n"
    'Alice Okoro said on Monday that "talks will resume" in Lagos if Ghana agrees.\n'
    "Ghana rejected the plan."
)


def at(text: str, words: str) -> Span:
    """The span of the first occurrence of some words."""
    start = text.index(words)
    return span_of(text, start, start + len(words))


def mention(text: str, words: str) -> ActorMention:
    """A name that stands for an actor."""
    span = at(text, words)
    return ActorMention(start=span.start, end=span.end, text=span.text, form="name")


def make_reading(
    text: str = TEXT, *, title: str | None = None, url: str | None = None, name: str = "Alice Okoro"
) -> Reading:
    """A reading with one record of each kind. `title`, `url` and `name` may carry anything."""
    title_end = TEXT.index("\n")
    tail = text[len(TEXT) :]
    blocks = [Block(start=0, end=title_end, kind="title"), Block(start=title_end + 1, end=len(TEXT), kind="body")]
    if tail:
        blocks.append(Block(start=len(TEXT), end=len(text), kind="body"))
    monday = dt.date(2026, 11, 23)
    article = Article(
        article_id="a1", text_id="t1", text=text, title=title, url=url, blocks=tuple(blocks),
        published_at=monday, published_by="given",
    )  # fmt: skip
    content, trigger = at(text, "talks will resume"), at(text, "talks")
    statement = Statement(
        statement_id="a1#s105", speaker="x:a1:okoro", source=at(text, "Alice Okoro"), cue=at(text, "said"),
        content=(content,), kind="direct", act="assert", addressee=Addressee(text="reporters"), occasion="briefing",
        events=("a1#e60",), earliest=monday, latest=monday,
    )  # fmt: skip
    reject = Statement(
        statement_id="a1#s120", speaker="GHA", cue=at(text, "rejected"), content=(at(text, "the plan"),),
        kind="indirect", act="reject",
    )  # fmt: skip
    return Reading(
        reading=Versions(code="0", model="m", lexicon="l"),
        article=article,
        actors=(
            Actor(actor_id="x:a1:okoro", name=name, kind="person", country="NGA",
                  mentions=(mention(text, "Alice Okoro"),)),
            Actor(actor_id="GHA", name="Ghana", kind="state", country="GHA", mentions=(mention(text, "Ghana"),)),
        ),
        places=(
            Place(place_id="geonames:2332459", name="Lagos", kind="city", country="NGA", lat=6.45, lon=3.39,
                  precision="city", mentions=(at(text, "Lagos"),)),
        ),
        times=(Time(start=at(text, "Monday").start, end=at(text, "Monday").end, text="Monday", type="DATE",
                    value="2026-11-23", earliest=monday, latest=monday, granularity="day"),),
        events=(
            Event(event_id="a1#e60", type="CONSULT", quad=1, intensity=1.0, status="conditional",
                  condition=at(text, "if Ghana agrees"), actors=("x:a1:okoro",), recipients=("GHA",), trigger=trigger,
                  triggers=(trigger,), place="geonames:2332459", attributed_to="a1#s105", score=0.5, made_by="test"),
        ),
        statements=(statement, reject),
        agenda=(
            AgendaItem(item_id="a1#a13", kind="meeting", participants=("x:a1:okoro",), place="geonames:2332459",
                       country="NGA", status="conditional", condition=at(text, "if Ghana agrees"),
                       evidence={"kind": (at(text, "meet"),)}),
        ),
        disputes=(Dispute(proposition=content, asserted_by=("a1#s105",), rejected_by=("a1#s120",)),),
        skipped=(Skipped(start=0, end=9, text="Ministers", reason="no named actor"),),
    )  # fmt: skip
