"""Dates of the plan that come within a week."""

from collections.abc import Iterator
from datetime import date

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.unit import Period

CHECK = Check("TIM004", "milestone-near", Severity.NOTICE, Kind.TIME)

_DAYS = 7


def run(facts: Facts) -> Iterator[Finding]:
    """One finding per date and title."""
    unit = facts.snapshot.unit
    if unit is None:
        return
    for on, title, variant in _dates(unit.period):
        days = (on - facts.today).days
        if 0 <= days <= _DAYS:
            yield CHECK.at(
                unit.path,
                subject=f"{on.isoformat()}.{title}",
                variant=variant,
                title=title,
                on=on,
                days=days,
            )


def _dates(period: Period) -> Iterator[tuple[date, str, str | None]]:
    for milestone in period.milestones:
        yield milestone.on, milestone.title, None
    for round_ in period.rounds:
        # The window of self-scoring has its own findings.
        if round_.opens is not None and round_.opens != period.opens:
            yield round_.opens, round_.title, "opens"
        if round_.closes is not None and round_.closes != period.closes:
            yield round_.closes, round_.title, "closes"
