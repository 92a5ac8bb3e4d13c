"""What pages show of verdicts, and what the reader's browser needs to write new ones.

Only for who appraises and for the commune: results of the public edition hold none of it, and
``offered`` keeps the box away as well.
"""

import json
from dataclasses import dataclass

from site_builder.model.criteria import Criterion
from site_builder.model.score import LeafScore
from site_builder.model.verdict import Appraisal, Decision, Standing, Verdict, is_appraised
from site_builder.reading.numbers import show_date
from site_builder.rendering.context import Context
from site_builder.rendering.status import Badge

# Under docs/. The script is a few lines that load the desk when it is needed.
SCRIPT = "sb/sb-verdict.js"
DESK = "sb/sb-verdict-desk.js"
STYLE = "sb/sb-verdict.css"
ASSETS = (SCRIPT, DESK, STYLE)
PAGE = "tham-dinh"
_TONES = {
    Standing.DECIDED: "good",
    Standing.SETTLED: "good",
    Standing.DISPUTED: "bad",
    Standing.MORE: "warn",
    Standing.STALE: "warn",
    Standing.NOTHING: "warn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every page with a place for verdicts tells the script.

    Attributes:
        rounds: ids and titles as JSON; "[]" when unit.yml names none.
        page: link to the list of all leaves.
    """

    unit: str
    period: str
    rounds: str
    places: int
    page: str
    script: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A leaf as the script knows it.

    Attributes:
        digest: of what is judged; "" when it is not known, and then nothing can be judged.
        asked, max_points: plain decimals with a point; "" for no points.
        applies: False where the commune says that the leaf does not apply.
    """

    leaf: str
    digest: str
    asked: str
    max_points: str
    asked_said: str
    max_said: str
    applies: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """One assessor's verdict in words."""

    assessor: str
    decision: str
    points: str
    reason: str
    note: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """What a round made of a leaf."""

    title: str
    badge: Badge
    points: str
    opinions: tuple[Opinion, ...]
    settled: str
    reason: str
    approved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictView:
    """Everything about verdicts on a leaf's page.

    Attributes:
        judged: None where nobody judges the leaf.
    """

    desk: Desk
    judged: Judged | None
    rounds: tuple[RoundView, ...]


def offered(context: Context) -> bool:
    """The edition is one in which verdicts are read and written."""
    return not context.public


def desk(context: Context, address: str) -> Desk:
    """For the page at an address."""
    unit = context.unit
    rounds = [[each.id, each.title] for each in unit.period.rounds]
    return Desk(
        unit=unit.name,
        period=unit.period.id,
        rounds=json.dumps(rounds, ensure_ascii=False),
        places=context.criteria.places,
        page=context.href(address, context.addresses.page(PAGE)),
        script=context.href(address, SCRIPT),
        style=context.href(address, STYLE),
    )


def judged(context: Context, criterion: Criterion) -> Judged | None:
    """The leaf as it can be judged; None when it is not for assessors, or nothing was scored."""
    leaf = context.leaf(criterion.id)
    if leaf is None or context.sheet.set_changed or not is_appraised(criterion.scored_by):
        return None
    return Judged(
        leaf=criterion.id,
        digest=context.results.digests.leaves.get(criterion.id, ""),
        asked="" if leaf.asked is None else f"{leaf.asked:f}",
        max_points=f"{leaf.max_points:f}",
        asked_said=context.points(leaf.asked),
        max_said=context.points(leaf.max_points),
        applies=not leaf.not_applicable,
    )


def view(context: Context, address: str, criterion: Criterion) -> VerdictView | None:
    """What a leaf's page shows; None when the edition shows nothing of verdicts."""
    if not offered(context):
        return None
    found = judged(context, criterion)
    rounds = rounds_of(context, context.leaf(criterion.id))
    if found is None and not rounds:
        return None
    return VerdictView(desk=desk(context, address), judged=found, rounds=rounds)


def rounds_of(context: Context, leaf: LeafScore | None) -> tuple[RoundView, ...]:
    """What the rounds so far made of a leaf."""
    return tuple(_round(context, each) for each in (leaf.appraisals if leaf else ()))


def standing_badge(context: Context, leaf: LeafScore | None) -> Badge | None:
    """How a leaf stands after the last round that judged it."""
    if leaf is None or not leaf.appraisals:
        return None
    return _badge(context, leaf.appraisals[-1])


def difference(context: Context, leaf: LeafScore | None) -> str:
    """Appraised points less those asked for, with their sign; "" while one of them is absent."""
    if leaf is None or leaf.standing is None or leaf.claimed is None:
        return ""
    points = leaf.standing - leaf.claimed
    return f"+{context.points(points)}" if points > 0 else context.points(points)


def round_title(context: Context, id_: str) -> str:
    """A round as unit.yml names it."""
    titles = {round_.id: round_.title for round_ in context.unit.period.rounds}
    return titles.get(id_, id_)


def _badge(context: Context, appraisal: Appraisal) -> Badge:
    standing = appraisal.standing
    return Badge(_TONES[standing], context.word("verdict_standing", standing.value))


def _round(context: Context, appraisal: Appraisal) -> RoundView:
    settled, approved = appraisal.settled, appraisal.approved
    return RoundView(
        title=round_title(context, appraisal.round),
        badge=_badge(context, appraisal),
        points=context.points(appraisal.points) if appraisal.points is not None else "",
        opinions=tuple(
            _opinion(context, row, stale=row in appraisal.stale) for row in appraisal.verdicts
        ),
        settled=context.word(
            "verdict",
            "settled" if settled.issued_on else "settled_undated",
            number=settled.document_number,
            date=show_date(settled.issued_on) if settled.issued_on else "",
        )
        if settled
        else "",
        reason=settled.reason if settled else "",
        approved=context.word(
            "verdict",
            "approved",
            number=approved.approved_by,
            date=show_date(approved.approved_on) if approved.approved_on else "",
        )
        if approved
        else "",
    )


def _opinion(context: Context, row: Verdict, *, stale: bool) -> Opinion:
    return Opinion(
        assessor=row.assessor,
        decision=context.word("verdict_decision", row.decision.name.lower()),
        points=context.points(row.points) if row.decision is Decision.RESCORE else "",
        reason=row.demand if row.decision is Decision.MORE else row.reason,
        note=row.note,
        stale=stale,
    )
