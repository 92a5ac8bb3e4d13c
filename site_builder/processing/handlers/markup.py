"""Web pages, drawings and data in tags: their text and tables, never what they would draw or run.

HTML goes through nh3, whose parser is the one of a browser and safe in memory; XML through expat,
which expands no bomb and fetches nothing.
"""

import html
import re
from xml.parsers import expat

import nh3

from site_builder.model.processed import Paragraph, State, Table, TextSource
from site_builder.processing.decoding import Decoded, beginning, decoded
from site_builder.processing.excerpts import clean, clean_name, excerpt, limited, table
from site_builder.processing.flagging import raised
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "markup"
VERSION = 1
KINDS = frozenset({"html", "svg", "xml", "xml-excel2003", "xml-word2003", "xml-flatopc"})

_SIZE = 16 << 20
_HTML_SIZE = 4 << 20
_ALONE = frozenset(
    "p div li br hr tr h1 h2 h3 h4 h5 h6 dt dd pre blockquote section article table".split()  # noqa: SIM905 - read as words
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KEPT = set(_ALONE | {"td", "th"})
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE
)
_NOT_TEXT = frozenset({"style", "script", "metadata", "binData", "binaryData"})
_DELETED = frozenset({"del", "delText", "deleted"})
_PARAGRAPHS = frozenset({"p", "Cell", "text", "tspan", "title", "desc"})
_MAX_DEPTH = 500


def read(source: Source, settings: Settings) -> Reading:
    """The text; a drawing is not shown, whatever it says."""
    if source.kind == "html":
        return _html(source)
    return _xml(source)


def of_html(text: str) -> tuple[str, tuple[Paragraph | Table, ...]]:
    """The text of a page and its paragraphs and tables."""
    blocks = _blocks(nh3.clean(text, tags=_KEPT, attributes={}))
    lines = [
        "\n".join("\t".join(row) for row in block.rows) if isinstance(block, Table) else block.text
        for block in blocks
    ]
    return "\n".join(lines), blocks


def _html(source: Source) -> Reading:
    data = beginning(source.path, _HTML_SIZE)
    declared = _declared(data)
    found = Decoded(text=declared) if declared is not None else decoded(data)
    text, blocks = of_html(found.text)
    flags = {"legacy-encoding": bool(found.legacy), "more-pages": source.size > len(data)}
    return _reading("html", text, blocks, flags)


def _declared(data: bytes) -> str | None:
    """By the encoding that the page names, unless the bytes say another."""
    named = _CHARSET.search(data[:4096])
    if named is None or data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return None
    try:
        return clean(data.decode(named[1].decode("ascii")))
    except (LookupError, UnicodeError):
        return None


def _blocks(safe: str) -> tuple[Paragraph | Table, ...]:
    """What stands in tags that nh3 let pass."""
    page = _Page()
    at = 0
    for tag in _TAG.finditer(safe):
        page.words.append(safe[at : tag.start()])
        at = tag.end()
        page.tag(tag[2], closing=bool(tag[1]))
    page.words.append(safe[at:])
    page.end_table()
    page.end_paragraph()
    return tuple(page.blocks)


class _Page:
    """Collects paragraphs and outermost tables; tables inside tables are words of their cell."""

    def __init__(self) -> None:
        self.blocks: list[Paragraph | Table] = []
        self.words: list[str] = []
        self._rows: list[list[str]] = []
        self._depth = 0
        self._level = 0

    def tag(self, name: str, *, closing: bool) -> None:
        if name == "table":
            self._table(closing=closing)
        elif self._depth == 1 and name in {"tr", "td", "th"}:
            self._cell(name, closing=closing)
        elif self._depth:
            self.words.append(" ")
        elif name in _ALONE:
            self.end_paragraph()
            self._level = 0 if closing else _HEADINGS.get(name, 0)

    def end_paragraph(self) -> None:
        if said := _said(self.words):
            self.blocks.append(Paragraph(text=said, level=self._level))
        self.words = []

    def end_table(self) -> None:
        if self._rows:
            self.blocks.append(table(self._rows))
        self._rows = []

    def _table(self, *, closing: bool) -> None:
        if not closing:
            if not self._depth:
                self.end_paragraph()
            self._depth += 1
        elif self._depth:
            self._depth -= 1
            if not self._depth:
                self.end_table()
                # What stood between the rows is no text of the page.
                self.words = []

    def _cell(self, name: str, *, closing: bool) -> None:
        if name == "tr":
            if not closing:
                self._rows.append([])
        elif closing and self._rows:
            self._rows[-1].append(_said(self.words))
        self.words = []


