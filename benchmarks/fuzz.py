"""Fuzzes one reader of evidence files with atheris, guided by the code that runs.

By hand only, and not in the lock: ``pip install atheris`` (Python 3.11), then
``python -m benchmarks.fuzz docx -max_total_time=60``. What broke it stays in ``build/fuzz/``.

Of a kind that is a ZIP, one part is fuzzed and packed anew: flipped bits in packed data are told
by the check sum and would never reach a reader.
"""

import importlib
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # by hand only

with atheris.instrument_imports(include=["site_builder.processing", "olefile"]):
    from site_builder.processing.registry import handler_of
    from tests.processing import handled
    from tests.processing.makers import office
    from tests.processing.makers.seeds import seeds
    from tests.processing.test_fuzz import FEW, check

_FOLDER = Path("build/fuzz")
_LARGE = 8_000
# Mutations of whole seeds: shrunk to what covers the same code they would be next to nothing.
_OPTIONS = ("-rss_limit_mb=3000", "-timeout=30", "-keep_seed=1", "-len_control=0")


class Target:
    """The reader of one seed."""

    def __init__(self, name: str, folder: Path) -> None:
        self.kind, self.data = seeds()[name]
        self.folder = folder
        self.parts = _parts(self.data)
        self.names = sorted(self.parts)

    def corpus(self) -> list[bytes]:
        """What to begin with: the file, or each of its parts behind its number."""
        if not self.names:
            return [self.data]
        return [bytes([at]) + self.parts[name] for at, name in enumerate(self.names)]

    def run(self, data: bytes) -> None:
        if self.names:
            if not data:
                return
            name = self.names[data[0] % len(self.names)]
            data = office.packed({**self.parts, name: data[1:]})
        try:
            check(handled.read(self.folder, data, kind=self.kind, settings=FEW))
        except MemoryError:
            # The worker's limit; such a file is told as one on which the reader was lost.
            return


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        parts = office.parts_of(data)
    except zipfile.BadZipFile:
        return {}
    # Styles and themes are large, slow to read, and the same in every document.
    return {
        name: part if isinstance(part, bytes) else part.encode()
        for name, part in parts.items()
        if len(part) <= _LARGE
    }


def main(arguments: list[str]) -> None:
    if len(arguments) < 2 or arguments[1] not in seeds():
        print("python -m benchmarks.fuzz SEED [libFuzzer options]; seeds:", *sorted(seeds()))
        raise SystemExit(2)
    name = arguments[1]
    with tempfile.TemporaryDirectory() as folder:
        target = Target(name, Path(folder))
        registered = handler_of(target.kind)
        assert registered is not None  # noqa: S101 - every seed has a reader
        with atheris.instrument_imports(include=["site_builder.processing"]):
            importlib.import_module(registered.module)
        corpus = _FOLDER / name
        corpus.mkdir(parents=True, exist_ok=True)
        for at, data in enumerate(target.corpus()):
            (corpus / f"seed-{at:03}").write_bytes(data)
        options = [*_OPTIONS, f"-artifact_prefix={_FOLDER}/{name}-"]
        atheris.Setup([arguments[0], *options, *arguments[2:], str(corpus)], target.run)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
