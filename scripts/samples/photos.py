"""Sample photos: scenes drawn by typst, then blurred, lit and grained like telephone photos."""

import io
import json
import random
from collections.abc import Mapping, Sequence
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
        self._compiler = typst.Compiler(
            str(_HERE / "photo.typ"), root=str(_HERE), ignore_system_fonts=True
        )

    def screenshot(self, scene: Mapping[str, Any]) -> bytes:
        """A screen as PNG."""
        words = self._shared.data["screen"]
        made = columns(words["totals"], self._shared.weights("thang"))
        bars = [[f"{words['month']}{place + 1}", *pair] for place, pair in enumerate(zip(*made, strict=True))]
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
        exif = Image.Exif()
        exif[_EXIF_MODEL] = self._shared.words()["camera"]
        taken = f"{date.replace('-', ':')} {8 + scene['seed'] % 8:02d}:{chance.randrange(60):02d}:00"
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
    corners = (near[0], near[1], near[2], high - 8, wide - near[3], high - 8, wide - near[1], near[0])
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
    return Image.merge(
        "RGB", (red.point(lambda value: min(255, value + warm)), green, blue.point(lambda value: max(0, value - warm)))
    )


def _grained(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Grain from our own seeded generator: Pillow's noise differs from run to run."""
    small = (picture.width // 2, picture.height // 2)
    grain = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    soft = grain.filter(ImageFilter.GaussianBlur(0.8)).resize(picture.size)
    amount = soft.point(lambda value: 128 + (value - 128) // 9)
    layer = Image.merge("RGB", (amount, amount, amount))
    return ImageChops.add(picture, layer, scale=1, offset=-128)


def folder_names(scenes: Sequence[Mapping[str, Any]]) -> list[str]:
    """File names of a set of photos, as described."""
    return [str(scene["file"]) for scene in scenes]
