"""The scoring summary as CSV, for spreadsheets set up in Vietnamese and for programs.

UTF-8 with a byte order mark, semicolons, decimal commas: what Excel opens by double-click.
"""

import csv
import io
from decimal import Decimal

from site_builder.messages import Catalogue
from site_builder.model.results import Results
from site_builder.reports.formulas import harmless
from site_builder.reports.summary import Cell, table


def make(results: Results, texts: Catalogue) -> bytes:
    """The file; one header line and nothing above it, so that programs can read it."""
    made = table(results, texts)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.name for column in made.columns)
    for cells in (*(line.cells for line in made.lines), made.total):
        writer.writerow(_written(cell, made.places) for cell in cells)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def _written(cell: Cell, places: int) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.{places}f}".replace(".", ",")
    return harmless(cell)
