"""What stands around a statement: to whom, on what occasion, where, when, and through which outlets."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from spacy.tokens import Doc, Token

from dragoman.annotate import syntax
from dragoman.extraction.drafts import Draft, Stretch
from dragoman.extraction.speakers import quoting_verb
from dragoman.lexicon.cues import Cues
from dragoman.records import Addressee, LinkedActors, Place, Span, Time, span_of

_OCCASION_PREPOSITIONS = frozenset(
    {"in", "at", "during", "on", "via", "through", "from", "after", "before", "to", "following"}
)
MAX_HOST = 7
"""Words from an occasion to the end of its host's name: "interview with the daily Le Monde"."""
MAX_AFTER = 15
"""Words after a cue in which its adjuncts are looked for."""
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "this", "that", "another"})
_WHERE = frozenset({"in", "on", "at", "during", "after", "before", "by", "via", "from", "outside", "near"})
_SPEAKING = frozenset({"speak", "talk", "write", "testify", "appear", "address", "brief"})
_FACING = frozenset({"address", "brief"})
_LISTENING = frozenset({"to", "with", "at"})
_CARRIED = frozenset(
    {"amod", "compound", "obl", "nmod", "nummod", "flat", "case", "det", "advmod", "obl:tmod", "nmod:tmod"}
)


class Circumstances(msgspec.Struct, frozen=True):
    """The words around one statement that are not its content."""

    addressee: Addressee | None = None
    addressee_span: Span | None = None
    occasion: Span | None = None
    place: str | None = None
    place_span: Span | None = None
    earliest: dt.date | None = None
    latest: dt.date | None = None
    time_span: Span | None = None
    relays: tuple[str, ...] = ()
    relay_spans: tuple[Span, ...] = ()


