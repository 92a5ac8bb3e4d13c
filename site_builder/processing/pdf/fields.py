"""Words that stand only in form and signature fields.

The signing tools of government offices write number and day into signature fields, so that they
are on the page for the eye and nowhere in its text.
"""

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as native

from site_builder.processing.pdf.pages import text_of, with_forms

_WORDS = 40
_FIELDS = 12
# A page with more notes than that is no letter of an office.
_NOTES = 300
# Fields whose middles are no farther apart, in points, stand on one line.
_LINE = 12.0


@dataclass(frozen=True, slots=True)
class _Field:
    """Place of a field among the notes of the page, and of its middle on it, in points."""

    index: int
    x: float
    y: float


def hints(path: str) -> tuple[str, ...]:
    """Words of the fields of page 1 as an eye reads them; e-mail addresses are left out.

    The fields are drawn one by one, each on a document of its own in memory: they are stored in
    the order of signing, and the leader often signs before the clerk writes the number.
    """
    words: list[str] = []
    try:
        with _first_page(path) as (_, page):
            before = text_of(page)
            fields = _fields(page)
        for field in fields:
            words += added(before, _with_one_field(path, field.index))
    except pdfium.PdfiumError:
        pass
    return tuple(word for word in words if "@" not in word)[:_WORDS]


@contextmanager
def _first_page(path: str) -> Iterator[tuple[pdfium.PdfDocument, pdfium.PdfPage]]:
    document = pdfium.PdfDocument(path)
    try:
        with_forms(document)
        page = document[0]
        try:
            yield document, page
        finally:
            page.close()
    finally:
        document.close()


def _fields(page: pdfium.PdfPage) -> list[_Field]:
    """The fields in reading order; the first of too many."""
    count = native.FPDFPage_GetAnnotCount(page)
    found: list[_Field] = []
    for index in range(count if count <= _NOTES else 0):
        note = native.FPDFPage_GetAnnot(page, index)
        box = native.FS_RECTF()
        wanted = native.FPDFAnnot_GetSubtype(note) == native.FPDF_ANNOT_WIDGET
        if wanted and native.FPDFAnnot_GetRect(note, ctypes.byref(box)):
            found.append(_Field(index, (box.left + box.right) / 2, (box.top + box.bottom) / 2))
        native.FPDFPage_CloseAnnot(note)
        if len(found) == _FIELDS:
            break
    return _in_reading_order(found)


def _in_reading_order(fields: Sequence[_Field]) -> list[_Field]:
    lines: list[list[_Field]] = []
    for field in sorted(fields, key=lambda each: -each.y):
        if lines and lines[-1][0].y - field.y <= _LINE:
            lines[-1].append(field)
        else:
            lines.append([field])
    return [field for line in lines for field in sorted(line, key=lambda each: each.x)]


def _with_one_field(path: str, kept: int) -> str:
    """The text of page 1 after one of its fields became part of it."""
    with _first_page(path) as (document, page):
        for index in reversed(range(native.FPDFPage_GetAnnotCount(page))):
            if index != kept:
                native.FPDFPage_RemoveAnnot(page, index)
        native.FPDFPage_Flatten(page, native.FLAT_NORMALDISPLAY)
        again = document[0]
        try:
            return text_of(again)
        finally:
            again.close()


def added(before: str, after: str) -> tuple[str, ...]:
    """Words that are more often in the second text, the last ones of each."""
    more = Counter(after.split()) - Counter(before.split())
    found = []
    # Fields are drawn over the page, so what they add stands last.
    for word in reversed(after.split()):
        if more[word] > 0:
            more[word] -= 1
            found.append(word)
    return tuple(reversed(found))
