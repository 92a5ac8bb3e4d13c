"""Maximum points add up: leaf to criterion, criterion to field, fields to the whole set.

Bonus points stand outside the sums. A child that alone exceeds its parent is CRI006.
"""

from collections.abc import Iterator
from decimal import Decimal

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import Criterion
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI005", "sums-do-not-add-up", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None or not facts.sums_are_known:
        return
    for node in criteria.walk():
        if node.is_leaf or node.bonus:
            continue
        counted = _counted(node.children)
        if not counted or any(child.max_points > node.max_points for child in counted):
            continue
        total = _sum(counted)
        if total != node.max_points:
            yield CHECK.at(
                criteria.path,
                line=node.line,
                criterion=node.id,
                title=node.title,
                printed=node.max_points,
                total=total,
                count=len(counted),
            )
    counted = _counted(criteria.fields)
    total = _sum(counted)
    if criteria.total_points is not None and counted and total != criteria.total_points:
        yield CHECK.at(
            criteria.path,
            line=criteria.total_line,
            subject="total_points",
            variant="set",
            printed=criteria.total_points,
            total=total,
            count=len(counted),
        )


def _counted(nodes: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    return tuple(node for node in nodes if not node.bonus)


def _sum(nodes: tuple[Criterion, ...]) -> Decimal:
    return sum((node.max_points for node in nodes), Decimal(0))
