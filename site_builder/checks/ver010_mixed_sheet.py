"""A file holds the verdicts of one assessor, so that a newer one may take its place."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("VER010", "sheet-of-several-assessors", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    for sheet in facts.snapshot.verdicts.sheets:
        if len(sheet.assessors) > 1:
            yield CHECK.at(sheet.path, assessors=sheet.assessors)
