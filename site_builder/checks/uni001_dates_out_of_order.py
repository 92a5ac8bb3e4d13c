"""Whatever begins ends later: the covered year, the window, rounds, offices, predecessors."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Unit

CHECK = Check("UNI001", "dates-out-of-order", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    unit = facts.snapshot.unit
    if unit is None:
        return
    for line, variant, name, start, end in _spans(unit):
        if start is not None and end is not None and start > end:
            yield CHECK.at(
                unit.path,
                line=line,
                subject=f"{variant}:{name}",
                variant=variant,
                name=name,
                start=start,
                end=end,
            )
    for earlier, later in pairwise(unit.period.rounds):
        if earlier.opens is not None and later.opens is not None and later.opens < earlier.opens:
            yield CHECK.at(
                unit.path,
                line=later.line,
                subject=f"rounds:{later.id}",
                variant="rounds",
                name=later.title or later.id,
                other=earlier.title or earlier.id,
                start=later.opens,
                end=earlier.opens,
            )


def _spans(unit: Unit) -> Iterator[tuple[int, str, str, date | None, date | None]]:
    period = unit.period
    yield period.line_of("covers"), "covers", "", period.covers_from, period.covers_to
    yield period.line_of("self_scoring"), "window", "", period.opens, period.closes
    for round_ in period.rounds:
        yield round_.line, "round", round_.title or round_.id, round_.opens, round_.closes
    for office in unit.offices.values():
        yield office.line, "office", office.title, office.from_, office.to
    for predecessor in unit.predecessors:
        line, name = predecessor.line, predecessor.name
        yield line, "predecessor", name, predecessor.from_, predecessor.to
