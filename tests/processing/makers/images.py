"""Pictures of every awkward kind, made from nothing; the same bytes each time."""

import io
import struct
import zlib
from functools import cache

import pillow_heif
from PIL import Image, ImageCms, ImageDraw
from PIL.TiffImagePlugin import IFDRational

GPS_IFD = 0x8825
EXIF_IFD = 0x8769
_ORIENTATION, _MAKE, _MODEL, _ARTIST = 0x0112, 0x010F, 0x0110, 0x013B
_OWNER, _SERIAL = 0xA430, 0xA431
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="20,45.2N" '
    b'exif:GPSLongitude="106,14.1E"><dc:creator>CANARY-XMP</dc:creator>'
    b"</rdf:Description></x:xmpmeta>"
)


def scene(width: int = 1600, height: int = 1200) -> Image.Image:
    """Something to see: colours that run, and a red corner top left that shows the way up."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    round_ = Image.radial_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, round_))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 4, height // 4), fill=(230, 20, 20))
    return image


def page(text_lines: int = 30, width: int = 1240, height: int = 1754) -> Image.Image:
    """A scanned page: dark lines on nearly white paper."""
    image = Image.new("L", (width, height), 250)
    draw = ImageDraw.Draw(image)
    for line in range(text_lines):
        top = 120 + line * 50
        draw.rectangle((120, top, width - 120 - 37 * (line % 5), top + 12), fill=40)
    return image


def exif(*, orientation: int = 1, people: bool = True, place: bool = True) -> Image.Exif:
    made = Image.Exif()
    made[_ORIENTATION] = orientation
    made[_MAKE], made[_MODEL] = "CANARY-MAKE", "Phone 7"
    if people:
        made[_ARTIST] = "CANARY-ARTIST"
        inner = made.get_ifd(EXIF_IFD)
        inner[_OWNER], inner[_SERIAL] = "CANARY-OWNER", "CANARY-SERIAL"
    if place:
        gps = made.get_ifd(GPS_IFD)
        gps[1], gps[2] = "N", (IFDRational(20), IFDRational(45), IFDRational(12))
        gps[3], gps[4] = "E", (IFDRational(106), IFDRational(14), IFDRational(5))
    return made


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def photo(*, orientation: int = 6) -> bytes:
    """A photo of a telephone, turned, with place, owner, XMP, IPTC, a comment and a profile."""
    plain = saved(
        scene(),
        "JPEG",
        quality=80,
        exif=exif(orientation=orientation),
        xmp=XMP,
        comment=b"CANARY-COMMENT",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    record = b"\x1c\x02\x50" + struct.pack(">H", 11) + b"CANARY-IPTC"
    resource = (
        b"8BIM\x04\x04\0\0" + struct.pack(">I", len(record)) + record + b"\0" * (len(record) % 2)
    )
    payload = b"Photoshop 3.0\0" + resource
    return plain[:2] + b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload + plain[2:]


def truncated_photo() -> bytes:
    whole = photo()
    return whole[: len(whole) * 2 // 3]


@cache
def heic(*, place: bool = True) -> bytes:
    """The photo of another telephone; under a name in .jpg it is just as readable."""
    pillow_heif.register_heif_opener()
    return saved(scene(), "HEIF", quality=50, exif=exif(place=place))


def png(mode: str = "RGB") -> bytes:
    return saved(scene(800, 600).convert(mode), "PNG")


def png_with_author() -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "CANARY-AUTHOR")
    return saved(scene(800, 600), "PNG", pnginfo=info)


def transparent_png() -> bytes:
    image = scene(800, 600).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize((800, 600)))
    return saved(image, "PNG")


def sixteen_bit_png() -> bytes:
    wide = scene(800, 600).convert("L").convert("I").point(lambda value: value * 256)
    return saved(wide.convert("I;16"), "PNG")


def palette_gif() -> bytes:
    frames = [scene(700, 500).convert("P"), Image.new("P", (700, 500), 3)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:], transparency=0)


def cmyk_jpeg() -> bytes:
    return saved(scene(800, 600).convert("CMYK"), "JPEG")


def tiff(pages: int = 3, *, blank: tuple[int, ...] = (), compression: str = "group4") -> bytes:
    """A scan of several pages; those in ``blank`` are empty paper."""
    mode = "1" if compression == "group4" else "L"
    made = [
        page(0 if at in blank else 20 + at).convert(mode, dither=Image.Dither.NONE)
        for at in range(1, pages + 1)
    ]
    return saved(made[0], "TIFF", save_all=True, append_images=made[1:], compression=compression)


def blank_scan() -> bytes:
    image = Image.new("L", (1240, 1754), 251)
    # The noise of a scanner: every seventh point a little darker.
    image.putdata([251 - (at % 7 == 0) * 3 for at in range(1240 * 1754)])
    return saved(image, "JPEG", quality=70)


def small_photo() -> bytes:
    return saved(scene(480, 360), "JPEG")


@cache
def kinds() -> dict[str, bytes]:
    """A sound picture of every kind that is shown."""
    image = scene(900, 700)
    pillow_heif.register_heif_opener()
    return {
        "jpg": saved(image, "JPEG"),
        "png": saved(image, "PNG"),
        "gif": saved(image, "GIF"),
        "webp": saved(image, "WEBP"),
        "tif": saved(image, "TIFF"),
        "bmp": saved(image, "BMP"),
        "heic": saved(image, "HEIF", quality=50),
        "avif": saved(image, "AVIF", speed=10),
        "jp2": saved(image, "JPEG2000"),
    }


def png_bomb(side: int = 40_000) -> bytes:
    """A few kilobytes that claim to be 1.6 billion points."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4096, 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data) for name, data in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    )


def tiff_with_bomb_page() -> bytes:
    """One sound page, and a second that claims 40,000 by 40,000 points."""
    sound = bytearray(tiff(2, compression="raw"))
    first = struct.unpack_from("<I", sound, 4)[0]
    count = struct.unpack_from("<H", sound, first)[0]
    second = struct.unpack_from("<I", sound, first + 2 + 12 * count)[0]
    for at in range(struct.unpack_from("<H", sound, second)[0]):
        entry = second + 2 + 12 * at
        if struct.unpack_from("<H", sound, entry)[0] in {256, 257}:
            struct.pack_into("<HII", sound, entry + 2, 4, 1, 40_000)
    return bytes(sound)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@cache
def small_heic() -> bytes:
    pillow_heif.register_heif_opener()
    return saved(scene(320, 240), "HEIF", quality=50, exif=exif())


@cache
def small_avif() -> bytes:
    return saved(scene(320, 240), "AVIF", speed=10)


@cache
def small_tiff() -> bytes:
    pages = [page(4, 500, 660), page(5, 500, 660)]
    return saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
