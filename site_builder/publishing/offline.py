"""The copy that travels: a folder and a ZIP beside it that open from a USB stick.

    <name>/MO-TRANG-NAY.html    what to open
    <name>/LUU-Y.txt            how, and how to see that nothing changed on the way
    <name>/manifest-sha256.txt  sha256 of everything else
    <name>/trang/               the site

Pages opened from a folder may load scripts and pictures beside them and nothing else: no worker,
no request. The same content, recipient and day give the same bytes.
"""

import hashlib
import html
import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template

from site_builder.messages import Catalogue
from site_builder.model.handover import Handover
from site_builder.model.results import Edition
from site_builder.model.site import Site
from site_builder.model.text import slug
from site_builder.publishing import entry, stage, swap
from site_builder.publishing.policy import guard
from site_builder.publishing.register import with_row
from site_builder.reading.numbers import show_date, show_number

FOLDER = "offline"
SITE = "trang"
START = "MO-TRANG-NAY.html"
NOTES = "LUU-Y.txt"
MANIFEST = "manifest-sha256.txt"
REGISTER = "ban-giao.csv"
# Windows takes 260 characters with the drive; Explorer's "Extract All" writes the name twice.
LONGEST_PATH = 180
LONGEST_NAME = 40
# From here on a person should know before the disk is full, in bytes.
MUCH = 1_000_000_000
# The largest file that FAT32 takes, with which most USB sticks are sold.
LARGEST_ON_FAT32 = (1 << 32) - 1

_CHUNK = 1 << 20
_ANY_LENGTH = 1000
_WORKER = "sb/iframe-worker.js"
_OPENER = "sb/mo-trang.js"
# For web servers and their visitors; a folder has neither.
_ONLINE = (
    *(entry.INDEX, entry.NOT_FOUND, "sitemap.xml", "sitemap.xml.gz", "objects.inv"),
    *("search/search_index.json", "search.json"),
)
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9A-Za-z_.,()@+ -]*[0-9A-Za-z_)@+-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A copy to be made.

    Attributes:
        name: of its folder and its ZIP; ASCII, short.
        edition: whose pages it holds.
        commit: of the content; "" outside Git.
        dirty: files differ from that commit.
        digest: of the content; "" when it is not known.
    """

    name: str
    handover: Handover
    edition: Edition
    commit: str = ""
    dirty: bool = False
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A copy that was made.

    Attributes:
        archive: path of the ZIP.
        sha256: of the ZIP.
        size: of the ZIP, in bytes.
        files, bytes: in the folder.
    """

    archive: Path
    sha256: str
    size: int
    files: int
    bytes: int


class NotPortableError(Exception):
    """Paths that no every computer can hold; addresses are made by us or come from ids."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(paths)
        self.paths = paths


# --- before the engine


def parcel_name(unit: str, period: str, edition: Edition, recipient: str) -> str:
    """A short ASCII name that tells unit, period, edition and recipient apart."""
    internal = "noi-bo" if edition is Edition.WORKING else ""
    parts = (slug(part, _ANY_LENGTH) for part in (unit, period, internal, recipient))
    whole = "-".join(filter(None, parts)) or "minh-chung"
    if len(whole) <= LONGEST_NAME:
        return whole
    # Names that agree so far would share a place, and one copy would replace the other.
    mark = hashlib.sha256(f"{unit}\n{period}\n{internal}\n{recipient}".encode()).hexdigest()[:6]
    return f"{whole[: LONGEST_NAME - 7].rstrip('-')}-{mark}"


def for_a_folder(site: Site) -> Site:
    """The site with the theme's own search working where no worker can be started."""
    extra = site.config.get("extra")
    config = {
        **site.config,
        # A list replaces the one of the inherited settings.
        "plugins": _plugins(site.settings or stage.packaged_settings()),
        "extra": {**(extra if isinstance(extra, Mapping) else {}), "polyfills": [_WORKER]},
    }
    scripts = {path: _asset(path.rpartition("/")[2]).encode() for path in (_WORKER, _OPENER)}
    return replace(site, config=config, assets={**site.assets, **scripts})


