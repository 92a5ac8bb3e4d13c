"""What bytes are, told from the bytes alone: names lie.

About 0.3 ms per file. ``VERSION`` grows with every change of an answer.
"""

import io
import re
import zipfile
from collections.abc import Callable

VERSION = 1

Answer = tuple[str, str]

# Kinds by the bytes at an offset; the first that fits counts, so longer ones stand first.
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "pdf"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\0", "tif"),
    (0, b"MM\0*", "tif"),
    (0, b"II+\0", "tif"),
    (0, b"MM\0+", "tif"),
    (0, b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "jxl"),
    (0, b"\xff\x0a", "jxl"),
    (0, b"{\\rtf", "rtf"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"\x1f\x8b\x08", "gz"),
    (4, b"1AY&SY", "bz2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (257, b"ustar", "tar"),
    (0, b"\x7fELF", "elf"),
    (0, b"\xcf\xfa\xed\xfe", "macho"),
    (0, b"\xca\xfe\xba\xbe", "class"),
    (0, b"ITSF\x03", "chm"),
    (0, b"L\0\0\0\x01\x14\x02\0", "lnk"),
    (0, b"8BPS\0", "psd"),
    (0, b"\xc5\xd0\xd3\xc6", "ps"),
    (4, b"moov", "mov"),
    (4, b"mdat", "mov"),
    (4, b"wide", "mov"),
    (0, b"\x1aE\xdf\xa3", "mkv"),
    (0, b"OggS\0", "ogg"),
    (0, b"fLaC\0", "flac"),
    (0, b"ID3\x02", "mp3"),
    (0, b"ID3\x03", "mp3"),
    (0, b"ID3\x04", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (0, b"\xff\xf2", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"#!AMR\n", "amr"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (0, b"\0\0\x01\xba", "mpg"),
    (0, b"\0\0\x01\xb3", "mpg"),
)
# Office files older than OLE containers: what they are in ``detail``.
_OLD_OFFICE: tuple[tuple[bytes, str, str], ...] = (
    (b"\x09\x00\x04\x00", "xls", "biff2-4"),
    (b"\x09\x02\x06\x00", "xls", "biff2-4"),
    (b"\x09\x04\x06\x00", "xls", "biff2-4"),
    (b"\x31\xbe", "doc", "word1"),
    (b"\x32\xbe", "doc", "word1"),
    (b"\xdb\xa5\x2d\x00", "doc", "word2"),
    (b"\x9b\xa5", "doc", "word2"),
)
_RIFF = {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "wav"}
_HEVC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx"})
_HEIF_BRANDS = _HEVC_BRANDS | {b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
_MAJOR_BRANDS = (
    (b"qt  ", "mov"),
    (b"M4A", "m4a"),
    (b"crx", "cr3"),
    (b"jp2", "jp2"),
    (b"jpx", "jp2"),
)
# Parts of the content types, in lower case, that name the main part of an OOXML package.
_CONTENT_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "dotx"),
    (b"ms-word.document.macroenabled", "docm"),
    (b"ms-word.template.macroenabled", "dotm"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xltx"),
    (b"ms-excel.sheet.macroenabled", "xlsm"),
    (b"ms-excel.template.macroenabled", "xltm"),
    (b"ms-excel.addin.macroenabled", "xlam"),
    (b"ms-excel.sheet.binary", "xlsb"),
    (b"presentationml.presentation.main", "pptx"),
    (b"presentationml.slideshow.main", "ppsx"),
    (b"ms-powerpoint.presentation.macroenabled", "pptm"),
    (b"ms-powerpoint.slideshow.macroenabled", "ppsm"),
    (b"presentationml.template.main", "potx"),
    (b"visio.drawing", "vsdx"),
    (b"package.dwfx", "dwfx"),
    (b"fixedrepresentation+xml", "xps"),
)
_MAIN_PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_MIMETYPES = {
    f"{_OPEN_DOCUMENT}.text": "odt",
    f"{_OPEN_DOCUMENT}.spreadsheet": "ods",
    f"{_OPEN_DOCUMENT}.presentation": "odp",
    f"{_OPEN_DOCUMENT}.graphics": "odg",
    "application/epub+zip": "epub",
    "image/openraster": "ora",
}
_OLE_STREAMS = (
    ("EncryptedPackage", "ooxml-encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("VisioDocument", "vsd"),
)
_XML_NAMESPACES = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "xml-excel2003"),
    ("schemas.microsoft.com/office/word/2003", "xml-word2003"),
    ("schemas.microsoft.com/office/2006/xmlpackage", "xml-flatopc"),
)
_BMP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})

