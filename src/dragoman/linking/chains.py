"""The working table of coreference: chains of mentions, and what is known of each while an article is being linked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.annotate import Annotated
from dragoman.lexicon.actor_words import ActorWords, Gender
from dragoman.lexicon.actors import ActorEntry, ActorLexicon
from dragoman.records import Actor, ActorKind, ActorMention, Mention, Place, Span, span_of

OUTSIDE_STREAM = frozenset({"title", "heading", "caption"})
_OPENING, _CLOSING, _EITHER = frozenset("“«"), frozenset("”»"), frozenset('"')


@dataclasses.dataclass(eq=False, slots=True)
class Chain:
    """One actor in the making. `lemmas` are the role nouns said of it, in lower case and singular, and
    those of its offices; `past` those of offices that it has left."""

    kind: ActorKind
    name: str
    entry: ActorEntry | None = None
    gender: Gender | None = None
    plural: bool = False
    country: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    lemmas: set[str] = dataclasses.field(default_factory=set)
    past: set[str] = dataclasses.field(default_factory=set)
    mentions: list[Mention] = dataclasses.field(default_factory=list)
    evidence: dict[str, tuple[Span | str, ...]] = dataclasses.field(default_factory=dict)
    named: bool = False
    indefinite: bool = False
    forms: dict[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    slug: str = ""

    def __post_init__(self) -> None:
        self.slug = slug(self.name)

    def learn(self, field: str, value: object, evidence: Span | str | None) -> None:
        """Set a field that is still empty, with the words (or the table row) that it rests on."""
        if value and not getattr(self, field):
            setattr(self, field, value)
            if evidence is not None:
                self.evidence[field] = (*self.evidence.get(field, ()), evidence)

    @property
    def collective(self) -> bool:
        """True for whom a singular "it" and a plural "they" can stand: bodies and states, not persons."""
        return self.kind != "person"

    def record(self, actor_id: str) -> Actor:
        """The finished actor."""
        places = {(mention.start, mention.end): mention for mention in self.mentions}
        return Actor(
            actor_id=actor_id, name=self.name, kind=self.kind, country=self.country, sectors=self.sectors,
            role=self.role,
            mentions=tuple(
                ActorMention(start=mention.start, end=mention.end, text=mention.text, form=mention.form)
                for _, mention in sorted(places.items())
            ),
            evidence=self.evidence,
        )  # fmt: skip


@dataclasses.dataclass(eq=False, slots=True)
class Scene:
    """An article while its actors are being linked.

    `chain_of`: head token of a mention -> its chain; `members`: head token of a mention of several -> their chains.
    Per token: `sentence` counts sentences, `stream` is 0 for running text and unique for each title, heading and
    caption, `quote` is 0 outside quotation marks and the number of the quotation inside, `kind` is the kind of block
    and `paragraph` its number. `lead` is the number of the first sentence of the body, `place_of` the country of a
    token that names a place, `home` the country that the article is about, with the word that tells it best.
    """

    annotated: Annotated
    lexicon: ActorLexicon
    words: ActorWords
    published: dt.date | None
    mentions: tuple[Mention, ...]
    chains: list[Chain] = dataclasses.field(default_factory=list)
    chain_of: dict[int, Chain] = dataclasses.field(default_factory=dict)
    members: dict[int, tuple[Chain, ...]] = dataclasses.field(default_factory=dict)
    titles: dict[int, Chain] = dataclasses.field(default_factory=dict)
    sentence: list[int] = dataclasses.field(default_factory=list)
    stream: list[int] = dataclasses.field(default_factory=list)
    quote: list[int] = dataclasses.field(default_factory=list)
    kind: list[str] = dataclasses.field(default_factory=list)
    paragraph: list[int] = dataclasses.field(default_factory=list)
    lead: int = 0
    place_of: dict[int, str] = dataclasses.field(default_factory=dict)
    home: tuple[str, Span] | None = None
    edges: tuple[dict[int, Mention], dict[int, Mention]] | None = None

    @property
    def doc(self) -> Doc:
        """The annotated doc."""
        return self.annotated.doc

    def span(self, start: int, end: int) -> Span:
        """The words of tokens `[start, end)`."""
        doc = self.doc
        return span_of(self.annotated.article.text, doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))

    def country_of_name(self, name: str) -> str | None:
        """The country of a capital, a state or a part of one; None for other names."""
        if not name[:1].isupper():
            return None
        owner = self.lexicon.metonyms.get(name) or next(iter(self.lexicon.by_alias.get(name, ())), None)
        entry = self.lexicon.entry(owner) if owner is not None else None
        return entry.country if entry is not None and entry.kind == "state" else None

    def country_at(self, token: Token) -> str | None:
        """The country of a place named at a token: the linked place's, else that of a capital or state by its name."""
        return self.place_of.get(token.i) or self.country_of_name(token.text)

    def state(self, country: str) -> Chain | None:
        """The chain of a state by its alpha-3 code, made from the lexicon where the article has not named it."""
        entry = self.lexicon.entry(country)
        return self.of_entry(entry) if entry is not None and entry.kind == "state" else None

    def of_entry(self, entry: ActorEntry) -> Chain:
        """The chain of an entry of the lexicon, a new one without mentions where the article has not named it."""
        for chain in self.chains:
            if chain.entry is not None and chain.entry.id == entry.id:
                return chain
        return Chain(
            kind=entry.kind, name=entry.name, entry=entry, country=entry.country, sectors=entry.sectors, named=True,
            plural=entry.kind == "group", evidence={"country": (entry.row,), "sectors": (entry.row,)},
        )  # fmt: skip

    def first_token(self, mention: Mention) -> int:
        """The index of the first token of a mention."""
        i = mention.head
        while i > 0 and self.doc[i - 1].idx >= mention.start:
            i -= 1
        return i

    def add(self, mention: Mention, chain: Chain) -> None:
        """Put a mention into a chain."""
        if not chain.mentions and chain not in self.chains:
            self.chains.append(chain)
        chain.mentions.append(mention)
        self.chain_of[mention.head] = chain

    def add_group(self, mention: Mention, members: Iterable[Chain]) -> None:
        """Let a mention stand for several chains ("the two leaders")."""
        self.members[mention.head] = tuple(members)
        for chain in self.members[mention.head]:
            if chain not in self.chains:
                self.chains.append(chain)
            chain.mentions.append(mention)

    def merge(self, kept: Chain, gone: Chain) -> None:
        """Join two chains that turn out to be one actor."""
        if kept is gone:
            return
        for head, chain in list(self.chain_of.items()):
            if chain is gone:
                self.chain_of[head] = kept
        kept.mentions += gone.mentions
        kept.lemmas |= gone.lemmas
        kept.gender = kept.gender or gone.gender
        kept.entry = kept.entry or gone.entry
        for field in ("country", "sectors", "role"):
            if not getattr(kept, field) and getattr(gone, field):
                setattr(kept, field, getattr(gone, field))
                kept.evidence[field] = gone.evidence.get(field, ())
        if gone in self.chains:
            self.chains.remove(gone)


