"""Workbooks of Excel, old and new: the first rows of each sheet, and what is hidden.

calamine reads the cells; what else is in the file is read from the package or the records.
"""

import itertools
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import python_calamine as calamine

from site_builder.model.processed import Flag, State, Table, TextSource
from site_builder.processing.excerpts import (
    CELL,
    ROWS,
    SHEETS,
    TEXT_LIMIT,
    clean,
    clean_name,
    excerpt,
    table,
)
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.office import cells, extents, ole, package
from site_builder.processing.office.package import Unreadable
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "workbook"
VERSION = 1
KINDS = frozenset({"xlsx", "xlsm", "xltx", "xltm", "xlam", "xlsb", "xls"})

# A sheet may claim a million rows of sixteen thousand cells and hold nothing.
_MAX_CELLS = 8_000_000
_DDE_LINK = re.compile(rb"<(?:\w+:)?ddeLink\b")
_MAX_LINKS = 50
_MAIN = {"xlsb": "xl/workbook.bin"}

# Records of the old format ([MS-XLS] 2.3), and what begins a place outside.
_FILEPASS, _SUPBOOK, _NOTE = 0x2F, 0x1AE, 0x1C
_OF_INTEREST = frozenset({_FILEPASS, _SUPBOOK, _NOTE})
_MAX_RECORDS = 5_000_000
# A path begins with a mark and has others for drives and folders; without the first, the same
# mark stands between a program and its topic ([MS-XLS] 2.5.277).
_PATH = "\x01"
_PLACE_STEP = "\x03"
_STEPS = re.compile("[\x01-\x08]")

_MACRO_SHEETS = (calamine.SheetTypeEnum.MacroSheet, calamine.SheetTypeEnum.DialogSheet)
_SHEETS_WITH_CELLS = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet with its text; ``table`` has the first rows and the counts of all."""

    name: str
    hidden: bool
    macro: bool
    text: str
    table: Table
    whole: bool


def read(source: Source, settings: Settings) -> Reading:
    """A page of text for each sheet, hidden ones too; the excerpt leaves hidden ones out."""
    if source.detail == "biff2-4":
        return Reading(state=State.OPAQUE, why="old-excel")
    try:
        if source.kind == "xls":
            return _read(source.path, _Around(flags=_record_flags(source)))
        return _read(source.path, _around(source))
    except Unreadable as error:
        return error.reading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What stands in the file beside the cells.

    Attributes:
        too_large: names of the sheets that must not be opened.
        wordless: what a workbook without a filled cell is.
    """

    flags: tuple[Flag, ...]
    too_large: frozenset[str] = frozenset()
    wordless: tuple[Flag, ...] = ()


def _read(path: str, around: _Around) -> Reading:
    sheets, lost = _sheets(path, around.too_large)
    if not sheets and around.too_large:
        raise Unreadable(State.REFUSED, "too-large", around.flags)
    if not sheets:
        raise Unreadable(State.DAMAGED, "unreadable", around.flags)
    pages = tuple(sheet.text for sheet in sheets)
    visible = [sheet for sheet in sheets if not sheet.hidden]
    shown = excerpt(sheet.table for sheet in visible[:SHEETS])
    filled = any(sheet.text for sheet in sheets)
    flags = merged(
        around.flags,
        with_details({"hidden-sheet": [clean_name(each.name) for each in sheets if each.hidden]}),
        raised(
            {
                "macro": any(sheet.macro for sheet in sheets),
                "more-pages": not all(sheet.whole for sheet in sheets),
                "truncated": lost,
            }
        ),
        () if filled or lost else around.wordless,
    )
    return Reading(
        state=State.PARTIAL if lost else State.READ,
        why="truncated" if lost else "",
        parts=len(sheets),
        pages=pages,
        text_source=TextSource.LAYER if filled else TextSource.NONE,
        flags=flags,
        excerpt=shown and replace(shown, more=shown.more + max(0, len(visible) - SHEETS)),
    )


def _sheets(path: str, too_large: frozenset[str]) -> tuple[tuple[_Sheet, ...], bool]:
    """The sheets that could be read, and whether one was lost."""
    workbook = _guarded(lambda: calamine.CalamineWorkbook.from_path(path))
    found = []
    lost = False
    room = TEXT_LIMIT
    for at, about in enumerate(_guarded(lambda: workbook.sheets_metadata)):
        if about.name in too_large:
            lost = True
            continue
        try:
            sheet = _sheet(workbook, at, about, room)
        except Unreadable:
            lost = True
            continue
        room -= len(sheet.text)
        found.append(sheet)
    return tuple(found), lost


