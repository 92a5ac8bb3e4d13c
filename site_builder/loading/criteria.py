"""criteria.yml: the table of its fields, and the set made from them.

One bad value loses its own line: a leaf whose deadline cannot be read is still a leaf. Clashing
ids and sums that do not add up stay in the tree, for the checks to see.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from site_builder.loading.yaml_events import read_mapping
from site_builder.model.criteria import (
    Basis,
    CriteriaSet,
    Criterion,
    KnownSlip,
    NotApplicable,
    Note,
    ScoreClass,
    ScoredBy,
    Slot,
)
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode, Node, ScalarNode
from site_builder.model.rule import NumberKind
from site_builder.reading.fields import (
    Choice,
    Date,
    Describe,
    Field,
    Flag,
    Identifier,
    ListOf,
    Number,
    Raw,
    Record,
    Report,
    Text,
)

PATH = "criteria.yml"
# Half up to more than six places tells nobody anything.
_MOST_PLACES = 6
_NO_POINTS = Decimal(0)
_SCORER_OF = {"survey": ScoredBy.SURVEY, "external": ScoredBy.EXTERNAL}


@dataclass(frozen=True, slots=True)
class Children:
    """The criteria below a node, read one by one with the id and depth of their parent."""

    def read(self, node: Node, key: str, report: Report) -> tuple[Node, ...] | None:
        return ListOf(Raw()).read(node, key, report)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": "array", "items": {"$ref": "#/$defs/criterion"}}


def _basis(values: dict[str, Any], _node: MappingNode) -> Basis:
    return Basis(
        document_number=values.get("document_number", ""),
        issued_on=values.get("issued_on"),
        issuer=values.get("issuer", ""),
        subject=values.get("subject", ""),
    )


def _score_class(values: dict[str, Any], node: MappingNode) -> ScoreClass | None:
    if "title" not in values or "from_percent" not in values:
        return None
    return ScoreClass(**values, line=node.line)


def _known_slip(values: dict[str, Any], node: MappingNode) -> KnownSlip | None:
    if not values.get("code"):
        return None
    return KnownSlip(
        code=values["code"].upper(),
        criterion=values.get("criterion"),
        reason=values.get("reason", ""),
        line=node.line,
    )


def _slot(values: dict[str, Any], node: MappingNode) -> Slot | None:
    if "id" not in values:
        return None
    window = values.get("issued_between", {})
    return Slot(
        id=values["id"],
        title=values.get("title", values["id"]),
        required=values.get("required", True),
        document_type=values.get("document_type", ""),
        alternatives=values.get("alternatives", ()),
        issued_from=window.get("from"),
        issued_to=window.get("to"),
        at_least=int(values.get("at_least", 1)),
        issuer=values.get("issuer", "").strip(),
        line=node.line,
    )


def _note(values: dict[str, Any], _node: MappingNode) -> Note | None:
    if not values.get("text"):
        return None
    return Note(
        text=values["text"],
        basis=values.get("basis", ""),
        verified=values.get("verified", False),
        value=values.get("value", ""),
        on=values.get("date"),
    )


_COUNT = Number(NumberKind.COUNT, whole=True)

BASIS_RECORD = Record(
    "basis",
    (
        Field("document_number", Text(), required=True),
        Field("issued_on", Date()),
        Field("issuer", Text()),
        Field("subject", Text()),
    ),
    _basis,
)
CLASS_RECORD = Record(
    "class",
    (
        Field("title", Text(), required=True),
        Field("from_percent", Number(NumberKind.PERCENT), required=True),
    ),
    _score_class,
)
KNOWN_SLIP_RECORD = Record(
    "known_slip",
    (
        Field("code", Text(), required=True),
        Field("criterion", Text()),
        Field("reason", Text(long=True), required=True),
    ),
    _known_slip,
)
SLOT_RECORD = Record(
    "slot",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("required", Flag()),
        Field("document_type", Text(), required=True),
        Field("alternatives", ListOf(Text(), lone=True)),
        Field("issued_between", Record("date_range", (Field("from", Date()), Field("to", Date())))),
        Field("at_least", Number(NumberKind.COUNT, minimum=Decimal(1), whole=True)),
        Field("issuer", Text()),
    ),
    _slot,
)
NOTE_RECORD = Record(
    "note",
    (
        Field("text", Text(), required=True),
        Field("basis", Text()),
        Field("verified", Flag()),
        Field("value", Text()),
        Field("date", Date()),
    ),
    _note,
)
SET_RECORD = Record(
    "set",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("illustrative", Flag()),
        Field("notice", Text(long=True)),
        Field("total_points", Number(), required=True),
        Field("basis", ListOf(BASIS_RECORD)),
        Field("rounding", Record("rounding", (Field("places", _COUNT, required=True),))),
        Field("not_applicable", Choice.of(NotApplicable)),
        Field("classes", ListOf(CLASS_RECORD)),
        Field("known_slips", ListOf(KNOWN_SLIP_RECORD)),
    ),
)
CRITERION_RECORD = Record(
    "criterion",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("max_points", Number(), required=True),
        Field("children", Children()),
        Field("scored_by", Choice.of(ScoredBy)),
        Field("rule_text", Text(long=True)),
        Field("rule", Raw("mapping")),
        Field("evidence", ListOf(SLOT_RECORD)),
        Field("not_applicable_when", Text(long=True)),
        Field("not_applicable", Choice.of(NotApplicable)),
        Field("deadline", NOTE_RECORD),
        Field("minimum", NOTE_RECORD),
        Field("bonus", Flag()),
        Field("cap", Number()),
        Field("combine", Choice({"sum": "sum", "highest": "highest"})),
    ),
)
CRITERIA_RECORD = Record(
    "criteria",
    (Field("set", SET_RECORD, required=True), Field("criteria", Children(), required=True)),
)


def digest(data: bytes) -> str:
    """sha256 in hex of criteria.yml, the same whether lines end in CRLF or LF."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def read_criteria(data: bytes) -> tuple[CriteriaSet | None, tuple[Finding, ...]]:
    """The set that criteria.yml holds; None when the file cannot be read at all."""
    report = Report(PATH)
    root = read_mapping(data, PATH, report)
    if root is None:
        return None, tuple(report.findings)
    values = CRITERIA_RECORD.read(root, "", report)
    described = values.get("set", {})
    fields = _read_nodes(values.get("criteria", ()), report, 0, None)
    header = root.get("set")
    line = header.line if header is not None else root.line
    total = header.get("total_points") if isinstance(header, MappingNode) else None
    criteria = CriteriaSet(
        id=described.get("id", ""),
        title=described.get("title", ""),
        illustrative=described.get("illustrative", False),
        notice=described.get("notice", ""),
        total_points=described.get("total_points"),
        basis=described.get("basis", ()),
        places=min(int(described.get("rounding", {}).get("places", 2)), _MOST_PLACES),
        not_applicable=described.get("not_applicable", NotApplicable.RESCALE),
        classes=described.get("classes", ()),
        known_slips=described.get("known_slips", ()),
        fields=fields,
        digest=digest(data),
        line=line,
        total_line=total.line if total is not None else line,
    )
    return criteria, tuple(report.findings)


