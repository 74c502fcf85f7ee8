"""How large and how slow an input may be."""

from __future__ import annotations

from dragoman.records import Record


class Limits(Record, frozen=True, kw_only=True):
    """Limits on one input. Sizes in bytes, times in seconds."""

    max_bytes: int = 5_000_000
    page_seconds: float = 20.0  # taking the text out of an HTML page, in a process of its own
    connect_seconds: float = 10.0
    fetch_seconds: float = 30.0  # the whole download
    max_redirects: int = 5
    # A tag with 100,000 attributes keeps HTML libraries busy for 10 to 53 s, 50,000 nested elements for 45 s
    max_tag_chars: int = 100_000
    max_depth: int = 2_000


DEFAULT_LIMITS = Limits()
