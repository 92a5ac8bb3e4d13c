"""What an edition must not show is in no byte of it, whichever engine printed it."""

import gzip
import hashlib
import unicodedata
from pathlib import Path

import pytest

from tests.e2e.conftest import TINY, build, copy_of, git, program

pytestmark = pytest.mark.engine

# Words that occur nowhere else, in the places where internal things lie.
FILE_NAME = "Tep noi bo \u0111\u1eb7c bi\u1ec7t zqxv.pdf"
CONTENT = b"%PDF-1.4 zqxvnoidung"
TEXT = "zqxvloivan"
MESSAGE = "zqxvthongdiep"
INTERNAL = (FILE_NAME, "zqxv", TEXT, MESSAGE, hashlib.sha256(CONTENT).hexdigest()[:8])


def _planted(target: Path) -> Path:
    """A commune with something internal in a leaf of which nothing is public."""
    root = copy_of(TINY, target)
    explanation = next(
        path
        for path in sorted((root / "evidence").rglob("giai-trinh.md"))
        if "cong_khai" not in path.read_text("utf-8")
    )
    (explanation.parent / FILE_NAME).write_bytes(CONTENT)
    explanation.write_text(f"{explanation.read_text('utf-8')}\n{TEXT}\n", "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", MESSAGE)
    return root


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): (
            gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def _places(files: dict[str, bytes], word: str) -> list[str]:
    spellings = {unicodedata.normalize(form, word).encode() for form in ("NFC", "NFD")}
    return [
        path
        for path, data in files.items()
        if any(one in data or one in path.encode() for one in spellings)
    ]


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_public_edition_holds_nothing_internal(tmp_path: Path, engine: str) -> None:
    root = _planted(tmp_path / "x")
    files = _bytes(build(root, engine, "public"))
    emails = [
        line.partition("emails: [")[2].partition("]")[0].split(",")[0]
        for line in (root / "unit.yml").read_text("utf-8").splitlines()
        if "emails: [" in line
    ]
    assert emails
    for word in (*INTERNAL, *emails):
        assert _places(files, word) == [], word


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_words_would_be_found(tmp_path: Path, engine: str) -> None:
    """The other test's eyes are open: the working edition shows the same words."""
    files = _bytes(build(_planted(tmp_path / "x"), engine))
    assert _places(files, TEXT)
    assert _places(files, hashlib.sha256(CONTENT).hexdigest()[:8])


def test_the_assessors_edition_holds_no_kitchen(tmp_path: Path) -> None:
    root = _planted(tmp_path / "x")
    files = _bytes(build(root, "mkdocs", "assessor"))
    assert _places(files, TEXT)
    assert _places(files, MESSAGE) == []
    assert not [path for path in files if "tien-do" in path or "viec-can-lam" in path]


def test_without_a_decision_nothing_is_public(tmp_path: Path) -> None:
    root = copy_of(TINY, tmp_path / "x")
    unit = root / "unit.yml"
    unit.write_text(unit.read_text("utf-8").partition("\npublish:")[0] + "\n", "utf-8")
    done = program(root, "build", "--edition", "public")
    assert done.returncode != 0
    assert not (root / "build" / "public").exists()
