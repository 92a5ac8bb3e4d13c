"""A file leaves the whole history; everything else stays as it was."""

import os
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pytest
import yaml

from site_builder import purging
from site_builder.git import Git, GitFailedError
from site_builder.purging import Plan, Refusal, rewrite
from site_builder.purging import planning as plans
from site_builder.purging.rewriting import unquoted, without

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Sample",
    "GIT_AUTHOR_EMAIL": "sample@example.vn",
    "GIT_COMMITTER_NAME": "Sample",
    "GIT_COMMITTER_EMAIL": "sample@example.vn",
}

SECRET = b"the secret itself"
PATH = "evidence/1/1.1/danh s\u00e1ch.pdf"


def run(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=root, env=ENVIRONMENT, check=True, capture_output=True, text=True
    ).stdout


def put(root: Path, path: str, data: bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def commit(root: Path, message: str) -> None:
    run(root, "add", "-A")
    run(root, "commit", "-q", "-m", message)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    run(tmp_path, "init", "-q", "-b", "main")
    put(tmp_path, "evidence/1/1.1/ke-hoach.pdf", b"plan")
    put(tmp_path, "evidence/.gitkeep", b"")
    commit(tmp_path, "Start")
    put(tmp_path, PATH, b"")
    commit(tmp_path, "Begin danh s\u00e1ch.pdf")
    put(tmp_path, PATH, SECRET)
    commit(tmp_path, "M 100644 looks like a command\n\ndata 3\n")
    run(tmp_path, "branch", "old")
    run(tmp_path, "tag", "-a", "nop/1", "-m", "Submission")
    put(tmp_path, PATH, SECRET + b" 2")
    put(tmp_path, "evidence/1/1.2/copy.pdf", SECRET)
    put(tmp_path, 'evidence/1/1.1/"quoted"\u00e9.txt', b"stays")
    commit(tmp_path, "More")
    return tmp_path


def git(root: Path) -> Git:
    return Git(root, ENVIRONMENT)


def planned(root: Path, path: str = PATH) -> Plan:
    found = purging.plan(git(root), path)
    assert isinstance(found, Plan)
    return found


def objects(root: Path) -> str:
    return run(root, "cat-file", "--batch-all-objects", "--batch-check", "--unordered")


def test_what_would_go(root: Path) -> None:
    found = planned(root)
    assert found.others == ("evidence/1/1.2/copy.pdf",)
    assert (len(found.blobs), found.commits, len(found.mentions)) == (2, 3, 1)


def test_nothing_of_it_is_left(root: Path) -> None:
    found = planned(root)
    log = run(root, "log", "--all", "--format=%an %at %B")
    before = run(root, "log", "main", "--format=%H").split()
    rewrite(git(root), root, found)
    for blob in found.blobs:
        assert blob not in objects(root)
    assert purging.plan(git(root), PATH) is Refusal.NOT_FOUND
    assert not (root / PATH).exists()
    assert not (root / "evidence/1/1.2/copy.pdf").exists()
    # All else is there, word for word.
    assert run(root, "log", "--all", "--format=%an %at %B") == log
    assert not set(before[:3]) & set(run(root, "log", "--all", "--format=%H").split())
    assert run(root, "cat-file", "-t", "nop/1").strip() == "tag"
    assert run(root, "status", "--porcelain") == ""
    names = run(root, "-c", "core.quotepath=off", "ls-files", "-z").split("\0")
    assert sorted(filter(None, names)) == sorted(
        ['evidence/1/1.1/"quoted"\u00e9.txt', "evidence/1/1.1/ke-hoach.pdf", "evidence/.gitkeep"]
    )
    run(root, "fsck", "--strict")


def test_a_file_deleted_long_ago_goes_too(root: Path) -> None:
    (root / PATH).unlink()
    commit(root, "Gone")
    rewrite(git(root), root, planned(root))
    assert purging.plan(git(root), PATH) is Refusal.NOT_FOUND
    assert run(root, "status", "--porcelain") == ""


def test_every_spelling_of_the_name_goes(root: Path) -> None:
    put(root, unicodedata.normalize("NFD", PATH), b"decomposed")
    commit(root, "From another system")
    found = planned(root)
    assert len(found.paths) == 2
    rewrite(git(root), root, found)
    assert purging.plan(git(root), PATH) is Refusal.NOT_FOUND


def test_a_content_below_the_top_of_the_repository(root: Path) -> None:
    put(root, "xa/evidence/1/a.pdf", b"below")
    commit(root, "Below")
    found = purging.plan(git(root / "xa"), "evidence/1/a.pdf")
    assert isinstance(found, Plan)
    rewrite(git(root / "xa"), root / "xa", found)
    assert not (root / "xa/evidence/1/a.pdf").exists()
    assert (root / PATH).exists()


def stashed(root: Path) -> None:
    put(root, "evidence/1/1.1/ke-hoach.pdf", b"x")
    run(root, "stash")


@pytest.mark.parametrize(
    ("prepare", "refusal"),
    [
        (lambda root: put(root, "evidence/1/1.1/ke-hoach.pdf", b"x"), Refusal.DIRTY),
        (stashed, Refusal.STASH),
        (lambda root: run(root, "worktree", "add", "-q", "../other", "old"), Refusal.WORKTREES),
    ],
)
def test_refused(root: Path, prepare: object, refusal: Refusal) -> None:
    prepare(root)  # type: ignore[operator]
    assert purging.plan(git(root), PATH) is refusal


def test_a_file_that_was_deleted_but_not_committed_is_no_obstacle(root: Path) -> None:
    (root / PATH).unlink()
    assert isinstance(purging.plan(git(root), PATH), Plan)


def test_other_refusals(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert purging.plan(git(root), "evidence/none.pdf") is Refusal.NOT_FOUND
    assert purging.plan(git(root), "unit.yml") is Refusal.OUTSIDE_EVIDENCE
    clone = tmp_path_factory.mktemp("clone")
    run(clone, "clone", "-q", "--depth", "1", root.as_uri(), "c")
    assert purging.plan(git(clone / "c"), PATH) is Refusal.SHALLOW


def test_a_failed_import_puts_everything_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refs = run(root, "for-each-ref")
    found = planned(root)
    monkeypatch.setattr(
        "site_builder.purging.rewriting.without", lambda stream, *_: iter((b"nonsense\n", stream))
    )
    with pytest.raises(GitFailedError):
        rewrite(git(root), root, found)
    assert run(root, "for-each-ref") == refs
    assert (root / PATH).read_bytes() == SECRET + b" 2"
    run(root, "fsck")


def test_a_history_that_still_holds_it_is_put_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = run(root, "for-each-ref")
    found = planned(root)
    monkeypatch.setattr(
        "site_builder.purging.rewriting.without", lambda stream, *_: iter((stream,))
    )
    with pytest.raises(purging.RewriteFailedError):
        rewrite(git(root), root, found)
    assert run(root, "for-each-ref") == refs
    assert plans.plan(git(root), PATH) == found


@pytest.mark.parametrize(
    ("quoted", "name"),
    [
        (b"plain name.pdf", b"plain name.pdf"),
        (rb'"a\"b\\c"', b'a"b\\c'),
        (rb'"\303\251\t"', b"\xc3\xa9\t"),
    ],
)
def test_names_in_streams(quoted: bytes, name: bytes) -> None:
    assert unquoted(quoted) == name


def test_a_stream_cut_short_is_passed_on_as_it_is() -> None:
    assert b"".join(without(b"data 10\nabc", frozenset(), frozenset())) == b"data 10\nabc"


def test_who_still_holds_it(root: Path) -> None:
    run(root, "remote", "add", "origin", "https://user:password@git.example/x.git")
    put(root, "luu.bundle", b"x")
    put(root, "build/site/index.html", b"x")
    put(root, "evidence/1/1.1/anh.zip", b"x")
    left = purging.holders(git(root), root)
    assert left.remotes == ("https://git.example/x.git",)
    assert left.archives == ("luu.bundle",)
    assert left.sites == ("build/site",)


@pytest.mark.parametrize(
    "reason", ['L\u1ed9 "CCCD": # x\n- y', "a\x85b\u2028c\u2029d\ufeffe\x7ff\ufffe", "\\u0041\t"]
)
def test_a_tombstone_is_yaml_whatever_the_reason_holds(reason: str) -> None:
    stone = purging.entry(
        id_="0" * 16,
        criterion="1.1",
        reason=reason,
        office="vp",
        on=date(2024, 1, 5),
    )
    (read,) = yaml.safe_load("purged:\n" + stone)["purged"]
    assert read["ly_do"] == reason
    assert os.linesep not in read["id"]
