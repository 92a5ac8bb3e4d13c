"""The scoring summary as a spreadsheet: the same columns, ready for A4 in landscape."""

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

from site_builder.messages import Catalogue
from site_builder.model.results import Results
from site_builder.reports.summary import Table, table

# The same content must give the same bytes, whenever it is made.
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zones
# The most that a cell holds.
_LONGEST = 32_767
_FONT = "Times New Roman"
_SHEET = "Tong hop"
_DEEPEST = 7


def make(results: Results, texts: Catalogue) -> bytes:
    """The file."""
    # Slow to import; only sites need it.
    import xlsxwriter  # noqa: PLC0415

    made = table(results, texts)
    stream = io.BytesIO()
    # Nothing in a cell is run or followed, whatever it begins with.
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"title": made.heading, "created": _MADE})
    _fill(book, book.add_worksheet(_SHEET), made)
    book.close()
    return stream.getvalue()


def _fill(book: Any, sheet: Any, made: Table) -> None:  # noqa: ANN401 - the library has no types
    formats = _Formats(book, made.places)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
    for place, column in enumerate(made.columns):
        sheet.set_column(place, place, column.width)
    last = len(made.columns) - 1
    sheet.write_string(0, 0, made.heading, formats.heading)
    for at, note in enumerate(made.notes, 1):
        sheet.write_string(at, 0, note, formats.note)
    top = len(made.notes) + 2
    for place, column in enumerate(made.columns):
        sheet.write_string(top, place, column.name, formats.head)
    for at, line in enumerate(made.lines, top + 1):
        bold = not line.is_leaf
        for place, cell in enumerate(line.cells):
            _put(sheet, (at, place), cell, formats.of(cell, bold=bold))
        if line.depth:
            # Fields and criteria fold together what lies below them.
            sheet.set_row(at, None, None, {"level": min(line.depth, _DEEPEST)})
    at = top + 1 + len(made.lines)
    for place, cell in enumerate(made.total):
        _put(sheet, (at, place), cell, formats.of(cell, bold=True))
    sheet.outline_settings(visible=True, symbols_below=False)
    sheet.freeze_panes(top + 1, 2)
    sheet.repeat_rows(top)
    sheet.autofilter(top, 0, at - 1, last)


def _put(sheet: Any, at: tuple[int, int], cell: object, style: object) -> None:  # noqa: ANN401
    if isinstance(cell, Decimal):
        sheet.write_number(*at, float(cell), style)
    elif cell is None:
        sheet.write_blank(*at, None, style)
    else:
        sheet.write_string(*at, str(cell)[:_LONGEST], style)


class _Formats:
    """Looks of cells, each made once."""

    def __init__(self, book: Any, places: int) -> None:  # noqa: ANN401
        base = {"font_name": _FONT, "font_size": 11, "valign": "top"}
        cell = {**base, "border": 1, "text_wrap": True}
        number = {**cell, "num_format": "0." + "0" * places if places else "0"}
        self.heading = book.add_format({**base, "bold": True, "font_size": 14})
        self.note = book.add_format({**base, "italic": True})
        self.head = book.add_format(
            {**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E9EEF3"}
        )
        self._styles = {
            (kind, bold): book.add_format({**look, "bold": bold})
            for kind, look in (("text", cell), ("number", number))
            for bold in (False, True)
        }

    def of(self, cell: object, *, bold: bool) -> object:
        return self._styles["number" if isinstance(cell, Decimal) else "text", bold]
