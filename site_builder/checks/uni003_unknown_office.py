"""Offices named in assignments and exceptions are listed under ``offices``."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Unit

CHECK = Check("UNI003", "unknown-office", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None or "offices" in facts.unread(unit.path):
        return
    for line, where, key in _named(unit):
        if key and key not in unit.offices:
            near = nearest(key, unit.offices)
            yield CHECK.at(
                unit.path,
                line=line,
                subject=f"{where}:{key}",
                variant="near" if near else None,
                key=key,
                near=near,
                known=tuple(unit.offices),
            )


def _named(unit: Unit) -> Iterator[tuple[int, str, str]]:
    for assignment in unit.assignments.values():
        for key in (assignment.responsible, *assignment.supporting):
            yield assignment.line, assignment.criterion, key
    for exception in unit.exceptions:
        if exception.office is not None:
            yield exception.line, exception.code, exception.office
