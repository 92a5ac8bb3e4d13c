"""Reading on another machine: what a cluster's workers run instead of ``reader`` itself.

A cluster's worker outlives no crash of its own and cannot end a task that hangs, so each of them
reads through a process of its own here too. The bytes travel with the request: the machines share
no disk.
"""

import atexit
import os
import tempfile
import threading

from site_builder.processing import parcels, reader
from site_builder.processing.executor import IsolatedExecutor
from site_builder.processing.worker import Work

_own = threading.local()


def read_apart(request: bytes) -> bytes:
    """``reader.read_parcel`` for a request that carries the bytes.

    Raises:
        LostError: the reader did not come back.
    """
    return _apart(reader.read_parcel, request)


def sniff_apart(request: bytes) -> bytes:
    """``reader.sniff_parcel`` for a request that carries the bytes.

    Raises:
        LostError: the reader did not come back.
    """
    return _apart(reader.sniff_parcel, request)


def _apart(work: Work, request: bytes) -> bytes:
    header, blobs = parcels.unpack(request)
    header.pop("path")
    handle, path = tempfile.mkstemp(prefix="site-builder-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(blobs["data"])
        answer: bytes = (
            _executor().submit(work, parcels.pack({**header, "path": path}, {})).result()
        )
    finally:
        os.unlink(path)  # noqa: PTH108 - a name, not a path of ours
    return answer


def _executor() -> IsolatedExecutor:
    """One worker for each thread of the cluster's worker, kept for the next file."""
    if not hasattr(_own, "executor"):
        _own.executor = IsolatedExecutor(1)
        atexit.register(_own.executor.stop)
    executor: IsolatedExecutor = _own.executor
    return executor
