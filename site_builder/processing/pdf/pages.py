"""Text, pictures and looks of the pages of a PDF file, through PDFium.

PDFium is native code that strangers' files drive: only worker processes may call it.
"""

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as native
from PIL import Image

from site_builder.model.processed import State
from site_builder.model.text import nfc
from site_builder.processing.protocols import Picture, Settings

_SHORT_SIDE = 1000
_LONG_SIDE = 1600
_THUMBNAIL = 400
_RECOGNITION_DPI = 200
_RECOGNITION_SIDE = 4000
_POINTS = 72

# A page with fewer letters has no text worth the name: a stamp, a number.
_FEW_LETTERS = 25
_TEXT_LIMIT = 200_000
# A page-covering picture leaves at most this out, as the margins of a scan do.
_COVERED = 0.6
# The resolution that this share of the page reaches is the resolution of the page: scans in
# layers have a coarse background below fine letters.
_SHARP = 0.3
_OBJECTS = 50_000
_DEPTH = 3
# Only the first pages with text are asked whether it lies over a picture: the others are like them.
_LOOKED_THROUGH = 5

# Letters on paper need few levels of grey; without loss that is half the size of a lossy picture
# and sharper. Above this entropy (bits per pixel) a page is a photo.
_PHOTO = 3.0
_LEVELS = 6
_STEPS = [round(round(value * (_LEVELS - 1) / 255) * 255 / (_LEVELS - 1)) for value in range(256)]

# Below this share of pixels that stand out, a page without text is empty: specks, a fold.
_SPECKS = 0.001
_STANDS_OUT = 40
_EDGE = 0.04

