"""What the checks say about the demonstration commune, and nothing else."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.messages import read_catalogue
from site_builder.model.finding import Finding
from site_builder.pipeline import Request, examine
from tests.surroundings import variables

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TODAY = date(2024, 1, 5)
# Whether the clone has its whole history is no property of the commune.
HISTORY = frozenset({"SYS009", "SYS010"})

Key = tuple[str, str | None, str]


def read(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return entries


EXPECTED = read("expected-findings.yml")
GAPS = read("planted-gaps.yml")


def key(finding: Finding) -> Key:
    return finding.check.code, finding.criterion, finding.location.path


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    _, found = examine(Request(root=ROOT, today=TODAY, environment=variables()))
    return tuple(finding for finding in found if finding.check.code not in HISTORY)


def test_exactly_the_expected_findings(findings: tuple[Finding, ...]) -> None:
    expected = {(each["code"], each["criterion"], each["path"]) for each in EXPECTED}
    assert {key(finding) for finding in findings} == expected


def test_every_expected_finding_says_why_it_is_no_false_alarm() -> None:
    assert all(each["because"].strip() for each in EXPECTED)
    assert len(EXPECTED) == len({(e["code"], e["criterion"], e["path"]) for e in EXPECTED})


@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: f"{gap['criterion']} {gap['gap']}")
def test_planted_gap_is_found(gap: dict[str, Any], findings: tuple[Finding, ...]) -> None:
    found = [
        finding
        for finding in findings
        if (finding.criterion, finding.check.code) == (gap["criterion"], gap["code"])
    ]
    assert found
    answered = gap.get("answered", False)
    assert all((finding.suppressed is not None) == answered for finding in found)
    if answered:
        assert all(finding.suppressed and finding.suppressed.reason for finding in found)


def test_only_the_answered_ones_are_suppressed(findings: tuple[Finding, ...]) -> None:
    suppressed = {
        (finding.criterion, finding.check.code) for finding in findings if finding.suppressed
    }
    assert suppressed == {(each["criterion"], each["code"]) for each in GAPS if "answered" in each}


def test_every_sentence_can_be_filled(findings: tuple[Finding, ...]) -> None:
    catalogue = read_catalogue("checks")
    for finding in findings:
        assert catalogue.message(finding).strip()
        assert catalogue.hint(finding).strip()
