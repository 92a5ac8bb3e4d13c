"""Whatever lies in the folder: a Vietnamese finding, exit 1, never a traceback (design, 4.2)."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.running import Run

VIETNAMESE = frozenset(
    "\u1ea1\u1ea3\u1ea5\u1ec7\u1ebf\u1ec1\u01b0\u01a1\u0111\u00e0\u1ecd\u1ed9\u1ee7"
)

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + step)}: &{chr(98 + step)} [{','.join(['*' + chr(97 + step)] * 9)}]\n"
    for step in range(9)
)


def _put(path: str, data: bytes | str) -> Callable[[Path], None]:
    def put(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data.encode() if isinstance(data, str) else data)

    return put


def _leaf(root: Path) -> Path:
    return next((root / "evidence").rglob("giai-trinh.md")).parent


def _in_leaf(name: str, data: bytes) -> Callable[[Path], None]:
    def put(root: Path) -> None:
        (_leaf(root) / name).write_bytes(data)

    return put


def _loop(root: Path) -> None:
    (_leaf(root) / "vong").symlink_to(root / "evidence", target_is_directory=True)


def _outside(root: Path) -> None:
    (_leaf(root) / "passwd.pdf").symlink_to("/etc/passwd")


def _long_name(root: Path) -> None:
    (_leaf(root) / ("a" * 236 + ".pdf")).write_bytes(b"%PDF-1.7")


def _newline(root: Path) -> None:
    (_leaf(root) / "a\nb.pdf").write_bytes(b"%PDF-1.7")


def _not_utf8(root: Path) -> None:
    with open(os.fsencode(_leaf(root)) + b"/\xff\xfe.pdf", "wb") as stream:  # noqa: PTH123
        stream.write(b"%PDF-1.7")


def _empty(root: Path) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


CASES: dict[str, Callable[[Path], None]] = {
    "broken yaml": _put("criteria.yml", "set: {id: [\n"),
    "binary yaml": _put("criteria.yml", bytes(range(256)) * 64),
    "empty yaml": _put("criteria.yml", ""),
    "yaml is a list": _put("criteria.yml", "- 1\n- 2\n"),
    "yaml is a word": _put("unit.yml", "xin chao\n"),
    "broken unit": _put("unit.yml", "unit: {name: [}\n"),
    "alias bomb": _put("criteria.yml", BOMB),
    "nesting bomb": _put("criteria.yml", "[" * 200_000),
    "nesting bomb in blocks": _put("unit.yml", "".join(" " * i + "a:\n" for i in range(3000))),
    "nul bytes": _put("unit.yml", b"unit:\0\0\0"),
    "half a utf-16": _put("unit.yml", b"\xff\xfeu\0n"),
    "binary markdown": _in_leaf("giai-trinh.md", bytes(range(256)) * 64),
    "front matter bomb": _in_leaf("giai-trinh.md", f"---\n{BOMB}---\nx\n".encode()),
    "front matter never ends": _in_leaf("giai-trinh.md", b"---\nso_lieu: {a: 1}\n"),
    "symlink loop": _loop,
    "symlink out": _outside,
    "long name": _long_name,
    "newline in a name": _newline,
    "name is no utf-8": _not_utf8,
    "empty repository": _empty,
    "records are broken": _put("records/results.yml", "results: [\n"),
}


@pytest.mark.parametrize("spoil", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize(
    "command", [("check",), ("check", "--format", "json"), ("check", "--fast")]
)
def test_content_never_breaks_the_check(
    spoil: Callable[[Path], None], command: tuple[str, ...], run: Run, commune: Path
) -> None:
    spoil(commune)
    ran = run(*command)
    assert ran.code == 1, ran.said
    assert "Traceback" not in ran.said
    assert VIETNAMESE & set(ran.said.lower())


@pytest.mark.parametrize("spoil", CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("command", [("score",), ("score", "--format", "json"), ("init",)])
def test_content_never_breaks_other_commands(
    spoil: Callable[[Path], None], command: tuple[str, ...], run: Run, commune: Path
) -> None:
    spoil(commune)
    ran = run(*command)
    assert ran.code in {0, 1}, ran.said
    assert "Traceback" not in ran.said


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_without_permission_is_a_finding(run: Run, commune: Path) -> None:
    folder = _leaf(commune)
    folder.chmod(0)
    try:
        ran = run("check")
    finally:
        folder.chmod(0o755)
    assert ran.code == 1
    assert "Traceback" not in ran.said
