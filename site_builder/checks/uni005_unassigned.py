"""Somebody is responsible for every self-scored leaf; told once for a whole branch."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.criteria import Criterion, ScoredBy
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.snapshot import Snapshot
from site_builder.model.unit import Unit

CHECK = Check("UNI005", "unassigned", Severity.WARNING, Kind.INCOMPLETE)


def run(facts: Facts) -> Iterator[Finding]:
    snapshot = facts.snapshot
    unit, criteria = snapshot.unit, snapshot.criteria
    # Without offices there is nobody to name, which is reported by itself.
    if unit is None or criteria is None or not unit.offices:
        return
    if "assignments" in facts.unread(unit.path):
        return
    if not unit.assignments:
        yield CHECK.at(unit.path, variant="nobody", count=len(criteria.leaves))
        return
    for field in criteria.fields:
        yield from _below(field, snapshot, unit)


def _below(node: Criterion, snapshot: Snapshot, unit: Unit) -> Iterator[Finding]:
    wanted = [leaf for leaf in node.leaves() if leaf.scored_by is ScoredBy.SELF]
    lacking = [leaf for leaf in wanted if not _is_assigned(leaf, snapshot, unit)]
    if not lacking:
        return
    if len(lacking) == len(wanted):
        yield CHECK.at(
            unit.path,
            criterion=node.id,
            variant=None if node.is_leaf else "branch",
            title=node.title,
            count=len(lacking),
        )
        return
    for child in node.children:
        yield from _below(child, snapshot, unit)


def _is_assigned(leaf: Criterion, snapshot: Snapshot, unit: Unit) -> bool:
    dossier = snapshot.dossiers.get(leaf.id)
    if dossier is None or dossier.responsible is not None or snapshot.criteria is None:
        return True
    # To an office that is not listed: that is UNI003, and somebody was meant.
    above = (leaf, *snapshot.criteria.ancestors(leaf))
    return any(node.id in unit.assignments for node in above)
