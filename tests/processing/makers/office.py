"""Office documents of every awkward kind, made from nothing; the same bytes each time."""

import io
import itertools
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from docx import Document

from tests.processing.makers.words import words

_DATE = (2026, 1, 10, 8, 0, 0)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
Parts = Mapping[str, bytes | str]


# ---- packages ----------------------------------------------------------------------------


def packed(parts: Parts, *, stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP with these parts in this order, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def with_parts(data: bytes, parts: Parts) -> bytes:
    """The package with some parts added or replaced."""
    return packed({**parts_of(data), **parts})


# ---- Word --------------------------------------------------------------------------------


def _grid(document: Any, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def official(*, draft: bool = False) -> bytes:
    """A plan of a commune in the layout of official documents; a draft has no number or day."""
    said = words()["document"]
    document = Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = datetime(2026, 1, 10, tzinfo=UTC)
    document.sections[0].footer.paragraphs[0].text = said["footer"]
    _grid(document, said["draft_header" if draft else "header"])
    document.add_paragraph(said["title"])
    document.add_paragraph(said["subject"])
    document.add_heading(said["heading"], level=2)
    for text in said["body"]:
        document.add_paragraph(text)
    _grid(document, said["table"])
    for text in said["signature"]:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return packed(parts_of(out.getvalue()))


def written(body: str, **parts: bytes | str) -> bytes:
    """A document with this XML as its body."""
    return with_parts(
        official(),
        {
            "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
            **parts,
        },
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tracked() -> bytes:
    said = words()["document"]
    return written(
        '<w:p><w:r><w:t xml:space="preserve">A </w:t></w:r>'
        '<w:del w:id="1" w:author="CANARY">'
        f"<w:r><w:delText>{said['deleted']}</w:delText></w:r></w:del>"
        f'<w:moveFrom w:id="3"><w:r><w:t>{said["deleted"]}</w:t></w:r></w:moveFrom>'
        f'<w:ins w:id="2" w:author="CANARY"><w:r><w:t>{said["inserted"]}</w:t></w:r></w:ins></w:p>'
    )


def boxed() -> bytes:
    """A text box in both versions that Word writes, and a table inside a cell."""
    box = f"<w:txbxContent>{paragraph(words()['document']['box'])}</w:txbxContent>"
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('inner')}</w:tc></w:tr></w:tbl>"
    return written(
        f"<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        f"</mc:AlternateContent></w:r><w:r><w:t>, after</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{paragraph('wide')}</w:tc>"
        f"<w:tc>{paragraph('last')}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('one')}{inner}</w:tc><w:tc>{paragraph('two')}</w:tc>"
        f"<w:tc>{paragraph('three')}</w:tc></w:tr></w:tbl>"
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>"
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>"
    )


def commented() -> bytes:
    return with_parts(
        official(),
        {"word/comments.xml": f'<w:comments xmlns:w="{_W}">{paragraph("x")}</w:comments>'},
    )


def with_macro() -> bytes:
    plain = parts_of(official())
    types = plain["[Content_Types].xml"]
    assert isinstance(types, bytes)
    return packed(
        {
            **plain,
            "[Content_Types].xml": types.replace(
                b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                b"application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0macro",
        }
    )


def with_embedded() -> bytes:
    return with_parts(
        official(),
        {
            "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0",
            "word/activeX/activeX1.xml": "<x/>",
        },
    )


def with_external() -> bytes:
    """A template and a picture from elsewhere, and a link that is only a citation."""
    targets = (
        ("attachedTemplate", "file:///C:/Users/CANARY/Mau.dotm"),
        ("image", "http://example.invalid/anh.png?CANARY=1"),
        ("hyperlink", "http://example.invalid/page"),
    )
    listed = "".join(
        f'<Relationship Id="x{at}" Type="{_R}/{kind}" Target="{target}" TargetMode="External"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return with_parts(
        official(),
        {
            "word/_rels/settings.xml.rels": f'<Relationships xmlns="{_RELATIONSHIPS}">'
            f"{listed}</Relationships>"
        },
    )


def with_author() -> bytes:
    return with_parts(
        official(),
        {
            "docProps/core.xml": "<cp:coreProperties "
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>CANARY</dc:creator>'
            "<cp:lastModifiedBy> </cp:lastModifiedBy></cp:coreProperties>"
        },
    )


def with_dde() -> bytes:
    return written(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def entities(kind: str) -> bytes:
    """A document type declaration where none belongs: ``laughs`` or ``outside``."""
    if kind == "laughs":
        levels = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
        declared, used = f'<!ENTITY l0 "ha">{levels}', "&l9;"
    else:
        declared, used = '<!ENTITY out SYSTEM "file:///etc/passwd">', "&out;"
    return with_parts(
        official(),
        {
            "word/document.xml": f'<!DOCTYPE w:document [{declared}]><w:document xmlns:w="{_W}">'
            f"<w:body>{paragraph(used)}</w:body></w:document>"
        },
    )


def cut_document() -> bytes:
    """The XML ends in the middle of a paragraph."""
    whole = f'<w:document xmlns:w="{_W}"><w:body>{paragraph("first")}<w:p><w:r><w:t>sec'
    return with_parts(official(), {"word/document.xml": whole})


def docx_bomb() -> bytes:
    """A part that claims to be a gigabyte."""
    return _claiming(
        with_parts(official(), {"word/media/image1.png": b"x"}), "word/media/image1.png", 1 << 30
    )


def _claiming(data: bytes, name: str, size: int) -> bytes:
    """The archive with another size for a member in its directory."""
    made = bytearray(data)
    at = data.rfind(name.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", made, at + 24, size)
    return bytes(made)


def presentation() -> bytes:
    """Two slides in the order of the list, not of their numbers, and a hidden one."""
    said = words()["slides"]
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    space = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'

    def slide(title: str, text: str, attributes: str = "") -> str:
        return (
            f"<p:sld {space} {drawing} {attributes}><p:sp><p:nvPr><p:ph type='title'/></p:nvPr>"
            f"<a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:sp>"
            f"<p:sp><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp></p:sld>"
        )

    def relationships(*listed: tuple[str, str, str]) -> str:
        return (
            f'<Relationships xmlns="{_RELATIONSHIPS}">'
            + "".join(
                f'<Relationship Id="{id_}" Type="{_R}/{kind}" Target="{target}"/>'
                for id_, kind, target in listed
            )
            + "</Relationships>"
        )

    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Override PartName='
            '"/ppt/presentation.xml" ContentType="application/vnd.openxmlformats-officedocument'
            '.presentationml.presentation.main+xml"/></Types>',
            "ppt/presentation.xml": f'<p:presentation {space} xmlns:r="{_R}"><p:sldIdLst>'
            '<p:sldId id="1" r:id="r2"/><p:sldId id="2" r:id="r1"/><p:sldId id="3" r:id="r3"/>'
            "</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relationships(
                ("r1", "slide", "slides/slide1.xml"),
                ("r2", "slide", "/ppt/slides/slide2.xml"),
                ("r3", "slide", "slides/slide3.xml"),
            ),
            "ppt/slides/slide1.xml": slide(said["second"], "1."),
            "ppt/slides/slide2.xml": slide(said["first"], "2."),
            "ppt/slides/slide3.xml": slide("hidden", "3.", 'show="0"'),
            "ppt/slides/_rels/slide2.xml.rels": relationships(
                ("n1", "notesSlide", "../notesSlides/notesSlide1.xml")
            ),
            "ppt/notesSlides/notesSlide1.xml": slide("", said["note"]),
        }
    )


# ---- workbooks ---------------------------------------------------------------------------


def workbook(rows: int = 3) -> bytes:
    """Numbers, dates, a formula, a comment, and sheets that are hidden and very hidden."""
    said = words()["sheet"]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 10, tzinfo=UTC)})
    dates = book.add_format({"num_format": "dd/mm/yyyy"})
    moments = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet(said["name"])
    sheet.write_row(0, 0, said["headings"])
    for row in range(1, rows + 1):
        sheet.write_number(row, 0, row)
        sheet.write_string(row, 1, said["label"])
        sheet.write_number(row, 2, 12.5)
        sheet.write_datetime(row, 3, datetime(2026, 1, 10), dates)  # noqa: DTZ001 - Excel's
    sheet.write_formula(rows + 1, 0, "=SUM(A2:A4)", None, 6)
    sheet.write_datetime(rows + 1, 3, datetime(2026, 1, 10, 14, 30), moments)  # noqa: DTZ001
    sheet.write_boolean(rows + 1, 2, True)  # noqa: FBT003 - its signature
    sheet.write_number(rows + 1, 1, 1203004567)
    hidden = book.add_worksheet(said["hidden"])
    hidden.write_string(0, 0, said["secret"])
    hidden.hide()
    very = book.add_worksheet(said["very_hidden"])
    very.write_string(0, 0, said["secret"])
    very.very_hidden()
    sheet.write_comment(0, 0, "x", {"author": "CANARY"})
    book.close()
    return packed(parts_of(out.getvalue()))


