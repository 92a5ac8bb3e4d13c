from pathlib import Path

import pytest

from site_builder.model.processed import Member, State
from tests.processing.handled import flags, read
from tests.processing.makers import archives
from tests.processing.makers.words import words


def test_listing(tmp_path: Path) -> None:
    reading = read(tmp_path, archives.simple())
    assert reading.state is State.READ
    assert reading.parts == 3
    assert [(member.path, member.kind) for member in reading.members] == [
        ("ke-hoach/ke-hoach.docx", "docx"),
        (words()["plain"]["name"], "pdf"),
        ("misnamed.pdf", "png"),
    ]
    assert reading.members[2].size == 8
    assert reading.flags == ()


def test_names_that_are_utf8_without_saying_so(tmp_path: Path) -> None:
    (member,) = read(tmp_path, archives.undeclared_utf8()).members
    assert member.path.startswith(words()["plain"]["name"])


@pytest.mark.parametrize(
    ("data", "state", "expected"),
    [
        (archives.nested(), State.READ, {"nested-archive": ("inner.zip", "report.pdf")}),
        (archives.executable(), State.READ, {"executable-member": ("setup.exe", "photo.jpg")}),
        (archives.with_macro(), State.READ, {"macro": ("report.docx",)}),
        (archives.traversal(), State.REFUSED, {"traversal": ("../../etc/cron.d/x",)}),
        (archives.drive(), State.REFUSED, {"traversal": ("C:/Windows/x.txt",)}),
        (archives.symlink(), State.READ, {"symlink-member": ("link",)}),
        (archives.duplicate(), State.READ, {"duplicate-member": ("A.TXT",)}),
        (archives.disguised(), State.READ, {"executable-member": ("anhgpj.exe",)}),
        (archives.locked(), State.ENCRYPTED, {"encrypted-member": ("a.txt", "b.txt")}),
        (archives.locked(all_=False), State.READ, {"encrypted-member": ("a.txt",)}),
        (archives.ratio_bomb(), State.REFUSED, {"bomb": ()}),
        (archives.many_members(), State.REFUSED, {"bomb": ()}),
        (archives.overlapping(), State.REFUSED, {"bomb": ()}),
        (archives.damaged_member(), State.PARTIAL, {"truncated": ()}),
        (archives.cut(), State.DAMAGED, {}),
        (archives.empty(), State.READ, {}),
    ],
    ids=[
        "nested",
        "executable",
        "macro",
        "traversal",
        "drive",
        "symlink",
        "duplicate",
        "disguised",
        "locked",
        "partly-locked",
        "ratio",
        "many",
        "overlapping",
        "damaged",
        "cut",
        "empty",
    ],
)
def test_awkward_archives(
    data: bytes, state: State, expected: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    reading = read(tmp_path, data, kind="zip")
    assert reading.state is state
    assert flags(reading) == expected


def test_a_directory_of_a_hundred_megabytes_is_not_read(tmp_path: Path) -> None:
    data = bytearray(archives.simple())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = (100 << 20).to_bytes(4, "little")
    reading = read(tmp_path, bytes(data), kind="zip")
    assert reading.state is State.REFUSED


def test_refused_archives_still_list_their_names(tmp_path: Path) -> None:
    reading = read(tmp_path, archives.traversal())
    assert reading.why == "traversal"
    assert Member(path="ok.txt", size=1, kind="txt") in reading.members


def test_nothing_is_unpacked_to_disk(tmp_path: Path) -> None:
    read(tmp_path, archives.simple())
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
