from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from site_builder.importing.written import as_yaml
from site_builder.loading.verdicts import read_council, read_records, read_sheet
from site_builder.messages import read_catalogue
from site_builder.model.verdict import Decision, Verdict, VerdictSheet
from site_builder.schemas import schema_of
from tests.loading.reading import codes, places

ROW = """\
verdicts:
  - don_vi: "Commune"
    ky: 2025
    dot: first
    tieu_chi: "1.10"
    ma_noi_dung: ABC
    nguoi_tham_dinh: Nobody
    ket_luan: cham-lai
    diem: "0,75"
    ly_do: because
    luc: 2026-01-02T08:00:00+07:00
"""


def test_whole() -> None:
    sheet, findings = read_sheet(ROW.encode(), "a.yml", "first")
    assert findings == ()
    (row,) = sheet.verdicts
    assert (row.leaf, row.period, row.leaf_digest) == ("1.10", "2025", "abc")
    assert (row.decision, row.points, row.line) == (Decision.RESCORE, Decimal("0.75"), 2)
    assert row.at == datetime(2026, 1, 2, 1, tzinfo=UTC)
    assert (sheet.round, sheet.assessors) == ("first", ("Nobody",))


def test_an_unreadable_number_loses_its_value_and_is_told() -> None:
    sheet, findings = read_sheet(ROW.replace('"0,75"', "many").encode(), "a.yml")
    assert places(findings) == [("YML006", 9, "diem")]
    assert sheet.verdicts[0].points is None
    _, findings = read_sheet(ROW.replace('"0,75"', '"1,500"').encode(), "a.yml")
    assert codes(findings) == ["YML007"]


def test_what_a_row_cannot_do_without() -> None:
    for key in ("tieu_chi", "ma_noi_dung", "nguoi_tham_dinh", "ket_luan"):
        lines = [line for line in ROW.splitlines() if f"{key}:" not in line]
        sheet, findings = read_sheet("\n".join(lines).encode(), "a.yml")
        assert (sheet.verdicts, codes(findings)) == ((), ["YML004"])
    sheet, findings = read_sheet(ROW.replace("cham-lai", "maybe").encode(), "a.yml")
    assert (sheet.verdicts, codes(findings)) == ((), ["YML009"])
    sheet, findings = read_sheet(ROW.replace("2026-01-02T08", "soonT08").encode(), "a.yml")
    assert (len(sheet.verdicts), codes(findings)) == (1, ["YML008"])


def test_broken() -> None:
    for text in (b"", b"- a", b"verdicts: 3", b"verdicts: {a: 3}", b"\x00", b"a: &x 1"):
        sheet, findings = read_sheet(text, "a.yml")
        assert sheet.verdicts == ()
        assert findings


def test_council() -> None:
    text = 'approved: {so: 9/QD, ngay: 01/03/2026}\nsettled:\n  "1.1": {diem: "1,5", so: 1/QD}\n'
    council, findings = read_council(text.encode(), "c", "first")
    assert findings == ()
    assert council.approved_by == "9/QD"
    assert [(each.leaf, each.points) for each in council.settled] == [("1.1", Decimal("1.5"))]
    council, findings = read_council(b'settled: {"1.1": {diem: 1}}', "c", "first")
    assert codes(findings) == ["YML004"]


def test_folders(tmp_path: Path) -> None:
    folder = tmp_path / "records" / "verdicts"
    (folder / "first").mkdir(parents=True)
    (folder / "README.md").write_text("a")
    (folder / "first" / "b.yml").write_text(ROW)
    (folder / "first" / "a.yaml").write_text(ROW)
    (folder / "first" / "note.txt").write_text("a")
    (folder / "first" / "quyet-dinh.yml").write_text("settled:\n")
    (folder / "first" / "link.yml").symlink_to(folder / "first" / "b.yml")
    (folder / "first" / "folder.yml").mkdir()
    records, findings = read_records(tmp_path)
    assert [each.path for each in records.sheets] == [
        "records/verdicts/first/a.yaml",
        "records/verdicts/first/b.yml",
    ]
    assert [each.round for each in records.councils] == ["first"]
    assert codes(findings) == ["SYS008", "SYS007"]


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside" / "first").mkdir(parents=True)
    (tmp_path / "outside" / "first" / "a.yml").write_text(ROW)
    root = tmp_path / "root"
    (root / "records").mkdir(parents=True)
    (root / "records" / "verdicts").symlink_to(tmp_path / "outside")
    records, findings = read_records(root)
    assert (records.sheets, codes(findings)) == ((), ["SYS007"])
    assert read_records(tmp_path / "nothing") == (type(records)(), ())


def test_schemas_describe_every_key() -> None:
    texts = read_catalogue("fields")
    for name in ("verdicts", "council"):
        assert schema_of(name, texts)["properties"]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(
    lambda text: " ".join(text.split())
)


@given(words, words.filter(bool), st.decimals(0, 100, places=2))
def test_what_is_written_is_read_back(note: str, reason: str, points: Decimal) -> None:
    row = Verdict(
        unit="U",
        period="2025",
        round="first",
        leaf="1.1",
        leaf_digest="abc",
        assessor="A B",
        decision=Decision.RESCORE,
        points=points,
        reason=reason,
        note=note,
        at=datetime(2026, 1, 2, 1, tzinfo=UTC),
        line=3,
    )
    text = as_yaml(VerdictSheet(path="a", round="first", verdicts=(row,)), "comment")
    sheet, findings = read_sheet(text.encode(), "a", "first")
    assert findings == ()
    (read,) = sheet.verdicts
    assert (read.points, read.at, read.decision) == (row.points, row.at, row.decision)
    again = as_yaml(VerdictSheet(path="a", round="first", verdicts=(read,)), "comment")
    assert again == text