_LFS = b"version https://git-lfs.github.com/spec/v1"
_ANNEX = re.compile(rb"(/annex/objects/|\.\./.*\.git/annex/)")
_HTML_START = re.compile(
    r"(<\?xml[^>]{0,200}>\s*)?<(!doctype\s+html|html|head|body|table|script|title)[\s>]"
)
_HTML_ROOT = re.compile(r"<html[\s>]")
_SVG_ROOT = re.compile(r"<svg[\s>]")
_MAIL_HEADER = re.compile(r"(?:from|return-path|received|message-id|subject|date|x-[\w-]+): ")
_ELEMENT = re.compile(r"<[a-z_][\w:.-]{0,80}[\s>]")

_POINTER_SIZE = 1024
_SAMPLE = 65_536
_HEAD = 4096
_PDF_HEADER_WITHIN = 1024
_ZIP_WITHIN = 8192
_CENTRAL_DIRECTORY = 32 << 20
_TYPES_SIZE = 512_000


def sniff(data: bytes) -> Answer:
    """Kind of some bytes (a key of ``kinds.FAMILY_OF``) and a detail; never raises.

    Details: ``damaged`` and ``empty`` containers, ``encrypted`` members, ``huge`` directories,
    ``offset N`` for content behind foreign bytes, the encoding of a text, ``blank``.
    """
    for look in _LOOKS:
        answer = look(data)
        if answer is not None:
            return answer
    return _textual(data)


def _nothing(data: bytes) -> Answer | None:
    return None if data else ("empty", "")


def _pointer(data: bytes) -> Answer | None:
    """What Git keeps instead of a large file."""
    if len(data) >= _POINTER_SIZE:
        return None
    if data.startswith(_LFS):
        return "lfs-pointer", ""
    return ("annex-pointer", "") if _ANNEX.match(data) else None


def _magic(data: bytes) -> Answer | None:
    head = data[:264]
    for offset, magic, kind in _MAGIC:
        if head.startswith(magic, offset):
            return kind, ""
    return next(
        ((kind, detail) for magic, kind, detail in _OLD_OFFICE if head.startswith(magic)), None
    )


def _riff(data: bytes) -> Answer | None:
    return (_RIFF.get(data[8:12], "riff"), "") if data.startswith(b"RIFF") else None


def _iso_media(data: bytes) -> Answer | None:
    """MPEG-4 containers: films, sound and the photos of telephones."""
    if data[4:8] != b"ftyp":
        return None
    size = min(int.from_bytes(data[:4], "big"), 256, len(data))
    major = data[8:12]
    brands = {major} | {data[at : at + 4] for at in range(16, size, 4)}
    if brands & {b"avif", b"avis"}:
        return "avif", ""
    if brands & _HEVC_BRANDS or major in _HEIF_BRANDS:
        return "heic", ""
    return next((kind for brand, kind in _MAJOR_BRANDS if major.startswith(brand)), "mp4"), ""


def _container(data: bytes) -> Answer | None:
    if data[:4] in {b"PK\3\4", b"PK\5\6", b"PK\7\x08"}:
        return _zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    return None


def _zip(data: bytes) -> Answer:
    end = data.rfind(b"PK\5\6")
    if end >= 0 and int.from_bytes(data[end + 12 : end + 16], "little") > _CENTRAL_DIRECTORY:
        return "zip", "huge"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _zip_members(archive)
    except Exception:  # noqa: BLE001 - hostile directories raise whatever they like
        return _damaged_zip(data)


def _zip_members(archive: zipfile.ZipFile) -> Answer:
    names = set(archive.namelist())
    if not names:
        return "zip", "empty"
    kind = _ooxml(archive, names) or _open_document(archive, names) or _other_package(names)
    if kind:
        return kind, ""
    encrypted = any(member.flag_bits & 1 for member in archive.infolist())
    return "zip", "encrypted" if encrypted else ""


def _ooxml(archive: zipfile.ZipFile, names: set[str]) -> str:
    types = _member(archive, names, "[Content_Types].xml", _TYPES_SIZE).lower()
    if not types:
        return ""
    for part, kind in _CONTENT_TYPES:
        if part in types:
            return kind
    low = {name.lower() for name in names}
    return next((kind for part, kind in _MAIN_PARTS if part in low), "ooxml-other")


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    mimetype = _member(archive, names, "mimetype", 100).decode("latin-1").strip()
    if mimetype in _MIMETYPES:
        return _MIMETYPES[mimetype]
    if mimetype.startswith(_OPEN_DOCUMENT):
        return "odf-other"
    low = {name.lower() for name in names}
    return "odt" if {"meta-inf/manifest.xml", "content.xml"} <= low else ""


def _other_package(names: set[str]) -> str:
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names):
        return "iwork"
    if "AndroidManifest.xml" in names:
        return "apk"
    if "META-INF/MANIFEST.MF" in names:
        return "jar"
    return "kmz" if "doc.kml" in names else ""


