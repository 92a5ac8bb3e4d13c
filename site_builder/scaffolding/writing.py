"""Puts planned files on disk; never overwrites and never follows a link."""

import os
from collections.abc import Iterable
from pathlib import Path

from site_builder.scaffolding.plan import PlannedFile


def write_new(root: Path, planned: Iterable[PlannedFile]) -> tuple[str, ...]:
    """Create each file that does not exist yet; returns the paths created.

    Raises:
        OSError: a folder cannot be written; what was created before stays.
    """
    created = []
    for file in planned:
        path = root / file.path
        if os.path.lexists(path) or _through_link(root, path):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        # "x" refuses to overwrite even if the file appeared a moment ago.
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(file.text)
        created.append(file.path)
    return tuple(created)


def _through_link(root: Path, path: Path) -> bool:
    """Whether a folder on the way is a symbolic link, which could lead out of the root."""
    return any(
        parent.is_symlink() for parent in path.parents if parent != root and root in parent.parents
    )
