"""An address -> bytes, under limits. httpx is imported only here, and only when an address is read."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from dragoman.errors import FetchError, NotFound, NotText, TooLarge, TooSlow
from dragoman.records import Record
from dragoman.sources.limits import Limits
from dragoman.version import __version__

if TYPE_CHECKING:
    import httpx

TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
AGENT = f"dragoman/{__version__} (reads news for research)"


class Fetched(Record, frozen=True, kw_only=True):
    """What an address answered: bytes, the address after redirects, the charset and the type that were declared."""

    raw: bytes
    url: str
    charset: str | None
    content_type: str


def fetch(url: str, limits: Limits, *, transport: httpx.BaseTransport | None = None) -> Fetched:
    """Downloads one page by http or https.

    Raises NotFound (404, 410, no such host), FetchError (no answer, an error, too many redirects), NotText (an image,
    a PDF ...), TooLarge, TooSlow. `transport` stands in for the network in tests.
    """
    import httpx

    timeout = httpx.Timeout(limits.connect_seconds)
    shown = url if url.isprintable() else ascii(url)
    headers = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1"}
    try:
        with (
            httpx.Client(
                timeout=timeout,
                headers=headers,
                follow_redirects=True,
                max_redirects=limits.max_redirects,
                transport=transport,
            ) as client,
            client.stream("GET", url) as answer,
        ):
            return _read(answer, url, limits)
    except httpx.TimeoutException as error:
        raise TooSlow(
            "no answer in time", where=shown, next_step="try again, or save the page and read the file"
        ) from error
    except httpx.TooManyRedirects as error:
        raise FetchError(
            f"over {limits.max_redirects} redirects", where=shown, next_step="save the page and read the file"
        ) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise FetchError(
            "this is no address", where=shown, next_step="give one such as https://example.org/story"
        ) from error
    except httpx.ConnectError as error:
        reason = re.sub(r"\A\[[^\]]*\] ?", "", str(error)).lower() or "no connection"
        raise FetchError(
            f"cannot be reached ({reason})", where=shown, next_step="check the address and the network"
        ) from error
    except httpx.HTTPError as error:
        raise FetchError(
            str(error) or type(error).__name__, where=shown, next_step="check the address and the network"
        ) from error


def _read(answer: httpx.Response, url: str, limits: Limits) -> Fetched:
    _check_status(answer.status_code, url)
    content_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type and not content_type.startswith(TEXTUAL):
        raise NotText(
            f"the address answers with {content_type}", where=url, next_step="give the address of a page of text"
        )
    deadline = time.monotonic() + limits.fetch_seconds
    raw = bytearray()
    for chunk in answer.iter_bytes():
        raw += chunk
        if len(raw) > limits.max_bytes:
            raise TooLarge(f"over {limits.max_bytes:,} bytes", where=url, next_step="save the text and read the file")
        if time.monotonic() > deadline:
            raise TooSlow(
                f"not down after {limits.fetch_seconds:g} s", where=url, next_step="save the page and read the file"
            )
    return Fetched(raw=bytes(raw), url=str(answer.url), charset=answer.charset_encoding, content_type=content_type)


def _check_status(status: int, url: str) -> None:
    if status in (404, 410):
        raise NotFound(f"no such page (HTTP {status})", where=url, next_step="check the address")
    if status in (401, 402, 403, 451):
        raise FetchError(
            f"the site refuses to show it (HTTP {status})", where=url, next_step="save the page from a browser"
        )
    if status >= 400:
        raise FetchError(f"the site answers with an error (HTTP {status})", where=url, next_step="try again later")
