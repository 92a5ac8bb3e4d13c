import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from site_builder.loading import hashing
from site_builder.loading.evidence_tree import walk
from site_builder.loading.hashing import CACHE, Content, read_contents
from site_builder.model.evidence import Entry, EntryKind, Pointer

OID = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393"
LFS = f"version https://git-lfs.github.com/spec/v1\noid sha256:{OID}\nsize 12345\n".encode()
BIG = hashing.POINTER_LIMIT * 3
LONG_AGO = 1_600_000_000


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(root: Path, name: str, data: bytes, *, age: int = LONG_AGO) -> None:
    path = root / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (age, age))


def files(root: Path) -> list[Entry]:
    return [entry for entry in walk(root).entries if entry.kind is EntryKind.FILE]


def contents(root: Path, *, hash_all: bool = False) -> dict[str, Content]:
    found = read_contents(root, files(root), hash_all=hash_all)
    return {raw.removeprefix("evidence/"): content for raw, content in found.items()}


def test_only_twins_and_small_files_are_read(tmp_path: Path) -> None:
    put(tmp_path, "alone", b"a" * BIG)
    put(tmp_path, "twin-1", b"b" * (BIG + 1))
    put(tmp_path, "twin-2", b"c" * (BIG + 1))
    put(tmp_path, "small", b"d")
    assert {name: content.sha256 for name, content in contents(tmp_path).items()} == {
        "twin-1": sha(b"b" * (BIG + 1)),
        "twin-2": sha(b"c" * (BIG + 1)),
        "small": sha(b"d"),
    }


def test_all(tmp_path: Path) -> None:
    big = os.urandom(3 * 1024 * 1024 + 7)
    put(tmp_path, "alone", big)
    put(tmp_path, "empty", b"")
    assert contents(tmp_path, hash_all=True)["alone"].sha256 == sha(big)
    assert contents(tmp_path, hash_all=True)["empty"].sha256 == sha(b"")


@pytest.mark.parametrize(
    ("data", "pointer", "oid"),
    [
        (LFS, Pointer.LFS, OID),
        (LFS.replace(b"\n", b"\r\n"), Pointer.LFS, OID),
        (LFS.replace(b"oid", b"ext-0-foo sha256:00\noid"), Pointer.LFS, OID),
        (b"/annex/objects/SHA256E-s12--abc.pdf\n", Pointer.ANNEX, ""),
        (b"../../.git/annex/objects/Xx/Yy/SHA256E-s12--a/SHA256E-s12--a", Pointer.ANNEX, ""),
        (b"version https://git-lfs.github.com/spec/v1\n", None, ""),
        (b"about git annex/objects", None, ""),
        (LFS + b"x" * hashing.POINTER_LIMIT, None, ""),
    ],
)
def test_pointers(tmp_path: Path, data: bytes, pointer: Pointer | None, oid: str) -> None:
    put(tmp_path, "a.pdf", data)
    for _ in range(2):  # read, then remembered
        found = contents(tmp_path, hash_all=True)["a.pdf"]
        assert (found.pointer, found.pointer_oid, found.sha256) == (pointer, oid, sha(data))


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a", b"a" * BIG)
    put(tmp_path, "b", b"b")
    first = contents(tmp_path, hash_all=True)
    monkeypatch.setattr(hashing, "_read", lambda *_, **__: pytest.fail("read again"))
    assert contents(tmp_path, hash_all=True) == first


@pytest.mark.parametrize("change", ["content", "time", "other file"])
def test_what_changed_is_read_again(tmp_path: Path, change: str) -> None:
    put(tmp_path, "a", b"a" * BIG)
    contents(tmp_path, hash_all=True)
    if change == "other file":
        put(tmp_path, "b", b"x" * BIG)
        (tmp_path / "evidence/b").replace(tmp_path / "evidence/a")
    else:
        put(tmp_path, "a", b"x" * BIG, age=LONG_AGO + (change == "time"))
        if change == "content":
            put(tmp_path, "a", b"x" * (BIG + 1))
    data = (tmp_path / "evidence/a").read_bytes()
    assert contents(tmp_path, hash_all=True)["a"].sha256 == sha(data)


def test_a_giant_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "SIZE_LIMIT", 10)
    put(tmp_path, "a", b"x" * 11)
    put(tmp_path, "b", b"x" * 11)
    put(tmp_path, "c", b"x" * 10)
    assert contents(tmp_path, hash_all=True).keys() == {"c"}


