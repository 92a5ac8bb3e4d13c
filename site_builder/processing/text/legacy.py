"""Text in the encodings of before Unicode (TCVN3, VNI), as a warning only.

Such text looks like Western European words; it can be neither searched nor
compared. The content decides: fonts with old names hold Unicode more often than not.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from site_builder.processing.text.vocabulary import table

VERSION = 1

_TEXT = 20_000
_DIFFERENT, _ALTOGETHER = 4, 6
_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)


def legacy_encoding(pages: Sequence[str]) -> str:
    """``tcvn3``, ``vni`` or "" when the text is in neither."""
    text = unicodedata.normalize("NFC", "\n".join(pages)[:_TEXT]).lower()
    tokens = re.findall(r"[^\s.,;:!?()\"'/\u201c\u201d\[\]-]+", text)
    for name in ("tcvn3", "vni"):
        hits = [token for token in tokens if token in _words(name)]
        if len(set(hits)) < _DIFFERENT or len(hits) < _ALTOGETHER:
            continue
        # One quoted sentence makes no text of another encoding.
        if len(hits) > len(_VIETNAMESE.findall(text)):
            return name
    return ""


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in table("legacy")[name])
