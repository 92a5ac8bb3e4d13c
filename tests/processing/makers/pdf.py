"""PDF files of every awkward kind, made from nothing.

Every function gives the bytes of one file. Keys and certificates are made once in a run, so
signed files differ from run to run; all others are the same bytes each time.
"""

import dataclasses
import io
import json
import random
import tomllib
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import typst
from asn1crypto import keys, pem
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

_HERE = Path(__file__).parent
STAMPED_AT = datetime(2024, 1, 5, 3, 0, tzinfo=UTC)
"""What the time stamps of ``timestamped`` say."""
SIGNER_EMAIL = "nguoiky@xamau.example.vn"
"""In every certificate and in the reason of every signature; must never be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """An official document; "" for number, day or month leaves the place for the clerk blank."""

    issuer_parent: str
    issuer: str
    number: str
    symbol: str
    place: str
    day: str
    month: str
    year: str
    type: str
    subject: str
    body: tuple[str, ...]
    post: str
    signer: str
    draft: bool = False
    pages: int = 1
    title: str = ""
    author: tuple[str, ...] = ()


def _sample() -> Official:
    read: dict[str, Any] = tomllib.loads((_HERE / "official.toml").read_text("utf-8"))
    return Official(**(read | {"body": tuple(read["body"])}))


SAMPLE = _sample()
BLANK_FORM = dataclasses.replace(SAMPLE, number="", day="", month="")
DRAFT = dataclasses.replace(BLANK_FORM, draft=True)


@cache
def official(document: Official = SAMPLE) -> bytes:
    return typst.compile(
        (_HERE / "official.typ").read_bytes(),
        sys_inputs={"document": json.dumps(dataclasses.asdict(document))},
        ignore_system_fonts=True,
    )


# Editing


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], None], **saving: Any) -> bytes:
    """The file after a change, written anew as a whole."""
    target = io.BytesIO()
    with (
        pikepdf.open(io.BytesIO(data)) as pdf,
        warnings.catch_warnings(action="ignore", category=pikepdf.PageCopyWarning),
    ):
        edit(pdf)
        pdf.save(target, deterministic_id="encryption" not in saving, **saving)
    return target.getvalue()


def _unchanged(pdf: pikepdf.Pdf) -> None:
    pass


def encrypted(data: bytes | None = None) -> bytes:
    """Nobody opens it without the password."""
    lock = pikepdf.Encryption(user="abc", owner="xyz", R=6)
    return edited(data or official(), _unchanged, encryption=lock)


def restricted(data: bytes | None = None) -> bytes:
    """Opens without a password, forbids copying."""
    allow = pikepdf.Permissions(extract=False, modify_other=False)
    lock = pikepdf.Encryption(user="", owner="xyz", R=6, allow=allow)
    return edited(data or official(), _unchanged, encryption=lock)


def with_action(action: Dictionary | None = None) -> bytes:
    """Runs JavaScript, or another action, when it is opened."""
    chosen = action or Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    def add(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = chosen

    return edited(official(), add)


def with_attachments(*names: str) -> bytes:
    def attach(pdf: pikepdf.Pdf) -> None:
        for name in names:
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, b"PK", filename=name)

    return edited(official(), attach)


def with_author(author: str, *, xmp: bool = False) -> bytes:
    def name(pdf: pikepdf.Pdf) -> None:
        if xmp:
            packet = (
                '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/'
                '22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
                "</rdf:Description></rdf:RDF></x:xmpmeta>"
            )
            pdf.Root.Metadata = pdf.make_stream(
                packet.encode(), Type=Name.Metadata, Subtype=Name.XML
            )
        else:
            pdf.docinfo["/Author"] = author

    return edited(official(), name)


def with_pages(count: int) -> bytes:
    return official(dataclasses.replace(SAMPLE, pages=count))


def with_blank_page(*, numbered: bool = False) -> bytes:
    """Three pages, the second one empty but for its number."""

    def insert(pdf: pikepdf.Pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        pdf.add_blank_page(page_size=(595, 842))
        blank = pdf.pages.p(3)
        if numbered:
            blank.obj.Resources = Dictionary(Font=Dictionary(F1=_helvetica(pdf)))
            blank.contents_add(b"BT /F1 12 Tf 300 800 Td (2) Tj ET")
        pdf.pages.insert(1, blank)
        del pdf.pages[3]

    return edited(official(), insert)


def blank(pages: int = 1) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def huge_page() -> bytes:
    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].mediabox = Array([0, 0, 10**6, 10**6])

    return edited(official(), stretch)


def narrow_page() -> bytes:
    def stretch(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].mediabox = Array([0, 0, 2, 14000])

    return edited(official(), stretch)


def without_pages() -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def with_bad_page() -> bytes:
    """The second of three pages is a number instead of a page."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids[1] = pdf.make_indirect(pikepdf.Object.parse(b"42"))

    return edited(with_pages(3), spoil)


def truncated(data: bytes | None = None, *, missing: int = 3_000) -> bytes:
    """Its last bytes never arrived."""
    return (data or plainly_written(with_pages(3)))[:-missing]


