"""The eyes of the canary test are open: they find a word in every spelling and every layer."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.e2e.looking import Eyes

WORD = "zqkvx\u1ebfw\u1eefp\u0111\u1ee3t"


def _zip(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def _pdf() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = WORD
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _png() -> bytes:
    told = PngInfo()
    told.add_text("Comment", WORD, zip=True)
    out = io.BytesIO()
    Image.new("L", (4, 4)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


HIDDEN = {
    "plain": WORD.encode(),
    "upper case": WORD.upper().encode(),
    "without marks": b"ZQKVXEWUPDOT",
    "percent": quote(WORD).lower().encode(),
    "references": WORD.encode("ascii", "xmlcharrefreplace"),
    "json": json.dumps({"text": WORD}).encode(),
    "json in a script": json.dumps(json.dumps(WORD)).encode(),
    "utf-16": WORD.encode("utf-16"),
    "base64": base64.b64encode(f"x{WORD}y".encode()),
    "base64 shifted": base64.b64encode(f"xy{WORD}".encode()),
    "base64 shifted twice": base64.urlsafe_b64encode(f"xyz {WORD}".encode()),
    "hexadecimal": WORD.encode().hex().encode(),
    "gzip": gzip.compress(WORD.encode()),
    "deflate": b"xx" + zlib.compress(WORD.encode()),
    "a member": _zip("a.txt", WORD.encode()),
    "a member's name": _zip(f"{WORD}.txt", b""),
    "a member of a member": _zip("b.zip", _zip("a.txt", WORD.encode())),
    "a document": _pdf(),
    "a chunk of a picture": _png(),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_word_is_found(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(HIDDEN[name])
    assert Eyes([WORD]).in_folder(tmp_path)


def test_a_name_of_a_file_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / f"{WORD}.txt").touch()
    assert Eyes([WORD]).in_folder(tmp_path)


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"zqkvx " * 1000)
    assert Eyes([WORD]).in_folder(tmp_path) == []
