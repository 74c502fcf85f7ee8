"""Raw input -> Article: text, files, folders, addresses, standard input.

The heavy readers (trafilatura for pages, httpx for addresses) are imported only when a page or an address is read.
"""

from dragoman.sources.article import make_article
from dragoman.sources.language import check_article
from dragoman.sources.limits import DEFAULT_LIMITS, Limits
from dragoman.sources.normalise import normalise
from dragoman.sources.read import Given, expand, read_source

__all__ = ["DEFAULT_LIMITS", "Given", "Limits", "check_article", "expand", "make_article", "normalise", "read_source"]
