"""A field holds criteria: pages, sums and folders need at least two levels."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI004", "field-without-criteria", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    # Children that could not be read are reported as such, not as absent.
    if criteria is None or not facts.sums_are_known:
        return
    if not criteria.fields:
        yield CHECK.at(criteria.path, line=criteria.line, variant="set")
    for field in criteria.fields:
        if field.is_leaf:
            yield CHECK.at(criteria.path, line=field.line, criterion=field.id, title=field.title)
