from collections.abc import Mapping

import pytest

from site_builder.publishing.links import BrokenLink, LinkCheck, confirm, fetched_from_outside

PAGE = "2023/tc/1.html"
FILES = (
    PAGE,
    "2023/index.html",
    "2023/tc/1.1.html",
    "2023/tc/1.1/ke-hoach.pdf",
    "2023/tc/1.1/a b.png",
    "assets/site.css",
)
TARGET = b'<p id="gt-1">x</p><p id="a&amp;b">y</p>'


def _broken(pages: Mapping[str, bytes]) -> list[BrokenLink]:
    check = LinkCheck(FILES)
    for path, data in pages.items():
        check.read(path, data)
    return list(confirm(check.suspects(), lambda path: pages[path]))


def _why(html: str) -> list[str]:
    pages = {PAGE: html.encode(), "2023/tc/1.1.html": TARGET}
    return [broken.why for broken in _broken(pages)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="1.1.html">x</a>',
        '<a href="./1.1.html#gt-1">x</a>',
        '<a href="1.1.html#a&amp;b">x</a>',
        '<a href="1.1.html#a%26b">x</a>',
        '<a href="1.1.html?q=1#gt-1">x</a>',
        '<a href="../index.html">x</a>',
        '<a href="1.1/ke-hoach.pdf#page=2">x</a>',
        '<a href="1.1/a%20b.png" download="\u1ea3nh.png">x</a>',
        '<a id="here"></a><a href="#here">x</a>',
        '<a href="#">x</a><a href="#top">x</a>',
        '<a href="">x</a>',
        '<a href="https://chinhphu.vn/">x</a>',
        '<a href="mailto:x@example.vn">x</a><a href="tel:113">x</a>',
        '<img src="data:image/png;base64,AA==">',
        "<a href='1.1.html'>x</a>",
        "<a href=1.1.html>x</a>",
        '<img srcset="1.1/a%20b.png 1x, 1.1/a%20b.png 2x">',
        '<link rel="canonical" href="https://x.example/2023/tc/1.html">',
    ],
)
def test_a_link_that_leads_somewhere(html: str) -> None:
    assert _why(html) == []


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ('<a href="1.2.html">x</a>', "absent"),
        ('<a href="1.1.HTML">x</a>', "absent"),
        ('<a href="../../../index.html">x</a>', "absent"),
        ('<a href="1.1/khac.pdf">x</a>', "absent"),
        ('<img src="">', "absent"),
        ('<img src="x.png">', "absent"),
        ('<script src="../../assets/none.js"></script>', "absent"),
        ('<link rel="stylesheet" href="../../assets/none.css">', "absent"),
        ('<img srcset="1.1/a%20b.png 1x, none.png 2x">', "absent"),
        ('<object data="none.pdf"></object>', "absent"),
        ('<video poster="none.png"></video>', "absent"),
        ("<a href='none.html'>x</a>", "absent"),
        ("<a href=none.html>x</a>", "absent"),
        ('<a\nhref="none.html">x</a>', "absent"),
        ('<a href = "none.html">x</a>', "absent"),
        ('<a href="1.1.html#gt-2">x</a>', "anchor"),
        ('<a href="#nowhere">x</a>', "anchor"),
        ('<a href="/2023/index.html">x</a>', "absolute"),
        ('<a href="..">x</a>', "folder"),
        ('<a href="1.1/">x</a>', "folder"),
        ('<a href="../..">x</a>', "folder"),
        ('<img src="https://tracker.example/x.png">', "third_party"),
        ('<script src="//cdn.example/x.js"></script>', "third_party"),
        ('<a href="javascript:alert(1)">x</a>', "scheme"),
        ('<a href="JavaScript&#58;alert(1)">x</a>', "scheme"),
        ('<a href="data:text/html,x">x</a>', "scheme"),
        ('<a href="file:///etc/passwd">x</a>', "scheme"),
        ('<form action="https://x.example/"></form>', "third_party"),
        ('<button formaction="javascript:x()">x</button>', "scheme"),
    ],
)
def test_a_link_that_does_not(html: str, why: str) -> None:
    assert _why(html) == [why]


@pytest.mark.parametrize(
    "html",
    [
        '<p>&lt;a href="none.html"&gt; is how a link is written</p>',
        "<script>var x = '<a href=\"none.html\">';</script>",
        "<p>src= and href= are words</p>",
        '<!-- <a href="none.html">x</a> -->',
    ],
)
def test_text_that_looks_like_a_link_is_none(html: str) -> None:
    assert _why(html) == []


def test_a_broken_link_beside_text_that_looks_like_one() -> None:
    html = '<p>&lt;a href="1.html"&gt;</p><a href="none.html">x</a>'
    assert _broken({PAGE: html.encode()}) == [BrokenLink(PAGE, "none.html", "absent")]


def test_an_image_addressed_where_a_link_is_right_is_still_wrong() -> None:
    html = '<a href="https://x.example/a.png">x</a><img src="https://x.example/a.png">'
    assert _why(html) == ["third_party"]


@pytest.mark.parametrize(
    ("relation", "asks"),
    [
        ("stylesheet", True),
        ("preconnect", True),
        ("dns-prefetch", True),
        ("shortcut icon", True),
        ("canonical", False),
        ("alternate", False),
        ("license", False),
    ],
)
def test_what_a_link_element_makes_the_browser_fetch(relation: str, asks: bool) -> None:  # noqa: FBT001
    html = f'<head><link rel="{relation}" href="https://cdn.example/x"></head>'.encode()
    found = list(fetched_from_outside(PAGE, html))
    assert found == ([BrokenLink(PAGE, "https://cdn.example/x", "third_party")] if asks else [])


def test_a_link_element_without_a_relation_fetches_nothing() -> None:
    html = b'<head><link href="//cdn.example/x"></head>'
    assert list(fetched_from_outside(PAGE, html)) == []


def test_a_link_element_of_our_own_is_right() -> None:
    html = b'<head><link rel="stylesheet" href="../../assets/site.css"></head>'
    assert list(fetched_from_outside(PAGE, html)) == []
