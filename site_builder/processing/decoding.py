"""Bytes of a text to text; says when they were in Windows 1258.

That encoding is converted when every tone mark fits its vowel, which no other language does by
chance. The encodings of fonts (TCVN 3, VNI) become Western letters here; ``text.legacy`` tells
them by their words.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from site_builder.processing.excerpts import clean

_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TONED = re.compile(
    "[aeiouyAEIOUY\u00e2\u00c2\u00ea\u00ca\u00f4\u00d4\u0103\u0102\u01a1\u01a0\u01b0\u01af]"
    "[\u0300\u0301\u0303\u0309\u0323]"
)
# A few stray bytes make no other encoding.
_STRAY = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text.

    Attributes:
        legacy: "windows-1258"; "" for Unicode and for Western letters.
    """

    text: str
    legacy: str = ""


def beginning(path: str, limit: int) -> bytes:
    """At most ``limit`` bytes of a file."""
    with Path(path).open("rb") as file:
        return file.read(limit)


def decoded(data: bytes) -> Decoded:
    """The text that some bytes mean; what is no letter of it becomes U+FFFD."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(text=clean(data.decode("utf-16", "replace")))
    # The last letter may have been cut.
    text = codecs.getincrementaldecoder("utf-8-sig")("replace").decode(data)
    if text.count("\ufffd") <= len(text) * _STRAY:
        return Decoded(text=clean(text))
    windows = data.decode("cp1258", "replace")
    marks = _MARKS.findall(windows)
    if marks and len(_TONED.findall(windows)) == len(marks):
        return Decoded(text=clean(windows), legacy="windows-1258")
    return Decoded(text=clean(data.decode("cp1252", "replace")))
