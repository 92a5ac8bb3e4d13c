import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.loading.criteria import CRITERIA_RECORD, CRITERION_RECORD, digest, read_criteria
from site_builder.messages import read_catalogue
from site_builder.model.criteria import CriteriaSet, NotApplicable, ScoredBy
from site_builder.model.finding import Finding
from tests.loading.reading import codes, places

WHOLE = """\
set:
  id: nho-2025
  title: Small set
  illustrative: true
  notice: Only a sample
  total_points: 3,5
  basis:
    - {document_number: 1/QD, issued_on: 15/12/2022, issuer: A, subject: B}
  rounding: {places: 3}
  not_applicable: full_points
  classes: [{title: Good, from_percent: 80%}]
  known_slips: [{code: cri005, criterion: "1", reason: as printed}]
criteria:
  - id: "1"
    title: First
    max_points: 2.50
    children:
      - id: 1.10
        title: Leaf
        max_points: 2.5
        scored_by: survey
        rule_text: As printed
        rule: {shape: fixed, points: 1}
        not_applicable: rescale
        not_applicable_when: Never
        deadline: {text: In time, basis: A law, date: 2025-01-10, value: 7}
        minimum: {text: Once, verified: true}
        evidence:
          - id: bao-cao
            title: Report
            required: false
            document_type: Report
            alternatives: [Letter, Table]
            issued_between: {from: 1/1/2024, to: 2024-12-31}
            at_least: 2
          - {id: anh, title: Photo, document_type: Photo, alternatives: Link, issuer: unit}
  - id: II
    title: Bonus
    max_points: 1
    bonus: true
    cap: 0.5
    combine: highest
"""


def read(text: str) -> tuple[CriteriaSet, tuple[Finding, ...]]:
    criteria, findings = read_criteria(text.encode())
    assert criteria is not None
    return criteria, findings


def test_whole() -> None:
    criteria, findings = read(WHOLE)
    assert findings == ()
    assert (criteria.id, criteria.title, criteria.illustrative) == ("nho-2025", "Small set", True)
    assert criteria.total_points == Decimal("3.5")
    assert criteria.basis[0].issued_on == date(2022, 12, 15)
    assert (criteria.places, criteria.not_applicable) == (3, NotApplicable.FULL_POINTS)
    assert (criteria.classes[0].from_percent, criteria.classes[0].line) == (Decimal(80), 11)
    assert (criteria.known_slips[0].code, criteria.known_slips[0].line) == ("CRI005", 12)
    first, bonus = criteria.fields
    assert (first.depth, first.parent_id, first.max_points) == (0, None, Decimal("2.5"))
    assert (bonus.bonus, bonus.cap, bonus.combine) == (True, Decimal("0.5"), "highest")
    (leaf,) = first.children
    assert (leaf.id, leaf.depth, leaf.parent_id, leaf.line) == ("1.10", 1, "1", 18)
    assert leaf.scored_by is ScoredBy.SURVEY
    assert leaf.not_applicable is NotApplicable.RESCALE
    assert leaf.rule is not None
    assert leaf.rule.line == 23
    assert leaf.deadline is not None
    assert (leaf.deadline.on, leaf.deadline.value) == (date(2025, 1, 10), "7")
    assert leaf.minimum is not None
    assert leaf.minimum.verified
    report, photo = leaf.slots
    assert (report.required, report.at_least, report.alternatives) == (
        False,
        2,
        ("Letter", "Table"),
    )
    assert (report.issued_from, report.issued_to) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (photo.required, photo.alternatives, photo.at_least) == (True, ("Link",), 1)
    assert (report.issuer, photo.issuer) == ("", "unit")


def test_defaults() -> None:
    criteria, findings = read(
        "set: {id: a, title: b, total_points: 1}\ncriteria:\n- {id: 1, title: x, max_points: 1}\n"
    )
    assert findings == ()
    assert (criteria.places, criteria.not_applicable) == (2, NotApplicable.RESCALE)
    (leaf,) = criteria.leaves
    assert leaf.scored_by is ScoredBy.SELF
    assert leaf.slots == ()


