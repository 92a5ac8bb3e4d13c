"""Where the run stands in the window of self-scoring."""

from collections.abc import Iterator

from site_builder.checks.progress import incomplete
from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity

NOT_OPEN = Check("TIM001", "window-not-open", Severity.NOTICE, Kind.TIME)
OPEN = Check("TIM002", "window-open", Severity.NOTICE, Kind.TIME)
CLOSED = Check("TIM003", "window-closed", Severity.WARNING, Kind.TIME)
CHECKS = (NOT_OPEN, OPEN, CLOSED)


def run(facts: Facts) -> Iterator[Finding]:
    """At most one finding, and none when everything is done."""
    unit = facts.snapshot.unit
    if unit is None:
        return
    left = incomplete(facts)
    if not left:
        return
    period, today = unit.period, facts.today
    if today < period.opens:
        yield NOT_OPEN.at(
            unit.path,
            subject=period.id,
            opens=period.opens,
            closes=period.closes,
            days=(period.opens - today).days,
        )
    elif today > period.closes:
        yield CLOSED.at(
            unit.path,
            subject=period.id,
            closes=period.closes,
            days=(today - period.closes).days,
            count=len(left),
        )
    else:
        days = (period.closes - today).days
        yield OPEN.at(
            unit.path,
            subject=period.id,
            variant=None if days else "last_day",
            closes=period.closes,
            days=days,
            count=len(left),
            total=len(facts.leaves),
        )
