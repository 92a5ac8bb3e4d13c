import time
from pathlib import Path

import pytest

from site_builder.model.processed import Paragraph, State, Table, TextSource
from site_builder.processing.office import cells
from site_builder.processing.protocols import Reading
from tests.processing.handled import flags, read
from tests.processing.makers import office, text
from tests.processing.makers.words import words

SAID = words()["document"]
SHEET = words()["sheet"]


def blocks(reading: Reading) -> tuple[Paragraph | Table, ...]:
    assert reading.excerpt is not None
    return reading.excerpt.blocks


def tables(reading: Reading) -> list[Table]:
    return [block for block in blocks(reading) if isinstance(block, Table)]


def lines(reading: Reading) -> list[str]:
    return [block.text for block in blocks(reading) if isinstance(block, Paragraph)]


# ---- Word --------------------------------------------------------------------------------


def test_official_document(tmp_path: Path) -> None:
    reading = read(tmp_path, office.official())
    assert (reading.state, reading.text_source) == (State.READ, TextSource.LAYER)
    assert reading.flags == ()
    (page,) = reading.pages
    said = [line for line in page.split("\n") if line]
    header = [line for row in SAID["header"] for cell in row for line in cell.split("\n")]
    rows = [cell for row in SAID["table"] for cell in row]
    assert said == [
        *header,
        SAID["title"],
        SAID["subject"],
        SAID["heading"],
        *SAID["body"],
        *rows,
        *SAID["signature"],
        SAID["footer"],
    ]
    assert [table.rows for table in tables(reading)] == [
        tuple(tuple(row) for row in SAID["header"]),
        tuple(tuple(row) for row in SAID["table"]),
    ]
    assert Paragraph(text=SAID["heading"], level=2) in blocks(reading)


def test_draft_keeps_its_gaps(tmp_path: Path) -> None:
    assert SAID["draft_header"][1][0] in read(tmp_path, office.official(draft=True)).pages[0]


def test_tracked_changes_leave_deleted_text_out(tmp_path: Path) -> None:
    reading = read(tmp_path, office.tracked())
    assert "tracked-changes" in flags(reading)
    assert lines(reading) == [f"A {SAID['inserted']}"]
    assert SAID["deleted"] not in reading.pages[0]


