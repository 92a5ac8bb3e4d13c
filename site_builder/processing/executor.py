"""Runs functions on files in processes of their own, so that a bad file loses only itself.

The pools of ``concurrent.futures`` give up every file when one process dies, and cannot end one
that hangs. This one is an ``Executor`` all the same: a cluster's executor fits where it does.
"""

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from types import TracebackType
from typing import Any, BinaryIO, ParamSpec, TypeVar, cast

from site_builder.model.processed import Failure
from site_builder.processing import worker

_P = ParamSpec("_P")
_T = TypeVar("_T")

MOST_JOBS = 8
SECONDS_PER_FILE = 30.0
MEGABYTES_PER_WORKER = 3072
# Native libraries leak; a fresh process costs a fifth of a second.
FILES_PER_WORKER = 200
_SECONDS_TO_START = 60.0
_SECONDS_TO_END = 1.0
# No reading of one file is larger; more is a worker gone mad.
_LARGEST_ANSWER = 1 << 30


class LostError(Exception):
    """A function did not come back, or raised.

    Attributes:
        failure: in which way.
        detail: for us, never for people.
    """

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(failure, detail)
        self.failure = failure
        self.detail = detail


def usual_jobs() -> int:
    """How many workers this machine can feed."""
    try:
        count = len(os.sched_getaffinity(0))
    except AttributeError:
        count = os.cpu_count() or 1
    return max(1, min(MOST_JOBS, count))


@dataclass(frozen=True, slots=True)
class _Task:
    future: Future[bytes]
    address: str
    payload: bytes


