"""Copies evidence into the printed site, byte for byte as it was when it was read.

What a browser or Windows would run stands alone in an archive: a static host cannot be told to
offer a file for download, and a page opened from a folder runs whatever it is linked to.

Never a hard link: whoever writes through one changes the original. A file whose bytes are no
longer those that were checked and scored stops the build, so that a site never shows a document
that nobody looked at.
"""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from site_builder.model.site import EvidenceCopy, Form, StoredCopy
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
        put = _zip if copy.form is Form.ZIPPED else _copy
        if expected is None or put(copy, root / copy.file.raw, target) != expected:
            changed.append(copy.file.path)
    return tuple(changed)


def copy_pictures(
    pictures: Iterable[StoredCopy], blob: Callable[[str, str], bytes | None], output: Path
) -> tuple[str, ...]:
    """Copy pictures from the store to their addresses.

    Args:
        pictures: what is wanted.
        blob: bytes of a picture by the sha256 it belongs to and its name; None when the store
            does not have it, or not as it was made.
        output: folder of the printed site.

    Returns:
        Addresses of pictures that are not in the store, where somebody threw them away.
    """
    missing: list[str] = []
    for picture in pictures:
        target = output / safe_address(picture.address)
        target.parent.mkdir(parents=True, exist_ok=True)
        data = blob(picture.sha256, picture.blob)
        if data is None:
            missing.append(picture.address)
        else:
            with target.open("xb") as stream:
                stream.write(data)
    return tuple(missing)


def _opener(path: str, flags: int) -> int:
    # A link that took the file's place must not be followed out of the folder.
    # Nor is a pipe waited for; it reads as empty, and that is not what was checked.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _copy(_: EvidenceCopy, source: Path, target: Path) -> str | None:
    """Copy the bytes and nothing else; the sha256 of what was copied, None if unreadable."""
    digest = hashlib.sha256()
    try:
        with _open(source) as reader, target.open("xb", buffering=0) as writer:
            for chunk in _chunks(reader):
                digest.update(chunk)
                writer.write(chunk)
    except _UnreadableError:
        return None
    return digest.hexdigest()


# Times of members are local and start here; a fixed one keeps the bytes the same.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3


def _zip(copy: EvidenceCopy, source: Path, target: Path) -> str | None:
    """Put the file alone into an archive; the sha256 of what was put, None if unreadable."""
    digest = hashlib.sha256()
    member = zipfile.ZipInfo(copy.download_name.removesuffix(".zip"), _ZIP_EPOCH)
    # The system that writes would otherwise stand in the archive.
    member.create_system, member.external_attr = _UNIX, _REGULAR_FILE
    member.file_size = copy.file.size
    try:
        with (
            _open(source) as reader,
            zipfile.ZipFile(target, "x") as archive,
            archive.open(member, "w") as writer,
        ):
            for chunk in _chunks(reader):
                digest.update(chunk)
                writer.write(chunk)
    except _UnreadableError:
        return None
    return digest.hexdigest()


class _UnreadableError(Exception):
    """The file could not be read, or not to its end."""


def _open(source: Path) -> BinaryIO:
    try:
        return open(source, "rb", buffering=0, opener=_opener)
    except OSError as error:
        raise _UnreadableError from error


def _chunks(reader: BinaryIO) -> Iterator[bytes]:
    while True:
        try:
            chunk = reader.read(_CHUNK)
        except OSError as error:
            raise _UnreadableError from error
        if not chunk:
            return
        yield chunk
