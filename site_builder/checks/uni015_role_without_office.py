"""Somebody coordinates and somebody approves, or reminders and papers have no addressee."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.unit import Role

CHECK = Check("UNI015", "role-without-office", Severity.WARNING, Kind.INCOMPLETE)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None or facts.unread(unit.path) & {"offices", "role"}:
        return
    if not unit.offices:
        yield CHECK.at(unit.path, variant="offices")
        return
    roles = {office.role for office in unit.offices.values()}
    for role in (Role.COORDINATOR, Role.APPROVER):
        if role not in roles:
            yield CHECK.at(unit.path, subject=role.value, variant=role.value)
