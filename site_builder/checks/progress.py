"""Which leaves still need work before the commune can submit."""

from site_builder.checks.leaves import Leaf
from site_builder.checks.protocols import Facts


def incomplete(facts: Facts) -> tuple[Leaf, ...]:
    """In the printed order: something is absent, or what is there gives no points.

    None while evidence/ itself is absent: one finding says it all.
    """
    if not facts.snapshot.has_evidence:
        return ()
    return tuple(
        leaf for leaf in facts.leaves.values() if leaf.incomplete or _unscored(leaf, facts)
    )


def _unscored(leaf: Leaf, facts: Facts) -> bool:
    score = facts.sheet.leaves.get(leaf.criterion.id)
    # A bad rule or another set is the maintainer's affair and says nothing about the officer.
    if score is None or not leaf.specs or facts.sheet.set_changed:
        return False
    return leaf.applies and score.claimed is None