def plainly_written(data: bytes) -> bytes:
    """Every object stands in the file by itself, as older programs write it."""
    return edited(data, _unchanged, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def without_index() -> bytes:
    """Its table of objects points anywhere."""
    plain = plainly_written(official())
    at = plain.rfind(b"startxref")
    return plain[:at] + b"startxref\n7\n%%EOF\n"


def behind_garbage() -> bytes:
    return b"HTTP/1.1 200 OK\r\n\r\n" + official()


# Pictures


def _picture(dpi: int, *, text: bool = True, seed: int = 0) -> Image.Image:
    """A scanned A4 sheet: lines of strokes on slightly dirty paper."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("L", (width, height), 247)
    draw = ImageDraw.Draw(image)
    for at in range(60):
        speck = (at * 7919 + seed * 31) % width, (at * 6007) % height
        draw.point(speck, fill=225)
    if text:
        for line in range(10, 90):
            y = height * line // 100
            for word in range(8):
                x = width * (10 + word * 10) // 100
                draw.line((x, y, x + width * 7 // 100, y), fill=30, width=max(1, dpi // 60))
    return image


def scanned(dpi: int = 200, *, pages: int = 1, text: bool = True) -> bytes:
    """Pages that are nothing but a picture; without text they are blank sheets."""
    images = [_picture(dpi, text=text, seed=page) for page in range(pages)]
    return _from_pictures(images)


def _from_pictures(images: Sequence[Image.Image], *, words: bytes = b"") -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for image in images:
            page = pdf.add_blank_page(page_size=(595, 842))
            stream = _image(pdf, image)
            page.obj.Resources = Dictionary(
                XObject=Dictionary(Im0=stream), Font=Dictionary(F1=_helvetica(pdf))
            )
            page.contents_add(b"q 595 0 0 842 0 0 cm /Im0 Do Q " + words)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _image(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Object:
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=60)
    return pdf.make_stream(
        jpeg.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def in_strips(dpi: int = 200) -> bytes:
    """A scan that the scanner cut into twenty pictures."""
    image = _picture(dpi)
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        pictures = Dictionary()
        for strip in range(20):
            top, bottom = image.height * strip // 20, image.height * (strip + 1) // 20
            part = image.crop((0, top, image.width, bottom))
            pictures[f"/Im{strip}"] = _image(pdf, part)
            place = f"q 595 0 0 {842 / 20} 0 {842 - 842 * (strip + 1) / 20} cm /Im{strip} Do Q "
            page.contents_add(place.encode())
        page.obj.Resources = Dictionary(XObject=pictures)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _noise(length: int) -> bytes:
    return random.Random(1).randbytes(length)  # noqa: S311 - the same each time


def photographed() -> bytes:
    """A page that is a photo, with more shades than letters have."""
    image = Image.radial_gradient("L").resize((1240, 1754))
    noise = Image.frombytes("L", (1240, 1754), _noise(1240 * 1754))
    return _from_pictures([Image.blend(image, noise, 0.2)])


def with_last_page_scanned() -> bytes:
    """A document whose last page was signed by hand and scanned."""

    def append(pdf: pikepdf.Pdf) -> None:
        with pikepdf.open(io.BytesIO(scanned(150))) as last:
            pdf.pages.extend(last.pages)

    return edited(official(), append)


def scanned_with_text(dpi: int = 200) -> bytes:
    """A scan over which a program laid invisible text."""
    words = b"BT 3 Tr /F1 12 Tf 60 700 Td (Invisible words that a program recognised) Tj ET"
    return _from_pictures([_picture(dpi)], words=words)


def written_on_picture() -> bytes:
    """Visible text on a background that is a picture: no scan."""
    words = b"BT /F1 12 Tf 60 700 Td (Visible words on a coloured background) Tj ET"
    return _from_pictures([Image.new("L", (60, 84), 200)], words=words)


def _helvetica(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )


# Fields


CLERK = (("125", (147, 724)), ("05", (386, 724)), ("01", (442, 724)))
"""What the clerk's program writes into the gaps of ``BLANK_FORM``, and where, in points."""


def with_fields(*texts: tuple[str, tuple[int, int]], document: Official = BLANK_FORM) -> bytes:
    """Signature fields on page 1 whose appearance alone shows a text, as ``CLERK``."""

    def add(pdf: pikepdf.Pdf) -> None:
        font = _helvetica(pdf)
        page = pdf.pages[0]
        fields = [
            _field(pdf, page, font, f"Signature{number}", text, place)
            for number, (text, place) in enumerate(texts, 1)
        ]
        page.obj.Annots = Array(fields)
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(fields), SigFlags=1))

    return edited(official(document), add)


def with_note(text: str, *, subtype: str = "/Text") -> bytes:
    """A note on page 1: "/Text" is a comment, "/FreeText" is written over the page."""

    def add(pdf: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name(subtype),
            Contents=String(text),
            Rect=Array([10, 10, 40, 40]),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    return edited(official(), add)


def with_form(value: str) -> bytes:
    """A form whose only field was filled in."""

    def add(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("name"),
                V=String(value),
                Rect=Array([10, 10, 200, 40]),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field])))

    return edited(official(), add)