def test_digest_is_of_the_bytes_whatever_ends_a_line() -> None:
    data = WHOLE.encode()
    assert digest(data) == hashlib.sha256(data).hexdigest()
    assert digest(data.replace(b"\n", b"\r\n")) == digest(data)
    assert read(WHOLE)[0].digest == digest(data)
    assert digest(data + b"#") != digest(data)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("max_points: 2.5\n", "max_points: a lot\n", ("YML006", 20, "max_points")),
        ("scored_by: survey", "scored_by: nobody", ("YML009", 21, "scored_by")),
        ("date: 2025-01-10", "date: 31/2/2025", ("YML008", 26, "date")),
        ("required: false", "required: maybe", ("YML009", 31, "required")),
        ("rule: {shape: fixed, points: 1}", "rule: fixed", ("YML005", 23, "rule")),
        ("title: Leaf", "titel: Leaf", ("YML003", 19, "titel")),
        ("issued_on: 15/12/2022", "issued_on: soon", ("YML008", 8, "issued_on")),
        ("places: 3", "places: 2,5", ("YML011", 9, "places")),
    ],
)
def test_a_bad_value_loses_only_its_line(old: str, new: str, found: tuple[str, int, str]) -> None:
    criteria, findings = read(WHOLE.replace(old, new, 1))
    assert found in places(findings)
    assert [leaf.id for leaf in criteria.leaves] == ["1.10", "II"]
    assert criteria.fields[0].children[0].slots[1].id == "anh"


def test_findings_name_the_criterion() -> None:
    _, findings = read(WHOLE.replace("title: Leaf", "titel: Leaf"))
    assert {finding.criterion for finding in findings} == {"1.10"}
    _, findings = read(WHOLE.replace("title: Small set", "titel: x"))
    assert {finding.criterion for finding in findings} == {None}


def test_duplicates_stay_for_the_checks() -> None:
    criteria, findings = read(WHOLE.replace("id: II", 'id: "1"'))
    assert findings == ()
    assert [node.id for node in criteria.walk()] == ["1", "1.10", "1"]


def test_a_branch_without_an_id_keeps_its_leaves() -> None:
    criteria, findings = read(WHOLE.replace('- id: "1"', '- id: "1 a"'))
    assert codes(findings) == ["YML012"]
    assert [leaf.id for leaf in criteria.leaves] == ["1.10", "II"]
    assert criteria.fields[0].id == "dong-14"


def test_a_leaf_without_an_id_is_lost() -> None:
    criteria, findings = read(WHOLE.replace("- id: II\n", "- cap: 1\n").replace("cap: 0.5", ""))
    assert places(findings) == [("YML004", 37, "id")]
    assert [leaf.id for leaf in criteria.leaves] == ["1.10"]


def test_a_maximum_that_is_lost_is_the_sum_of_what_is_below() -> None:
    criteria, _ = read(WHOLE.replace("max_points: 2.50", "max_points: x"))
    assert criteria.fields[0].max_points == Decimal("2.5")


@pytest.mark.parametrize("text", ["", "- a\n", "a: b: c", "\x01"])
def test_no_set_at_all(text: str) -> None:
    criteria, findings = read_criteria(text.encode())
    assert criteria is None
    assert codes(findings) == ["YML001"]


@pytest.mark.parametrize(
    "text",
    ["set: 1\n", "set: [1]\ncriteria: 2\n", "criteria:\n- 1\n- [2]\n-\n- {}\n", "x: 1"],
)
def test_a_wrong_shape_is_an_empty_set(text: str) -> None:
    criteria, findings = read(text)
    assert criteria.leaves == ()
    assert codes(findings)


def test_any_depth() -> None:
    lines = ["set: {id: a, title: b, total_points: 1}", "criteria:"]
    for depth in range(12):
        pad = "  " * (2 * depth)
        id_ = ".".join(["1"] * (depth + 1))
        lines.append(f"{pad}- id: {id_}")
        lines.append(f"{pad}  title: t")
        lines.append(f"{pad}  max_points: 1")
        lines.append(f"{pad}  children:")
    criteria, findings = read("\n".join(lines) + " []")
    assert findings == ()
    assert [leaf.depth for leaf in criteria.leaves] == [11]


def test_schema_describes_every_key() -> None:
    texts = read_catalogue("fields")

    def describe(record: str, key: str) -> str:
        return texts.text("fields", record, key)

    for record in (CRITERIA_RECORD, CRITERION_RECORD):
        for described in record.schema(describe)["properties"].values():
            assert described["description"]


def test_the_demonstration_is_read_without_a_finding() -> None:
    path = Path(__file__).parents[2] / "criteria.yml"
    criteria, findings = read_criteria(path.read_bytes())
    assert findings == ()
    assert criteria is not None
    assert criteria.total_points == sum(node.max_points for node in criteria.leaves)
