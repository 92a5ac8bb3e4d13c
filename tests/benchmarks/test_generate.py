"""The made-up communes are the same every time, and as clean as a commune can be."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from benchmarks.generate import generate
from site_builder import pipeline
from site_builder.model.finding import Severity
from tests.surroundings import variables

LEAVES = 100


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("benchmark") / "commune"
    generate(root, LEAVES)
    return root


def test_the_same_number_gives_the_same_commit(commune: Path, tmp_path: Path) -> None:
    generate(tmp_path / "again", LEAVES)
    heads = [
        subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True
        ).stdout
        for root in (commune, tmp_path / "again")
    ]
    assert heads[0] == heads[1]


def test_files_are_of_the_promised_size(commune: Path) -> None:
    explanations = list(commune.glob("evidence/**/giai-trinh.md"))
    documents = list(commune.glob("evidence/**/*.pdf"))
    assert len(explanations) == len(documents) == LEAVES
    assert all(1024 <= path.stat().st_size <= 2048 + 64 for path in documents)
    words = [len(path.read_text("utf-8").rpartition("---\n")[2].split()) for path in explanations]
    assert 110 <= sum(words) / LEAVES <= 140


def test_there_is_nothing_to_mend(commune: Path) -> None:
    facts, findings = pipeline.examine(
        pipeline.Request(root=commune, today=date(2024, 1, 5), environment=variables())
    )
    assert facts.snapshot.criteria is not None
    assert len(facts.snapshot.criteria.leaves) == LEAVES
    assert [finding for finding in findings if finding.check.severity > Severity.NOTICE] == []
