import os
import socket
import unicodedata
from pathlib import Path

import pytest

from site_builder.loading.evidence_tree import NOISE, is_noise, shown_name, walk
from site_builder.model.evidence import EntryKind
from tests.loading.reading import codes

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def put(root: Path, path: str, content: bytes = b"x") -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def test_sorted_with_parents_first(tmp_path: Path) -> None:
    for path in ("b/x", "a-b/x", "a/z", "a/b/c", "a.txt"):
        put(tmp_path, f"evidence/{path}")
    tree = walk(tmp_path)
    assert tree.exists
    assert tree.findings == ()
    paths = [entry.path for entry in tree.entries]
    assert paths == sorted(paths)
    assert paths.index("evidence/a") < paths.index("evidence/a/b") < paths.index("evidence/a/b/c")
    assert {entry.parent for entry in tree.entries} <= {"evidence", *paths}


def test_what_an_entry_knows(tmp_path: Path) -> None:
    target = put(tmp_path, "evidence/a/b.txt", b"123")
    folder, file = walk(tmp_path).entries
    status = target.stat()
    assert (folder.kind, folder.size, folder.raw) == (EntryKind.FOLDER, 0, "evidence/a")
    assert (file.kind, file.size, file.parent) == (EntryKind.FILE, 3, "evidence/a")
    assert (file.modified_ns, file.inode) == (status.st_mtime_ns, status.st_ino)
    assert file.readable


def test_no_evidence(tmp_path: Path) -> None:
    assert not walk(tmp_path).exists
    put(tmp_path, "evidence")
    tree = walk(tmp_path)
    assert not tree.exists
    assert tree.findings == ()


@pytest.mark.parametrize("name", ["loop", "file", "gone", "outside"])
def test_links_are_reported_and_never_followed(tmp_path: Path, name: str) -> None:
    root = tmp_path / "root"
    put(root, "evidence/a/real.txt")
    put(tmp_path, "secret/paper.txt")
    target = {
        "loop": "..",
        "file": "real.txt",
        "gone": "nowhere",
        "outside": str(tmp_path / "secret"),
    }[name]
    (root / "evidence/a/link").symlink_to(target)
    tree = walk(root)
    assert [finding.location.path for finding in tree.findings] == ["evidence/a/link"]
    assert codes(tree.findings) == ["SYS007"]
    assert [entry.kind for entry in tree.entries if entry.name == "link"] == [EntryKind.SYMLINK]
    assert len(tree.entries) == 3


def test_evidence_that_is_a_link(tmp_path: Path) -> None:
    put(tmp_path, "secret/paper.txt")
    root = tmp_path / "root"
    root.mkdir()
    (root / "evidence").symlink_to(tmp_path / "secret")
    tree = walk(root)
    assert not tree.exists
    assert tree.entries == ()
    assert codes(tree.findings) == ["SYS007"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_pipes_and_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "evidence").mkdir()
    os.mkfifo(tmp_path / "evidence/pipe")
    monkeypatch.chdir(tmp_path)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("evidence/socket")
        tree = walk(tmp_path)
    assert codes(tree.findings) == ["SYS008", "SYS008"]
    assert {entry.kind for entry in tree.entries} == {EntryKind.OTHER}


@pytest.mark.skipif(AS_ROOT, reason="nothing is closed to root")
def test_closed_to_us(tmp_path: Path) -> None:
    put(tmp_path, "evidence/a/x")
    file = put(tmp_path, "evidence/b/y")
    (tmp_path / "evidence/a").chmod(0)
    file.chmod(0)
    try:
        tree = walk(tmp_path)
    finally:
        (tmp_path / "evidence/a").chmod(0o755)
    assert sorted(codes(tree.findings)) == ["SYS005", "SYS006"]
    assert [entry.path for entry in tree.entries if not entry.readable] == [
        "evidence/a",
        "evidence/b/y",
    ]


def test_closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "evidence/a/x")
    put(tmp_path, "evidence/b/y")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("/a"):
            raise PermissionError(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    tree = walk(tmp_path)
    assert [(each.check.code, each.location.path) for each in tree.findings] == [
        ("SYS006", "evidence/a")
    ]
    assert [(entry.path, entry.readable) for entry in tree.entries] == [
        ("evidence/a", False),
        ("evidence/b", True),
        ("evidence/b/y", True),
    ]


def test_closed_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "evidence/a/x").chmod(0o200)
    monkeypatch.setattr(os, "access", lambda *_: False)
    tree = walk(tmp_path)
    assert codes(tree.findings) == ["SYS005"]
    assert [entry.readable for entry in tree.entries] == [True, False]


def test_long_names(tmp_path: Path) -> None:
    put(tmp_path, f"evidence/{'a' * 240}/{'b' * 240}.pdf")
    tree = walk(tmp_path)
    assert tree.findings == ()
    assert len(tree.entries) == 2


def test_line_break_in_a_name(tmp_path: Path) -> None:
    put(tmp_path, "evidence/a\nb/c\td.pdf")
    assert [entry.name for entry in walk(tmp_path).entries] == ["a\nb", "c\td.pdf"]


def test_decomposed_names(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "K\u1ebf ho\u1ea1ch.pdf")
    put(tmp_path, f"evidence/{name}")
    (entry,) = walk(tmp_path).entries
    assert entry.path == "evidence/K\u1ebf ho\u1ea1ch.pdf"
    assert entry.name != entry.raw.rpartition("/")[2] or os.path.exists(tmp_path / entry.path)  # noqa: PTH110
    assert (tmp_path / entry.raw).is_file()


def test_names_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "evidence").mkdir()
    raw = os.fsencode(tmp_path) + b"/evidence/b\xe1o c\xe1o.pdf"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123
            file.write(b"x")
    except OSError:
        pytest.skip("this disk takes only text")
    (entry,) = walk(tmp_path).entries
    assert entry.path == "evidence/b\ufffdo c\ufffdo.pdf"
    assert os.fsencode(entry.raw) == b"evidence/b\xe1o c\xe1o.pdf"
    entry.path.encode()


def test_half_of_a_pair_in_a_name() -> None:
    assert shown_name("a\ud800") == "a\ufffd"
    assert shown_name("plain") == "plain"


def test_noise(tmp_path: Path) -> None:
    noisy = ("Thumbs.db", "THUMBS.DB", "~$bao cao.docx", ".DS_Store", "desktop.ini", "._x.pdf")
    for name in (*noisy, "thumbs.db.pdf", "x~$.docx", ".hidden"):
        put(tmp_path, f"evidence/a/{name}")
    put(tmp_path, "evidence/__MACOSX/x.pdf")
    put(tmp_path, "evidence/.git/config")
    found = {
        entry.path.removeprefix("evidence/") for entry in walk(tmp_path).entries if entry.noise
    }
    assert found == {".git", "__MACOSX", *(f"a/{name}" for name in noisy)}


def test_every_pattern_of_the_list_is_noise() -> None:
    for pattern in NOISE:
        assert is_noise(pattern.replace("*", "abc"))
        assert is_noise(pattern.replace("*", "").upper())


def test_deep(tmp_path: Path) -> None:
    put(tmp_path, "evidence/" + "/".join("d" * 200) + "/x")
    assert len(walk(tmp_path).entries) == 201
