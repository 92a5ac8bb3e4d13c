"""Small trees on disk, described as data.

A text value is the content of a file, with these macros standing alone:

- ``<dir>`` an empty folder; ``<symlink:target>``; ``<fifo>``; ``<locked>`` and ``<locked-dir>``
  what nobody may read; ``<absent>`` takes a file of the base away;
- ``<empty>`` zero bytes; ``<bytes:N>`` so many bytes without storing them; ``<lines:N>`` so many
  lines of text, a link on each;
- ``<hex:0A FF>`` exactly these bytes; ``<utf-16:text>`` the text with its mark;
- ``<word:text>`` a document of a word processor, a paragraph for every line;
- ``<pdf>``, ``<docx>``, ``<xlsx>``, ``<jpg>``, ``<png>`` a file that looks like one, its bytes
  unlike any other's; ``<pdf:same>`` gives equal bytes for equal words after the colon.

In unit.yml ``@SET@`` is the value that fits the tree's criteria.yml.
"""

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from textwrap import dedent, indent

import yaml

BASES = Path(__file__).parent / "bases"
_NOBODY = 65534
_MACRO = re.compile(r"<([a-z0-9-]+)(?::(.*))?>\Z", re.DOTALL)
_MAGIC = {
    "pdf": b"%PDF-1.7\n% ",
    "docx": b"PK\x03\x04 word/document.xml ",
    "xlsx": b"PK\x03\x04 xl/workbook.xml ",
    "jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 ",
    "png": b"\x89PNG\r\n\x1a\n ",
}


def base(name: str) -> dict[str, str]:
    """The files of a base; ``none`` is nothing at all."""
    if name == "none":
        return {}
    return dict(_read_base(name))


@cache
def _read_base(name: str) -> dict[str, str]:
    text = (BASES / f"{name}.yml").read_text("utf-8")
    files: dict[str, str] = yaml.load(text, yaml.CSafeLoader)
    return files


def lay_over(
    files: Mapping[str, str],
    tree: Mapping[str, str],
    edits: Mapping[str, Mapping[str | int, str | None]],
) -> dict[str, str]:
    """The base with a case's own files over it, lines (by number) and pieces of text replaced.

    A line without a new text is taken out, another keeps its margin; a piece of text is replaced
    once.
    """
    laid = {**files, **tree}
    for path, pieces in edits.items():
        lines = laid[path].splitlines()
        for old, new in pieces.items():
            if isinstance(old, int):
                line = lines[old - 1]
                margin = line[: len(line) - len(line.lstrip())]
                lines[old - 1] = "\n" if new is None else indent(dedent(new).rstrip(), margin)
        text = "".join(f"{line}\n" for line in lines if line != "\n")
        for old, new in pieces.items():
            if isinstance(old, str):
                assert old in text, f"{path} does not contain {old!r}"
                text = text.replace(old, new or "", 1)
        laid[path] = text
    return {path: text for path, text in laid.items() if text != "<absent>"}


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write the tree below ``root``."""
    for path, text in files.items():
        # Built by hand: pathlib would tidy names that are meant to be odd.
        raw = os.fsencode(str(root)) + b"/" + os.fsencode(path)
        os.makedirs(os.path.dirname(raw), exist_ok=True)  # noqa: PTH103, PTH120
        macro = _MACRO.match(text)
        if macro is None:
            _put(raw, text.replace("@SET@", _set_reference(files)).encode())
        elif macro[1] in _ODD:
            _ODD[macro[1]](raw, macro[2])
        else:
            _put(raw, _content(macro[1], macro[2] or "", path))


def _content(kind: str, argument: str, path: str) -> bytes:
    if kind in _MAGIC:
        return _MAGIC[kind] + (argument or path).encode()
    if kind == "hex":
        return bytes.fromhex(argument)
    if kind == "utf-16":
        return argument.encode("utf-16")
    if kind == "word":
        return _word(argument)
    if kind == "lines":
        return b"[a](b.pdf)\n" * int(argument)
    assert kind == "empty", f"unknown macro {kind!r}"
    return b""


def _locked(raw: bytes, _argument: str) -> None:
    _put(raw, b"x")
    os.chmod(raw, 0)  # noqa: PTH101


def _of_size(raw: bytes, argument: str) -> None:
    _put(raw, b"")
    os.truncate(raw, int(argument))


_ODD: Mapping[str, Callable[[bytes, str], None]] = {
    "dir": lambda raw, _: os.makedirs(raw, exist_ok=True),  # noqa: PTH103
    "locked-dir": lambda raw, _: os.mkdir(raw, 0),  # noqa: PTH102
    "locked": _locked,
    "fifo": lambda raw, _: os.mkfifo(raw),
    "symlink": lambda raw, target: os.symlink(target, raw),  # noqa: PTH211
    "bytes": _of_size,
}


@contextmanager
def as_anybody(root: Path, files: Mapping[str, str]) -> Iterator[None]:
    """Meanwhile not the superuser, whom no lock keeps out; afterwards everything is unlocked."""
    locked = [root / path for path, text in files.items() if text in {"<locked>", "<locked-dir>"}]
    is_root = os.geteuid() == 0
    if not locked or not is_root:
        yield
    else:
        # Folders made for a test are the superuser's own; the way to this one is opened.
        for folder in (root, *root.parents):
            if folder.stat().st_uid == 0 and folder != folder.parent:
                folder.chmod(folder.stat().st_mode | 0o055)
        os.seteuid(_NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    for path in locked:
        path.chmod(0o700)


def _put(raw: bytes, content: bytes) -> None:
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(content)


def _word(text: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return file.getvalue()


def _set_reference(files: Mapping[str, str]) -> str:
    text = files.get("criteria.yml", "")
    found = re.search(r"^set:.*?\bid: *\"?([\w.-]+)", text, re.DOTALL | re.MULTILINE)
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
    return f"{found[1] if found else 'none'}@{digest[:16]}"
