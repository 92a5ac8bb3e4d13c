"""The lines of the scoring summary as figures: the same for the page and for the downloads."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.progress import leaf_points
from site_builder.model.results import Results
from site_builder.model.score import Awarded, LeafScore, NodeScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Points of one line; None where there are none, which is not zero.

    Attributes:
        max_points: as printed.
        points: claimed by the commune, or decided by a higher body.
        computed: what the rule gives.
        appraised: what the last appraisal left standing; of a branch the sum of such leaves.
        difference: appraised less claimed; while nobody appraised, claimed less computed.
        lost: what is missing to the most; None while there are no points.
    """

    max_points: Decimal
    points: Decimal | None = None
    computed: Decimal | None = None
    appraised: Decimal | None = None
    difference: Decimal | None = None
    lost: Decimal | None = None


def is_appraised(results: Results) -> bool:
    """Somebody appraised a leaf, so that there is something to put into that column."""
    return any(leaf.standing is not None for leaf in results.sheet.leaves.values())


def of_leaf(leaf: LeafScore | None, criterion: Criterion, *, appraised: bool) -> Figures:
    """The figures of a leaf.

    Args:
        leaf: None where nothing was scored.
        criterion: of the leaf.
        appraised: the summary has a column for appraised points (``is_appraised``).
    """
    if leaf is None:
        return Figures(max_points=criterion.max_points)
    points = leaf_points(leaf)
    computed = leaf.by_rule.points if isinstance(leaf.by_rule, Awarded) else None
    given = leaf.standing
    return Figures(
        max_points=criterion.max_points,
        points=points,
        computed=computed,
        appraised=given,
        difference=_less(given, points) if appraised else _less(points, computed),
        lost=None
        if points is None or leaf.not_applicable
        else max(leaf.counted_max - points, Decimal(0)),
    )


def of_node(node: NodeScore | None, max_points: Decimal, *, appraised: bool) -> Figures:
    """The figures of a branch, or of the whole set."""
    if node is None:
        return Figures(max_points=max_points)
    points = node.claimed + node.decided
    return Figures(
        max_points=max_points,
        points=points,
        computed=node.computed,
        appraised=node.appraised if appraised else None,
        # Appraisals of some leaves against claims of all of them would mean nothing.
        difference=None,
        lost=max(node.applicable_max - node.unscored_max - node.pending_max - points, Decimal(0)),
    )


def lines(results: Results, criteria: CriteriaSet) -> Iterator[tuple[Criterion, Figures]]:
    """Every criterion with its figures, in the printed order; of equal ids the first."""
    by_id = criteria.by_id
    appraised = is_appraised(results)
    for criterion in criteria.walk():
        if by_id[criterion.id] is not criterion:
            continue
        if criterion.is_leaf:
            leaf = results.sheet.leaves.get(criterion.id)
            yield criterion, of_leaf(leaf, criterion, appraised=appraised)
        else:
            node = results.sheet.nodes.get(criterion.id)
            yield criterion, of_node(node, criterion.max_points, appraised=appraised)


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other
