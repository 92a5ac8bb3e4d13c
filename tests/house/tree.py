"""The repository's own files, for tests that hold its habits together."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "site_builder"


@cache
def files() -> tuple[Path, ...]:
    """Every file that Git keeps or would keep, from the root, sorted."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    names = set(told.stdout.decode("utf-8", "surrogateescape").split("\0")) - {""}
    # Deleted but not yet committed files are still listed.
    return tuple(sorted(path for name in names if (path := ROOT / name).is_file()))


def below(*folders: str, suffixes: tuple[str, ...] = ()) -> tuple[Path, ...]:
    """The files below some folders, of some kinds."""
    roots = tuple(ROOT / folder for folder in folders)
    return tuple(
        path
        for path in files()
        if any(path.is_relative_to(root) for root in roots)
        and (not suffixes or path.suffix in suffixes)
    )


def shown(path: Path) -> str:
    """A path as a reader of a failed test wants it."""
    return path.relative_to(ROOT).as_posix()
