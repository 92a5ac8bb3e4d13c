"""Writes a history anew without some files, with Git's own export and import.

Commits, branches and tags stay as they are but for their ids; messages, authors and times too.
The old state is kept until the new one was looked through; only then is it thrown away.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from site_builder.git import Git, GitFailedError
from site_builder.purging.planning import Plan, plan

_DATA = re.compile(rb"data (\d+)\n\Z")
_ESCAPE = re.compile(rb"\\([abfnrtv\"\\]|[0-7]{3})")
_ESCAPED = {
    b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v",
    b'"': b'"', b"\\": b"\\",
}  # fmt: skip
_ONE_CHARACTER = 1


class RewriteFailedError(Exception):
    """The new history still held the file, so the old one was put back."""


def rewrite(git: Git, root: Path, planned: Plan) -> None:
    """Write the history anew without what is planned, and forget the old one.

    The files go from the work tree too.

    Raises:
        GitFailedError: Git failed; the old history stands.
        RewriteFailedError: something was left; the old history stands.
    """
    before = git.run("for-each-ref", "--format=%(objectname) %(refname)").splitlines()
    exported = git.raw(
        "fast-export", "--all", "--no-data", "--signed-tags=strip",
        "--tag-of-filtered-object=rewrite", "--reencode=no", "--use-done-feature",
    )  # fmt: skip
    paths = frozenset(path.encode("utf-8", "surrogateescape") for path in planned.paths)
    blobs = frozenset(blob.encode() for blob in planned.blobs)
    try:
        git.feed(b"".join(without(exported, paths, blobs)), "fast-import", "--force", "--quiet")
        _confirm(git, planned)
    except (GitFailedError, RewriteFailedError):
        git.feed(_back_to(before), "update-ref", "--stdin")
        raise
    git.run("read-tree", "HEAD")
    top = Path(git.run("rev-parse", "--show-toplevel").rstrip("\n"))
    for name in (*planned.paths, *planned.others):
        _delete(top / name)
    _delete(root / planned.path)
    git.run("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    git.run("gc", "--prune=now", "--quiet")


def forget_large_files(git: Git, hashes: Iterable[str]) -> None:
    """Throw away what Git LFS keeps of some contents beside the repository.

    Raises:
        GitFailedError: Git failed.
        OSError: something could not be thrown away.
    """
    common = git.run("rev-parse", "--path-format=absolute", "--git-common-dir").rstrip("\n")
    for sha256 in hashes:
        kept = Path(common, "lfs", "objects", sha256[:2], sha256[2:4], sha256)
        kept.unlink(missing_ok=True)


def _confirm(git: Git, planned: Plan) -> None:
    left = plan(git, planned.path)
    if isinstance(left, Plan):
        raise RewriteFailedError(", ".join(sorted(left.paths)))


def _back_to(refs: Iterable[str]) -> bytes:
    """Commands for ``git update-ref`` that set every branch and tag as it was."""
    pairs = (line.split(" ", 1) for line in refs)
    return "".join(f"update {name} {id_}\n" for id_, name in pairs).encode(
        "utf-8", "surrogateescape"
    )


def _delete(path: Path) -> None:
    if path.is_file() and not path.is_symlink():
        path.unlink()


def without(stream: bytes, paths: frozenset[bytes], blobs: frozenset[bytes]) -> Iterator[bytes]:
    """An export without the given paths and contents.

    Args:
        stream: of ``git fast-export --no-data``: files stand in it by the id of their content.
        paths: from the top of the repository; neither their contents nor their deletion stay.
        blobs: ids of contents, which go under every name.
    """
    lines = BytesIO(stream)
    while line := lines.readline():
        data = _DATA.match(line)
        if data:
            # Messages may look like commands.
            yield line
            yield lines.read(int(data[1]))
        elif line.startswith(b"M "):
            _, _, blob, name = line.rstrip(b"\n").split(b" ", 3)
            if blob not in blobs and unquoted(name) not in paths:
                yield line
        elif line.startswith(b"D "):
            if unquoted(line.rstrip(b"\n")[2:]) not in paths:
                yield line
        else:
            yield line


def unquoted(name: bytes) -> bytes:
    """A path as Git quotes it in streams, as it is."""
    if not (name.startswith(b'"') and name.endswith(b'"')):
        return name
    return _ESCAPE.sub(_character, name[1:-1])


def _character(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return _ESCAPED[sign] if len(sign) == _ONE_CHARACTER else bytes([int(sign, 8) & 0xFF])
