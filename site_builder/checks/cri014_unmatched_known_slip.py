"""A slip of the annex that was accepted is still there."""

from collections.abc import Iterator

from site_builder.checks.protocols import Answered, Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI014", "unmatched-known-slip", Severity.WARNING)


def run(answered: Answered, facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    # Sums are silent while nodes are missing, so their slips cannot be judged either.
    if criteria is None or not facts.sums_are_known:
        return
    for number in answered.unused_slips:
        slip = criteria.known_slips[number]
        yield CHECK.at(
            criteria.path,
            line=slip.line,
            criterion=slip.criterion,
            subject=slip.code,
            variant=None if slip.criterion else "anywhere",
            code=slip.code,
        )
