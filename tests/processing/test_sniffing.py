"""Kinds by content; the makers of other tests give the large formats."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model import kinds
from site_builder.processing.sniffing import _MAGIC, _OLD_OFFICE, sniff


def packed(members: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            # The same bytes on every day: they name the test.
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def ooxml(main: str) -> bytes:
    return packed(
        {"[Content_Types].xml": f'<Types><Override ContentType="{main}"/></Types>'.encode()}
    )


DOCX = ooxml("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
XLSM = ooxml("application/vnd.ms-excel.sheet.macroEnabled.main+xml")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HUGE = b"PK\3\4" + bytes(60) + b"PK\5\6" + bytes(8) + b"\xff\xff\xff\x7f" + bytes(6)

CASES: tuple[tuple[bytes, str, str], ...] = (
    (b"", "empty", ""),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:aa\n", "lfs-pointer", ""),
    (b"/annex/objects/SHA256E-s1--aa.pdf\n", "annex-pointer", ""),
    (b"%PDF-1.7\n", "pdf", ""),
    (b"\r\n\r\n%PDF-1.7\n", "pdf", "offset 4"),
    (b"\xff\xd8\xff\xe0", "jpg", ""),
    (b"RIFF\0\0\0\0WEBPVP8 ", "webp", ""),
    (b"RIFF\0\0\0\0ACON", "riff", ""),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", ""),
    (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "avif", ""),
    (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", "mp4", ""),
    (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "mov", ""),
    (DOCX, "docx", ""),
    (XLSM, "xlsm", ""),
    (b"MSG" + DOCX, "docx", "offset 3"),
    (DOCX[:60], "ooxml-other", "damaged"),
    (packed({}), "zip", "empty"),
    (packed({"a.txt": b"a"}), "zip", ""),
    (HUGE, "zip", "huge"),
    (packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "ods", ""),
    (packed({"mimetype": b"application/vnd.oasis.opendocument.chart"}), "odf-other", ""),
    (packed({"META-INF/manifest.xml": b"", "content.xml": b""}), "odt", ""),
    (packed({"META-INF/MANIFEST.MF": b""}), "jar", ""),
    (packed({"META-INF/MANIFEST.MF": b"", "AndroidManifest.xml": b""}), "apk", ""),
    (packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b""}), "docx", ""),
    (OLE, "ole", "damaged"),
    (OLE + "WordDocument".encode("utf-16-le"), "doc", "damaged"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "ooxml-encrypted", "damaged"),
    (b"MZ" + bytes(58) + b"\x40\0\0\0PE\0\0", "exe", ""),
    (b"MZ" + bytes(98), "exe", "dos"),
    (b"BM" + bytes(12) + b"\x28\0\0\0" + bytes(20), "bmp", ""),
    (b"\0\0\1\0\x01" + bytes(30), "ico", ""),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg", "utf-8"),
    (b"<?xml version='1.0'?><!-- a --><svg />", "svg", "utf-8"),
    (b"<!DOCTYPE html><title>a</title><svg />", "html", "utf-8"),
    (b"<!-- no end <html>", "txt", "utf-8"),
    (b"before <HTML lang=vi>", "html", "utf-8"),
    (b"<?xml version='1.0'?><a/>", "xml", "utf-8"),
    (b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "xml-excel2003", "utf-8"),
    (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "mhtml", "utf-8"),
    (b"From: a\nSubject: b\n", "eml", "utf-8"),
    (b"[InternetShortcut]\r\nURL=https://example.com\r\n", "url", "utf-8"),
    (b"#!/bin/sh\nexit\n", "script", "utf-8"),
    (b"%!PS-Adobe-3.0\n", "ps", "utf-8"),
    ("\u0110\u1ea1i h\u1ed9i".encode(), "txt", "utf-8"),
    ("\u0110\u1ea1i h\u1ed9i".encode("utf-16"), "txt", "utf-16"),
    (b"C\xe9ng ho\xb5 x\xb7 h\xe9i", "txt", "8bit"),
    (b"a" * 65_535 + "\u1ea1".encode(), "txt", "utf-8"),
    (b" \r\n\t", "txt", "blank"),
    (b"abc\0def", "binary", ""),
    (b"\1\2\3\4\5\6abc", "binary", ""),
    (b"Article with a <svg> inside", "txt", "utf-8"),
)


@pytest.mark.parametrize(
    ("data", "kind", "detail"),
    CASES,
    ids=[f"{number}-{kind}" for number, (_, kind, _) in enumerate(CASES)],
)
def test_kinds(data: bytes, kind: str, detail: str) -> None:
    assert sniff(data) == (kind, detail)


@pytest.mark.parametrize(("offset", "magic", "kind"), _MAGIC)
def test_every_magic_leads_to_its_kind(offset: int, magic: bytes, kind: str) -> None:
    assert sniff(bytes(offset) + magic + bytes(300))[0] == kind


@pytest.mark.parametrize(("magic", "kind", "detail"), _OLD_OFFICE)
def test_old_office(magic: bytes, kind: str, detail: str) -> None:
    assert sniff(magic + bytes(20)) == (kind, detail)


def test_only_known_kinds() -> None:
    assert {kind for _, kind, _ in CASES} <= kinds.FAMILY_OF.keys()
    assert {kind for _, _, kind in _MAGIC} <= kinds.FAMILY_OF.keys()


def test_many_opened_comments_cost_nothing() -> None:
    assert sniff(b"<!--" * 16_000)[0] == "txt"
    assert sniff(b"<!---->" * 9_000 + b"<svg>")[0] == "svg"


SEEDS = tuple(data for data, _, _ in CASES if data)


@given(st.binary(max_size=600))
def test_no_bytes_raise(data: bytes) -> None:
    assert sniff(data)[0] in kinds.FAMILY_OF


@given(st.sampled_from(SEEDS), st.data())
def test_no_damage_raises(seed: bytes, data: st.DataObject) -> None:
    cut = seed[: data.draw(st.integers(0, len(seed)))]
    at = data.draw(st.integers(0, max(0, len(cut) - 1)))
    flipped = cut[:at] + bytes(255 - byte for byte in cut[at : at + 1]) + cut[at + 1 :]
    assert sniff(flipped)[0] in kinds.FAMILY_OF
    assert sniff(data.draw(st.binary(max_size=40)) + flipped)[0] in kinds.FAMILY_OF
