"""Readers that go wrong on purpose, and a registry that lists them.

The first word of a file says what becomes of it; a worker is told this module's name.
"""

import contextlib
import ctypes
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from site_builder.model.processed import Excerpt, Paragraph, State, TextSource
from site_builder.processing.protocols import Picture, Reading, Settings, Source
from site_builder.processing.registry import Registered

NAME = "faults"
VERSION = 1
KINDS = frozenset({"txt", "xml"})

HANDLERS = (Registered("tests.processing.faults", VERSION, "txt xml"),)
SNIFFER = (__name__, 1)
TEXT_READERS: tuple[tuple[str, int], ...] = ()


def handler_of(kind: str) -> Registered | None:
    return HANDLERS[0] if kind in KINDS else None


def sniff(data: bytes) -> tuple[str, str]:
    if data.startswith(b"sniff-hang"):
        time.sleep(3600)
    if data.startswith(b"%PDF"):
        return "pdf", ""
    return ("xml" if data.startswith(b"<") else "txt"), ""


def _segv(_: bytes) -> None:
    ctypes.string_at(0)


def _hang(_: bytes) -> None:
    while True:
        pass


def _memory(_: bytes) -> None:
    bytearray(64 << 30)


def _raise(_: bytes) -> None:
    raise ZeroDivisionError("x" * 1000)


def _panic(_: bytes) -> None:
    raise BaseException("a Rust panic is no Exception")  # noqa: TRY002


def _exit(_: bytes) -> None:
    os._exit(0)


def _print(_: bytes) -> None:
    os.write(1, b"native code prints")
    os.write(2, b"wherever it likes")
    print("and so does Python")  # noqa: T201


def _garbage(_: bytes) -> None:
    _write_everywhere(b"\xff" * 4096)
    os._exit(0)


def _flood(_: bytes) -> None:
    _write_everywhere(b"\0" * 7 + b"\x01d" + b"\xff" * 8)
    time.sleep(3600)


def _slow(_: bytes) -> None:
    time.sleep(0.2)


FAULTS: Mapping[bytes, Callable[[bytes], None]] = {
    b"segv": _segv,
    b"hang": _hang,
    b"sniff-hang": _hang,
    b"memory": _memory,
    b"raise": _raise,
    b"panic": _panic,
    b"exit": _exit,
    b"print": _print,
    b"garbage": _garbage,
    b"flood": _flood,
    b"slow": _slow,
}


def read(source: Source, _settings: Settings) -> Reading:
    data = Path(source.path).read_bytes()
    word = data.split(b" ")[0]
    if word in FAULTS:
        FAULTS[word](data)
    text = data.decode("utf-8", "replace")
    return Reading(
        state=State.READ,
        parts=1,
        pages=(text,),
        text_source=TextSource.LAYER,
        thumbnail=Picture(width=1, height=1, data=b"thumb of " + data),
        previews=(Picture(width=2, height=3, data=b"page of " + data, page=1),),
        excerpt=Excerpt(blocks=(Paragraph(text=text),)) if word == b"excerpt" else None,
    )


def _write_everywhere(data: bytes) -> None:
    """What native code that was taken over might do to the pipe."""
    for descriptor in range(3, 64):
        with contextlib.suppress(OSError):
            os.write(descriptor, data)
