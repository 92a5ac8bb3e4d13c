"""Maximum points are above zero and as fine as the set rounds, so that they can be reached."""

from collections.abc import Iterator
from decimal import Decimal

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI009", "impossible-maximum", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None or not facts.sums_are_known:
        return
    for node in criteria.walk():
        points = node.max_points
        if points <= 0:
            yield CHECK.at(
                criteria.path, line=node.line, criterion=node.id, points=points, variant="zero"
            )
        elif node.is_leaf and _places(points) > criteria.places:
            yield CHECK.at(
                criteria.path,
                line=node.line,
                criterion=node.id,
                points=points,
                places=criteria.places,
            )


def _places(points: Decimal) -> int:
    """Decimals that matter: 1.50 has one."""
    exponent = points.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
