"""An id stands for one criterion: two that differ only in case share a folder on Windows."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import Criterion
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI001", "duplicate-id", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    first: dict[str, Criterion] = {}
    for number, node in enumerate(criteria.walk()):
        known = first.setdefault(node.id.lower(), node)
        if known is not node:
            yield CHECK.at(
                criteria.path,
                line=node.line,
                criterion=node.id,
                # The place in the set tells a third use from the second.
                subject=f"{node.id}:{number}",
                variant=None if known.id == node.id else "case",
                other=known.id,
                first_line=known.line,
            )
