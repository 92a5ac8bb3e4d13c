"""Some findings cannot be excepted: what was not read, and what is public against the rules."""

from collections.abc import Iterator

from site_builder.checks.protocols import Answered, Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI010", "exception-refused", Severity.ERROR, answerable=False)


def run(answered: Answered, facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    for exception in answered.forbidden:
        yield CHECK.at(
            unit.path,
            line=exception.line,
            criterion=exception.criterion,
            subject=f"{exception.code}:{exception.subject or ''}",
            code=exception.code,
        )
