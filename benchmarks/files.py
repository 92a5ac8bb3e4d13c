"""Measure the reading of evidence files and print a table in markdown.

The files are those of the tests' makers, over and over with a byte of their own each, or those of
a folder. Cold with one worker and with two, warm, and with one file more; wall is the least of
the rounds, which are interleaved: compare ratios, not absolute times.
"""

import argparse
import hashlib
import importlib
import inspect
import io
import itertools
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from site_builder import processing
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import Processed, State

MAKERS = ("pdf", "office", "images", "archives", "text")
# Made to be refused or to take long; one of each says enough.
COSTLY = frozenset({"many_members", "png_bomb", "tiff_with_bomb_page", "ratio_bomb", "docx_bomb"})


def made(maker: ModuleType) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file that a maker makes without being told anything."""
    for name, function in inspect.getmembers(maker, inspect.isfunction):
        told = inspect.signature(function)
        wanted = [each for each in told.parameters.values() if each.default is each.empty]
        if function.__module__ == maker.__name__ and name[0] != "_" and not wanted:
            data = function() if told.return_annotation in {bytes, "bytes"} else None
            if isinstance(data, bytes) and data:
                yield f"{maker.__name__.rpartition('.')[2]}-{name}", data


def another(data: bytes, number: int) -> bytes:
    """The same file with other bytes."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(stream := io.BytesIO(data), "a") as archive:
                archive.comment = b"%d" % number
            return stream.getvalue()
        except zipfile.BadZipFile:
            pass
    return data + b"\n%% %d\n" % number


def write(folder: Path, count: int) -> None:
    """Fill a folder with so many files, all different."""
    sources = [
        pair
        for name in MAKERS
        for pair in made(importlib.import_module(f"tests.processing.makers.{name}"))
    ]
    for number, (name, data) in enumerate(itertools.islice(itertools.cycle(sources), count)):
        rounds = number // len(sources)
        if not rounds or name.partition("-")[2] not in COSTLY:
            content = another(data, number) if rounds else data
            (folder / f"{number:05}-{name}").write_bytes(content)


def files_in(folder: Path) -> list[EvidenceFile]:
    """What loading would know of the files of a folder."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest = hashlib.sha256(data).hexdigest()
        found.append(EvidenceFile(path=name, raw=name, size=len(data), sha256=digest))
    return found


def run(files: list[EvidenceFile], root: Path, store: Path, jobs: int) -> tuple[float, Processed]:
    """Wall seconds of one run, and what it read."""
    before = time.perf_counter()
    with processing.Store(store) as opened:
        processed = processing.process(
            files, root, settings=processing.Settings(), store=opened, jobs=jobs
        )
    return time.perf_counter() - before, processed


def measure(root: Path, stores: Path, rounds: int) -> Processed:
    """Print the table for the files of a folder; gives what was read of them."""
    files = files_in(root)
    least: dict[str, float] = {}

    def note(step: str, seconds: float) -> None:
        least[step] = min(seconds, least.get(step, seconds))

    processed = processing.process(
        [], root, settings=processing.Settings(), store=processing.Store(None)
    )
    for number in range(rounds):
        for jobs in (1, 2):
            store = stores / f"{number}-{jobs}"
            seconds, processed = run(files, root, store, jobs)
            note(f"cold, {jobs} at a time", seconds)
            note("warm", run(files, root, store, jobs)[0])
        new = files[0].raw
        content = (root / new).read_bytes()
        (root / new).write_bytes(another(content, -number - 1))
        note("one new file", run(files_in(root), root, stores / f"{number}-2", 2)[0])
        (root / new).write_bytes(content)
    one = least["cold, 1 at a time"]
    size = sum(file.size for file in files) / 1024 / 1024
    print(f"{len(files)} files, {size:.1f} MiB, {len(processed.facts)} contents\n")
    print("| step | wall s | files/s | times as fast as one at a time |")
    print("|---|---:|---:|---:|")
    for step, seconds in least.items():
        print(f"| {step} | {seconds:.2f} | {len(files) / seconds:.0f} | {one / seconds:.2f} |")
    return processed


def tell(files: list[EvidenceFile], processed: Processed) -> None:
    """Print how the files were read, and on which a reader was lost."""
    states = Counter(facts.state.value for facts in processed.facts.values())
    print("\n" + ", ".join(f"{state} {count}" for state, count in states.most_common()))
    for file in files:
        facts = processed.of(file.sha256)
        if facts is None or facts.state is State.FAILED:
            print(f"lost: {file.path} ({facts.why if facts else 'changed'})")


def main() -> None:
    """Measure made files, or those of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="made files")
    parser.add_argument("--folder", type=Path, help="read these files instead")
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_, tempfile.TemporaryDirectory() as stores:
        root = Path(made_)
        if arguments.folder:
            for number, file in enumerate(files_in(arguments.folder)):
                name = f"{number:05}-{Path(file.path).name[-100:]}"
                (root / name).write_bytes((arguments.folder / file.raw).read_bytes())
        else:
            write(root, arguments.count)
        tell(files_in(root), measure(root, Path(stores), arguments.rounds))


if __name__ == "__main__":
    main()
