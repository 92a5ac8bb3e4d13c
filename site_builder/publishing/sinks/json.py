"""Findings for programs; ``schema findings`` describes them."""

import enum
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from site_builder.messages import Catalogue
from site_builder.model.finding import Finding
from site_builder.model.snapshot import Snapshot
from site_builder.publishing.sinks.plain import as_json, count, counting

# Grows when a field changes its meaning or goes; new fields do not change it.
VERSION = 1


def write(findings: tuple[Finding, ...], texts: Catalogue, snapshot: Snapshot) -> str:
    """All findings, suppressed ones included, in an envelope that says what was looked at."""
    criteria, unit = snapshot.criteria, snapshot.unit
    document = {
        "version": VERSION,
        "criteria_set": {"id": criteria.id, "digest": criteria.digest} if criteria else None,
        "period": unit.period.id if unit else None,
        "commit": snapshot.revision.commit or None,
        "counts": {severity.word: number for severity, number in count(counting(findings)).items()},
        "findings": [_finding(finding, texts) for finding in findings],
    }
    return as_json(document)


def _finding(finding: Finding, texts: Catalogue) -> dict[str, object]:
    check, where, answer = finding.check, finding.location, finding.suppressed
    return {
        "id": finding.id,
        "code": check.code,
        "name": check.name,
        "severity": check.severity.word,
        "kind": check.kind.value,
        "criterion": finding.criterion,
        "office": finding.office,
        "location": {
            "path": where.path,
            "line": where.line,
            "column": where.column,
            "page": where.page,
            "cell": where.cell,
        },
        "params": {name: _value(value) for name, value in finding.params.items()},
        "message": texts.message(finding),
        "hint": texts.hint(finding),
        "suppressed": answer and {"reason": answer.reason, "office": answer.office},
    }


def _value(value: object) -> object:
    """A parameter as JSON knows it; exact numbers become text, so that none is rounded."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return _value(value.value)
    if isinstance(value, Mapping):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(str(_value(item)) for item in value)
    return str(value)
