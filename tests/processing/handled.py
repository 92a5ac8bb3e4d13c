"""Reads made files as a worker would, but here."""

import importlib
from pathlib import Path
from typing import cast

from site_builder.processing.protocols import Handler, Reading, Settings, Source
from site_builder.processing.registry import handler_of
from site_builder.processing.sniffing import sniff


def read(folder: Path, data: bytes, *, kind: str = "", settings: Settings | None = None) -> Reading:
    """What the handler of ``kind`` sees in some bytes; their own kind when none is given."""
    path = folder / "content"
    path.write_bytes(data)
    sniffed, detail = sniff(data)
    kind = kind or sniffed
    registered = handler_of(kind)
    assert registered is not None, kind
    handler = cast("Handler", importlib.import_module(registered.module))
    source = Source(path=str(path), kind=kind, detail=detail, size=len(data))
    return handler.read(source, settings or Settings())


def flags(reading: Reading) -> dict[str, tuple[str, ...]]:
    return {flag.name: flag.details for flag in reading.flags}
