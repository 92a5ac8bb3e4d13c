"""Files of evidence, and workers that know the readers of ``faults``."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.model.evidence import EvidenceFile

REPOSITORY = Path(__file__).parents[2]

Put = Callable[[str, bytes], EvidenceFile]


@pytest.fixture
def workers_know_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers start anew and import only what is installed, or on this path."""
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Writes a file below ``tmp_path`` and gives what loading would know of it."""

    def write(name: str, data: bytes) -> EvidenceFile:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        digest = hashlib.sha256(data).hexdigest()
        return EvidenceFile(path=name, raw=name, size=len(data), sha256=digest)

    return write