def _plugins(settings: bytes) -> list[object]:
    """The plugins of the checked settings, and the one that makes the search index a script."""
    import yaml  # noqa: PLC0415 - no other build needs it

    read = yaml.safe_load(settings)
    named = read.get("plugins") if isinstance(read, dict) else None
    if isinstance(named, dict):
        named = [{name: options} if options else name for name, options in named.items()]
    kept = [each for each in named or ["search"] if each != "offline"]
    return [*kept, "offline"]


def originals_size(site: Site) -> int:
    """Bytes of the evidence files that the copy will hold."""
    return sum(copy.file.size for copy in site.evidence)


def place(root: Path, parcel: Parcel) -> Path:
    """The folder of the copy; its ZIP and the register stand beside it."""
    return root / "build" / FOLDER / parcel.name


def diverted(root: Path, parcel: Parcel) -> str:
    """What stands in the way and is neither a file nor a folder; "" when nothing does."""
    folder = place(root, parcel)
    for path in (folder.parent, folder, _archive(folder), folder.parent / REGISTER):
        if stage.is_diverted(os.fspath(path)):
            return path.relative_to(root).as_posix()
    return ""


def _archive(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.zip")


# --- after the engine


def pack(site: Site, output: Path, root: Path, parcel: Parcel, texts: Catalogue) -> Packed:
    """Make folder, ZIP and row of the register out of a printed site, all or none of them.

    Args:
        site: what was printed.
        output: folder of the printed and checked site; it is used up.
        root: content folder; nothing outside its build/ is written.
        parcel: what to make.
        texts: the catalogue.

    Raises:
        NotPortableError: some paths would be lost on another computer.
        OSError: the disk is full or something cannot be written.
    """
    folder = place(root, parcel)
    new = output.with_name("parcel")
    archive, register = new.with_name("parcel.zip"), new.with_name("parcel.csv")
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left in (new, archive, register):
        swap.remove(left)
    try:
        for path in _ONLINE:
            (output / path).unlink(missing_ok=True)
        new.mkdir()
        output.rename(new / SITE)
        (new / START).write_bytes(_start(site, parcel, texts))
        paths = sorted((*below(new), NOTES, MANIFEST))
        if unfit := unportable(paths):
            raise NotPortableError(unfit)
        (new / NOTES).write_bytes(_notes(site, parcel, texts, count=len(paths) - 1))
        sums = {path: _sha256(new / path) for path in paths if path != MANIFEST}
        (new / MANIFEST).write_bytes(manifest(sums))
        write_zip(new, archive, parcel.name, paths, parcel.handover.day)
        packed = Packed(
            archive=_archive(folder),
            sha256=_sha256(archive),
            size=archive.stat().st_size,
            files=len(paths),
            bytes=sum((new / path).stat().st_size for path in paths),
        )
        register.write_bytes(_registered(folder.parent / REGISTER, parcel, packed, texts))
        swap.put_together(
            (
                (new, folder),
                (archive, packed.archive),
                (register, folder.parent / REGISTER),
            )
        )
    finally:
        for left in (new, archive, register):
            swap.remove(left)
    return packed


def below(folder: Path) -> Iterator[str]:
    """Every file below a folder, "/" separated."""
    for holder, _, names in os.walk(folder):
        for name in names:
            yield (Path(holder) / name).relative_to(folder).as_posix()


def unportable(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that some file system would refuse, cut or take for another one."""
    known = tuple(paths)
    twins = Counter(path.casefold() for path in known)
    return tuple(
        path
        for path in known
        if len(path) > LONGEST_PATH
        or twins[path.casefold()] > 1
        or any(not _is_portable(part) for part in path.split("/"))
    )


def _is_portable(name: str) -> bool:
    return bool(_PLAIN.fullmatch(name)) and not _RESERVED.fullmatch(name)


def manifest(sums: Mapping[str, str]) -> bytes:
    """Lines that ``sha256sum --check`` reads.

    Args:
        sums: sha256 in hex by path.
    """
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode("ascii")


# What is compressed already; compressing it again costs time and gains nothing.
_COMPRESSED = frozenset(
    """
    7z avif bz2 docm docx epub gif gz heic heif jpe jpeg jpg m4a m4v mov mp3 mp4 odp ods odt ogg
    pdf png pptm pptx rar webm webp woff woff2 xlsb xlsm xlsx xz zip
    """.split()  # noqa: SIM905 - read as words
)
_REGULAR_FILE = 0o100644 << 16
_UNIX = 3
_FIRST_YEAR, _LAST_YEAR = 1980, 2107


def write_zip(folder: Path, target: Path, name: str, paths: Iterable[str], day: date) -> None:
    """Put files of a folder into a ZIP, under one folder of a name, always the same bytes.

    Args:
        folder: holds the files.
        target: of the archive.
        name: of the folder that unpacking makes.
        paths: of the files, in the order in which they are to stand.
        day: that all of them are dated.
    """
    dated = (min(max(day.year, _FIRST_YEAR), _LAST_YEAR), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(target, "x") as archive:
        for path in paths:
            member = zipfile.ZipInfo(f"{name}/{path}", dated)
            # The system that writes would otherwise stand in the archive.
            member.create_system, member.external_attr = _UNIX, _REGULAR_FILE
            member.file_size = (folder / path).stat().st_size
            stored = path.rpartition(".")[2].lower() in _COMPRESSED
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            with (folder / path).open("rb") as reader, archive.open(member, "w") as writer:
                while chunk := reader.read(_CHUNK):
                    writer.write(chunk)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# --- words


def _start(site: Site, parcel: Parcel, texts: Catalogue) -> bytes:
    values = {
        "name": html.unescape(str(site.config.get("site_name", ""))),
        "edition": _edition(parcel, texts),
        "handed": _handed(parcel, texts),
        "home": f"{SITE}/{site.home}",
        "script": f"{SITE}/{_OPENER}",
    }
    escaped = {key: html.escape(value) for key, value in values.items()}
    page = guard(Template(_asset(START)).substitute(escaped).encode(), listed=False)
    if page is None:
        raise ValueError("our own page has a place for the policy")
    return page


def _notes(site: Site, parcel: Parcel, texts: Catalogue, *, count: int) -> bytes:
    commit = parcel.commit or texts.text("cli", "offline", "no_commit")
    if parcel.dirty:
        commit = texts.text("cli", "offline", "dirty", commit=commit)
    text = Template(_asset(NOTES)).substitute(
        name=html.unescape(str(site.config.get("site_name", ""))),
        edition=_edition(parcel, texts),
        handed=_handed(parcel, texts),
        originals=texts.text(
            "cli", "offline", "originals" if parcel.handover.originals else "no_originals"
        ),
        count=show_number(count),
        folder=parcel.name,
        commit=commit,
        digest=parcel.digest or texts.text("cli", "offline", "no_digest"),
    )
    # For the editor of Windows, which shows any other file as one line or as wrong letters.
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8", "replace")


def _edition(parcel: Parcel, texts: Catalogue) -> str:
    return texts.text("cli", "offline", parcel.edition.value)


def _handed(parcel: Parcel, texts: Catalogue) -> str:
    handover = parcel.handover
    key = "handed" if handover.recipient else "handed_to_nobody"
    day = show_date(handover.day)
    return texts.text("pages", "edition", key, recipient=handover.recipient, date=day)


def _registered(path: Path, parcel: Parcel, packed: Packed, texts: Catalogue) -> bytes:
    words = texts.table("cli", "offline")
    row = (
        parcel.handover.recipient,
        show_date(parcel.handover.day),
        words[parcel.edition.value],
        parcel.name,
        parcel.commit + ("*" if parcel.dirty else ""),
        parcel.digest,
        words["yes" if parcel.handover.originals else "no"],
        str(packed.files),
        str(packed.bytes),
        packed.sha256,
    )
    old = path.read_bytes() if path.exists() else b""
    return with_row(old, texts.table("cli", "offline_columns").values(), row)


def _asset(name: str) -> str:
    return (files("site_builder.publishing") / "assets" / name).read_text("utf-8")
