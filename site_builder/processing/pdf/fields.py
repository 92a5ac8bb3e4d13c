"""Words that stand only in form and signature fields.

The signing tools of government offices write number and day into signature fields, so that they
are on the page for the eye and nowhere in its text.
"""

from collections import Counter

import pypdfium2 as pdfium
import pypdfium2.raw as native

from site_builder.processing.pdf.pages import text_of, with_forms

_WORDS = 40


def hints(path: str) -> tuple[str, ...]:
    """Words of the fields of page 1, in drawing order; e-mail addresses are left out.

    Flattening changes the document in memory, so it gets one of its own.
    """
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return ()
    try:
        with_forms(document)
        before, after = _texts(document)
    except pdfium.PdfiumError:
        return ()
    finally:
        document.close()
    return added(before, after)


def _texts(document: pdfium.PdfDocument) -> tuple[str, str]:
    """The text of page 1 before and after its fields became part of it."""
    page = document[0]
    try:
        before = text_of(page)
        if native.FPDFPage_Flatten(page, native.FLAT_NORMALDISPLAY) != native.FLATTEN_SUCCESS:
            return before, before
    finally:
        page.close()
    page = document[0]
    try:
        return before, text_of(page)
    finally:
        page.close()


def added(before: str, after: str) -> tuple[str, ...]:
    """Words that are more often in the second text, the last ones of each."""
    more = Counter(after.split()) - Counter(before.split())
    found = []
    # Fields are drawn over the page, so what they add stands last.
    for word in reversed(after.split()):
        if more[word] > 0:
            more[word] -= 1
            found.append(word)
    return tuple(word for word in reversed(found) if "@" not in word)[:_WORDS]
