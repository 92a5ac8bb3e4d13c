"""Offices named in assignments and exceptions are listed under ``offices``."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Unit

CHECK = Check("UNI003", "unknown-office", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    """One finding for each unknown office, however many lines name it."""
    unit = facts.snapshot.unit
    # Without any office there is one thing to say, and it is said by itself.
    if unit is None or not unit.offices or "offices" in facts.unread(unit.path):
        return
    lines: dict[str, list[int]] = {}
    for key, line in _named(unit):
        if key and key not in unit.offices:
            lines.setdefault(key, []).append(line)
    for key, named in lines.items():
        near = nearest(key, unit.offices)
        yield CHECK.at(
            unit.path,
            line=named[0],
            subject=key,
            variant="near" if near else None,
            key=key,
            near=near,
            lines=tuple(dict.fromkeys(named)),
            known=tuple(unit.offices),
        )


def _named(unit: Unit) -> Iterator[tuple[str, int]]:
    for assignment in unit.assignments.values():
        for key in (assignment.responsible, *assignment.supporting):
            yield key, assignment.line
    for exception in unit.exceptions:
        if exception.office is not None:
            yield exception.office, exception.line
