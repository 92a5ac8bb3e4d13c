"""Redacted copies hold nothing of what they hide, neither as text nor as a picture."""

import io
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from site_builder.model.text import nfc
from site_builder.processing import redaction
from site_builder.processing.redaction import Redacted, Why, redact
from tests.processing.makers import office
from tests.processing.makers import pdf as makers

ID = "001090012345"
PHONE = "0912 345 678"


def page_of(pdf: pikepdf.Pdf, lines: list[str], *, size: tuple[int, int] = (595, 842)) -> None:
    """A page with lines of 12 points, the first at 72, 700."""
    pdf.add_blank_page(page_size=size)
    page = pdf.pages[-1]
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    text = " ".join(f"({line}) Tj 0 -40 Td" for line in lines)
    page.contents_add(f"BT /F1 12 Tf 72 700 Td {text} ET".encode("ascii"))


def made(*pages: list[str], edit: Any = None) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for lines in pages:
            page_of(pdf, lines)
        if edit:
            edit(pdf)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def texts(data: bytes) -> list[str]:
    with pdfium.PdfDocument(data) as document:
        pages = [document[number] for number in range(len(document))]
        return [page.get_textpage().get_text_bounded() for page in pages]


def looks(data: bytes, page: int = 0) -> Image.Image:
    with pdfium.PdfDocument(data) as document:
        shown: Image.Image = document[page].render(scale=2).to_pil().convert("L").copy()
        return shown


PLAIN = ["A plan for the year, in some words", "More words on this page of text"]
PERSONAL = [f"So CCCD: {ID} of a person", "Words that stay", f"Dien thoai {PHONE}"]


def test_affected_pages_become_pictures_and_others_stay() -> None:
    done = redact(made(PLAIN, PERSONAL, PLAIN))
    assert done.why is None
    assert (done.pages, done.unseen) == ((2,), ())
    assert done.found == {"citizen-id": 1, "phone": 1}
    first, second, third = texts(done.copy)
    assert "A plan for the year" in first
    assert second == ""
    assert first == third


def test_boxes_cover_the_value_and_nothing_else() -> None:
    original = made(PERSONAL)
    before, after = looks(original), looks(redact(original).copy)
    assert before.size == after.size
    with pdfium.PdfDocument(original) as document:
        page = document[0]
        search = page.get_textpage().search(ID)
        index, count = search.get_next()
        boxes = [page.get_textpage().get_charbox(index + at) for at in range(count)]
    height = 842
    for left, bottom, right, top in boxes:
        upper, lower = int((height - top) * 2), int((height - bottom) * 2)
        covered = after.crop((int(left * 2), upper, int(right * 2) + 1, lower))
        assert max(covered.tobytes()) < 40, "a letter shows through"
    # The line between the two values is as it was.
    line = (140, (842 - 680) * 2, 800, (842 - 655) * 2)
    assert min(before.crop(line).tobytes()) < 60
    assert min(after.crop(line).tobytes()) < 90
    dark = sum(1 for value in after.crop(line).tobytes() if value < 90)
    assert dark < 0.2 * (line[2] - line[0]) * (line[3] - line[1])


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_and_cropped_page(rotation: int) -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = rotation
        pdf.pages[0].obj.CropBox = Array([50, 100, 500, 800])

    original = made(PERSONAL, edit=turn)
    after = looks(redact(original).copy)
    before = looks(original)
    assert abs(before.width - after.width) <= 2
    assert abs(before.height - after.height) <= 2
    covered = looks(made([""], edit=turn))
    assert covered.getextrema() == (255, 255)
    # Where a value stood there is solid black now: more than letters ever make.
    assert sum(value < 30 for value in after.tobytes()) > 3 * sum(
        value < 30 for value in before.tobytes()
    )
    assert texts(redact(original).copy) == [""]


def test_words_that_were_asked_for() -> None:
    done = redact(made(PLAIN, PERSONAL), ["a PLAN  for"])
    assert done.pages == (1, 2)
    assert done.found["text"] == 1
    (first, second) = texts(done.copy)
    assert (first, second) == ("", "")


def test_words_across_lines_and_with_marks() -> None:
    name = makers.SAMPLE.issuer
    done = redact(makers.official(), [nfc(name).upper()])
    assert done.why is None
    assert done.found["text"] >= 1


def fill(pdf: pikepdf.Pdf) -> None:
    """Everything that may hold or do something besides the pages."""
    pdf.docinfo["/Author"] = "zqzqauthor"
    pdf.Root.Metadata = pdf.make_stream(b"<x>zqzqxmp</x>", Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("zqzqscript"))
    pdf.attachments["zqzqfile"] = pikepdf.AttachedFileSpec(
        pdf, b"zqzqattached", filename="zqzqfile"
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Text,
        Rect=Array([10, 10, 30, 30]),
        Contents=String("zqzqnote"),
    )
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([10, 10, 30, 30]),
        A=Dictionary(S=Name.URI, URI=String("http://zqzqlink")),
    )
    for page in pdf.pages:
        page.obj.Annots = Array([pdf.make_indirect(note), pdf.make_indirect(link)])
        page.obj.PieceInfo = Dictionary(X=Dictionary(Private=String("zqzqpiece")))
        page.obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("zqzqaction")))
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("zqzqoutline", 0))


