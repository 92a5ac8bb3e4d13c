"""Keeps what was read, by content: facts, pictures, texts.

``<sha[:2]>/<sha>/facts.json`` with blobs beside it, and one ``index`` that holds all facts again,
so that a run that reads nothing opens one file. Everything may be thrown away at any moment, may
be written by several programs at once, and never makes a run fail.

A record is believed when its seal fits (``keys.py``), a blob when it is the one that the record
names; everything else is a miss, whoever wrote it.
"""

import errno
import hashlib
import hmac
import json
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from site_builder.model.processed import Excerpt, FileFacts
from site_builder.processing import keys, records
from site_builder.processing.reader import BLOB, EXCERPT, TEXT, Read, blobs_of
from site_builder.processing.stamps import Stamps

FOLDER = ".cache/evidence"
VARIABLE = "SITE_BUILDER_CACHE"

_FACTS = "facts.json"
_INDEX = "index"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SEAL_BYTES = 16
_SECONDS_PER_DAY = 86_400
# An entry says the week of its last use, so that most runs need not write the index.
FRESH_DAYS = 7
KEPT_DAYS = 120
_SWEPT_EVERY_DAYS = 7
_MOST_REMOVED = 1000

_T = TypeVar("_T")


def open_store(root: Path, environment: Mapping[str, str]) -> "Store":
    """The store of a content folder; one that lasts as long as the run where none is to be had."""
    folder = folder_of(root, environment)
    key = keys.key_for(folder, root, environment) if folder is not None else None
    return Store(None) if key is None else Store(folder, key=key)


def folder_of(root: Path, environment: Mapping[str, str]) -> Path | None:
    """Where the store of a content folder lies; the environment may name another place.

    None when a link in the content folder leads somewhere else: nothing is written there.
    """
    named = environment.get(VARIABLE)
    if named:
        return Path(named)
    folder = root / FOLDER
    return folder if folder.resolve() == root.resolve() / FOLDER else None


