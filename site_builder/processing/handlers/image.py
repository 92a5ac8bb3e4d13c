"""Pictures: previews, a copy that may be published, and what the file says beside the pixels."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ExifTags, Image

from site_builder.model.processed import Flag, State
from site_builder.processing import imaging
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.protocols import Picture, Reading, Settings, Source

NAME = "image"
VERSION = 1
KINDS = frozenset({"jpg", "png", "gif", "webp", "tif", "bmp", "heic", "avif", "jp2"})

# A page of A4 on 600 pixels has 51 dots to an inch: small letters in 13 point are four pixels
# high, and nobody can tell their tone marks. Above, a reader may still succeed.
LOW_RESOLUTION = 600

_EXIF = ExifTags.Base
_PEOPLE = {
    _EXIF.Artist: "artist",
    _EXIF.Copyright: "copyright",
    _EXIF.XPAuthor: "artist",
    _EXIF.CameraOwnerName: "owner",
    _EXIF.BodySerialNumber: "serial",
    _EXIF.LensSerialNumber: "serial",
}
_DEVICE = (_EXIF.Make, _EXIF.Model)
_XMP_PEOPLE = (
    (b"dc:creator", "artist"),
    (b"OwnerName", "owner"),
    (b"SerialNumber", "serial"),
    (b"photoshop:Author", "artist"),
)
_XMP_DEVICE = (b"tiff:Model", b"tiff:Make")
_XMP_TAG = 700
_IPTC_BYLINES = (b"\x1c\x02\x50", b"\x1c\x02\x55")
_PNG_PEOPLE = ("Author", "Artist", "Copyright")
_MOVING = frozenset({"gif", "webp", "avif", "png"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """One decoded frame.

    Attributes:
        side: longest side in the file, pixels.
        whole: nothing of it was missing.
    """

    image: Image.Image
    page: int
    side: int
    whole: bool


def read(source: Source, settings: Settings) -> Reading:
    """The first frame of a picture; every page of a TIFF up to the limit."""
    try:
        return _read(source, settings)
    except imaging.Bomb:
        return Reading(state=State.REFUSED, why="bomb", flags=(Flag(name="bomb"),))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - hostile pictures raise whatever they like
        return Reading(state=State.DAMAGED, why="unreadable")


def _read(source: Source, settings: Settings) -> Reading:
    with imaging.opened(source.path) as image:
        told = _metadata(image)
        count = _count(image, source.kind)
    wanted = range(1, min(count, max(1, settings.preview_pages)) + 1)
    previews: list[Picture] = []
    blank: list[int] = []
    bad: list[int] = []
    low = False
    partial = False
    first: Image.Image | None = None
    thumbnail: Picture | None = None
    for page in wanted:
        frame = _frame(source.path, page, single=count == 1)
        if frame is None:
            bad.append(page)
            continue
        first = first or frame.image
        partial = partial or not frame.whole
        low = low or frame.side < LOW_RESOLUTION
        shown = imaging.within(frame.image, imaging.PREVIEW)
        small = imaging.within(shown, imaging.THUMBNAIL)
        previews.append(imaging.webp(shown, page))
        thumbnail = thumbnail or imaging.webp(small)
        if imaging.single_colour(small):
            blank.append(page)
    if first is None:
        return Reading(state=State.DAMAGED, why="unreadable", flags=told)
    partial = partial or bool(bad)
    return Reading(
        state=State.PARTIAL if partial else State.READ,
        why="truncated" if partial else "",
        parts=count if source.kind == "tif" else None,
        flags=merged(
            told,
            raised(
                {
                    "blank": len(blank) == len(previews),
                    "low-resolution": low,
                    "truncated": partial,
                    "more-pages": count > len(wanted),
                }
            ),
            with_details(
                {
                    "blank-page": map(str, blank) if len(blank) < len(previews) else (),
                    "bad-page": map(str, bad),
                }
            ),
        ),
        previews=tuple(previews),
        thumbnail=thumbnail,
        public_copy=imaging.jpeg(first),
    )


def _count(image: Image.Image, kind: str) -> int:
    """Pages; a picture that moves is one."""
    if kind in _MOVING:
        return 1
    try:
        return max(1, int(getattr(image, "n_frames", 1))) if kind == "tif" else 1
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the list of pages is damaged; the first may be sound
        return 1


def _frame(path: str, page: int, *, single: bool) -> _Frame | None:
    """One page, if need be as far as it goes; None when nothing of it can be shown.

    Raises:
        imaging.Bomb: too many pixels.
    """
    try:
        return _decoded(path, page, whole=True)
    except (imaging.Bomb, MemoryError):
        if single:
            raise
        return None
    except Exception:  # noqa: BLE001, S110 - the second try says what is left
        pass
    with imaging.forgiving():
        try:
            return _decoded(path, page, whole=False)
        except (imaging.Bomb, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - nothing is left
            return None


def _decoded(path: str, page: int, *, whole: bool) -> _Frame:
    with imaging.opened(path) as image:
        if page > 1:
            image.seek(page - 1)
        side = max(image.size)
        # Only the first page has a copy to hand out.
        size = imaging.PUBLIC if page == 1 else imaging.PREVIEW
        return _Frame(image=imaging.shrunk(image, size), page=page, side=side, whole=whole)


def _metadata(image: Image.Image) -> tuple[Flag, ...]:
    """Where the file tells of places, people and devices; never what it tells."""
    exif = dict(_exif(image))
    xmp = _xmp(image)
    places = {"exif": bool(_gps(image)), "xmp": b"GPSLatitude" in xmp}
    people = [word for tag, word in _PEOPLE.items() if _filled(exif.get(tag))]
    people += [word for mark, word in _XMP_PEOPLE if mark in xmp]
    people += ["artist" for name in _PNG_PEOPLE if isinstance(image.info.get(name), str)]
    if any(mark in _iptc(image) for mark in _IPTC_BYLINES):
        people.append("artist")
    device = any(_filled(exif.get(tag)) for tag in _DEVICE) or any(
        mark in xmp for mark in _XMP_DEVICE
    )
    return merged(
        with_details({"gps": [word for word, holds in places.items() if holds], "author": people}),
        raised({"device": device}),
    )


def _exif(image: Image.Image) -> Iterator[tuple[int, object]]:
    try:
        exif = image.getexif()
        yield from exif.items()
        yield from exif.get_ifd(ExifTags.IFD.Exif).items()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - damaged tags say nothing
        return


def _gps(image: Image.Image) -> bool:
    """A latitude or longitude; telephones write the other tags even without a place."""
    try:
        tags = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - damaged tags say nothing
        return False
    return ExifTags.GPS.GPSLatitude in tags or ExifTags.GPS.GPSLongitude in tags


def _xmp(image: Image.Image) -> bytes:
    for name in ("xmp", "XML:com.adobe.xmp"):
        packet = image.info.get(name)
        if isinstance(packet, str):
            return packet.encode("utf-8", "replace")
        if isinstance(packet, bytes):
            return packet
    packet = dict(_exif(image)).get(_XMP_TAG)
    return packet if isinstance(packet, bytes) else b""


def _iptc(image: Image.Image) -> bytes:
    resources = image.info.get("photoshop")
    values = resources.values() if isinstance(resources, dict) else ()
    return b"".join(each for each in values if isinstance(each, bytes))


def _filled(value: object) -> bool:
    if isinstance(value, bytes):
        return bool(value.strip(b"\0 "))
    return isinstance(value, str) and bool(value.strip("\0 "))
