"""Assignments name criteria of the set; after a new set some may name nothing."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI004", "assignment-without-criterion", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    unit, criteria = facts.snapshot.unit, facts.snapshot.criteria
    if unit is None or criteria is None or not facts.set_is_whole:
        return
    for assignment in unit.assignments.values():
        if assignment.criterion not in criteria.by_id:
            # Ids differ by single digits, so only a different spelling is worth proposing.
            near = nearest(assignment.criterion, criteria.by_id, cutoff=0.99)
            yield CHECK.at(
                unit.path,
                line=assignment.line,
                subject=assignment.criterion,
                variant="near" if near else None,
                id=assignment.criterion,
                near=near,
            )
