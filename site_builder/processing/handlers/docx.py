"""Word documents of today: text in reading order, headings, tables, and what hides in them."""

import re
from contextlib import suppress

from site_builder.model.processed import Flag, Paragraph, State, Table, TextSource
from site_builder.processing.excerpts import clean, excerpt, limited, table
from site_builder.processing.flagging import merged, raised
from site_builder.processing.office import xml
from site_builder.processing.office.package import (
    Package,
    Unreadable,
    ooxml_flags,
    opened,
    wordless,
)
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "docx"
VERSION = 1
KINDS = frozenset({"docx", "docm", "dotx", "dotm"})

_MAIN = "word/document.xml"
_STYLES = "word/styles.xml"
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PREFIXES = tuple(f"{namespace} " for namespace in _NAMESPACES)
# Text that was taken out or moved away; tab stops, which are named like tabs.
_SKIPPED = frozenset({"del", "moveFrom", "tabs"})
# Of two versions of a drawing the first is enough.
_SECOND_VERSION = " Fallback"
_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DDE = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|title)\s*([1-6])?$", re.IGNORECASE)
_DEEPEST = 6
# A cell over all columns of the widest table that Word can make.
_WIDEST = 63


def read(source: Source, settings: Settings) -> Reading:
    """Text with headers before and footers after the body, as on the first page."""
    try:
        with opened(source.path, main=_MAIN) as package:
            return _read(package)
    except Unreadable as error:
        return error.reading


def _read(package: Package) -> Reading:
    levels = _heading_levels(package)
    body = _Story(levels)
    whole = _told(package, _MAIN, body)
    before = _stories(package, r"word/header\d*\.xml", levels)
    after = _stories(package, r"word/(?:footer|footnotes|endnotes)\d*\.xml", levels)
    stories = (*before, body, *after)
    text = "\n".join(line for story in stories for line in story.lines())
    pages, more = limited([clean(text)])
    flags = merged(
        ooxml_flags(package),
        raised(
            {
                "tracked-changes": any(story.changed for story in stories),
                "dde": any(_DDE.match(story.instructions) for story in stories),
                "more-pages": more,
                "truncated": not whole,
            }
        ),
        _imported(body),
        () if pages[0].strip() or not whole else wordless(package),
    )
    if not whole and not pages[0].strip():
        return Reading(state=State.DAMAGED, why="unreadable", flags=flags)
    return Reading(
        state=State.READ if whole else State.PARTIAL,
        why="" if whole else "truncated",
        pages=pages,
        text_source=TextSource.LAYER if pages[0].strip() else TextSource.NONE,
        flags=flags,
        excerpt=excerpt(body.blocks()),
    )


def _stories(package: Package, pattern: str, levels: dict[str, int]) -> tuple["_Story", ...]:
    stories = []
    said: set[str] = set()
    for name in package.matching(pattern):
        story = _Story(levels)
        _told(package, name, story)
        # The first page, odd and even pages have headers of their own, mostly the same one.
        text = "\n".join(story.lines())
        if text not in said:
            said.add(text)
            stories.append(story)
    return tuple(stories)


def _told(package: Package, name: str, listener: xml.Listener) -> bool:
    """Whether the part could be read to its end."""
    try:
        package.listen(name, listener)
    except xml.Malformed:
        return False
    return True


def _imported(body: "_Story") -> tuple[Flag, ...]:
    return (Flag(name="embedded-object", details=("altChunk",)),) if body.imports else ()


def _heading_levels(package: Package) -> dict[str, int]:
    """Levels of the paragraph styles that are headings, by id."""
    styles = _Styles()
    with suppress(xml.Malformed):
        package.listen(_STYLES, styles)
    return styles.levels


class _Styles:
    """Finds the heading styles: by outline level, else by name."""

    def __init__(self) -> None:
        self.levels: dict[str, int] = {}
        self._id = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _word(name)
        if tag == "style":
            self._id = _value(attributes, "styleId")
        elif tag == "name" and self._id:
            if match := _HEADING.match(_value(attributes, "val")):
                self.levels.setdefault(self._id, int(match[1] or 1))
        elif tag == "outlineLvl" and self._id:
            level = _value(attributes, "val")
            if level.isdecimal() and int(level) < _DEEPEST:
                self.levels[self._id] = int(level) + 1

    def end(self, name: str) -> None:
        if _word(name) == "style":
            self._id = ""

    def text(self, data: str) -> None:
        """Styles have no text."""


class _Line:
    """A paragraph that is being read; its place in the document is where it began."""

    def __init__(self, cell: "_Cell | None") -> None:
        self.parts: list[str] = []
        self.level = 0
        self.cell = cell

    @property
    def text(self) -> str:
        return "".join(self.parts)


