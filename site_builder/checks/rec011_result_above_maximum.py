"""No body gives more than the maximum of a leaf."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import RESULTS_PATH

CHECK = Check("REC011", "result-above-maximum", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    for id_, result in facts.snapshot.results.items():
        leaf = criteria.by_id.get(id_)
        if leaf is not None and result.points is not None and result.points > leaf.max_points:
            yield CHECK.at(
                RESULTS_PATH,
                line=result.line,
                criterion=id_,
                points=result.points,
                max_points=leaf.max_points,
            )
