"""Whether findings fail a run (design, section 6 "Findings")."""

from collections.abc import Iterable
from datetime import date, timedelta

from site_builder.model.finding import Finding, Kind, Severity
from site_builder.model.unit import Unit


def fails(
    findings: Iterable[Finding],
    *,
    fail_on: Severity,
    complete: bool,
    today: date,
    unit: Unit | None,
) -> bool:
    """True when a finding that counts is at or above ``fail_on``.

    Faults always count. What is merely not done yet counts when asked for (``complete``) or
    from ``complete_check_days`` before the window closes.
    """
    everything = complete or near_closing(today, unit)
    return any(
        finding.check.severity >= fail_on
        and finding.suppressed is None
        and (everything or finding.check.kind is Kind.WRONG)
        for finding in findings
    )


def near_closing(today: date, unit: Unit | None) -> bool:
    """The window closes within the unit's ``complete_check_days``, or has closed."""
    if unit is None:
        return False
    return today >= unit.period.closes - timedelta(days=unit.options.complete_check_days)
