"""A Dask cluster that reads instead of this machine; needs the optional extra ``dask``.

The other machines need the same version of the program, and no disk of ours: the bytes of each
file are sent to them. Whoever runs the scheduler sees every file, so it belongs on machines that
may hold internal documents, reached over TLS or a private network.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from site_builder.processing.protocols import NoClusterError

_PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Cluster:
    """Who reads.

    Attributes:
        threads: how many files at a time.
    """

    executor: Executor
    threads: int


@contextmanager
def connect(address: str) -> Iterator[Cluster]:
    """The cluster at the address of its scheduler.

    Raises:
        NoClusterError: there is none.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise NoClusterError("cluster_missing", address) from None
    try:
        client = distributed.Client(address, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        raise NoClusterError("cluster_silent", address) from None
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise NoClusterError("cluster_empty", address)
        yield Cluster(client.get_executor(), threads)
