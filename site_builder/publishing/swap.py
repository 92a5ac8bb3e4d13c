"""Puts a finished site in the place of the old one, and keeps two builds apart."""

import contextlib
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 0.1


class BusyError(Exception):
    """Another build of the same edition is running."""


@contextlib.contextmanager
def locked(path: Path, patience: float) -> Iterator[None]:
    """Hold a lock file; the system frees it even when the process is killed.

    Args:
        path: of the lock file; stays behind, empty.
        patience: seconds to wait for another build.

    Raises:
        BusyError: it did not end in time.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        end = time.monotonic() + patience
        while not _try_lock(stream.fileno()):
            if time.monotonic() >= end:
                raise BusyError
            time.sleep(_PATIENCE)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def put_in_place(new: Path, place: Path) -> None:
    """Move the folder ``new`` to ``place``; what stood there stays until the last moment."""
    old = place.with_name(f".{place.name}.old")
    recover(place)
    if place.exists():
        place.rename(old)
    try:
        new.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    remove(old)


def recover(place: Path) -> None:
    """Bring back the old site if a build was killed between the two renames."""
    old = place.with_name(f".{place.name}.old")
    if old.exists() and not place.exists():
        old.rename(place)
    remove(old)


def remove(folder: Path) -> None:
    """Remove a folder that may not be there."""
    with contextlib.suppress(FileNotFoundError):
        # A link in its place is removed itself, never what it leads to.
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)
