"""The last guard of an edition: not a byte of what it must not show.

Editions are made by taking things out before anything is rendered; this looks at the result as a
stranger would, in every spelling in which a name can end up in a page.
"""

import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import quote

# Nested groups cost the compiler of expressions stack; names that agree in more places than this
# are tried one after the other.
_DEEPEST = 24


class LeakGuard:
    """Finds forbidden words in bytes."""

    def __init__(self, forbidden: Iterable[str]) -> None:
        """Prepare the search.

        Args:
            forbidden: names, paths, hashes; matched as whole words (``a.pdf`` is not in
                ``ba.pdf``), empty ones ignored.
        """
        self._words = {spelling: word for word in forbidden for spelling in _spellings(word)}
        self._pattern = re.compile(
            rb"(?<![0-9A-Za-z])(?:%b)(?![0-9A-Za-z])" % _branches(sorted(self._words))
        )

    def leaks(self, data: bytes) -> Iterator[str]:
        """The forbidden words that the bytes hold."""
        if self._words:
            for match in self._pattern.finditer(data):
                yield self._words[match[0]]


def _spellings(word: str) -> Iterator[bytes]:
    """The ways in which a page, an address, a search index may spell the word."""
    if not word.strip():
        return
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, word)
        for spelling in (
            text,
            html.escape(text),
            html.escape(text, quote=False),
            quote(text),
            quote(text, safe=""),
            json.dumps(text)[1:-1],
            json.dumps(text, ensure_ascii=False)[1:-1],
        ):
            yield spelling.encode("utf-8", "surrogateescape")


def _branches(words: list[bytes], depth: int = 0) -> bytes:
    """An expression for the sorted words that shares their beginnings.

    An alternation tries every word at every byte; a tree tries those that still fit, which
    makes a thousand names as quick as one.
    """
    if len(words) == 1:
        return re.escape(words[0])
    if depth == _DEEPEST:
        return b"(?:" + b"|".join(re.escape(word) for word in reversed(words)) + b")"
    groups: dict[bytes, list[bytes]] = {}
    for word in words:
        groups.setdefault(word[:1], []).append(word[1:])
    ends = groups.pop(b"", None) is not None
    parts = [_joined(first, rests, depth + 1) for first, rests in groups.items()]
    return b"(?:" + b"|".join(parts) + b")" + (b"?" if ends else b"")


def _joined(first: bytes, rests: list[bytes], depth: int) -> bytes:
    """The words that begin with ``first``, with all that they share taken in one step."""
    shared = _common(rests[0], rests[-1])
    beginning = first + rests[0][:shared]
    return re.escape(beginning) + _branches([rest[shared:] for rest in rests], depth)


def _common(first: bytes, last: bytes) -> int:
    """How many bytes two words begin with; of sorted words, all those between begin so too."""
    pairs = enumerate(zip(first, last, strict=False))
    return next(
        (place for place, (one, other) in pairs if one != other), min(len(first), len(last))
    )
