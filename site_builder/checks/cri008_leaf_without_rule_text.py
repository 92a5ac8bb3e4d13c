"""A leaf carries its rule as printed: the page shows it beside the steps of the score."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI008", "leaf-without-rule-text", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for leaf in criteria.leaves:
        wanted = not leaf.rule_text.strip() and leaf.depth > 0
        if wanted and not facts.hides(leaf.id, "rule_text"):
            yield CHECK.at(
                criteria.path,
                line=leaf.line,
                criterion=leaf.id,
                title=leaf.title,
            )
