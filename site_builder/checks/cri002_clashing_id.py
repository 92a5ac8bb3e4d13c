"""No id begins another before a hyphen: a folder "II-2-..." would belong to both II and II-2."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("CRI002", "clashing-id", Severity.ERROR)


def run(facts: Facts) -> Iterator[Finding]:
    criteria = facts.snapshot.criteria
    if criteria is None:
        return
    known = {id_.lower(): id_ for id_ in criteria.by_id}
    for node in criteria.by_id.values():
        folded = node.id.lower()
        cut = folded.find("-")
        while cut > 0:
            shorter = known.get(folded[:cut])
            if shorter is not None:
                yield CHECK.at(
                    criteria.path,
                    line=node.line,
                    criterion=node.id,
                    subject=shorter,
                    other=shorter,
                    first_line=criteria.by_id[shorter].line,
                )
            cut = folded.find("-", cut + 1)
