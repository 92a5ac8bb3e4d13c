"""ZIP archives: what is in them, one level deep. Nothing is unpacked to disk."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

from site_builder.model import kinds
from site_builder.model.processed import Family, Flag, Member, State
from site_builder.processing import archives
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.protocols import Reading, Settings, Source
from site_builder.processing.sniffing import sniff

NAME = "archive"
VERSION = 1
KINDS = frozenset({"zip"})

# A page lists no more; the count is of all.
_LISTED = 1_000
# To know what a member is, its beginning is enough; of containers the directory at the end too.
_BEGINNING = 64 << 10
_WHOLE = 16 << 20
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Bytes unpacked for one archive.
_BUDGET = 128 << 20
_MACROS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "ppsm"})


def read(source: Source, settings: Settings) -> Reading:
    """The listing with what each member is by its content, and what is wrong with it."""
    with Path(source.path).open("rb") as file:
        try:
            archive = archives.opened(file)
        except archives.Refused as refusal:
            return Reading(state=State.REFUSED, why=str(refusal), flags=(Flag(name="bomb"),))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - hostile directories raise whatever they like
            return Reading(state=State.DAMAGED, why="not-a-zip")
        with archive:
            return _read(archive)


def _read(archive: zipfile.ZipFile) -> Reading:
    entries = archives.entries(archive)
    found = _kinds(archive, entries)
    flags = merged(
        archives.flags(entries),
        with_details(
            {
                "executable-member": _of(entries, found, Family.PROGRAM),
                "nested-archive": _of(entries, found, Family.ARCHIVE),
                "macro": [
                    entry.path
                    for entry, kind in zip(entries, found, strict=True)
                    if kind in _MACROS
                ],
            }
        ),
        raised(
            {
                "more-pages": len(entries) > _LISTED,
                "truncated": _DAMAGED in found,
            }
        ),
    )
    members = tuple(
        Member(path=entry.path, size=entry.info.file_size, kind=kind if kind != _DAMAGED else "")
        for entry, kind in zip(entries[:_LISTED], found, strict=False)
    )
    state, why = _state(entries, found)
    return Reading(state=state, why=why, parts=len(entries), flags=flags, members=members)


def _state(entries: Sequence[archives.Entry], found: Sequence[str]) -> tuple[State, str]:
    if any(entry.leads_out for entry in entries):
        return State.REFUSED, "traversal"
    if entries and all(entry.encrypted for entry in entries):
        return State.ENCRYPTED, "password"
    if _DAMAGED in found:
        return State.PARTIAL, "truncated"
    return State.READ, ""


# What no sniffer answers: the member cannot be unpacked.
_DAMAGED = "!"


def _kinds(archive: zipfile.ZipFile, entries: Sequence[archives.Entry]) -> tuple[str, ...]:
    """What each member is; "" for those that were not looked into."""
    found = []
    room = _BUDGET
    for at, entry in enumerate(entries):
        if entry.encrypted or entry.symlink or at >= _LISTED or room <= 0:
            found.append("")
            continue
        kind, read = _kind(archive, entry.info)
        found.append(kind)
        room -= read
    return tuple(found)


def _kind(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> tuple[str, int]:
    """What a member is, and how many bytes it took to know."""
    try:
        data = archives.read_member(archive, info, _BEGINNING)
        if data.startswith(_CONTAINERS) and len(data) < info.file_size <= _WHOLE:
            data = archives.read_member(archive, info, _WHOLE)
    except MemoryError:
        raise
    except (NotImplementedError, RuntimeError):
        # A way of packing or locking that nobody here knows; the member may be sound.
        return "", 0
    except Exception:  # noqa: BLE001 - hostile members raise whatever they like
        return _DAMAGED, 0
    return sniff(data)[0], len(data)


def _of(entries: Sequence[archives.Entry], found: Sequence[str], family: Family) -> list[str]:
    return [
        entry.path
        for entry, kind in zip(entries, found, strict=True)
        if kinds.FAMILY_OF.get(kind) is family
    ]
