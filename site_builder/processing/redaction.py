"""A copy of a PDF without the personal data that its text shows.

Pages with something to hide become pictures with black boxes, without a text layer; the others
stay as they are. Fields and stamps are drawn into the pages first; annotations, attachments,
actions, metadata and layers go. Signatures are lost on purpose: the copy is no original.

The copy is read anew before anybody gets it. What is only a picture cannot be seen: such pages
are told, never passed over. PDFium is native code: only workers run this.
"""

import ctypes
import enum
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as native
from PIL import Image, ImageDraw

from site_builder.model.kinds import family
from site_builder.model.processed import Family, Level
from site_builder.processing import parcels
from site_builder.processing.sniffing import sniff
from site_builder.processing.text.normal import skeleton
from site_builder.processing.text.personal import hits

_DPI = 200
_POINTS = 72
_MOST_PIXELS = 40_000_000
_QUALITY = 85
# Around the letters, in points: serifs and marks reach beyond their boxes.
_MARGIN = 2.0
# What a page needs to be drawn; all else may hold or do anything.
_KEPT = frozenset(
    "/Type /Resources /MediaBox /CropBox /Rotate /Contents /UserUnit /Group".split()  # noqa: SIM905
)


class Why(enum.Enum):
    """Why there is no copy."""

    NOT_PDF = "not-pdf"
    IMAGE = "image"
    OFFICE = "office"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NOTHING = "nothing"
    UNSEEN = "unseen"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted:
    """What redacting gave.

    Attributes:
        why: why there is no copy; None when there is one.
        pages: that became pictures, from 1.
        unseen: pages with large pictures, whose content only a person can judge.
        found: how many places by kind; ``text`` counts what was asked for.
        copy: the bytes of the copy; empty without one.
    """

    why: Why | None = None
    pages: tuple[int, ...] = ()
    unseen: tuple[int, ...] = ()
    found: Mapping[str, int]
    copy: bytes = b""


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of a page without marks, and where each is in PDFium's count."""

    bare: str
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Picture:
    """A page as JPEG."""

    data: bytes
    width: int
    height: int


def request_for(data: bytes, also: Sequence[str]) -> bytes:
    """What ``redact_parcel`` takes: a file, and words to hide besides personal data."""
    return parcels.pack({"also": list(also)}, {"data": data})


def redact_parcel(request: bytes) -> bytes:
    """Redact the file of a request; runs in a worker."""
    header, blobs = parcels.unpack(request)
    done = redact(blobs["data"], tuple(header["also"]))
    told = {
        "why": done.why.value if done.why else "",
        "pages": list(done.pages),
        "unseen": list(done.unseen),
        "found": dict(done.found),
    }
    return parcels.pack(told, {"copy": done.copy})


def answer_of(answer: bytes) -> Redacted:
    """What a worker's answer says.

    Raises:
        ValueError: the answer is none.
    """
    header, blobs = parcels.unpack(answer)
    return Redacted(
        why=Why(header["why"]) if header["why"] else None,
        pages=tuple(header["pages"]),
        unseen=tuple(header["unseen"]),
        found=header["found"],
        copy=blobs["copy"],
    )


def redact(data: bytes, also: Sequence[str] = ()) -> Redacted:
    """A copy of a PDF without its personal data and without some words.

    Args:
        data: the file.
        also: words to hide wherever they stand, whatever their case, marks and spaces.
    """
    if why := _unfit(data):
        return Redacted(why=why, found={})
    try:
        flat = _flattened(data)
    except pikepdf.PasswordError:
        return Redacted(why=Why.ENCRYPTED, found={})
    except pikepdf.PdfError:
        return Redacted(why=Why.DAMAGED, found={})
    try:
        return _redact(flat, tuple(filter(None, map(_folded, also))))
    except (pdfium.PdfiumError, pikepdf.PdfError):
        return Redacted(why=Why.DAMAGED, found={})


