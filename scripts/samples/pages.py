"""Sample documents as DOCX, from the same blocks as the PDFs."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from scripts.samples.archives import repack
from scripts.samples.letters import letter
from scripts.samples.markup import Shared

_FONT: Final = "Times New Roman"
_TEXT_MM: Final = 165  # A4 less the margins of 30 and 15 mm
_RED: Final = RGBColor(0x8A, 0x1F, 0x1F)
# What Word itself writes for a diagonal watermark: a WordArt shape behind the header.
_WATERMARK: Final = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
    ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
    '<v:shape id="stamp" o:spid="_x0000_s2049" type="#_x0000_t136" style="position:absolute;'
    "width:440pt;height:90pt;rotation:318;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#f4dcdc"'
    ' stroked="f"><v:textpath style="font-family:&quot;Times New Roman&quot;;font-size:1pt"'
    ' string="{text}"/></v:shape></w:pict></w:r>'
)


def word_file(document: Mapping[str, Any], shared: Shared) -> bytes:
    """The DOCX of one entry of documents.yml."""
    described = letter(document, shared)
    file = Document()
    _prepare(file, described)
    _head(file, described)
    for block in described["blocks"]:
        _block(file, block, described)
    properties = file.core_properties
    properties.title, properties.author = described["title"], described["author"]
    properties.last_modified_by, properties.revision = "", 1
    made = datetime(described["year"], described["month"], described["day"], 8)  # noqa: DTZ001
    properties.created = properties.modified = made
    data = io.BytesIO()
    file.save(data)
    return repack(data.getvalue())


def _lighten(file: DocumentType) -> None:
    """Drop what the library's template carries along: a thumbnail, dozens of table styles."""
    for owner, tail in ((file.part, "/stylesWithEffects"), (file.part.package, "/thumbnail")):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.endswith(tail):
                del owner.rels[key]
    styles = file.styles.element
    for style in list(styles.iterchildren(qn("w:style"))):
        is_table = style.get(qn("w:type")) == "table"
        if is_table and style.get(qn("w:styleId")) not in {"TableNormal", "TableGrid"}:
            styles.remove(style)


def _prepare(file: DocumentType, described: Mapping[str, Any]) -> None:
    _lighten(file)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(14)
    fonts = normal.element.rPr.rFonts
    for script in ("w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(number)
    stamp = _WATERMARK.format(text=described["stamp"])
    for header in (section.header, section.first_page_header):
        header.paragraphs[0]._p.append(parse_xml(stamp))  # noqa: SLF001
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run(f"{described['stamp']}. {described['footer']}")
        run.font.size, run.font.color.rgb = Pt(8), _RED


def _page_number(paragraph: Paragraph) -> None:
    for kind, code in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = code
        run._element.append(element)  # noqa: SLF001


def _head(file: DocumentType, described: Mapping[str, Any]) -> None:
    words = described["words"]
    table = file.add_table(rows=2, cols=2)
    _grid(table, (66, 99))
    left, right = table.cell(0, 0), table.cell(0, 1)
    for place, line in enumerate(described["issuer_lines"]):
        _say(_next(left, first=place == 0), line, 12.5, bold=True)
    _say(_next(right, first=True), words["nation"], 12.5, bold=True)
    _say(_next(right, first=False), words["motto"], 13.5, bold=True, underline=True)
    if described["number"]:
        _say(_next(table.cell(1, 0), first=True), f"{words['number']} {described['number']}", 13)
    _say(_next(table.cell(1, 1), first=True), described["dated"], 13.5, italic=True)


def _block(file: DocumentType, block: Mapping[str, Any], described: Mapping[str, Any]) -> None:
    kind = block["kind"]
    if kind == "title":
        _say(_centred(file, 10), block["text"], 14, bold=True)
        for line in block["subject"]:
            _say(_centred(file), line, 13.5, bold=True)
    elif kind == "annex":
        # The whole file is an annex: no page of its own.
        _say(_centred(file, 8), block["subject"], 13.5, bold=True)
        _say(_centred(file), block["note"], 12, italic=True)
    elif kind == "page":
        file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif kind == "table":
        _table(file, block)
    elif kind == "sign":
        table = file.add_table(rows=1, cols=2)
        _grid(table, (80, 85))
        for place, line in enumerate(block["signer"]):
            _say(_next(table.cell(0, 1), first=place == 0), line, 13, bold=True)
        run = _next(table.cell(0, 1), first=False).add_run(described["words"]["unsigned"])
        run.italic, run.font.color.rgb = True, _RED
    else:
        paragraph = file.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
        _say(paragraph, block["text"], 14, bold=kind in {"h1", "h2"})


def _table(file: DocumentType, block: Mapping[str, Any]) -> None:
    rows: Sequence[Sequence[str]] = block["rows"]
    table = file.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    whole = sum(block["widths"])
    _grid(table, [_TEXT_MM * width / whole for width in block["widths"]], bare=False)
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            paragraph = table.cell(line, place).paragraphs[0]
            middle = line == 0 or block["centred"][place]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if middle else WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.space_before = Pt(block["inset"])
            paragraph.paragraph_format.space_after = Pt(block["inset"])
            _say(paragraph, cell.strip("*"), 12, bold=line == 0 or cell.startswith("**"))
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001


def _grid(table: Table, widths: Sequence[float], *, bare: bool = True) -> None:
    """Fixed widths: Word reads them from the columns, LibreOffice from the cells."""
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    if bare:
        borders = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right"))
        table._tbl.tblPr.append(  # noqa: SLF001
            parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>")
        )


def _next(cell: _Cell, *, first: bool) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def _centred(file: DocumentType, before: int = 0) -> Paragraph:
    paragraph = file.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(2)
    return paragraph


def _say(  # noqa: PLR0913 - a piece of text has that many sides
    paragraph: Paragraph,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic, run.underline = bold, italic, underline
