"""Where a leaf or a branch stands, in the few words and parts that pages show."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.criteria import Criterion, ScoredBy, Slot
from site_builder.model.dossier import Dossier
from site_builder.model.score import LeafScore, NodeScore
from site_builder.rendering.charts import Shares
from site_builder.rendering.context import Context

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Badge:
    """A short judgement: ``tone`` chooses its colour and sign, the words say it."""

    tone: str
    text: str


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


_EVIDENCE_TONE = {"full": "good", "explained": "warn", "missing": "bad"}


def evidence_badge(context: Context, criterion: Criterion) -> Badge | None:
    """Whether the required documents are there; the public edition does not say."""
    if context.public:
        return None
    state = evidence_state(criterion, context.dossier(criterion.id), context.leaf(criterion.id))
    return Badge(_EVIDENCE_TONE[state], context.word("evidence_state", state)) if state else None


def score_badge(context: Context, criterion: Criterion) -> Badge:
    """What became of a leaf's points."""
    leaf = context.leaf(criterion.id)
    tone, key = _score_state(criterion, leaf)
    return Badge(tone, context.word("score_state", key))


def _score_state(criterion: Criterion, leaf: LeafScore | None) -> tuple[str, str]:
    if leaf is None:
        return "wait", "unscored"
    if leaf.not_applicable:
        return "calm", "not_applicable"
    if criterion.scored_by is not ScoredBy.SELF:
        return ("calm", "decided") if leaf.decided is not None else ("wait", "waiting")
    if leaf.claimed is None:
        return "bad", "unscored"
    if leaf.claimed >= leaf.max_points:
        return "good", "full"
    return ("calm", "part") if leaf.claimed > 0 else ("warn", "zero")


def leaf_points(leaf: LeafScore | None) -> Decimal | None:
    """The points of a leaf as they count today: claimed by the commune, or decided above it."""
    if leaf is None:
        return None
    return leaf.claimed if leaf.claimed is not None else leaf.decided


def leaf_shares(criterion: Criterion, leaf: LeafScore, *, bonus: bool = False) -> Shares:
    """How the points of a leaf are placed; bonus points count in no total but have a most."""
    total = leaf.max_points if bonus and not leaf.not_applicable else leaf.counted_max
    points = leaf_points(leaf)
    if points is None:
        part = "open" if criterion.scored_by is ScoredBy.SELF else "pending"
        return Shares(total=total, **{part: total})
    risk = min(leaf.at_risk, points)
    return Shares(
        total=max(total, points),
        safe=points - risk,
        risk=risk,
        lost=max(total - points, _NONE),
    )


def node_shares(node: NodeScore, *, bonus: bool = False) -> Shares:
    """How the points below a node are placed."""
    total = node.max_points if bonus else node.applicable_max
    safe = max(node.low, _NONE)
    placed = safe + node.at_risk + node.unscored_max + node.pending_max
    return Shares(
        total=max(total, placed),
        safe=safe,
        risk=node.at_risk,
        open=node.unscored_max,
        pending=node.pending_max,
        lost=max(total - placed, _NONE),
    )


def say_shares(context: Context, shares: Shares) -> str:
    """The figures of a bar in words."""
    parts = (
        context.word("shares", part, points=context.points(value)) for part, value in shares.parts()
    )
    return "; ".join(parts) or context.word("shares", "nothing")