def _sheet(
    workbook: calamine.CalamineWorkbook, at: int, about: calamine.SheetMetadata, room: int
) -> _Sheet:
    lines: list[str] = []
    first: list[list[str]] = []
    height = 0
    whole = True
    for texts in _rows(workbook, at, about):
        if texts is None or room <= 0:
            whole = False
            break
        height += 1
        if len(first) < ROWS:
            first.append([clean(text[: CELL + 1]) for text in texts])
        line = "\t".join(text for text in texts if text)
        if line:
            lines.append(line)
            room -= len(line) + 1
    shown = table(first, about.name)
    return _Sheet(
        name=about.name,
        hidden=about.visible != calamine.SheetVisibleEnum.Visible,
        macro=about.typ in _MACRO_SHEETS,
        # The name alone, mostly one that Excel gave, is no text.
        text=clean("\n".join((about.name, *lines))) if lines else "",
        table=replace(shown, more_rows=max(0, height - ROWS)),
        whole=whole,
    )


def _rows(
    workbook: calamine.CalamineWorkbook, at: int, about: calamine.SheetMetadata
) -> Iterator[list[str] | None]:
    """Texts of each row; None in place of the rows beyond the limit."""
    if about.typ not in _SHEETS_WITH_CELLS:
        return
    sheet = _guarded(lambda: workbook.get_sheet_by_index(at))
    rows = _guarded(sheet.iter_rows)
    limit = _MAX_CELLS // max(1, sheet.width)
    for count in itertools.count():
        row = _guarded(lambda: next(rows, None))
        if row is None:
            return
        if count >= limit:
            yield None
            return
        yield [cells.shown(cell) for cell in row]


def _guarded(call: Callable[[], _T]) -> _T:
    """What ``call`` gives.

    A mistake in calamine comes as a panic, which is no Exception, so that only everything helps.

    Raises:
        Unreadable: calamine could not.
    """
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except calamine.PasswordError as error:
        raise Unreadable(State.ENCRYPTED, "password") from error
    except BaseException as error:
        raise Unreadable(State.DAMAGED, "unreadable") from error


def _around(source: Source) -> _Around:
    with package.opened(source.path, main=_MAIN.get(source.kind, "xl/workbook.xml")) as opened:
        links = opened.matching(r"xl/externallinks/[^/]+\.xml")
        dde = any(_DDE_LINK.search(opened.beginning(name)) for name in links[:_MAX_LINKS])
        flags = merged(package.ooxml_flags(opened), raised({"dde": dde}))
        return _Around(
            flags=flags,
            too_large=extents.too_large(opened),
            wordless=package.wordless(opened),
        )


def _record_flags(source: Source) -> tuple[Flag, ...]:
    with ole.opened(source.path) as container:
        flags = ole.flags(container)
        data = ole.stream(container, "Workbook", "Book")
    comments = False
    outside: list[str] = []
    dde = False
    for record, body in _records(data):
        if record == _FILEPASS:
            raise Unreadable(State.ENCRYPTED, "password", flags)
        if record == _NOTE:
            comments = True
        elif record == _SUPBOOK and len(body) > 5:  # noqa: PLR2004 - a place of one letter
            place = _place(body)
            dde = dde or (_PLACE_STEP in place and not place.startswith(_PATH))
            outside.append(package.outside(_STEPS.sub("/", place)) or "externalLink")
    return merged(
        flags,
        raised({"comments": comments, "dde": dde}),
        with_details({"external-reference": outside}),
    )


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of interest; the other bytes are skipped."""
    at = 0
    for _ in range(_MAX_RECORDS):
        if at + 4 > len(data):
            return
        record, size = struct.unpack_from("<HH", data, at)
        if record in _OF_INTEREST:
            yield record, data[at + 4 : at + 4 + size]
        at += 4 + size


def _place(body: bytes) -> str:
    """The path or program that a link names, in one or two bytes a character."""
    wide = bool(body[4] & 1)
    return body[5:].decode("utf-16-le" if wide else "latin-1", "replace")
