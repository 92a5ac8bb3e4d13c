"""A self-scored leaf has a rule, or nothing could ever be scored."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import ScoredBy
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI007", "leaf-without-rule", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for leaf in criteria.leaves:
        wanted = leaf.rule is None and leaf.scored_by is ScoredBy.SELF and leaf.depth > 0
        if wanted and not facts.hides(leaf.id, "rule"):
            yield CHECK.at(
                criteria.path,
                line=leaf.line,
                criterion=leaf.id,
                title=leaf.title,
            )
