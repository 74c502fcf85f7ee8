"""THE order of the steps: article -> reading."""

from __future__ import annotations

import dataclasses
import datetime as dt

from dragoman.annotate import Annotator, load_annotator
from dragoman.extraction.agenda import extract_agenda
from dragoman.extraction.disputes import find_disputes
from dragoman.extraction.events import extract_events, with_states
from dragoman.extraction.statements import extract_statements, with_events
from dragoman.lexicon.lexicon import Lexicon, load_lexicon
from dragoman.linking.actors import link_actors
from dragoman.linking.dating import date_article
from dragoman.linking.places import link_places
from dragoman.linking.times import link_times
from dragoman.mentions.actors import find_actors
from dragoman.mentions.places import find_places
from dragoman.mentions.quotes import find_quotes
from dragoman.mentions.times import find_times
from dragoman.mentions.triggers import find_triggers
from dragoman.records import Article, Reading, Versions
from dragoman.version import __version__


@dataclasses.dataclass(frozen=True)
class Pipeline:
    """The encoder and the lexicon, loaded once, and the steps that use them."""

    annotator: Annotator
    lexicon: Lexicon

    @property
    def versions(self) -> Versions:
        """What makes the readings of this pipeline."""
        return Versions(code=__version__, model=self.annotator.version, lexicon=self.lexicon.version)

    def read(self, article: Article) -> Reading:
        """Read one article. Each step takes what the ones before it found, and nothing else."""
        lexicon = self.lexicon
        annotated = self.annotator.annotate(article)

        time_mentions = find_times(annotated, lexicon.times)
        article = date_article(annotated, time_mentions, lexicon.times)
        day = reading_day(article)
        times = link_times(annotated, time_mentions, day)

        places = link_places(annotated, find_places(annotated, lexicon.places), lexicon.places)
        actors = link_actors(annotated, find_actors(annotated, lexicon.actors), lexicon.actors, day, places)

        statements, unsaid = extract_statements(annotated, find_quotes(annotated), actors, times, places, lexicon.cues)
        events, undone = extract_events(
            annotated,
            find_triggers(annotated, lexicon.predicates),
            statements,
            actors,
            times,
            places,
            lexicon.predicates,
        )
        statements = with_events(statements, events)
        agenda, unplanned = extract_agenda(annotated, events, statements, actors, times, places, lexicon.predicates)
        disputes = find_disputes(annotated, statements, actors)

        return Reading(
            reading=self.versions,
            article=article,
            actors=with_states(actors.actors, events, lexicon.actors),
            places=places,
            times=times,
            events=events,
            statements=statements,
            agenda=agenda,
            disputes=disputes,
            skipped=(*unsaid, *undone, *unplanned),
        )


def reading_day(article: Article) -> dt.date | None:
    """The day from which relative dates are counted: the publication date, or the last day that it can be."""
    return article.published_at or article.published_latest


def load_pipeline() -> Pipeline:
    """Load the encoder and the lexicon. Raises ModelError or LexiconError where either is broken."""
    return Pipeline(annotator=load_annotator(), lexicon=load_lexicon())
