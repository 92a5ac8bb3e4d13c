"""``verdict-sheet`` and ``import-verdicts`` as people run them."""

import hashlib
from pathlib import Path

import openpyxl
import pytest

from site_builder import loading
from site_builder.model.digest import digests
from tests.checks import trees
from tests.commands.running import Run

WINDOW = "self_scoring: {opens: 2025-12-20, closes: 2026-01-10}"
ROUNDS = "\n  rounds: [{id: tu-cham, title: A}, {id: tham-dinh, title: B}]"
FOLDER = "records/verdicts/tham-dinh"
UNIT = "UBND x\u00e3 M\u1eabu"
WORDS = ("Nguy\u1ec5n V\u0103n A", "Nguy\u00ean V\u00e2n A")


@pytest.fixture
def commune(tmp_path: Path) -> Path:
    root = tmp_path / "xa"
    root.mkdir()
    edit: dict[str, dict[str | int, str | None]] = {"unit.yml": {WINDOW: WINDOW + ROUNDS}}
    trees.write(root, trees.lay_over(trees.base("minimal"), {}, edit))
    return root


def row(root: Path, leaf: str = "1.1.1", **more: str) -> str:
    snapshot, _ = loading.load(root, hash_all=True, environment={})
    values = {
        "don_vi": UNIT,
        "ky": "2025",
        "dot": "tham-dinh",
        "tieu_chi": leaf,
        "ma_noi_dung": digests(snapshot).leaves.get(leaf, "0"),
        "nguoi_tham_dinh": WORDS[0],
        "ket_luan": "dat",
        "luc": "2026-02-01T08:00:00+07:00",
        **more,
    }
    lines = [f'{key}: "{value}"' for key, value in values.items()]
    return "  - " + "\n    ".join(lines) + "\n"


def sent(folder: Path, *rows: str, name: str = "a.yml") -> str:
    file = folder / name
    file.write_text("verdicts:\n" + "".join(rows), "utf-8")
    return str(file)


