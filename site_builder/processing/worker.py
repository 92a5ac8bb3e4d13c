"""A process that reads evidence files for ``executor``, and may die of any of them.

``python -P -m site_builder.processing.worker MEGABYTES SECONDS`` takes requests from its standard
input and answers on its standard output, until the input ends. Native libraries print what they
like: their output goes nowhere.
"""

import contextlib
import importlib
import os
import signal
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

PACKAGE = "site_builder.processing."

# Number of the request, length of what follows.
REQUEST = struct.Struct(">QQ")
# Number of the request, how it went, length of what follows.
ANSWER = struct.Struct(">QcQ")
READY = b"r"
DONE = b"d"
OUT_OF_MEMORY = b"m"
RAISED = b"e"

# More than the program waits: only a worker whose program died without a word feels it.
_GRACE_SECONDS = 10.0
# What is allowed is time of the processor, so that a busy machine loses no file that a quiet one
# reads. Who waits for something that never comes uses none, and gets so many times as long.
PATIENCE = 4
_DETAIL = 300

Work = Callable[[bytes], bytes]


def address(function: Work) -> str:
    """How a worker finds a function.

    Raises:
        ValueError: it is not a function at the top of a module of this package.
    """
    module, name = (str(getattr(function, each, "")) for each in ("__module__", "__qualname__"))
    found = f"{module}:{name}"
    if not module.startswith(PACKAGE) or "." in name:
        raise ValueError(f"workers do not run {found}")
    return found


def resolve(found: str) -> Work:
    """The function at an address, with its module imported now.

    Raises:
        ValueError: no such function may be run.
    """
    module, _, name = found.partition(":")
    if not module.startswith(PACKAGE) or "." in name:
        raise ValueError(f"workers do not run {found}")
    function: Work = getattr(importlib.import_module(module), name)
    return function


def read_exactly(stream: BinaryIO, size: int) -> bytes:
    """So many bytes.

    Raises:
        EOFError: the stream ended before.
    """
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def main(arguments: list[str]) -> None:
    """Work until the input ends."""
    megabytes, seconds = int(arguments[0]), float(arguments[1])
    # Ctrl+C goes to every process of the terminal; who ends is the program's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(megabytes)
    with _own(0, "rb") as inbox, _own(1, "wb") as outbox:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        _send(outbox, 0, READY, b"")
        with contextlib.suppress(EOFError, BrokenPipeError):
            while True:
                number, length = REQUEST.unpack(read_exactly(inbox, REQUEST.size))
                request = read_exactly(inbox, length)
                _watch(seconds)
                how, answer = _work(request)
                _watch(0)
                _send(outbox, number, how, answer)


def _work(request: bytes) -> tuple[bytes, bytes]:
    found, _, payload = request.partition(b"\0")
    try:
        return DONE, resolve(found.decode("ascii"))(payload)
    except MemoryError:
        return OUT_OF_MEMORY, b""
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - Rust panics are no Exception
        detail = f"{type(error).__name__}: {error}"[:_DETAIL]
        return RAISED, detail.encode("utf-8", "replace")


def _send(outbox: BinaryIO, number: int, how: bytes, answer: bytes) -> None:
    outbox.write(ANSWER.pack(number, how, len(answer)))
    outbox.write(answer)
    outbox.flush()


def _own(descriptor: int, mode: str) -> BinaryIO:
    """The stream under a number that no library writes to."""
    return os.fdopen(os.dup(descriptor), mode)  # type: ignore[return-value]


def _limit(megabytes: int) -> None:
    """Cap the memory and leave no core files; only the first matters, and not on Windows."""
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if megabytes:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _watch(seconds: float) -> None:
    """Die after so many seconds of work, even inside native code; 0 to live on."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
        # The program kills who waits too long, unless it is dead itself.
        last = seconds * PATIENCE + _GRACE_SECONDS if seconds else 0
        signal.setitimer(signal.ITIMER_REAL, last)


def ran_out_of_time(code: int) -> bool:
    """Whether a worker with that exit code died of ``_watch``."""
    return sys.platform != "win32" and code in {-signal.SIGPROF, -signal.SIGALRM}


if __name__ == "__main__":
    main(sys.argv[1:])
