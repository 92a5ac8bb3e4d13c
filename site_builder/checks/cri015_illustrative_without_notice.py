"""A set that only illustrates says so on every page."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI015", "illustrative-without-notice", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is not None and criteria.illustrative and not criteria.notice.strip():
        yield CHECK.at(criteria.path, line=criteria.line)
