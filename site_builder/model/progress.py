"""How far a criterion is: its documents, its points, and what stands to be lost."""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.criteria import CriteriaSet, Criterion, ScoredBy, Slot
from site_builder.model.dossier import Dossier
from site_builder.model.score import LeafScore, ScoreSheet
from site_builder.model.snapshot import Snapshot

_NONE = Decimal(0)


# --- documents


def missing_slots(criterion: Criterion, dossier: Dossier) -> Iterator[Slot]:
    """Required documents that are absent, or of which there are too few."""
    return (
        slot for slot in criterion.slots if slot.required and dossier.held(slot.id) < slot.at_least
    )


def evidence_state(criterion: Criterion, dossier: Dossier, leaf: LeafScore | None) -> str:
    """``full``, ``explained``, ``missing``; "" where no document is asked for."""
    if criterion.scored_by is not ScoredBy.SELF or (leaf is not None and leaf.not_applicable):
        return ""
    if not any(slot.required for slot in criterion.slots):
        return ""
    if next(missing_slots(criterion, dossier), None) is None:
        return "full"
    explanation = dossier.explanation
    return "explained" if explanation is not None and explanation.has_text else "missing"


@dataclass(frozen=True, slots=True)
class Completeness:
    """Required documents of some leaves: how many are there, of how many."""

    filled: int = 0
    required: int = 0

    def plus(self, other: "Completeness") -> "Completeness":
        """Both together."""
        return Completeness(self.filled + other.filled, self.required + other.required)


def completeness(criterion: Criterion, dossier: Dossier, leaf: LeafScore | None) -> Completeness:
    """The required documents of a leaf that the commune scores and that applies."""
    if not evidence_state(criterion, dossier, leaf):
        return Completeness()
    required = sum(slot.required for slot in criterion.slots)
    return Completeness(required - sum(1 for _ in missing_slots(criterion, dossier)), required)


# --- points


def score_state(criterion: Criterion, leaf: LeafScore | None) -> str:
    """What became of a leaf's points.

    ``full``, ``part``, ``zero``, ``unscored`` by the commune; ``waiting`` for a higher body,
    ``decided`` by one; ``not_applicable``.
    """
    if leaf is None:
        return "unscored"
    if leaf.not_applicable:
        return "not_applicable"
    if criterion.scored_by is not ScoredBy.SELF:
        return "waiting" if leaf.decided is None else "decided"
    if leaf.claimed is None:
        return "unscored"
    if leaf.claimed >= leaf.max_points:
        return "full"
    return "part" if leaf.claimed > 0 else "zero"


def leaf_points(leaf: LeafScore | None) -> Decimal | None:
    """The points of a leaf as they count today: claimed by the commune, or decided above it."""
    if leaf is None:
        return None
    return leaf.claimed if leaf.claimed is not None else leaf.decided


# --- what is at stake


class Stake(enum.Enum):
    """Why points may be, or are, lost; the likeliest to be mended first.

    UNPROVED: claimed, but required documents are absent. UNSCORED: figures are absent or cannot
    be right. LOST: the rule gives less than the most.
    """

    UNPROVED = "unproved"
    UNSCORED = "unscored"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Points of one leaf that are not safe, for one reason.

    Attributes:
        missing: the required documents that are absent, when that is the reason.
    """

    criterion: Criterion
    stake: Stake
    points: Decimal
    missing: tuple[Slot, ...] = ()


_ORDER = tuple(Stake)


def gaps(snapshot: Snapshot, sheet: ScoreSheet, criteria: CriteriaSet) -> tuple[Gap, ...]:
    """Everything that keeps points from being safe, the most points first.

    Bonus points that nobody claims are not lost, and neither is what a higher body has yet to
    decide.
    """
    if sheet.set_changed:
        return ()
    bonus = {below.id for node in criteria.walk() if node.bonus for below in node.walk()}
    found: list[Gap] = []
    for id_, leaf in sheet.leaves.items():
        criterion = criteria.by_id.get(id_)
        if criterion is not None and id_ not in bonus and not leaf.not_applicable:
            dossier = snapshot.dossiers.get(id_)
            found.extend(_gaps(criterion, leaf, dossier))
    # The printed order decides between equals: sorting is stable.
    return tuple(sorted(found, key=lambda gap: (-gap.points, _ORDER.index(gap.stake))))


def _gaps(criterion: Criterion, leaf: LeafScore, dossier: Dossier | None) -> Iterator[Gap]:
    points = leaf_points(leaf)
    if points is None:
        if criterion.scored_by is ScoredBy.SELF:
            yield Gap(criterion=criterion, stake=Stake.UNSCORED, points=leaf.counted_max)
        return
    if leaf.at_risk > 0:
        missing = tuple(missing_slots(criterion, dossier)) if dossier else ()
        yield Gap(criterion=criterion, stake=Stake.UNPROVED, points=leaf.at_risk, missing=missing)
    if (lost := leaf.counted_max - points) > 0:
        yield Gap(criterion=criterion, stake=Stake.LOST, points=lost)


def lost_points(criteria: Iterable[Criterion], sheet: ScoreSheet) -> Decimal:
    """What leaves have less than their most; nothing for those that have no points yet."""
    total = _NONE
    for criterion in criteria:
        leaf = sheet.leaves.get(criterion.id)
        points = leaf_points(leaf)
        if leaf is not None and points is not None:
            total += max(leaf.counted_max - points, _NONE)
    return total
