"""Looks for words in every byte of a folder, as somebody would who knows that they are there.

Every way in which a page, an index, an archive or a document may spell a word; every layer that
a file may have: compressed, packed, encoded.
"""

import base64
import gzip
import html
import io
import itertools
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pikepdf
import pypdfium2
from PIL import Image

from site_builder.model.text import fold

_DEEPEST = 5
_CONTEXT = 30
_STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_INFLATED = 4 << 20
_ALIGNMENTS = 3
_NO_PDF = (pikepdf.PdfError, pikepdf.PasswordError)
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)
_MANY = 100_000


def spellings(word: str) -> Iterator[bytes]:
    """The word in lower case as bytes, whatever it passed through."""
    marked = {unicodedata.normalize(form, word) for form in ("NFC", "NFD", "NFKD")}
    for text in {case(each) for each in marked | {fold(word)} for case in (str.lower, str.upper)}:
        ascii_json = json.dumps(text)[1:-1]
        references = text.encode("ascii", "xmlcharrefreplace")
        hexadecimal = "".join(each if each.isascii() else f"&#x{ord(each):x};" for each in text)
        for spelled in (
            text.encode(),
            html.escape(text).encode(),
            references,
            hexadecimal.encode(),
            quote(text, safe="").encode(),
            quote(quote(text, safe="")).encode(),
            ascii_json.encode(),
            ascii_json.replace("\\", "\\\\").encode(),
            text.encode("utf-16-le"),
            text.encode("utf-16-be"),
            text.encode().hex().encode(),
            text.encode("utf-16-be").hex().encode(),
            text.encode("cp1258", "ignore") if text.isascii() else b"",
        ):
            if spelled:
                yield spelled.lower()


def encodings(word: str) -> Iterator[bytes]:
    """The word in base64, wherever in a longer text it stands; case matters."""
    texts = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")} | {fold(word)}
    for text, codec in itertools.product(texts, ("utf-8", "utf-16-le")):
        data = text.encode(codec)
        for before in range(_ALIGNMENTS):
            # Signs that also hold bits of the neighbours are left out.
            spelled = base64.b64encode(b"\0" * before + data)
            start = (before * 8 + 5) // 6
            inner = spelled[start : (before + len(data)) * 8 // 6]
            yield inner
            yield inner.translate(bytes.maketrans(b"+/", b"-_"))


class Eyes:
    """Finds words."""

    def __init__(self, words: Iterable[str], *, exact: Iterable[bytes] = ()) -> None:
        """Prepare.

        Args:
            words: long and strange enough that they occur nowhere by chance.
            exact: bytes, in lower case where they have one.
        """
        words = tuple(words)
        loose = {spelled for word in words for spelled in spellings(word)} | set(exact)
        strict = {spelled for word in words for spelled in encodings(word)}
        self._loose = _any_of(loose)
        self._strict = _any_of(strict)

    def in_bytes(self, data: bytes) -> Iterator[bytes]:
        """What was found, with a little around it."""
        lowered = data.lower()
        for text, pattern in ((lowered, self._loose), (data, self._strict)):
            for match in itertools.islice(pattern.finditer(text), _MANY):
                yield text[max(0, match.start() - _CONTEXT) : match.end() + _CONTEXT]

    def in_folder(self, folder: Path) -> list[str]:
        """Every place below a folder, names of files included, where a word stands."""
        found = []
        for path in sorted(folder.rglob("*")):
            address = path.relative_to(folder).as_posix()
            looked: list[tuple[str, bytes]] = [(address, address.encode())]
            if path.is_file() and not path.is_symlink():
                looked += layers(address, path.read_bytes())
            found += [
                f"{where}: {text!r}" for where, data in looked for text in self.in_bytes(data)
            ]
        return found


def _any_of(words: Iterable[bytes]) -> re.Pattern[bytes]:
    listed = sorted(filter(None, words), key=len, reverse=True)
    return re.compile(b"|".join(map(re.escape, listed)) or rb"(?!)")


def layers(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """The bytes, and all that is packed into them."""
    yield name, data
    if depth == _DEEPEST:
        return
    inner: list[tuple[str, bytes]] = []
    if data[:2] == b"\x1f\x8b":
        with suppress(OSError, EOFError, zlib.error):
            inner.append(("gzip", gzip.decompress(data)))
    if zipfile.is_zipfile(io.BytesIO(data)):
        inner += _members(data)
    if b"%PDF-" in data[:1024]:
        inner += _objects(data)
        inner += _drawn(data)
    else:
        inner += _streams(data)
    inner += _told_by_pictures(data)
    for part, content in inner:
        yield from layers(f"{name}!{part}", content, depth + 1)


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    with suppress(*_NO_ARCHIVE), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield "comment", archive.comment
        for info in archive.infolist():
            yield "name", info.filename.encode()
            yield "member comment", info.comment
            with suppress(*_NO_ARCHIVE):
                yield info.filename, archive.read(info)


def _objects(data: bytes) -> Iterator[tuple[str, bytes]]:
    with suppress(*_NO_PDF), pikepdf.open(io.BytesIO(data)) as pdf:
        yield "trailer", _strings(pdf.trailer)
        for number, each in enumerate(pdf.objects):
            yield f"object {number}", _strings(each)
            if isinstance(each, pikepdf.Stream):
                with suppress(*_NO_PDF):
                    yield f"stream {number}", each.read_bytes()


def _drawn(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Text that stands in a document only as numbers of glyphs."""
    with suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(data)
        for number, page in enumerate(document):
            yield f"page {number + 1}", page.get_textpage().get_text_bounded().encode()
        document.close()


def _strings(each: object, depth: int = 0) -> bytes:
    """Texts of an object of a PDF as anybody reads them."""
    if isinstance(each, pikepdf.String | pikepdf.Name):
        return str(each).encode("utf-8", "replace")
    if depth < _DEEPEST and isinstance(each, pikepdf.Array):
        return b"\n".join(_strings(item, depth + 1) for item in each)
    if depth < _DEEPEST and isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return b"\n".join(
            key.encode() + b" " + _strings(each.get(key), depth + 1)
            for key in each.keys()  # noqa: SIM118 - it is no dict
        )
    return b""


def _streams(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Whatever can be inflated, wherever it begins: text chunks of pictures, say."""
    for match in _STREAM.finditer(data):
        with suppress(zlib.error):
            inflated = zlib.decompressobj().decompress(data[match.start() :], _INFLATED)
            if inflated:
                yield f"deflated at {match.start()}", inflated


def _told_by_pictures(data: bytes) -> Iterator[tuple[str, bytes]]:
    with suppress(Exception), Image.open(io.BytesIO(data)) as image:
        for key, value in {**image.info, **getattr(image, "text", {})}.items():
            yield f"picture {key}", value if isinstance(value, bytes) else str(value).encode()
        for tag, value in image.getexif().items():
            yield f"tag {tag}", value if isinstance(value, bytes) else str(value).encode()


def digests(contents: Mapping[str, bytes], sha256: Mapping[str, str]) -> Iterator[bytes]:
    """How a site could tell which bytes a file has."""
    for name in contents:
        digest = sha256[name]
        yield digest[:12].encode()
        yield f"-{digest[:8]}".encode()
        yield f"/{digest[:8]}".encode()
        yield bytes.fromhex(digest)[:8].lower()
