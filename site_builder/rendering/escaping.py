"""Free text into pages: what people typed is shown, never obeyed.

Three readers see a page one after the other: Python-Markdown, the engine's templates (which do
not escape titles) and the browser. Every function here makes text mean the same to all three.
"""

import json
import re
from typing import Any

from markupsafe import Markup, escape

from site_builder.model.text import nfc

# Controls would end blocks or act as placeholders of Python-Markdown (U+0002, U+0003); marks that
# turn the writing direction disguise file names; lone surrogates cannot be written as UTF-8.
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_DIRECTION = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNCLEAN = re.compile(f"[{_CONTROL}{_DIRECTION}\ufeff\ud800-\udfff]")
_SPACING = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_WORD = re.compile(r"[^\w ]|_", re.ASCII)


def clean(text: str) -> str:
    """One line of NFC text without characters that would be obeyed instead of shown."""
    if _UNCLEAN.search(text):
        text = _SPACING.sub(" ", text)
        text = _SURROGATE.sub("\ufffd", text)
        text = _UNCLEAN.sub("", text)
    return nfc(text)


def html(text: str) -> Markup:
    """Text as HTML, inside an element or a quoted attribute."""
    return escape(clean(text))


def finalize(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
    """What Jinja calls on every value before it escapes it."""
    return clean(value) if type(value) is str else value


def heading(text: str) -> Markup:
    """Text for a markdown heading: each ASCII sign is an entity, so that none is markup."""
    # A heading without words would take its own id for its words.
    words = clean(text).strip() or "\u2026"
    # Markup is safe: what could be HTML was turned into entities.
    return Markup(_NOT_WORD.sub(_entity, words))  # noqa: S704


def _entity(found: re.Match[str]) -> str:
    sign = found[0]
    return f"&#{ord(sign)};" if sign.isascii() else sign


def title(text: str) -> str:
    """A title for the navigation: engines put it into HTML as it is."""
    return str(html(text)).strip()


def front_matter(text: str) -> Markup:
    """A quoted YAML scalar that the engine will put into HTML as it is."""
    # A JSON string is a YAML string; it is not HTML here, so nothing more is escaped.
    return Markup(json.dumps(title(text), ensure_ascii=False))  # noqa: S704
