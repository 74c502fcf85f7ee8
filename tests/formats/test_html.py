from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from dragoman.formats import to_html
from dragoman.formats.html import paragraphs, safe_link
from tests.samples import TEXT, make_reading

TAGS = ("script", "img", "svg", "iframe", "object", "embed", "math", "body", "video", "details", "input", "a")
HANDLERS = ("onerror", "onload", "onclick", "onfocus", "ontoggle", "onmouseover")
SHAPES = (
    "<{tag} {handler}=alert(1)>",
    "</{tag}><{tag} src=x {handler}='alert(1)'>",
    '"><{tag} {handler}=alert`1`>',
    "'/><{tag}/{handler}=alert(1)//",
    "<{tag} style=x {handler}\n=alert(1)>",
)
PAYLOADS = sorted({
    *(shape.format(tag=tag, handler=handler) for shape in SHAPES for tag in TAGS for handler in HANDLERS[:2]),
    "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<script>alert(1)//",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "{{ 7 * 7 }}", "{% include '/etc/passwd' %}", "${alert(1)}", "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>", "<!--><script>alert(1)</script>", "]]><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "\u2028<script>alert(1)</script>", "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<base href=//evil.example>", "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<form action=//evil.example>",
})  # fmt: skip


class Page(HTMLParser):
    """The tags of a page, and the text of its inline scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._open == "script" and self.scripts:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._open = ""


def counted(page: Page) -> Counter[str]:
    """How often each tag stands in a page, without those whose number depends on the text."""
    return Counter(tag for tag, _ in page.tags if tag not in {"span", "p"})


CLEAN = Page(to_html(make_reading()))


def test_there_are_a_hundred_payloads() -> None:
    assert len(PAYLOADS) >= 100


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_an_article_becomes_markup(payload: str) -> None:
    page = Page(to_html(make_reading(f"{TEXT}\n{payload}", title=payload, url=payload, name=payload)))
    assert counted(page) == counted(CLEAN)
    assert page.scripts == CLEAN.scripts
    for tag, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag != "a" or (attributes["href"] or "").startswith(("http://", "https://", "#dossier"))


def test_the_policy_admits_only_our_own_script_and_style() -> None:
    html = to_html(make_reading())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "unsafe" not in policy[1]
    for element, directive in (("style", "style-src"), ("script", "script-src")):
        body = re.search(rf"<{element}>(.*?)</{element}>", html, re.S)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]


def test_the_page_loads_nothing() -> None:
    assert not [tag for tag, attributes in CLEAN.tags if tag == "link" or "src" in attributes or "srcset" in attributes]


def test_the_pieces_of_the_paragraphs_are_the_text() -> None:
    reading = make_reading()
    shown = ["".join(piece.text for piece in paragraph.pieces) for paragraph in paragraphs(reading)]
    assert shown == [reading.article.text[block.start : block.end] for block in reading.article.blocks]


def test_a_mark_carries_the_record_that_it_shows() -> None:
    marked = {
        piece.text: piece.refs for paragraph in paragraphs(make_reading()) for piece in paragraph.pieces if piece.refs
    }
    assert "a1#e60" in marked["talks"]
    assert "a1#s105" in marked["talks"]
    assert marked["Lagos"] == ("geonames:2332459",)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", None),
        (" javascript:alert(1)", None),
        ("//example.org", None),
        ("http://[bad", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str | None) -> None:
    assert safe_link(url) == link
