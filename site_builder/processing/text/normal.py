"""Text of files in one form: composed, plain dashes and spaces, and a skeleton without marks.

Words are looked for in the skeleton, values are cut out of the text at the same places: both
have the same length, so that a tone that recognition got wrong hides nothing.
"""

import re
import unicodedata

from site_builder.model.text import nfc, strip_marks

_PLAIN = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-"),
    # What PDFium gives for a hyphen at the end of a line.
    **dict.fromkeys(map(ord, "\ufffe\x02"), "-"),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"), None),
    **dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n"),
    0x2026: "...",
    # The Icelandic letter looks the same; keyboards and recognition confuse them.
    0xD0: "\u0110",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACES = re.compile(r" {2,}")
_GAPS = re.compile(r" ?\n[ \n]*")
_STRAY_MARKS = re.compile("[\u0300-\u036f]+")


def plain(text: str, limit: int) -> str:
    """The first ``limit`` characters as single lines without blank ones, spaces not repeated."""
    cut = nfc(text[:limit].replace("\r\n", "\n")).translate(_PLAIN)
    cut = _CONTROL.sub("", _STRAY_MARKS.sub("", cut))
    return _GAPS.sub("\n", _SPACES.sub(" ", cut)).strip()


def _skeleton_table() -> dict[int, str]:
    blocks = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
    table: dict[int, str] = {}
    for code in (code for block in blocks for code in block):
        bare = strip_marks(chr(code))
        # A letter stays one letter, or places in the skeleton would not be places in the text.
        if len(bare) == 1 and bare.isascii() and unicodedata.category(chr(code))[0] == "L":
            table[code] = bare
    return table


_SKELETON = _skeleton_table()


def skeleton(text: str) -> str:
    """The text without marks on Latin letters, case kept, of the same length."""
    return text if text.isascii() else text.translate(_SKELETON)


def squeezed(text: str) -> str:
    """Letters and digits of the skeleton alone: letter-spaced titles equal plain ones."""
    return re.sub(r"[^A-Za-z0-9]+", "", skeleton(text))


def is_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, as in headers and titles."""
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return capitals > 1 and capitals >= _MOSTLY * len(letters)


_MOSTLY = 0.85
