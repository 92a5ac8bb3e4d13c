import csv
import io

import pytest

from site_builder.publishing.register import safe, with_row

HEADER = ("Ai", "Ngay")
BOM = b"\xef\xbb\xbf"


def test_a_new_register_begins_with_its_header() -> None:
    made = with_row(b"", HEADER, ("So Noi vu", "15/01/2024"))
    assert made == BOM + b"Ai,Ngay\r\nSo Noi vu,15/01/2024\r\n"


@pytest.mark.parametrize("old", [b"", BOM, BOM + b"\r\n"])
def test_an_empty_register_is_a_new_one(old: bytes) -> None:
    assert with_row(old, HEADER, ("a", "b")) == BOM + b"Ai,Ngay\r\na,b\r\n"


def test_a_row_comes_after_those_that_are_there() -> None:
    one = with_row(b"", HEADER, ("a", "b"))
    assert with_row(one, HEADER, ("c", "d")) == one + b"c,d\r\n"


def test_a_register_that_was_written_back_without_its_last_line_end_goes_on() -> None:
    assert with_row(b"Ai;Ngay\r\na;b", HEADER, ("c", "d")) == b"Ai;Ngay\r\na;b\r\nc,d\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1+1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    (row,) = csv.reader(io.StringIO(with_row(b"x\r\n", HEADER, (cell,)).decode()[3:]))
    assert row[0].startswith("'")


@pytest.mark.parametrize("cell", ["So Noi vu", "", "1-2", "a=b", "15/01/2024"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe(cell) == cell


def test_commas_quotes_and_line_breaks_stay_in_their_cell() -> None:
    cells = ('A, "B"', "one\r\ntwo")
    read = list(
        csv.reader(io.StringIO(with_row(b"", HEADER, cells).decode("utf-8-sig"), newline=""))
    )
    assert read == [list(HEADER), list(cells)]


def test_letters_that_no_file_can_hold_do_not_stop_the_build() -> None:
    assert b"a?b" in with_row(b"", HEADER, ("a\udc80b",))
