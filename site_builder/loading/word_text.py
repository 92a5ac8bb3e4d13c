"""The text of a .docx, as an explanation written in a word processor.

Only the paragraphs of the main part are read: no styles, no pictures, no linked parts. A .docx
is a ZIP from anywhere, so sizes are limited before anything is unpacked and a document type
declaration (the door to entity bombs) is refused.
"""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

from site_builder.model.text import nfc

SIZE_LIMIT = 30 * 1024 * 1024
_XML_LIMIT = 8 * 1024 * 1024
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GAPS = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# The second version of a drawing; what was moved away while changes were tracked.
_SKIPPED = frozenset({_FALLBACK, f"{_W}moveFrom"})
_HIDDEN = f"{_W}rPr/{_W}vanish"
_NO = frozenset({"0", "false", "off"})
_ACTIVE = re.compile(r"([\\`*_\[\]<>&|~])|^(#)", re.MULTILINE)


class NotWord(Exception):  # noqa: N818 - it says what the bytes are not
    """The bytes are no readable .docx."""


def word_paragraphs(data: bytes) -> tuple[str, ...]:
    """The paragraphs of a .docx, composed (NFC), empty ones included.

    Raises:
        NotWord: broken, encrypted, not a .docx, or far too large.
    """
    try:
        root = ET.fromstring(_document(data))  # noqa: S314
    except NotWord:
        raise
    except Exception as error:  # zipfile and expat raise nearly anything on broken bytes
        raise NotWord(str(error)) from error
    # Spaces at the start count: they set figures below their heading.
    return tuple(nfc(line.replace("\u00a0", " ").rstrip()) for line in _lines(root))


def as_markdown(paragraph: str) -> str:
    """A paragraph that reads in markdown as it was typed."""
    return _ACTIVE.sub(r"\\\1\2", paragraph)


def _document(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_MAIN) as part:
        xml = part.read(_XML_LIMIT + 1)
    if len(xml) > _XML_LIMIT:
        raise NotWord("too large")
    # In UTF-16 the declaration would pass the test below; no word processor writes that.
    if not xml.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or b"<!DOCTYPE" in xml:
        raise NotWord("not the XML of a word processor")
    if b"<!ENTITY" in xml or b"\0" in xml:
        raise NotWord("not the XML of a word processor")
    return xml


def _is_hidden(run: ET.Element) -> bool:
    """Somebody hid the words; a page would show them."""
    mark = run.find(_HIDDEN)
    return mark is not None and mark.get(f"{_W}val", "") not in _NO


def _lines(root: ET.Element) -> list[str]:
    """The text of each paragraph in reading order, as somebody sees it."""
    lines = [""]
    waiting = [root]
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag == f"{_W}p":
            lines.append("")
        elif tag == f"{_W}t":
            lines[-1] += element.text or ""
        elif tag in _GAPS:
            lines[-1] += " "
        elif tag in _SKIPPED or (tag == f"{_W}r" and _is_hidden(element)):
            continue
        waiting.extend(reversed(element))
    return lines[1:]
