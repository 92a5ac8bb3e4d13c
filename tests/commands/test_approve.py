"""``approve`` and ``close-year``: what they write, and when they refuse to."""

import json
import subprocess
from pathlib import Path

import pytest

from site_builder import loading
from site_builder.model.approval import ApprovalState, approval_status
from site_builder.model.digest import digests
from tests.commands.running import Run

NUMBER, OFFICE = "15/TTr-UBND", "chu-tich"
APPROVAL = "records/approval.yml"


def git(root: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=Sample", "-c", "user.email=sample@example.vn")
    return subprocess.run(
        ["git", *settings, *arguments], cwd=root, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def kept(commune: Path) -> Path:
    (commune / ".gitignore").write_text("/build/\n/.cache/\n")
    git(commune, "init", "-q")
    commit(commune)
    return commune


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "State")


def state(root: Path) -> ApprovalState:
    snapshot, findings = loading.load(root, hash_all=True, environment={})
    assert not [each for each in findings if each.location.path == APPROVAL]
    return approval_status(snapshot, digests(snapshot)).state


def explanation(root: Path) -> Path:
    return next(path for path in sorted(root.rglob("giai-trinh.md")) if "1.1.2" in str(path))


def approve(run: Run, *more: str, office: str = OFFICE, document: str = NUMBER) -> int:
    code: int = run("approve", "--document", document, "--office", office, *more).code
    return code


def test_without_yes_nothing_is_written(run: Run, kept: Path) -> None:
    ran = run("approve", "--document", NUMBER, "--office", OFFICE)
    assert ran.code == 0
    assert "--yes" in ran.err
    assert not (kept / APPROVAL).exists()


def test_an_approval_covers_what_was_approved_and_no_more(run: Run, kept: Path) -> None:
    assert approve(run, "--date", "20/12/2025", "--yes") == 0
    snapshot, _ = loading.load(kept, hash_all=True, environment={})
    approval = snapshot.approval
    assert approval is not None
    assert (approval.document, approval.by, str(approval.on)) == (NUMBER, OFFICE, "2025-12-20")
    assert (approval.period, approval.set_id) == ("2025", "nho-2025")
    assert approval.commit == git(kept, "rev-parse", "HEAD").strip()
    assert state(kept) is ApprovalState.CURRENT
    # The approval itself is no part of what was approved.
    commit(kept)
    assert state(kept) is ApprovalState.CURRENT
    path = explanation(kept)
    path.write_text(path.read_text("utf-8").replace("hoan-thanh: 9", "hoan-thanh: 8"), "utf-8")
    assert state(kept) is ApprovalState.CHANGED
    checked = run("check", "--today", "2025-12-22")
    assert "APP001" in checked.said
    assert "1.1.2" in checked.said
    commit(kept)
    again = run("approve", "--document", "16/TTr", "--office", OFFICE, "--yes")
    assert again.code == 0
    assert "1.1.2" in again.err
    assert state(kept) is ApprovalState.CURRENT


def test_who_and_with_what_document(run: Run, kept: Path) -> None:
    assert approve(run, "--yes", office="van-hoa") == 1
    assert approve(run, "--yes", office="nobody") == 1
    assert approve(run, "--yes", document="  ") == 1
    assert not (kept / APPROVAL).exists()
    assert run("approve", "--yes").code == 2


def test_what_is_not_committed_is_not_approved(run: Run, kept: Path) -> None:
    explanation(kept).write_text("x")
    assert approve(run, "--yes") == 1
    git(kept, "checkout", "-q", ".")
    (kept / "evidence/1-chi-dao/1.2-tuyen-truyen/new.pdf").write_bytes(b"%PDF-1.4")
    assert approve(run, "--yes") == 1
    assert not (kept / APPROVAL).exists()


def test_what_git_does_not_hold_is_not_approved(run: Run, commune: Path) -> None:
    assert approve(run, "--yes") == 1
    assert not (commune / APPROVAL).exists()


def test_another_set_is_not_approved(run: Run, kept: Path) -> None:
    path = kept / "criteria.yml"
    path.write_text(path.read_text("utf-8") + "# more\n", "utf-8")
    commit(kept)
    assert approve(run, "--yes") == 1


def test_what_was_purged_is_named(run: Run, kept: Path) -> None:
    (kept / "records").mkdir()
    (kept / "records/purged.yml").write_text(
        "purged:\n  - {id: 0123456789abcdef, tieu_chi: '1.2', ly_do: X, bo_phan: van-hoa}\n"
    )
    commit(kept)
    ran = run("approve", "--document", NUMBER, "--office", OFFICE)
    assert "0123456789abcdef 1.2" in ran.err


def test_a_document_cannot_write_keys_of_its_own(run: Run, kept: Path) -> None:
    assert approve(run, "--yes", document='1"\n  ma_tong: "x: {y') == 0
    snapshot, _ = loading.load(kept, hash_all=True, environment={})
    assert snapshot.approval is not None
    assert snapshot.approval.document == '1" ma_tong: "x: {y'


def test_a_year_is_closed_without_names(run: Run, kept: Path) -> None:
    assert run("close-year").code == 0
    path = kept / "records/history/2025.json"
    assert not path.exists()
    assert run("close-year", "--date", "2026-03-01", "--yes").code == 0
    text = path.read_text("utf-8")
    values = json.loads(text)
    assert (values["period"], values["closed"]) == ("2025", "2026-03-01")
    assert values["leaves"]["1.1.2"]["points"] == "1.80"
    assert len(values["leaves"]["1.1.2"]["files"]) == 1
    assert ".pdf" not in text
    first = path.read_bytes()
    commit(kept)
    assert run("close-year", "--date", "2026-03-01", "--yes").code == 0
    assert path.read_bytes() == first


def test_a_year_is_not_closed_with_loose_ends(run: Run, kept: Path) -> None:
    explanation(kept).write_text("x")
    assert run("close-year", "--yes").code == 1
    assert not (kept / "records/history").exists()


def test_nothing_is_built_since_a_name_of_nothing(run: Run, kept: Path) -> None:
    ran = run("build", "--since", "no-such-tag")
    assert ran.code == 2
    assert "no-such-tag" in ran.err
    assert not (kept / "build").exists()
