"""Ids are short enough for folder names and addresses."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.reading.fields import IDENTIFIER_LIMIT

CHECK = Check("CRI003", "id-too-long", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for node in criteria.by_id.values():
        if len(node.id) > IDENTIFIER_LIMIT:
            yield CHECK.at(
                criteria.path,
                line=node.line,
                criterion=node.id,
                length=len(node.id),
                limit=IDENTIFIER_LIMIT,
            )