class IsolatedExecutor(Executor):
    """An executor whose workers may crash, hang or eat memory.

    Takes only functions from bytes to bytes that stand at the top of a module of this package,
    because a worker imports what it runs. A lost one raises ``LostError`` from its future.
    Workers start with the first tasks, one by one.

    Args:
        jobs: how many workers at most.
        seconds: of the processor that a task may take; on the clock ``worker.PATIENCE`` times
            as long, which is all that Windows counts.
        megabytes: that a worker may hold; not enforced on Windows.
        tasks: after how many a worker is replaced.
    """

    def __init__(
        self,
        jobs: int | None = None,
        *,
        seconds: float = SECONDS_PER_FILE,
        megabytes: int = MEGABYTES_PER_WORKER,
        tasks: int = FILES_PER_WORKER,
    ) -> None:
        self.jobs = jobs or usual_jobs()
        self._seconds = seconds
        self._megabytes = megabytes
        self._lives = tasks
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._workers: set[_Worker] = set()
        self._open = 0
        self._closed = False
        self._stopped = False

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a worker run ``fn`` on one bytes value.

        Raises:
            ValueError: no worker may run that function.
            RuntimeError: the executor was shut down.
        """
        (payload,) = args
        if not isinstance(payload, bytes) or kwargs:
            raise ValueError("workers take bytes")
        found = worker.address(cast("worker.Work", fn))
        future: Future[bytes] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the executor was shut down")
            self._open += 1
            self._tasks.put(_Task(future, found, payload))
            if len(self._threads) < min(self.jobs, self._open):
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
        return cast("Future[_T]", future)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base's
        """Take nothing more; end the workers when what was taken is done."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                self._drain()
            for _ in self._threads:
                self._tasks.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def stop(self) -> None:
        """End the workers now, whatever they are at."""
        with self._lock:
            self._stopped = True
            for running in self._workers:
                running.kill()
        self.shutdown(cancel_futures=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for everything; after an exception (Ctrl+C) for nothing."""
        if kind is None:
            self.shutdown()
        else:
            self.stop()

    @property
    def workers(self) -> frozenset[int]:
        """Process ids of the workers there are now."""
        with self._lock:
            return frozenset(running.pid for running in self._workers)

    def _drain(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task.future.cancel()

    def _serve(self) -> None:
        """Hand tasks to a worker and take it over from the next when it is lost."""
        running: _Worker | None = None
        while (task := self._tasks.get()) is not None:
            if task.future.set_running_or_notify_cancel():
                running = self._do(task, running)
            with self._lock:
                self._open -= 1
        if running is not None:
            self._end(running)

    def _do(self, task: _Task, running: "_Worker | None") -> "_Worker | None":
        """Do one task; gives the worker for the next, None when it needs a new one."""
        try:
            if running is None:
                running = self._start()
            answer = running.ask(task.address, task.payload)
        except LostError as lost:
            usable = lost.failure is Failure.ERROR
            if running is not None and not usable:
                self._end(running)
            task.future.set_exception(lost)
            return running if usable else None
        except BaseException as error:  # noqa: BLE001 - belongs to whoever waits for the future
            task.future.set_exception(error)
            return None
        if running.spent or running.asked >= self._lives:
            self._end(running)
            running = None
        task.future.set_result(answer)
        return running

    def _start(self) -> "_Worker":
        running = _Worker(self._megabytes, self._seconds)
        with self._lock:
            self._workers.add(running)
            stopped = self._stopped
        if stopped:
            self._end(running)
            raise LostError(Failure.CRASH, "stopped")
        return running

    def _end(self, running: "_Worker") -> None:
        running.kill()
        running.close()
        with self._lock:
            self._workers.discard(running)


class _Worker:
    """One process and the pipes to it.

    Attributes:
        pid: of the process.
        asked: how many tasks it got.
        spent: its time ran out in the moment in which it answered.
    """

    def __init__(self, megabytes: int, seconds: float) -> None:
        # -P: a folder of evidence is no place to import from.
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", worker.__name__, str(megabytes), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._seconds = seconds
        self.pid = self._process.pid
        self.asked = 0
        self.spent = False
        with self._within(_SECONDS_TO_START):
            try:
                started = self._take() == (0, worker.READY, b"")
            except (EOFError, ValueError):
                started = False
        if not started:
            # Not the file's fault: nothing may be remembered of it.
            self.kill()
            self.close()
            raise OSError(f"{sys.executable} -m {worker.__name__} does not start")

    def ask(self, address: str, payload: bytes) -> bytes:
        """The answer to one request.

        Raises:
            LostError: there is none.
        """
        self.asked += 1
        number = self.asked
        request = address.encode("ascii") + b"\0" + payload
        with self._within(self._seconds * worker.PATIENCE) as expired:
            try:
                self._stdin.write(worker.REQUEST.pack(number, len(request)))
                self._stdin.write(request)
                self._stdin.flush()
                answered, how, answer = self._take()
            except (EOFError, OSError):
                code = self._last_word()
                late = expired.is_set() or worker.ran_out_of_time(code)
                failure = Failure.TIMEOUT if late else Failure.CRASH
                raise LostError(failure, f"exit {code}") from None
            except ValueError as error:
                raise LostError(Failure.CRASH, str(error)) from None
        if answered != number:
            raise LostError(Failure.CRASH, "answers something else")
        if how == worker.DONE:
            return answer
        if how == worker.OUT_OF_MEMORY:
            raise LostError(Failure.MEMORY)
        if how == worker.RAISED:
            raise LostError(Failure.ERROR, answer.decode("utf-8", "replace"))
        raise LostError(Failure.CRASH, "answers nonsense")

    def kill(self) -> None:
        """End the process at once; from any thread."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """Bury the process."""
        self._process.wait()
        for stream in (self._stdin, self._stdout):
            with contextlib.suppress(OSError):
                stream.close()

    @contextlib.contextmanager
    def _within(self, seconds: float) -> Any:  # noqa: ANN401 - a context manager
        """Kill the process when what is done takes longer; the event tells that it was."""
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            self.kill()

        timer = threading.Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield expired
        finally:
            timer.cancel()
            timer.join()
            self.spent = expired.is_set()

    def _take(self) -> tuple[int, bytes, bytes]:
        """One answer.

        Raises:
            EOFError: the process is gone.
            ValueError: it is none.
        """
        head = worker.read_exactly(self._stdout, worker.ANSWER.size)
        number, how, length = worker.ANSWER.unpack(head)
        if length > _LARGEST_ANSWER:
            raise ValueError("answers too much")
        return number, how, worker.read_exactly(self._stdout, length)

    def _last_word(self) -> int:
        """The exit code, minus the number of the signal that ended the process."""
        # It may be alive, with nothing more to say.
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(_SECONDS_TO_END)
        self.kill()
        return self._process.wait()

    @property
    def _stdin(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdin)

    @property
    def _stdout(self) -> BinaryIO:
        return cast("BinaryIO", self._process.stdout)