def blank_workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 10, tzinfo=UTC)})
    book.add_worksheet()
    book.close()
    return packed(parts_of(out.getvalue()))


def workbook_with_links() -> bytes:
    """A link to another workbook, and one that starts a program."""
    relationships = (
        f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r1" '
        f'Type="{_R}/externalLinkPath" Target="file:///D:/CANARY/so-lieu.xlsx" '
        'TargetMode="External"/></Relationships>'
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_parts(
        workbook(),
        {
            "xl/externalLinks/externalLink1.xml": f"<externalLink {space}/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": relationships,
            "xl/externalLinks/externalLink2.xml": f"<externalLink {space}>"
            '<ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
        },
    )


def stray_workbook(*, alone: bool = False) -> bytes:
    """A value in the very last cell of the first sheet."""
    parts = parts_of(workbook())
    sheet, book = parts["xl/worksheets/sheet1.xml"], parts["xl/workbook.xml"]
    assert isinstance(sheet, bytes)
    assert isinstance(book, bytes)
    stray = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    if alone:
        start, end = book.find(b"<sheets>") + 8, book.find(b"</sheets>")
        first = book[start : book.find(b"/>", start) + 2]
        book = book[:start] + first + book[end:]
    return packed(
        {
            **parts,
            "xl/workbook.xml": book,
            "xl/worksheets/sheet1.xml": sheet.replace(b"</sheetData>", stray),
        }
    )


def old_workbook(*, locked: bool = False) -> bytes:
    """Excel 97 to 2003: a sheet with two rows, a hidden one, a link, a note."""
    said = words()["sheet"]
    sheets = [
        (said["name"], 0, [_number(0, 0, 12.0), _label(0, 1, said["label"]), _number(1, 0, 0.25)]),
        (said["hidden"], 1, [_label(0, 0, said["secret"])]),
    ]
    begin = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x06))
    extra = _record(0x2F, b"\1\0" + bytes(52)) if locked else b""
    link = "\x01D\x02CANARY\x03so-lieu.xls"
    extra += _record(0x1AE, struct.pack("<HHB", 0, len(link), 0) + link.encode("latin-1"))
    end = _record(0x0A, b"")
    bodies = [
        _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x06))
        + b"".join(cells)
        + _record(0x1C, struct.pack("<HHHH", 0, 0, 0, 1))
        + end
        for _, _, cells in sheets
    ]
    sizes = [8 + 4 + 2 * len(name) for name, _, _ in sheets]
    at = len(begin) + len(extra) + sum(size for size in sizes) + len(end)
    listed = b""
    for (name, state, _), body in zip(sheets, bodies, strict=True):
        listed += _record(
            0x85, struct.pack("<IBBBB", at, state, 0, len(name), 1) + name.encode("utf-16-le")
        )
        at += len(body)
    return container({"Workbook": begin + extra + listed + end + b"".join(bodies)})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _number(row: int, column: int, value: float) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def _label(row: int, column: int, text: str) -> bytes:
    head = struct.pack("<HHHHB", row, column, 0, len(text), 1)
    return _record(0x204, head + text.encode("utf-16-le"))


