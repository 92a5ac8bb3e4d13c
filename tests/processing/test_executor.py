"""Workers die, and only their own task with them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.model.processed import Failure, FileFacts
from site_builder.processing import executor as module
from site_builder.processing import reader, worker
from site_builder.processing.executor import IsolatedExecutor, LostError
from site_builder.processing.protocols import Settings
from tests.processing.conftest import REPOSITORY, Put

pytestmark = pytest.mark.usefixtures("workers_know_tests")
FAULTS = "tests.processing.faults"
SECONDS = 1.5


@pytest.fixture
def workers() -> Iterator[IsolatedExecutor]:
    with IsolatedExecutor(2, seconds=SECONDS) as executor:
        yield executor


def request(put: Put, tmp_path: Path, name: str, data: bytes) -> tuple[bytes, str, int]:
    file = put(name, data)
    assert file.sha256
    path = str(tmp_path / name)
    packed = reader.request_for(path, file.sha256, file.size, Settings(), registry=FAULTS)
    return packed, file.sha256, file.size


def read(workers: IsolatedExecutor, packed: tuple[bytes, str, int]) -> FileFacts:
    answer = workers.submit(reader.read_parcel, packed[0]).result()
    found = reader.answer_of(answer, *packed[1:])
    assert found
    return found.facts


@pytest.mark.parametrize(
    ("word", "failure"),
    [
        ("segv", Failure.CRASH),
        ("exit", Failure.CRASH),
        ("garbage", Failure.CRASH),
        ("flood", Failure.CRASH),
        ("hang", Failure.TIMEOUT),
        ("memory", Failure.MEMORY),
        ("raise", Failure.ERROR),
        ("panic", Failure.ERROR),
    ],
)
def test_a_lost_worker_loses_one_file(
    word: str, failure: Failure, workers: IsolatedExecutor, put: Put, tmp_path: Path
) -> None:
    bad = request(put, tmp_path, "bad", f"{word} 1".encode())
    good = request(put, tmp_path, "good", b"good 1")
    with pytest.raises(LostError) as lost:
        read(workers, bad)
    assert lost.value.failure is failure
    assert read(workers, good).characters == 5


def test_what_readers_print_goes_nowhere(
    workers: IsolatedExecutor, put: Put, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert read(workers, request(put, tmp_path, "a", b"print 1")).characters == 6
    assert capfd.readouterr() == ("", "")


def test_only_functions_of_the_package_are_run(workers: IsolatedExecutor) -> None:
    for function in (os.fsencode, bytes.upper, lambda data: data):
        with pytest.raises(ValueError, match="do not run"):
            workers.submit(function, b"x")
    with pytest.raises(ValueError, match="do not run"):
        worker.resolve("os:system")
    with pytest.raises(ValueError, match="bytes"):
        workers.submit(reader.read_parcel, "x")  # type: ignore[arg-type]


def test_workers_start_when_there_is_work_and_are_replaced(put: Put, tmp_path: Path) -> None:
    with IsolatedExecutor(4, tasks=2) as workers:
        assert not workers.workers
        packed = request(put, tmp_path, "a", b"good 1")
        seen: set[int] = set()
        for _ in range(5):
            read(workers, packed)
            assert len(workers.workers) <= 1
            seen |= workers.workers
        assert len(seen) >= 2


def test_nothing_is_taken_after_the_end(workers: IsolatedExecutor) -> None:
    workers.shutdown()
    with pytest.raises(RuntimeError):
        workers.submit(reader.read_parcel, b"")


def test_stopping_waits_for_nobody(put: Put, tmp_path: Path) -> None:
    workers = IsolatedExecutor(1, seconds=600)
    packed = request(put, tmp_path, "a", b"hang 1")
    futures = [workers.submit(reader.read_parcel, packed[0]) for _ in range(3)]
    while not futures[0].running() or not workers.workers:
        time.sleep(0.01)
    (pid,) = workers.workers
    workers.stop()
    assert isinstance(futures[0].exception(), LostError)
    assert futures[1].cancelled()
    assert futures[2].cancelled()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_workers_that_do_not_start_are_no_fault_of_the_files(
    monkeypatch: pytest.MonkeyPatch, put: Put, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    packed = request(put, tmp_path, "a", b"good 1")
    with IsolatedExecutor(1) as workers, pytest.raises(OSError, match="does not start"):
        workers.submit(reader.read_parcel, packed[0]).result()


def test_a_worker_whose_program_died_ends_by_itself(put: Put, tmp_path: Path) -> None:
    packed, _, _ = request(put, tmp_path, "a", b"hang 1")
    code = "from site_builder.processing import worker\nworker.main(['0', '0.5'])\n"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        assert process.stdin
        body = worker.address(reader.read_parcel).encode() + b"\0" + packed
        process.stdin.write(worker.REQUEST.pack(1, len(body)) + body)
        process.stdin.flush()
        assert worker.ran_out_of_time(process.wait(30))


def test_interrupting_the_program_leaves_no_worker(put: Put, tmp_path: Path) -> None:
    packed, _, _ = request(put, tmp_path, "a", b"hang 1")
    (tmp_path / "request").write_bytes(packed)
    code = (
        "import sys, pathlib\n"
        # Whoever starts the tests in the background has interrupts ignored by all below.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from site_builder.processing import reader\n"
        "from site_builder.processing.executor import IsolatedExecutor\n"
        "with IsolatedExecutor(1) as e:\n"
        "    f = e.submit(reader.read_parcel, pathlib.Path(sys.argv[1]).read_bytes())\n"
        "    while not e.workers: pass\n"
        "    print(*e.workers, flush=True)\n"
        "    f.result()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "request"],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(30) != 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_number_of_workers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert module.usual_jobs() == module.MOST_JOBS
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert module.usual_jobs() == 1
