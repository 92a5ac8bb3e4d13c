"""A verdict names the commune and the period it is about; one for others does not count."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.verdict_rows import at_row, faulty
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Fault

CHECK = Check("VER001", "verdict-of-other-unit", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    for sheet, row, fault in faulty(facts, Fault.UNIT, Fault.PERIOD):
        period = fault is Fault.PERIOD
        yield at_row(
            CHECK,
            sheet,
            row,
            "period" if period else None,
            written=row.period if period else row.unit,
            wanted=unit.period.id if period else unit.name,
        )
