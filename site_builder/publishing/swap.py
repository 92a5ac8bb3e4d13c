"""Puts what is finished in the place of the old, and keeps two builds apart."""

import contextlib
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
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
    put_together(((new, place),))


def put_together(moves: Iterable[tuple[Path, Path]]) -> None:
    """Move files and folders to their places, all of them or none.

    Args:
        moves: what is new, and where it is to stand.

    Raises:
        OSError: something could not be moved; everything old is back.
    """
    begun: list[tuple[Path, Path]] = []
    try:
        for new, place in moves:
            recover(place)
            begun.append((new, place))
            if place.exists():
                place.rename(_old(place))
            new.rename(place)
    except OSError:
        for new, place in reversed(begun):
            if not new.exists() and place.exists():
                place.rename(new)
            if _old(place).exists():
                _old(place).rename(place)
        raise
    for _, place in begun:
        remove(_old(place))


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def recover(place: Path) -> None:
    """Bring back the old site if a build was killed between the two renames."""
    old = _old(place)
    if old.exists() and not place.exists():
        old.rename(place)
    remove(old)


def remove(path: Path) -> None:
    """Remove a folder or file that may not be there."""
    with contextlib.suppress(FileNotFoundError):
        # A link in its place is removed itself, never what it leads to.
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)
