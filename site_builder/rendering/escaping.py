"""Free text into pages: what people typed is shown, never obeyed.

Three readers see a page one after the other: Python-Markdown, the engine's templates (which do
not escape titles) and the browser. Every function here makes text mean the same to all three.
"""

import json
import re
from typing import Any

from markupsafe import Markup, escape

from site_builder.model.text import clean

_NOT_WORD = re.compile(r"[^\w ]|_", re.ASCII)


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
