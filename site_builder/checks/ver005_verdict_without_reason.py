"""A new score has points and a reason; who asks for more says for what."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.verdict_rows import at_row, faulty
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Fault

CHECK = Check("VER005", "verdict-without-reason", Severity.ERROR)
_VARIANTS = {Fault.NO_REASON: None, Fault.NO_POINTS: "points", Fault.NO_DEMAND: "demand"}


def run(facts: Facts) -> Iterator[Finding]:
    for sheet, row, fault in faulty(facts, *_VARIANTS):
        yield at_row(CHECK, sheet, row, _VARIANTS[fault])
