import subprocess
from pathlib import Path

import pytest

from tests.commands.running import Run


@pytest.fixture
def path(commune: Path) -> str:
    folder = next(path.parent for path in sorted(commune.rglob("giai-trinh.md")))
    (folder / "danh-sach.pdf").write_bytes(b"%PDF-1.4 zq-secret-content")
    git(commune, "init", "-q")
    git(commune, "add", "-A")
    git(commune, "commit", "-q", "-m", "All")
    return (folder / "danh-sach.pdf").relative_to(commune).as_posix()


def git(root: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=Sample", "-c", "user.email=sample@example.vn")
    return subprocess.run(
        ["git", *settings, *arguments], cwd=root, check=True, capture_output=True, text=True
    ).stdout


def test_without_yes_nothing_changes(run: Run, commune: Path, path: str) -> None:
    head = git(commune, "rev-parse", "HEAD")
    ran = run("purge", path)
    assert ran.code == 0
    assert "--yes" in ran.err
    assert git(commune, "rev-parse", "HEAD") == head
    assert (commune / path).exists()


@pytest.mark.parametrize("given", [(), ("--reason", "X"), ("--reason", "X", "--office", "nobody")])
def test_nobody_purges_without_a_reason_and_an_office(
    run: Run, commune: Path, path: str, given: tuple[str, ...]
) -> None:
    ran = run("purge", path, "--yes", *given)
    assert ran.code == 1
    assert (commune / path).exists()


def test_the_file_goes_and_a_tombstone_stays(run: Run, commune: Path, path: str) -> None:
    office = "van-phong"
    (commune / "build/site").mkdir(parents=True)
    ran = run("purge", str(commune / path), "--reason", 'A "list"', "--office", office, "--yes")
    assert ran.code == 0, ran.err
    assert not (commune / path).exists()
    assert "build/site" in ran.err
    stored = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"],
        cwd=commune,
        check=True,
        capture_output=True,
    ).stdout
    assert b"zq-secret-content" not in stored
    assert b"danh-sach.pdf" not in stored
    record = (commune / "records/purged.yml").read_text("utf-8")
    assert office in record
    assert "danh-sach" not in record
    # What it wrote can be read again, also after a second time.
    checked = run("check", "--today", "2024-01-05", "--format", "json")
    assert "records/purged.yml" not in checked.out


@pytest.mark.parametrize("missing", ["evidence/none.pdf", "unit.yml"])
@pytest.mark.usefixtures("path")
def test_what_cannot_be_purged(run: Run, missing: str) -> None:
    assert run("purge", missing).code == 1


def test_outside_git(run: Run) -> None:
    ran = run("purge", "evidence/a.pdf")
    assert (ran.code, "Git" in ran.err) == (1, True)
