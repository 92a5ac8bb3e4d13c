"""The documents that a leaf asks for are told apart by their ids."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold_key

CHECK = Check("CRI011", "duplicate-slot", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for leaf in criteria.leaves:
        if len(leaf.slots) < 2:  # noqa: PLR2004 - one cannot clash
            continue
        first: dict[str, int] = {}
        for slot in leaf.slots:
            # Files find their slot by names in which case and marks are lost.
            key = fold_key(slot.id)
            if key in first:
                yield CHECK.at(
                    criteria.path,
                    line=slot.line,
                    criterion=leaf.id,
                    subject=slot.id,
                    slot=slot.id,
                    first_line=first[key],
                )
            first.setdefault(key, slot.line)
