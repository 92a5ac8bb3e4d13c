"""The downloads of the scoring summary say what the page says, and harm nobody."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from site_builder import reports
from site_builder.model.editions import for_edition
from site_builder.model.results import Edition, Results
from site_builder.model.site import SUMMARY_CSV, SUMMARY_XLSX
from site_builder.reports.formulas import harmless
from tests.rendering import builders

OFFICE = "Office"


def made(results: Results) -> dict[str, bytes]:
    return dict(reports.make(results, builders.texts()))


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data[3:].decode(), newline=""), delimiter=";"))


def sheet(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def titled(title: str) -> Results:
    leaf = builders.leaf("1.1", title)
    criteria = builders.criteria_set(builders.branch("1", "Field", leaf))
    said = builders.explanation("1.1", title)
    score = builders.leaf_score(leaf, builders.awarded("1.25"))
    return builders.results(
        criteria=criteria,
        dossiers=(builders.dossier("1.1", explanation=said),),
        scores={"1.1": score},
    )


def test_lines_of_the_csv() -> None:
    head, field, leaf, total = rows(made(titled("Leaf"))[SUMMARY_CSV])
    assert len(head) == len(field) == len(leaf) == len(total)
    assert leaf[:4] == ["1.1", "Leaf", "1,50", "1,25"]
    assert total[2:4] == ["1,50", "1,25"]


def test_both_hold_the_same() -> None:
    both = made(builders.rich())
    table = rows(both[SUMMARY_CSV])
    cells = [list(row) for row in sheet(both[SUMMARY_XLSX]).iter_rows(values_only=True)]
    top = next(place for place, row in enumerate(cells) if list(row) == table[0])
    for written, shown in zip(table[1:], cells[top + 1 :], strict=True):
        assert len(written) == len(shown)
        for text, value in zip(written, shown, strict=True):
            if isinstance(value, int | float):
                assert Decimal(text.replace(",", ".")) == Decimal(str(value))
            else:
                assert text.removeprefix("'") == (value or "")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\uff1dcmd", '=HYPERLINK("http://x")']
)
def test_no_text_is_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    both = made(titled(text))
    leaf = rows(both[SUMMARY_CSV])[2]
    assert not leaf[1].lstrip().startswith(tuple("=+-@\uff1d"))
    kinds = {cell.data_type for row in sheet(both[SUMMARY_XLSX]).iter_rows() for cell in row}
    assert "f" not in kinds
    with zipfile.ZipFile(io.BytesIO(both[SUMMARY_XLSX])) as book:
        parts = b"".join(book.read(name) for name in book.namelist())
    assert b"<f>" not in parts
    assert b"<hyperlink>" not in parts
    assert b"<hyperlink " not in parts


def test_ordinary_text_stays() -> None:
    assert harmless("Leaf = leaf") == "Leaf = leaf"


def test_the_same_content_gives_the_same_bytes() -> None:
    assert made(builders.rich()) == made(builders.rich())
    with zipfile.ZipFile(io.BytesIO(made(builders.rich())[SUMMARY_XLSX])) as book:
        assert {info.date_time[0] for info in book.infolist()} == {1980}
        core = book.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT", core)) == {"2000-01-01T"}


@pytest.mark.parametrize("edition", list(Edition))
def test_each_edition_holds_what_its_pages_hold(edition: Edition) -> None:
    files = made(for_edition(builders.rich(), edition))
    text = files[SUMMARY_CSV].decode()
    assert (OFFICE in text) is (edition is Edition.WORKING)
    # Nothing of a document that is not public.
    assert ("n.txt" in text or "photos" in text) is (edition is not Edition.PUBLIC)


def test_controls_do_not_get_into_cells() -> None:
    odd = "A\x00B\x1fC\ud800"
    results = titled(odd)
    unit = replace(builders.unit(), name=odd)
    both = made(replace(results, snapshot=replace(results.snapshot, unit=unit)))
    assert rows(both[SUMMARY_CSV])[2][1] == "ABC\ufffd"
    assert any("ABC" in str(cell.value) for row in sheet(both[SUMMARY_XLSX]) for cell in row)


def test_a_changed_set_has_no_points() -> None:
    results = builders.rich()
    changed = replace(results, sheet=replace(results.sheet, leaves={}, nodes={}, set_changed=True))
    table = rows(made(changed)[SUMMARY_CSV])
    assert all(row[3] == "" for row in table[1:])


def test_a_report_needs_a_set() -> None:
    results = builders.rich()
    nothing = replace(results, snapshot=replace(results.snapshot, criteria=None))
    with pytest.raises(ValueError, match=r"criteria\.yml"):
        made(nothing)
