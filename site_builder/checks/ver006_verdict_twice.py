"""An assessor has one opinion of a leaf in a round: the last one written."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.verdict_rows import at_row, faulty
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Fault

CHECK = Check("VER006", "verdict-written-twice", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    for sheet, row, _ in faulty(facts, Fault.TWICE):
        yield at_row(CHECK, sheet, row)
