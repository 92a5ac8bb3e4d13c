"""No assessor gives more than the maximum of a leaf."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.verdict_rows import at_row, faulty
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Fault

CHECK = Check("VER004", "verdict-above-maximum", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for sheet, row, _ in faulty(facts, Fault.ABOVE_MAX):
        yield at_row(
            CHECK, sheet, row, points=row.points, max_points=criteria.by_id[row.leaf].max_points
        )
