"""Classes of the result go from the highest percentage down, each with its own threshold."""

from collections.abc import Iterator
from itertools import pairwise

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI010", "classes-out-of-order", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for higher, lower in pairwise(criteria.classes):
        if lower.from_percent >= higher.from_percent:
            same = lower.from_percent == higher.from_percent
            yield CHECK.at(
                criteria.path,
                line=lower.line,
                subject=lower.title,
                variant="same" if same else None,
                title=lower.title,
                percent=lower.from_percent,
                other=higher.title,
                other_percent=higher.from_percent,
            )
