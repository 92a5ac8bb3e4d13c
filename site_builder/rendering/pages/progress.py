"""Progress by office: how far each one is, and which leaves are not ready (working edition)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from site_builder.model.criteria import Criterion, ScoredBy
from site_builder.model.finding import Finding, Severity
from site_builder.model.progress import evidence_state, missing_slots
from site_builder.model.site import Page
from site_builder.reading.numbers import show_date
from site_builder.rendering.charts import Shares, bar
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.status import (
    Badge,
    evidence_badge,
    leaf_shares,
    say_shares,
    score_badge,
)

TEMPLATE = "progress.md.jinja"
NAME = "tien-do"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """How far an office is.

    Attributes:
        tasks: where its findings stand; "" when it has none.
        ready: leaves with points and with every required document.
    """

    title: str
    tasks: str
    leaves: int
    ready: int
    explained: int
    missing: int
    unscored: int
    errors: int
    warnings: int
    points: str
    max_points: str
    bar: Markup
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLeaf:
    """A leaf that is not ready."""

    link: Link
    badges: tuple[Badge, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLeaves:
    """The leaves of one office that are not ready."""

    title: str
    anchor: str
    leaves: tuple[OpenLeaf, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that people should see coming; the browser counts the days to it."""

    iso: str
    day: str
    title: str


def page(context: Context) -> Page:
    """The page of progress."""
    address = context.addresses.page(NAME)
    by_office = leaves_by_office(context)
    findings = findings_by_office(context)
    rows = tuple(
        _row(context, address, office, leaves, findings.get(office, ()))
        for office, leaves in by_office.items()
    )
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "progress"),
            heading=context.word("progress", "heading", unit=context.unit.name),
        ),
        rows=rows,
        open=tuple(
            entry
            for office, leaves in by_office.items()
            if (entry := _open(context, address, office, leaves)).leaves
        ),
        deadlines=tuple(_deadlines(context)),
    )


def office_title(context: Context, office: str | None) -> str:
    """The office's title, or what stands for leaves that nobody has."""
    return context.office(office) or context.word("progress", "nobody")


def office_anchor(context: Context, office: str | None) -> str:
    """The office's section, on every page that has one."""
    offices = list(context.unit.offices)
    return f"bo-phan-{offices.index(office) + 1 if office in offices else 0}"


def leaves_by_office(context: Context) -> dict[str | None, list[Criterion]]:
    """Self-scored leaves by responsible office, in the order of unit.yml; nobody's last."""
    found: dict[str | None, list[Criterion]] = {office: [] for office in context.unit.offices}
    found[None] = []
    for leaf in context.leaves:
        if leaf.scored_by is ScoredBy.SELF:
            found.setdefault(context.dossier(leaf.id).responsible, []).append(leaf)
    found[None] = found.pop(None)
    return {office: leaves for office, leaves in found.items() if leaves}


def findings_by_office(context: Context) -> dict[str | None, list[Finding]]:
    """Open findings by office, in the same order; general ones under None, last."""
    found: dict[str | None, list[Finding]] = {office: [] for office in context.unit.offices}
    found[None] = []
    for finding in context.open_findings:
        found.setdefault(finding.office, []).append(finding)
    found[None] = found.pop(None)
    return {office: findings for office, findings in found.items() if findings}


def _row(
    context: Context,
    address: str,
    office: str | None,
    leaves: Iterable[Criterion],
    findings: Collection[Finding],
) -> OfficeRow:
    states = {"full": 0, "explained": 0, "missing": 0, "": 0}
    ready = unscored = count = 0
    shares = Shares(total=Decimal(0))
    for criterion in leaves:
        count += 1
        leaf = context.leaf(criterion.id)
        state = evidence_state(criterion, context.dossier(criterion.id), leaf)
        states[state] += 1
        scored = leaf is not None and (leaf.claimed is not None or leaf.not_applicable)
        unscored += not scored
        ready += scored and state in {"full", ""}
        if leaf is not None:
            bonus = criterion.id in context.bonus
            shares = shares.plus(leaf_shares(criterion, leaf, bonus=bonus))
    title, anchor = office_title(context, office), office_anchor(context, office)
    said = say_shares(context, shares)
    severities = [finding.check.severity for finding in findings]
    return OfficeRow(
        title=title,
        tasks=context.href(address, context.addresses.page("viec-can-lam"), anchor)
        if findings
        else "",
        leaves=count,
        ready=ready,
        explained=states["explained"],
        missing=states["missing"],
        unscored=unscored,
        errors=severities.count(Severity.ERROR),
        warnings=severities.count(Severity.WARNING),
        points=context.points(shares.safe + shares.risk),
        max_points=context.points(shares.total),
        bar=bar(shares, f"b-{anchor}", title, said),
        said=said,
    )


def _open(
    context: Context, address: str, office: str | None, leaves: Iterable[Criterion]
) -> OfficeLeaves:
    return OfficeLeaves(
        title=office_title(context, office),
        anchor=office_anchor(context, office),
        leaves=tuple(_open_leaves(context, address, leaves)),
    )


def _open_leaves(context: Context, address: str, leaves: Iterable[Criterion]) -> Iterator[OpenLeaf]:
    for criterion in leaves:
        leaf = context.leaf(criterion.id)
        dossier = context.dossier(criterion.id)
        badges = (score_badge(context, criterion), evidence_badge(context, criterion))
        scored = leaf is not None and (leaf.claimed is not None or leaf.not_applicable)
        complete = evidence_state(criterion, dossier, leaf) in {"full", ""}
        if not (scored and complete):
            yield OpenLeaf(
                link=Link(label(criterion), context.page_href(address, criterion.id)),
                badges=tuple(badge for badge in badges if badge is not None),
                missing=()
                if complete
                else tuple(slot.title for slot in missing_slots(criterion, dossier)),
            )


def _deadlines(context: Context) -> Iterator[Deadline]:
    period = context.unit.period
    days = [(milestone.on, milestone.title) for milestone in period.milestones]
    # The plan's own words, where it has some for these days.
    known = {day for day, _ in days}
    bounds = (period.opens, "opens"), (period.closes, "closes")
    days.extend((day, context.word("progress", key)) for day, key in bounds if day not in known)
    for day, title in sorted(days):
        yield Deadline(day.isoformat(), show_date(day), title)
