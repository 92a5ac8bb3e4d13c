"""sha256 of evidence files: only where it can tell something, and never twice.

A file without a twin of its size equals no other, so its bytes need not be read. What was read
once is remembered by path, size, time and inode; the memory may be thrown away at any moment
and never makes a run fail.
"""

import errno
import hashlib
import json
import os
import re
import stat
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from site_builder.model.evidence import Entry, Pointer
from site_builder.model.values import row

CACHE = ".cache/evidence-hashes.json"
# No forge takes larger files, and reading one takes a quarter of a minute and more; a sparse file
# of any size costs nobody anything but us. Without a hash it is listed and never published.
SIZE_LIMIT = 2 << 30
# A pointer is some 130 bytes; the largest that either tool writes stays below this.
POINTER_LIMIT = 1024
_VERSION = 1
# A hundred thousand files need some 30 MB.
_CACHE_LIMIT = 256 * 1024 * 1024
_CHUNK = 1024 * 1024
_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# A file written in the same tick as it was hashed may change again without a trace in its time.
_SETTLED_NS = 2_000_000_000

_LFS = re.compile(
    rb"version https://(?:git-lfs\.github\.com|hawser\.github\.com)/spec/v1\r?\n"
    rb"(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\r?\n"
)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_ANNEX = re.compile(rb"/?(?:\.\./)*(?:\.git/)?annex/objects/[^\n]+\n?\Z")


@row
class Content:
    """What the bytes of a file told.

    Attributes:
        readable: False when the file could not be opened after all.
    """

    sha256: str | None = None
    pointer: Pointer | None = None
    pointer_oid: str = ""
    readable: bool = True


_UNKNOWN = Content()


def read_contents(
    root: Path, files: Iterable[Entry], *, hash_all: bool = False
) -> Mapping[str, Content]:
    """Content by ``Entry.raw`` of the files whose bytes matter.

    Args:
        root: content folder.
        files: evidence files.
        hash_all: hash every file, not only those with a twin of their size.
    """
    wanted = [entry for entry in files if entry.readable and entry.size <= SIZE_LIMIT]
    sizes = Counter(entry.size for entry in wanted)
    cache = _Cache(root)
    contents: dict[str, Content] = {}
    for entry in wanted:
        small = entry.size <= POINTER_LIMIT
        if not (small or hash_all or sizes[entry.size] > 1):
            continue
        content = cache.get(entry)
        if content is None:
            content = _read(f"{os.fspath(root)}/{entry.raw}", small=small)
            cache.put(entry, content)
        contents[entry.raw] = content
    cache.save({entry.raw for entry in wanted})
    return contents


def content_of(data: bytes) -> Content:
    """What some bytes tell, wherever they were read."""
    sha256 = hashlib.sha256(data).hexdigest()
    return _small(data, sha256) if len(data) <= POINTER_LIMIT else Content(sha256)


def forget(root: Path) -> None:
    """Throw the memory away: it knows names.

    Raises:
        OSError: it could not be thrown away.
    """
    path = root / CACHE
    if not _is_link(path.parent):
        path.unlink(missing_ok=True)


def open_plain(path: str, flags: int) -> int:
    """Open a file of the content, and nothing that took its place since the walk saw it.

    Raises:
        OSError: it is gone, a link, a pipe, a device.
    """
    # Nothing waits at a pipe; for files the flag means nothing.
    descriptor = os.open(path, flags | _PLAIN)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path)
    return descriptor


def _read(path: str, *, small: bool) -> Content:
    try:
        with open(path, "rb", buffering=0, opener=open_plain) as file:
            if small:
                data = file.read(POINTER_LIMIT + 1)
                digest = hashlib.sha256(data)
                if len(data) <= POINTER_LIMIT:
                    return _small(data, digest.hexdigest())
            else:
                digest = hashlib.sha256()
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return Content(readable=False)
    return Content(digest.hexdigest())


def _small(data: bytes, sha256: str) -> Content:
    lfs = _LFS.match(data)
    if lfs is not None:
        return Content(sha256, Pointer.LFS, lfs[1].decode())
    if _ANNEX.match(data):
        return Content(sha256, Pointer.ANNEX)
    return Content(sha256)


def _is_link(folder: Path) -> bool:
    """The folder is elsewhere, where nothing of ours may be written: evidence/, say."""
    try:
        return stat.S_ISLNK(os.lstat(folder).st_mode)
    except OSError:
        return False


def _read_own(path: Path) -> bytes:
    """The bytes of a plain file; b"" when it is anything else, or no file that we wrote."""
    status = os.lstat(path)
    plain = stat.S_ISREG(status.st_mode) and status.st_size <= _CACHE_LIMIT
    return path.read_bytes() if plain else b""


class _Cache:
    """The memory in .cache/; every failure just forgets."""

    def __init__(self, root: Path) -> None:
        self._path = root / CACHE
        self._known: dict[str, list[object]] = {}
        self._changed = False
        self._now = time.time_ns()
        self._own = not _is_link(self._path.parent)
        with suppress(OSError, ValueError, RecursionError):
            kept = json.loads(_read_own(self._path)) if self._own else None
            if isinstance(kept, dict) and kept.get("version") == _VERSION:
                files = kept.get("files")
                self._known = files if isinstance(files, dict) else {}

    def get(self, entry: Entry) -> Content | None:
        kept: Any = self._known.get(entry.raw)
        try:
            size, modified, inode, sha256, pointer, oid = kept
            if [size, modified, inode] != [entry.size, entry.modified_ns, entry.inode]:
                return None
            if not isinstance(oid, str) or not _SHA256.match(sha256):
                return None
            return Content(sha256, Pointer(pointer) if pointer else None, oid)
        except (TypeError, ValueError):
            return None

    def put(self, entry: Entry, content: Content) -> None:
        if content.sha256 is None or self._now - entry.modified_ns < _SETTLED_NS:
            return
        pointer = content.pointer.value if content.pointer else ""
        self._known[entry.raw] = [
            entry.size,
            entry.modified_ns,
            entry.inode,
            content.sha256,
            pointer,
            content.pointer_oid,
        ]
        self._changed = True

    def save(self, present: set[str]) -> None:
        if not (self._changed and self._own):
            return
        import tempfile  # noqa: PLC0415 - slow to import, and most runs have nothing to keep

        files = {raw: kept for raw, kept in self._known.items() if raw in present}
        text = json.dumps({"version": _VERSION, "files": files}, separators=(",", ":"))
        with suppress(OSError, UnicodeError):
            self._path.parent.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix="hashes-")
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(text)
                os.replace(name, self._path)  # noqa: PTH105
            except OSError:
                with suppress(OSError):
                    os.unlink(name)  # noqa: PTH108