_PAGE_NUMBER = re.compile(r"[\d\s./|-]{0,12}")
# PDFium marks a hyphen at the end of a line; all other controls are damage.
_HYPHEN = re.compile("[\u0002\ufffe]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unopened:
    """Why a file could not be opened."""

    state: State
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was seen of one page.

    Attributes:
        text: NFC, lines ended with a line feed.
        bad: the page, or its picture, could not be made.
        blank: nothing on it, or nothing but its number.
        covered: a picture covers it.
        hidden_text: its text is invisible or lies below the picture that covers the page.
        dpi: resolution of the picture that covers it; None when none does.
    """

    text: str = ""
    bad: bool = False
    blank: bool = False
    covered: bool = False
    hidden_text: bool = False
    dpi: int | None = None
    preview: Picture | None = None
    thumbnail: Picture | None = None

    @property
    def wordless(self) -> bool:
        return letters(self.text) < _FEW_LETTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cover:
    """What the objects of a page tell: how much of it is a picture, how sharp, over which text."""

    share: float = 0.0
    dpi: int | None = None
    hidden_text: bool = False


def letters(text: str) -> int:
    """Characters that are not white space."""
    return sum(map(len, text.split()))


@contextmanager
def opened(path: str) -> Iterator[pdfium.PdfDocument | Unopened]:
    """The document while it is needed, or why there is none."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        yield _unopened(error)
        return
    try:
        # Before any page is loaded, or the stamps in signature fields are not drawn.
        with_forms(document)
        yield document
    finally:
        document.close()


def with_forms(document: pdfium.PdfDocument) -> bool:
    """Whether form fields will be drawn; a broken form leaves the pages as they are."""
    try:
        return bool(document.init_forms())
    except (pdfium.PdfiumError, pdfium.PdfiumWarning):
        return False


def _unopened(error: pdfium.PdfiumError) -> Unopened:
    if error.err_code == native.FPDF_ERR_PASSWORD:
        return Unopened(state=State.ENCRYPTED, why="password")
    if error.err_code == native.FPDF_ERR_SECURITY:
        return Unopened(state=State.ENCRYPTED, why="unknown-encryption")
    return Unopened(state=State.DAMAGED, why="not-a-pdf")


def read(document: pdfium.PdfDocument, settings: Settings) -> Iterator[Page]:
    """The pages within the limits, one in memory at a time."""
    count = min(len(document), max(settings.text_pages, settings.preview_pages, 1))
    for number in range(1, count + 1):
        yield _page(document, number, settings)


def _page(document: pdfium.PdfDocument, number: int, settings: Settings) -> Page:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Page(bad=True)
    try:
        return _looked_at(document, page, number, settings)
    except pdfium.PdfiumError:
        return Page(bad=True)
    finally:
        page.close()


def _looked_at(
    document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int, settings: Settings
) -> Page:
    text = text_of(page) if number <= settings.text_pages else ""
    wordless = letters(text) < _FEW_LETTERS
    cover = _cover(page) if wordless or number <= _LOOKED_THROUGH else _Cover()
    shown = number <= settings.preview_pages
    try:
        image = _image(document, page, number) if shown or number == 1 else None
    except pdfium.PdfiumError:
        return Page(text=text, bad=True)
    return Page(
        text=text,
        blank=wordless and _blank(page, text, image),
        covered=cover.share >= _COVERED,
        hidden_text=cover.hidden_text and not wordless,
        dpi=cover.dpi,
        preview=_preview(image, number) if image and shown else None,
        thumbnail=_thumbnail(image) if image and number == 1 else None,
    )


def text_of(page: pdfium.PdfPage) -> str:
    """The text of a page as PDFium orders it, without what stands in form fields."""
    reader = page.get_textpage()
    try:
        text = reader.get_text_bounded()[:_TEXT_LIMIT]
    finally:
        reader.close()
    text = _HYPHEN.sub("-", text.replace("\r\n", "\n").replace("\r", "\n"))
    return nfc(_CONTROL.sub("", text))


def _cover(page: pdfium.PdfPage) -> _Cover:
    if native.FPDFPage_CountObjects(page) > _OBJECTS:
        return _Cover()
    width, height = page.get_size()
    area = max(width * height, 1.0)
    pictures: list[tuple[int, float]] = []
    texts: list[tuple[int, bool]] = []
    last = -1
    wanted = [native.FPDF_PAGEOBJ_IMAGE, native.FPDF_PAGEOBJ_TEXT]
    for at, thing in enumerate(page.get_objects(filter=wanted, max_depth=_DEPTH)):
        if thing.type == native.FPDF_PAGEOBJ_TEXT:
            invisible = native.FPDFTextObj_GetTextRenderMode(thing)
            texts.append((at, invisible == native.FPDF_TEXTRENDERMODE_INVISIBLE))
        elif (sized := _sized(thing)) is not None:
            pictures.append((sized[0], sized[1] / area))
            last = at if sized[1] > _COVERED * area else last
    share = min(1.0, sum(part for _, part in pictures))
    if share < _COVERED:
        return _Cover(share=share)
    hidden = sum(invisible or at < last for at, invisible in texts)
    return _Cover(share=share, dpi=_sharpness(pictures), hidden_text=hidden * 2 > len(texts))


def _sized(picture: pdfium.PdfObject) -> tuple[int, float] | None:
    """Resolution in dpi and area in square points of a picture on the page."""
    try:
        matrix = picture.get_matrix()
        holder = picture.container
        while holder is not None:
            matrix = matrix.multiply(holder.get_matrix())
            holder = holder.container
        columns, rows = picture.get_px_size()
    except pdfium.PdfiumError:
        return None
    width, height = math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)
    if not (0 < width < math.inf and 0 < height < math.inf):
        return None
    return round(min(columns / width, rows / height) * _POINTS), width * height


def _sharpness(pictures: list[tuple[int, float]]) -> int | None:
    reached = 0.0
    for dpi, share in sorted(pictures, reverse=True):
        reached += share
        if reached >= _SHARP:
            return dpi
    return None


