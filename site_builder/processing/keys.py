"""Who may vouch for what was read: the key that seals the records of a store.

The store lies in the content folder, and a content folder comes from anywhere: a commit, a stick,
a ZIP may bring records of its own, which would make a file count as looked at and put pictures of
something else into a site. So every record carries a seal that only this user on this machine
can make. A store outside the content folder needs none: whoever named it vouches for it.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

OPEN = b""
"""The key of stores outside the content folder; it seals against accidents alone."""

_LENGTH = 32
_NAME = Path("site-builder", "store.key")


def key_for(folder: Path, root: Path, environment: Mapping[str, str]) -> bytes | None:
    """The key of a store; None when there is no place to keep one.

    Args:
        folder: of the store.
        root: content folder.
        environment: tells where this user's own files lie.
    """
    if not _lies_in(folder, root):
        return OPEN
    home = _own_folder(environment)
    if home is None or _lies_in(home, root):
        return None
    with suppress(OSError):
        return _kept(home / _NAME)
    return None


def _lies_in(folder: Path, root: Path) -> bool:
    return folder.resolve().is_relative_to(root.resolve())


def _own_folder(environment: Mapping[str, str]) -> Path | None:
    """Where programs keep what is this user's on this machine."""
    if local := environment.get("LOCALAPPDATA"):
        return _absolute(local)
    if state := environment.get("XDG_STATE_HOME"):
        return _absolute(state)
    home = environment.get("HOME")
    return _absolute(os.path.join(home, ".local", "state")) if home else None  # noqa: PTH118


def _absolute(path: str) -> Path | None:
    folder = Path(path)
    return folder if folder.is_absolute() else None


def _kept(path: Path) -> bytes | None:
    """The key in a file, made on first use; None when something else lies there."""
    with suppress(FileNotFoundError):
        return _read(path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written as a whole under another name: a program that starts meanwhile sees all or nothing,
    # and of two that make one the first one's counts.
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_LENGTH))
    try:
        with suppress(FileExistsError):
            os.link(made, path)
    except OSError:
        # No second names here (FAT, some shares).
        os.replace(made, path)  # noqa: PTH105 - beside the other one
    with suppress(OSError):
        made.unlink()
    return _read(path)


def _read(path: Path) -> bytes | None:
    with path.open("rb") as file:
        key = file.read(_LENGTH + 1)
    return key if len(key) == _LENGTH else None
