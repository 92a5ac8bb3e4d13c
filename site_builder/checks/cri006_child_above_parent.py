"""No criterion is worth more than the one it is a part of."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI006", "child-above-parent", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None or not facts.sums_are_known:
        return
    for node in criteria.walk():
        for child in node.children:
            # A bonus inside a plain criterion is added to it, not a part of it.
            if child.bonus and not node.bonus:
                continue
            if child.max_points > node.max_points:
                yield CHECK.at(
                    criteria.path,
                    line=child.line,
                    criterion=child.id,
                    points=child.max_points,
                    parent=node.id,
                    parent_points=node.max_points,
                )
