"""Measure ``check`` and ``build`` on made-up communes and print a table in markdown.

CPU is user + system seconds of the program and its children, the least of the rounds; wall is
the least too; peak is the largest resident set of any one process. Rounds are interleaved, so
that a busy moment of the machine hits every step alike: compare ratios, not absolute times.
``mkdocs`` is a bare ``mkdocs build`` of the tree that ``build`` staged. POSIX only (wait4).
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import generate

BIN = Path(sys.executable).parent
TODAY = "2024-01-05"
ENVIRONMENT = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
# ru_maxrss is in KiB on Linux and in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: CPU and wall seconds, peak MiB."""

    cpu: float
    wall: float
    peak: float


@dataclass(frozen=True, slots=True)
class Step:
    """Something to measure: how to prepare it (unmeasured), and its command."""

    name: str
    prepare: Callable[[], None]
    command: tuple[str | Path, ...]


def measure(command: Sequence[str | Path], root: Path) -> Cost:
    """Run once; what is written goes to a file and is shown only when it fails.

    Raises:
        SystemExit: the program did not do its work, so that its time means nothing.
    """
    with tempfile.TemporaryFile() as log:
        before = time.perf_counter()
        process = subprocess.Popen(command, cwd=root, stdout=log, stderr=log, env=ENVIRONMENT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)
        # 1 means findings: the content was examined all the same.
        if process.returncode not in {0, 1}:
            log.seek(0)
            sys.exit(f"{command}: {process.returncode}\n{log.read().decode(errors='replace')}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * RSS_UNIT / MIB)


def steps(root: Path, *, build: bool) -> Iterator[Step]:
    """The steps in the order of one round."""
    builder = (BIN / "site-builder", "--root", root)

    def forget() -> None:
        shutil.rmtree(root / ".cache", ignore_errors=True)

    def nothing() -> None:
        pass

    yield Step("check, cold", forget, (*builder, "check", "--today", TODAY))
    yield Step("check, warm", nothing, (*builder, "check", "--today", TODAY))
    yield Step("check --fast", nothing, (*builder, "check", "--fast", "--today", TODAY))
    if build:
        bare = root / "build" / "bare"
        yield Step("build", nothing, (*builder, "build", "--today", TODAY))
        staged = root / "build" / "stage" / "working" / "mkdocs.yml"
        yield Step(
            "mkdocs",
            lambda: shutil.rmtree(bare, ignore_errors=True),
            (BIN / "mkdocs", "build", "--quiet", "-f", staged, "-d", bare),
        )


def compare(root: Path, *, rounds: int, build: bool) -> dict[str, Cost]:
    """The least cost of each step over interleaved rounds."""
    runs: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        for step in steps(root, build=build):
            step.prepare()
            runs.setdefault(step.name, []).append(measure(step.command, root))
    return {
        name: Cost(
            min(cost.cpu for cost in costs),
            min(cost.wall for cost in costs),
            max(cost.peak for cost in costs),
        )
        for name, costs in runs.items()
    }


def rows(leaves: int, costs: Mapping[str, Cost], against: str) -> Iterator[str]:
    """Lines of the table."""
    base = costs.get(against)
    for name, cost in costs.items():
        ratio = f"{cost.cpu / base.cpu:.2f}" if base else "-"
        yield (
            f"| {leaves} | {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {cost.peak:.0f} | {ratio} |"
        )


def main() -> None:
    """Measure the sizes that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, nargs="+", default=[10, 100, 1000, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", default="mkdocs", help="the step that ratios refer to")
    parser.add_argument("--no-build", action="store_true", help="measure check alone")
    arguments = parser.parse_args()
    print(f"| leaves | step | CPU s | wall s | peak MiB | CPU / {arguments.against} |")
    print("|---:|---|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for leaves in arguments.leaves:
            root = Path(folder) / f"commune-{leaves}"
            generate(root, leaves)
            costs = compare(root, rounds=arguments.rounds, build=not arguments.no_build)
            for line in rows(leaves, costs, arguments.against):
                print(line, flush=True)
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
