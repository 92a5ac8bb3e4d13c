"""Verdicts are for leaves that assessors judge."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.verdict_rows import at_row, faulty
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Fault

CHECK = Check("VER003", "verdict-for-unknown-leaf", Severity.ERROR)
_VARIANTS = {Fault.LEAF: None, Fault.INNER: "inner", Fault.NOT_APPRAISED: "others"}


def run(facts: Facts) -> Iterator[Finding]:
    for sheet, row, fault in faulty(facts, *_VARIANTS):
        # A part of the set that could not be read is reported with the set.
        if fault is Fault.LEAF and not facts.set_is_whole:
            continue
        yield at_row(CHECK, sheet, row, _VARIANTS[fault])
