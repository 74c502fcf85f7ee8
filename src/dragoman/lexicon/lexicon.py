"""The lexicon as one value: everything that Dragoman knows before it reads."""

from __future__ import annotations

import dataclasses
import hashlib
from functools import cached_property
from pathlib import Path

from dragoman.lexicon.actors import ActorLexicon, load_actors
from dragoman.lexicon.cues import Cues, load_cues
from dragoman.lexicon.places import Gazetteer, load_gazetteer
from dragoman.lexicon.predicates import Predicates, load_predicates
from dragoman.lexicon.tables import TABLES
from dragoman.lexicon.times import TimeWords, load_times


@dataclasses.dataclass(frozen=True)
class Lexicon:
    """The parts of the lexicon, one for each kind of mention."""

    actors: ActorLexicon
    places: Gazetteer
    times: TimeWords
    cues: Cues
    predicates: Predicates

    @cached_property
    def version(self) -> str:
        """A hash of every table: two readings with the same version rest on the same facts."""
        return tables_version(TABLES)


def load_lexicon() -> Lexicon:
    """Load every table. Raises LexiconError that names the file and line of a malformed row."""
    return Lexicon(
        actors=load_actors(),
        places=load_gazetteer(),
        times=load_times(),
        cues=load_cues(),
        predicates=load_predicates(),
    )


def tables_version(folder: Path) -> str:
    """The first 12 hexadecimal digits of a SHA-256 over the names and bytes of all tables in a folder."""
    state = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        state.update(path.name.encode() + b"\0" + path.read_bytes())
    return state.hexdigest()[:12]
