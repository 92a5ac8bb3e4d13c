"""Criteria are prepared by offices that prepare papers, not by the one that approves them."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Role

CHECK = Check("UNI006", "office-may-not-contribute", Severity.WARNING)

_PREPARE = frozenset({Role.CONTRIBUTOR, Role.COORDINATOR})


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    for assignment in unit.assignments.values():
        office = unit.offices.get(assignment.responsible)
        if office is not None and office.role not in _PREPARE:
            yield CHECK.at(
                unit.path,
                line=assignment.line,
                criterion=assignment.criterion,
                subject=office.key,
                variant=office.role.value,
                title=office.title,
            )
