"""The register of copies that were handed over: a table that spreadsheet programs open."""

import csv
import io
from collections.abc import Iterable

# A spreadsheet program would take a cell that begins so for a formula and run it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BOM = b"\xef\xbb\xbf"


def with_row(old: bytes, header: Iterable[str], row: Iterable[str]) -> bytes:
    """The register with one more row.

    Args:
        old: the register as it is, also as a spreadsheet program wrote it back; b"" for none.
        header: of a new register.
        row: cells, any text.
    """
    if not old.strip(_BOM + b"\r\n"):
        return _BOM + _line(header) + _line(row)
    return old + (b"" if old.endswith(b"\n") else b"\r\n") + _line(row)


def _line(cells: Iterable[str]) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(map(safe, cells))
    return stream.getvalue().encode("utf-8", "replace")


def safe(cell: str) -> str:
    """The cell as text that no spreadsheet program takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