def _image(document: pdfium.PdfDocument, page: pdfium.PdfPage, number: int) -> Image.Image:
    """The picture of a page with its stamps, also where a program dropped the form around them.

    Then they are made part of the page in memory; its text must have been read before.
    """
    scale = _fitting(page, _SHORT_SIDE, _LONG_SIDE)
    if document.formenv or not _has_fields(page):
        return _drawn(page, scale)
    native.FPDFPage_Flatten(page, native.FLAT_NORMALDISPLAY)
    again = document[number - 1]
    try:
        return _drawn(again, scale)
    finally:
        again.close()


def _has_fields(page: pdfium.PdfPage) -> bool:
    for at in range(min(native.FPDFPage_GetAnnotCount(page), _OBJECTS)):
        note = native.FPDFPage_GetAnnot(page, at)
        subtype = native.FPDFAnnot_GetSubtype(note)
        native.FPDFPage_CloseAnnot(note)
        if subtype == native.FPDF_ANNOT_WIDGET:
            return True
    return False


def _fitting(page: pdfium.PdfPage, short: float, long: float) -> float:
    """Pixels for a point so that neither side grows beyond its limit, however large the page."""
    sides: list[float] = sorted(page.get_size())
    if not (sides[0] > 0 and sides[1] < math.inf):
        raise pdfium.PdfiumError("a page without a size")
    return min(short / sides[0], long / sides[1])


def _drawn(page: pdfium.PdfPage, scale: float) -> Image.Image:
    bitmap = page.render(scale=scale, limit_image_cache=True)
    try:
        image: Image.Image = bitmap.to_pil().convert("RGB")
        return image
    finally:
        bitmap.close()


def _preview(image: Image.Image, number: int) -> Picture:
    target = io.BytesIO()
    if image.convert("L").entropy() > _PHOTO:
        image.save(target, "WEBP", quality=50, method=4)
    else:
        image.point(_STEPS * 3).save(target, "WEBP", lossless=True, quality=75, method=1)
    return Picture(width=image.width, height=image.height, data=target.getvalue(), page=number)


def _thumbnail(image: Image.Image) -> Picture:
    small = image.copy()
    small.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.LANCZOS, reducing_gap=3.0)
    target = io.BytesIO()
    small.save(target, "WEBP", quality=72, method=4)
    return Picture(width=small.width, height=small.height, data=target.getvalue())


def _blank(page: pdfium.PdfPage, text: str, image: Image.Image | None) -> bool:
    """Whether a page without words is empty.

    Without its picture only a page without any object is sure to be.
    """
    if not _PAGE_NUMBER.fullmatch(text):
        return False
    if image is None:
        objects: int = native.FPDFPage_CountObjects(page) + native.FPDFPage_GetAnnotCount(page)
        return objects == 0
    return _specks(image) < _SPECKS


def _specks(image: Image.Image) -> float:
    """Share of pixels that differ from the paper, the edges left out."""
    grey = image.convert("L").reduce(max(1, image.width // 250))
    across, down = round(grey.width * _EDGE), round(grey.height * _EDGE)
    if grey.width > 2 * across and grey.height > 2 * down:
        grey = grey.crop((across, down, grey.width - across, grey.height - down))
    counts = grey.histogram()
    total = sum(counts)
    paper = next(level for level in range(256) if sum(counts[: level + 1]) * 2 >= total)
    near = sum(counts[max(0, paper - _STANDS_OUT) : paper + _STANDS_OUT + 1])
    return (total - near) / total


def for_recognition(document: pdfium.PdfDocument, number: int) -> bytes:
    """The picture of a page (from 1) for text recognition, PNG; nothing when there is none."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return b""
    try:
        limit = _fitting(page, _RECOGNITION_SIDE, _RECOGNITION_SIDE)
        image = _drawn(page, min(_RECOGNITION_DPI / _POINTS, limit)).convert("L")
    except pdfium.PdfiumError:
        return b""
    finally:
        page.close()
    target = io.BytesIO()
    image.save(target, "PNG", compress_level=1)
    return target.getvalue()
