"""Rules and explanations from data, through the formats that people write."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from site_builder import scoring
from site_builder.loading.criteria import read_criteria
from site_builder.loading.explanation import read_explanation
from site_builder.loading.records import read_results
from site_builder.model.criteria import CriteriaSet
from site_builder.model.dossier import Dossier, Explanation
from site_builder.model.finding import Finding
from site_builder.model.rule import Result, Rule
from site_builder.model.snapshot import Snapshot

LEAF = "1.1"


def read(path: Path) -> Any:
    """A YAML file of which every scalar is text, as the builder reads its own."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - builds text only


class _Plain(yaml.SafeDumper):
    """Writes a value that stands twice out twice: the builder refuses aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def dump(value: object) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)


def criteria(document: Mapping[str, Any]) -> CriteriaSet:
    found, findings = read_criteria(dump(document).encode())
    assert found is not None
    assert [finding for finding in findings if finding.check.severity.name == "ERROR"] == []
    return found


def leaf_set(
    rule: object, max_points: str = "1", scored_by: str = "self", places: str = "2"
) -> CriteriaSet:
    """A set of one leaf."""
    leaf = {
        "id": LEAF,
        "title": "Leaf",
        "max_points": max_points,
        "scored_by": scored_by,
        "rule": rule,
    }
    field = {"id": "1", "title": "Field", "max_points": max_points, "children": [leaf]}
    header = {"id": "s", "title": "S", "total_points": max_points, "rounding": {"places": places}}
    return criteria({"set": header, "criteria": [field]})


def bound(
    rule: object, max_points: str = "1", scored_by: str = "self"
) -> tuple[Rule | None, tuple[Finding, ...]]:
    rules, findings = scoring.bind(leaf_set(rule, max_points, scored_by))
    return rules.get(LEAF), findings


def rule_of(rule: object, max_points: str = "1", scored_by: str = "self") -> Rule:
    """The rule, when nothing is wrong with it."""
    found, findings = bound(rule, max_points, scored_by)
    assert found is not None
    assert findings == ()
    return found


def explanation(given: Mapping[str, Any] | None) -> Explanation | None:
    if given is None:
        return None
    text = f"---\n{dump(dict(given))}---\n"
    found, findings = read_explanation(text.encode(), "giai-trinh.md", LEAF)
    assert findings == ()
    return found


def result(given: Mapping[str, Any] | None) -> Result | None:
    if given is None:
        return None
    found, findings = read_results(dump({"results": {LEAF: given}}).encode())
    assert findings == ()
    return found[LEAF]


def snapshot(
    criteria_set: CriteriaSet,
    given: Mapping[str, Mapping[str, Any]],
    results: Mapping[str, Mapping[str, Any]] | None = None,
    **more: Any,
) -> Snapshot:
    """A snapshot with an explanation for each leaf that has one."""
    dossiers = {
        id_: Dossier(criterion=id_, folder=id_, exists=True, explanation=explanation(values))
        for id_, values in given.items()
    }
    decided = {id_: result(values) for id_, values in (results or {}).items()}
    return Snapshot(
        criteria=criteria_set,
        unit=None,
        dossiers=dossiers,
        results={id_: value for id_, value in decided.items() if value is not None},
        **more,
    )
