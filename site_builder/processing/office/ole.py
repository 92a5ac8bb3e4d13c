"""Office documents of 1997 to 2003: OLE containers, read with olefile."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, cast

import olefile

from site_builder.model.people import names_someone
from site_builder.model.processed import Flag, State
from site_builder.processing.flagging import merged, raised, with_details
from site_builder.processing.office.package import Unreadable

# Larger streams are no document but a disk.
MAX_STREAM = 256 << 20
_MACROS = ("_vba_project_cur", "macros", "_vba_project", "vba")
_EMBEDDED = ("objectpool", "\x01ole10native", "mbd")


class Stream(Protocol):
    """A stream of the container."""

    def read(self, size: int = -1) -> bytes: ...


class Container(Protocol):
    """What is used of ``olefile.OleFileIO``."""

    def listdir(self, *, streams: bool, storages: bool) -> list[list[str]]: ...
    def openstream(self, name: str) -> Stream: ...
    def get_metadata(self) -> object: ...


@contextmanager
def opened(path: str) -> Iterator[Container]:
    """The container at ``path``.

    Raises:
        Unreadable: damaged.
    """
    with Path(path).open("rb") as file:
        try:
            container = olefile.OleFileIO(file)
        except MemoryError:
            raise
        except Exception as error:
            raise Unreadable(State.DAMAGED, "not-a-container") from error
        try:
            yield cast("Container", container)
        finally:
            container.close()


def stream(container: Container, *names: str) -> bytes:
    """The bytes of the first of these streams that there is.

    Raises:
        Unreadable: there is none, or its sectors cannot be followed.
    """
    for name in names:
        try:
            return container.openstream(name).read(MAX_STREAM)
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S112 - absent or damaged; perhaps the other is there
            continue
    raise Unreadable(State.DAMAGED, "no-document")


def flags(container: Container) -> tuple[Flag, ...]:
    """What the names of streams and the properties tell.

    Raises:
        Unreadable: storages that lie in one another in a circle.
    """
    try:
        paths = container.listdir(streams=True, storages=True)
    except RecursionError as error:
        raise Unreadable(State.DAMAGED, "not-a-container") from error
    steps = {step.lower() for path in paths for step in path}
    return merged(
        raised(
            {
                "macro": not steps.isdisjoint(_MACROS),
                "embedded-object": any(step.startswith(_EMBEDDED) for step in steps),
            }
        ),
        with_details({"author": _authors(container)}),
    )


def _authors(container: Container) -> tuple[str, ...]:
    try:
        properties = container.get_metadata()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - damaged properties hide nobody
        return ()
    named = {"author": "creator", "last_saved_by": "last-modified-by"}
    return tuple(word for name, word in named.items() if _filled(getattr(properties, name, None)))


def _filled(value: object) -> bool:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return isinstance(text, str) and names_someone(text.strip("\0 "))
