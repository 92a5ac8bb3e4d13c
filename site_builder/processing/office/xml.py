"""XML of office documents, as a stream of events; never a tree, never an entity.

No office document has a document type declaration, and all tricks with entities need one: it is
refused where it stands. Expat 2.4.1 and newer would stop the expansion by itself; a test holds
both.
"""

from collections.abc import Callable
from typing import IO, Protocol
from xml.parsers import expat

# Enough for 10,000 pages of text or a sheet with a million cells.
MAX_PART = 60 << 20
_CHUNK = 1 << 16


class Malformed(Exception):  # noqa: N818 - it says what the part is
    """The part is no XML of an office program; what was told before it broke is right."""


class Listener(Protocol):
    """Told of what stands in the XML, in order.

    Names are ``namespace local``, joined by a space; without a namespace the local name alone.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


def listen(part: IO[bytes], listener: Listener, limit: int = MAX_PART) -> None:
    """Tells ``listener`` everything in ``part``.

    Raises:
        Malformed: not XML, a document type declaration, larger than ``limit``, or bytes that
            cannot be unpacked.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = _refuse
    read = 0
    while chunk := _unpacked(part):
        read += len(chunk)
        if read > limit:
            raise Malformed("too large")
        _feed(parser.Parse, chunk, last=False)
    _feed(parser.Parse, b"", last=True)


def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def _unpacked(part: IO[bytes]) -> bytes:
    try:
        return part.read(_CHUNK)
    except MemoryError:
        raise
    except Exception as error:
        raise Malformed(str(error)) from error


def _feed(parse: Callable[[bytes, bool], int], chunk: bytes, *, last: bool) -> None:
    try:
        parse(chunk, last)
    except expat.ExpatError as error:
        raise Malformed(str(error)) from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise Malformed(str(error)) from error


def _refuse(*_: object) -> None:
    raise Malformed("document type declaration")
