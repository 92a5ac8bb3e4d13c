"""The window of issue dates of a document opens before it closes."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI012", "slot-window-reversed", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for leaf in criteria.leaves:
        for slot in leaf.slots:
            if slot.issued_from and slot.issued_to and slot.issued_from > slot.issued_to:
                yield CHECK.at(
                    criteria.path,
                    line=slot.line,
                    criterion=leaf.id,
                    subject=slot.id,
                    title=slot.title,
                    start=slot.issued_from,
                    end=slot.issued_to,
                )