def test_text_box_once_and_tables_in_tables(tmp_path: Path) -> None:
    reading = read(tmp_path, office.boxed())
    assert reading.pages[0].count(SAID["box"]) == 1
    assert lines(reading) == ["before, after", SAID["box"], "a\tb-c"]
    (table,) = tables(reading)
    assert table.rows == (("wide", "", "last"), ("one\ninner", "two", "three"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (office.commented(), {"comments": ()}),
        (office.with_macro(), {"macro": ()}),
        (office.with_embedded(), {"activex": (), "embedded-object": ("oleobject1.bin",)}),
        (office.with_external(), {"external-reference": ("Mau.dotm", "anh.png?CANARY=1")}),
        (office.with_author(), {"author": ("creator",)}),
        (office.with_dde(), {"dde": ()}),
    ],
    ids=["comments", "macro", "embedded", "external", "author", "dde"],
)
def test_what_hides_in_documents(
    data: bytes, expected: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    reading = read(tmp_path, data)
    assert reading.state is State.READ
    assert flags(reading) == expected


@pytest.mark.parametrize("kind", ["laughs", "outside"])
def test_entities_are_refused(kind: str, tmp_path: Path) -> None:
    start = time.process_time()
    reading = read(tmp_path, office.entities(kind), kind="docx")
    assert time.process_time() - start < 5
    assert reading.state in {State.DAMAGED, State.PARTIAL}
    assert "root:" not in "".join(reading.pages)
    assert len("".join(reading.pages)) < 1000


def test_cut_document_keeps_its_beginning(tmp_path: Path) -> None:
    reading = read(tmp_path, office.cut_document())
    assert (reading.state, reading.why) == (State.PARTIAL, "truncated")
    assert lines(reading)[0] == "first"


def test_document_bomb(tmp_path: Path) -> None:
    reading = read(tmp_path, office.docx_bomb())
    assert (reading.state, reading.why) == (State.REFUSED, "bomb")
    assert "bomb" in flags(reading)


def test_document_without_directory(tmp_path: Path) -> None:
    reading = read(tmp_path, office.official()[:-60])
    assert (reading.state, reading.why) == (State.DAMAGED, "not-a-zip")


def test_document_without_content(tmp_path: Path) -> None:
    reading = read(tmp_path, office.packed({"a": "b"}), kind="docx")
    assert (reading.state, reading.why) == (State.DAMAGED, "no-document")


def test_locked_package(tmp_path: Path) -> None:
    reading = read(tmp_path, office.locked_package())
    assert (reading.state, reading.why) == (State.ENCRYPTED, "password")


# ---- Word 97 -----------------------------------------------------------------------------


@pytest.mark.parametrize("wide", [True, False])
def test_old_document(wide: bool, tmp_path: Path) -> None:  # noqa: FBT001 - pytest gives it
    plain = "KE HOACH\rmot\x07hai\x07\x07sau\r\x13 PAGE \x147\x15\r"
    reading = read(tmp_path, office.old_document("" if wide else plain, wide=wide))
    assert reading.state is State.READ
    said = [line for line in reading.pages[0].split("\n") if line]
    if not wide:
        assert said == ["KE HOACH", "mot", "hai", "sau", "7"]
        return
    header = [line for row in SAID["header"] for cell in row for line in cell.split("\n")]
    assert said[: len(header)] == header
    assert said[-1] == "7"
    assert "PAGE" not in reading.pages[0]
    assert tables(reading)[-1].rows == tuple(tuple(row) for row in SAID["table"])
    assert SAID["signature"][-1] in lines(reading)


def test_comments_of_old_documents_are_left_out(tmp_path: Path) -> None:
    reading = read(tmp_path, office.old_document("body\r", comments="\x05CANARY\r"))
    assert "comments" in flags(reading)
    assert "CANARY" not in reading.pages[0]


def test_macros_and_objects_of_old_documents(tmp_path: Path) -> None:
    extra = {"Macros/VBA/dir": b"x", "ObjectPool/_1/\x01Ole10Native": b"x"}
    found = flags(read(tmp_path, office.old_document(extra=extra)))
    assert found == {"macro": (), "embedded-object": ()}


def test_dde_in_an_old_document(tmp_path: Path) -> None:
    reading = read(tmp_path, office.old_document("a\x13 DDEAUTO cmd \x14x\x15\r"))
    assert flags(reading) == {"dde": ()}
    assert reading.pages == ("ax",)


@pytest.mark.parametrize(
    ("data", "state", "why"),
    [
        (office.old_document(bits=0x0100), State.ENCRYPTED, "password"),
        (office.old_document(version=0x65), State.OPAQUE, "old-word"),
        (b"\xdb\xa5\x2d\x00" + bytes(600), State.OPAQUE, "old-word"),
        (office.container({"1Table": b"x"}), State.DAMAGED, "no-document"),
        (office.old_document()[:1000], State.DAMAGED, "not-a-container"),
    ],
    ids=["locked", "word-95", "word-2", "no-stream", "cut"],
)
def test_old_documents_that_cannot_be_read(
    data: bytes, state: State, why: str, tmp_path: Path
) -> None:
    reading = read(tmp_path, data, kind="doc")
    assert (reading.state, reading.why) == (state, why)


def test_storages_in_a_circle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by flipping bits: olefile follows such a circle as deep as Python goes."""

    def circle(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr("olefile.OleFileIO.listdir", circle)
    for kind, data in (("doc", office.old_document()), ("xls", office.old_workbook())):
        reading = read(tmp_path, data, kind=kind)
        assert (reading.state, reading.why) == (State.DAMAGED, "not-a-container")


def test_pieces_beyond_the_file_are_lost(tmp_path: Path) -> None:
    data = office.old_document("x" * 9000)
    reading = read(tmp_path, data.replace(b"\x28\x23\0\0", b"\xff\xff\xff\x7f"))
    assert reading.state in {State.PARTIAL, State.DAMAGED}


# ---- workbooks ---------------------------------------------------------------------------


def test_workbook(tmp_path: Path) -> None:
    reading = read(tmp_path, office.workbook())
    assert reading.state is State.READ
    assert reading.parts == 3
    assert flags(reading) == {
        "comments": (),
        "hidden-sheet": (SHEET["hidden"], SHEET["very_hidden"]),
    }
    (table,) = tables(reading)
    assert table.title == SHEET["name"]
    assert table.rows == (
        tuple(SHEET["headings"]),
        *((str(row), SHEET["label"], "12,5", "10/01/2026") for row in (1, 2, 3)),
        ("6", "1203004567", "TRUE", "10/01/2026 14:30"),
    )
    assert SHEET["secret"] in reading.pages[1]
    assert "1203004567" in reading.pages[0]


def test_long_workbook_is_cut(tmp_path: Path) -> None:
    reading = read(tmp_path, office.workbook(10_000))
    (table,) = tables(reading)
    assert len(table.rows) == 60
    assert table.more_rows == 10_002 - 60
    assert reading.pages[0].count(SHEET["label"]) == 10_000


def test_a_stray_cell_loses_its_sheet_only(tmp_path: Path) -> None:
    reading = read(tmp_path, office.stray_workbook())
    assert (reading.state, reading.why) == (State.PARTIAL, "truncated")
    assert [page.split("\n")[0] for page in reading.pages] == [
        SHEET["hidden"],
        SHEET["very_hidden"],
    ]
    reading = read(tmp_path, office.stray_workbook(alone=True))
    assert (reading.state, reading.why) == (State.REFUSED, "too-large")


def test_documents_without_a_word(tmp_path: Path) -> None:
    reading = read(tmp_path, office.blank_workbook())
    assert (flags(reading), reading.pages, reading.excerpt) == ({"blank": ()}, ("",), None)
    nothing = office.with_parts(office.written("<w:p/>"), {"word/footer1.xml": "<x/>"})
    assert flags(read(tmp_path, nothing)) == {"blank": ()}
    pictured = office.with_parts(nothing, {"word/media/image1.jpeg": b"x"})
    assert flags(read(tmp_path, pictured)) == {"scanned": ()}


def test_workbook_links(tmp_path: Path) -> None:
    found = flags(read(tmp_path, office.workbook_with_links()))
    assert found["external-reference"] == ("so-lieu.xlsx",)
    assert "dde" in found


def test_old_workbook(tmp_path: Path) -> None:
    reading = read(tmp_path, office.old_workbook())
    assert reading.state is State.READ
    assert flags(reading) == {
        "comments": (),
        "external-reference": ("so-lieu.xls",),
        "hidden-sheet": (SHEET["hidden"],),
    }
    (table,) = tables(reading)
    assert table.rows == (("12", SHEET["label"]), ("0,25", ""))


@pytest.mark.parametrize(
    ("data", "state", "why"),
    [
        (office.old_workbook(locked=True), State.ENCRYPTED, "password"),
        (b"\x09\x04\x06\x00" + bytes(100), State.OPAQUE, "old-excel"),
        (office.container({"Workbook": bytes(5000)}), State.DAMAGED, "unreadable"),
        (office.packed({"xl/workbook.xml": "<a"}), State.DAMAGED, "unreadable"),
    ],
    ids=["locked", "excel-4", "zeros", "cut"],
)
def test_workbooks_that_cannot_be_read(data: bytes, state: State, why: str, tmp_path: Path) -> None:
    kind = "xlsx" if data.startswith(b"PK") else "xls"
    reading = read(tmp_path, data, kind=kind)
    assert (reading.state, reading.why) == (state, why)


def test_cells_as_people_read_them() -> None:
    from datetime import date, datetime, timedelta
    from datetime import time as clock

    shown = {
        None: "",
        12.0: "12",
        0.1 + 0.2: "0,3",
        -1234.5: "-1234,5",
        79203001234.0: "79203001234",
        float("nan"): "",
        True: "TRUE",
        date(2026, 1, 2): "02/01/2026",
        datetime(2026, 1, 2, 3, 4, 5): "02/01/2026 03:04:05",  # noqa: DTZ001 - Excel's
        clock(7, 30): "07:30",
        timedelta(hours=30, minutes=5): "30:05",
        timedelta(minutes=-5): "-00:05",
    }
    for value, expected in shown.items():
        assert cells.shown(value) == expected


# ---- others ------------------------------------------------------------------------------


def test_presentation_in_the_order_of_the_list(tmp_path: Path) -> None:
    said = words()["slides"]
    reading = read(tmp_path, office.presentation())
    assert reading.parts == 3
    assert [page.split("\n")[0] for page in reading.pages] == [
        said["first"],
        said["second"],
        "hidden",
    ]
    assert said["note"] in reading.pages[0]
    assert blocks(reading)[0] == Paragraph(text=said["first"], level=3)
    assert lines(reading) == [said["first"], "2.", said["second"], "1."]
    assert flags(reading) == {"hidden-sheet": ("3",)}


def test_open_text(tmp_path: Path) -> None:
    reading = read(tmp_path, office.open_text())
    assert reading.state is State.READ
    assert blocks(reading)[0] == Paragraph(text=SAID["heading"], level=2)
    assert tables(reading)[0].rows == (("a", "b"),)
    assert SAID["deleted"] not in reading.pages[0]
    assert "CANARY" not in reading.pages[0]
    assert flags(reading) == {
        "macro": (),
        "tracked-changes": (),
        "comments": (),
        "external-reference": ("anh.png",),
        "author": ("creator",),
    }


def test_open_workbook_shows_what_people_see(tmp_path: Path) -> None:
    start = time.process_time()
    reading = read(tmp_path, office.open_workbook())
    assert time.process_time() - start < 5
    (table,) = tables(reading)
    assert table.rows[0] == (SHEET["label"], "85,5%")
    assert table.more_rows == 1_048_002 - 60
    assert flags(reading) == {"hidden-sheet": (SHEET["hidden"],)}
    assert reading.parts == 2
    assert SHEET["secret"] in reading.pages[1]


def test_open_slides(tmp_path: Path) -> None:
    said = words()["slides"]
    reading = read(tmp_path, office.open_slides())
    assert reading.pages == (said["first"], said["second"])
    assert blocks(reading)[0] == Paragraph(text=said["first"], level=3)


def test_locked_open_text(tmp_path: Path) -> None:
    assert read(tmp_path, office.locked_open_text()).state is State.ENCRYPTED


def test_rich_text(tmp_path: Path) -> None:
    reading = read(tmp_path, text.rich())
    assert reading.pages == ("K\u1ebf  ho\u1ea1ch\ncaf\u00e9\tx y\nshown",)
    assert flags(reading) == {"tracked-changes": (), "author": ("creator",)}
