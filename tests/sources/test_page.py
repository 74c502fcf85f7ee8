from __future__ import annotations

import time
from pathlib import Path

import httpx
import pytest

from dragoman.errors import EmptyInput, FetchError, NotFound, NotText, TooLarge, TooSlow
from dragoman.sources import Limits, read_source
from dragoman.sources.fetch import fetch
from dragoman.sources.page import extract_page, scan

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Envoys meet in Accra to open bridge | Gold Coast Times</title>
<meta property="og:site_name" content="Gold Coast Times"><meta name="author" content="Ama Mensah">
<meta property="article:published_time" content="2022-09-07T10:15:00Z">
<link rel="canonical" href="https://example.org/world/envoys-meet"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Envoys meet in Accra to open bridge</h1>
<p>The envoys of Ghana and Togo met for six hours on Tuesday and agreed to open the bridge at Aflao to lorries.</p>
<figure><img src="a.jpg"><figcaption>Lorries wait at the bridge on Monday. (Kofi Owusu/AFP)</figcaption></figure>
<p>Neither side would say who had closed it, and drivers have been sleeping in their cabs since the middle of May.</p>
<h2>Customs officers to return</h2>
<p>Lome called the deal &ldquo;a first step&rdquo; and promised that its customs officers would be back on Monday.</p>
<script>alert("nothing to read")</script>
<p>The regional bloc will send observers, its spokesman said in a statement that was read out on the radio.</p>
</article><footer>Copyright 2022 Gold Coast Times</footer></body></html>"""


def test_a_page_gives_text_metadata_and_headings(tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_text(PAGE, encoding="utf-8")
    article = read_source(str(path))
    lines = article.text.split("\n")
    kinds = dict(zip(lines, [block.kind for block in article.blocks], strict=True))
    assert article.title == lines[0] == "Envoys meet in Accra to open bridge"
    assert (article.outlet, article.authors) == ("Gold Coast Times", ("Ama Mensah",))
    assert (str(article.published_at), article.published_by) == ("2022-09-07", "metadata")
    assert kinds["Envoys meet in Accra to open bridge"] == "title"
    assert kinds["Customs officers to return"] == "heading"
    assert sum(kind == "body" for kind in kinds.values()) == 4
    assert "alert" not in article.text
    assert "Home" not in lines


def test_a_page_under_another_name_is_still_a_page(tmp_path: Path) -> None:
    path = tmp_path / "story.data"
    path.write_text(PAGE, encoding="utf-8")
    assert read_source(str(path)).outlet == "Gold Coast Times"


def test_a_page_without_a_report(tmp_path: Path) -> None:
    path = tmp_path / "story.html"
    path.write_text("<html><body><img src='a.jpg'></body></html>", encoding="utf-8")
    with pytest.raises(EmptyInput, match="no report"):
        read_source(str(path))


@pytest.mark.parametrize(
    "poison",
    [
        "<html><body><p " + " ".join(f"a{n}='1'" for n in range(100_000)) + ">text</p></body></html>",
        "<html><body>" + "<div>" * 50_000 + "text" + "</div>" * 50_000 + "</body></html>",
        "<html><body><p " + "a='1' " * 50_000,
        "<a " * 300_000,
    ],
    ids=["attributes", "nesting", "open-tag", "tags"],
)
def test_poison_is_seen_at_once(poison: str) -> None:
    start = time.perf_counter()
    with pytest.raises(NotText, match="absurdly"):
        scan(poison, Limits(), where="page")
    assert time.perf_counter() - start < 3


def test_brackets_alone_are_no_poison() -> None:
    start = time.perf_counter()
    scan("<" * 1_000_000 + ">", Limits(), where="page")
    assert time.perf_counter() - start < 3


def test_a_page_that_takes_too_long_is_killed() -> None:
    with pytest.raises(TooSlow, match=r"0\.01 s"):
        extract_page(PAGE, Limits(page_seconds=0.01), where="page")


def test_a_page_that_is_too_large() -> None:
    with pytest.raises(TooLarge):
        extract_page(PAGE, Limits(max_bytes=100), where="page")


def answer(request: httpx.Request) -> httpx.Response:
    html = {"content-type": "text/html; charset=utf-8"}
    match request.url.path:
        case "/story":
            return httpx.Response(200, text=PAGE, headers=html)
        case "/moved":
            return httpx.Response(301, headers={"location": "/story"})
        case "/loop":
            return httpx.Response(302, headers={"location": "/loop"})
        case "/image":
            return httpx.Response(200, content=b"\x89PNG", headers={"content-type": "image/png"})
        case "/large":
            return httpx.Response(200, content=b"x" * 60_000, headers=html)
        case "/slow":
            raise httpx.ReadTimeout("slow", request=request)
        case "/down":
            raise httpx.ConnectError("no route", request=request)
        case "/error":
            return httpx.Response(503)
        case "/wall":
            return httpx.Response(403)
    return httpx.Response(404)


def test_an_address_is_fetched_through_redirects() -> None:
    got = fetch("https://example.org/moved", Limits(), transport=httpx.MockTransport(answer))
    assert (got.url, got.charset, got.content_type) == ("https://example.org/story", "utf-8", "text/html")
    assert got.raw.decode("utf-8") == PAGE


@pytest.mark.parametrize(
    ("path", "error"),
    [("loop", FetchError), ("image", NotText), ("large", TooLarge), ("slow", TooSlow), ("down", FetchError),
     ("error", FetchError), ("wall", FetchError), ("gone", NotFound)],
)  # fmt: skip
def test_an_address_that_cannot_be_read(path: str, error: type[Exception]) -> None:
    url = f"https://example.org/{path}"
    with pytest.raises(error) as caught:
        fetch(url, Limits(max_bytes=50_000), transport=httpx.MockTransport(answer))
    assert str(caught.value).startswith(url)
