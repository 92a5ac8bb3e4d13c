"""Word 97 to 2003: the text by the piece table, nothing of its form ([MS-DOC] 2.4.1).

The file keeps all stories in one row of characters: body, footnotes, headers, comments, endnotes,
text boxes. Comments are left out, as in the newer format.
"""

import itertools
import re
import struct
from dataclasses import dataclass

from site_builder.model.processed import Paragraph, State, Table, TextSource
from site_builder.processing.excerpts import TEXT_LIMIT, clean, excerpt, table
from site_builder.processing.flagging import merged, raised
from site_builder.processing.office import ole
from site_builder.processing.office.package import Unreadable
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "doc"
VERSION = 1
KINDS = frozenset({"doc"})

_WORD_97 = 0xA5EC
_FIRST_FIB = 0xC1
_ENCRYPTED = 0x0100
_SECOND_TABLE = 0x0200
_COMPRESSED = 0x40000000
_LENGTHS = 0x4C
_PIECE_TABLE = 0x01A2
_HEADER = _PIECE_TABLE + 8
_MAX_PIECES = 200_000
_STORIES = (
    "body",
    "footnotes",
    "headers",
    "macros",
    "comments",
    "endnotes",
    "boxes",
    "header_boxes",
)

_FIELD_BEGIN, _FIELD_MIDDLE, _FIELD_END = "\x13", "\x14", "\x15"
_FIELD_MARK = re.compile("[\x13\x14\x15]")
_DDE = re.compile(r"\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_SEEN_AS = str.maketrans(
    {
        "\r": "\n",
        "\x0b": "\n",
        "\x0c": "\n",
        "\x0e": "\n",
        "\x07": "\n",
        "\x1e": "-",
        "\x1f": None,
        "\xa0": " ",
    }
)
_CELL_END = "\x07"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of characters that stand together in the file.

    Attributes:
        start, end: positions among all characters.
        offset: where its bytes begin.
        compressed: one byte a character (code page 1252), else UTF-16.
    """

    start: int
    end: int
    offset: int
    compressed: bool


def read(source: Source, settings: Settings) -> Reading:
    """Headers, body, text boxes and notes as one page of text."""
    if source.detail in {"word1", "word2"}:
        return Reading(state=State.OPAQUE, why="old-word")
    try:
        with ole.opened(source.path) as container:
            return _read(container)
    except Unreadable as error:
        return error.reading


def _read(container: ole.Container) -> Reading:
    flags = ole.flags(container)
    data = ole.stream(container, "WordDocument")
    if len(data) < _HEADER:
        raise Unreadable(State.DAMAGED, "no-document", flags)
    identity, version = struct.unpack_from("<HH", data)
    (bits,) = struct.unpack_from("<H", data, 0x0A)
    if identity != _WORD_97 or version < _FIRST_FIB:
        raise Unreadable(State.OPAQUE, "old-word", flags)
    if bits & _ENCRYPTED:
        raise Unreadable(State.ENCRYPTED, "password", flags)
    pieces = _pieces(_table(container, bits), data)
    if not pieces:
        raise Unreadable(State.DAMAGED, "unreadable", flags)
    characters, whole = _characters(pieces, data)
    stories = _cut(characters, struct.unpack_from("<8I", data, _LENGTHS))
    body, instructions = _without_fields(stories["body"])
    around = {name: _without_fields(story)[0] for name, story in stories.items()}
    text = "\n".join(
        shown
        for name in ("headers", "header_boxes", "body", "boxes", "footnotes", "endnotes")
        if (shown := clean(around[name].translate(_SEEN_AS)).strip("\n"))
    )
    flags = merged(
        flags,
        raised(
            {
                "comments": bool(stories["comments"].strip("\x05\r")),
                "dde": any(_DDE.match(each) for each in instructions),
                "truncated": not whole,
                "more-pages": len(text) > TEXT_LIMIT,
            }
        ),
    )
    return Reading(
        state=State.READ if whole else State.PARTIAL,
        why="" if whole else "truncated",
        pages=(text[:TEXT_LIMIT],),
        text_source=TextSource.LAYER if text.strip() else TextSource.NONE,
        flags=flags,
        excerpt=excerpt(_blocks(body)),
    )


def _table(container: ole.Container, bits: int) -> bytes:
    names = ("1Table", "0Table") if bits & _SECOND_TABLE else ("0Table", "1Table")
    return ole.stream(container, *names)


def _pieces(tables: bytes, data: bytes) -> tuple[_Piece, ...]:
    """The pieces in order; () when the table cannot be found."""
    start, size = struct.unpack_from("<II", data, _PIECE_TABLE)
    found = _piece_table(tables[start : start + size])
    count = (len(found) - 4) // 12
    if not 0 < count <= _MAX_PIECES:
        return ()
    ends = struct.unpack_from(f"<{count + 1}I", found)
    pieces = []
    for at, (begin, end) in enumerate(itertools.pairwise(ends)):
        (place,) = struct.unpack_from("<I", found, 4 * (count + 1) + 8 * at + 2)
        compressed = bool(place & _COMPRESSED)
        offset = place & ~_COMPRESSED
        if begin < end:
            pieces.append(_Piece(begin, end, offset // 2 if compressed else offset, compressed))
    return tuple(pieces)


def _piece_table(clx: bytes) -> bytes:
    """Behind the properties that pieces share."""
    at = 0
    while at + 5 <= len(clx):
        if clx[at] == 1:
            at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
        elif clx[at] == 2:  # noqa: PLR2004 - [MS-DOC] 2.9.178
            size = int.from_bytes(clx[at + 1 : at + 5], "little")
            return clx[at + 5 : at + 5 + size]
        else:
            break
    return b""


def _characters(pieces: tuple[_Piece, ...], data: bytes) -> tuple[str, bool]:
    """All characters, and whether every piece was there as a whole.

    Pieces of a hostile file may all show the same bytes; no more is read than the file holds.
    """
    texts = []
    whole = True
    room = len(data)
    for piece in pieces:
        size = (piece.end - piece.start) * (1 if piece.compressed else 2)
        bytes_ = data[piece.offset : piece.offset + min(size, room)]
        room -= len(bytes_)
        whole = whole and len(bytes_) == size
        texts.append(bytes_.decode("cp1252" if piece.compressed else "utf-16-le", "replace"))
    return "".join(texts), whole


def _cut(characters: str, lengths: tuple[int, ...]) -> dict[str, str]:
    """The stories by name; what is beyond the lengths belongs to none."""
    stories = {}
    at = 0
    for name, length in zip(_STORIES, lengths, strict=True):
        stories[name] = characters[at : at + length]
        at += length
    return stories


def _without_fields(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with results in place of fields, and the instructions of the fields."""
    kept: list[str] = []
    instructions: list[str] = []
    # For each open field whether its result has begun.
    fields: list[bool] = []
    at = 0
    for mark in _FIELD_MARK.finditer(text):
        run = text[at : mark.start()]
        at = mark.end()
        if all(fields):
            kept.append(run)
        elif fields and not fields[-1]:
            instructions.append(run)
        if mark[0] == _FIELD_BEGIN:
            fields.append(False)
        elif fields and mark[0] == _FIELD_MIDDLE:
            fields[-1] = True
        elif fields and mark[0] == _FIELD_END:
            fields.pop()
    if all(fields):
        kept.append(text[at:])
    return "".join(kept), tuple(instructions)


def _blocks(body: str) -> list[Paragraph | Table]:
    """Paragraphs and tables: a cell ends in a mark, a row in one more."""
    blocks: list[Paragraph | Table] = []
    rows: list[list[str]] = []
    row: list[str] = []
    for run in body.split(_CELL_END)[:-1]:
        if row and not run:
            rows.append(row)
            row = []
            continue
        if not row:
            # Before a row's first cell stand the paragraphs since the table before it, which
            # the marks alone cannot tell from lines of that cell: lines are paragraphs.
            *before, first = run.split("\r")
            if any(line.strip() for line in before):
                blocks.extend(_ended(rows))
                rows = []
                blocks.extend(Paragraph(text=line.translate(_SEEN_AS)) for line in before)
        else:
            first = run
        row.append(clean(first.translate(_SEEN_AS)).strip())
    blocks.extend(_ended([*rows, row] if row else rows))
    rest = body.rpartition(_CELL_END)[2]
    blocks.extend(Paragraph(text=line.translate(_SEEN_AS)) for line in rest.split("\r"))
    return blocks


def _ended(rows: list[list[str]]) -> list[Paragraph | Table]:
    return [table(rows)] if rows else []
