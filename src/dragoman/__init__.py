"""Dragoman reads political news and keeps the record: who did what to whom, who said so, what is planned.

>>> import dragoman
>>> reading = dragoman.read("The two presidents will meet in Nairobi on Friday.", date="2026-11-23")  # doctest: +SKIP
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from dragoman.records import Reading
from dragoman.version import __version__

if TYPE_CHECKING:
    from dragoman.pipeline import Pipeline

__all__ = ["Reading", "__version__", "read"]


def read(
    text: str,
    *,
    date: dt.date | str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one report given as plain text.

    `date` is the publication date (a date, or ISO 8601 text); relative dates are counted from it. The encoder and
    the lexicon are loaded at the first call and kept. Raises SourceError where the text cannot be read (empty,
    another language, too large) and UsageError where the date is none.
    """
    from dragoman.sources import check_article, make_article  # importing the rooms waits for the first call

    article = make_article(text, date=date, outlet=outlet, title=title, url=url)
    check_article(article)
    return _pipeline().read(article)


@cache
def _pipeline() -> Pipeline:
    from dragoman.pipeline import load_pipeline

    return load_pipeline()
