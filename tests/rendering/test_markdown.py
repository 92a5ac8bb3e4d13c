import html
import re
from html.parser import HTMLParser

import markdown as python_markdown  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_builder.rendering.markdown import Renderer, Target, Words
from tests.rendering.test_escaping import NASTY

renderer = Renderer(Words(table="Table <1>", no_image="no image:"))
FILES = {
    "evidence/1.1/K\u1ebf ho\u1ea1ch.pdf": Target("1.1/ke-hoach-12345678.pdf"),
    "evidence/1.1/anh.jpg": Target("1.1/anh-12345678.jpg", image=True),
    "evidence/1.2": Target("1.2.html"),
}


def render(text: str, first: int = 1) -> str:
    return renderer.render(text, "evidence/1.1", FILES.get, first)


class Balance(HTMLParser):
    """Fails on anything that is not properly nested."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"br", "hr", "img"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag


def tags(block: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Balance()
    parser.feed(block)
    assert not parser.open
    return parser.tags


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("[a](<K\u1ebf ho\u1ea1ch.pdf>)", "1.1/ke-hoach-12345678.pdf"),
        ("[a](<Ke\u0302\u0301 hoa\u0323ch.pdf>)", "1.1/ke-hoach-12345678.pdf"),
        ("[a](K%E1%BA%BF%20ho%E1%BA%A1ch.pdf#page=2)", "1.1/ke-hoach-12345678.pdf#page=2"),
        ("[a](../1.2/)", "1.2.html"),
        ("[a](./../1.2)", "1.2.html"),
        ("[a](https://commune.example/x)", "https://commune.example/x"),
        ("[a](mailto:a@b.example)", "mailto:a@b.example"),
        ("<https://commune.example/x>", "https://commune.example/x"),
    ],
)
def test_links_that_lead_somewhere(text: str, href: str) -> None:
    links = [attributes for tag, attributes in tags(render(text)) if tag == "a"]
    assert [link["href"] for link in links] == [href]
    assert all("noopener" in (link["rel"] or "") for link in links)


@pytest.mark.parametrize(
    "text",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,x)",
        "[a](vbscript:x)",
        "[a](file:///etc/passwd)",
        "[a](//evil.example/x)",
        "[a](/etc/passwd)",
        "[a](\\\\server\\share)",
        "[a](../../../x)",
        "[a](secret.pdf)",
        "[a](#top)",
        "[a]()",
        "[a](ftp://x.example)",
        "<a href='https://x.example' onclick='x'>a</a>",
    ],
)
def test_links_that_lead_nowhere_become_text(text: str) -> None:
    block = render(text)
    assert [tag for tag, _ in tags(block)] == ["p"]
    assert "a" in block


def test_pictures_of_the_dossier_stay_and_others_go() -> None:
    block = render("![A](anh.jpg) ![B](https://spy.example/x.png) ![C](khong-co.jpg) ![D](//x/y)")
    pictures = [attributes for tag, attributes in tags(block) if tag == "img"]
    assert [picture["src"] for picture in pictures] == ["1.1/anh-12345678.jpg"]
    assert "spy" not in block
    assert "[no image: B]" in block
    assert "[no image: C]" in block


def test_headings_go_down_from_h3_without_gaps_and_are_numbered() -> None:
    block = render("### A\n\n# B\n\n#### C\n\n###### D\n\n## E\n\nF\n===", 4)
    found = re.findall(r'<(h\d) id="(gt-\d+)">(\w)', block)
    assert found == [
        ("h3", "gt-4", "A"),
        ("h3", "gt-5", "B"),
        ("h4", "gt-6", "C"),
        ("h5", "gt-7", "D"),
        ("h4", "gt-8", "E"),
        ("h3", "gt-9", "F"),
    ]


def test_tables_scroll_inside_a_named_group() -> None:
    block = render("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert 'role="group" tabindex="0" aria-label="Table &lt;1&gt;"' in block
    assert '<td class="sb-num">2</td>' in block


def test_code_keeps_its_blank_lines_without_ending_the_block() -> None:
    block = render("```\na\n\n    b\n```")
    assert "\n" not in block
    assert html.unescape(block) == "<pre><code>a\n\n    b\n</code></pre>"


def test_line_breaks_stay() -> None:
    assert render("a) x\nb) y") == "<p>a) x<br> b) y</p>"


def test_markup_of_a_very_long_text_is_not_read() -> None:
    text = "# a <b>\n*c*\u202e\n \n\n" + "> - [x](y)\n" * 10_000 + "\n\n"
    block = render(text)
    block = block.replace(" data-search-exclude", "")
    assert block.startswith("<p># a &lt;b&gt;<br> *c*</p> <p>&gt; - [x](y)<br> &gt;")
    assert "\n" not in block
    assert block.count("<p>") == block.count("</p>") == 2


def test_no_text_is_no_block() -> None:
    assert render("") == Markup()
    assert render("\n\n  \n") == Markup()


documents = st.lists(
    st.sampled_from(
        [
            *NASTY,
            "\n",
            "\n\n",
            "> ",
            "<div markdown='1'>",
            "<!--",
            "-->",
            "<?php",
            "[x](y",
            "```\n",
            "~~~\n",
            "| a | b |\n|---|---|\n| 1 | 2 |\n",
            "[^1]",
            "<svg/onload=alert(1)>",
            "</td>",
        ]
    )
    | st.text(max_size=6),
    max_size=14,
).map("".join)


@given(documents)
def test_any_text_is_one_balanced_line_that_python_markdown_leaves_alone(text: str) -> None:
    block = render(text)
    assert "\n" not in block
    allowed = {"href", "rel", "src", "alt", "title", "loading", "start", "class", "id"}
    for tag, attributes in tags(block):
        if tag != "div":
            assert set(attributes) <= allowed
        for link in filter(None, (attributes.get("href"), attributes.get("src"))):
            assert re.match(r"https?:|mailto:|1\.", link)
    page = f'<h1 id="a">A</h1>\n<div class="sb-text">\n{block}\n</div>\n\n## Next {{ #next }}\n'
    engine = python_markdown.Markdown(extensions=["attr_list", "tables", "toc"])
    printed = engine.convert(page)
    assert f'<div class="sb-text">\n{block}\n</div>' in printed
    assert printed.endswith('<h2 id="next">Next</h2>')
