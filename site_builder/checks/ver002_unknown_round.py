"""A verdict belongs to a round of unit.yml, and lies in the folder of that round."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.verdict_rows import at_row, faulty
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Fault

CHECK = Check("VER002", "verdict-of-unknown-round", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    rounds = tuple(each.id for each in unit.period.rounds) if unit else ()
    for sheet, row, fault in faulty(facts, Fault.ROUND, Fault.FOLDER):
        yield at_row(
            CHECK,
            sheet,
            row,
            "folder" if fault is Fault.FOLDER else None if rounds else "none",
            round=row.round,
            folder=sheet.round,
            rounds=rounds,
        )
    for council in facts.snapshot.verdicts.councils:
        if unit is not None and council.round not in rounds:
            yield CHECK.at(
                council.path,
                subject=council.round,
                variant="council" if rounds else "none",
                round=council.round,
                rounds=rounds,
            )
