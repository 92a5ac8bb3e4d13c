"""unit.yml: the table of its fields, and the commune made from them.

Dates that cannot be read fall back on the covered year, so that one wrong date costs its own
line and not the offices and assignments of a whole commune; the line is reported all the same.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from site_builder.loading.yaml_events import read_mapping
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode, Node, ScalarNode
from site_builder.model.rule import NumberKind
from site_builder.model.text import fold_key
from site_builder.model.unit import (
    Assignment,
    FindingException,
    Milestone,
    Office,
    Options,
    Period,
    Predecessor,
    Publish,
    Role,
    Round,
    Unit,
)
from site_builder.reading import problems
from site_builder.reading.fields import (
    IDENTIFIER,
    Choice,
    Date,
    Describe,
    Field,
    Flag,
    Identifier,
    ListOf,
    MapOf,
    Number,
    Record,
    Report,
    Text,
)

PATH = "unit.yml"
_YEAR = re.compile(r"\b(19|20)\d\d\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Year:
    """A calendar year in four digits."""

    def read(self, node: Node, key: str, report: Report) -> int | None:
        text = Text().read(node, key, report)
        if text is None:
            return None
        if _YEAR.fullmatch(text) is None:
            report.add(problems.NOT_A_NUMBER, node, key, key=key, value=text[:80])
            return None
        return int(text)

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"type": ["integer", "string"], "pattern": r"^(19|20)\d\d$"}


@dataclass(frozen=True, slots=True)
class AssignmentReader:
    """``{responsible, supporting}``, or the responsible office alone."""

    def read(self, node: Node, key: str, report: Report) -> dict[str, Any] | None:
        if isinstance(node, ScalarNode):
            text = node.text.strip()
            return {"responsible": text, "line": node.line} if text else None
        values: dict[str, Any] | None = ASSIGNMENT_RECORD.read(node, key, report)
        return None if values is None else {**values, "line": node.line}

    def schema(self, describe: Describe) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, ASSIGNMENT_RECORD.schema(describe)]}


def _predecessor(values: dict[str, Any], node: MappingNode) -> Predecessor | None:
    if not values.get("name"):
        return None
    return Predecessor(
        name=values["name"], from_=values.get("from"), to=values.get("to"), line=node.line
    )


def _milestone(values: dict[str, Any], node: MappingNode) -> Milestone | None:
    if "date" not in values:
        return None
    return Milestone(on=values["date"], title=values.get("title", ""), line=node.line)


def _round(values: dict[str, Any], node: MappingNode) -> Round | None:
    if "id" not in values:
        return None
    return Round(
        id=values["id"],
        title=values.get("title", values["id"]),
        opens=values.get("opens"),
        closes=values.get("closes"),
        line=node.line,
    )


def _exception(values: dict[str, Any], node: MappingNode) -> FindingException | None:
    if not values.get("code"):
        return None
    return FindingException(
        code=values["code"].upper(),
        criterion=values.get("criterion") or None,
        subject=values.get("subject") or None,
        reason=values.get("reason", ""),
        office=values.get("office") or None,
        line=node.line,
    )


def _options(values: dict[str, Any], _node: MappingNode) -> Options:
    default = Options()
    return Options(
        complete_check_days=int(values.get("complete_check_days", default.complete_check_days)),
        host_limit_mb=int(values.get("host_limit_mb", default.host_limit_mb)),
        hosts_allowed=tuple(host.lower() for host in values.get("hosts_allowed", ())),
        ocr=values.get("ocr", default.ocr),
        trust_folder=values.get("trust_folder", default.trust_folder),
    )


def _publish(values: dict[str, Any], node: MappingNode) -> Publish:
    # Incomplete decisions are kept: a check says what they lack.
    return Publish(
        what=values.get("what", ""),
        after=values.get("after", ""),
        document=values.get("document", ""),
        line=node.line,
    )


_WHOLE = Number(NumberKind.COUNT, whole=True)

PREDECESSOR_RECORD = Record(
    "predecessor",
    (Field("name", Text(), required=True), Field("from", Date()), Field("to", Date())),
    _predecessor,
)
MILESTONE_RECORD = Record(
    "milestone",
    (Field("date", Date(), required=True), Field("title", Text(), required=True)),
    _milestone,
)
ROUND_RECORD = Record(
    "round",
    (
        Field("id", Identifier(), required=True),
        Field("title", Text(), required=True),
        Field("opens", Date()),
        Field("closes", Date()),
    ),
    _round,
)
PERIOD_RECORD = Record(
    "period",
    (
        Field("id", Identifier(), required=True),
        Field("year", Year(), required=True),
        Field(
            "covers",
            Record(
                "covers", (Field("from", Date(), required=True), Field("to", Date(), required=True))
            ),
            required=True,
        ),
        Field(
            "self_scoring",
            Record(
                "self_scoring",
                (Field("opens", Date(), required=True), Field("closes", Date(), required=True)),
            ),
            required=True,
        ),
        Field("milestones", ListOf(MILESTONE_RECORD)),
        Field("rounds", ListOf(ROUND_RECORD)),
    ),
)
OFFICE_RECORD = Record(
    "office",
    (
        Field("title", Text(), required=True),
        Field("role", Choice.of(Role)),
        Field("emails", ListOf(Text(), lone=True)),
        Field("from", Date()),
        Field("to", Date()),
    ),
)
ASSIGNMENT_RECORD = Record(
    "assignment",
    (
        Field("responsible", Text(), required=True),
        Field("supporting", ListOf(Text(), lone=True)),
    ),
)
EXCEPTION_RECORD = Record(
    "exception",
    (
        Field("code", Text(), required=True),
        Field("criterion", Text()),
        Field("subject", Text()),
        Field("reason", Text(long=True)),
        Field("office", Text()),
    ),
    _exception,
)
OPTIONS_RECORD = Record(
    "options",
    (
        Field("complete_check_days", _WHOLE),
        Field("host_limit_mb", Number(NumberKind.COUNT, minimum=Decimal(1), whole=True)),
        Field("hosts_allowed", ListOf(Text(), lone=True)),
        Field("ocr", Flag()),
        Field("trust_folder", Text()),
    ),
    _options,
)
PUBLISH_RECORD = Record(
    "publish",
    (
        Field("what", Text(long=True)),
        Field("after", Choice({"approval": "approval", "result": "result"})),
        Field("document", Text()),
    ),
    _publish,
)
UNIT_RECORD = Record(
    "unit_file",
    (
        Field(
            "unit",
            Record(
                "unit",
                (
                    Field("name", Text(), required=True),
                    Field("parent", Text()),
                    Field("place", Text()),
                    Field("predecessors", ListOf(PREDECESSOR_RECORD)),
                ),
            ),
            required=True,
        ),
        Field("period", PERIOD_RECORD, required=True),
        Field("offices", MapOf(OFFICE_RECORD)),
        Field("assignments", MapOf(AssignmentReader())),
        Field("criteria_set", Text()),
        Field("exceptions", ListOf(EXCEPTION_RECORD)),
        Field("options", OPTIONS_RECORD),
        Field("publish", PUBLISH_RECORD),
    ),
)


def read_unit(data: bytes) -> tuple[Unit | None, tuple[Finding, ...]]:
    """The commune; None when unit.yml cannot be read, or does not even say which year it is."""
    report = Report(PATH)
    root = read_mapping(data, PATH, report)
    if root is None:
        return None, tuple(report.findings)
    values = UNIT_RECORD.read(root, "", report)
    period = _period(values.get("period", {}), root)
    if period is None:
        return None, tuple(report.findings)
    described = values.get("unit", {})
    set_id, _, set_digest = values.get("criteria_set", "").partition("@")
    set_digest = set_digest.strip().lower()
    unit = Unit(
        name=described.get("name", ""),
        parent=described.get("parent", ""),
        place=described.get("place", ""),
        predecessors=described.get("predecessors", ()),
        period=period,
        offices=_offices(values.get("offices", ()), report),
        assignments={
            name.text.strip(): Assignment(
                criterion=name.text.strip(),
                responsible=value.get("responsible", ""),
                supporting=value.get("supporting", ()),
                line=name.line,
            )
            for name, value in values.get("assignments", ())
        },
        criteria_set_id=set_id.strip(),
        criteria_set_digest=set_digest,
        criteria_set_line=_line(root, "criteria_set"),
        exceptions=values.get("exceptions", ()),
        options=values.get("options", Options()),
        publish=values.get("publish"),
    )
    return unit, tuple(report.findings)


def _line(root: MappingNode, key: str) -> int:
    for name, _ in root:
        if fold_key(name.text) == key:
            return name.line
    return root.line


def _offices(
    pairs: tuple[tuple[ScalarNode, dict[str, Any]], ...], report: Report
) -> dict[str, Office]:
    offices = {}
    for name, values in pairs:
        key = name.text.strip()
        if IDENTIFIER.match(key) is None:
            report.add(problems.BAD_IDENTIFIER, name, key[:80], key="offices", value=key[:80])
        offices[key] = Office(
            key=key,
            title=values.get("title", key),
            role=values.get("role", Role.CONTRIBUTOR),
            emails=tuple(email.strip().lower() for email in values.get("emails", ()) if email),
            from_=values.get("from"),
            to=values.get("to"),
            line=name.line,
        )
    return offices


def _period(values: dict[str, Any], root: MappingNode) -> Period | None:
    """The period, with what is absent filled from what is there; None without any year."""
    covers, window = values.get("covers", {}), values.get("self_scoring", {})
    id_: str = values.get("id", "")
    year: int | None = values.get("year")
    if year is None:
        named = _YEAR.search(id_)
        known = covers.get("from") or covers.get("to") or window.get("opens")
        year = int(named[0]) if named else known.year if known else None
    if year is None:
        return None
    covers_from = covers.get("from") or date(year, 1, 1)
    covers_to = covers.get("to") or date(max(year, covers_from.year), 12, 31)
    opens = window.get("opens") or covers_from
    return Period(
        id=id_ or str(year),
        year=year,
        covers_from=covers_from,
        covers_to=covers_to,
        opens=opens,
        # Nobody's deadline may pass because of a date that could not be read.
        closes=window.get("closes")
        or date(min(max(opens, covers_to).year + 1, date.max.year), 12, 31),
        milestones=values.get("milestones", ()),
        rounds=values.get("rounds", ()),
        line=_line(root, "period"),
        lines={
            fold_key(name.text): name.line
            for key, node in root
            if fold_key(key.text) == "period" and isinstance(node, MappingNode)
            for name, _ in node
        },
    )
