"""Pictures, decoded once and made small: with their colours, without anything else.

Made for the readers of images and of pages. Runs only in workers: the decoders are native code
and the files come from anywhere.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import Image, ImageCms, ImageFile, ImageOps

from site_builder.processing.protocols import Picture

# Twice the pixels of the largest telephone camera in use by 2025 unbinned; 360 MB unpacked.
MAX_PIXELS = 120_000_000
THUMBNAIL = 400
PREVIEW = 1600
PUBLIC = 2400

# MPO is left out: asking for it by name fails, and JPEG reads such files anyhow.
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "HEIF", "AVIF", "JPEG2000")
_WEBP_QUALITY = 72
_JPEG_QUALITY = 85
_SRGB = ImageCms.createProfile("sRGB")
_WIDE_MODES = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})


class Bomb(Exception):  # noqa: N818 - it says what the file is
    """More pixels than anybody needs."""


@contextmanager
def opened(path: str) -> Iterator[Image.Image]:
    """The picture at ``path``, its header read.

    Raises:
        Bomb: too many pixels; also from whatever is done inside the block.
        Nearly anything else: no picture.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    pillow_heif.register_heif_opener(thumbnails=False)
    with warnings.catch_warnings():
        # Decoders warn of every oddity; only this one is more than an oddity.
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=_FORMATS) as image:
                yield image
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise Bomb from error


@contextmanager
def forgiving() -> Iterator[None]:
    """Inside, pictures that end too early are decoded as far as they go."""
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def shrunk(image: Image.Image, side: int = PUBLIC) -> Image.Image:
    """The picture upright, in RGB with the colours of a screen, no side longer than ``side``.

    Nothing of what the file says beside the pixels is in the result.

    Raises:
        Bomb, and nearly anything else: it cannot be decoded.
    """
    if image.width * image.height > MAX_PIXELS:
        raise Bomb
    if image.format in {"JPEG", "MPO"}:
        # Decodes at a half, a quarter or an eighth: nearly free.
        image.draft("RGB", (side, side))
    profile = image.info.get("icc_profile")
    small = _eight_bit(image)
    if "transparency" in image.info and small.mode in {"P", "L", "RGB", "1"}:
        small = small.convert("RGBA")
    elif small.mode == "P":
        small = small.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small = ImageOps.exif_transpose(small)
    small = _on_white(_in_srgb(small, profile))
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    return clean


def within(image: Image.Image, side: int) -> Image.Image:
    """The picture, or a smaller one with no side longer than ``side``."""
    if max(image.size) <= side:
        return image
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return small


def webp(image: Image.Image, page: int = 0) -> Picture:
    """A picture for the page."""
    out = io.BytesIO()
    image.save(out, "WEBP", quality=_WEBP_QUALITY, method=4)
    return Picture(width=image.width, height=image.height, data=out.getvalue(), page=page)


def jpeg(image: Image.Image) -> Picture:
    """A picture to hand out in place of a photo."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return Picture(width=image.width, height=image.height, data=out.getvalue())


def single_colour(image: Image.Image, spread: int = 10) -> bool:
    """Whether nothing can be seen: no channel of the shrunk picture varies by more than that.

    Shrinking takes out the noise of a scanner; the thinnest line of text leaves more.
    """
    bands = within(image, THUMBNAIL).getextrema()
    return all(isinstance(band, tuple) and band[1] - band[0] <= spread for band in bands)


def _eight_bit(image: Image.Image) -> Image.Image:
    """Sixteen bits a channel and more, as scanners of maps give them, made eight."""
    if image.mode not in _WIDE_MODES:
        return image
    wide = image if image.mode in {"I", "F"} else image.convert("I")
    low, high = wide.getextrema()
    # Values of bytes in wide cells, or of the full width.
    scale = 1.0 if _largest(low, high) <= 255 else 1 / 256  # noqa: PLR2004 - one byte
    return wide.point(lambda value: value * scale).convert("L")


def _largest(low: object, high: object) -> float:
    return max(
        (abs(float(each)) for each in (low, high) if isinstance(each, int | float)), default=0
    )


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The colours as the camera meant them, so that no profile has to go along.

    A profile can carry text that nobody sees.
    """
    if not isinstance(profile, bytes) or b"sRGB" in profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, meant, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return converted if converted is not None else image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"RGBA", "LA", "PA"}:
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    seen = image.convert("RGBA")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper
