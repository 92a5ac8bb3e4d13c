"""Files under evidence/ as found on disk, and who brought them."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from site_builder.model.values import row, value


class EntryKind(enum.Enum):
    """What a directory entry is; links and devices are reported and never followed."""

    FILE = "file"
    FOLDER = "folder"
    SYMLINK = "symlink"
    OTHER = "other"


@row
class Entry:
    """One entry of the tree.

    Attributes:
        path: from the root, "/" separated, NFC.
        raw: from the root exactly as the disk spells it (surrogate escapes kept).
        parent: path of the folder that holds it, NFC.
        size: bytes; 0 for folders.
        modified_ns, inode: identity of the bytes for the hash cache.
        readable: False when the folder could not be listed or the file could not be opened.
        noise: Thumbs.db and the like.
    """

    path: str
    raw: str
    parent: str
    kind: EntryKind
    size: int = 0
    modified_ns: int = 0
    inode: int = 0
    readable: bool = True
    noise: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Pointer(enum.Enum):
    """A stand-in that Git LFS or git-annex left instead of the content."""

    LFS = "lfs"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One commit that touched a path.

    Attributes:
        commit: full hash.
        at: author time, UTC.
        office: office key by the author's e-mail; None when no office has that address.
        author: name as in Git; working edition only, and only shown when ``office`` is known.
    """

    commit: str
    at: datetime
    office: str | None
    author: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafEvent:
    """What one commit did to a leaf.

    Attributes:
        change: who and when.
        explained: the explanation was written or changed.
        added, replaced, renamed: names inside the leaf's folder as they are today; "" where the
            file is gone or must not be named.
        removed: how many files went.
    """

    change: Change
    explained: bool = False
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    removed: int = 0


@value
class EvidenceFile:
    """One file of evidence.

    Attributes:
        path: from the root, NFC.
        raw: as the disk spells it; the only name with which it may be opened.
        sha256: hex; None when it was not needed (no twin of its size) or not readable.
        pointer: content absent, see Pointer; ``pointer_oid`` then holds the LFS oid.
        first, last: commits that brought and last changed it; None outside Git, or when the
            history is too shallow to tell.
    """

    path: str
    raw: str
    size: int
    sha256: str | None = None
    pointer: Pointer | None = None
    pointer_oid: str = ""
    readable: bool = True
    first: Change | None = None
    last: Change | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """Extension in lower case with its dot, "" for none."""
        stem, dot, suffix = self.name.rpartition(".")
        return f".{suffix.lower()}" if dot and stem else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Where the content stands in Git.

    Attributes:
        commit: HEAD; "" outside Git or before the first commit.
        at: author time of HEAD, UTC.
        dirty: files differ from HEAD, so pages call themselves a draft.
        shallow: history is cut, so first commits are unknown.
        changes: last and first change by NFC path from the content root.
    """

    commit: str = ""
    at: datetime | None = None
    dirty: bool = False
    shallow: bool = False
    inside_git: bool = False
    last: Mapping[str, Change] | None = None
    first: Mapping[str, Change] | None = None
