"""After a purge no word of the file is anywhere on this machine, nor in a site built afterwards."""

import shutil
from pathlib import Path

import pytest

from tests.e2e.conftest import build, copy_of, git, program
from tests.e2e.looking import Eyes, digests
from tests.e2e.planted import Words, docx_file, jpeg_file, sha256_of

pytestmark = pytest.mark.engine

LEAF = "evidence/1-cai-cach-hanh-chinh/1.1-chi-dao-dieu-hanh/1.1.2-muc-do-hoan-thanh-ke-hoach"
REASON = "L\u00fd do m\u1eabu"


@pytest.mark.parametrize("place", ["inside", "outside"])
def test_nothing_of_a_purged_file_is_left(
    tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    if place == "inside":
        monkeypatch.delenv("SITE_BUILDER_CACHE")
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    else:
        monkeypatch.setenv("SITE_BUILDER_CACHE", str(store))
    words = Words(731)
    root = copy_of("nho", tmp_path / "root")
    versions = {
        "earlier": docx_file(words, notes=True),
        "last": docx_file(words, notes=False, body="2"),
    }
    path = f"{LEAF}/{words('name')}.docx"
    for number, data in enumerate(versions.values()):
        (root / path).write_bytes(data)
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", f"{number}")
        # What was looked at once is remembered, whatever came later.
        assert program(root, "check").returncode in {0, 1}
    git(root, "reset", "-q", "--soft", "HEAD~1")
    git(root, "commit", "-q", "-m", "again")
    eyes = Eyes(words.halves, exact=digests(versions, sha256_of(versions)))
    build(root, "mkdocs", "assessor")
    assert eyes.in_folder(root / ".git")
    assert eyes.in_folder(store if place == "outside" else root / ".cache")
    done = program(root, "purge", path, "--yes", "--reason", REASON, "--office", "van-phong")
    assert done.returncode == 0, done.stderr
    # It is told that the site is still there.
    assert "build/assessor" in done.stderr
    shutil.rmtree(root / "build")
    # The record of the purge has the beginning of a hash as its name, and nothing else.
    record = root / "records" / "purged.yml"
    kept = record.read_bytes()
    record.unlink()
    assert eyes.in_folder(tmp_path) == []
    record.write_bytes(kept)
    git(root, "add", "records")
    git(root, "commit", "-q", "-m", "records")
    site = build(root, "mkdocs", "assessor")
    assert Eyes(words.halves).in_folder(tmp_path) == []
    page = (site / "2024/tc/1.1.2.html").read_text("utf-8")
    assert REASON in page


def test_a_forged_store_puts_nothing_into_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that brings a store of its own changes not a byte of any edition."""
    monkeypatch.setenv("SITE_BUILDER_CACHE", str(tmp_path / "clean"))
    root = copy_of("nho", tmp_path / "root")
    build(root, "mkdocs", "assessor").rename(tmp_path / "before")
    # Somebody reads another picture and files it under the hash of the real one.
    monkeypatch.setenv("SITE_BUILDER_CACHE", str(tmp_path / "theirs"))
    other = copy_of("nho", tmp_path / "other")
    (other / LEAF / "anh-hop.jpg").write_bytes(jpeg_file(Words(5)))
    (other / LEAF / "giai-trinh.md").unlink()
    assert program(other, "build").returncode == 0
    monkeypatch.delenv("SITE_BUILDER_CACHE")
    theirs = root / ".cache" / "evidence"
    shutil.copytree(tmp_path / "theirs", theirs)
    real = sha256_of({"": (root / LEAF / "anh-hop.jpg").read_bytes()})[""]
    forged = sha256_of({"": (other / LEAF / "anh-hop.jpg").read_bytes()})[""]
    (theirs / real[:2]).mkdir(exist_ok=True)
    shutil.rmtree(theirs / real[:2] / real, ignore_errors=True)
    (theirs / forged[:2] / forged).rename(theirs / real[:2] / real)
    for record in theirs.rglob("facts.json"):
        record.write_text(record.read_text("utf-8").replace(forged, real), "utf-8")
    index = (theirs / "index").read_text("utf-8")
    (theirs / "index").write_text(index.replace(real, "0" * 64).replace(forged, real), "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    after = build(root, "mkdocs", "assessor")
    pictures = {
        path.relative_to(after): path.read_bytes() for path in after.rglob("*/xem/**/*.webp")
    }
    assert pictures
    for path, data in pictures.items():
        assert (tmp_path / "before" / path).read_bytes() == data
