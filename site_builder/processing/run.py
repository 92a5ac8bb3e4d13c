"""Facts of all evidence files: from the store where they are known, from workers where not."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from site_builder.model import kinds
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import Failure, FileFacts, State
from site_builder.processing import reader, remote
from site_builder.processing.executor import IsolatedExecutor, LostError, usual_jobs
from site_builder.processing.protocols import Settings
from site_builder.processing.reader import Read
from site_builder.processing.stamps import LOST
from site_builder.processing.worker import Work

# How many files wait at the workers: enough to keep them busy, few enough to hold in memory.
_AHEAD = 4
# On Windows only a wait that ends can be interrupted.
_TICK_SECONDS = 0.5

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who reads.

    Attributes:
        read, sniff: what is handed to the executor.
        carries: the bytes go along, because the files cannot be opened over there.
        ahead: how many files are handed over at a time.
    """

    executor: Executor
    read: Work
    sniff: Work
    carries: bool
    ahead: int


def read_all(  # noqa: PLR0913 - one call, every argument by name
    files: Iterable[EvidenceFile],
    root: Path,
    *,
    settings: Settings,
    jobs: int | None,
    executor: Executor | None,
    registry: str,
    on_progress: Told,
) -> Generator[Read, None, None]:
    """Read files in workers, in whatever order they get done.

    A file that changed since it was hashed gives nothing. Large ones go first, so that no worker
    is left with one at the end.
    """
    ordered = sorted(files, key=lambda file: (-file.size, file.path))
    own = min(jobs or usual_jobs(), len(ordered)) if executor is None else 0
    # Somebody else's executor is somebody else's to shut down.
    with IsolatedExecutor(own) if executor is None else nullcontext(executor) as workers:
        near = isinstance(workers, IsolatedExecutor)
        crew = Crew(
            executor=workers,
            read=reader.read_parcel if near else remote.read_apart,
            sniff=reader.sniff_parcel if near else remote.sniff_apart,
            carries=not near,
            ahead=_AHEAD * (own or jobs or usual_jobs()),
        )
        reading = _Reading(crew, os.fspath(root.absolute()), settings, registry)
        done = 0
        on_progress(done, len(ordered))
        for read in reading.of(ordered):
            if read is not None:
                yield read
            done += 1
            on_progress(done, len(ordered))


class _Reading:
    """Hands files to a crew and takes back what it says."""

    def __init__(self, crew: Crew, root: str, settings: Settings, registry: str) -> None:
        self._crew = crew
        self._root = root
        self._settings = settings
        self._registry = registry
        # For each answer that is waited for: its file, and how a reader was lost on it before.
        self._pending: dict[Future[bytes], tuple[EvidenceFile, Failure | None]] = {}

    def of(self, files: Iterable[EvidenceFile]) -> Iterator[Read | None]:
        """What came of each file; None for one that changed meanwhile."""
        waiting = iter(files)
        exhausted = False
        while not exhausted or self._pending:
            while not exhausted and len(self._pending) < self._crew.ahead:
                file = next(waiting, None)
                if file is None:
                    exhausted = True
                elif not self._submit(self._crew.read, file, None):
                    yield None
            done, _ = wait(self._pending, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
            for future in done:
                file, lost = self._pending.pop(future)
                yield from self._taken(future, file, lost)

    def _submit(self, work: Work, file: EvidenceFile, lost: Failure | None) -> bool:
        path = f"{self._root}/{file.raw}"
        data = None
        if self._crew.carries:
            try:
                data = Path(path).read_bytes()
            except OSError:
                return False
        request = reader.request_for(
            path,
            file.sha256 or "",
            file.size,
            self._settings,
            registry=self._registry,
            data=data,
        )
        self._pending[self._crew.executor.submit(work, request)] = (file, lost)
        return True

    def _taken(
        self, future: Future[bytes], file: EvidenceFile, lost: Failure | None
    ) -> Iterator[Read | None]:
        """What one answer gives; nothing yet when the file is handed over once more."""
        try:
            answer = future.result()
            if lost is None:
                yield reader.answer_of(answer, file.sha256 or "", file.size)
            else:
                yield _failed(file, lost, reader.kind_of(answer))
        except LostError as error:
            failure = error.failure
        except ValueError:
            failure = Failure.CRASH
        else:
            return
        if lost is not None:
            yield _failed(file, lost, "binary")
        elif not self._submit(self._crew.sniff, file, failure):
            yield None


def _failed(file: EvidenceFile, failure: Failure, kind: str) -> Read:
    facts = FileFacts(
        sha256=file.sha256 or "",
        size=file.size,
        kind=kind,
        family=kinds.family(kind),
        state=State.FAILED,
        why=failure.value,
        failure=failure,
    )
    return Read(facts, {}, LOST)
