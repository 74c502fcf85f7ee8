"""The country in view: on the held-out passages, and on hand-made sentences."""

from __future__ import annotations

from dragoman.annotate import load_annotator
from dragoman.lexicon.actors import load_actors
from dragoman.lexicon.places import load_places
from dragoman.linking.actors import link_actors
from dragoman.mentions.actors import find_actors
from tests.actor_docs import annotated, small_lexicon
from tests.attribute_scores import PASSAGES, Score, attributes, score

FLOORS = (84.0, 87.0, 88.0)
"""Right mentions, countries and sectors of 100, over all held-out passages."""
MINISTER = """
    Arvonia NNP nsubj 1 LOC
    voted VBD ROOT 1
    . . punct 1
    --
    Arvonia NNP nsubj 4 LOC
    paid VBD ROOT 4
    . . punct 4
    --
    Arvonia NNP nsubj 7 LOC
    slept VBD ROOT 7
    . . punct 7
    --
    {title} NNP nmod:desc 10
    Jon NNP nsubj 12 PER
    Roe NNP flat 10 I-PER
    spoke VBD ROOT 12
    . . punct 12"""


def country_of_roe(title: str) -> str | None:
    article, lexicon = annotated(MINISTER.format(title=title)), small_lexicon()
    linked = link_actors(article, find_actors(article, lexicon), lexicon, None)
    (roe,) = (actor for actor in linked.actors if actor.name == "Jon Roe")
    assert (roe.country is None) == ("country" not in roe.evidence)
    return roe.country


def test_a_minister_without_a_country_is_of_the_country_that_the_article_is_about() -> None:
    assert country_of_roe("Minister") == "ARV"


def test_ambassadors_and_analysts_may_come_from_anywhere() -> None:
    assert country_of_roe("Ambassador") is None
    assert country_of_roe("Analyst") is None


def test_held_out_passages() -> None:
    annotator, lexicon, gazetteer = load_annotator(), load_actors(), load_places()
    total = Score((0, 0), (0, 0), (0, 0), ())
    for path in PASSAGES:
        article, wanted, told = attributes(path)
        total = total.plus(score(path, annotator.annotate(article), wanted, told, lexicon, gazetteer))
    assert len(PASSAGES) >= 20
    for (right, of), floor in zip(total[:3], FLOORS, strict=True):
        assert 100 * right / of >= floor
