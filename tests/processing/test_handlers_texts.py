import importlib
import time
from pathlib import Path

import pytest

from site_builder.model import kinds
from site_builder.model.processed import Paragraph, State, Table
from site_builder.processing import excerpts
from site_builder.processing.registry import HANDLERS, handler_of
from site_builder.processing.text.legacy import legacy_encoding
from tests.processing.handled import flags, read
from tests.processing.makers import text
from tests.processing.makers.words import words

PLAIN = words()["plain"]


@pytest.mark.parametrize(
    ("data", "flagged"),
    [
        (text.utf8(), False),
        (text.utf8_with_mark(), False),
        (text.utf16(), False),
        (text.windows(), True),
    ],
    ids=["utf-8", "mark", "utf-16", "windows-1258"],
)
def test_encodings_that_are_certain(
    data: bytes,
    flagged: bool,  # noqa: FBT001 - pytest gives it
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, data)
    assert reading.pages == (PLAIN["unicode"],)
    assert ("legacy-encoding" in flags(reading)) is flagged


@pytest.mark.parametrize("data", [text.tcvn3(), text.vni(), text.vni_in_utf8()])
def test_encodings_of_fonts_are_told_not_converted(data: bytes, tmp_path: Path) -> None:
    reading = read(tmp_path, data)
    assert reading.state is State.READ
    assert legacy_encoding(reading.pages) in {"tcvn3", "vni"}


def test_other_languages_are_no_old_vietnamese(tmp_path: Path) -> None:
    as_unicode = text.french().decode("cp1252").encode()
    assert flags(read(tmp_path, as_unicode)) == {}
    assert PLAIN["french"].split("\n")[0] in read(tmp_path, text.french()).pages[0]


def test_markdown_headings(tmp_path: Path) -> None:
    reading = read(tmp_path, text.markdown())
    assert reading.excerpt is not None
    assert [
        (block.level, block.text)
        for block in reading.excerpt.blocks
        if isinstance(block, Paragraph)
    ] == [
        (1, PLAIN["markdown"].split("\n")[0].removeprefix("# ")),
        (0, PLAIN["markdown"].split("\n")[2]),
        (2, PLAIN["markdown"].split("\n")[4].removeprefix("## ")),
        (0, PLAIN["markdown"].split("\n")[6]),
    ]


def test_cells_between_semicolons(tmp_path: Path) -> None:
    reading = read(tmp_path, text.csv())
    assert reading.excerpt is not None
    (table,) = reading.excerpt.blocks
    assert isinstance(table, Table)
    assert len(table.rows) == 4
    assert all(len(row) == 3 for row in table.rows)
    assert ";" in table.rows[3][1]


def test_long_csv_is_cut(tmp_path: Path) -> None:
    reading = read(tmp_path, b"a,b\n" * 5000)
    assert reading.excerpt is not None
    (table,) = reading.excerpt.blocks
    assert isinstance(table, Table)
    assert (len(table.rows), table.more_rows) == (60, 4940)


def test_blank_text(tmp_path: Path) -> None:
    assert flags(read(tmp_path, b" \n\n")) == {"blank": ()}


def test_link(tmp_path: Path) -> None:
    assert read(tmp_path, text.link()).pages == ("https://example.invalid/van-ban/15",)


@pytest.mark.parametrize(
    ("data", "state", "why"),
    [
        (text.pointer(), State.OPAQUE, "pointer"),
        (b"", State.OPAQUE, "empty"),
        (b"Rar!\x1a\x07\x01\0", State.OPAQUE, "archive-format"),
        (b"\0\0\0\x18ftypmp42" + bytes(20), State.OPAQUE, "media"),
        (b"\x7fELF" + bytes(20), State.OPAQUE, "program"),
        (b"8BPS\0\1" + bytes(20), State.OPAQUE, "picture-format"),
        (b"\0\1\2\3" * 20, State.OPAQUE, "unknown-format"),
    ],
)
def test_kept_but_not_shown(data: bytes, state: State, why: str, tmp_path: Path) -> None:
    reading = read(tmp_path, data)
    assert (reading.state, reading.why) == (state, why)
    assert reading.pages == ()
    assert reading.previews == ()


def test_web_table_named_as_workbook(tmp_path: Path) -> None:
    reading = read(tmp_path, text.html_table())
    assert reading.state is State.READ
    assert reading.excerpt is not None
    heading, line, table, after = reading.excerpt.blocks
    assert heading == Paragraph(text=words()["document"]["title"], level=2)
    assert line == Paragraph(text="a & b")
    assert isinstance(table, Table)
    assert table.rows == tuple(tuple(row) for row in words()["document"]["table"])
    assert after == Paragraph(text="after")
    assert "CANARY" not in reading.pages[0]


def test_workbook_of_2003(tmp_path: Path) -> None:
    reading = read(tmp_path, text.excel_2003())
    assert reading.excerpt is not None
    assert reading.excerpt.blocks == (
        Table(title=words()["sheet"]["name"], rows=((words()["sheet"]["label"], "12"),)),
    )


def test_drawings_are_not_shown(tmp_path: Path) -> None:
    reading = read(tmp_path, text.svg())
    assert (reading.state, reading.why) == (State.OPAQUE, "markup")
    assert reading.excerpt is None
    assert reading.pages == ("Plan\nHello",)


def test_entities_do_not_multiply(tmp_path: Path) -> None:
    start = time.process_time()
    reading = read(tmp_path, text.laughing_xml())
    assert time.process_time() - start < 5
    assert sum(map(len, reading.pages)) < 1 << 22


def test_entities_from_outside_are_not_fetched(tmp_path: Path) -> None:
    reading = read(tmp_path, text.curious_xml())
    assert "root:" not in "".join(reading.pages)
    assert "before" in reading.pages[0]


def test_letter(tmp_path: Path) -> None:
    reading = read(tmp_path, text.letter())
    assert reading.state is State.READ
    assert flags(reading) == {"attachment": ("a.pdf",)}
    assert words()["document"]["subject"] in reading.pages[0]


def test_web_archive(tmp_path: Path) -> None:
    assert "inside" in read(tmp_path, text.web_archive()).pages[0]


def test_every_kind_has_one_reader() -> None:
    assert [kind for kind in kinds.FAMILY_OF if handler_of(kind) is None] == []
    listed = [kind for handler in HANDLERS for kind in handler.kinds.split()]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("name", [each.name for each in HANDLERS if each.name != "pdf"])
def test_registry_says_what_the_modules_say(name: str) -> None:
    registered = next(each for each in HANDLERS if each.name == name)
    module = importlib.import_module(registered.module)
    assert name == module.NAME
    assert registered.version == module.VERSION
    assert set(registered.kinds.split()) == module.KINDS


def test_cleaning() -> None:
    assert excerpts.clean("a\r\nb\x00\x1b\ufeffe\u0302\u0301\ud800\x85c") == "a\nb\u1ebf\nc"
    assert excerpts.clean_name("a\u202eb\nc  d") == "ab c d"


def test_excerpts_end() -> None:
    made = excerpts.excerpt(Paragraph(text="x" * 5000) for _ in range(50))
    assert made is not None
    assert len(made.blocks) == 15
    assert made.more == 35
    assert len(made.blocks[0].text) == 4000  # type: ignore[union-attr]


def test_wide_tables_are_cut() -> None:
    table = excerpts.table([["x"] * 20 + [""] * 5] * 3 + [[""] * 25])
    assert (len(table.rows), len(table.rows[0]), table.more_columns) == (3, 16, 4)