class _Cell:
    """A cell of an outermost table; whatever stands inside it is its text."""

    def __init__(self) -> None:
        self.lines: list[_Line] = []
        self.span = 1


class _Story:
    """Collects paragraphs and tables of one part in reading order.

    A paragraph may hold a text box with paragraphs of its own, a cell a table: the stack of open
    paragraphs and the depth of tables tell where text belongs.
    """

    def __init__(self, levels: dict[str, int]) -> None:
        self.changed = False
        self.imports = False
        self._levels = levels
        self._all: list[_Line] = []
        self._blocks: list[_Line | list[list[_Cell]]] = []
        self._open: list[_Line] = []
        self._tables = 0
        self._rows: list[list[_Cell]] = []
        self._cell: _Cell | None = None
        self._skipping = 0
        self._in_text = False
        self._in_field = False
        self._fields: list[str] = []

    @property
    def instructions(self) -> str:
        """The instructions of the first field that exchanges data, else of any field."""
        return next((each for each in self._fields if _DDE.match(each)), "")

    def lines(self) -> tuple[str, ...]:
        """Every paragraph in reading order, cells too."""
        return tuple(line.text for line in self._all)

    def blocks(self) -> tuple[Paragraph | Table, ...]:
        """The same as paragraphs and tables."""
        return tuple(
            Paragraph(text=block.text, level=block.level)
            if isinstance(block, _Line)
            else table([_texts(row) for row in block])
            for block in self._blocks
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _word(name)
        if tag in _CHANGES:
            self.changed = True
        if self._skipping or tag in _SKIPPED or name.endswith(_SECOND_VERSION):
            self._skipping += 1
            return
        if tag == "p":
            self._begin_paragraph()
        elif tag == "t":
            self._in_text = True
        elif tag in _BREAKS:
            self._say(_BREAKS[tag])
        elif tag == "tbl":
            self._begin_table()
        elif tag == "tr" and self._tables == 1:
            self._rows.append([])
        elif tag == "tc" and self._tables == 1 and self._rows:
            self._cell = _Cell()
            self._rows[-1].append(self._cell)
        elif tag == "altChunk":
            self.imports = True
        else:
            self._note(tag, attributes)

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        value = _value(attributes, "val")
        if tag == "pStyle" and self._open:
            self._open[-1].level = self._levels.get(value, 0)
        elif tag == "outlineLvl" and self._open and value.isdecimal() and int(value) < _DEEPEST:
            self._open[-1].level = int(value) + 1
        elif tag == "gridSpan" and self._cell is not None and self._tables == 1:
            self._cell.span = min(int(value), _WIDEST) if value.isdecimal() else 1
        elif tag == "instrText":
            self._in_field = True
            self._fields.append("")
        elif tag == "fldSimple":
            self._fields.append(_value(attributes, "instr"))

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        tag = _word(name)
        if tag == "t":
            self._in_text = False
        elif tag == "instrText":
            self._in_field = False
        elif tag == "p" and self._open:
            self._open.pop()
        elif tag == "tc" and self._tables == 1:
            self._cell = None
        elif tag == "tbl" and self._tables:
            self._tables -= 1

    def text(self, data: str) -> None:
        if self._skipping:
            return
        if self._in_text:
            self._say(data)
        elif self._in_field:
            self._fields[-1] += data

    def _say(self, text: str) -> None:
        if self._open:
            self._open[-1].parts.append(text)

    def _begin_paragraph(self) -> None:
        line = _Line(self._cell)
        self._open.append(line)
        self._all.append(line)
        if self._cell is not None:
            self._cell.lines.append(line)
        else:
            self._blocks.append(line)

    def _begin_table(self) -> None:
        self._tables += 1
        if self._tables == 1:
            self._rows = []
            self._blocks.append(self._rows)


def _texts(row: list[_Cell]) -> tuple[str, ...]:
    """Cells of a row; one that spans columns is followed by empty ones."""
    return tuple(
        text
        for cell in row
        for text in (
            clean("\n".join(line.text for line in cell.lines)).strip(),
            *("",) * (cell.span - 1),
        )
    )


def _word(name: str) -> str:
    """The local name when it belongs to Word, else nothing."""
    return xml.local(name) if name.startswith(_PREFIXES) else ""


def _value(attributes: dict[str, str], name: str) -> str:
    for namespace in _NAMESPACES:
        if (value := attributes.get(f"{namespace} {name}")) is not None:
            return value
    return attributes.get(name, "")