# ---- OLE containers ----------------------------------------------------------------------

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# Shorter streams would go into another table; they are filled up instead.
_SHORTEST = 4096


def container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams; a slash in a name makes storages."""
    names = sorted({part for name in streams for part in _above(name)} | set(streams))
    padded = {name: data.ljust(_SHORTEST, b"\0") for name, data in streams.items()}
    counts = {name: -(-len(data) // _SECTOR) for name, data in padded.items()}
    directory_sectors = -(-(len(names) + 1) // 4)
    fat_sectors = 1
    while True:
        total = fat_sectors + directory_sectors + sum(counts.values())
        if total <= fat_sectors * 128:
            break
        fat_sectors += 1
    fat = [_FAT] * fat_sectors + _chain(fat_sectors, directory_sectors)
    starts = {}
    for name in padded:
        starts[name] = len(fat)
        fat += _chain(len(fat), counts[name])
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, fat_sectors, fat_sectors, 0, _SHORTEST, _END, 0, _END, 0)
        + struct.pack("<109I", *range(fat_sectors), *[_FREE] * (109 - fat_sectors))
    )
    entries = [_entry("Root Entry", 5, _child(names, ""), _FREE, _END, 0)]
    for name in names:
        following = _following(names, name)
        if name in padded:
            entry = _entry(name, 2, _FREE, following, starts[name], len(padded[name]))
        else:
            entry = _entry(name, 1, _child(names, name), following, 0, 0)
        entries.append(entry)
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    body = b"".join(data.ljust(counts[name] * _SECTOR, b"\0") for name, data in padded.items())
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + body


def _above(name: str) -> list[str]:
    parts = name.split("/")
    return ["/".join(parts[:at]) for at in range(1, len(parts))]


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _siblings(names: list[str], folder: str) -> list[str]:
    """In the order of the tree: shorter names first."""
    inside = [name for name in names if name.rpartition("/")[0] == folder]
    return sorted(inside, key=lambda name: (len(name), name.upper()))


def _child(names: list[str], folder: str) -> int:
    inside = _siblings(names, folder)
    return names.index(inside[0]) + 1 if inside else _FREE


def _following(names: list[str], name: str) -> int:
    inside = _siblings(names, name.rpartition("/")[0])
    after = dict(itertools.pairwise(inside)).get(name)
    return names.index(after) + 1 if after else _FREE


def _entry(  # noqa: PLR0913, PLR0917 - the fields of a directory entry
    name: str, kind: int, child: int, right: int, start: int, size: int
) -> bytes:
    last = name.rpartition("/")[2].encode("utf-16-le")
    return (
        last.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(last) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def old_document(  # noqa: PLR0913 - each makes another awkward file
    text: str = "",
    *,
    comments: str = "",
    wide: bool = True,
    bits: int = 0,
    version: int = 0xC1,
    extra: Mapping[str, bytes] | None = None,
) -> bytes:
    """Word 97 to 2003: the characters of the body, then those of the comments."""
    body = text or old_text()
    whole = body + comments
    encoded = whole.encode("utf-16-le") if wide else whole.encode("cp1252")
    head = bytearray(2048)
    struct.pack_into("<HH", head, 0, 0xA5EC, version)
    struct.pack_into("<H", head, 0x0A, 0x0200 | bits)
    struct.pack_into("<8I", head, 0x4C, len(body), 0, 0, 0, len(comments), 0, 0, 0)
    place = len(head) if wide else (len(head) * 2) | 0x40000000
    pieces = struct.pack("<II", 0, len(whole)) + struct.pack("<HIH", 0, place, 0)
    clx = b"\1\2\0\0\0" + b"\2" + struct.pack("<I", len(pieces)) + pieces
    struct.pack_into("<II", head, 0x01A2, 0, len(clx))
    return container({"WordDocument": bytes(head) + encoded, "1Table": clx, **(extra or {})})


def old_text() -> str:
    """The official document as Word 97 keeps it: cells and rows end in marks."""
    said = words()["document"]

    def rows(grid: list[list[str]]) -> str:
        return "".join(
            "".join(cell.replace("\n", "\r") + "\x07" for cell in row) + "\x07" for row in grid
        )

    lines = [said["title"], said["subject"], said["heading"], *said["body"]]
    field = "\x13 PAGE \x14" + "7" + "\x15"
    return (
        rows(said["header"])
        + "\r".join(lines)
        + "\r"
        + rows(said["table"])
        + "\r".join(said["signature"])
        + "\r"
        + field
        + "\r"
    )


def locked_package() -> bytes:
    """What Office writes for a document with a password."""
    return container({"EncryptedPackage": bytes(64), "EncryptionInfo": bytes(64)})


# ---- OpenDocument ------------------------------------------------------------------------


def _open_document(kind: str, content: str, parts: Parts | None = None) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{_OASIS}{space}:1.0"'
        for name, space in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("presentation", "presentation"),
        )
    )
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {spaces} "
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:xlink="http://www.w3.org/1999/xlink">{content}</office:document-content>',
            "META-INF/manifest.xml": "<manifest/>",
            **(parts or {}),
        },
        stored=("mimetype",),
    )


def open_text() -> bytes:
    said = words()["document"]
    return _open_document(
        "text",
        "<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion>"
        f"<text:p>{said['deleted']}</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        f'<text:h text:outline-level="2">{said["heading"]}</text:h>'
        f"<text:p>{said['subject']}<office:annotation><dc:creator>CANARY</dc:creator>"
        f"<text:p>{said['deleted']}</text:p></office:annotation></text:p>"
        "<table:table table:name='T'><table:table-row><table:table-cell><text:p>a</text:p>"
        "</table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p><draw:frame><draw:image xlink:href='http://example.invalid/anh.png'/>"
        "</draw:frame><text:a xlink:href='http://example.invalid/'>c</text:a></text:p>"
        "</office:text></office:body>",
        {
            "Basic/Standard/Module1.xml": "<x/>",
            "meta.xml": "<m xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0'>"
            "<meta:initial-creator>CANARY</meta:initial-creator></m>",
        },
    )


def open_workbook(repeat: int = 1_048_000) -> bytes:
    """Shown texts beside values, a row that is repeated to the end, a hidden sheet."""
    said = words()["sheet"]

    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"

    value = 'office:value="0.855"'
    many = f'table:number-rows-repeated="{repeat}"'
    wide = 'table:number-columns-repeated="16384"'
    return _open_document(
        "spreadsheet",
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="{said["name"]}"><table:table-row>'
        f"{cell(said['label'])}{cell('85,5%', value)}</table:table-row>"
        f"<table:table-row {many}><table:table-cell {wide}/></table:table-row>"
        f"<table:table-row>{cell('end')}</table:table-row></table:table>"
        f'<table:table table:name="{said["hidden"]}" table:style-name="h"><table:table-row>'
        f"{cell(said['secret'])}</table:table-row></table:table>"
        "</office:spreadsheet></office:body>",
    )


def open_slides() -> bytes:
    said = words()["slides"]
    slides = "".join(
        '<draw:page><draw:frame presentation:class="title"><draw:text-box>'
        f"<text:p>{text}</text:p></draw:text-box></draw:frame></draw:page>"
        for text in (said["first"], said["second"])
    )
    return _open_document(
        "presentation",
        f"<office:body><office:presentation>{slides}</office:presentation></office:body>",
    )


def locked_open_text() -> bytes:
    return with_parts(
        open_text(),
        {"META-INF/manifest.xml": "<m:x xmlns:m='a'><m:encryption-data/></m:x>"},
    )