def _redact(data: bytes, also: Sequence[str]) -> Redacted:
    with pdfium.PdfDocument(data) as document:
        letters = [_letters(page) for page in _pages(document)]
        found = {
            number: places
            for number, page in enumerate(letters, 1)
            if (places := tuple(_to_hide(page, also)))
        }
        unseen = tuple(
            number
            for number, page in enumerate(letters, 1)
            if _has_picture(document[number - 1])
            or (not page.bare.strip() and _shows_something(document[number - 1]))
        )
        counted = Counter(place.kind for places in found.values() for place in places)
        if not found:
            why = Why.UNSEEN if unseen else Why.NOTHING
            return Redacted(why=why, unseen=unseen, found={})
        # A layer that was switched off would show in a file without layers.
        drawn = range(1, len(letters) + 1) if _has_layers(data) else tuple(found)
        pictures = {
            number: _picture(document[number - 1], found.get(number, ())) for number in drawn
        }
    copy = _assembled(data, pictures)
    if not _is_clean(copy, also, pictures):
        return Redacted(why=Why.LEFT, found=dict(counted))
    return Redacted(pages=tuple(pictures), unseen=unseen, found=dict(counted), copy=copy)


def _unfit(data: bytes) -> Why | None:
    kind, _ = sniff(data)
    if kind == "pdf":
        return None
    if family(kind) is Family.IMAGE:
        return Why.IMAGE
    if family(kind) in {Family.WRITING, Family.SHEET, Family.SLIDES}:
        return Why.OFFICE
    return Why.NOT_PDF


def _flattened(data: bytes) -> bytes:
    """The file with fields and stamps drawn into its pages, so that their text is seen too."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        for page in pdf.pages:
            if "/Annots" in page:
                page["/Annots"] = pikepdf.Array(list(filter(_is_drawn, page["/Annots"])))
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        pdf.save(target)
    return target.getvalue()


def _is_drawn(note: pikepdf.Object) -> bool:
    return isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") in _DRAWN


_DRAWN = ("/Widget", "/Stamp", "/FreeText")


def _has_layers(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
        return "/OCProperties" in pdf.Root


def _pages(document: pdfium.PdfDocument) -> Iterator[pdfium.PdfPage]:
    for number in range(len(document)):
        yield document[number]


def _letters(page: pdfium.PdfPage) -> _Letters:
    """Letter by letter: only so every one is known by its place on the page."""
    text = page.get_textpage()
    bare: list[str] = []
    places: list[int] = []
    for index in range(text.count_chars()):
        code = native.FPDFText_GetUnicode(text, index)
        for char in skeleton(chr(code)).translate(_SPACES) if 0 < code <= _LAST else " ":
            if not _MARKS[0] <= ord(char) <= _MARKS[1]:
                bare.append(char)
                places.append(index)
    return _Letters("".join(bare), tuple(places))


_LAST = 0x10FFFF
_MARKS = (0x300, 0x36F)
_SPACES = {
    **dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufffe\x02"), "-"),
    0x0D: "\n",
}


def _folded(words: str) -> str:
    return "".join(skeleton(words).lower().split())


def _to_hide(page: _Letters, also: Sequence[str]) -> Iterator[_Place]:
    for hit in hits(page.bare):
        if hit.level is not Level.INFO:
            yield _Place(hit.kind, hit.start, hit.end)
    # Words are compared without spaces: a line may break anywhere between them.
    solid = [index for index, char in enumerate(page.bare) if not char.isspace()]
    joined = "".join(page.bare[index].lower()[:1] for index in solid)
    for words in also:
        start = joined.find(words)
        while start >= 0:
            yield _Place("text", solid[start], solid[start + len(words) - 1] + 1)
            start = joined.find(words, start + len(words))


def _shows_something(page: pdfium.PdfPage) -> bool:
    """Whether a page without text is more than an empty sheet."""
    small = page.render(scale=0.2, may_draw_forms=False).to_pil().convert("L")
    return len(set(small.tobytes())) > 1


def _has_picture(page: pdfium.PdfPage) -> bool:
    """Whether a picture takes a good part of the page: a scan, a photo of a card."""
    width, height = page.get_size()
    for shown in page.get_objects(filter=[native.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = shown.get_bounds()
        if (right - left) * (top - bottom) > _LARGE * width * height:
            return True
    return False


_LARGE = 0.1


def _picture(page: pdfium.PdfPage, places: Sequence[_Place]) -> _Picture:
    """The page with black boxes over the places."""
    width, height = page.get_size()
    scale = _DPI / _POINTS
    if width * height * scale * scale > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (width * height)) ** 0.5
    image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    draw = ImageDraw.Draw(image)
    letters = _letters(page)
    text = page.get_textpage()
    for place in places:
        for index in letters.places[place.start : place.end]:
            left, bottom, right, top = text.get_charbox(index, loose=True)
            if right <= left or top <= bottom:
                continue
            corners = [
                _on_image(page, image, x, y)
                for x, y in (
                    (left - _MARGIN, bottom - _MARGIN),
                    (right + _MARGIN, top + _MARGIN),
                )
            ]
            draw.rectangle(_box(corners), fill="black")
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=_QUALITY)
    return _Picture(jpeg.getvalue(), image.width, image.height)


def _on_image(page: pdfium.PdfPage, image: Image.Image, x: float, y: float) -> tuple[int, int]:
    """A point of the page on its picture, whatever its rotation and crop."""
    across, down = ctypes.c_int(), ctypes.c_int()
    native.FPDF_PageToDevice(
        page, 0, 0, image.width, image.height, 0, x, y, ctypes.byref(across), ctypes.byref(down)
    )
    return across.value, down.value


def _box(corners: Sequence[tuple[int, int]]) -> tuple[int, int, int, int]:
    (x, y), (other_x, other_y) = corners
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _assembled(data: bytes, pictures: Mapping[int, _Picture]) -> bytes:
    """A new file out of the pages; nothing of the old one comes along but what pages draw."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as source, pikepdf.new() as copy:
        for number, page in enumerate(source.pages, 1):
            if picture := pictures.get(number):
                _add_picture(copy, picture, page)
                continue
            for key in set(page.obj.keys()) - _KEPT - {"/Parent"}:
                del page[key]
            copy.pages.append(page)
        for held in copy.objects:
            _strip(held)
        copy.save(target, deterministic_id=True)
    return target.getvalue()


