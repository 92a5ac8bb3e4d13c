"""Sample tables as XLSX: one sheet per table, laid out to print on the pages described."""

import io
import math
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from scripts.samples.archives import repack
from scripts.samples.markup import Shared, month_rows, split_rows

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+\Z|\d{1,6}\Z")
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}\Z")
_FIRST_ROW = 6  # head of the table, counted from 0; above it issuer, stamp, title and date
_WIDEST, _NARROWEST = 46, 6  # characters
_PORTRAIT = 130  # the widest table, in characters, that reads well on an upright page
_LINE = 18  # points


def workbook(document: Mapping[str, Any], shared: Shared) -> bytes:
    """The XLSX of one entry of documents.yml.

    Raises:
        ValueError: the pages are not as many as described.
    """
    words, issuer = shared.words(), shared.data["issuers"][document["issuer"]]
    year, month, day = (int(part) for part in document["date"].split("-"))
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties(
        {
            "title": document["subject"],
            "author": issuer["name"],
            "company": issuer["name"],
            "created": datetime(year, month, day, 8, tzinfo=UTC).replace(tzinfo=None),
        }
    )
    styles = _styles(book)
    pages = 0
    for number, table in enumerate(document["tables"], 1):
        rows = table_rows(table, shared)
        sheet = book.add_worksheet(f"{words['sheet']} {number}")
        widths = [_width([row[place] for row in rows]) for place in range(len(rows[0]))]
        sheet.set_paper(9)
        if sum(widths) > _PORTRAIT:
            sheet.set_landscape()
        sheet.set_margins(left=1.2, right=0.6, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_FIRST_ROW)
        sheet.set_header(f"&C&14&K8A1F1F{words['stamp']}")
        sheet.set_footer(f"&L&8&K8A1F1F{words['footer']}&R&9&P/&N")
        last = len(rows[0]) - 1
        sheet.write(0, 0, issuer["name"].upper(), styles["left"])
        sheet.merge_range(1, 0, 1, last, words["stamp"], styles["stamp"])
        sheet.merge_range(2, 0, 2, last, document["subject"].upper(), styles["title"])
        sheet.merge_range(3, 0, 3, last, table["title"], styles["subject"])
        dated = words["to_date"].format(day=f"{day:02d}", month=f"{month:02d}", year=year)
        sheet.merge_range(4, 0, 4, last, dated, styles["dated"])
        sheet.set_row(2, _LINE * (1 + len(document["subject"]) // sum(widths)))
        for place, title in enumerate(rows[0]):
            sheet.write(_FIRST_ROW, place, title, styles["head"])
            sheet.set_column(place, place, widths[place])
        for line, row in enumerate(rows, _FIRST_ROW):
            # Programs do not fit the heights of rows to wrapped text until somebody edits them.
            high = max(
                math.ceil(len(cell) / width) for cell, width in zip(row, widths, strict=True)
            )
            sheet.set_row(line, _LINE * max(high, 1))
        for line, row in enumerate(rows[1:], _FIRST_ROW + 1):
            bold = row[0] == "" and any(row)
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell.strip("*"), styles, bold=bold)
        every = int(table.get("break_every", 0))
        breaks = list(range(every, len(rows) - 1, every)) if every else []
        sheet.set_h_pagebreaks([_FIRST_ROW + 1 + each for each in breaks])
        pages += 1 + len(breaks)
        end = _FIRST_ROW + len(rows) + 1
        sheet.write(end, last, words["compiler"][0], styles["sign"])
        sheet.write(end + 1, last, words["unsigned"], styles["dated"])
    book.close()
    if pages != document["pages"]:
        raise ValueError(f"{document['file']}: {pages} pages instead of {document['pages']}")
    return repack(made.getvalue())


def table_rows(table: Mapping[str, Any], shared: Shared) -> list[list[str]]:
    """Head and rows of a table, from whichever of the keys it is described with."""
    if "months" in table:
        return month_rows(shared, table["months"])
    rows = [list(table["columns"])]
    if "split" in table:
        totals = [int(total) for total in str(table["split"]).split()]
        rows.extend(split_rows(shared, shared.rows("linh-vuc"), totals))
    elif "assigned" in table:
        count, late = (int(part) for part in str(table["assigned"]).split())
        rows.extend(_assigned(count, late, shared))
    elif "procedures" in table:
        rows.extend(_procedures(table, shared))
    else:
        wide = len(rows[0])
        for line in str(table["rows"]).splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            rows.append([*cells, *[""] * (wide - len(cells))][:wide])
    return rows


def _procedures(table: Mapping[str, Any], shared: Shared) -> list[list[str]]:
    missing = {int(number) for number in str(table["missing"]).split()}
    found: list[list[str]] = []
    group = ""
    for name, *_ in shared.rows("tthc"):
        if name.startswith("= "):
            group = name[2:]
            continue
        number = len(found) + 1
        state = table["procedures"] if number in missing else shared.words()["no_receipt"]
        found.append([str(number), name, group, state])
    return found


def _assigned(count: int, late: int, shared: Shared) -> list[list[str]]:
    """Tasks spread over the year, so many of them late."""
    words, names = shared.words(), [name for (name, *_) in shared.rows("nhiem-vu-giao")]
    delayed = {count * (place + 1) // (late + 1) for place in range(late)}
    found = []
    for number in range(1, count + 1):
        month = 1 + (number - 1) * 12 // count
        due = 8 + number * 7 % 17
        day = due + 3 if number in delayed else due - 1 - number % 4
        name = names[(number - 1) % len(names)]
        found.append(
            [
                str(number),
                f"{name} ({words['month'].lower()} {month})",
                f"{due:02d}/{month:02d}/2023",
                f"{day:02d}/{month:02d}/2023",
                words["late"] if number in delayed else words["in_time"],
            ]
        )
    return found


def _styles(book: Any) -> dict[str, Any]:  # noqa: ANN401 - the library is not typed
    font = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
    box = {**font, "border": 1, "text_wrap": True}
    red = {**font, "font_color": "#8A1F1F"}
    number = {**box, "num_format": "#,##0", "align": "center"}
    rate = {**box, "num_format": "0.0#", "align": "center"}
    return {
        "left": book.add_format({**font, "bold": True}),
        "stamp": book.add_format({**red, "bold": True, "font_size": 16, "align": "center"}),
        "title": book.add_format({**font, "bold": True, "align": "center", "text_wrap": True}),
        "subject": book.add_format({**font, "bold": True, "align": "center", "text_wrap": True}),
        "dated": book.add_format({**red, "italic": True, "align": "center"}),
        "head": book.add_format({**box, "bold": True, "align": "center", "bg_color": "#EDEDED"}),
        "text": book.add_format(box),
        "text_bold": book.add_format({**box, "bold": True}),
        "number": book.add_format(number),
        "number_bold": book.add_format({**number, "bold": True}),
        "rate": book.add_format(rate),
        "rate_bold": book.add_format({**rate, "bold": True}),
        "sign": book.add_format({**font, "bold": True, "align": "center"}),
    }


def _write(  # noqa: PLR0913 - a cell has that many sides
    sheet: Any,  # noqa: ANN401
    line: int,
    place: int,
    cell: str,
    styles: Mapping[str, Any],
    *,
    bold: bool,
) -> None:
    weight = "_bold" if bold else ""
    if _GROUPED.match(cell):
        sheet.write_number(line, place, int(cell.replace(".", "")), styles["number" + weight])
    elif _DECIMAL.match(cell):
        sheet.write_number(line, place, float(cell.replace(",", ".")), styles["rate" + weight])
    else:
        sheet.write_string(line, place, cell, styles["text" + weight])


def _width(cells: Sequence[str]) -> int:
    """Wide enough for the longest cell; titles of columns may wrap."""
    longest = max(len(cell) for cell in cells[1:]) if len(cells) > 1 else 0
    return max(_NARROWEST, min(_WIDEST, max(longest, len(cells[0]) * 2 // 3)) + 2)
