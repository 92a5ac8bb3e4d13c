"""Golden files: what the builder must produce, compared byte by byte with what it does.

``pytest --golden-update`` rewrites them; read the diff before committing it.
"""

import difflib
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from tests.surroundings import CACHE

# On a machine that others use as well, how long one example takes says nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

_TESTS = Path(__file__).parent
_GOLDEN = _TESTS / "golden"
_ACTUAL = _TESTS.parent / "build" / "test-actual"
_SHOWN = 60

Golden = Callable[[str, Mapping[str, bytes]], None]


_STORE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Give all tests one store, so that each file of evidence is read once by all workers.

    Workers of xdist inherit the variable; what a developer set for himself is never used.
    """
    if not hasattr(config, "workerinput"):
        config.stash[_STORE] = tempfile.mkdtemp(prefix="site-builder-tests-")
        os.environ[CACHE] = config.stash[_STORE]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the store away with the last test."""
    if folder := config.stash.get(_STORE, ""):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare files (path to bytes) with the folder ``tests/golden/<name>``."""

    def compare(name: str, files: Mapping[str, bytes]) -> None:
        expected, actual = _GOLDEN / name, _ACTUAL / name
        _write(actual, files)
        if request.config.getoption("--golden-update"):
            _write(expected, files)
        found = {
            path.relative_to(expected).as_posix(): path.read_bytes()
            for path in expected.rglob("*")
            if path.is_file()
        }
        unused = sorted(found.keys() - files.keys())
        assert not unused, f"golden files that nothing produces: {unused}"
        differing = [path for path in sorted(files) if found.get(path) != files[path]]
        assert not differing, _explain(differing, found, files, actual)

    return compare


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _explain(
    paths: list[str], found: Mapping[str, bytes], files: Mapping[str, bytes], actual: Path
) -> str:
    lines = [f"{len(paths)} files differ from the golden ones; actual output in {actual}"]
    for path in paths:
        before = found.get(path, b"").decode("utf-8", "replace").splitlines()
        after = files[path].decode("utf-8", "replace").splitlines()
        lines.extend(difflib.unified_diff(before, after, f"golden/{path}", path, lineterm="", n=1))
    return "\n".join(lines[:_SHOWN])
