"""Reads the bytes of evidence files, once per content, in processes that may die.

``process`` is the door; what comes out is ``model.processed``. Handlers run only in workers.
"""

import importlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder.model import kinds
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import FileFacts, Processed, State
from site_builder.processing.protocols import NoClusterError, Settings
from site_builder.processing.reader import REGISTRY
from site_builder.processing.stamps import Stamps
from site_builder.processing.store import Store, open_store

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from site_builder.processing.cluster import Cluster

__all__ = [
    "NoClusterError",
    "Settings",
    "Store",
    "connected",
    "load_excerpts",
    "load_texts",
    "open_store",
    "process",
]

Told = Callable[[int, int], None]


def process(  # noqa: PLR0913 - one call, every argument by name
    files: Iterable[EvidenceFile],
    root: Path,
    *,
    settings: Settings,
    store: Store,
    jobs: int | None = None,
    executor: "Executor | None" = None,
    on_progress: Told | None = None,
    retry: bool = False,
    whole: bool = False,
    registry: str = REGISTRY,
) -> Processed:
    """The facts of the files, read now where the store does not know them.

    Args:
        files: with their hashes; one without gives no facts. Names do not matter: what is equal
            is read once.
        root: content folder.
        settings: how much to read.
        store: what earlier runs read; what this one reads is kept there.
        jobs: workers, or threads of the cluster; None is as many as the machine feeds.
        executor: somebody else's, for example a cluster's; the bytes are sent to it.
        on_progress: is told how many of the unknown files are done, and of how many.
        retry: read once more those on which a reader was lost.
        whole: pictures and excerpts will be wanted, not only facts.
        registry: dotted name of the module that says who reads what.
    """
    ocr_absent = False
    if settings.recognise:
        from site_builder.processing.text import recognition  # noqa: PLC0415 - seldom asked for

        if not recognition.available():
            ocr_absent, settings = True, replace(settings, recognise=False)
    contents: dict[str, EvidenceFile] = {}
    facts: dict[str, FileFacts] = {}
    for file in files:
        if file.sha256 is None or file.sha256 in contents:
            continue
        contents[file.sha256] = file
        if told := _told_by_size(file):
            facts[file.sha256] = told
    stamps = Stamps(settings, importlib.import_module(registry))
    found = store.find(contents.keys() - facts.keys(), stamps, whole=whole)
    if retry:
        found = {sha: known for sha, known in found.items() if known.state is not State.FAILED}
    facts |= found
    unknown = [file for sha, file in contents.items() if sha not in facts]
    try:
        if unknown:
            # Imports what makes processes and threads; most runs need none.
            from site_builder.processing.run import read_all  # noqa: PLC0415

            reads = read_all(
                unknown,
                root,
                settings=settings,
                jobs=jobs,
                executor=executor,
                registry=registry,
                on_progress=on_progress or _nobody,
            )
            with closing(reads):
                for read in reads:
                    store.keep(read, stamps.of(read.handler) or "")
                    facts[read.facts.sha256] = read.facts
    finally:
        store.save()
    return Processed(
        facts={sha: facts[sha] for sha in contents if sha in facts}, ocr_absent=ocr_absent
    )


def connected(address: str) -> "AbstractContextManager[Cluster | None]":
    """The cluster at an address; None for "".

    Raises:
        NoClusterError: on entering, when there is none.
    """
    if not address:
        return nullcontext(None)
    from site_builder.processing.cluster import connect  # noqa: PLC0415 - few runs need it

    return connect(address)


def load_excerpts(processed: Processed, store: Store) -> Processed:
    """With the excerpts that pages show."""
    excerpts = {
        sha256: excerpt
        for sha256, facts in processed.facts.items()
        if facts.has_excerpt and (excerpt := store.excerpt(sha256)) is not None
    }
    return replace(processed, excerpts=excerpts)


def load_texts(processed: Processed, store: Store) -> dict[str, tuple[str, ...]]:
    """The text of each page by sha256, of what has any."""
    return {
        sha256: texts
        for sha256, facts in processed.facts.items()
        if facts.characters and (texts := store.texts(sha256))
    }


def _told_by_size(file: EvidenceFile) -> FileFacts | None:
    """The facts of a file that needs no reader: nothing in it, or the content not there."""
    if file.pointer is not None:
        kind, state, why = f"{file.pointer.value}-pointer", State.OPAQUE, "pointer"
    elif not file.size:
        kind, state, why = "empty", State.DAMAGED, "empty"
    else:
        return None
    return FileFacts(
        sha256=file.sha256 or "",
        size=file.size,
        kind=kind,
        family=kinds.family(kind),
        state=state,
        why=why,
    )


def _nobody(_done: int, _total: int) -> None:
    pass
