"""Where a leaf or a branch stands, in the few words and parts that pages show."""

from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.criteria import Criterion, ScoredBy
from site_builder.model.progress import evidence_state, leaf_points, score_state
from site_builder.model.score import LeafScore, NodeScore
from site_builder.rendering.charts import Shares
from site_builder.rendering.context import Context

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Badge:
    """A short judgement: ``tone`` chooses its colour and sign, the words say it."""

    tone: str
    text: str


_EVIDENCE_TONE = {"full": "good", "explained": "warn", "missing": "bad"}


def evidence_badge(context: Context, criterion: Criterion) -> Badge | None:
    """Whether the required documents are there; the public edition does not say."""
    if context.public:
        return None
    state = evidence_state(criterion, context.dossier(criterion.id), context.leaf(criterion.id))
    return Badge(_EVIDENCE_TONE[state], context.word("evidence_state", state)) if state else None


_SCORE_TONE = {
    "full": "good",
    "part": "calm",
    "zero": "warn",
    "unscored": "bad",
    "waiting": "wait",
    "decided": "calm",
    "not_applicable": "calm",
}


def score_badge(context: Context, criterion: Criterion) -> Badge:
    """What became of a leaf's points."""
    leaf = context.leaf(criterion.id)
    state = score_state(criterion, leaf)
    tone = "wait" if leaf is None else _SCORE_TONE[state]
    return Badge(tone, context.word("score_state", state))


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