def test_a_file_still_being_written_is_not_remembered(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/a").write_bytes(b"a")
    contents(tmp_path, hash_all=True)
    assert not (tmp_path / CACHE).exists()


def test_what_is_gone_is_forgotten(tmp_path: Path) -> None:
    put(tmp_path, "a", b"a")
    contents(tmp_path)
    (tmp_path / "evidence/a").unlink()
    put(tmp_path, "b", b"b")
    contents(tmp_path)
    assert list(json.loads((tmp_path / CACHE).read_text())["files"]) == ["evidence/b"]


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"\x00\xff",
        b"[]",
        b"{}",
        b'{"version": 1}',
        b'{"version": 1, "files": []}',
        b'{"version": 1, "files": {"evidence/a": 3}}',
        b'{"version": 1, "files": {"evidence/a": [1, 2]}}',
        b'{"version": 1, "files": {"evidence/a": [1, 2, 3, 4, 5, 6]}}',
        b'{"version": 99, "files": {}}',
        b"[" * 100_000,
    ],
)
def test_a_spoilt_memory_is_no_memory(tmp_path: Path, kept: bytes) -> None:
    put(tmp_path, "a", b"a")
    (tmp_path / CACHE).parent.mkdir()
    (tmp_path / CACHE).write_bytes(kept)
    assert contents(tmp_path)["a"].sha256 == sha(b"a")


def test_a_memory_with_wrong_kinds(tmp_path: Path) -> None:
    put(tmp_path, "a", b"a")
    (entry,) = files(tmp_path)
    identity = [entry.size, entry.modified_ns, entry.inode]
    (tmp_path / CACHE).parent.mkdir()
    other = "0" * 64
    for rest in ([1, "", ""], ["x", "", ""], [other, "tape", ""], [other, "lfs", 3]):
        kept = {"version": 1, "files": {entry.raw: [*identity, *rest]}}
        (tmp_path / CACHE).write_text(json.dumps(kept))
        assert contents(tmp_path)["a"].sha256 == sha(b"a")


def test_no_room_for_a_memory(tmp_path: Path) -> None:
    put(tmp_path, "a", b"a")
    (tmp_path / ".cache").write_text("in the way")
    assert contents(tmp_path)["a"].sha256 == sha(b"a")


def test_a_replacement_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    put(tmp_path, "a", b"a")
    monkeypatch.setattr(os, "replace", refuse)
    assert contents(tmp_path)["a"].sha256 == sha(b"a")
    assert list((tmp_path / ".cache").iterdir()) == []


def test_a_file_that_vanished(tmp_path: Path) -> None:
    put(tmp_path, "a", b"a")
    found = files(tmp_path)
    (tmp_path / "evidence/a").unlink()
    assert read_contents(tmp_path, found) == {"evidence/a": Content(readable=False)}


def test_names_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    raw = os.fsencode(tmp_path) + b"/evidence/b\xe1o.pdf"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123
            file.write(b"x")
    except OSError:
        pytest.skip("this disk takes only text")
    os.utime(raw, (LONG_AGO, LONG_AGO))
    for _ in range(2):
        (content,) = contents(tmp_path).values()
        assert content.sha256 == sha(b"x")


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
def test_nothing_is_kept_in_a_folder_that_is_a_link(tmp_path: Path) -> None:
    put(tmp_path, "small", b"d")
    (tmp_path / ".cache").symlink_to(tmp_path / "evidence")
    assert contents(tmp_path)["small"].sha256 == sha(b"d")
    assert [path.name for path in (tmp_path / "evidence").iterdir()] == ["small"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
def test_a_pipe_or_a_device_in_the_place_of_the_memory(tmp_path: Path) -> None:
    put(tmp_path, "small", b"d")
    (tmp_path / ".cache").mkdir()
    os.mkfifo(tmp_path / CACHE)
    assert contents(tmp_path)["small"].sha256 == sha(b"d")
    (tmp_path / CACHE).unlink()
    (tmp_path / CACHE).symlink_to("/dev/zero")
    assert contents(tmp_path)["small"].sha256 == sha(b"d")
    assert (tmp_path / CACHE).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
def test_what_took_the_place_of_a_file_is_not_read(tmp_path: Path) -> None:
    put(tmp_path, "pipe", b"d")
    put(tmp_path, "link", b"e")
    seen = files(tmp_path)
    for name in ("pipe", "link"):
        (tmp_path / "evidence" / name).unlink()
    os.mkfifo(tmp_path / "evidence/pipe")
    (tmp_path / "evidence/link").symlink_to("/etc/passwd")
    found = read_contents(tmp_path, seen)
    assert {raw: content.readable for raw, content in found.items()} == {
        "evidence/link": False,
        "evidence/pipe": False,
    }
