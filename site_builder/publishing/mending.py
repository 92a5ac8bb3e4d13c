"""Faults of the theme's own HTML that would stop a reader, mended in the printed page."""

import re

# Material's search is a dialog without a name; a screen reader says "dialog" and no more. The
# word is taken from the search box inside, which the theme does name, in the page's language.
_NAMELESS = b'<div class="md-search" data-md-component="search" role="dialog">'
_WORD = re.compile(rb'name="query" aria-label="([^"]*)"')


def mend(html: bytes) -> bytes:
    """The page with its search dialog named; other pages as they are."""
    before, dialog, after = html.partition(_NAMELESS)
    word = _WORD.search(after) if dialog else None
    if word is None:
        return html
    return b"".join((before, dialog[:-1], b' aria-label="', word[1], b'">', after))
