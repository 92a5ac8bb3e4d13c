"""Numbers of documents as compared."""

import re

from site_builder.model.text import fold

_SPACES = re.compile(r"\s+")
_LEADING_ZEROS = re.compile(r"\A0+(?=\d)")
# The Icelandic letter looks like the Vietnamese one and stands in many a file.
_ETH = str.maketrans({"\u00d0": "d", "\u00f0": "d"})


def normal_number(number: str) -> str:
    """A document number as compared: ``So: 03/KH-UBND`` and ``3 / KH-UBND`` are the same."""
    bare = _SPACES.sub("", fold(number.translate(_ETH))).removeprefix("so").lstrip(":.")
    return _LEADING_ZEROS.sub("", bare)


def contradict(one: str, other: str) -> bool:
    """Two numbers cannot be one; a number without all of its symbol contradicts none.

    The bar and the hyphen are taken for each other, as typists do.
    """
    first, second = (_parts(normal_number(number)) for number in (one, other))
    if not first or not second or not first[0].isdecimal() or not second[0].isdecimal():
        return False
    shorter = min(len(first), len(second))
    return first[:shorter] != second[:shorter]


def _parts(number: str) -> list[str]:
    return [part for part in re.split(r"[/-]", number) if part]
