"""Whole numbers as printable characters: short where they are small, and safe in a script.

A character is one of 60 that end a number or of 32 that go on: most distances between two
places of a word take one or two characters. Compressing on top of that would make bytes that
differ with the machine's zlib, hide names from the last look before publishing, and save
nothing where the host compresses.
"""

from collections.abc import Iterable
from functools import lru_cache

ENDS, GOES_ON = 60, 32
# Printable ASCII without the quotation mark and the backslash.
ALPHABET = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"\\')[: ENDS + GOES_ON]
_KNOWN = 4096


def encode(value: int) -> str:
    """One number, 0 or more."""
    rest, low = divmod(value, ENDS)
    written = ALPHABET[low]
    while rest > 0:
        rest, low = divmod(rest - 1, GOES_ON)
        written = ALPHABET[ENDS + low] + written
    return written


@lru_cache(maxsize=1)
def _table() -> tuple[bytes, ...]:
    return tuple(encode(value).encode() for value in range(_KNOWN))


def encode_all(values: Iterable[int]) -> bytes:
    """Several numbers in a row."""
    table = _table()
    return b"".join(
        [table[value] if value < _KNOWN else encode(value).encode() for value in values]
    )
