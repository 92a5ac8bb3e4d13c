"""Dates of the period lie near the year it covers: a slip of the pen moves them by years."""

from collections.abc import Iterator
from datetime import date, timedelta

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Period

CHECK = Check("UNI002", "improbable-date", Severity.WARNING)

# Appraisal and publication follow within two years; plans are made in the year before.
_BEFORE = timedelta(days=366)
_AFTER = timedelta(days=2 * 366)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    period = unit.period
    if period.covers_from > period.covers_to:
        return
    first, last = period.covers_from - _BEFORE, period.covers_to + _AFTER
    for line, variant, name, day in _days(period):
        if day is not None and not first <= day <= last:
            yield CHECK.at(
                unit.path,
                line=line,
                subject=f"{variant}:{name}",
                variant=variant,
                name=name,
                day=day,
                start=period.covers_from,
                end=period.covers_to,
            )
    if not period.covers_from.year <= period.year <= period.covers_to.year:
        yield CHECK.at(
            unit.path,
            line=period.line_of("year"),
            subject="year",
            variant="year",
            name=str(period.year),
            day=period.covers_from,
            start=period.covers_from,
            end=period.covers_to,
        )


def _days(period: Period) -> Iterator[tuple[int, str, str, date | None]]:
    window = period.line_of("self_scoring")
    yield window, "opens", "", period.opens
    yield window, "closes", "", period.closes
    for milestone in period.milestones:
        yield milestone.line, "milestone", milestone.title, milestone.on
    for round_ in period.rounds:
        yield round_.line, "round_opens", round_.title or round_.id, round_.opens
        yield round_.line, "round_closes", round_.title or round_.id, round_.closes
