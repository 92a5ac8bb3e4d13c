"""Rows of verdict sheets that do not count, for the checks that say why."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Location
from site_builder.model.verdict import Fault, Verdict, VerdictSheet, sorted_out


def faulty(facts: Facts, *faults: Fault) -> Iterator[tuple[VerdictSheet, Verdict, Fault]]:
    """The rows with one of the faults, in the order of files."""
    snapshot = facts.snapshot
    if not snapshot.verdicts.sheets:
        return
    for sheet, row, fault in sorted_out(snapshot.verdicts, snapshot.criteria, snapshot.unit):
        if fault is not None and fault in faults:
            yield sheet, row, fault


def at_row(
    check: Check, sheet: VerdictSheet, row: Verdict, variant: str | None = None, **params: object
) -> Finding:
    """A finding about a row."""
    return Finding(
        check,
        Location(sheet.path, row.line),
        subject=f"{row.leaf} {row.author}",
        params={"variant": variant, "leaf": row.leaf, "assessor": row.assessor, **params},
    )
