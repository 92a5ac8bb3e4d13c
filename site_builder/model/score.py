"""A score is either points or the reason why there are none yet; no figure is not zero."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from site_builder.model.mappings import empty


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a calculation that an assessor can redo by hand.

    Attributes:
        key: sentence in messages/vi/scoring.toml.
        params: figures of the sentence: Decimal, Fraction, int, date or text as typed.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=empty, hash=False)


@dataclass(frozen=True, slots=True)
class Awarded:
    """Points that a rule gives.

    Attributes:
        points: rounded half up once, to the set's places.
        exact: before rounding.
        because: the steps, in the order in which one would redo them.
    """

    points: Decimal
    exact: Fraction
    because: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Unscored:
    """Why there are no points yet.

    Attributes:
        reason: sentence in messages/vi/scoring.toml.
        params: fill it.
    """

    reason: str
    params: Mapping[str, object] = field(default_factory=empty, hash=False)


Score = Awarded | Unscored


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafScore:
    """Everything known about the points of one leaf.

    Attributes:
        by_rule: what the rule gives from the figures.
        claimed: the commune's own score; None while there is none.
        proposed: the score argued for instead of the rule's (``de_nghi``), if any.
        at_risk: claimed points whose required documents are absent.
        not_applicable: the leaf leaves the total or gives full points, as the set says.
        counted_max: maximum that counts in the total (0 when rescaled away).
        decided: points given by a higher body (survey, external result), with its steps.
        appraised: by round id.
        final: the last word, when there is one.
    """

    criterion: str
    max_points: Decimal
    by_rule: Score
    claimed: Decimal | None
    proposed: Decimal | None = None
    at_risk: Decimal = Decimal(0)
    not_applicable: bool = False
    counted_max: Decimal = Decimal(0)
    decided: Decimal | None = None
    appraised: Mapping[str, Decimal] = field(default_factory=empty, hash=False)
    final: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeScore:
    """Sums of the leaves at or below a node; every figure is Σ of rounded leaf figures.

    Attributes:
        max_points: as printed.
        applicable_max: maximum of the leaves that apply.
        self_max: applicable maximum of the self-scored leaves.
        pending_max: applicable maximum of leaves that only a higher body scores and has not yet.
        claimed: Σ claimed of self-scored leaves.
        at_risk: Σ at_risk.
        decided: Σ decided of the leaves scored by others.
        unscored: self-scored leaves without a score, in the printed order.
        unscored_max: their maximum.
    """

    criterion: str
    max_points: Decimal
    applicable_max: Decimal
    self_max: Decimal
    pending_max: Decimal
    claimed: Decimal
    at_risk: Decimal
    decided: Decimal
    unscored: tuple[str, ...]
    unscored_max: Decimal

    @property
    def low(self) -> Decimal:
        """What is safe: claimed and decided points, without those whose proof is absent."""
        return self.claimed + self.decided - self.at_risk

    @property
    def high(self) -> Decimal:
        """What can still be reached: everything open at its maximum."""
        return self.claimed + self.decided + self.unscored_max + self.pending_max


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """The whole calculation.

    Attributes:
        leaves: by leaf id, in the printed order.
        nodes: inner nodes by id.
        total: the whole set; its ``criterion`` is "".
        bonus: points of bonus branches after their caps (inside ``total``).
        percent: index of the commune (claimed + decided over the applicable maximum), in per
            cent, rounded; None while nothing is scored.
        class_title: class by that percentage; "" when the set has none.
        class_is_estimate: True until every leaf is scored.
        set_changed: the set is not the one unit.yml names, so nothing was scored.
    """

    leaves: Mapping[str, LeafScore]
    nodes: Mapping[str, NodeScore]
    total: NodeScore
    bonus: Decimal = Decimal(0)
    percent: Decimal | None = None
    class_title: str = ""
    class_is_estimate: bool = True
    set_changed: bool = False
