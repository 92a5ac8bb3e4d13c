"""records/: what happened after the self-assessment; only results so far reach the pages."""

from typing import Any

from site_builder.loading.yaml_events import read_mapping
from site_builder.model.finding import Finding
from site_builder.model.node import MappingNode
from site_builder.model.rule import NumberKind, Result
from site_builder.reading.fields import Date, Field, MapOf, Number, Record, Report, Text
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