def _said(words: list[str]) -> str:
    return " ".join(clean(html.unescape("".join(words))).split())


def _xml(source: Source) -> Reading:
    data = beginning(source.path, _SIZE)
    found = _Texts()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.CharacterDataHandler = found.text
    broken = False
    try:
        parser.Parse(data, source.size <= len(data))
    except (expat.ExpatError, LookupError, ValueError, _TooDeep):
        broken = True
    found.flush()
    flags = {"more-pages": source.size > len(data), "truncated": broken}
    return _reading(source.kind, "\n".join(found.lines), found.blocks(), flags)


class _TooDeep(Exception):  # noqa: N818 - it says what the file is
    """Nested deeper than any program writes."""


class _Texts:
    """Collects the text of any XML; cells of a workbook of 2003 as tables."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._blocks: list[Paragraph | list[list[str]]] = []
        self._titles: dict[int, str] = {}
        self._words: list[str] = []
        self._depth = 0
        self._skipping = 0

    def blocks(self) -> tuple[Paragraph | Table, ...]:
        """Paragraphs and tables."""
        return tuple(
            block if isinstance(block, Paragraph) else table(block, self._titles.get(at, ""))
            for at, block in enumerate(self._blocks)
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _TooDeep
        tag = name.rpartition(" ")[2]
        if self._skipping or tag in _NOT_TEXT or tag in _DELETED:
            self._skipping += 1
            return
        if tag == "Worksheet":
            self.flush()
            title = next((v for k, v in attributes.items() if k.endswith("Name")), "")
            self.lines.append(clean_name(title))
            self._titles[len(self._blocks)] = title
            self._blocks.append([])
        elif tag == "Row" and (rows := self._rows()) is not None:
            self._words = []
            rows.append([])
        elif tag in _PARAGRAPHS:
            self.flush()

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._skipping:
            self._skipping -= 1
            return
        tag = name.rpartition(" ")[2]
        rows = self._rows()
        if tag == "Cell" and rows:
            rows[-1].append(self._said())
        elif tag in _PARAGRAPHS:
            self.flush()
        elif self._words:
            self._words.append(" ")

    def text(self, data: str) -> None:
        if not self._skipping:
            self._words.append(data)

    def flush(self) -> None:
        """Ends the paragraph that is being read."""
        if said := self._said():
            self._blocks.append(Paragraph(text=said))

    def _said(self) -> str:
        said = " ".join(clean("".join(self._words)).split())
        self._words = []
        if said:
            self.lines.append(said)
        return said

    def _rows(self) -> list[list[str]] | None:
        last = self._blocks[-1] if self._blocks else None
        return last if isinstance(last, list) else None


def _reading(
    kind: str, text: str, blocks: tuple[Paragraph | Table, ...], flags: dict[str, bool]
) -> Reading:
    pages, more = limited([text])
    shown = None if kind == "svg" else excerpt(blocks)
    broken = flags.get("truncated", False)
    state, why = (State.PARTIAL, "truncated") if broken else (State.READ, "")
    if shown is None:
        state, why = State.OPAQUE, "markup"
    return Reading(
        state=state,
        why=why,
        pages=pages,
        text_source=TextSource.LAYER if text.strip() else TextSource.NONE,
        flags=raised({**flags, "more-pages": more or flags["more-pages"]}),
        excerpt=shown,
    )
