"""What goes to a worker and comes back: a JSON header and raw bytes behind it."""

import json
import struct
from collections.abc import Mapping
from typing import Any

_LENGTH = struct.Struct(">I")


def pack(header: Mapping[str, Any], blobs: Mapping[str, bytes]) -> bytes:
    """One run of bytes for a header and named blobs; the names go into ``header["blobs"]``."""
    listed = {**header, "blobs": [[name, len(data)] for name, data in blobs.items()]}
    head = json.dumps(listed, separators=(",", ":")).encode("ascii")
    return b"".join((_LENGTH.pack(len(head)), head, *blobs.values()))


def unpack(parcel: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The header and the blobs of a parcel.

    Raises:
        ValueError: it is none; whatever is wrong with it.
    """
    try:
        (length,) = _LENGTH.unpack_from(parcel)
        place = _LENGTH.size + length
        header = json.loads(parcel[_LENGTH.size : place])
        blobs: dict[str, bytes] = {}
        for name, size in header.pop("blobs"):
            blobs[str(name)] = parcel[place : place + size]
            place += size
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError, struct.error) as error:
        raise ValueError("not a parcel") from error
    if place != len(parcel) or sum(map(len, blobs.values())) != place - _LENGTH.size - length:
        raise ValueError("not a parcel")
    return header, blobs
