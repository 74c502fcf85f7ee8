"""Mends two attachments that parsers get wrong again and again in news: a finite verb coordinated with the clause
below it instead of its own ("asked them to act and threatened to leave"), and words that a clause before its verb of
speech keeps although they stand on that verb's side ("they will meet, officials said on Tuesday")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from dragoman.lexicon.tables import TABLES, read_toml
from dragoman.records import Record

FINITE = frozenset({"VBD", "VBZ", "VBP"})
BARE = frozenset({"VB", "VBG", "VBN"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})
AUXILIARIES = frozenset({"aux", "aux:pass", "cop"})
LEANING = frozenset({"punct", "cc", "dep"})
"""Relations that show nothing about the clause that they stand in."""


class Mending(Record, frozen=True, kw_only=True):
    """`mending.toml`: forms of verbs that tell an act of speech; a clause of speech is followed by more of them."""

    speech: frozenset[str]


class Parse(msgspec.Struct):
    """A parse in lists of equal length; `heads` are indices, a root's head is itself. `heads` and `deps` are mended in
    place."""

    words: Sequence[str]
    tags: Sequence[str]
    heads: list[int]
    deps: list[str]


def load_mending() -> Mending:
    """Read the table. Raises LexiconError where it is malformed."""
    return read_toml(Mending, TABLES / "mending.toml")


def mend(parse: Parse, known: Mending) -> bool:
    """Mend the heads of a parse in place; True where anything was changed."""
    joined = [i for i, dep in enumerate(parse.deps) if dep == "conj" and parse.tags[i] in FINITE]
    before = [
        i for i, dep in enumerate(parse.deps) if dep == "ccomp" and parse.heads[i] > i and parse.tags[i][:2] == "VB"
    ]
    if not joined and not before:
        return False
    below: dict[int, list[int]] = {}
    for i, head in enumerate(parse.heads):
        if head != i:
            below.setdefault(head, []).append(i)
    changed = False
    for verb in before:
        changed |= _give_up(parse, verb, below)
    for verb in joined:
        changed |= _hop(parse, verb, below, known)
    return changed


def _give_up(parse: Parse, verb: int, below: Mapping[int, list[int]]) -> bool:
    """A reported clause before its verb of speech keeps neither the speaker nor what follows that verb."""
    cue = parse.heads[verb]
    spoken = any(parse.deps[i] in SUBJECTS for i in below.get(cue, ()))
    changed = False
    for child in below.get(verb, ()):
        dep = parse.deps[child]
        speaker = dep == "nsubj" and verb < child < cue and not spoken
        after = child > cue and dep not in LEANING
        if speaker or after:
            parse.heads[child] = cue
            changed = True
    return changed


def _hop(parse: Parse, verb: int, below: Mapping[int, list[int]], known: Mending) -> bool:
    """Hang a finite verb without a subject of its own on the clause that it continues."""
    first = parse.heads[verb]
    own = {parse.deps[i] for i in below.get(verb, ())}
    if verb < first or own & SUBJECTS or own & {"mark"}:
        return False
    home = _infinitive_home(parse, verb, first, below)
    if home is None:
        home = _speech_home(parse, verb, first, below, known)
    if home is None or home == verb:
        return False
    parse.heads[verb] = home
    return True


def _is_finite(parse: Parse, token: int, below: Mapping[int, list[int]]) -> bool:
    if parse.tags[token] in FINITE:
        return True
    return any(parse.deps[i] in AUXILIARIES and parse.tags[i] in FINITE for i in below.get(token, ()))


def _infinitive_home(parse: Parse, verb: int, first: int, below: Mapping[int, list[int]]) -> int | None:
    """The finite clause above a bare verb ("to raise", "would ruin") that a past or present form was joined to."""
    if parse.tags[first] not in BARE or _is_finite(parse, first, below):
        return None
    if parse.tags[verb] == "VBP" and parse.tags[first] == "VB":
        return None  # "to meet and discuss": a bare form that was tagged as a present
    at = first
    while parse.heads[at] != at:
        if parse.deps[at] not in {"xcomp", "ccomp", "advcl", "conj", "acl", "obl"}:
            return None
        at = parse.heads[at]
        if parse.tags[at][:2] == "VB" and _is_finite(parse, at, below):
            return at if at < first else None
    return None


def _speech_home(parse: Parse, verb: int, first: int, below: Mapping[int, list[int]], known: Mending) -> int | None:
    """The verb of speech above a reported clause, where the joined verb is one of speech in the same tense and the
    reported clause is in another, or has a thing for its subject."""
    cue = parse.heads[first]
    if parse.deps[first] != "ccomp" or cue >= first or parse.words[verb].lower() not in known.speech:
        return None
    if parse.tags[cue] != parse.tags[verb] or parse.words[cue].lower() not in known.speech:
        return None
    if parse.tags[first] != parse.tags[verb]:
        return cue
    subject = next((i for i in below.get(first, ()) if parse.deps[i] in SUBJECTS), None)
    return cue if subject is not None and parse.tags[subject] in {"NN", "NNS"} else None