def make_scene(
    annotated: Annotated, mentions: tuple[Mention, ...], lexicon: ActorLexicon, words: ActorWords,
    published: dt.date | None, places: tuple[Place, ...] = (),
) -> Scene:  # fmt: skip
    """A scene before anything is linked, with sentences, streams and quotations counted and places looked up."""
    scene = Scene(annotated, lexicon, words, published, mentions)
    tokens = list(scene.doc)
    _count_sentences(scene, tokens)
    _count_quotes(scene, tokens)
    if places:
        _put_places(scene, tokens, places)
    return scene


def _count_sentences(scene: Scene, tokens: list[Token]) -> None:
    blocks = list(scene.annotated.article.blocks)
    at, number = 0, 0
    for token in tokens:
        number += 1 if token.is_sent_start and not token.is_space else 0
        while at < len(blocks) and blocks[at].end <= token.idx:
            at += 1
        inside = at < len(blocks) and blocks[at].start <= token.idx
        scene.sentence.append(number)
        kind = blocks[at].kind if inside else "" if blocks else "body"
        scene.stream.append(at + 1 if kind in OUTSIDE_STREAM else 0)
        scene.kind.append(kind)
        scene.paragraph.append(at)
        if not scene.lead and kind in {"body", "summary"}:
            scene.lead = number


def _put_places(scene: Scene, tokens: list[Token], places: tuple[Place, ...]) -> None:
    starts = {token.idx: token.i for token in tokens}
    for place in places:
        for mention in place.mentions if place.country is not None else ():
            i = starts.get(mention.start)
            while i is not None and i < len(tokens) and tokens[i].idx < mention.end:
                scene.place_of[i] = place.country or ""
                i += 1


def _count_quotes(scene: Scene, tokens: list[Token]) -> None:
    open_quote, number = 0, 0
    for token in tokens:
        if "\n" in token.text:
            open_quote = 0
        closing = token.text in _CLOSING or (token.text in _EITHER and open_quote)
        if closing:
            open_quote = 0
        scene.quote.append(open_quote)
        if not closing and (token.text in _OPENING or token.text in _EITHER):
            number += 1
            open_quote = number


def slug(text: str) -> str:
    """Lower-case letters and digits with single hyphens, accents gone: the readable end of an actor's id."""
    if text.isascii():
        return re.sub(r"[^\w]+", "-", text.lower()).strip("-")[:60] or "actor"
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^\w]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")[:60] or "actor"


def lemma_of(token: Token) -> str:
    """The lemma in lower case; capitalised plural titles ("Presidents") lose their ending too."""
    lemma = token.lemma_.lower()
    if token.tag_ in {"NNS", "NNPS"} and lemma == token.lower_ and lemma.endswith("s") and len(lemma) > 3:
        return lemma[:-3] + "y" if lemma.endswith("ies") else lemma[:-1]
    return lemma
