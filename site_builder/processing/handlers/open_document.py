"""OpenDocument texts, sheets and presentations (ISO/IEC 26300).

A cell keeps the text that its reader sees beside the value, so nothing is written anew here. A
cell or row may say that it is repeated a million times: repetitions are counted, not made.
"""

import re
from contextlib import suppress
from dataclasses import replace

from site_builder.model.processed import Paragraph, State, Table, TextSource
from site_builder.processing.excerpts import (
    ROWS,
    SHEETS,
    clean,
    clean_name,
    excerpt,
    limited,
    table,
)
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.office import xml
from site_builder.processing.office.package import (
    Package,
    Unreadable,
    authors,
    opened,
    outside,
    wordless,
)
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "open_document"
VERSION = 1
KINDS = frozenset({"odt", "ods", "odp"})

_CONTENT = "content.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_LINK = "http://www.w3.org/1999/xlink href"
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]+:|//|\.\./)", re.IGNORECASE)
_MACROS = re.compile(r"(?:basic|scripts)/.+\.(?:xml|xba|py|bsh|js)$")
_NOT_MACROS = ("basic/script-lc.xml", "basic/script-lb.xml")
_OBJECT = re.compile(r"(?:object|ole)[^/]*(?:/content\.xml)?$|.*\.bin$")
_ENCRYPTION = re.compile(rb"<(?:\w+:)?encryption-data\b")
_MANIFEST_SIZE = 1 << 20
_DEEPEST = 6
_WIDEST = 256
_TITLE_LEVEL = 3


def read(source: Source, settings: Settings) -> Reading:
    """A page of text for a text, for each sheet, or for each slide."""
    try:
        with opened(source.path, main=_CONTENT) as package:
            return _read(package, source.kind)
    except Unreadable as error:
        return error.reading


def _read(package: Package, kind: str) -> Reading:
    if "meta-inf/manifest.xml" in package and _ENCRYPTION.search(
        package.beginning("meta-inf/manifest.xml", _MANIFEST_SIZE)
    ):
        raise Unreadable(State.ENCRYPTED, "password")
    content = _Content(pages_by={"ods": "table", "odp": "page"}.get(kind, ""))
    whole = True
    try:
        package.listen(_CONTENT, content)
    except xml.Malformed:
        whole = False
    around = _Content(pages_by="")
    if kind == "odt" and "styles.xml" in package:
        # Headers and footers stand among the styles.
        with suppress(xml.Malformed):
            package.listen("styles.xml", around)
    pages, more = limited(
        clean("\n".join(lines))
        for lines in ([*around.pages[0], *content.pages[0]], *content.pages[1:])
    )
    if content.pages_by:
        pages = pages[1:]
    flags = merged(
        raised(
            {
                "macro": any(
                    _MACROS.match(name) and name not in _NOT_MACROS for name in package.parts
                ),
                "tracked-changes": content.changed,
                "comments": content.commented,
                "dde": content.dde,
                "truncated": not whole,
                "more-pages": more,
            }
        ),
        with_details(
            {
                "hidden-sheet": content.hidden,
                "external-reference": content.outside,
                "embedded-object": [
                    clean_name(name.partition("/")[0])
                    for name in package.parts
                    if _OBJECT.match(name)
                ],
                "author": authors(package, "meta.xml"),
            }
        ),
        () if not whole or any(page.strip() for page in pages) else wordless(package),
    )
    if not whole and not any(page.strip() for page in pages):
        raise Unreadable(State.DAMAGED, "unreadable", flags)
    return Reading(
        state=State.READ if whole else State.PARTIAL,
        why="" if whole else "truncated",
        parts=len(pages) if content.pages_by else None,
        pages=pages,
        text_source=TextSource.LAYER if any(page.strip() for page in pages) else TextSource.NONE,
        flags=flags,
        excerpt=excerpt(content.blocks()),
    )


class _Rows:
    """A table that is being read; the rows that a page shows, and the count of all."""

    def __init__(self, title: str, *, hidden: bool) -> None:
        self.title = title
        self.hidden = hidden
        self.shown: list[list[str]] = []
        self.count = 0
        self.last = 0
        self.row: list[str] = []
        self.repeat = 1

    def begin_row(self, repeat: int) -> None:
        self.row = []
        self.repeat = repeat

    def cell(self, text: str, repeat: int) -> None:
        self.row.extend([text] * min(repeat, _WIDEST - len(self.row)))

    def end_row(self) -> None:
        filled = any(self.row)
        for _ in range(min(self.repeat, ROWS - len(self.shown))):
            self.shown.append(self.row)
        self.count += self.repeat
        if filled:
            self.last = self.count

    def table(self) -> Table:
        made = table(self.shown, self.title)
        return replace(made, more_rows=max(0, self.last - ROWS))


