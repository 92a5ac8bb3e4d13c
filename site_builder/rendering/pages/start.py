"""The start page: where the commune stands, and what to do first."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from site_builder.model.criteria import CriteriaSet
from site_builder.model.finding import Finding, Severity
from site_builder.model.score import NodeScore
from site_builder.model.site import Page
from site_builder.rendering.charts import Mark, Shares, bar, scale
from site_builder.rendering.context import Context, Frame, show_day
from site_builder.rendering.pages import search
from site_builder.rendering.pages.branch import child_row
from site_builder.rendering.remarks import remark
from site_builder.rendering.status import node_shares, say_shares

TEMPLATE = "start.md.jinja"
NAME = "index"

# What fits on a screen; the page of findings by office has the rest.
_FIRST = 8


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


def page(context: Context) -> Page:
    """The start page."""
    address = context.addresses.page(NAME)
    unit, period = context.unit, context.unit.period
    year = str(period.year)
    total = context.sheet.total
    changed = context.sheet.set_changed
    open_findings = context.open_findings
    shares = node_shares(total)
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
        legend=tuple(part for part, _ in shares.parts()),
        fields=tuple(
            child_row(context, address, field) for field in context.own(context.criteria.fields)
        ),
        total_row=bar(
            shares, "b-total", context.word("start", "total"), say_shares(context, shares)
        ),
        total_said=say_shares(context, shares),
        first=tuple(remark(context, address, finding) for finding in open_findings[:_FIRST]),
        counts=_counts(context, open_findings),
        revision=_revision(context),
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
    )


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
