"""From facts to the score sheet: leaves, sums, percentage, class."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from site_builder.model.criteria import CriteriaSet, Criterion, NotApplicable, ScoredBy
from site_builder.model.dossier import Dossier, Explanation, Supplement
from site_builder.model.rule import NumberKind, Result, Rule
from site_builder.model.score import (
    Awarded,
    LeafScore,
    NodeScore,
    Reason,
    Score,
    ScoreSheet,
    Unscored,
)
from site_builder.model.snapshot import Snapshot
from site_builder.model.verdict import Appraisal, Standing
from site_builder.reading.inputs import not_applicable
from site_builder.reading.numbers import read_number, round_half_up
from site_builder.scoring.appraisal import Appraiser, Asked
from site_builder.scoring.award import award, by_decision

_ZERO = Decimal(0)
_HIGHEST = "highest"
_EMPTY_SHEET = ScoreSheet(
    leaves={},
    nodes={},
    total=NodeScore(
        criterion="",
        max_points=_ZERO,
        applicable_max=_ZERO,
        self_max=_ZERO,
        pending_max=_ZERO,
        claimed=_ZERO,
        at_risk=_ZERO,
        decided=_ZERO,
        unscored=(),
        unscored_max=_ZERO,
    ),
)


def score(snapshot: Snapshot, rules: Mapping[str, Rule]) -> ScoreSheet:
    """Score every leaf and add them up; nothing here looks at findings.

    When the set is not the one that unit.yml names, the maxima are there and no points.
    """
    criteria = snapshot.criteria
    if criteria is None:
        return _EMPTY_SHEET
    scorer = _Scorer(snapshot, criteria, rules)
    parts = [scorer.node(field_) for field_ in criteria.fields]
    sums = _Sums.of(parts)
    printed = sum((field_.max_points for field_ in criteria.fields if not field_.bonus), _ZERO)
    total = sums.as_score("", criteria.total_points or printed)
    percent = None
    title = ""
    # Until a higher body decides its part, the estimate is about the part that is known:
    # counting what nobody scored yet as nothing would put every commune in the lowest class.
    known_max = total.applicable_max - total.pending_max
    if scorer.anything and known_max > 0:
        share = Fraction(total.claimed + total.decided) / Fraction(known_max)
        percent = round_half_up(share * 100, criteria.places)
        title = _class_of(percent, criteria)
    return ScoreSheet(
        leaves=scorer.leaves,
        nodes=scorer.nodes,
        total=total,
        bonus=scorer.bonus,
        percent=percent,
        class_title=title,
        class_is_estimate=bool(total.unscored or total.pending_max),
        set_changed=scorer.changed,
    )


def _class_of(percent: Decimal, criteria: CriteriaSet) -> str:
    reached = [cls for cls in criteria.classes if cls.from_percent <= percent]
    return max(reached, key=lambda cls: cls.from_percent).title if reached else ""


@dataclass(slots=True)
class _Sums:
    """Running sums of a branch, the fields of NodeScore."""

    applicable_max: Decimal = _ZERO
    self_max: Decimal = _ZERO
    pending_max: Decimal = _ZERO
    claimed: Decimal = _ZERO
    at_risk: Decimal = _ZERO
    decided: Decimal = _ZERO
    unscored: list[str] = field(default_factory=list)
    unscored_max: Decimal = _ZERO
    computed: Decimal = _ZERO
    appraised: Decimal = _ZERO
    appraised_max: Decimal = _ZERO
    final: Decimal = _ZERO
    final_max: Decimal = _ZERO

    @classmethod
    def of(cls, parts: list["_Sums"]) -> "_Sums":
        total = cls()
        for part in parts:
            total.add(part)
        return total

    def add(self, part: "_Sums") -> None:
        self.applicable_max += part.applicable_max
        self.self_max += part.self_max
        self.pending_max += part.pending_max
        self.claimed += part.claimed
        self.at_risk += part.at_risk
        self.decided += part.decided
        self.unscored += part.unscored
        self.unscored_max += part.unscored_max
        self.computed += part.computed
        self.appraised += part.appraised
        self.appraised_max += part.appraised_max
        self.final += part.final
        self.final_max += part.final_max

    def as_score(self, criterion: str, max_points: Decimal) -> NodeScore:
        return NodeScore(
            criterion=criterion,
            max_points=max_points,
            applicable_max=self.applicable_max,
            self_max=self.self_max,
            pending_max=self.pending_max,
            claimed=self.claimed,
            at_risk=self.at_risk,
            decided=self.decided,
            unscored=tuple(self.unscored),
            unscored_max=self.unscored_max,
            computed=self.computed,
            appraised=self.appraised,
            appraised_max=self.appraised_max,
            final=self.final,
            final_max=self.final_max,
        )

    def cut(self, cap: Decimal) -> None:
        """Keep points within the cap of a bonus branch."""
        points = min(self.claimed + self.decided, cap)
        safe = min(self.claimed + self.decided - self.at_risk, cap)
        self.claimed = min(self.claimed, points)
        self.decided = points - self.claimed
        self.at_risk = points - safe
        self.computed = min(self.computed, cap)
        self.appraised = min(self.appraised, cap)
        self.final = min(self.final, cap)

    @classmethod
    def highest(cls, parts: list["_Sums"]) -> "_Sums":
        """The best of several; each opinion of the points may find another one best."""
        best = replace(max(parts, key=lambda part: part.claimed + part.decided))
        best.computed = max(part.computed for part in parts)
        best.appraised = max(part.appraised for part in parts)
        best.final = max(part.final for part in parts)
        return best


@dataclass(slots=True)
class _Scorer:
    """Walks the set once, leaves first."""

    snapshot: Snapshot
    criteria: CriteriaSet
    rules: Mapping[str, Rule]
    leaves: dict[str, LeafScore] = field(default_factory=dict)
    nodes: dict[str, NodeScore] = field(default_factory=dict)
    bonus: Decimal = _ZERO
    anything: bool = False
    changed: bool = field(init=False)
    appraiser: Appraiser = field(init=False)

    def __post_init__(self) -> None:
        self.changed = self.snapshot.set_changed
        self.appraiser = Appraiser.of(self.snapshot, self.criteria)

    def node(self, node: Criterion, *, inside_bonus: bool = False) -> _Sums:
        """Score a branch; gives what it adds to the node above."""
        known = self.leaves if node.is_leaf else self.nodes
        if node.id in known:
            # An id printed twice is reported elsewhere; counting both would double its points.
            return _Sums()
        bonus = node.bonus and not inside_bonus
        sums = self._branch(node, inside_bonus=inside_bonus or bonus)
        if not bonus:
            return sums
        sums.cut(node.max_points if node.cap is None else node.cap)
        if not node.is_leaf:
            self.nodes[node.id] = sums.as_score(node.id, node.max_points)
        self.bonus += sums.claimed + sums.decided
        # A bonus that nobody claims leaves nothing open above its branch.
        return _Sums(
            claimed=sums.claimed,
            at_risk=sums.at_risk,
            decided=sums.decided,
            computed=sums.computed,
            appraised=sums.appraised,
            final=sums.final,
        )

    def _branch(self, node: Criterion, *, inside_bonus: bool) -> _Sums:
        if node.is_leaf:
            leaf = self._leaf(node, counts=not inside_bonus)
            self.leaves[node.id] = leaf
            return self._sums_of(node, leaf)
        # Its place in the printed order is before its children; its sums come after them.
        self.nodes[node.id] = _EMPTY_SHEET.total
        parts = [self.node(child, inside_bonus=inside_bonus) for child in node.children]
        if node.bonus and node.combine == _HIGHEST and parts:
            parts = [_Sums.highest(parts)]
        sums = _Sums.of(parts)
        self.nodes[node.id] = sums.as_score(node.id, node.max_points)
        return sums

    def _sums_of(self, node: Criterion, leaf: LeafScore) -> _Sums:
        sums = _Sums(applicable_max=leaf.counted_max)
        if leaf.standing is not None:
            sums.appraised = leaf.standing
            sums.appraised_max = leaf.counted_max
        if leaf.final is not None:
            sums.final = leaf.final
            sums.final_max = leaf.counted_max
        if isinstance(leaf.by_rule, Awarded):
            sums.computed = leaf.by_rule.points
        if node.scored_by is ScoredBy.SELF:
            sums.self_max = leaf.counted_max
            if leaf.claimed is not None:
                sums.claimed = leaf.claimed
                sums.at_risk = leaf.at_risk
                self.anything = True
            elif not leaf.not_applicable:
                sums.unscored = [node.id]
                sums.unscored_max = leaf.counted_max
        elif leaf.decided is not None:
            sums.decided = leaf.decided
            self.anything = True
        else:
            sums.pending_max = leaf.counted_max
        return sums

    def _leaf(self, node: Criterion, *, counts: bool) -> LeafScore:
        counted = node.max_points if counts else _ZERO
        if self.changed:
            unscored = Unscored(Reason.SET_CHANGED)
            return _unclaimed(node, unscored, counted)
        result = self.snapshot.results.get(node.id)
        dossier = self.snapshot.dossiers.get(node.id)
        if node.scored_by is not ScoredBy.SELF:
            return self._appraised(node, dossier, self._decided(node, result, counted), result)
        explanation = dossier.explanation if dossier else None
        if not_applicable(explanation) is not None:
            leaf = self._not_applicable(node, explanation, counted)
            return self._appraised(node, dossier, leaf, result)
        by_rule = self._by_rule(node, explanation, result)
        proposed = _proposed(explanation, node.max_points, self.criteria.places)
        claimed = proposed
        if claimed is None and isinstance(by_rule, Awarded):
            claimed = by_rule.points
        at_risk = claimed if claimed and _lacks_proof(node, dossier) else _ZERO
        leaf = LeafScore(
            criterion=node.id,
            max_points=node.max_points,
            by_rule=by_rule,
            claimed=claimed,
            proposed=proposed,
            at_risk=at_risk,
            counted_max=counted,
            asked=claimed,
            final=result.points if result else None,
        )
        return self._appraised(node, dossier, leaf, result)

    def _appraised(
        self, node: Criterion, dossier: Dossier | None, leaf: LeafScore, result: Result | None
    ) -> LeafScore:
        """The leaf with what assessors made of it."""

        def asked(supplements: tuple[Supplement, ...]) -> Asked:
            points = leaf.claimed
            for supplement in supplements:
                said = _proposed(supplement.explanation, node.max_points, self.criteria.places)
                points = points if said is None else said
            return Asked(points=points, not_applicable=leaf.not_applicable)

        added = sorted(dossier.supplements, key=lambda each: each.number) if dossier else ()
        appraisals = self.appraiser.appraisals(node, asked)
        if not appraisals and not added:
            # Of thousands of leaves nearly all; a copy of each would be felt.
            return leaf
        return replace(
            leaf,
            asked=asked(tuple(added)).points,
            appraisals=appraisals,
            appraised={each.round: each.points for each in appraisals if each.points is not None},
            final=leaf.final if result is not None else _final(appraisals),
        )

    def _by_rule(
        self, node: Criterion, explanation: Explanation | None, result: Result | None
    ) -> Score:
        rule = self.rules.get(node.id)
        if rule is None:
            return Unscored(Reason.NO_RULE)
        return rule.score(explanation, node.max_points, self.criteria.places, result)

    def _decided(self, node: Criterion, result: Result | None, counted: Decimal) -> LeafScore:
        by_rule: Score
        rule = self.rules.get(node.id)
        if result is not None and result.points is not None:
            by_rule = by_decision(result, result.points, node.max_points, self.criteria.places)
        elif result is not None or (rule and rule.shape in {"survey", "external"}):
            by_rule = self._by_rule(node, None, result)
        else:
            by_rule = Unscored(Reason.WAITING_FOR_RESULT, {"source": node.title})
        decided = by_rule.points if isinstance(by_rule, Awarded) else None
        return LeafScore(
            criterion=node.id,
            max_points=node.max_points,
            by_rule=by_rule,
            claimed=None,
            counted_max=counted,
            decided=decided,
            final=decided,
        )

    def _not_applicable(
        self, node: Criterion, explanation: Explanation | None, counted: Decimal
    ) -> LeafScore:
        written = not_applicable(explanation)
        params: dict[str, object] = {"reason": written.text.strip() if written else ""}
        if (node.not_applicable or self.criteria.not_applicable) is NotApplicable.RESCALE:
            unscored = Unscored(Reason.NOT_APPLICABLE, params)
            return _unclaimed(node, unscored, _ZERO, not_applicable=True)
        by_rule = award(
            node.max_points, node.max_points, self.criteria.places, "not_applicable_full", params
        )
        return LeafScore(
            criterion=node.id,
            max_points=node.max_points,
            by_rule=by_rule,
            claimed=by_rule.points,
            not_applicable=True,
            counted_max=counted,
            asked=by_rule.points,
        )


def _final(appraisals: tuple[Appraisal, ...]) -> Decimal | None:
    """The points that stand, once the council decided them or approved the round.

    What is open in a later round is not the last word any more.
    """
    final = None
    for appraisal in appraisals:
        done = appraisal.standing is Standing.SETTLED or appraisal.approved is not None
        final = appraisal.points if done and not appraisal.is_open else None
    return final


def _unclaimed(
    node: Criterion, unscored: Unscored, counted: Decimal, *, not_applicable: bool = False
) -> LeafScore:
    return LeafScore(
        criterion=node.id,
        max_points=node.max_points,
        by_rule=unscored,
        claimed=None,
        not_applicable=not_applicable,
        counted_max=counted,
    )


def _proposed(explanation: Explanation | None, max_points: Decimal, places: int) -> Decimal | None:
    """``de_nghi`` where it counts: readable, with a reason, not above the maximum."""
    proposal = explanation.proposal if explanation else None
    if proposal is None or not proposal.reason.strip():
        return None
    points = read_number(proposal.points.text, NumberKind.AMOUNT)
    if not isinstance(points, Decimal) or not 0 <= points <= max_points:
        return None
    return min(round_half_up(Fraction(points), places), max_points)


def _lacks_proof(node: Criterion, dossier: Dossier | None) -> bool:
    """A required document is absent."""
    required = [slot for slot in node.slots if slot.required]
    if dossier is None:
        return bool(required)
    return any(len(dossier.filling(slot.id)) < slot.at_least for slot in required)
