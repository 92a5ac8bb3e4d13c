"""The workbook on its way out and back: what is filled in is read, what is edited is refused."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from site_builder.importing.workbook import Line, Plan, Read, read, write
from site_builder.messages import read_catalogue
from site_builder.model.verdict import Decision

WORDS = read_catalogue("cli").table("cli", "verdict_sheet")
PROBLEMS = read_catalogue("cli").table("cli", "import_problem")
SET = "5" * 64
PLAN = Plan(
    unit="Commune",
    period="2025",
    round="first",
    round_title="First",
    criteria_set=SET,
    places=2,
    lines=(
        Line(id="1", title="=1+1", level=0, max_points=Decimal(3), asked=Decimal("1.5")),
        Line(
            id="1.1",
            title="A",
            level=1,
            max_points=Decimal(1),
            asked=Decimal("0.5"),
            digest="a" * 64,
        ),
        Line(id="1.2", title="B", level=1, max_points=Decimal("1.5"), asked=None, digest="b" * 64),
        Line(
            id="1.3", title="C", level=1, max_points=Decimal("0.5"), asked=None, remark="A survey"
        ),
    ),
)
FIRST, SECOND = 7, 8
ACCEPT, RESCORE, MORE = (WORDS[f"decision_{key}"] for key in ("accept", "rescore", "more"))
Fill = Callable[[Any], None]


def filled(*changes: tuple[str, Any], name: str = "Nobody", also: Fill | None = None) -> Read:
    """What is read of the sheet after somebody typed into cells."""
    book = openpyxl.load_workbook(io.BytesIO(write(PLAN, WORDS)))
    sheet = book.worksheets[0]
    sheet["C3"] = name
    for cell, value in changes:
        sheet[cell] = value
    if also is not None:
        also(book)
    file = io.BytesIO()
    book.save(file)
    return read(file.getvalue(), WORDS, SET)


def keys(found: Read) -> list[str]:
    assert {problem.key for problem in found.problems} <= PROBLEMS.keys()
    for problem in found.problems:
        # Every sentence can be said with what is known.
        assert read_catalogue("cli").text("cli", "import_problem", problem.key, **problem.params)
    return [problem.key for problem in found.problems]


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert write(PLAN, WORDS) == write(PLAN, WORDS)


def test_cells_are_locked_but_for_those_to_fill_in() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write(PLAN, WORDS))).worksheets[0]
    assert sheet.protection.sheet
    free = {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and not cell.coordinate.startswith(("D3", "E3", "F3"))
    }
    assert free == {
        "C3",
        *(f"{column}{row}" for row in (FIRST, SECOND) for column in "EFHI"),
    }
    assert sheet["B6"].value == "=1+1"
    assert sheet["B6"].data_type == "s"
    assert len(sheet.data_validations.dataValidation) == 4


def test_an_untouched_sheet_says_nothing() -> None:
    found = filled(name="")
    assert (found.verdicts, found.problems) == ((), ())


def test_what_is_filled_in_is_read() -> None:
    found = filled(
        (f"E{FIRST}", RESCORE),
        (f"F{FIRST}", "0,75"),
        (f"H{FIRST}", "because"),
        (f"E{SECOND}", MORE),
        (f"H{SECOND}", "a signed copy"),
        (f"I{SECOND}", "note"),
    )
    assert keys(found) == []
    first, second = found.verdicts
    assert (first.leaf, first.decision, first.points) == ("1.1", Decision.RESCORE, Decimal("0.75"))
    assert (first.reason, first.demand) == ("because", "")
    assert (first.leaf_digest, first.assessor, first.round) == ("a" * 64, "Nobody", "first")
    assert (second.decision, second.demand, second.note) == (Decision.MORE, "a signed copy", "note")
    assert first.at is not None


@pytest.mark.parametrize("typed", [0.75, "0,75", "0.75", " 0,75 "])
def test_points_however_typed(typed: object) -> None:
    found = filled((f"F{FIRST}", typed), (f"H{FIRST}", "because"))
    assert [(row.decision, row.points) for row in found.verdicts] == [
        (Decision.RESCORE, Decimal("0.75"))
    ]


def test_points_as_asked_for_alone_accept() -> None:
    found = filled((f"F{FIRST}", 0.5))
    assert [(row.decision, row.points) for row in found.verdicts] == [(Decision.ACCEPT, None)]


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ([(f"F{FIRST}", 3)], "points_outside"),
        ([(f"F{FIRST}", -0.1)], "points_outside"),
        ([(f"F{FIRST}", "many")], "not_points"),
        ([(f"F{FIRST}", "1,500")], "not_points"),
        ([(f"E{FIRST}", "maybe")], "no_decision"),
        ([(f"H{FIRST}", "a reason alone")], "no_decision"),
        ([(f"E{FIRST}", ACCEPT), (f"F{FIRST}", 0.25)], "contradiction"),
        ([(f"C{FIRST}", 2), (f"F{FIRST}", 0.5)], "max_edited"),
        ([(f"D{FIRST}", 1), (f"F{FIRST}", 0.5)], "asked_edited"),
        ([(f"D{SECOND}", 1), (f"E{SECOND}", ACCEPT)], "asked_edited"),
        ([(f"A{FIRST}", "7.7"), (f"F{FIRST}", 0.5)], "unknown_row"),
    ],
)
def test_what_is_refused(cells: list[tuple[str, Any]], key: str) -> None:
    found = filled(*cells)
    assert found.verdicts == ()
    assert key in keys(found)


def test_a_day_where_points_belong() -> None:
    found = filled((f"F{FIRST}", date(2025, 5, 1)))
    assert keys(found) == ["points_became_date"]


def test_a_row_that_was_taken_out_is_missed() -> None:
    found = filled(also=lambda book: book.worksheets[0].delete_rows(SECOND))
    assert keys(found) == ["rows_missing"]


def test_who_judges_must_be_known() -> None:
    found = filled((f"E{FIRST}", ACCEPT), name=" ")
    assert (found.verdicts, keys(found)) == ((), ["no_assessor"])


def test_the_hidden_sheet_must_be_whole() -> None:
    def edit(book: Any) -> None:
        book["_meta"]["D8"] = "c" * 64

    def take(book: Any) -> None:
        del book["_meta"]

    def old(book: Any) -> None:
        book["_meta"]["B1"] = "0"

    assert keys(filled((f"E{FIRST}", ACCEPT), also=edit)) == ["hidden_edited"]
    assert keys(filled((f"E{FIRST}", ACCEPT), also=take)) == ["other_workbook"]
    assert keys(filled((f"E{FIRST}", ACCEPT), also=old)) == ["other_version"]
    assert keys(read(write(PLAN, WORDS), WORDS, "6" * 64)) == ["other_set"]


def test_what_is_no_workbook() -> None:
    for data in (b"", b"PK\x03\x04", b"verdicts:", write(PLAN, WORDS)[:500]):
        assert keys(read(data, WORDS, SET)) == ["not_a_workbook"]
