"""Rounds are told apart by their ids: submissions and verdicts are filed under them."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("UNI016", "duplicate-round", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    first: dict[str, int] = {}
    for round_ in unit.period.rounds:
        key = round_.id.lower()
        if key in first:
            yield CHECK.at(
                unit.path,
                line=round_.line,
                subject=round_.id,
                id=round_.id,
                first_line=first[key],
            )
        first.setdefault(key, round_.line)
