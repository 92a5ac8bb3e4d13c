"""How far the cells of a sheet reach, before anybody makes a place for each of them.

calamine keeps a sheet as a rectangle. One stray value in the last row, as happens to anybody who
presses Ctrl+Down before typing, makes it a rectangle of gigabytes, and the worker dies of it.
"""

import re
from contextlib import suppress
from typing import IO

from site_builder.processing.office import xml
from site_builder.processing.office.package import Package

# About a gigabyte in calamine.
MAX_CELLS = 30_000_000

_MAIN = "xl/workbook.xml"
# A cell with content: an empty one that only has a format closes itself, and does not count.
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]{0,200}(?<!/)>')
_CHUNK = 1 << 20
_LONGEST = 512


def too_large(package: Package) -> frozenset[str]:
    """Names of the sheets that span more than ``MAX_CELLS``."""
    listed = _Listed()
    with suppress(xml.Malformed):
        package.listen(_MAIN, listed)
    parts = {each.id: package.target(_MAIN, each) for each in package.relationships(_MAIN)}
    return frozenset(
        name
        for id_, name in listed.names.items()
        if _spanned(package, parts.get(id_, "")) > MAX_CELLS
    )


def _spanned(package: Package, name: str) -> int:
    if name not in package:
        return 0
    try:
        with package.archive.open(package.parts[name]) as part:
            return cells_spanned(part)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - damaged parts raise whatever they like; calamine tells
        return 0


def cells_spanned(part: IO[bytes]) -> int:
    """Cells of the smallest rectangle around every cell with content."""
    rows: list[int] = []
    columns: list[int] = []
    rest = b""
    while chunk := part.read(_CHUNK):
        data = rest + chunk
        found = _CELL.findall(data)
        if found:
            here = [int(row) for _, row in found]
            there = [_column(letters) for letters in {letters for letters, _ in found}]
            rows = [min(here + rows), max(here + rows)]
            columns = [min(there + columns), max(there + columns)]
        rest = data[-_LONGEST:]
    if not rows:
        return 0
    return (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Listed:
    """Names of the sheets by the id of their part."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if xml.local(name) == "sheet":
            for key, value in attributes.items():
                if key.endswith("/relationships id"):
                    self.names[value] = attributes.get("name", "")

    def end(self, name: str) -> None:
        """Nothing ends here that matters."""

    def text(self, data: str) -> None:
        """The list has no text."""
