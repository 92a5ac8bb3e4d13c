"""What a round left open: assessors differ, or something is still wanted of the commune."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.verdict import Decision, Standing

CHECK = Check("VER008", "verdict-open", Severity.WARNING, Kind.INCOMPLETE)
_VARIANTS = {Standing.DISPUTED: None, Standing.MORE: "more", Standing.NOTHING: "nothing"}


def run(facts: Facts) -> Iterator[Finding]:
    paths = {
        id(row): sheet.path for sheet in facts.snapshot.verdicts.sheets for row in sheet.verdicts
    }
    for leaf in facts.sheet.leaves.values():
        # What a later round decided is open no more.
        last = leaf.appraisals[-1] if leaf.appraisals else None
        if last is None or last.standing not in _VARIANTS:
            continue
        row = next(each for each in last.verdicts if each not in last.stale)
        demands = tuple(
            each.demand for each in last.verdicts if each.decision is Decision.MORE and each.demand
        )
        yield CHECK.at(
            paths[id(row)],
            line=row.line,
            criterion=leaf.criterion,
            subject=last.round,
            variant=_VARIANTS[last.standing],
            leaf=leaf.criterion,
            round=last.round,
            assessors=tuple(each.assessor for each in last.verdicts),
            demands="; ".join(demands),
        )
