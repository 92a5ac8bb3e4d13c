"""The start page: where the commune stands, and what to do first."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from site_builder.model.criteria import CriteriaSet, Criterion
from site_builder.model.finding import Finding, Severity
from site_builder.model.progress import Completeness, completeness
from site_builder.model.score import NodeScore
from site_builder.model.site import Page
from site_builder.model.summary import is_appraised, of_leaf, of_node
from site_builder.rendering.changes import start_state
from site_builder.rendering.charts import Mark, Opinion, Shares, bar, opinions, scale
from site_builder.rendering.context import Context, Frame, label, show_day
from site_builder.rendering.gaps import gap_row, gaps
from site_builder.rendering.pages import search
from site_builder.rendering.pages.branch import shares_of
from site_builder.rendering.remarks import remark
from site_builder.rendering.status import node_shares, say_shares

TEMPLATE = "start.md.jinja"
NAME = "index"

# What fits on a screen; the page of findings by office has the rest.
_FIRST = 8
_GAPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The result in figures, each as people read it; "" where there is nothing to say."""

    claimed: str
    claimed_of: str
    pending: str
    decided: str
    at_risk: str
    unscored: str
    unscored_count: int
    excluded: str
    low: str
    high: str
    total: str
    percent: str
    class_title: str
    estimate: bool
    appraised: str
    appraised_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field of the set in one line.

    Attributes:
        points, computed, appraised: by the commune or a higher body, by the rules, by assessors.
        bar: the same drawn; "" where nothing was scored.
        complete: required documents that are there, of how many; "" where none are asked for.
    """

    id: str
    title: str
    href: str
    max_points: str
    points: str
    computed: str
    appraised: str
    bar: Markup
    complete: str
    is_complete: bool


def page(context: Context) -> Page:
    """The start page."""
    address = context.addresses.page(NAME)
    unit, period = context.unit, context.unit.period
    year = str(period.year)
    total = context.sheet.total
    changed = context.sheet.set_changed
    open_findings = context.open_findings
    shares = node_shares(total)
    appraised = is_appraised(context.results)
    open_gaps = gaps(context)
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "start"),
            heading=context.word("start", "heading", unit=unit.name, year=year),
            wide=True,
        ),
        find=search.field(context, address),
        unit=unit,
        period=period,
        headline=None if changed else _headline(context, total),
        scale=None if changed else _scale(context, total, shares),
        legend=(
            *(part for part, _ in shares.parts()),
            "computed",
            *(("appraised",) if appraised else ()),
        ),
        appraised=appraised,
        fields=tuple(
            _field(context, address, field, appraised=appraised)
            for field in context.own(context.criteria.fields)
        ),
        complete=_complete(context, context.leaves),
        gaps=tuple(gap_row(context, address, gap) for gap in open_gaps[:_GAPS]),
        more_gaps=max(0, len(open_gaps) - _GAPS),
        first=tuple(remark(context, address, finding) for finding in open_findings[:_FIRST]),
        counts=_counts(context, open_findings),
        revision=_revision(context),
        state=start_state(context, address),
    )


def _headline(context: Context, total: NodeScore) -> Headline:
    show = context.points
    percent = context.sheet.percent
    excluded = total.max_points - total.applicable_max
    return Headline(
        claimed=show(total.claimed),
        claimed_of=show(total.self_max),
        pending=show(total.pending_max) if total.pending_max else "",
        decided=show(total.decided) if total.decided else "",
        at_risk=show(total.at_risk) if total.at_risk else "",
        unscored=show(total.unscored_max) if total.unscored else "",
        unscored_count=len(total.unscored),
        excluded=show(excluded) if excluded > 0 else "",
        low=show(total.low),
        high=show(total.high),
        total=show(total.applicable_max),
        percent="" if percent is None else f"{show(percent)}%",
        class_title=context.sheet.class_title,
        estimate=context.sheet.class_is_estimate,
        appraised=show(total.appraised) if total.appraised_max else "",
        appraised_of=show(total.appraised_max),
    )


def _field(context: Context, address: str, field: Criterion, *, appraised: bool) -> FieldRow:
    """A field: its points as each side sees them, drawn and in figures."""
    if field.is_leaf:
        figures = of_leaf(context.leaf(field.id), field, appraised=appraised)
    else:
        figures = of_node(context.node(field.id), field.max_points, appraised=appraised)
    shares = shares_of(context, field)
    others = {"computed": figures.computed, "appraised": figures.appraised}
    drawn = tuple(Opinion(key, points) for key, points in others.items() if points is not None)
    said = "; ".join(
        (
            *((say_shares(context, shares),) if shares else ()),
            *(
                context.word("opinions", each.key, points=context.points(each.points))
                for each in drawn
            ),
        )
    )
    complete = _complete(context, field.leaves())
    return FieldRow(
        id=field.id,
        title=field.title,
        href=context.page_href(address, field.id),
        max_points=context.points(figures.max_points),
        points=context.points(figures.points),
        computed=context.points(figures.computed),
        appraised=context.points(figures.appraised),
        bar=opinions(shares, drawn, f"b-{context.criteria.order[field.id]}", label(field), said)
        if shares
        else Markup(),
        complete=f"{complete.filled}/{complete.required}" if complete.required else "",
        is_complete=complete.filled == complete.required,
    )


def _complete(context: Context, leaves: Iterable[Criterion]) -> Completeness:
    """Required documents of some leaves; the public does not know what is there."""
    found = Completeness()
    if not context.public:
        for leaf in leaves:
            score = context.leaf(leaf.id)
            found = found.plus(completeness(leaf, context.dossier(leaf.id), score))
    return found


def _scale(context: Context, total: NodeScore, shares: Shares) -> object:
    """The bar of the whole set with the bounds of the classes; None without points to place."""
    if total.applicable_max <= 0:
        return None
    said = say_shares(context, shares)
    plot = bar(shares, "b-scale", context.word("start", "scale"), said)
    return scale(plot, _marks(context.criteria), context.word("start", "since"))


def _marks(criteria: CriteriaSet) -> Iterable[Mark]:
    """Where each class begins, from the lowest."""
    classes = sorted(criteria.classes, key=lambda each: each.from_percent)
    return tuple(
        Mark(at=each.from_percent, text=each.title)
        for each in classes
        if Decimal(0) <= each.from_percent < Decimal(100)
    )


def _counts(context: Context, findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """How many findings there are of each severity, worst first, in words."""
    found = dict.fromkeys(reversed(Severity), 0)
    for finding in findings:
        found[finding.check.severity] += 1
    return tuple(
        (severity.word, context.word("counts", severity.word, count=count))
        for severity, count in found.items()
        if count
    )


def _revision(context: Context) -> str:
    """Which state of the repository the site shows."""
    revision = context.results.snapshot.revision
    if not revision.commit:
        return context.word("revision", "outside")
    day = show_day(revision.at) if revision.at else ""
    key = "dirty" if revision.dirty else "clean"
    return context.word("revision", key, commit=revision.commit[:10], day=day)
