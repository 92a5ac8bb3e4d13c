"""Bytes of a text to text; says when they are in an encoding of before Unicode.

TCVN 3 and VNI are recognised by words, never by the name of a font, and not converted: capitals
of TCVN 3 are lost without the font. Windows 1258 is converted when every tone mark fits its vowel.
"""

import codecs
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from site_builder.processing.excerpts import clean

_WORDS = Path(__file__).parent / "legacy_words.toml"
_SAMPLE = 200_000
# So many different words of one encoding are no accident: German and French texts have none.
_ENOUGH = 4
_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_TONED = re.compile(
    "[aeiouyAEIOUY\u00e2\u00c2\u00ea\u00ca\u00f4\u00d4\u0103\u0102\u01a1\u01a0\u01b0\u01af]"
    "[\u0300\u0301\u0303\u0309\u0323]"
)
_VIETNAMESE = re.compile("[\u0103\u0111\u01a1\u01b0\u1ea0-\u1ef9]")
_SPLIT = re.compile(r"[\s.,:;!?()\[\]\"'/-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text.

    Attributes:
        legacy: "cp1258", "tcvn3", "vni" or "8bit"; "" for Unicode.
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
    if text.count("\ufffd") * 100 <= len(text):
        return Decoded(text=clean(text), legacy=_font_encoding(text))
    windows = data.decode("cp1258", "replace")
    marks = _MARKS.findall(windows)
    if marks and len(_TONED.findall(windows)) == len(marks):
        return Decoded(text=clean(windows), legacy="cp1258")
    western = data.decode("cp1252", "replace")
    return Decoded(text=clean(western), legacy=_font_encoding(western) or "8bit")


def _font_encoding(text: str) -> str:
    sample = text[:_SAMPLE]
    if sample.isascii():
        return ""
    words = set(_SPLIT.split(sample))
    found = {name: len(words & listed) for name, listed in _legacy_words().items()}
    name = max(found, key=lambda each: found[each])
    unicode_letters = len(_VIETNAMESE.findall(sample))
    return name if found[name] >= _ENOUGH and found[name] > unicode_letters else ""


@cache
def _legacy_words() -> dict[str, frozenset[str]]:
    listed: dict[str, list[str]] = tomllib.loads(_WORDS.read_text("utf-8"))
    return {name: frozenset(words) for name, words in listed.items()}