class _Content:
    """Collects paragraphs, tables and pages in reading order.

    Attributes:
        pages_by: the element that begins a new page of text; "" when all is one page.
        pages: lines; the first has what stands before any page.
    """

    def __init__(self, pages_by: str) -> None:
        self.pages_by = pages_by
        self.pages: list[list[str]] = [[]]
        self.hidden: list[str] = []
        self.outside: list[str] = []
        self.changed = self.commented = self.dde = False
        self._blocks: list[Paragraph | _Rows] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._lines: list[list[str]] = []
        self._levels: list[int] = []
        self._tables: list[_Rows] = []
        self._cell: list[str] = []
        self._cell_repeat = 1
        self._skipping = 0
        self._title = False

    def blocks(self) -> list[Paragraph | Table]:
        """Paragraphs and visible tables."""
        blocks: list[Paragraph | Table] = []
        sheets = 0
        for block in self._blocks:
            if isinstance(block, Paragraph):
                blocks.append(block)
            elif not block.hidden and (self.pages_by != "table" or sheets < SHEETS):
                sheets += 1
                blocks.append(block.table())
        return blocks

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.removeprefix(_OASIS).rpartition(" ")
        if self._skipping or (space, tag) in _SKIPPED:
            self._skip(tag)
            return
        self._look(tag, attributes)
        if space.startswith("text:"):
            self._start_text(tag, attributes)
        elif space.startswith("table:"):
            self._start_table(tag, attributes)
        elif space.startswith("style:"):
            self._start_style(tag, attributes)
        elif space.startswith(("drawing:", "presentation:")):
            self._start_drawing(tag, attributes)

    def _skip(self, tag: str) -> None:
        self._skipping += 1
        self.changed = self.changed or tag == "changed-region"
        self.commented = self.commented or tag == "annotation"

    def _look(self, tag: str, attributes: dict[str, str]) -> None:
        self.dde = self.dde or tag in {"dde-source", "dde-connection-decl"}
        target = attributes.get(_LINK, "")
        # A link that a reader must click is a citation like any other.
        if tag != "a" and _ELSEWHERE.match(target):
            self.outside.append(outside(target) or tag)

    def _start_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"p", "h"}:
            level = attributes.get(f"{_OASIS}text:1.0 outline-level", "1")
            self._lines.append([])
            heading = min(int(level), _DEEPEST) if tag == "h" and level.isdecimal() else 0
            self._levels.append(heading or (_TITLE_LEVEL if self._title else 0))
        elif tag == "s":
            count = attributes.get(f"{_OASIS}text:1.0 c", "1")
            self._say(" " * (min(int(count), 100) if count.isdecimal() else 1))
        elif tag in {"tab", "line-break"}:
            self._say("\t" if tag == "tab" else "\n")

    def _start_table(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            title = attributes.get(f"{_OASIS}table:1.0 name", "")
            style = attributes.get(f"{_OASIS}table:1.0 style-name", "")
            sheet = self.pages_by == "table" and not self._tables
            rows = _Rows(title if sheet else "", hidden=sheet and style in self._hidden_styles)
            if rows.hidden:
                self.hidden.append(clean_name(title))
            if sheet:
                self.pages.append([title])
            if not self._tables:
                self._blocks.append(rows)
            self._tables.append(rows)
        elif tag == "table-row" and self._tables:
            self._tables[-1].begin_row(_repeated(attributes, "number-rows-repeated"))
        elif tag in {"table-cell", "covered-table-cell"} and len(self._tables) == 1:
            self._cell = []
            self._cell_repeat = _repeated(attributes, "number-columns-repeated")

    def _start_style(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style":
            self._style = attributes.get(f"{_OASIS}style:1.0 name", "")
        elif tag == "table-properties" and (
            attributes.get(f"{_OASIS}table:1.0 display") == "false"
        ):
            self._hidden_styles.add(self._style)

    def _start_drawing(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "page" and self.pages_by == "page":
            self.pages.append([])
        elif tag == "frame":
            kind = attributes.get(f"{_OASIS}presentation:1.0 class", "")
            self._title = kind == "title"

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        space, _, tag = name.removeprefix(_OASIS).rpartition(" ")
        if space.startswith("text:") and tag in {"p", "h"} and self._lines:
            self._end_paragraph()
        elif space.startswith("table:") and self._tables:
            self._end_table(tag)

    def _end_paragraph(self) -> None:
        text = "".join(self._lines.pop())
        level = self._levels.pop()
        self.pages[-1].append(text)
        if self._tables:
            self._cell.append(text)
        else:
            self._blocks.append(Paragraph(text=text, level=level))

    def _end_table(self, tag: str) -> None:
        rows = self._tables[-1]
        if tag == "table":
            self._tables.pop()
        elif tag == "table-row":
            rows.end_row()
        elif tag in {"table-cell", "covered-table-cell"} and len(self._tables) == 1:
            if len(rows.shown) < ROWS or self._cell:
                rows.cell(clean("\n".join(self._cell)).strip(), self._cell_repeat)
            self._cell = []

    def text(self, data: str) -> None:
        if not self._skipping:
            self._say(data)

    def _say(self, text: str) -> None:
        if self._lines:
            self._lines[-1].append(text)


# Deleted text and comments; text that repeats what the page shows anyhow.
_SKIPPED = frozenset(
    {
        ("text:1.0", "tracked-changes"),
        ("table:1.0", "tracked-changes"),
        ("office:1.0", "annotation"),
        ("drawing:1.0", "glue-point"),
        ("text:1.0", "ruby-text"),
    }
)


def _repeated(attributes: dict[str, str], name: str) -> int:
    count = attributes.get(f"{_OASIS}table:1.0 {name}", "1")
    return int(count) if count.isdecimal() and len(count) < 9 else 1  # noqa: PLR2004
