"""A score is either points or the reason why there are none yet; no figure is not zero."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from site_builder.model.mappings import empty
from site_builder.model.values import row, value
from site_builder.model.verdict import Appraisal


@row
class Step:
    """One line of a calculation that an assessor can redo by hand.

    Attributes:
        key: sentence in messages/vi/scoring.toml.
        params: figures of the sentence: Decimal, Fraction, int, date or text as typed; a Step
            (or a tuple of them) where a part of the sentence has variants of its own.
    """

    key: str
    params: Mapping[str, object] = field(default_factory=empty, hash=False)


@row
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


class Reason(enum.StrEnum):
    """Why a leaf has no points; the value is the sentence's key in messages/vi/scoring.toml."""

    # What the officer typed.
    ABSENT = "absent"
    NOT_A_NUMBER = "not_a_number"
    AMBIGUOUS = "ambiguous"
    NEGATIVE = "negative"
    NOT_A_DATE = "not_a_date"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN_OPTION = "unknown_option"
    # Readable figures that cannot be true together, see IMPOSSIBLE.
    DONE_ABOVE_DUE = "done_above_due"
    DUE_NOT_POSITIVE = "due_not_positive"
    RATE_ABOVE_ALL = "rate_above_all"
    POINTS_ABOVE_MAX = "points_above_max"
    DIVISION_BY_ZERO = "division_by_zero"
    RESULT_ABOVE_MAX = "result_above_max"
    RESULT_NEGATIVE = "result_negative"
    # The set.
    NO_RULE = "no_rule"
    NO_BAND = "no_band"
    SEVERAL_BANDS = "several_bands"
    SET_CHANGED = "set_changed"
    NOT_APPLICABLE = "not_applicable"
    # Higher bodies.
    WAITING_FOR_SURVEY = "waiting_for_survey"
    WAITING_FOR_RESULT = "waiting_for_result"
    NO_SHEETS = "no_sheets"
    UNKNOWN_ANSWER = "unknown_answer"
    DECIDED_ABOVE_MAX = "decided_above_max"


IMPOSSIBLE = frozenset(
    {
        Reason.DONE_ABOVE_DUE,
        Reason.DUE_NOT_POSITIVE,
        Reason.RATE_ABOVE_ALL,
        Reason.POINTS_ABOVE_MAX,
        Reason.DIVISION_BY_ZERO,
        Reason.RESULT_ABOVE_MAX,
        Reason.RESULT_NEGATIVE,
    }
)
"""Reasons for which each figure is readable by itself, but together they cannot be true."""


@dataclass(frozen=True, slots=True)
class Unscored:
    """Why there are no points yet.

    Attributes:
        reason: sentence in messages/vi/scoring.toml.
        params: fill it, as in Step.
    """

    reason: Reason
    params: Mapping[str, object] = field(default_factory=empty, hash=False)


Score = Awarded | Unscored


@value
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
        asked: what the commune asks for now: claimed, or proposed in its last supplement.
        appraisals: what each round made of it, in the order of rounds.
        appraised: points by round id, of the rounds that decided.
        final: the last word, when there is one: a result of a higher body, what the council
            settled, or what stands in a round approved as a whole.
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
    asked: Decimal | None = None
    appraisals: tuple[Appraisal, ...] = ()
    appraised: Mapping[str, Decimal] = field(default_factory=empty, hash=False)
    final: Decimal | None = None

    @property
    def standing(self) -> Decimal | None:
        """Appraised points as they stand: of the last round that decided."""
        return next(reversed(tuple(self.appraised.values())), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeScore:
    """Sums of the leaves at or below a node; every figure is the sum of rounded leaf figures.

    Attributes:
        max_points: as printed.
        applicable_max: maximum of the leaves that apply.
        self_max: applicable maximum of the self-scored leaves.
        pending_max: applicable maximum of leaves that only a higher body scores and has not yet.
        claimed: sum of the claims of self-scored leaves.
        at_risk: sum of what is at risk.
        decided: sum of what was decided of the leaves scored by others.
        unscored: self-scored leaves without a score, in the printed order.
        unscored_max: their maximum.
        computed: sum of what the rules give.
        appraised: sum of the appraised points that stand, of the leaves that assessors judge.
        appraised_max: maximum of those leaves.
        final: sum of the last words.
        final_max: maximum of the leaves that have one.
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
    computed: Decimal = Decimal(0)
    appraised: Decimal = Decimal(0)
    appraised_max: Decimal = Decimal(0)
    final: Decimal = Decimal(0)
    final_max: Decimal = Decimal(0)

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
        percent: index of the commune, in per cent, rounded: claimed + decided over the
            applicable maximum without what a higher body has yet to score; None while
            nothing is scored.
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
