"""The council decides about leaves that assessors judge, within the maximum, by a document."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import CriteriaSet
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.verdict import Settled, is_appraised

CHECK = Check("VER009", "settlement-not-usable", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None or not facts.set_is_whole:
        return
    for council in facts.snapshot.verdicts.councils:
        for settled in council.settled:
            variant = _fault(settled, criteria)
            if variant is not None:
                leaf = criteria.by_id.get(settled.leaf)
                yield CHECK.at(
                    council.path,
                    line=settled.line,
                    subject=settled.leaf,
                    variant=variant,
                    leaf=settled.leaf,
                    points=settled.points,
                    max_points=leaf.max_points if leaf else None,
                )


def _fault(settled: Settled, criteria: CriteriaSet) -> str | None:
    leaf = criteria.by_id.get(settled.leaf)
    if leaf is None or not leaf.is_leaf or not is_appraised(leaf.scored_by):
        return "leaf"
    if settled.points is not None and settled.points > leaf.max_points:
        return "above_max"
    return None
