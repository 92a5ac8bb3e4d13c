"""Every content is read once, and a file that kills its reader takes nothing with it."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from site_builder import processing
from site_builder.model.evidence import EvidenceFile, Pointer
from site_builder.model.processed import Failure, Family, Processed, State
from site_builder.processing import executor as executor_module
from site_builder.processing import run as run_module
from site_builder.processing.protocols import Settings
from site_builder.processing.store import Store
from tests.processing.conftest import REPOSITORY, Put

pytestmark = pytest.mark.usefixtures("workers_know_tests")
FAULTS = "tests.processing.faults"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as store:
        yield store


def hurry(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Give workers so many seconds for a file."""

    class Hasty(executor_module.IsolatedExecutor):
        def __init__(self, jobs: int) -> None:
            super().__init__(jobs, seconds=seconds)

    monkeypatch.setattr(run_module, "IsolatedExecutor", Hasty)


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a worker was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)


def process(files: list[EvidenceFile], root: Path, store: Store, **options: Any) -> Processed:
    options = {"settings": Settings(), "jobs": 2, "registry": FAULTS, **options}
    return processing.process(files, root, store=store, **options)


def states(files: list[EvidenceFile], processed: Processed) -> list[State | None]:
    found = [processed.of(file.sha256) for file in files]
    return [facts.state if facts else None for facts in found]


def test_planted_faults_lose_only_themselves(
    put: Put, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, 3.0)
    planted = {
        7: (b"segv", Failure.CRASH),
        19: (b"hang", Failure.TIMEOUT),
        28: (b"memory", Failure.MEMORY),
        33: (b"garbage", Failure.CRASH),
    }
    files = [
        put(f"{n:02}.txt", planted[n][0] + b" 1" if n in planted else b"good %d" % n)
        for n in range(40)
    ]
    processed = process(files, tmp_path, store)
    for n, file in enumerate(files):
        facts = processed.of(file.sha256)
        assert facts
        assert facts.kind == "txt"
        if n in planted:
            assert (facts.state, facts.failure) == (State.FAILED, planted[n][1])
            assert facts.why == planted[n][1].value
        else:
            assert facts.state is State.READ


def test_even_the_kind_may_be_lost(
    put: Put, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, 0.5)
    files = [put("a", b"sniff-hang 1")]
    (facts,) = process(files, tmp_path, store, jobs=1).facts.values()
    assert (facts.kind, facts.failure) == ("binary", Failure.TIMEOUT)


@pytest.mark.usefixtures("no_worker")
def test_what_needs_no_reader_gets_none(put: Put, tmp_path: Path, store: Store) -> None:
    files = [
        put("empty.pdf", b""),
        replace(put("lfs.pdf", b"version"), pointer=Pointer.LFS),
        replace(put("annex.pdf", b"annex"), pointer=Pointer.ANNEX),
        replace(put("closed.pdf", b"x"), sha256=None, readable=False),
    ]
    processed = process(files, tmp_path, store)
    told = [processed.of(file.sha256) for file in files]
    assert [facts and (facts.kind, facts.family, facts.state, facts.why) for facts in told] == [
        ("empty", Family.EMPTY, State.DAMAGED, "empty"),
        ("lfs-pointer", Family.POINTER, State.OPAQUE, "pointer"),
        ("annex-pointer", Family.POINTER, State.OPAQUE, "pointer"),
        None,
    ]


def test_the_second_run_reads_nothing(
    put: Put, tmp_path: Path, store: Store, request: pytest.FixtureRequest
) -> None:
    files = [put(f"{n}", b"good %d" % n) for n in range(5)]
    first = process(files, tmp_path, store)
    request.getfixturevalue("no_worker")
    for file in files:
        (tmp_path / file.raw).unlink()
    told: list[tuple[int, int]] = []
    again = process(
        files, tmp_path, Store(tmp_path / "store"), on_progress=lambda *at: told.append(at)
    )
    assert again == first
    assert told == []


def test_one_new_file_costs_one_file(put: Put, tmp_path: Path, store: Store) -> None:
    files = [put(f"{n}", b"good %d" % n) for n in range(5)]
    process(files, tmp_path, store)
    told: list[tuple[int, int]] = []
    files.append(put("new", b"good new"))
    processed = process(files, tmp_path, store, on_progress=lambda *at: told.append(at))
    assert told == [(0, 1), (1, 1)]
    assert len(processed.facts) == 6


