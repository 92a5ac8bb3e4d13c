"""Notes on deadlines and minima that nobody compared with the law yet: told once for the set."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Kind, Severity

CHECK = Check("CRI013", "unverified-notes", Severity.NOTICE, Kind.INCOMPLETE)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    unverified = [
        node
        for node in criteria.walk()
        if (node.deadline and not node.deadline.verified)
        or (node.minimum and not node.minimum.verified)
    ]
    if unverified:
        yield CHECK.at(
            criteria.path,
            line=unverified[0].line,
            count=len(unverified),
            criteria=tuple(node.id for node in unverified),
        )