def _field(  # noqa: PLR0913, PLR0917 - everything a widget needs
    pdf: pikepdf.Pdf,
    page: pikepdf.Page,
    font: pikepdf.Object,
    name: str,
    text: str,
    place: tuple[int, int],
) -> pikepdf.Object:
    x, y = place
    width = 9 * len(text)
    look = pdf.make_stream(
        b"BT /F1 12 Tf 1 4 Td (" + text.encode("ascii") + b") Tj ET",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, width, 16]),
        Resources=Dictionary(Font=Dictionary(F1=font)),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(name),
            F=4,
            P=page.obj,
            Rect=Array([x, y, x + width, y + 16]),
            AP=Dictionary(N=look),
        )
    )


# Signatures


@cache
def _certificate(*, authority: bool = False) -> tuple[keys.PrivateKeyInfo, asn1_x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, SAMPLE.issuer),
        x509.NameAttribute(NameOID.COMMON_NAME, "TSA" if authority else SAMPLE.signer),
        x509.NameAttribute(NameOID.EMAIL_ADDRESS, SIGNER_EMAIL),
    ]
    name = x509.Name(attributes)
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(2000 if authority else 1000)
        .not_valid_before(datetime(2023, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2043, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if authority:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = certificate.public_bytes(serialization.Encoding.DER)
    return keys.PrivateKeyInfo.load(private), asn1_x509.Certificate.load(public)


def certificate() -> bytes:
    """DER of the certificate that signs; trusted when it lies in the trust folder."""
    return bytes(_certificate()[1].dump())


def certificate_as_text() -> bytes:
    """The same in PEM."""
    armoured: bytes = pem.armor("CERTIFICATE", certificate())
    return armoured


def _stamper() -> DummyTimeStamper:
    key, issued = _certificate(authority=True)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register(issued)
    return DummyTimeStamper(issued, key, certs_to_embed=store, fixed_dt=STAMPED_AT)


def signed(
    data: bytes | None = None,
    *,
    field: str = "SignatureOfOffice",
    visible: bool = True,
    digest: str = "sha256",
    stamped: bool = False,
) -> bytes:
    """The file with one more signature, appended to it."""
    key, issued = _certificate()
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    signer = signers.SimpleSigner(signing_cert=issued, signing_key=key, cert_registry=store)
    box = (330, 120, 500, 190) if visible else None
    writer = IncrementalPdfFileWriter(io.BytesIO(data or official()))
    if writer.prev.encrypted:
        writer.encrypt(b"")  # type: ignore[no-untyped-call]
    target = io.BytesIO()
    signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=field, md_algorithm=digest, reason=f"by {SIGNER_EMAIL}"
        ),
        signer=signer,
        timestamper=_stamper() if stamped else None,
        stamp_style=TextStampStyle(stamp_text=f"Email: {SIGNER_EMAIL}\nTime: %(ts)s"),
        new_field_spec=SigFieldSpec(field, on_page=0, box=box),
    ).sign_pdf(writer, output=target)
    return target.getvalue()


def signed_twice() -> bytes:
    return signed(signed(), field="SignatureOfClerk")


def document_timestamped() -> bytes:
    """Signed, then the whole document time-stamped."""
    target = io.BytesIO()
    stamper = signers.PdfTimeStamper(_stamper())
    stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(signed())), "sha256", output=target)
    return target.getvalue()


def rewritten(data: bytes | None = None) -> bytes:
    """Signed, then stamped by a program that writes the whole file anew."""

    def stamp(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"q 1 0 0 RG 20 780 120 45 re S Q")

    return edited(data or signed_twice(), stamp)


def changed_after_signing() -> bytes:
    """Signed, then a drawing added to the page as a revision of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed()))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    drawing = writer.add_object(generic.StreamObject(stream_data=b"q 50 50 200 30 re S Q"))
    contents = page.raw_get("/Contents")
    first = contents[0] if isinstance(contents, generic.ArrayObject) else contents
    page[generic.pdf_name("/Contents")] = generic.ArrayObject([first, drawing])
    writer.mark_update(page.container_ref)
    target = io.BytesIO()
    writer.write(target)  # type: ignore[no-untyped-call]
    return target.getvalue()


def tampered() -> bytes:
    """Signed, then one byte of it turned in place, in the comment of the header."""
    data = bytearray(signed())
    at = data.find(b"%", 5) + 1
    data[at] ^= 1
    return bytes(data)


def without_form(data: bytes) -> bytes:
    """A program dropped the form; its fields still stand on the page."""

    def drop(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.AcroForm

    return edited(data, drop)


def orphaned() -> bytes:
    """Signed, then the form dropped."""
    return without_form(signed())


def unverifiable() -> bytes:
    """Signed; what should be the signature is not one."""
    data = signed()
    at = data.find(b"/Contents <") + len(b"/Contents <")
    return data[:at] + b"00" * 40 + data[at + 80 :]
