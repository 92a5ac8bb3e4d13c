"""Digest and sketch of a text, to find the same text again.

So a draft finds its signed final, and this year's paper last year's.
"""

import hashlib
import heapq
import re
import zlib
from collections.abc import Iterator, Sequence

from site_builder.model.likeness_sketch import SIZE
from site_builder.model.text import fold, nfc

VERSION = 1

_WORD = re.compile(r"[a-z0-9]+")
_ENOUGH_WORDS = 50
_SHINGLE = 5


def words_of(text: str) -> list[str]:
    """The words of a text: no marks, lower case, digits kept."""
    return _WORD.findall(fold(nfc(text)))


def digest_and_sketch(text: str) -> tuple[str, tuple[int, ...]]:
    """Sha256 of the words and the sketch; ``("", ())`` for fewer than fifty words.

    Short texts are alike by chance: forms, captions, title pages.
    """
    words = words_of(text)
    if len(words) < _ENOUGH_WORDS:
        return "", ()
    digest = hashlib.sha256(" ".join(words).encode("ascii")).hexdigest()
    return digest, tuple(heapq.nsmallest(SIZE, set(_shingles(words))))


def _shingles(words: Sequence[str]) -> Iterator[int]:
    """A hash of 32 bits for every five words in a row, the same on every machine."""
    for start in range(len(words) - _SHINGLE + 1):
        yield zlib.crc32(" ".join(words[start : start + _SHINGLE]).encode("ascii"))
