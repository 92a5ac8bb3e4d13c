"""Small trees on disk, described as data.

A text value is the content of a file, with these macros standing alone:

- ``<dir>`` an empty folder; ``<symlink:target>``; ``<absent>`` takes a file of the base away;
- ``<empty>`` zero bytes; ``<bytes:N>`` so many bytes without storing them;
- ``<hex:0A FF>`` exactly these bytes; ``<utf-16:text>`` the text with its mark;
- ``<pdf>``, ``<docx>``, ``<xlsx>``, ``<jpg>``, ``<png>`` a file that looks like one, its bytes
  unlike any other's; ``<pdf:same>`` gives equal bytes for equal words after the colon.

In unit.yml ``@SET@`` is the value that fits the tree's criteria.yml.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

import yaml

BASES = Path(__file__).parent / "bases"
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
    files: dict[str, str] = yaml.safe_load((BASES / f"{name}.yml").read_text("utf-8"))
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
        target = root / path
        # Built by hand: pathlib would tidy names that are meant to be odd.
        raw = os.fsencode(str(root)) + b"/" + os.fsencode(path)
        os.makedirs(os.path.dirname(raw), exist_ok=True)  # noqa: PTH103, PTH120
        macro = _MACRO.match(text)
        if macro is None:
            _put(raw, text.replace("@SET@", _set_reference(files)).encode())
            continue
        kind, argument = macro[1], macro[2] or ""
        if kind == "dir":
            os.makedirs(raw, exist_ok=True)  # noqa: PTH103
        elif kind == "symlink":
            target.symlink_to(argument)
        elif kind == "empty":
            _put(raw, b"")
        elif kind == "bytes":
            _put(raw, b"")
            os.truncate(raw, int(argument))
        elif kind == "hex":
            _put(raw, bytes.fromhex(argument))
        elif kind == "utf-16":
            _put(raw, argument.encode("utf-16"))
        elif kind in _MAGIC:
            _put(raw, _MAGIC[kind] + (argument or path).encode())
        else:
            raise AssertionError(f"unknown macro {text!r} for {target}")


def _put(raw: bytes, content: bytes) -> None:
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(content)


def _set_reference(files: Mapping[str, str]) -> str:
    text = files.get("criteria.yml", "")
    found = re.search(r"^set:.*?\bid: *\"?([\w.-]+)", text, re.DOTALL | re.MULTILINE)
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()
    return f"{found[1] if found else 'none'}@{digest[:16]}"