class Surroundings:
    """Looks up what stands around the cues of one article."""

    def __init__(
        self, doc: Doc, actors: LinkedActors, times: Sequence[Time], places: Sequence[Place], cues: Cues
    ) -> None:
        self._doc, self._text = doc, doc.text
        self._actors, self._cues = actors, cues
        self._starts = [token.idx for token in doc]
        self._times = {self._token_at(time.start): time for time in times}
        self._places = {self._token_at(span.start): (place, span) for place in places for span in place.mentions}
        self._outlets = frozenset(
            actor.actor_id for actor in actors.actors if "JRN" in actor.sectors and actor.kind == "organization"
        )

    def of(self, draft: Draft) -> Circumstances:
        """The circumstances of a draft; none where it has no verb."""
        if draft.cue is None:
            return Circumstances()
        around = list(self._around(draft))
        heard, heard_span = self._addressee(draft, around)
        event = self._occasion(around)
        occasion = self._without_determiner(event) if event is not None else None
        if heard is None and event is not None and draft.row is not None and draft.row.act not in {"accuse"}:
            heard, heard_span = self._audience_of(event)
        time, time_span = self._time(around)
        place, place_span = self._place(around, time_span)
        relays = self._relays(draft, around)
        return Circumstances(
            addressee=heard,
            addressee_span=heard_span,
            occasion=occasion,
            place=place,
            place_span=place_span,
            earliest=time.earliest if time else None,
            latest=time.latest if time else None,
            time_span=time_span,
            relays=tuple(dict.fromkeys(actor for actor, _ in relays)),
            relay_spans=tuple(span for _, span in relays),
        )

    @property
    def text(self) -> str:
        """The article's text."""
        return self._text

    def names(self, token: Token) -> bool:
        """True where a token names an actor."""
        return bool(self._actors.at(token.i))

    def outlet(self, token: Token) -> str | None:
        """The outlet that a token names, if it names one."""
        return next((actor for actor in self._actors.at(token.i) if actor in self._outlets), None)

    # --- the words of the cue's clause outside its content and source

    def _around(self, draft: Draft) -> Iterator[Token]:
        """Dependents of the cue (and of the verb of relay above it) that are neither content nor source."""
        assert draft.cue is not None  # noqa: S101 - `of` has seen to it
        governors = [draft.cue]
        if (relaying := quoting_verb(draft.cue)) is not None:
            governors.append(relaying)
        elif draft.cue.dep_ in {"xcomp", "conj", "advcl"} and draft.cue.head.pos_ == "VERB":
            governors.append(draft.cue.head)
        # "Speaking to reporters in Oslo, Lee said": where and to whom it was said stands with the participle.
        governors += [child for child in draft.cue.children if child.tag_ == "VBG" and child.lemma_ in _SPEAKING]
        governors += [
            child
            for holder in draft.holders
            for child in holder.children
            if child.dep_ in {"acl", "acl:relcl"} and child.lemma_ in _SPEAKING and child.tag_ != "VBN"
        ]
        for governor in governors:
            for child in governor.children:
                if not self._inside(child, draft) and child.dep_ not in syntax.SUBJECT and not child.is_punct:
                    yield child
        # After a quote the parse often hangs the cue's adjuncts on the verb of the quote.
        for token in self._doc[draft.cue.i + 1 : min(draft.cue.i + MAX_AFTER, draft.cue.sent.end)]:
            if token.dep_.startswith("obl") and self._inside(token.head, draft) and not self._inside(token, draft):
                yield token

    def _inside(self, token: Token, draft: Draft) -> bool:
        if draft.holds(token.idx, token.idx + 1):
            return True
        return draft.source is not None and draft.source[0] <= token.idx < draft.source[1]

    # --- to whom

    def _addressee(self, draft: Draft, around: Iterable[Token]) -> tuple[Addressee | None, Span | None]:
        for token in around:
            if token.dep_ in syntax.OBJECT and token.head.lemma_ in _FACING and self._listens(token):
                return self._heard_by(token)
            if token.dep_ in syntax.OBJECT and draft.row is not None and draft.row.addressee and self._listens(token):
                return self._heard_by(token)
            if token.dep_.startswith("obl") and syntax.preposition(token) in _LISTENING and self._listens(token):
                return self._heard_by(token)
        if draft.row is not None and draft.row.addressee == "both" and draft.cue is not None:
            for token in syntax.children(draft.cue, syntax.OBJECT):
                if self._listens(token):
                    return self._heard_by(token)
        if draft.owner is not None and draft.row is not None and draft.row.act in {"reject", "deny"}:
            for token in syntax.children(draft.owner, frozenset({"nmod:poss"})):
                return self._heard_by(token)
        return None, None

    def _listens(self, token: Token) -> bool:
        """True for people and bodies, false for things and occasions ("told a briefing")."""
        if token.lower_ in self._cues.occasions and not self._actors.at(token.i):
            return False
        if token.lower_ in self._cues.audiences or self._actors.at(token.i):
            return True
        return token.pos_ in {"PROPN", "PRON"} and token.lower_ not in {"it", "this", "that", "which", "what"}

    def _heard_by(self, token: Token) -> tuple[Addressee, Span]:
        words = list(syntax.nominal(token))
        while len(words) > 1 and words[0].dep_ == "case":
            words = words[1:]
        # "reporters in Lisbon on Monday": where and when are not whom.
        cut = next((at for at, word in enumerate(words) if word.i > token.i and word.lower_ in _WHERE), len(words))
        last = words[cut - 1]
        span = span_of(self._text, words[0].idx, last.idx + len(last))
        ids = self._actors.at(token.i)
        return Addressee(actor_id=ids[0] if ids else None, text=span.text), span

    # --- on what occasion

    def _audience_of(self, occasion: Token) -> tuple[Addressee | None, Span | None]:
        """Whom an occasion was for: "in a letter to the council", "in a call with his colleague"."""
        for child in occasion.children:
            spoken_to = child.dep_.startswith(("nmod", "obl")) and syntax.preposition(child) in {"to", "with"}
            if spoken_to and self.outlet(child) is None and self._listens(child):
                return self._heard_by(child)
        return None, None

    def _occasion(self, around: Iterable[Token]) -> Token | None:
        for token in around:
            if token.dep_ in syntax.OBJECT and token.lemma_ in self._cues.occasions and not self._actors.at(token.i):
                return token
            placed = token.dep_.startswith(("obl", "nmod")) and syntax.preposition(token) in _OCCASION_PREPOSITIONS
            if placed and self._is_occasion(token):
                return token
        return None

    def _is_occasion(self, token: Token) -> bool:
        words = {
            token.lower_,
            token.lower_.rstrip("."),
            token.lemma_.lower(),
            syntax.nominal(token).text.lower().removeprefix("on "),
        }
        return bool(words & (self._cues.occasions | self._cues.documents | self._cues.platforms))

    def _without_determiner(self, token: Token) -> Span:
        words = [word for word in syntax.nominal(token) if not word.is_space]
        while len(words) > 1 and (words[0].dep_ == "case" or words[0].lower_ in _DETERMINERS):
            words = words[1:]
        when = next((at for at, word in enumerate(words) if at and self._tells_when(word)), len(words))
        last = words[when - 1]
        return span_of(self._text, words[0].idx, last.idx + len(last))

    def _tells_when(self, word: Token) -> bool:
        """True for a time behind an occasion, and for its preposition: "a call with his colleague on Monday"."""
        return word.i in self._times or (word.dep_ == "case" and word.i + 1 in self._times)

    # --- when and where

    def _time(self, around: Iterable[Token]) -> tuple[Time | None, Span | None]:
        for token in around:
            for word in self._modifiers(token):
                if word.i in self._times:
                    time = self._times[word.i]
                    return time, span_of(self._text, time.start, time.end)
        return None, None

    def _place(self, around: Iterable[Token], time: Span | None) -> tuple[str | None, Span | None]:
        for token in around:
            if not token.dep_.startswith(("obl", "nmod")):
                continue
            for word in self._modifiers(token):
                if word.i in self._places and syntax.preposition(word) in {"in", "at", "from", "near", "outside"}:
                    place, span = self._places[word.i]
                    if time is None or not time.overlaps(span):
                        return place.place_id, span
        return None, None

    def _modifiers(self, token: Token) -> Iterator[Token]:
        """The token and its nominal modifiers, in the order of the text, no clause entered."""
        if token.dep_.split(":")[0] not in {
            "obl",
            "nmod",
            "obj",
            "iobj",
            "advmod",
            "compound",
            "amod",
            "nummod",
            "det",
        }:
            return
        nearby = [token, *(each for child in token.children for each in self._modifiers(child))]
        yield from sorted(nearby, key=lambda each: each.i)

    # --- through whom

    def _relays(self, draft: Draft, around: Sequence[Token]) -> list[tuple[str, Span]]:
        """Outlets between speaker and reader that the cue's clause names, nearest to the speaker first."""
        found: list[tuple[str, Span]] = []
        assert draft.cue is not None  # noqa: S101 - `of` has seen to it
        relaying = quoting_verb(draft.cue)
        tokens = [
            *(syntax.children(draft.cue, syntax.OBJECT)),
            *(word for token in around if token.dep_.startswith(("obl", "nmod")) for word in self._modifiers(token)),
            *(word for token in around for word in self._carriers(token)),
            *self._relayers(relaying),
            *(word for token in around if token.lemma_ in self._cues.occasions for word in self._hosts(token)),
            *(child for child in draft.cue.children if syntax.preposition(child) == "by"),
            *draft.relay,
        ]
        speakers = {actor for holder in draft.holders for actor in self._actors.at(holder.i)}
        for token in tokens:
            outlet = self.outlet(token)
            if _is_own(token):  # "on its website"
                continue
            if outlet is not None and outlet not in speakers and not draft.holds(token.idx, token.idx + 1):
                found.append((outlet, span_of(self._text, token.idx, token.idx + len(token))))
        return (
            list(dict.fromkeys(found))
            if len(found) < 2
            else list({item[0]: item for item in reversed(found)}.values())[::-1]
        )

    def _hosts(self, occasion: Token) -> list[Token]:
        """The words behind "an interview with", whatever the parse makes of them."""
        words = self._doc[occasion.i + 1 : min(occasion.i + MAX_HOST, occasion.sent.end)]
        if not words or words[0].lower_ not in {"with", "to", "on", "for"}:
            return []
        return list(itertools.takewhile(lambda word: not word.is_punct, words))

    def _relayers(self, relaying: Token | None) -> Iterator[Token]:
        """Who quotes: "was quoted by the state-run agency Sana as saying"."""
        for agent in syntax.subjects(relaying) if relaying is not None else []:
            yield agent
            yield from (
                child for child in agent.children if child.dep_ in {"compound", "flat", "appos", "nmod", "amod"}
            )

    def _carriers(self, token: Token) -> Iterator[Token]:
        """Agents of participles of relay: "in comments carried by Tass"."""
        for child in token.children:
            if child.dep_ in {"acl", "acl:relcl"} and child.lemma_ in self._cues.relays:
                yield from syntax.agents(child)
                yield from syntax.obliques(child, frozenset({"on", "in"}))

    def _token_at(self, offset: int) -> int:
        return max(0, bisect.bisect_right(self._starts, offset) - 1)


