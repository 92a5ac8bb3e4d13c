import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from site_builder.commands import redact
from site_builder.messages import read_catalogue
from site_builder.processing.redaction import Why
from tests.commands.running import Run

PERSONAL = "So CCCD: 001090012345"


def pdf(*lines: str) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as file:
        for line in lines:
            file.add_blank_page(page_size=(595, 842))
            page = file.pages[-1]
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
            page.contents_add(f"BT /F1 12 Tf 72 700 Td ({line}) Tj ET".encode("ascii"))
        file.save(target, deterministic_id=True)
    return target.getvalue()


@pytest.fixture
def original(commune: Path) -> Path:
    path = commune / "evidence" / "list.pdf"
    path.write_bytes(pdf("A plan for the coming year in words", PERSONAL))
    return path


def test_a_copy_is_made_and_the_original_stays(run: Run, original: Path, commune: Path) -> None:
    before = original.read_bytes()
    target = commune / "evidence" / "list-redacted.pdf"
    ran = run("redact", str(original), "--out", str(target))
    assert ran.code == 0, ran.said
    assert original.read_bytes() == before
    assert target.read_bytes().startswith(b"%PDF")
    assert "001090012345" not in ran.said
    assert target.name in ran.err


def test_words_to_hide_besides(run: Run, original: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.pdf"
    ran = run("redact", str(original), "--out", str(target), "--also", "coming", "--also", "plan")
    assert ran.code == 0, ran.said
    assert "1, 2" in ran.err


def test_nothing_is_written_over(run: Run, original: Path, commune: Path) -> None:
    before = original.read_bytes()
    other = commune / "evidence" / "other.pdf"
    other.write_bytes(b"x")
    for target in (original, other):
        ran = run("redact", str(original), "--out", str(target))
        assert ran.code == 2
        assert target.name in ran.err
    assert original.read_bytes() == before
    assert other.read_bytes() == b"x"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (pdf("Words of a plan without anything personal"), 0),
        (b"%PDF-1.7\nbroken", 1),
        (b"no pdf at all", 2),
    ],
)
def test_no_copy_without_a_need(run: Run, tmp_path: Path, data: bytes, code: int) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(data)
    ran = run("redact", str(source), "--out", str(target))
    assert ran.code == code
    assert source.name in ran.err
    assert not target.exists()


def test_pictures_are_cropped_by_hand(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "photo.pdf"
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "JPEG")
    source.write_bytes(picture.getvalue())
    assert run("redact", str(source), "--out", str(tmp_path / "b.pdf")).code == 2


def test_a_scan_is_said_to_be_one(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "scan.pdf", tmp_path / "b.pdf"
    Image.linear_gradient("L").resize((300, 400)).save(source, "PDF")
    ran = run("redact", str(source), "--out", str(target))
    assert ran.code == 1
    assert not target.exists()


def test_every_reason_has_a_code_and_a_text() -> None:
    texts = read_catalogue("cli").table("cli", "say")
    for why in Why:
        assert why.value in redact._CODES  # noqa: SLF001
        assert f"redact_refused_{why.value}" in texts


def test_wrong_paths(run: Run, original: Path, tmp_path: Path) -> None:
    assert run("redact", str(tmp_path / "none.pdf"), "--out", str(tmp_path / "b.pdf")).code == 2
    target = tmp_path / "none" / "b.pdf"
    assert run("redact", str(original), "--out", str(target)).code == 2
    assert run("redact", str(original)).code == 2
