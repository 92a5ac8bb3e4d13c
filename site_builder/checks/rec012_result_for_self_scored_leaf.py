"""Results are for leaves that others score; the commune's own stay with its own figures."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import ScoredBy
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import RESULTS_PATH

CHECK = Check("REC012", "result-for-self-scored-leaf", Severity.WARNING)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for id_, result in facts.snapshot.results.items():
        leaf = criteria.by_id.get(id_)
        # Reference figures (an average of the province) are welcome to any leaf.
        given = result.points is not None or result.answers is not None
        if leaf is not None and leaf.is_leaf and leaf.scored_by is ScoredBy.SELF and given:
            yield CHECK.at(RESULTS_PATH, line=result.line, criterion=id_, title=leaf.title)
