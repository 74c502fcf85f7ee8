"""Hand-made documents for the tests of events: a line for each word, `form/TAG/POS/dep/head`, heads counted from 1,
0 for
the root; the lemma is added after `=` where it is not the form in lower case."""

from __future__ import annotations

import numpy as np
import spacy
from spacy.tokens import Doc

from dragoman.annotate import Annotated, Scores
from dragoman.records import Actor, Article, Block, LinkedActors, digest

VOCAB = spacy.blank("en").vocab


def make_doc(sentence: str) -> Doc:
    """A doc of one sentence from `form=lemma/TAG/POS/dep/head` items parted by blanks."""
    items = [item.rsplit("/", 4) for item in sentence.split()]
    forms = [form.partition("=") for form, *_ in items]
    return Doc(
        VOCAB,
        words=[form for form, _, _ in forms],
        lemmas=[lemma or form.lower() for form, _, lemma in forms],
        tags=[item[1] for item in items],
        pos=[item[2] for item in items],
        deps=["ROOT" if item[4] == "0" else item[3] for item in items],
        heads=[at if item[4] == "0" else int(item[4]) - 1 for at, item in enumerate(items)],
        sent_starts=[at == 0 for at in range(len(items))],
    )


def annotated(doc: Doc, kind: str = "body") -> Annotated:
    """The doc as an annotated article of one block."""
    article = Article(
        article_id="a",
        text_id=digest(doc.text),
        text=doc.text,
        blocks=(Block(start=0, end=len(doc.text), kind=kind),),  # type: ignore[arg-type]
    )
    ones = np.ones(len(doc), np.float32)
    return Annotated(article, doc, Scores(ones, ones))


def linked(**tokens: str) -> LinkedActors:
    """Actors that are states: `RUS="0"` or `CHN="2 5"` gives the tokens of each."""
    by_token = {int(i): actor for actor, places in tokens.items() for i in places.split()}
    actors = tuple(Actor(actor_id=code, name=code, kind="state", country=code) for code in tokens)
    return LinkedActors(actors=actors, by_token=by_token)