def _read_nodes(
    nodes: tuple[Node, ...], report: Report, depth: int, parent_id: str | None
) -> tuple[Criterion, ...]:
    found = (_read_node(node, report, depth, parent_id) for node in nodes)
    return tuple(criterion for criterion in found if criterion is not None)


def _read_node(node: Node, report: Report, depth: int, parent_id: str | None) -> Criterion | None:
    """A criterion with everything below it; None when it has no id to be known by."""
    outer = report.criterion
    named = node.get("id") if isinstance(node, MappingNode) else None
    if isinstance(named, ScalarNode):
        report.criterion = named.text.strip()
    before = len(report.findings)
    values = CRITERION_RECORD.read(node, "criteria", report)
    report.criterion = outer
    if values is None:
        return None
    below: tuple[Node, ...] = values.get("children", ())
    id_ = values.get("id")
    if id_ is None:
        if not below:
            return None
        # The branch keeps its leaves, and so their folders: only this node's name is lost.
        id_ = f"dong-{node.line}"
    children = _read_nodes(below, report, depth + 1, id_)
    points = values.get("max_points")
    if points is None:
        # Reported already; the sum of the children spares a second report about the same line.
        points = sum((child.max_points for child in children if not child.bonus), _NO_POINTS)
    return Criterion(
        id=id_,
        title=values.get("title", id_),
        max_points=points,
        depth=depth,
        parent_id=parent_id,
        children=children,
        scored_by=values.get("scored_by") or _scorer(values, report.findings[before:]),
        rule_text=values.get("rule_text", ""),
        rule=values.get("rule"),
        slots=values.get("evidence", ()),
        not_applicable_when=values.get("not_applicable_when", ""),
        not_applicable=values.get("not_applicable"),
        deadline=values.get("deadline"),
        minimum=values.get("minimum"),
        bonus=values.get("bonus", False),
        cap=values.get("cap"),
        combine=values.get("combine", "sum"),
        line=node.line,
    )


def _scorer(values: dict[str, Any], found: list[Finding]) -> ScoredBy:
    """Who scores a leaf that does not say so: the commune.

    Where it does say so and cannot be read, that is reported, and what the rule tells is taken,
    so that nothing else is said about the same slip.
    """
    if all(finding.subject != "scored_by" for finding in found):
        return ScoredBy.SELF
    rule = values.get("rule")
    if rule is None:
        return ScoredBy.EXTERNAL
    shape = rule.get("shape")
    named = shape.text.strip() if isinstance(shape, ScalarNode) else ""
    return _SCORER_OF.get(named, ScoredBy.SELF)
