"""What a commit holds, unpacked into a folder of its own.

Only plain files of the four places that the builder reads; links, submodules and everything with
a path that leads elsewhere stay out. Bytes come straight from Git's store.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from site_builder.git import Git, GitFailedError, Talk

PLACES = ("criteria.yml", "unit.yml", "evidence", "records")
# A state is unpacked to disk; a repository that hosts allow is a quarter of this.
MOST_BYTES = 4 * 1024**3
MOST_FILES = 200_000
_PLAIN = ("100644", "100755")
_CHUNK = 1024 * 1024
_FORBIDDEN = frozenset("\\\0:")


class ExportRefusedError(Exception):
    """The state cannot be unpacked; the text says why (a value of ``model.change.WhyNot``)."""


@dataclass(frozen=True, slots=True)
class _File:
    """One file of a commit; ``path`` from the content root."""

    path: str
    blob: str
    size: int


@contextmanager
def exported(
    git: Git, commit: str, *, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES
) -> Iterator[Path]:
    """The content of a commit in a folder that goes away again.

    Args:
        git: where the content lies, the top of a repository or a folder inside one.
        commit: full hash.
        most_bytes: of all files together.
        most_files: that may be unpacked.

    Raises:
        ExportRefusedError: it is too large, or not all of it is in this repository.
    """
    try:
        files = tuple(_listed(git, commit))
    except (GitFailedError, ValueError):
        raise ExportRefusedError("lost") from None
    if len(files) > most_files or sum(file.size for file in files) > most_bytes:
        raise ExportRefusedError("too_large")
    with tempfile.TemporaryDirectory(prefix="site-builder-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        try:
            with git.talk("cat-file", "--batch") as talk:
                for file in files:
                    _unpack(talk, file, root)
        except (GitFailedError, OSError, ValueError):
            raise ExportRefusedError("lost") from None
        yield root


def _listed(git: Git, commit: str) -> Iterator[_File]:
    printed = git.run("ls-tree", "-r", "-z", "-l", commit, "--", *PLACES)
    for line in printed.split("\0"):
        about, _, path = line.partition("\t")
        if not path:
            continue
        mode, kind, blob, size = about.split()
        if kind == "blob" and mode in _PLAIN and is_inside(path):
            yield _File(path, blob, int(size))


def is_inside(path: str) -> bool:
    """The path stays below the content root, on every system, in one of the known places."""
    parts = path.split("/")
    if parts[0] not in PLACES or PurePosixPath(path).is_absolute():
        return False
    return all(
        part not in {"", ".", ".."} and part.lower() != ".git" and not _FORBIDDEN.intersection(part)
        for part in parts
    )


def _unpack(talk: Talk, file: _File, root: Path) -> None:
    talk.ask(file.blob)
    header = talk.line().split()
    if header[1:] != ["blob", str(file.size)]:
        raise GitFailedError("missing")
    target = root / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    # Exclusively: two names that a disk takes for one must not write into each other.
    with target.open("xb") as out:
        left = file.size
        while left:
            data = talk.read(min(left, _CHUNK))
            out.write(data)
            left -= len(data)
    talk.read(1)