def _strip(held: pikepdf.Object) -> None:
    """Take metadata off anything that a page draws; a photo tells where it was taken."""
    if not isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in _TELLTALE:
        if key in held:
            del held[key]
    if not isinstance(held, pikepdf.Stream) or "/DecodeParms" in held:
        return
    if held.get("/Filter") == pikepdf.Name.DCTDecode:
        pure = bytes(_without_metadata(held.read_raw_bytes()))
        held.write(pure, filter=pikepdf.Name.DCTDecode)


_TELLTALE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")


def _without_metadata(jpeg: bytes) -> bytearray:
    """A JPEG without the segments that only describe it; what cannot be followed stays."""
    pure = bytearray(jpeg[:2])
    place = 2
    while place + 4 <= len(jpeg) and jpeg[place] == _MARKER and jpeg[place + 1] != _SCAN:
        length = 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place + 1] not in _DESCRIBING:
            pure += jpeg[place : place + length]
        place += length
    return pure + jpeg[place:]


_MARKER, _SCAN = 0xFF, 0xDA
# Exif, XMP and IPTC stand in APP1 and APP3 to APP13, remarks in COM; colours depend on APP0, APP2
# and APP14.
_DESCRIBING = frozenset({0xE1, *range(0xE3, 0xEE), 0xEF, 0xFE})


def _add_picture(copy: pikepdf.Pdf, picture: _Picture, page: pikepdf.Page) -> None:
    width, height = _sides(page)
    stream = copy.make_stream(
        picture.data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    copy.add_blank_page(page_size=(width, height))
    added = copy.pages[-1]
    added.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=stream))
    added.contents_add(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /Page Do Q".encode("ascii"))


def _sides(page: pikepdf.Page) -> tuple[float, float]:
    """Width and height of a page as people see it, in its units."""
    left, bottom, right, top = (float(value) for value in page.cropbox)
    width, height = abs(right - left), abs(top - bottom)
    return (height, width) if page.obj.get("/Rotate", 0) % _HALF_TURN else (width, height)


_HALF_TURN = 180


def _is_clean(copy: bytes, also: Sequence[str], pictures: Mapping[int, _Picture]) -> bool:
    """Whether nothing to hide is left in the copy: read anew, as anybody would."""
    with pdfium.PdfDocument(copy) as document:
        for number, page in enumerate(_pages(document), 1):
            letters = _letters(page)
            if any(_to_hide(letters, also)) or (number in pictures and letters.bare.strip()):
                return False
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        left = set(pdf.Root.keys()) - {"/Type", "/Pages"}
        notes = any(set(page.obj.keys()) - _KEPT - {"/Parent"} for page in pdf.pages)
        return not left and not notes and not pdf.docinfo.keys()
