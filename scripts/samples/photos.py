"""Sample photos: scenes drawn by typst, then blurred, lit and grained like telephone photos."""

import io
import json
import random
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import typst
from PIL import Image, ImageChops, ImageFilter

from scripts.samples.figures import columns
from scripts.samples.markup import Shared

_HERE: Final = Path(__file__).parent
_QUALITY: Final = 78
_EXIF_TAKEN: Final = 0x9003
_EXIF_CHANGED: Final = 0x0132
_EXIF_FOLDER: Final = 0x8769
_EXIF_MODEL: Final = 0x0110


class Camera:
    """Keeps the compiler; takes one scene at a time."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared

    @cached_property
    def _compiler(self) -> Any:  # noqa: ANN401 - the library is not typed
        return typst.Compiler(str(_HERE / "photo.typ"), root=str(_HERE), ignore_system_fonts=True)

    def screenshot(self, scene: Mapping[str, Any]) -> bytes:
        """A screen as PNG."""
        words = self._shared.data["screen"]
        made = columns(words["totals"], self._shared.weights("thang"))
        months = enumerate(zip(*made, strict=True), 1)
        bars = [[f"{words['month']}{place}", *pair] for place, pair in months]
        extra = {
            "address": words["address"],
            "cards": words["cards"],
            "chart": words["chart"],
            "legend": words["legend"],
            "bars": bars,
        }
        return self._drawn({**scene, **extra})

    def photo(self, scene: Mapping[str, Any], date: str) -> bytes:
        """A photo as JPEG with the date in its EXIF data, and no place."""
        picture = Image.open(io.BytesIO(self._drawn(scene))).convert("RGB")
        chance = random.Random(scene["seed"])  # noqa: S311 - the same picture every time
        picture = _tilted(picture, chance)
        picture = _lit(picture, chance)
        picture = _grained(picture, chance)
        if "width" in scene:
            size = (scene["width"], scene["width"] * picture.height // picture.width)
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        exif = Image.Exif()
        exif[_EXIF_MODEL] = self._shared.words()["camera"]
        hour, minute = 8 + scene["seed"] % 8, chance.randrange(60)
        taken = f"{date.replace('-', ':')} {hour:02d}:{minute:02d}:00"
        exif[_EXIF_CHANGED] = taken
        exif.get_ifd(_EXIF_FOLDER)[_EXIF_TAKEN] = taken
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=_QUALITY, exif=exif, optimize=False)
        return data.getvalue()

    def _drawn(self, scene: Mapping[str, Any]) -> bytes:
        words = self._shared.words()
        described = {
            **scene,
            "sheets": _listed(scene.get("sheets", "")),
            "lines": _listed(scene.get("lines", "")),
            "stamp": words["photo"],
            "mark": words["stamp"],
        }
        data: bytes = self._compiler.compile(
            format="png",
            ppi=72,
            sys_inputs={"doc": json.dumps(described, ensure_ascii=False)},
        )
        return data


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split("|")] if text else []


def _tilted(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Held by hand: a degree of tilt, one side nearer than the other; the frame stays full."""
    wide, high = picture.size
    near = [chance.uniform(0, 26) for _ in range(4)]
    low = high - 8
    corners = (near[0], near[1], near[2], low, wide - near[3], low, wide - near[1], near[0])
    return picture.transform(
        picture.size, Image.Transform.QUAD, corners, resample=Image.Resampling.BICUBIC
    ).filter(ImageFilter.GaussianBlur(0.7))


def _lit(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Light from above on one side, darker towards the corners."""
    shade = Image.radial_gradient("L").resize(picture.size)
    bright = Image.eval(shade, lambda value: 255 - value // 4)
    lit = ImageChops.multiply(picture, Image.merge("RGB", (bright, bright, bright)))
    warm = chance.randrange(4, 12)
    red, green, blue = lit.split()
    warmer = red.point(lambda value: min(255, value + warm))
    cooler = blue.point(lambda value: max(0, value - warm))
    return Image.merge("RGB", (warmer, green, cooler))


def _grained(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Grain from our own seeded generator: Pillow's noise differs from run to run."""
    small = (picture.width // 2, picture.height // 2)
    grain = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    soft = grain.filter(ImageFilter.GaussianBlur(0.8)).resize(picture.size)
    amount = soft.point(lambda value: 128 + (value - 128) // 9)
    layer = Image.merge("RGB", (amount, amount, amount))
    return ImageChops.add(picture, layer, scale=1, offset=-128)
