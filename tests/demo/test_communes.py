"""The tiny communes of the tests: clean, and of their own time."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Finding, Severity
from site_builder.model.text import fold
from site_builder.pipeline import Request, examine
from tests.surroundings import variables

ROOT = Path(__file__).parents[2]
COMMUNES = ROOT / "tests" / "communes"
# Days on which each commune has finished and nothing is late.
DAYS = {"hop-nhat": date(2026, 1, 10), "nho": date(2024, 12, 10)}
TOTALS = {"hop-nhat": Decimal("90.40"), "nho": Decimal("9.60")}
# Whether the clone has its whole history is no property of a commune.
HISTORY = frozenset({"SYS009", "SYS010"})
# Spelled in two halves, or this file would name it.
ENDED = re.compile(r"(?<![a-z])" + "hu" + r"yen(?![a-z])")


def examined(name: str) -> tuple[Facts, list[Finding]]:
    request = Request(root=COMMUNES / name, today=DAYS[name], environment=variables())
    facts, found = examine(request)
    return facts, [finding for finding in found if finding.check.code not in HISTORY]


def test_every_commune_is_examined() -> None:
    assert {path.parent.name for path in COMMUNES.glob("*/criteria.yml")} == set(DAYS)


@pytest.mark.parametrize("name", DAYS)
def test_nothing_to_find(name: str) -> None:
    _, found = examined(name)
    # A milestone that comes near is news, not a fault.
    assert [f.check.code for f in found if f.check.severity > Severity.NOTICE] == []
    assert {f.check.code for f in found} <= {"TIM004"}


@pytest.mark.parametrize("name", DAYS)
def test_points(name: str) -> None:
    facts, _ = examined(name)
    total = facts.sheet.total
    assert total.claimed + total.decided == TOTALS[name]
    assert total.unscored == ()
    assert not facts.sheet.class_is_estimate


def test_the_merged_commune_covers_what_the_demonstration_does_not() -> None:
    facts, _ = examined("hop-nhat")
    shapes = {rule.shape for rule in facts.rules.values()}
    assert {"increment", "formula", "fixed", "judged", "survey", "external", "compare"} <= shapes
    assert facts.sheet.bonus == 3
    assert facts.snapshot.unit is not None
    assert len(facts.snapshot.unit.predecessors) == 2
    assert len(facts.snapshot.unit.period.rounds) == 3
    (supplement,) = facts.snapshot.dossiers["1.2.2"].supplements
    assert supplement.number == 1
    assert supplement.explanation is not None
    assert supplement.explanation.reply
    assert len(supplement.files) == 1


def test_no_level_that_ended_is_named() -> None:
    texts = [
        path
        for path in (COMMUNES / "hop-nhat").rglob("*")
        if path.suffix in {".yml", ".md"} and path.is_file()
    ]
    assert len(texts) > 10
    assert [path for path in texts if ENDED.search(fold(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("name", DAYS)
def test_engine_settings_are_the_ones_of_the_repository(name: str) -> None:
    settings = (COMMUNES / name / "mkdocs.yml").read_bytes()
    assert settings == (ROOT / "mkdocs.yml").read_bytes()
