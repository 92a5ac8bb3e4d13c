"""evidence/ as it lies on the disk: one walk that follows nothing and never fails."""

import os
import re
import stat
from dataclasses import dataclass, replace
from fnmatch import translate
from pathlib import Path

from site_builder.loading import problems
from site_builder.model.evidence import Entry, EntryKind
from site_builder.model.finding import Finding
from site_builder.model.snapshot import EVIDENCE
from site_builder.model.text import nfc

# What programs leave behind and nobody filed; names compared without case.
NOISE: tuple[str, ...] = (
    ".gitkeep",
    ".gitignore",
    ".gitattributes",
    ".git",
    ".DS_Store",
    "._*",
    "__MACOSX",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "~$*",
    ".~lock.*#",
)

_NOISE = re.compile("|".join(translate(pattern.lower()) for pattern in NOISE))
_NOISE_STARTS = frozenset(pattern[0].lower() for pattern in NOISE)
_LOST = re.compile("[\ud800-\udfff]")
# Windows: a folder that stands for another one without being a symbolic link.
_MOUNT_POINT = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


@dataclass(frozen=True, slots=True)
class Tree:
    """What the walk found.

    Attributes:
        entries: parents before children, sorted by path.
        exists: evidence/ is a folder.
    """

    entries: tuple[Entry, ...] = ()
    exists: bool = False
    findings: tuple[Finding, ...] = ()


def is_noise(name: str) -> bool:
    """A name of the list above."""
    folded = name.lower()
    return folded[:1] in _NOISE_STARTS and _NOISE.match(folded) is not None


def shown_name(raw: str) -> str:
    """A name as people see it: composed, with U+FFFD for bytes that are no letters."""
    if raw.isascii():
        return raw
    if _LOST.search(raw):
        try:
            raw = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        except UnicodeEncodeError:  # half of a pair, which only Windows lets into a name
            raw = _LOST.sub("\ufffd", raw)
    return nfc(raw)


def walk(root: Path) -> Tree:
    """Every entry under evidence/ of the content folder."""
    try:
        mode = os.lstat(root / EVIDENCE).st_mode
    except OSError:
        return Tree()
    if stat.S_ISLNK(mode):
        return Tree(findings=(problems.SYMLINK.at(EVIDENCE, name=EVIDENCE),))
    return _walk(os.fspath(root)) if stat.S_ISDIR(mode) else Tree()


def _walk(base: str) -> Tree:
    entries: list[Entry] = []
    findings: list[Finding] = []
    closed: set[str] = set()
    open_folders = [(EVIDENCE, EVIDENCE)]
    while open_folders:
        path, raw = open_folders.pop()
        found = _scan(base, path, raw)
        if found is None:
            findings.append(problems.UNREADABLE_FOLDER.at(path))
            closed.add(raw)
            continue
        entries.extend(found)
        for entry in found:
            if entry.noise:
                continue
            if entry.kind is EntryKind.FOLDER:
                open_folders.append((entry.path, entry.raw))
            elif entry.kind is not EntryKind.FILE or not entry.readable:
                findings.append(_not_read(entry))
    if closed:
        entries = [
            replace(entry, readable=False) if entry.raw in closed else entry for entry in entries
        ]
    entries.sort(key=lambda entry: (entry.path, entry.raw))
    return Tree(tuple(entries), exists=True, findings=tuple(findings))


def _not_read(entry: Entry) -> Finding:
    if entry.kind is EntryKind.SYMLINK:
        return problems.SYMLINK.at(entry.path, name=entry.name)
    if entry.kind is EntryKind.OTHER:
        return problems.NOT_A_FILE.at(entry.path, name=entry.name)
    return problems.UNREADABLE_FILE.at(entry.path)


def _scan(base: str, path: str, raw: str) -> list[Entry] | None:
    """The entries of one folder; None when it cannot be listed."""
    try:
        with os.scandir(f"{base}/{raw}") as listing:
            return [_entry(found, path, raw) for found in listing]
    except OSError:
        return None


def _entry(found: "os.DirEntry[str]", parent: str, raw: str) -> Entry:
    name = found.name
    path = f"{parent}/{name if name.isascii() else shown_name(name)}"
    noise = is_noise(name)
    if _MOUNT_POINT is None and found.is_dir(follow_symlinks=False):
        # The listing told already; only Windows has folders that must be asked what they are.
        return Entry(path, f"{raw}/{name}", parent, EntryKind.FOLDER, noise=noise)
    try:
        status = found.stat(follow_symlinks=False)
    except OSError:
        # Gone since the folder was listed, or not ours to look at.
        return Entry(path, f"{raw}/{name}", parent, EntryKind.FILE, readable=False, noise=noise)
    mode = status.st_mode
    if stat.S_ISREG(mode):
        return Entry(
            path,
            f"{raw}/{name}",
            parent,
            EntryKind.FILE,
            status.st_size,
            status.st_mtime_ns,
            status.st_ino,
            # Asked only when the mode leaves a doubt: the question costs a system call.
            readable=mode & 0o444 == 0o444 or os.access(found.path, os.R_OK),  # noqa: PLR2004
            noise=noise,
        )
    kind = EntryKind.OTHER
    if stat.S_ISLNK(mode) or (
        _MOUNT_POINT is not None and getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT
    ):
        kind = EntryKind.SYMLINK
    elif stat.S_ISDIR(mode):
        kind = EntryKind.FOLDER
    return Entry(path, f"{raw}/{name}", parent, kind, noise=noise)
