"""Runs the cases of CODE.yml: a small tree and the findings that are expected of it.

A case:

- ``case``: what it shows, in English;
- ``base``: ``minimal`` (default) or ``none``; ``tree``: {path: text} laid over it (see trees.py);
  ``edit``: {path: {old: new}};
- ``read``: {path: what was read out of the file} (see read_facts.py); the files are then as if
  they had been read, whatever their bytes;
- ``options``: ``today`` (default inside the window), ``fast``, ``environment``, ``ocr_absent``;
- ``finds``: of this code (of every code with ``all: true``) lines like
  ``error TRE012 evidence/a/b:3``, ``(suppressed)`` after those that an answer covers.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder import checks, loading, scoring
from site_builder.checks.protocols import Facts
from site_builder.messages import Catalogue, read_catalogue
from site_builder.model.enriching import enriched
from site_builder.model.finding import Finding
from site_builder.registry import KNOWN_CODES
from tests.checks import read_facts, trees

FOLDER = Path(__file__).parent
KEYS = {"case", "base", "tree", "edit", "read", "options", "finds", "all"}
# They set the path beside another one, or give it to be copied.
FULL = {"TRE012", "TRE016"}
TODAY = date(2025, 12, 22)


def read_cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(FOLDER.glob("*.yml")):
        for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader):
            unknown = case.keys() - KEYS
            assert not unknown, f"{path.name}: {unknown}"
            yield path.stem, case


CASES = tuple(read_cases())


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue("checks")


def run_case(case: dict[str, Any], root: Path) -> tuple[Finding, ...]:
    files = trees.lay_over(
        trees.base(case.get("base", "minimal")), case.get("tree", {}), case.get("edit", {})
    )
    trees.write(root, files)
    options = case.get("options", {})
    with trees.as_anybody(root, files):
        snapshot, loaded = loading.load(
            root,
            fast=options.get("fast", False),
            hash_all="read" in case,
            environment=options.get("environment", {}),
        )
    processed = read_facts.processed(
        snapshot, case.get("read", {}), ocr_absent=options.get("ocr_absent", False)
    )
    snapshot = enriched(snapshot, processed)
    rules, bound = scoring.bind(snapshot.criteria) if snapshot.criteria else ({}, ())
    facts = Facts(
        snapshot=snapshot,
        rules=rules,
        sheet=scoring.score(snapshot, rules),
        today=options.get("today", TODAY),
        processed=processed,
        loaded=(*loaded, *bound),
        known_codes=KNOWN_CODES,
    )
    return checks.run(facts)


def shown(finding: Finding) -> str:
    place = finding.location.path
    if finding.location.line is not None:
        place += f":{finding.location.line}"
    words = f"{finding.check.severity.word} {finding.check.code} {place}"
    return words if finding.suppressed is None else f"{words} (suppressed)"


@pytest.mark.parametrize(
    ("code", "case"),
    [pytest.param(code, case, id=f"{code}: {case['case']}") for code, case in CASES],
)
def test_case(code: str, case: dict[str, Any], tmp_path: Path, catalogue: Catalogue) -> None:
    findings = run_case(case, tmp_path)

    everything = case.get("all", False)
    found = [shown(each) for each in findings if everything or each.check.code == code]
    assert sorted(found) == sorted(case["finds"])
    for finding in findings:
        for sentence in (catalogue.message(finding), catalogue.hint(finding)):
            assert sentence.strip()
            # The path stands above the sentence already.
            long = finding.location.path.startswith("evidence/")
            assert not long or finding.location.path not in sentence or finding.check.code in FULL


def test_the_minimal_base_is_clean(tmp_path: Path) -> None:
    assert [shown(finding) for finding in run_case({}, tmp_path)] == []