def _member(archive: zipfile.ZipFile, names: set[str], name: str, limit: int) -> bytes:
    """The beginning of a member; nothing when it is absent or cannot be read."""
    if name not in names:
        return b""
    try:
        with archive.open(name) as member:
            return member.read(limit)
    except Exception:  # noqa: BLE001 - one bad member says nothing about the others
        return b""


def _damaged_zip(data: bytes) -> Answer:
    """Without its directory: told by the local headers at the beginning."""
    if data.startswith(b"[Content_Types].xml", 30) or b"word/" in data[:_HEAD]:
        sample = data[:200_000]
        if b"word/" in sample:
            return "docx", "damaged"
        return ("xlsx" if b"xl/" in sample else "ooxml-other"), "damaged"
    return "zip", "damaged"


def _ole(data: bytes) -> Answer:
    import olefile  # noqa: PLC0415 - few files need it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            top = {entry[0].lower() for entry in container.listdir(streams=True, storages=True)}
        detail = ""
    except Exception:  # noqa: BLE001 - hostile containers raise whatever they like
        top = {name.lower() for name, _ in _OLE_STREAMS if name.encode("utf-16-le") in data}
        detail = "damaged"
    for name, kind in _OLE_STREAMS:
        if name.lower() in top:
            return kind, detail
    if any(name.startswith(("__properties_version1", "__substg1.0")) for name in top):
        return "msg", detail
    return "ole", detail


def _program(data: bytes) -> Answer | None:
    if not data.startswith(b"MZ") or len(data) <= 64:  # noqa: PLR2004 - length of the DOS header
        return None
    at = int.from_bytes(data[60:64], "little")
    return "exe", "" if data[at : at + 2] in {b"PE", b"NE", b"LE"} else "dos"


def _small_picture(data: bytes) -> Answer | None:
    """Formats whose magic is too short to be believed alone."""
    if len(data) <= 26:  # noqa: PLR2004 - the shortest header
        return None
    if data.startswith(b"BM") and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "bmp", ""
    return ("ico", "") if data.startswith(b"\0\0\1\0") and data[4] else None


def _shifted(data: bytes) -> Answer | None:
    """Content that readers find although foreign bytes stand before it."""
    at = data[:_PDF_HEADER_WITHIN].find(b"%PDF-")
    if at > 0:
        return "pdf", f"offset {at}"
    at = data[:_ZIP_WITHIN].find(b"PK\3\4")
    if at > 0 and b"PK\5\6" in data:
        return _zip(data)[0], f"offset {at}"
    return None


_LOOKS: tuple[Callable[[bytes], Answer | None], ...] = (
    _nothing,
    _pointer,
    _riff,
    _iso_media,
    _magic,
    _container,
    _program,
    _small_picture,
    _shifted,
)


def _textual(data: bytes) -> Answer:
    text, encoding = _decoded(data)
    if not encoding:
        return "binary", ""
    if not text.strip("\ufeff \t\r\n\f"):
        return "txt", "blank"
    start = _without_comments(text.lower()).lstrip("\ufeff \t\r\n")
    return _markup(start) or _mail(start) or _plain(start), encoding


def _decoded(data: bytes) -> tuple[str, str]:
    """The beginning of a text and its encoding, "" when the bytes are no text."""
    head = data[:_SAMPLE]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
        return (text, "utf-16") if text.count("\ufffd") < 3 else ("", "")  # noqa: PLR2004 - a cut pair
    if b"\0" in head[:8192]:
        return "", ""
    text, encoding = _eight_bit(head)
    sample = text[:8192]
    controls = sum(char < " " and char not in "\t\r\n\f\x1b\b" for char in sample)
    return ("", "") if controls > max(2, len(sample) // 200) else (text, encoding)


def _eight_bit(head: bytes) -> tuple[str, str]:
    try:
        return head.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        # The sample may end within a letter.
        if error.start > len(head) - 4:
            return head[: error.start].decode("utf-8-sig"), "utf-8"
        return head.decode("cp1258", "replace"), "8bit"


def _without_comments(text: str) -> str:
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join((*kept, text[at:]))


def _markup(start: str) -> str:
    head = start[:_HEAD]
    html = _HTML_START.match(head)
    if not html and head.startswith("<") and _SVG_ROOT.search(head):
        return "svg"
    if html or _HTML_ROOT.search(head[:2048]):
        return "html"
    if head.startswith("<?xml") or _ELEMENT.match(head):
        return next((kind for space, kind in _XML_NAMESPACES if space in head), "xml")
    return ""


def _mail(start: str) -> str:
    if start.startswith("mime-version:") or (_MAIL_HEADER.match(start) and "\n" in start):
        return "mhtml" if "multipart/related" in start[:_HEAD] else "eml"
    return ""


def _plain(start: str) -> str:
    if start.startswith("[internetshortcut]"):
        return "url"
    if start.startswith("#!"):
        return "script"
    return "ps" if start.startswith("%!ps") else "txt"