def tree(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_file_is_taken_and_nothing_else_changes(commune: Path, tmp_path: Path, run: Run) -> None:
    before = tree(commune)
    file = sent(tmp_path, row(commune), row(commune, "1.2"))
    done = run("import-verdicts", file)
    assert (done.code, done.out) == (0, "")
    kept = commune / FOLDER / "nguyen-van-a.yml"
    after = tree(commune)
    cache = {path for path in after if "/.cache/" in path}
    assert set(after) - set(before) - cache == {str(kept)}
    assert all(after[path] == digest for path, digest in before.items())
    snapshot, findings = loading.load(commune, environment={})
    assert not [each for each in findings if "verdicts" in each.location.path]
    assert [each.leaf for each in snapshot.verdicts.sheets[0].verdicts] == ["1.1.1", "1.2"]


def test_another_assessor_of_the_same_slug_gets_a_file_of_their_own(
    commune: Path, tmp_path: Path, run: Run
) -> None:
    assert run("import-verdicts", sent(tmp_path, row(commune))).code == 0
    other = sent(tmp_path, row(commune, nguoi_tham_dinh=WORDS[1]))
    assert run("import-verdicts", other).code == 0
    names = sorted(path.name for path in (commune / FOLDER).iterdir())
    assert names == ["nguyen-van-a-2.yml", "nguyen-van-a.yml"]


def test_a_newer_file_replaces_and_an_older_one_does_not(
    commune: Path, tmp_path: Path, run: Run
) -> None:
    kept = commune / FOLDER / "nguyen-van-a.yml"
    first = sent(tmp_path, row(commune), row(commune, "1.2"))
    newer = sent(tmp_path, row(commune, luc="2026-02-02T08:00:00+07:00"), name="b.yml")
    assert run("import-verdicts", first).code == 0
    replaced = run("import-verdicts", newer)
    assert replaced.code == 0
    assert "1.2" in replaced.err
    now = kept.read_bytes()
    assert run("import-verdicts", first).code == 1
    assert kept.read_bytes() == now
    assert run("import-verdicts", newer).code == 0


def test_rows_that_do_not_count_are_refused_one_by_one(
    commune: Path, tmp_path: Path, run: Run
) -> None:
    file = sent(
        tmp_path,
        row(commune),
        row(commune, "2.1"),
        row(commune, "9"),
        row(commune, "1.1.2", ket_luan="cham-lai", diem="3", ly_do="x"),
        row(commune, "1.2", don_vi="Khac"),
        row(commune, "1.2", diem="x", ket_luan="cham-lai", ly_do="x"),
    )
    done = run("import-verdicts", file)
    assert done.code == 1
    assert all(leaf in done.err for leaf in ("2.1", "9", "1.1.2"))
    snapshot, _ = loading.load(commune, environment={})
    (sheet,) = snapshot.verdicts.sheets
    assert [each.leaf for each in sheet.verdicts] == ["1.1.1"]


def test_a_stale_row_is_kept_and_told(commune: Path, tmp_path: Path, run: Run) -> None:
    done = run("import-verdicts", sent(tmp_path, row(commune, ma_noi_dung="0" * 64)))
    assert done.code == 0
    assert "1.1.1" in done.err
    assert "VER007" in run("check").out


def test_what_lies_in_the_way_is_never_overwritten(commune: Path, tmp_path: Path, run: Run) -> None:
    folder = commune / FOLDER
    folder.mkdir(parents=True)
    (folder / "nguyen-van-a.yml").write_text("not a sheet")
    assert run("import-verdicts", sent(tmp_path, row(commune))).code == 0
    assert (folder / "nguyen-van-a.yml").read_text() == "not a sheet"
    assert (folder / "nguyen-van-a-2.yml").is_file()


def test_nothing_is_written_through_a_link(commune: Path, tmp_path: Path, run: Run) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (commune / "records").mkdir(exist_ok=True)
    (commune / "records" / "verdicts").symlink_to(outside)
    assert run("import-verdicts", sent(tmp_path, row(commune))).code == 1
    assert list(outside.iterdir()) == []


def test_an_assessor_named_like_the_council_stays_an_assessor(
    commune: Path, tmp_path: Path, run: Run
) -> None:
    file = sent(tmp_path, row(commune, nguoi_tham_dinh="Quy\u1ebft \u0110\u1ecbnh"))
    assert run("import-verdicts", file).code == 0
    assert [path.name for path in (commune / FOLDER).iterdir()] == [
        "nguoi-tham-dinh-quyet-dinh.yml"
    ]


@pytest.mark.parametrize("data", [b"", b"\x00", b"PK\x03\x04", b"verdicts:\n", b"- a"])
def test_broken_files_are_told(tmp_path: Path, run: Run, data: bytes) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(data)
    done = run("import-verdicts", str(file))
    assert done.code == 1
    assert run("import-verdicts", str(tmp_path / "none.yml")).code == 1


def test_the_workbook_goes_out_and_comes_back(commune: Path, tmp_path: Path, run: Run) -> None:
    file = tmp_path / "sheet.xlsx"
    assert run("verdict-sheet", "--round", "tham-dinh", "--out", str(file)).code == 0
    assert run("verdict-sheet", "--round", "tham-dinh", "--out", str(file)).code == 1
    assert run("verdict-sheet", "--round", "none", "--out", str(tmp_path / "b.xlsx")).code == 2
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    sheet["C3"] = WORDS[0]
    rows = {sheet.cell(number, 1).value: number for number in range(6, sheet.max_row + 1)}
    sheet.cell(rows["1.1.2"], 6).value = "0,75"
    sheet.cell(rows["1.1.2"], 8).value = "Thieu"
    book.save(file)
    done = run("import-verdicts", str(file))
    assert done.code == 0, done.err
    assert "0,75" in (commune / FOLDER / "nguyen-van-a.yml").read_text("utf-8")
    assert '"0.75"' in run("score", "--format", "json").out