class Store:
    """Facts and blobs by the sha256 of the bytes they were read from.

    A store that cannot be written keeps what comes in a temporary folder, until it is closed.

    Args:
        folder: where it lies; made when there is something to keep. None keeps nothing.
        key: seals the records; those under another one are not believed.
        today: days since 1970; None asks the clock.
    """

    def __init__(
        self, folder: Path | None, *, key: bytes = keys.OPEN, today: int | None = None
    ) -> None:
        self.folder = folder.absolute() if folder is not None else None
        self._key = key
        self._today = int(time.time() // _SECONDS_PER_DAY) if today is None else today
        self._index: dict[str, bytes] | None = None
        self._swept = 0
        self._changed: set[str] = set()
        # What was kept in the temporary folder alone has no line in the index.
        self._spilled: dict[str, Mapping[str, str]] = {}
        self._spill: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget what could not be kept."""
        if self._spill is not None:
            import shutil  # noqa: PLC0415 - slow to import, and seldom needed

            shutil.rmtree(self._spill, ignore_errors=True)
            self._spill = None

    # --- facts

    def find(
        self, wanted: Iterable[str], stamps: Stamps, *, whole: bool = False
    ) -> dict[str, FileFacts]:
        """The facts that are known and of today's versions.

        Args:
            wanted: sha256 of contents.
            stamps: today's.
            whole: every blob that the facts name must still be there.
        """
        index = self._entries()
        found: dict[str, FileFacts] = {}
        for sha256 in wanted:
            line = index.get(sha256, b"")
            facts = _facts_in(line, stamps)
            if facts is None:
                line = self._adopt(sha256)
                facts = _facts_in(line, stamps)
                if facts is None:
                    continue
                self._put(sha256, line)
            elif self._today - _day_of(line) > FRESH_DAYS:
                self._put(sha256, _dated(line, self._today))
            if facts.sha256 == sha256 and (not whole or self._is_whole(facts)):
                found[sha256] = facts
        return found

    def keep(self, read: Read, stamp: str) -> None:
        """Remember what was read; blobs first, so that facts never speak of what is not there."""
        facts = read.facts
        blobs = {name: blob for name, blob in read.blobs.items() if BLOB.fullmatch(name)}
        record = {
            "stamp": stamp,
            "handler": read.handler,
            "blobs": {name: _digest(blob) for name, blob in blobs.items()},
            "facts": records.to_tree(facts),
        }
        sealed = {"seal": self._seal_of(facts.sha256, record), **record}
        data = json.dumps(sealed, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        for base in self._writable():
            try:
                _write_all(_place(base, facts.sha256), {**blobs, _FACTS: data})
            except OSError:
                continue
            if base is self.folder:
                self._put(facts.sha256, _line(facts.sha256, self._today, record))
            else:
                self._spilled[facts.sha256] = record["blobs"]
            return

    def forget(self, contents: Iterable[str]) -> None:
        """Throw away everything about some contents.

        Args:
            contents: sha256 of each.

        Raises:
            OSError: something could not be thrown away.
        """
        if self.folder is None or not self.folder.is_dir():
            return
        import shutil  # noqa: PLC0415 - slow to import, and seldom needed

        index, swept = self._read_index()
        for sha256 in contents:
            index.pop(sha256, None)
            with suppress(FileNotFoundError):
                shutil.rmtree(_place(self.folder, sha256))
        self._write_index(self.folder, index, swept)
        self._index, self._changed = index, set()

    def save(self) -> None:
        """Write the index when it changed, and now and then throw away what nobody used."""
        if not self._changed or self.folder is None:
            return
        mine = self._entries()
        with suppress(OSError):
            # What others wrote meanwhile stays.
            index, swept = self._read_index()
            index.update({sha256: mine[sha256] for sha256 in self._changed if sha256 in mine})
            if self._today - swept >= _SWEPT_EVERY_DAYS:
                swept = self._today
                self._sweep(self.folder, index)
            self._write_index(self.folder, index, swept)
            self._index = index
        self._changed.clear()

    # --- blobs

    def _path(self, sha256: str, name: str) -> Path | None:
        """Where a blob lies; None when there is none of that name."""
        if not (_SHA256.fullmatch(sha256) and BLOB.fullmatch(name)):
            return None
        for base in (self._spill, self.folder):
            if base is not None:
                with suppress(OSError):
                    path = _place(base, sha256) / name
                    if stat.S_ISREG(path.lstat().st_mode):
                        return path
        return None

    def read(self, sha256: str, name: str) -> bytes | None:
        """The bytes of a blob as they were kept; None when there is none of that name."""
        path = self._path(sha256, name)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if _digest(data) == self._digests(sha256).get(name):
            return data
        with suppress(OSError):
            # The next run makes it anew.
            path.unlink()
        return None

    def excerpt(self, sha256: str) -> Excerpt | None:
        """The excerpt of a content."""
        return self._parsed(sha256, EXCERPT, lambda tree: records.from_tree(Excerpt, tree))

    def texts(self, sha256: str) -> tuple[str, ...]:
        """The text of each page of a content; empty when it has none."""
        return self._parsed(sha256, TEXT, _strings) or ()

    def _parsed(self, sha256: str, name: str, parse: Callable[[Any], _T]) -> _T | None:
        data = self.read(sha256, name)
        if data is None:
            return None
        try:
            return parse(json.loads(data))
        except (ValueError, RecursionError):
            return None

    def _digests(self, sha256: str) -> Mapping[str, str]:
        """What the record says of its blobs, by name."""
        if sha256 in self._spilled:
            return self._spilled[sha256]
        return _blobs_in(self._entries().get(sha256) or self._adopt(sha256))

    # --- seals

    def _seal(self, data: bytes) -> str:
        return hashlib.blake2b(data, key=self._key, digest_size=_SEAL_BYTES).hexdigest()

    def _seal_of(self, sha256: str, record: Mapping[str, Any]) -> str:
        """The seal of a record, under the content it speaks of."""
        text = json.dumps([sha256, record], sort_keys=True, separators=(",", ":"))
        return self._seal(text.encode("utf-8"))

    # --- disk

    def _put(self, sha256: str, line: bytes) -> None:
        self._entries()[sha256] = line
        self._changed.add(sha256)

    def _entries(self) -> dict[str, bytes]:
        if self._index is None:
            self._index, self._swept = self._read_index()
        return self._index

    def _read_index(self) -> tuple[dict[str, bytes], int]:
        """Lines of the index by sha256, unread, and the day when it was swept last."""
        if self.folder is None:
            return {}, self._today
        try:
            head, _, rest = _read_own(self.folder / _INDEX).partition(b"\n")
            told = json.loads(head)
            swept, seal = int(told["swept"]), str(told["seal"])
        except (OSError, LookupError, TypeError, ValueError, RecursionError):
            return {}, self._today
        if not hmac.compare_digest(seal.encode(), self._index_seal(rest, swept).encode()):
            return {}, self._today
        return {line[:64].decode("latin-1"): line for line in rest.split(b"\n") if line}, swept

    def _write_index(self, folder: Path, index: Mapping[str, bytes], swept: int) -> None:
        rest = b"\n".join((*index.values(), b""))
        head = json.dumps({"swept": swept, "seal": self._index_seal(rest, swept)})
        _write(folder / _INDEX, head.encode("ascii") + b"\n" + rest)

    def _index_seal(self, rest: bytes, swept: int) -> str:
        return self._seal(b"index %d\n" % swept + rest)

    def _adopt(self, sha256: str) -> bytes:
        """A line for facts that the index does not have, or an older one; b"" for none."""
        if self.folder is None:
            return b""
        try:
            record = json.loads(_read_own(_place(self.folder, sha256) / _FACTS))
            seal = str(record.pop("seal"))
            if not hmac.compare_digest(seal.encode(), self._seal_of(sha256, record).encode()):
                return b""
            return _line(sha256, self._today, record)
        except (OSError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
            return b""

    def _is_whole(self, facts: FileFacts) -> bool:
        shown = (*facts.previews, facts.thumbnail, facts.public_copy)
        sizes = {preview.blob: preview.size for preview in shown if preview is not None}
        for name in blobs_of(facts):
            path = self._path(facts.sha256, name)
            if path is None or (name in sizes and path.stat().st_size != sizes[name]):
                return False
        return True

    def _writable(self) -> Iterator[Path]:
        """Where to write: the store, else a folder that goes with this run."""
        if self._spill is None:
            if self.folder is not None:
                yield self.folder
            import tempfile  # noqa: PLC0415 - slow to import, and most runs keep nothing

            with suppress(OSError):
                self._spill = Path(tempfile.mkdtemp(prefix="site-builder-"))
        if self._spill is not None:
            yield self._spill

    def _sweep(self, base: Path, index: dict[str, bytes]) -> None:
        """Remove what was not used for long; some now, the rest another week."""
        import shutil  # noqa: PLC0415 - slow to import, and needed once a week

        oldest = self._today - KEPT_DAYS
        old = [sha256 for sha256, line in index.items() if _day_of(line) < oldest]
        for sha256 in old:
            del index[sha256]
        removed = 0
        for folder in _entry_folders(base):
            if folder.name in index or removed >= _MOST_REMOVED:
                continue
            with suppress(OSError):
                if (folder / _FACTS).stat().st_mtime // _SECONDS_PER_DAY < oldest:
                    shutil.rmtree(folder)
                    removed += 1


def _line(sha256: str, day: int, record: Mapping[str, Any]) -> bytes:
    """One line: sha256, day of last use, stamp, handler, digests of blobs, facts."""
    facts = json.dumps(record["facts"], ensure_ascii=False, separators=(",", ":"))
    blobs = json.dumps(record["blobs"], separators=(",", ":"))
    stamp, handler = record["stamp"], record["handler"]
    words = (stamp, handler, blobs)
    if not all(isinstance(word, str) for word in words) or any(" " in word for word in words):
        raise ValueError(sha256)
    return f"{sha256} {day} {stamp} {handler} {blobs} {facts}".encode()


def _facts_in(line: bytes, stamps: Stamps) -> FileFacts | None:
    """The facts of a line; None when it is of other versions or broken."""
    try:
        _, _, stamp, handler, _, facts = line.decode("utf-8").split(" ", 5)
        if stamps.of(handler) != stamp:
            return None
        return records.from_tree(FileFacts, json.loads(facts))
    except (ValueError, RecursionError):
        return None


def _blobs_in(line: bytes) -> Mapping[str, str]:
    """Digests of blobs by name."""
    try:
        blobs = json.loads(line.split(b" ", 5)[4])
    except (LookupError, ValueError, RecursionError):
        return {}
    return blobs if isinstance(blobs, dict) else {}


def _digest(blob: bytes) -> str:
    return hashlib.blake2b(blob, digest_size=_SEAL_BYTES).hexdigest()


def _day_of(line: bytes) -> int:
    try:
        return int(line[65:80].split(b" ", 1)[0])
    except ValueError:
        return 0


def _dated(line: bytes, day: int) -> bytes:
    sha256, _, rest = line.split(b" ", 2)
    return b"%s %d %s" % (sha256, day, rest)


def _place(base: Path, sha256: str) -> Path:
    """The folder of a content.

    Raises:
        OSError: a link leads from there to somewhere else.
    """
    shard = base / sha256[:2]
    folder = shard / sha256
    for each in (shard, folder):
        with suppress(FileNotFoundError):
            if stat.S_ISLNK(each.lstat().st_mode):
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), os.fspath(each))
    return folder


def _read_own(path: Path) -> bytes:
    """The bytes of a plain file; b"" of anything else, which we never wrote."""
    return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""


def _entry_folders(folder: Path) -> Iterator[Path]:
    for shard in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        yield from (each for each in sorted(shard.iterdir()) if _SHA256.fullmatch(each.name))


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        _write(folder / name, data)
    for stale in folder.iterdir():
        if stale.name not in files and BLOB.fullmatch(stale.name):
            with suppress(OSError):
                stale.unlink()


def _write(path: Path, data: bytes) -> None:
    """Put a file in place as a whole; a reader sees the old one or the new one."""
    import tempfile  # noqa: PLC0415 - slow to import, and most runs keep nothing

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)  # noqa: PTH105 - the temporary one has a name only
    except OSError:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def _strings(tree: object) -> tuple[str, ...]:
    if not isinstance(tree, list) or not all(isinstance(page, str) for page in tree):
        raise ValueError("not a list of texts")
    return tuple(tree)