def _is_own(token: Token) -> bool:
    return any(child.tag_ == "PRP$" for child in token.children)


def speaker_of(holders: Sequence[Token], actors: LinkedActors) -> str | None:
    """The actor that the source names: by its head, else by the parts of its name."""
    for holder in holders:
        for token in _name_parts(holder):
            if ids := actors.at(token.i):
                return ids[0]
        if holder.dep_ in {"amod", "compound", "nmod:poss"} and holder.i in actors.inner:
            return actors.inner[holder.i]
    return None


def _name_parts(head: Token, depth: int = 3) -> Iterator[Token]:
    """The head, the parts of its name and its appositions: "the head of the mission, minister Ann Lee"."""
    yield head
    for child in head.children:
        if depth and (child.dep_ in syntax.NAME_PARTS or _loose_apposition(child)):
            yield from _name_parts(child, depth - 1)


def _loose_apposition(token: Token) -> bool:
    """A name behind a comma, without a preposition, that the parse takes for a modifier."""
    start = token.left_edge.i
    return (
        token.dep_ == "nmod"
        and token.pos_ == "PROPN"
        and start > 0
        and token.doc[start - 1].text == ","
        and (syntax.preposition(token) is None)
    )


def stretch_span(text: str, part: Stretch | None) -> Span | None:
    """The stretch as a span of `text`."""
    return span_of(text, part[0], part[1]) if part is not None else None
