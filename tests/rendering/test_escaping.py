import html as html_module
import json
import re
import unicodedata

import markdown  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.text import clean as clean_text
from site_builder.rendering import escaping

# Signs that mean something to one of the three readers of a page, Vietnamese in both forms,
# and whatever else there is.
NASTY = [
    "|",
    "<b>",
    "</div>",
    "<script>",
    "`",
    "{{ x }}",
    "{% raw %}",
    "{: .a #b }",
    "{ #id }",
    "# ",
    "## ",
    "\n\n## x",
    "    ",
    "\t",
    "***",
    "[a](b)",
    "![i](j)",
    "&amp;",
    "&#35;",
    "\\",
    '"',
    "'",
    "\x02wzxhzdk:0\x03",
    "\u1ebf",
    "e\u0302\u0301",
    "\u0111",
    "\u202e",
    "\udc80",
    "\x00",
    "\u2028",
    "1. ",
    "- ",
    "---",
    ": ",
]
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=8), max_size=8).map("".join)


def shown(text: str) -> str:
    return " ".join(clean_text(text).split())


@given(texts)
def test_clean_text_is_one_line_of_nfc_without_controls(text: str) -> None:
    clean = clean_text(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert clean.splitlines() in ([clean], [])
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in clean)
    assert clean_text(clean) == clean
    clean.encode()


@given(texts)
def test_html_shows_the_text_and_nothing_else(text: str) -> None:
    escaped = escaping.html(text)
    assert not set(escaped) & set("<>\"'")
    assert html_module.unescape(escaped) == clean_text(text)


@given(texts)
def test_a_heading_shows_the_text_whatever_it_holds(text: str) -> None:
    engine = markdown.Markdown(extensions=["attr_list", "tables", "toc"])
    made = engine.convert(f"## {escaping.heading(text)} {{ #fixed }}\n\nafter")
    found = re.fullmatch(r'<h2 id="fixed">(.*)</h2>\n<p>after</p>', made, re.DOTALL)
    assert found, made
    assert "<" not in found[1]
    assert " ".join(html_module.unescape(found[1]).split()) == (shown(text) or "\u2026")


@given(texts)
def test_front_matter_is_one_yaml_line_that_an_engine_may_put_into_html(text: str) -> None:
    scalar = str(escaping.front_matter(text))
    assert "\n" not in scalar
    title = json.loads(scalar)
    assert "<" not in title
    assert html_module.unescape(title) == clean_text(text).strip()


@given(texts)
def test_jinja_values_are_cleaned_and_markup_is_left_alone(text: str) -> None:
    assert escaping.finalize(text) == clean_text(text)
    assert escaping.finalize(7) == 7
    markup = escaping.html(text)
    assert escaping.finalize(markup) is markup