def test_equal_bytes_are_read_once(put: Put, tmp_path: Path, store: Store) -> None:
    files = [put(name, b"good") for name in ("a/x.pdf", "b/y.docx")]
    told: list[tuple[int, int]] = []
    processed = process(files, tmp_path, store, on_progress=lambda *at: told.append(at))
    assert told[-1] == (1, 1)
    assert len(processed.facts) == 1


def test_a_loss_is_remembered_until_somebody_wants_another_try(
    put: Put, tmp_path: Path, store: Store
) -> None:
    files = [put("a", b"raise 1"), put("b", b"good")]
    first = process(files, tmp_path, store)
    assert states(files, first) == [State.FAILED, State.READ]
    told: list[tuple[int, int]] = []
    assert process(files, tmp_path, store, on_progress=lambda *at: told.append(at)) == first
    assert told == []
    process(files, tmp_path, store, retry=True, on_progress=lambda *at: told.append(at))
    assert told == [(0, 1), (1, 1)]


def test_a_file_that_changes_meanwhile_gives_nothing(
    put: Put, tmp_path: Path, store: Store
) -> None:
    files = [put("a", b"good 1"), put("b", b"good 2"), put("c", b"good 3")]
    (tmp_path / "a").write_bytes(b"other")
    (tmp_path / "b").unlink()
    processed = process(files, tmp_path, store)
    assert states(files, processed) == [None, None, State.READ]
    assert list(store.find([file.sha256 or "" for file in files], stamps())) == [files[2].sha256]


def stamps() -> Any:
    from site_builder.processing.stamps import Stamps
    from tests.processing import faults

    return Stamps(Settings(), faults)


def test_a_store_on_a_read_only_disk_changes_nothing(put: Put, tmp_path: Path) -> None:
    files = [put("a", b"excerpt 1"), put("b", b"good")]
    (tmp_path / "store").write_bytes(b"no folder")
    with Store(tmp_path / "store") as store:
        processed = processing.load_excerpts(process(files, tmp_path, store), store)
        assert states(files, processed) == [State.READ, State.READ]
        assert processed.excerpts.keys() == {files[0].sha256}
        assert processing.load_texts(processed, store)[files[1].sha256 or ""] == ("good",)
        assert store.read(files[1].sha256 or "", "thumb.webp") == b"thumb of good"


def test_an_interrupted_run_goes_on_where_it_stopped(put: Put, tmp_path: Path) -> None:
    files = [put(f"{n:02}", b"slow %02d" % n) for n in range(30)]
    code = (
        "import sys, hashlib\n"
        # Whoever starts the tests in the background has interrupts ignored by all below.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pathlib import Path\n"
        "from site_builder import processing as p\n"
        "from site_builder.model.evidence import EvidenceFile as F\n"
        "root = Path(sys.argv[1])\n"
        "def file(n):\n"
        "    data = b'slow %02d' % n\n"
        "    sha = hashlib.sha256(data).hexdigest()\n"
        "    return F(path=f'{n:02}', raw=f'{n:02}', size=7, sha256=sha)\n"
        "p.process(map(file, range(30)), root, settings=p.Settings(), jobs=1,\n"
        "          store=p.Store(root / 'store'), registry='tests.processing.faults',\n"
        "          on_progress=lambda done, total: print(done, flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as run:
        assert run.stdout
        while run.stdout.readline().strip() != b"5":
            pass
        run.send_signal(signal.SIGINT)
        assert run.wait(30) != 0
    told: list[tuple[int, int]] = []
    with Store(tmp_path / "store") as store:
        process(files, tmp_path, store, on_progress=lambda *at: told.append(at))
    assert told[0][1] <= 25
    assert told[-1][0] == told[-1][1]


def test_a_bug_of_ours_stops_the_run_and_the_workers(
    put: Put, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch, 60.0)
    files = [put(f"{n}", b"good %d" % n) for n in range(3)] + [put("h", b"hang 1")]

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(store, "keep", broken)
    before = time.monotonic()
    with pytest.raises(ZeroDivisionError):
        process(files, tmp_path, store)
    assert time.monotonic() - before < 30


def test_a_cluster_reads_the_same(put: Put, tmp_path: Path, store: Store) -> None:
    distributed = pytest.importorskip("distributed")
    files = [put(f"{n}", b"good %d" % n) for n in range(6)]
    files += [put("crash", b"segv 1"), put("raise", b"raise 1")]
    near = process(files, tmp_path, store)
    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            local_directory=str(tmp_path / "dask"),
        ) as cluster,
        distributed.Client(cluster) as client,
        Store(tmp_path / "other") as other,
    ):
        far = process(files, tmp_path, other, executor=client.get_executor(), jobs=2)
    assert far == near
