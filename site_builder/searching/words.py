"""Text as the search compares it; ``rendering/assets/sb-search.js`` cuts queries the same way."""

import re
from collections.abc import Iterable, Iterator

# Longer runs of letters or digits are no words; they are cut in several.
WORD_LIMIT = 40
# Digits and letters are words of their own, so "45kh" and "45/KH" are the same two.
_WORD = re.compile(rf"\d{{1,{WORD_LIMIT}}}|[^\W\d_]{{1,{WORD_LIMIT}}}")
# In folded text: "45/kh-ubnd", "30/2020/nd-cp", "91/2025/qh15", with the spaces and dashes that
# print and recognition put in. A dash between two spaces ends a number and begins its subject.
_DASH = "[-\u2010-\u2015]"
_JOINT = rf"(?:\s?{_DASH}|{_DASH}\s|[/.&])"
_SYMBOL = r"[^\W\d_]{1,12}\d{0,3}"
_NUMBER = re.compile(
    rf"(?<![\w/.,])\d{{1,6}}[a-z]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_SYMBOL}(?:{_JOINT}{_SYMBOL}){{0,5}}"
)
# Stands before a number in the index; sorts before every word.
MARK = "#"


def words(folded: str) -> list[str]:
    """The words of folded text, in order."""
    return _WORD.findall(folded)


def number(parts: Iterable[str]) -> str:
    """A number as one word of the index: "03/KH-UBND" and "3 kh ubnd" are "#3.kh.ubnd"."""
    return MARK + ".".join(part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)


def numbers_in(folded: str) -> Iterator[tuple[str, int]]:
    """The document numbers in running text, each with the place of its first word."""
    if "/" not in folded:
        return
    place = start = 0
    for found in _NUMBER.finditer(folded):
        place += len(_WORD.findall(folded, start, found.start()))
        start = found.start()
        yield number(words(found[0])), place
