"""An exception names a code that exists, says why and, for people's data, who answers for it."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.checks.retired import RETIRED
from site_builder.checks.suppression import is_answered_for
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI011", "bad-exception", Severity.ERROR)

# "TRE-015" means TRE015; a code with another digit means anything.
_ALIKE = 0.9


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    for exception in unit.exceptions:
        code = exception.code.strip().upper()
        variant = None
        if code in RETIRED:
            variant = "retired"
        elif facts.known_codes and code not in facts.known_codes:
            variant = "unknown"
        elif not exception.reason.strip():
            variant = "reason"
        elif not is_answered_for(exception, unit):
            variant = "office"
        if variant is not None:
            near = nearest(code, facts.known_codes, _ALIKE) if variant == "unknown" else ""
            yield CHECK.at(
                unit.path,
                line=exception.line,
                criterion=exception.criterion,
                subject=f"{code}:{exception.subject or ''}",
                variant="near" if near else variant,
                code=code,
                near=near,
            )
