"""What the handler says of real files, in one worker's process."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.model.processed import SignatureClass, State, TextSource
from site_builder.processing.handlers import pdf as handler
from site_builder.processing.protocols import Reading, Settings, Source
from site_builder.processing.text import recognition
from tests.processing.makers import pdf

Read = Callable[..., Reading]


def read_from(folder: Path, data: bytes, **options: object) -> Reading:
    path = folder / "file"
    path.write_bytes(data)
    source = Source(path=str(path), kind="pdf", detail="", size=len(data))
    return handler.read(source, Settings(**options))  # type: ignore[arg-type]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(data: bytes, **options: object) -> Reading:
        return read_from(tmp_path, data, **options)

    return reading


def flags(reading: Reading) -> dict[str, tuple[str, ...]]:
    return {flag.name: flag.details for flag in reading.flags}


def test_an_official_document(read: Read) -> None:
    reading = read(pdf.official())
    assert (reading.state, reading.parts, reading.text_source) == (State.READ, 1, TextSource.LAYER)
    text = " ".join(reading.pages[0].split())
    for field in (pdf.SAMPLE.issuer, pdf.SAMPLE.subject, pdf.SAMPLE.signer, "125/KH-UBND"):
        assert field in text
    assert not reading.flags
    assert not reading.signatures
    assert not reading.hints


def test_pictures_of_a_document(read: Read) -> None:
    reading = read(pdf.official())
    assert reading.thumbnail is not None
    assert max(reading.thumbnail.width, reading.thumbnail.height) == 400
    (preview,) = reading.previews
    assert (preview.page, preview.width) == (1, 1000)
    assert preview.data[8:12] == b"WEBP"
    assert len(preview.data) < 60_000


def test_a_photo_is_kept_small(read: Read) -> None:
    reading = read(pdf.photographed())
    assert 10_000 < len(reading.previews[0].data) < 400_000


def test_the_same_bytes_give_the_same(read: Read) -> None:
    data = pdf.signed_twice()
    assert read(data) == read(data)


@pytest.mark.parametrize(
    ("make", "state", "why"),
    [
        (pdf.encrypted, State.ENCRYPTED, "password"),
        (pdf.without_pages, State.DAMAGED, "no-pages"),
        (pdf.truncated, State.DAMAGED, "truncated"),
        (pdf.with_bad_page, State.PARTIAL, "bad-pages"),
        (pdf.without_index, State.READ, ""),
        (pdf.behind_garbage, State.READ, ""),
        (pdf.huge_page, State.READ, ""),
        (pdf.narrow_page, State.READ, ""),
        (pdf.restricted, State.READ, ""),
    ],
)
def test_states(read: Read, make: Callable[[], bytes], state: State, why: str) -> None:
    reading = read(make())
    assert (reading.state, reading.why) == (state, why)
    assert bool(reading.previews) == (state in {State.READ, State.PARTIAL})


def test_no_pages_after_another_error(read: Read) -> None:
    # PDFium remembers why the file before could not be opened.
    assert read(pdf.encrypted()).why == "password"
    assert read(pdf.without_pages()).why == "no-pages"
    assert read(b"%PDF-1.7 nothing").why == "not-a-pdf"


def test_a_file_cut_off_in_its_last_part_is_still_shown(read: Read) -> None:
    reading = read(pdf.truncated(pdf.signed(), missing=400))
    assert (reading.state, reading.why) == (State.PARTIAL, "truncated")
    assert "truncated" in flags(reading)
    assert [each.class_ for each in reading.signatures] == [SignatureClass.UNVERIFIABLE]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (pdf.scanned(200), {"scanned": ()}),
        (pdf.scanned(60, pages=2), {"scanned": (), "low-resolution": ("1:60", "2:60")}),
        (pdf.in_strips(80), {"scanned": (), "low-resolution": ("1:80",)}),
        (pdf.scanned(200, text=False), {"blank": ()}),
        (pdf.scanned_with_text(200), {"ocr-layer": ()}),
        (pdf.scanned_with_text(100), {"ocr-layer": (), "low-resolution": ("1:100",)}),
        (pdf.written_on_picture(), {}),
        (pdf.with_last_page_scanned(), {"scanned": ("2",)}),
        (pdf.blank(2), {"blank": ()}),
        (pdf.with_blank_page(), {"blank-page": ("2",)}),
        (pdf.with_blank_page(numbered=True), {"blank-page": ("2",)}),
        (pdf.with_bad_page(), {"bad-page": ("2",)}),
    ],
)
def test_looks_of_pages(read: Read, data: bytes, expected: dict[str, tuple[str, ...]]) -> None:
    assert flags(read(data)) == expected


def test_limits(read: Read) -> None:
    reading = read(pdf.with_pages(6), preview_pages=2, text_pages=4)
    assert (reading.parts, len(reading.pages), len(reading.previews)) == (6, 4, 2)
    assert flags(reading) == {"more-pages": (), "unread-pages": ()}
    assert flags(read(pdf.with_pages(4), preview_pages=2, text_pages=4)) == {"more-pages": ()}


def test_blank_pages_beyond_the_previews(read: Read) -> None:
    assert flags(read(pdf.with_blank_page(), preview_pages=1))["blank-page"] == ("2",)
    assert "blank-page" not in flags(read(pdf.with_pages(3), preview_pages=1))


def test_number_and_day_that_stand_only_in_fields(read: Read) -> None:
    reading = read(pdf.with_fields(*pdf.CLERK))
    assert reading.hints == ("125", "05", "01")
    assert "125" not in reading.pages[0]
    reversed_ = read(pdf.with_fields(*reversed(pdf.CLERK)))
    assert reversed_.hints == ("125", "05", "01")
    signed = read(pdf.signed(pdf.with_fields(*pdf.CLERK)))
    assert signed.hints[:3] == ("125", "05", "01")


def test_fields_of_a_dropped_form_are_read_and_drawn(read: Read) -> None:
    dropped = pdf.without_form(pdf.with_fields(("125", (100, 700))))
    reading = read(dropped)
    assert reading.hints == ("125",)
    bare = read(pdf.official(pdf.BLANK_FORM))
    assert len(reading.previews[0].data) > len(bare.previews[0].data)


def test_what_was_filled_in_and_noted_is_text(read: Read) -> None:
    assert "079204001234" in read(pdf.with_form("079204001234")).pages[0]
    comment = read(pdf.with_note("between us"))
    assert "between us" in comment.pages[0]
    assert flags(comment) == {"comments": ()}
    over = read(pdf.with_note("written over", subtype="/FreeText"))
    assert "written over" in over.pages[0]
    assert not over.flags


def test_no_address_of_a_signer_anywhere(read: Read) -> None:
    for data in (pdf.signed(), pdf.orphaned(), pdf.signed(stamped=True)):
        reading = read(data)
        told = repr((reading.signatures, reading.hints, reading.pages, reading.flags))
        assert "@" not in told
        assert pdf.SAMPLE.signer in told


class Recogniser:
    """Stands for the program that recognises text."""

    installed = True
    seen = 0

    def available(self) -> bool:
        return self.installed

    def recognise(self, image_png: bytes) -> str:
        assert image_png.startswith(b"\x89PNG")
        self.seen += 1
        return f"recognised {self.seen}"


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> Recogniser:
    fake = Recogniser()
    monkeypatch.setattr(recognition, "available", fake.available)
    monkeypatch.setattr(recognition, "recognise", fake.recognise)
    return fake


@pytest.mark.usefixtures("recogniser")
def test_recognition_of_scanned_pages(read: Read) -> None:
    reading = read(pdf.scanned(60, pages=8), recognise=True)
    assert reading.recognised == (1, 2, 3, 4, 5, 8)
    assert reading.text_source is TextSource.RECOGNISED
    assert (reading.pages[0], reading.pages[6], reading.pages[7]) == (
        "recognised 1",
        "",
        "recognised 6",
    )


def test_recognition_leaves_pages_with_text_alone(read: Read, recogniser: Recogniser) -> None:
    reading = read(pdf.with_last_page_scanned(), recognise=True)
    assert reading.recognised == (2,)
    assert reading.text_source is TextSource.LAYER
    assert read(pdf.blank(), recognise=True).recognised == ()
    recogniser.installed = False
    assert read(pdf.scanned(60), recognise=True).text_source is TextSource.NONE


SEEDS: tuple[Callable[[], bytes], ...] = (
    pdf.signed_twice,
    pdf.orphaned,
    lambda: pdf.with_fields(("125", (100, 700))),
    lambda: pdf.plainly_written(pdf.with_pages(2)),
    lambda: pdf.with_author("A", xmp=True),
    lambda: pdf.scanned(60),
)


@cache
def _made(make: Callable[[], bytes]) -> bytes:
    return make()


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SEEDS), st.data())
def test_no_damage_raises(tmp_path: Path, make: Callable[[], bytes], data: st.DataObject) -> None:
    whole = bytearray(_made(make))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=20)):
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    end = data.draw(st.integers(0, len(whole)))
    reading = read_from(
        tmp_path, bytes(whole[: end if data.draw(st.booleans()) else None]), preview_pages=1
    )
    assert reading.state in {State.READ, State.PARTIAL, State.DAMAGED, State.ENCRYPTED}
