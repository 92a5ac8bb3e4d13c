"""records/: what happened after the self-assessment; only results so far reach the pages."""

from typing import Any

from site_builder.loading.yaml_events import read_mapping
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode
from site_builder.model.rule import NumberKind, Result
from site_builder.model.snapshot import APPROVAL_PATH, PURGED_PATH, Approval, Tombstone
from site_builder.reading.fields import (
    Date,
    Field,
    ListOf,
    MapOf,
    Number,
    Record,
    Report,
    Text,
)
from site_builder.reading.numbers import show_date

RESULTS_PATH = "records/results.yml"


def _result(values: dict[str, Any], node: MappingNode) -> Result:
    answers, figures = values.get("phieu"), values.get("so_lieu")
    issued_on = values.get("ngay")
    return Result(
        points=values.get("diem"),
        answers=None if answers is None else {name.text.strip(): count for name, count in answers},
        figures=None if figures is None else {name.text.strip(): value for name, value in figures},
        document_number=values.get("so", ""),
        issued_on=show_date(issued_on) if issued_on else "",
        issuer=values.get("co_quan", ""),
        line=node.line,
    )


RESULT_RECORD = Record(
    "result",
    (
        Field("diem", Number(minimum=None)),
        Field("phieu", MapOf(Number(NumberKind.COUNT, whole=True))),
        Field("so_lieu", MapOf(Number(minimum=None))),
        Field("so", Text()),
        Field("ngay", Date()),
        Field("co_quan", Text()),
    ),
    _result,
)
RESULTS_RECORD = Record("results", (Field("results", MapOf(RESULT_RECORD)),))


def read_results(data: bytes) -> tuple[dict[str, Result], tuple[Finding, ...]]:
    """Decisions of higher bodies by leaf id."""
    report = Report(RESULTS_PATH)
    root = read_mapping(data, RESULTS_PATH, report)
    if root is None:
        return {}, tuple(report.findings)
    values = RESULTS_RECORD.read(root, "", report)
    results = {name.text.strip(): result for name, result in values.get("results", ())}
    return results, tuple(report.findings)


def _tombstone(values: dict[str, Any], node: MappingNode) -> Tombstone:
    return Tombstone(
        id=values.get("id", ""),
        criterion=values.get("tieu_chi", ""),
        reason=values.get("ly_do", ""),
        office=values.get("bo_phan", ""),
        on=values.get("ngay"),
        line=node.line,
    )


TOMBSTONE_RECORD = Record(
    "tombstone",
    (
        Field("id", Text(), required=True),
        Field("tieu_chi", Text()),
        Field("ly_do", Text(), required=True),
        Field("bo_phan", Text(), required=True),
        Field("ngay", Date()),
    ),
    _tombstone,
)
PURGED_RECORD = Record("purged", (Field("purged", ListOf(TOMBSTONE_RECORD)),))


def read_purged(data: bytes) -> tuple[tuple[Tombstone, ...], tuple[Finding, ...]]:
    """What was taken out of the history, and why."""
    report = Report(PURGED_PATH)
    root = read_mapping(data, PURGED_PATH, report)
    if root is None:
        return (), tuple(report.findings)
    values = PURGED_RECORD.read(root, "", report)
    return tuple(values.get("purged", ())), tuple(report.findings)


def _approval(values: dict[str, Any], node: MappingNode) -> Approval:
    leaves = {name.text.strip(): digest for name, digest in values.get("tieu_chi", ())}
    return Approval(
        digest=values.get("ma_tong", "").lower(),
        on=values.get("ngay"),
        by=values.get("bo_phan", ""),
        document=values.get("so", ""),
        period=values.get("ky", ""),
        set_id=values.get("bo_tieu_chi", ""),
        commit=values.get("ban_ghi", ""),
        leaves={id_: digest.lower() for id_, digest in leaves.items()},
        line=node.line,
    )


APPROVAL_RECORD = Record(
    "approval",
    (
        Field("so", Text(), required=True),
        Field("ngay", Date(), required=True),
        Field("bo_phan", Text(), required=True),
        Field("ky", Text(), required=True),
        Field("bo_tieu_chi", Text()),
        Field("ban_ghi", Text()),
        Field("ma_tong", Text(), required=True),
        Field("tieu_chi", MapOf(Text()), required=True),
    ),
    _approval,
)
APPROVALS_RECORD = Record("approvals", (Field("approval", APPROVAL_RECORD),))


def read_approval(data: bytes) -> tuple[Approval | None, tuple[Finding, ...]]:
    """The chair's approval; None when the file holds none that says what was approved."""
    report = Report(APPROVAL_PATH)
    root = read_mapping(data, APPROVAL_PATH, report)
    if root is None:
        return None, tuple(report.findings)
    found: Approval | None = APPROVALS_RECORD.read(root, "", report).get("approval")
    known = found is not None and bool(found.digest) and bool(found.leaves)
    return found if known else None, tuple(report.findings)
