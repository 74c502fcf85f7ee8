"""Where the text speaks of actors: names, seats of government, nominals with a role noun, and pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from dragoman.annotate import Annotated
from dragoman.annotate.actor_phrases import HYPHENS, base_start, is_modifier, role_at
from dragoman.lexicon.actor_words import ActorWords, load_actor_words
from dragoman.lexicon.actors import ActorLexicon
from dragoman.mentions.names import Name, Story, find_names
from dragoman.mentions.story import story_spans
from dragoman.records import Mention, MentionForm

PERSONAL_PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "themselves",
     "it", "its", "itself", "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
)  # fmt: skip


class _Found(NamedTuple):
    """A mention in tokens `[start, end)`."""

    start: int
    end: int
    head: int
    form: MentionForm
    label: str | None = None
    entry: str | None = None


def find_actors(annotated: Annotated, lexicon: ActorLexicon) -> tuple[Mention, ...]:
    """Every possible mention of an actor in the story's own paragraphs, in the order of the text.

    Mentions may nest ("the Russian military" and "Russian"). Names leave out articles, titles and a possessive 's;
    "Mr. Putin" keeps its honorific. Nominals reach from their determiner to their head noun. Pronouns of the first
    person are there inside quotation marks only by their words: linking decides whom they mean.
    """
    words = load_actor_words()
    doc = annotated.doc
    story = Story(doc, story_spans(annotated, words))
    names = find_names(doc, annotated.article.text, story, lexicon, words)
    taken = {i for name in names if name.label != "NORP" for i in range(name.start, name.end)}
    people = {name.start for name in names if name.label == "PER"}
    spans = [*_name_spans(doc, names), *_nominals(doc, story, taken, people, lexicon, words), *_pronouns(story)]
    found = [_mention(annotated, span) for span in spans]
    unique = {(mention.start, mention.end): mention for mention in reversed(found)}
    return tuple(sorted(unique.values(), key=lambda mention: (mention.start, -mention.end)))


def _name_spans(doc: Doc, names: list[Name]) -> Iterator[_Found]:
    for name in names:
        entry = name.ids[0] if len(name.ids) == 1 else None
        head = doc[name.start : name.end].root.i
        yield _Found(name.start, name.end, head, "metonym" if name.metonym else "name", name.label, entry)


def _nominals(
    doc: Doc, story: Story, taken: set[int], people: set[int], lexicon: ActorLexicon, words: ActorWords
) -> Iterator[_Found]:
    done = 0
    for token in story.words:
        if token.pos_ not in {"NOUN", "PROPN", "NUM"} or token.i in taken or token.i < done or token.i + 1 in people:
            continue
        if not is_modifier(token) and not _is_title(token) and _names_actor(doc, token, lexicon, words):
            start = base_start(token)
            role = role_at(doc, token.i, lexicon)
            done = max(role.end if role is not None else 0, token.i + 1)
            yield _Found(start, done, token.i, "nominal")


def _is_title(token: Token) -> bool:
    """True for a title that stands straight before its name ("President Macron")."""
    return token.dep_ in {"nmod:desc", "compound", "flat"} and token.head.pos_ == "PROPN" and token.head.i > token.i


def _names_actor(doc: Doc, token: Token, lexicon: ActorLexicon, words: ActorWords) -> bool:
    lemma = token.lemma_.lower()
    if (
        token.i > 1
        and doc[token.i - 1].text in HYPHENS
        and not doc[token.i - 1].whitespace_
        and doc[token.i - 2].lower_ in {"anti", "pro", "non"}
    ):
        return False
    if token.pos_ == "NUM":
        return (
            token.lower_ == "two"
            and any(child.lower_ == "the" for child in token.lefts)
            and token.dep_ in {"nsubj", "nsubj:pass", "nmod"}
            and not list(token.rights)
        )
    if role_at(doc, token.i, lexicon) is not None:
        return True
    if lemma in words.pointers:
        return _points_back(token)
    if lemma in words.plurals and token.tag_ in {"NNS", "NN"}:
        counted = any(child.lower_ in {"two", "three", "four"} for child in token.lefts)
        fixed = any(
            child.lower_ in {"the", "these", "those", "both"} or child.dep_ == "nmod:poss" for child in token.lefts
        )
        return (
            (counted and fixed)
            or (lemma == "side" and fixed)
            or any(child.lower_ in {"both", "each"} for child in token.lefts)
        )
    if lemma in words.lists.state_bodies:
        return True
    held = lemma in words.lists.held_regions
    return held and any(child.lower_ in words.lists.holders for child in token.lefts)


def _points_back(token: Token) -> bool:
    """True for "the company", "its bank", "that country": a definite noun that somebody before it may have named."""
    return any(
        child.lower_ in {"the", "this", "that", "both", "two", "each"} or child.dep_ == "nmod:poss"
        for child in token.lefts
    ) or token.dep_ in {"appos", "ROOT"}


def _pronouns(story: Story) -> Iterator[_Found]:
    for token in story.words:
        if token.tag_ in {"PRP", "PRP$"} and token.lower_ in PERSONAL_PRONOUNS and token.dep_ != "expl":
            yield _Found(token.i, token.i + 1, token.i, "pronoun")


def _mention(annotated: Annotated, found: _Found) -> Mention:
    doc = annotated.doc
    first, last = doc[found.start].idx, doc[found.end - 1].idx + len(doc[found.end - 1])
    return Mention(
        start=first, end=last, text=annotated.article.text[first:last], head=found.head, form=found.form,
        label=found.label, entry=found.entry,
    )  # fmt: skip
