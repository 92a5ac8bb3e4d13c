"""Scoring tables of real documents, rewritten in our format, and the examples they give."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from site_builder import scoring
from site_builder.model.score import Awarded
from tests.scoring import written

REAL = Path(__file__).parent / "real"
SETS = {path.stem: written.read(path) for path in sorted(REAL.glob("*.yml"))}
ORIGIN = {"number", "date", "issuer", "part", "files", "readings"}


def examples() -> Iterator[Any]:
    for name, table in SETS.items():
        for number, example in enumerate(table["examples"], start=1):
            yield pytest.param(name, example, id=f"{name}-{number}")


@pytest.mark.parametrize("name", SETS)
def test_the_table_is_read_without_a_finding(name: str) -> None:
    table = SETS[name]
    assert table["origin"].keys() == ORIGIN
    criteria = written.criteria(table["document"])
    rules, findings = scoring.bind(criteria)
    assert findings == ()
    assert len(rules) == len(criteria.leaves)
    for node in criteria.walk():
        if node.children and not node.bonus:
            assert sum(child.max_points for child in node.children) == node.max_points
    printed = sum(field.max_points for field in criteria.fields if not field.bonus)
    assert printed == criteria.total_points


@pytest.mark.parametrize(("name", "example"), list(examples()))
def test_example(name: str, example: dict[str, Any]) -> None:
    criteria = written.criteria(SETS[name]["document"])
    rules, _ = scoring.bind(criteria)
    leaf = criteria.by_id[example["criterion"]]
    score = rules[leaf.id].score(
        written.explanation(example["given"]), leaf.max_points, criteria.places, None
    )
    assert isinstance(score, Awarded), score
    assert score.points == Decimal(example["points"])


def test_thirteen_examples_are_the_sources_own() -> None:
    flags = [example["from_source"] for table in SETS.values() for example in table["examples"]]
    assert flags.count("true") == 13
    assert flags.count("false") == len(flags) - 13


def test_only_the_highest_priority_counts() -> None:
    table = SETS["nghi-dinh-307-2025-xa"]
    criteria = written.criteria(table["document"])
    rules, _ = scoring.bind(criteria)
    given: dict[str, dict[str, Any]] = {
        "9.1": {"so_lieu": {"dan-so-so-voi-tieu-chuan": "400"}},
        "9.3b": {"dat": "x"},
        "9.3c": {"dat": "x"},
        "4d": {"dat": "x"},
    }
    sheet = scoring.score(written.snapshot(criteria, given), rules)
    assert sheet.bonus == Decimal(6)
    assert sheet.total.claimed == Decimal(8)
    assert sheet.total.max_points == Decimal(100)
    assert sheet.total.applicable_max == Decimal(100)
