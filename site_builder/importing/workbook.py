"""The verdict sheet as a workbook: made for one round, filled in anywhere, read back with doubt.

Only the cells to fill in are open. A hidden sheet says what the rest must say, so that a sheet of
another set or with edited maxima is noticed however it was changed.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from site_builder.model.rule import NumberKind
from site_builder.model.text import fold_key, nfc
from site_builder.model.verdict import Decision, Verdict
from site_builder.reading.numbers import read_number

VERSION = "1"
_SHEET = "PhieuThamDinh"
_META = "_meta"
_HEADER_ROW = 5
_ASSESSOR_CELL = "C3"
_LARGEST = 64 * 1024 * 1024
_COLUMNS = ("id", "title", "max", "asked", "decision", "points", "difference", "reason", "note")
_TEXT_LIMIT = 4000
_FONT = "Times New Roman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the sheet.

    Attributes:
        level: 0 for a field.
        digest: of a leaf that can be judged; "" for every other line.
        remark: who gives the points instead.
    """

    id: str
    title: str
    level: int
    max_points: Decimal
    asked: Decimal | None
    digest: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a sheet is about.

    Attributes:
        criteria_set: digest of the set.
    """

    unit: str
    period: str
    round: str
    round_title: str
    criteria_set: str
    places: int
    lines: tuple[Line, ...]

    @property
    def judged(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.digest)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something in a workbook is not taken; a sentence of messages/vi/cli.toml."""

    key: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A workbook as read."""

    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[Problem, ...] = ()


def fingerprint(head: Mapping[str, str], leaves: list[list[str]]) -> str:
    """What the hidden sheet says, as one number."""
    values = [head[key] for key in _HEAD] + [leaves]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]


_HEAD = ("version", "unit", "period", "round", "criteria_set")


def _head(plan: Plan) -> dict[str, str]:
    return {
        "version": VERSION,
        "unit": plan.unit,
        "period": plan.period,
        "round": plan.round,
        "criteria_set": plan.criteria_set,
    }


def _leaves(plan: Plan) -> list[list[str]]:
    return [
        [line.id, f"{line.max_points:f}", _plain(line.asked), line.digest] for line in plan.judged
    ]


def _plain(points: Decimal | None) -> str:
    return "" if points is None else f"{points:f}"


# --- out


def write(plan: Plan, words: Mapping[str, str]) -> bytes:
    """The workbook; equal plans give equal bytes.

    Args:
        plan: what it is about.
        words: table ``verdict_sheet`` of the catalogue.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy, and few runs need it

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    title = words["title"].format(unit=plan.unit, period=plan.period)
    # The day would make two equal sheets differ.
    book.set_properties({"title": title, "created": datetime(2024, 1, 1)})  # noqa: DTZ001
    _Writer(book, plan, words, title).write()
    meta = book.add_worksheet(_META)
    meta.very_hidden()
    head, leaves = _head(plan), _leaves(plan)
    rows = [*head.items(), ("fingerprint", fingerprint(head, leaves)), *leaves]
    for number, values in enumerate(rows):
        for column, value in enumerate(values):
            meta.write_string(number, column, value)
    book.close()
    return file.getvalue()


