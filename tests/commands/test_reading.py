"""Options and words about the reading of evidence files."""

import io
import re
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from site_builder import pipeline, processing
from site_builder.commands import progress
from site_builder.commands.context import Context
from site_builder.commands.progress import Count, working
from site_builder.messages import read_catalogue
from site_builder.model.processed import Processed
from site_builder.processing import Settings
from site_builder.processing.text import recognition
from tests.commands.running import Run

TEXTS = read_catalogue("cli")
Seen = list[dict[str, Any]]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What the commands ask of the reading of files, which then does not take place."""
    asked: Seen = []

    def process(*_: object, **options: Any) -> Processed:
        asked.append(options)
        return Processed(ocr_absent=options["settings"].recognise)

    monkeypatch.setattr(processing, "process", process)
    return asked


@pytest.mark.parametrize("command", ["check", "score"])
def test_options_reach_the_readers(command: str, run: Run, seen: Seen) -> None:
    run(command, "--jobs", "3", "--ocr", "--retry")
    assert seen[0]["jobs"] == 3
    assert seen[0]["retry"]
    assert seen[0]["settings"] == Settings(recognise=True)
    assert not seen[0]["whole"]


def test_nothing_is_read_with_fast_or_without_a_set(run: Run, commune: Path, seen: Seen) -> None:
    run("check", "--fast")
    (commune / "unit.yml").rename(commune / "other.yml")
    run("check")
    assert seen == []


def test_the_commune_may_ask_for_recognition_and_trust(run: Run, commune: Path, seen: Seen) -> None:
    with (commune / "unit.yml").open("a", encoding="utf-8") as stream:
        stream.write("options: {ocr: true, trust_folder: chung-thu}\n")
    ran = run("check")
    assert seen[0]["settings"] == Settings(
        recognise=True, trust_folder=str(commune.resolve() / "chung-thu")
    )
    assert ran.said.count("tesseract") == 1


def test_without_the_program_nothing_is_recognised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(recognition, "available", lambda: False)
    processed = processing.process(
        [], tmp_path, settings=Settings(recognise=True), store=processing.Store(None)
    )
    assert processed.ocr_absent


@pytest.mark.parametrize("jobs", ["0", "-1", "65", "many"])
def test_a_senseless_number_of_jobs_is_wrong_use(
    jobs: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", "--jobs", jobs).code == 2
    assert jobs in capsys.readouterr().err


def test_a_cluster_that_is_not_there_is_wrong_use(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_builder.processing import cluster

    monkeypatch.setattr(cluster, "_PATIENCE_SECONDS", 1)
    ran = run("check", "--dask", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "127.0.0.1:1" in ran.err


def test_without_the_extra_it_is_said_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from site_builder.processing import cluster

    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(cluster, "import_module", absent)
    ran = run("check", "--dask", "tcp://127.0.0.1:1")
    assert ran.code == 2
    assert "pip install" in ran.err


def context(err: io.StringIO) -> Context:
    return Context(
        root=Path(),
        texts=TEXTS,
        out=io.StringIO(),
        err=err,
        environment={},
        now=lambda: datetime.now(UTC),
    )


@pytest.mark.parametrize(
    ("done", "total", "passed", "words"),
    [
        (0, 0, 1.0, ""),
        (5, 5, 1.0, ""),
        (0, 5, 1.0, "0/5"),
        (10, 50, 5.0, "10/50, 2 .* 20 "),
        (1, 5, 4.0, "1/5, 0,2 .* 16 "),
        (10, 1010, 5.0, "10/1 ?010, 2 .* 8 "),
    ],
)
def test_the_pace_is_told(done: int, total: int, passed: float, words: str) -> None:
    told = Count(done=done, total=total, since=100.0).pace(TEXTS, 100.0 + passed)
    assert re.search(words, told.replace("\u00a0", " "))
    assert bool(told) is bool(words)


def test_a_log_is_told_once_and_only_of_long_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    err = io.StringIO()
    clock = iter([float(n) for n in range(0, 200, 4)])
    monkeypatch.setattr("site_builder.commands.progress.time.monotonic", lambda: next(clock))
    with working(context(err), "checking") as tell:
        for done in range(10):
            tell(done, 10)
    assert len(err.getvalue().splitlines()) == 1


def test_short_reading_is_not_worth_a_line() -> None:
    err = io.StringIO()
    with working(context(err), "checking") as tell:
        for done in range(10):
            tell(done, 10)
    assert err.getvalue() == ""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    err = Terminal()
    with working(context(err), "checking") as tell:
        tell(3, 10)
        until = time.monotonic() + 20
        while "3/10" not in err.getvalue() and time.monotonic() < until:
            time.sleep(0.02)
    assert "3/10" in err.getvalue()


def test_a_store_that_cannot_be_written_stops_nobody(commune: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    request = pipeline.Request(
        root=commune,
        today=datetime.now(UTC).date(),
        environment={"SITE_BUILDER_CACHE": str(tmp_path / "file")},
    )
    facts, _ = pipeline.examine(request)
    assert facts.processed.facts
