import io
from pathlib import Path

import pytest
from PIL import Image

from site_builder.model.processed import State
from site_builder.processing.protocols import Picture, Settings
from tests.processing.handled import flags, read
from tests.processing.makers import images


def opened(picture: Picture | None) -> Image.Image:
    assert picture is not None
    image = Image.open(io.BytesIO(picture.data))
    assert image.size == (picture.width, picture.height)
    return image


def is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    return bool(pixel[0] > 180 and pixel[1] < 90 and pixel[2] < 90)


@pytest.mark.parametrize("kind", sorted(images.kinds()))
def test_every_kind_is_shown(kind: str, tmp_path: Path) -> None:
    reading = read(tmp_path, images.kinds()[kind])
    assert reading.state is State.READ
    assert flags(reading) == {}
    assert [preview.page for preview in reading.previews] == [1]
    assert opened(reading.previews[0]).format == "WEBP"
    assert opened(reading.public_copy).format == "JPEG"
    assert max(opened(reading.thumbnail).size) == 400


def test_photo_is_turned_and_small(tmp_path: Path) -> None:
    reading = read(tmp_path, images.photo(orientation=6))
    for picture in (reading.thumbnail, reading.previews[0], reading.public_copy):
        image = opened(picture).convert("RGB")
        assert image.height > image.width
        # Turned a quarter to the right, the red corner is at the top right.
        assert is_red(image.getpixel((image.width - 9, 9)))
        assert not is_red(image.getpixel((9, 9)))
    assert max(opened(reading.previews[0]).size) <= 1600
    assert max(opened(reading.public_copy).size) <= 2400


def test_photo_tells_that_it_tells_more(tmp_path: Path) -> None:
    found = flags(read(tmp_path, images.photo()))
    assert found == {
        "gps": ("exif", "xmp"),
        "author": ("artist", "owner", "serial"),
        "device": (),
    }


def test_nothing_but_pixels_is_in_the_copies(tmp_path: Path) -> None:
    data = images.photo()
    assert data.count(b"CANARY") >= 7
    reading = read(tmp_path, data)
    for picture in (reading.thumbnail, *reading.previews, reading.public_copy):
        assert picture is not None
        assert b"CANARY" not in picture.data
        image = opened(picture)
        assert not image.getexif()
        kept = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background"}
        assert image.info.keys() <= kept | {"timestamp", "duration"}


def test_colours_survive_without_their_profile(tmp_path: Path) -> None:
    reading = read(tmp_path, images.kinds()["jpg"])
    image = opened(reading.public_copy)
    assert is_red(image.convert("RGB").getpixel((5, 5)))
    assert "icc_profile" not in image.info


@pytest.mark.parametrize("make", [images.heic, images.png, images.transparent_png])
def test_other_telephones_and_screens(make: object, tmp_path: Path) -> None:
    assert callable(make)
    reading = read(tmp_path, make())
    assert reading.state is State.READ
    assert is_red(opened(reading.public_copy).convert("RGB").getpixel((9, 9))) or (
        make is images.transparent_png
    )


def test_heic_tells_its_place(tmp_path: Path) -> None:
    assert flags(read(tmp_path, images.heic()))["gps"] == ("exif",)
    assert "gps" not in flags(read(tmp_path, images.heic(place=False)))


def test_author_of_a_png(tmp_path: Path) -> None:
    reading = read(tmp_path, images.png_with_author())
    assert flags(reading)["author"] == ("artist",)
    assert reading.public_copy is not None
    assert b"CANARY" not in reading.public_copy.data


def test_transparent_is_white(tmp_path: Path) -> None:
    image = opened(read(tmp_path, images.transparent_png()).public_copy).convert("RGB")
    assert image.getpixel((400, 3))[0] > 240  # type: ignore[index]


def test_sixteen_bits_keep_their_shades(tmp_path: Path) -> None:
    image = opened(read(tmp_path, images.sixteen_bit_png()).public_copy).convert("L")
    low, high = image.getextrema()
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    assert low < 40
    assert high > 200


@pytest.mark.parametrize("make", [images.palette_gif, images.cmyk_jpeg])
def test_odd_modes(make: object, tmp_path: Path) -> None:
    assert callable(make)
    reading = read(tmp_path, make())
    assert reading.state is State.READ
    assert reading.parts is None
    assert len(reading.previews) == 1


def test_truncated_photo_shows_what_is_there(tmp_path: Path) -> None:
    reading = read(tmp_path, images.truncated_photo())
    assert reading.state is State.PARTIAL
    assert reading.why == "truncated"
    assert "truncated" in flags(reading)
    assert reading.previews
    assert reading.public_copy is not None


@pytest.mark.parametrize("keep", [4, 30, 200])
def test_beginning_of_a_photo_is_damaged(keep: int, tmp_path: Path) -> None:
    reading = read(tmp_path, images.photo()[:keep], kind="jpg")
    assert reading.state is State.DAMAGED
    assert reading.previews == ()


def test_bombs_are_refused(tmp_path: Path) -> None:
    reading = read(tmp_path, images.png_bomb())
    assert (reading.state, reading.why) == (State.REFUSED, "bomb")
    assert "bomb" in flags(reading)


def test_scan_of_several_pages(tmp_path: Path) -> None:
    reading = read(tmp_path, images.tiff(3, blank=(2,)))
    assert reading.parts == 3
    assert [preview.page for preview in reading.previews] == [1, 2, 3]
    assert flags(reading) == {"blank-page": ("2",)}


def test_long_scan_is_cut(tmp_path: Path) -> None:
    reading = read(tmp_path, images.tiff(4), settings=Settings(preview_pages=2))
    assert reading.parts == 4
    assert len(reading.previews) == 2
    assert "more-pages" in flags(reading)


def test_bomb_among_pages_loses_itself(tmp_path: Path) -> None:
    reading = read(tmp_path, images.tiff_with_bomb_page())
    assert reading.state is State.PARTIAL
    assert len(reading.previews) == 1
    assert flags(reading)["bad-page"] == ("2",)


def test_blank_scan(tmp_path: Path) -> None:
    assert "blank" in flags(read(tmp_path, images.blank_scan()))
    assert "blank" in flags(read(tmp_path, images.tiff(2, blank=(1, 2))))


def test_small_photo(tmp_path: Path) -> None:
    reading = read(tmp_path, images.small_photo())
    assert flags(reading) == {"low-resolution": ()}
    assert opened(reading.public_copy).size == (480, 360)


def test_same_bytes_give_same_pictures(tmp_path: Path) -> None:
    assert read(tmp_path, images.photo()) == read(tmp_path, images.photo())
