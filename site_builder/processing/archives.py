"""What the central directory of a ZIP tells before anything in it is unpacked.

Every office document of today is a ZIP too, so the bounds against bombs live here once. Sizes in
the directory may lie, but ``zipfile`` never gives more of a member than its directory promises,
so that whoever checks these bounds first cannot be made to unpack more.
"""

import itertools
import re
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from site_builder.model import kinds
from site_builder.model.processed import Flag
from site_builder.processing.excerpts import clean_name
from site_builder.processing.flagging import with_details

MAX_TOTAL = 300 << 20
MAX_MEMBER = 150 << 20
MAX_MEMBERS = 20_000
MAX_DIRECTORY = 16 << 20
# Text compresses twentyfold, spreadsheets up to a hundredfold; below 20 MiB it does not matter.
MAX_RATIO = 200
RATIO_MATTERS = 20 << 20

_END = b"PK\x05\x06"
_END_SIZE = 22
_END64_LOCATOR = b"PK\x06\x07"
_LOCATOR_SIZE = 20
_MAX_COMMENT = 0xFFFF
_LOCAL_HEADER = 30
_SATURATED = 0xFFFFFFFF
_ENCRYPTED_BIT = 0x1
_UTF8_BIT = 0x800
_SYMLINK_TYPE = 0xA
_UNIX = 3

_DRIVE = re.compile(r"[A-Za-z]:")
# What ``kinds.runs`` leaves out, because no evidence ever had such a name on purpose.
_RUNS_TOO = re.compile(r"\.(?:pif|cpl|vbe|jse|wsh|lnk|reg)$", re.IGNORECASE)
_NESTED = re.compile(r"\.(?:zip|rar|7z|tar|tgz|gz|bz2|xz|cab|iso)$", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - it says what was done with the file
    """Opening the archive could be endless; the argument is the word of the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the directory, under a name that may be shown.

    Attributes:
        info: what ``zipfile`` needs to open it.
        path: composed, separators turned to slashes, control characters taken out.
    """

    info: zipfile.ZipInfo
    path: str

    @property
    def encrypted(self) -> bool:
        return bool(self.info.flag_bits & _ENCRYPTED_BIT)

    @property
    def symlink(self) -> bool:
        return self.info.create_system == _UNIX and self.info.external_attr >> 28 == _SYMLINK_TYPE

    @property
    def leads_out(self) -> bool:
        """Unpacked as written, it would land outside the folder."""
        return (
            self.path.startswith("/")
            or _DRIVE.match(self.path) is not None
            or ".." in self.path.split("/")
        )


def opened(file: BinaryIO) -> zipfile.ZipFile:
    """The archive with its directory read and its bounds checked.

    Raises:
        Refused: a bomb, or more members than anybody hands in.
        zipfile.BadZipFile, and nearly anything else: damaged.
    """
    if _directory_size(file) > MAX_DIRECTORY:
        raise Refused("bomb")
    file.seek(0)
    archive = zipfile.ZipFile(file)
    if _is_bomb(archive.infolist()):
        raise Refused("bomb")
    return archive


def entries(archive: zipfile.ZipFile) -> tuple[Entry, ...]:
    """Its files in the order of the directory, folders left out."""
    return tuple(
        Entry(info=info, path=shown_path(info)) for info in archive.infolist() if not info.is_dir()
    )


def shown_path(info: zipfile.ZipInfo) -> str:
    """The path as its maker meant it.

    Many programs write UTF-8 without saying so; then ``zipfile`` reads it as code page 437.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF8_BIT:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.orig_filename
    return clean_name(name.replace("\\", "/"))


def flags(found: Sequence[Entry]) -> tuple[Flag, ...]:
    """What people should know before they unpack these files."""
    seen: set[str] = set()
    twice: list[str] = []
    for entry in found:
        folded = entry.path.casefold()
        if folded in seen:
            twice.append(entry.path)
        seen.add(folded)
    return with_details(
        {
            "encrypted-member": [entry.path for entry in found if entry.encrypted],
            "executable-member": [entry.path for entry in found if runs(entry.path)],
            "nested-archive": [entry.path for entry in found if _NESTED.search(entry.path)],
            "traversal": [entry.path for entry in found if entry.leads_out],
            "symlink-member": [entry.path for entry in found if entry.symlink],
            "duplicate-member": twice,
        }
    )


def runs(path: str) -> bool:
    """Whether opening a member of that name starts a program."""
    return kinds.runs(path) or _RUNS_TOO.search(path) is not None


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """At most ``limit`` bytes of a member.

    Raises:
        Nearly anything: damaged, encrypted, compressed in a way nobody knows.
    """
    with archive.open(info) as member:
        return member.read(limit)


def _is_bomb(infos: Sequence[zipfile.ZipInfo]) -> bool:
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos) or 1
    if len(infos) > MAX_MEMBERS or total > MAX_TOTAL:
        return True
    if any(info.file_size > MAX_MEMBER for info in infos):
        return True
    if total > RATIO_MATTERS and total / packed > MAX_RATIO:
        return True
    # Members that share their bytes multiply them: the trick of the small bombs.
    spans = sorted((info.header_offset, info.compress_size) for info in infos)
    return any(
        after < start + _LOCAL_HEADER + size
        for (start, size), (after, _) in itertools.pairwise(spans)
    )


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the central directory; 0 when its end cannot be found."""
    size = file.seek(0, 2)
    start = max(0, size - _MAX_COMMENT - _END_SIZE - _LOCATOR_SIZE)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        return 0
    (told,) = struct.unpack_from("<I", tail, at + 12)
    if told != _SATURATED:
        return int(told)
    locator = at - _LOCATOR_SIZE
    if locator < 0 or tail[locator : locator + 4] != _END64_LOCATOR:
        return int(told)
    (offset,) = struct.unpack_from("<Q", tail, locator + 8)
    if offset >= size:
        return 0
    file.seek(offset + 40)
    told64 = file.read(8)
    return int(struct.unpack("<Q", told64)[0]) if len(told64) == 8 else 0  # noqa: PLR2004