class _Writer:
    """Writes the visible sheet."""

    def __init__(self, book: Any, plan: Plan, words: Mapping[str, str], title: str) -> None:  # noqa: ANN401
        self._sheet = book.add_worksheet(_SHEET)
        self._plan, self._words, self._title = plan, words, title
        places = "0." + "0" * plan.places if plan.places else "0"
        base = {"font_name": _FONT, "font_size": 12, "border": 1, "valign": "top"}

        def style(**more: object) -> Any:  # noqa: ANN401
            return book.add_format({**base, "text_wrap": True, **more})

        number = {"num_format": places, "align": "center"}
        self._text, self._number = style(), style(**number)
        self._branch = style(bold=True, bg_color="#EEF2F6")
        self._branch_number = style(bold=True, bg_color="#EEF2F6", **number)
        self._header = style(bold=True, align="center", bg_color="#DDEBF7")
        open_cell = {"locked": False, "bg_color": "#FFF8DC"}
        self._open, self._open_number = style(**open_cell), style(**open_cell, **number)
        signed = f"+{places};-{places};{places}"
        self._signed = style(num_format=signed, align="center")
        self._big = book.add_format({"bold": True, "font_name": _FONT, "font_size": 14})
        self._plain = book.add_format({"font_name": _FONT, "font_size": 12})
        self._name = book.add_format(
            {"font_name": _FONT, "font_size": 12, "bottom": 1, "locked": False}
        )

    def write(self) -> None:
        sheet, words = self._sheet, self._words
        for column, width in enumerate((9, 52, 10, 10, 19, 11, 11, 44, 30)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, self._title, self._big)
        sheet.write_string(1, 0, words["round"].format(round=self._plan.round_title), self._plain)
        sheet.write_string(2, 0, words["assessor"], self._plain)
        sheet.merge_range("C3:F3", "", self._name)
        sheet.write_string(3, 0, words["advice"], self._plain)
        for column, key in enumerate(_COLUMNS):
            sheet.write_string(_HEADER_ROW - 1, column, words[f"column_{key}"], self._header)
        for number, line in enumerate(self._plan.lines):
            self._line(_HEADER_ROW + number, line)
        sheet.protect(options={"format_columns": True, "format_rows": True, "autofilter": True})
        sheet.freeze_panes(_HEADER_ROW, 2)
        sheet.repeat_rows(_HEADER_ROW - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P/&N")

    def _line(self, row: int, line: Line) -> None:
        sheet, words = self._sheet, self._words
        leaf = bool(line.digest or line.remark)
        text = self._text if leaf else self._branch
        number = self._number if leaf else self._branch_number
        sheet.write_string(row, 0, line.id, text)
        sheet.write_string(row, 1, line.title, text)
        sheet.write_number(row, 2, float(line.max_points), number)
        if line.asked is None:
            sheet.write_blank(row, 3, None, number)
        else:
            sheet.write_number(row, 3, float(line.asked), number)
        if not line.digest:
            for column in range(4, 9):
                sheet.write_blank(row, column, None, text)
            if line.remark:
                sheet.write_string(row, 7, line.remark, text)
            return
        sheet.write_blank(row, 4, None, self._open)
        sheet.write_blank(row, 5, None, self._open_number)
        sheet.write_blank(row, 7, None, self._open)
        sheet.write_blank(row, 8, None, self._open)
        cell = row + 1
        formula = f'=IF(AND(ISNUMBER(F{cell}),ISNUMBER(D{cell})),F{cell}-D{cell},"")'
        sheet.write_formula(row, 6, formula, self._signed, "")
        sheet.data_validation(
            row,
            4,
            row,
            4,
            {
                "validate": "list",
                "source": [words[f"decision_{key}"] for key in _DECISIONS],
                "error_title": words["bad_decision_title"],
                "error_message": words["bad_decision"],
            },
        )
        most = str(line.max_points.normalize()).replace(".", ",")
        sheet.data_validation(
            row,
            5,
            row,
            5,
            {
                "validate": "decimal",
                "criteria": "between",
                "minimum": 0,
                "maximum": float(line.max_points),
                "error_title": words["bad_points_title"],
                "error_message": words["bad_points"].format(max=most, id=line.id),
            },
        )


_DECISIONS = {
    "accept": Decision.ACCEPT,
    "rescore": Decision.RESCORE,
    "more": Decision.MORE,
}


# --- and back


def read(data: bytes, words: Mapping[str, str], criteria_set: str) -> Read:
    """The verdicts of a workbook that somebody filled in.

    Args:
        data: its bytes.
        words: table ``verdict_sheet`` of the catalogue.
        criteria_set: digest of the set in use; sheets of another one are refused.
    """
    try:
        book = _opened(data)
    except Exception:  # noqa: BLE001 - whatever a damaged workbook makes of a library
        book = None
    if book is None:
        return Read(problems=(Problem("not_a_workbook", {}),))
    if _SHEET not in book.sheetnames or _META not in book.sheetnames:
        return Read(problems=(Problem("other_workbook", {}),))
    meta = [[_text(cell.value) for cell in row] for row in book[_META].iter_rows()]
    head = {row[0]: row[1] for row in meta[: len(_HEAD) + 1] if len(row) > 1}
    leaves = [(row + [""] * 4)[:4] for row in meta[len(_HEAD) + 1 :]]
    if not head.keys() >= {*_HEAD, "fingerprint"} or head["version"] != VERSION:
        return Read(problems=(Problem("other_version", {}),))
    if head["fingerprint"] != fingerprint(head, leaves):
        return Read(problems=(Problem("hidden_edited", {}),))
    if head["criteria_set"] != criteria_set:
        return Read(problems=(Problem("other_set", {}),))
    # Whoever fills it in and saves it leaves the time, UTC; it tells older sheets from newer ones.
    saved = book.properties.modified
    when = saved.replace(tzinfo=UTC) if isinstance(saved, datetime) else None
    return _Reader(book[_SHEET], head, leaves, words, when).read()


def _opened(data: bytes) -> Any:  # noqa: ANN401
    import openpyxl  # noqa: PLC0415 - heavy, and few runs need it

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            return None
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def _text(value: object) -> str:
    return "" if value is None else nfc(str(value)).strip()


class _Reader:
    """Reads the visible sheet against what the hidden one says."""

    def __init__(
        self,
        sheet: Any,  # noqa: ANN401
        head: Mapping[str, str],
        leaves: list[list[str]],
        words: Mapping[str, str],
        at: datetime | None,
    ) -> None:
        self._sheet, self._head, self._at = sheet, head, at
        self._expected = {leaf: (max_, asked, digest) for leaf, max_, asked, digest in leaves}
        self._assessor = _text(sheet[_ASSESSOR_CELL].value)
        self._decisions = {
            fold_key(words[f"decision_{key}"]): decision for key, decision in _DECISIONS.items()
        }
        self._problems: list[Problem] = []

    def read(self) -> Read:
        found = tuple(self._rows())
        missing = tuple(self._expected)
        if missing:
            self._say("rows_missing", ids=missing)
        if found and not self._assessor:
            return Read(problems=(Problem("no_assessor", {}), *self._problems))
        return Read(verdicts=found, problems=tuple(self._problems))

    def _say(self, key: str, **params: object) -> None:
        self._problems.append(Problem(key, params))

    def _rows(self) -> Iterator[Verdict]:
        last = self._sheet.max_row
        for number in range(_HEADER_ROW + 1, last + 1):
            leaf = _text(self._sheet.cell(number, 1).value)
            filled = [self._sheet.cell(number, column).value for column in (5, 6, 8, 9)]
            expected = self._expected.pop(leaf, None)
            if expected is None:
                if leaf and any(_text(value) for value in (filled[0], filled[1])):
                    self._say("unknown_row", row=number, id=leaf)
                continue
            if not any(_text(value) for value in filled):
                continue
            verdict = self._verdict(number, leaf, expected, filled)
            if verdict is not None:
                yield verdict

    def _verdict(
        self, number: int, leaf: str, expected: tuple[str, str, str], filled: list[Any]
    ) -> Verdict | None:
        max_points, asked, digest = expected
        for column, wanted, key in ((3, max_points, "max_edited"), (4, asked, "asked_edited")):
            if not _same(self._sheet.cell(number, column).value, wanted):
                self._say(key, row=number, id=leaf)
                return None
        points = self._points(number, leaf, filled[1], Decimal(max_points))
        if isinstance(points, Problem):
            self._problems.append(points)
            return None
        decision = self._decision(filled[0], points, _plain_or(asked))
        if decision is None:
            self._say("no_decision", row=number, id=leaf)
            return None
        if decision is Decision.ACCEPT and points not in {None, _plain_or(asked)}:
            self._say("contradiction", row=number, id=leaf)
            return None
        why, note = (_text(value)[:_TEXT_LIMIT] for value in filled[2:])
        return Verdict(
            unit=self._head["unit"],
            period=self._head["period"],
            round=self._head["round"],
            leaf=leaf,
            leaf_digest=digest,
            assessor=" ".join(self._assessor.split()),
            decision=decision,
            points=points if decision is Decision.RESCORE else None,
            reason=why if decision is not Decision.MORE else "",
            demand=why if decision is Decision.MORE else "",
            note=note,
            at=self._at,
            line=number,
        )

    def _decision(
        self, written: object, points: Decimal | None, asked: Decimal | None
    ) -> Decision | None:
        """As chosen; points alone say it as well."""
        if _text(written):
            return self._decisions.get(fold_key(_text(written)))
        if points is None:
            return None
        return Decision.ACCEPT if points == asked else Decision.RESCORE

    def _points(
        self, number: int, leaf: str, value: object, max_points: Decimal
    ) -> Decimal | Problem | None:
        if not _text(value):
            return None
        if isinstance(value, date):
            return Problem("points_became_date", {"row": number, "id": leaf})
        points = (
            Decimal(str(round(value, 6)))
            if isinstance(value, int | float) and not isinstance(value, bool)
            else read_number(_text(value), NumberKind.AMOUNT)
        )
        if not isinstance(points, Decimal):
            return Problem("not_points", {"row": number, "id": leaf, "value": _text(value)[:40]})
        if not 0 <= points <= max_points:
            params = {"row": number, "id": leaf, "points": points, "max": max_points}
            return Problem("points_outside", params)
        return points


def _plain_or(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _same(value: object, wanted: str) -> bool:
    """A locked cell still says what it said."""
    if not wanted or value is None:
        return not wanted and value is None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return Decimal(str(round(value, 6))) == Decimal(wanted)
