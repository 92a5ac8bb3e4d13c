"""Every self-scored leaf has a folder; the finding points at the one to create."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import ScoredBy
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.snapshot import EVIDENCE

CHECK = Check("TRE011", "leaf-without-folder", Severity.ERROR, Kind.INCOMPLETE)


def run(facts: Facts) -> Iterator[Finding]:
    snapshot, criteria = facts.snapshot, facts.snapshot.criteria
    if criteria is None or not snapshot.has_evidence or not facts.set_is_whole:
        return
    if "scored_by" in facts.unread(criteria.path):
        return  # the leaf may be one that needs no folder
    wanted = [leaf for leaf in criteria.leaves if leaf.scored_by is ScoredBy.SELF]
    lacking = [leaf for leaf in wanted if not snapshot.dossiers[leaf.id].exists]
    if len(lacking) == len(wanted) > 1:
        # Nothing was begun: one sentence helps more than one for every leaf.
        yield CHECK.at(EVIDENCE, variant="none", count=len(lacking))
        return
    for leaf in lacking:
        dossier = snapshot.dossiers[leaf.id]
        yield CHECK.at(dossier.folder, criterion=leaf.id, title=leaf.title)
