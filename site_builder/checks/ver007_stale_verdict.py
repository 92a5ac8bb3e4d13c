"""A verdict on other evidence than what is there now does not count until it is given anew."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("VER007", "verdict-on-changed-leaf", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    paths = {
        id(row): sheet.path for sheet in facts.snapshot.verdicts.sheets for row in sheet.verdicts
    }
    for leaf in facts.sheet.leaves.values():
        for appraisal in leaf.appraisals:
            for row in appraisal.stale:
                yield CHECK.at(
                    paths[id(row)],
                    line=row.line,
                    criterion=leaf.criterion,
                    subject=row.author,
                    variant="settled" if appraisal.settled else None,
                    leaf=leaf.criterion,
                    assessor=row.assessor,
                )
