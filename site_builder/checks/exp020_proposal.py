"""A score argued for (``de_nghi``) can count, and differs from the rule only knowingly."""

from collections.abc import Iterator
from decimal import Decimal

from site_builder.checks.leaves import Leaf
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier, Proposal
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.score import Awarded
from site_builder.reading.numbers import Ambiguous, read_number

UNUSABLE = Check("EXP020", "proposal-unusable", Severity.ERROR)
EQUAL = Check("EXP021", "proposal-equals-rule", Severity.NOTICE)
CONTRADICTS = Check("EXP022", "score-contradicts-rule", Severity.WARNING)
CHECKS = (UNUSABLE, EQUAL, CONTRADICTS)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most two findings: what makes the proposal unusable, or how it stands to the rule."""
    leaf = facts.leaves.get(dossier.criterion)
    proposal = dossier.explanation.proposal if dossier.explanation else None
    if leaf is None or proposal is None or not leaf.applies:
        return
    text = proposal.points.text.strip()
    points = read_number(text)
    fault = _fault(points, text, leaf.criterion.max_points)
    if fault is not None:
        yield UNUSABLE.at(
            leaf.path,
            line=proposal.points.line,
            criterion=dossier.criterion,
            subject=fault,
            variant=fault,
            value=text[:60],
            first=points.readings[0] if isinstance(points, Ambiguous) else "",
            second=points.readings[1] if isinstance(points, Ambiguous) else "",
            max=leaf.criterion.max_points,
        )
    if not proposal.reason.strip():
        yield UNUSABLE.at(
            leaf.path,
            line=proposal.line,
            criterion=dossier.criterion,
            subject="no_reason",
            variant="no_reason",
            value=text[:60],
        )
    elif fault is None and isinstance(points, Decimal):
        yield from _beside_the_rule(leaf, proposal, points, facts)


def _fault(points: Decimal | Ambiguous | None, text: str, most: Decimal) -> str | None:
    if isinstance(points, Ambiguous):
        return "ambiguous"
    if points is None:
        return "not_a_number" if text else "no_points"
    if points < 0:
        return "negative"
    return "above_max" if points > most else None


def _beside_the_rule(
    leaf: Leaf, proposal: Proposal, points: Decimal, facts: Facts
) -> Iterator[Finding]:
    # Without a score by the rule there is nothing to compare: what is absent or impossible is
    # reported by itself.
    score = facts.sheet.leaves.get(leaf.criterion.id)
    if score is None or not isinstance(score.by_rule, Awarded):
        return
    points = points if score.proposed is None else score.proposed
    check = EQUAL if score.by_rule.points == points else CONTRADICTS
    yield check.at(
        leaf.path,
        line=proposal.points.line,
        criterion=leaf.criterion.id,
        proposed=points,
        by_rule=score.by_rule.points,
        reason=proposal.reason,
    )