def bytes_of(held: Any) -> bytes:
    if not isinstance(held, pikepdf.Stream):
        return bytes(held.unparse())
    picture = held.get("/Filter") == "/DCTDecode"
    return bytes(held.read_raw_bytes() if picture else held.read_bytes())


def test_nothing_but_the_pages_comes_along() -> None:
    done = redact(made(PLAIN, PERSONAL, edit=fill))
    with pikepdf.open(io.BytesIO(done.copy)) as pdf:
        held = b"".join(map(bytes_of, pdf.objects))
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
    assert b"zqzq" not in held
    assert ID.encode() not in held
    assert b"A plan" in held


def with_photo() -> bytes:
    """A page with a photo that tells where it was taken, and one with an id."""

    def add(pdf: pikepdf.Pdf) -> None:
        jpeg = io.BytesIO()
        told = Image.Exif()
        told[0x010E] = "zqzqexif"
        Image.radial_gradient("L").save(jpeg, "JPEG", exif=told, comment=b"zqzqremark")
        page = pdf.pages[0]
        page.obj.Resources.XObject = Dictionary(
            P=pdf.make_stream(
                jpeg.getvalue(),
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=256,
                Height=256,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
                Filter=Name.DCTDecode,
                Metadata=pdf.make_stream(b"zqzqxmp"),
            )
        )
        page.contents_add(b"q 100 0 0 100 72 100 cm /P Do Q")

    return made(PLAIN, PERSONAL, edit=add)


def test_photos_of_other_pages_tell_nothing() -> None:
    original = with_photo()
    assert b"zqzqexif" in original
    done = redact(original)
    assert done.pages == (2,)
    with pikepdf.open(io.BytesIO(done.copy)) as pdf:
        assert b"zqzq" not in b"".join(map(bytes_of, pdf.objects))
    assert looks(original).tobytes() == looks(done.copy).tobytes()


def with_field(value: str) -> bytes:
    """A page whose form field holds a value."""

    def add(pdf: pikepdf.Pdf) -> None:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look = pdf.make_stream(
            f"BT /F1 12 Tf 2 4 Td ({value}) Tj ET".encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 200, 20]),
            Resources=Dictionary(Font=Dictionary(F1=font)),
        )
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("a"),
                V=String(value),
                Rect=Array([72, 300, 272, 320]),
                AP=Dictionary(N=look),
                F=4,
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    return made(PLAIN, edit=add)


def test_a_value_in_a_form_field_is_hidden_too() -> None:
    done = redact(with_field(ID))
    assert done.pages == (1,)
    assert done.found == {"citizen-id": 1}
    kept = redact(with_field("Filled in by hand"), ["plan for"])
    assert kept.pages == (1,)


def test_layers_that_were_switched_off_stay_off() -> None:
    def layer(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("zqzqlayer")))
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([group]))
        )
        page = pdf.pages[0]
        page.obj.Resources.Properties = Dictionary(L=group)
        page.contents_add(b"/OC /L BDC 0 0 400 400 re f EMC")

    original = made(PLAIN, PERSONAL, edit=layer)
    done = redact(original)
    assert done.pages == (1, 2)
    assert looks(done.copy).getpixel((200, 1500)) == 255


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"plain text", Why.NOT_PDF),
        (b"", Why.NOT_PDF),
        (makers.encrypted(), Why.ENCRYPTED),
        (b"%PDF-1.7\nnothing", Why.DAMAGED),
        (made(PLAIN), Why.NOTHING),
        (makers.scanned(72), Why.UNSEEN),
        (makers.blank(), Why.NOTHING),
    ],
)
def test_no_copy(data: bytes, why: Why) -> None:
    done = redact(data)
    assert done.why is why
    assert done.copy == b""


def test_pictures_and_office_files() -> None:
    target = io.BytesIO()
    Image.new("RGB", (9, 9)).save(target, "PNG")
    assert redact(target.getvalue()).why is Why.IMAGE
    assert redact(office.official()).why is Why.OFFICE


def test_scanned_pages_are_told() -> None:
    def append(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(makers.scanned(72))) as last:
            pdf.pages.extend(last.pages)

    done = redact(made(PERSONAL, edit=append))
    assert (done.pages, done.unseen) == ((1,), (2,))


def test_a_picture_beside_text_is_told() -> None:
    done = redact(makers.scanned_with_text(72), ["invisible"])
    assert (done.pages, done.unseen) == ((1,), (1,))
    assert redact(makers.scanned_with_text(72)).why is Why.UNSEEN


def test_restricted_files_and_cut_ones() -> None:
    assert redact(makers.restricted(made(PERSONAL))).pages == (1,)
    assert redact(makers.truncated()).why in {Why.DAMAGED, Why.NOTHING}


def test_a_copy_with_something_left_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_assembled", lambda *_: made(PERSONAL))
    done = redact(made(PERSONAL))
    assert (done.why, done.copy) == (Why.LEFT, b"")


def test_the_same_file_gives_the_same_copy() -> None:
    assert redact(made(PLAIN, PERSONAL)) == redact(made(PLAIN, PERSONAL))


def test_parcels_carry_everything() -> None:
    request = redaction.request_for(made(PERSONAL), ["words"])
    done = redaction.answer_of(redaction.redact_parcel(request))
    assert done == redact(made(PERSONAL), ["words"])
    assert isinstance(done, Redacted)
    with pytest.raises(ValueError, match="parcel"):
        redaction.answer_of(b"")
