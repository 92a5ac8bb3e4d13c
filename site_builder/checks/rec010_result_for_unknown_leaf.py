"""Results of higher bodies are for leaves of the set."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.snapshot import RESULTS_PATH

CHECK = Check("REC010", "result-for-unknown-leaf", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None or not facts.set_is_whole:
        return
    for id_, result in facts.snapshot.results.items():
        node = criteria.by_id.get(id_)
        if node is None or not node.is_leaf:
            yield CHECK.at(
                RESULTS_PATH,
                line=result.line,
                subject=id_,
                variant=None if node is None else "inner",
                id=id_,
            )
