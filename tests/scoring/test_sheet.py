"""Whole score sheets of small sets."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from site_builder import scoring
from site_builder.loading.criteria import read_criteria
from site_builder.model.criteria import CriteriaSet
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.score import NodeScore, ScoreSheet, Unscored
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Period, Unit
from tests.scoring import written

SHEETS = Path(__file__).parent / "sheets"
DAY = date(2023, 1, 1)
PERIOD = Period(id="2023", year=2023, covers_from=DAY, covers_to=DAY, opens=DAY, closes=DAY)


def cases() -> Iterator[Any]:
    for path in sorted(SHEETS.glob("*.yml")):
        for case in written.read(path):
            yield pytest.param(case, id=case["case"])


def criteria_of(case: dict[str, Any]) -> CriteriaSet:
    if "tolerated" not in case:
        return written.criteria(case["document"])
    found, _ = read_criteria(written.dump(case["document"]).encode())
    assert found is not None
    return found


def snapshot_of(case: dict[str, Any]) -> Snapshot:
    snapshot = written.snapshot(criteria_of(case), case["given"], case.get("results"))
    dossiers = dict(snapshot.dossiers)
    for id_, slots in case.get("filled", {}).items():
        documents = tuple(
            Document(kind=DocumentKind.FILE, path=f"{id_}/{place}", title="", slot=slot)
            for place, slot in enumerate(slots)
        )
        dossiers[id_] = replace(dossiers[id_], documents=documents)
    unit = Unit(name="U", period=PERIOD, criteria_set_id="another") if "changed" in case else None
    return replace(snapshot, dossiers=dossiers, unit=unit)


def sheet_of(case: dict[str, Any]) -> ScoreSheet:
    snapshot = snapshot_of(case)
    assert snapshot.criteria is not None
    rules, _ = scoring.bind(snapshot.criteria)
    return scoring.score(snapshot, rules)


def as_text(value: object) -> object:
    """A value as the YAML of the cases writes it; numbers by what they are worth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, tuple):
        return list(value)
    return value


def same(value: object, expected: object) -> bool:
    if isinstance(value, Decimal) and expected != "null":
        return value == Decimal(str(expected))
    return as_text(value) == expected


@pytest.mark.parametrize("case", list(cases()))
def test_sheet(case: dict[str, Any]) -> None:
    sheet = sheet_of(case)
    for id_, expected in case["leaves"].items():
        leaf = sheet.leaves[id_]
        for name, value in expected.items():
            if name == "reason":
                assert isinstance(leaf.by_rule, Unscored), id_
                assert leaf.by_rule.reason == value, id_
            else:
                assert same(getattr(leaf, name), value), (id_, name, getattr(leaf, name))
    parts = [(sheet.nodes[id_], expected) for id_, expected in case.get("nodes", {}).items()]
    for node, expected in [*parts, (sheet.total, case["total"])]:
        for name, value in expected.items():
            assert same(getattr(node, name), value), (node.criterion, name, getattr(node, name))
    assert same(sheet.percent, case["percent"]), sheet.percent
    for name, attribute in (("class", "class_title"), ("bonus", "bonus")):
        if name in case:
            assert same(getattr(sheet, attribute), case[name]), name
    if "estimate" in case:
        assert same(sheet.class_is_estimate, case["estimate"])
    assert sheet.set_changed is ("changed" in case)


@pytest.mark.parametrize("case", list(cases()))
def test_sums_are_sums_of_leaves(case: dict[str, Any]) -> None:
    snapshot, sheet = snapshot_of(case), sheet_of(case)
    assert snapshot.criteria is not None
    for id_, node in sheet.nodes.items():
        branch = snapshot.criteria.by_id[id_]
        if "tolerated" in case or any(part.bonus for part in branch.walk()):
            continue
        leaves = [sheet.leaves[leaf.id] for leaf in branch.leaves()]
        assert node.claimed == sum(leaf.claimed or 0 for leaf in leaves)
        assert node.decided == sum(leaf.decided or 0 for leaf in leaves)
        assert node.at_risk == sum(leaf.at_risk for leaf in leaves)
        assert node.applicable_max == sum(leaf.counted_max for leaf in leaves)


@pytest.mark.parametrize("case", list(cases()))
def test_fields_add_up_to_the_total(case: dict[str, Any]) -> None:
    sheet = sheet_of(case)
    criteria = criteria_of(case)
    if "tolerated" in case:
        return
    fields: list[NodeScore] = [sheet.nodes[field.id] for field in criteria.fields]
    for name in ("claimed", "decided", "at_risk", "applicable_max", "self_max", "pending_max"):
        assert getattr(sheet.total, name) == sum(getattr(field, name) for field in fields), name


def test_leaves_and_nodes_stand_in_the_printed_order() -> None:
    case = written.read(SHEETS / "demonstration.yml")[0]
    sheet = sheet_of(case)
    criteria = criteria_of(case)
    order = [node.id for node in criteria.walk()]
    assert list(sheet.leaves) == [id_ for id_ in order if id_ in sheet.leaves]
    assert list(sheet.nodes) == [id_ for id_ in order if id_ in sheet.nodes]


def test_without_criteria_there_is_an_empty_sheet() -> None:
    sheet = scoring.score(Snapshot(criteria=None, unit=None), {})
    assert sheet.leaves == {}
    assert sheet.percent is None


def test_the_class_is_by_the_printed_percentage() -> None:
    # 89.995 % is printed as 90 and is therefore in the class from 90 %.
    document = {
        "set": {
            "id": "s",
            "title": "S",
            "total_points": "200",
            "classes": [{"title": "A", "from_percent": "90"}, {"title": "B", "from_percent": "10"}],
        },
        "criteria": [
            {
                "id": "1",
                "title": "F",
                "max_points": "200",
                "children": [
                    {"id": "1.1", "title": "L", "max_points": "200", "rule": {"shape": "judged"}}
                ],
            }
        ],
    }
    criteria = written.criteria(document)
    rules, _ = scoring.bind(criteria)
    for points, title in (("179.99", "A"), ("179.98", "B"), ("19", "")):
        snapshot = written.snapshot(criteria, {"1.1": {"diem": points}})
        assert scoring.score(snapshot, rules).class_title == title, points
