"""Who still holds a file after it was taken out of the history."""

import re
from dataclasses import dataclass
from pathlib import Path

from site_builder.git import Git

# A file of these kinds may hold any state of the repository.
_BUNDLES = ("*.bundle", "*.zip", "*.tar", "*.tar.gz", "*.7z", "*.rar")
_SECRET_IN_URL = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """Places that this program cannot clean.

    Attributes:
        remotes: other repositories it was pushed to, without passwords.
        archives: bundles and archives beside the content, outside evidence/.
        sites: printed sites under build/.
    """

    remotes: tuple[str, ...]
    archives: tuple[str, ...]
    sites: tuple[str, ...]


def holders(git: Git, root: Path) -> Holders:
    """Look for what may still hold anything of an earlier state."""
    remotes = {
        _SECRET_IN_URL.sub("", line.split("\t")[1].rpartition(" (")[0])
        for line in git.run("remote", "-v").splitlines()
        if "\t" in line
    }
    skipped = {root / "evidence", root / ".git", root / ".venv", root / ".cache"}
    archives = sorted(
        path.relative_to(root).as_posix()
        for pattern in _BUNDLES
        for path in root.rglob(pattern)
        if not skipped.intersection(path.parents)
    )
    build = root / "build"
    sites = (
        sorted(path.relative_to(root).as_posix() for path in build.iterdir() if path.is_dir())
        if build.is_dir()
        else []
    )
    return Holders(remotes=tuple(sorted(remotes)), archives=tuple(archives), sites=tuple(sites))
