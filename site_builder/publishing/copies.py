"""Copies evidence into the printed site, byte for byte as it was when it was read.

Never a hard link: whoever writes through one changes the original. A file whose bytes are no
longer those that were checked and scored stops the build, so that a site never shows a document
that nobody looked at.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from site_builder.model.site import EvidenceCopy
from site_builder.publishing.stage import safe_address

_CHUNK = 1 << 20


def copy_evidence(copies: Iterable[EvidenceCopy], root: Path, output: Path) -> tuple[str, ...]:
    """Copy each file to its address.

    Raises:
        ValueError: an address that leaves the site; that is our fault and never the content's.

    Returns:
        Paths (NFC, from the root) of files that could not be read or that changed since.
    """
    changed: list[str] = []
    placed: dict[str, str | None] = {}
    for copy in copies:
        expected = copy.file.sha256
        if copy.address in placed:
            # One document with several uses is stored once.
            if placed[copy.address] != expected:
                changed.append(copy.file.path)
            continue
        placed[copy.address] = expected
        target = output / safe_address(copy.address)
        target.parent.mkdir(parents=True, exist_ok=True)
        if expected is None or _copy(root / copy.file.raw, target) != expected:
            changed.append(copy.file.path)
    return tuple(changed)


def _opener(path: str, flags: int) -> int:
    # A link that took the file's place must not be followed out of the folder.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))


def _copy(source: Path, target: Path) -> str | None:
    """Copy the bytes and nothing else; the sha256 of what was copied, None if unreadable."""
    digest = hashlib.sha256()
    try:
        opened = open(source, "rb", buffering=0, opener=_opener)  # noqa: SIM115
    except OSError:
        return None
    with opened as reader, target.open("xb", buffering=0) as writer:
        while True:
            try:
                chunk = reader.read(_CHUNK)
            except OSError:
                return None
            if not chunk:
                return digest.hexdigest()
            digest.update(chunk)
            writer.write(chunk)
