"""Progress by office: how far each one is, and which leaves are not ready (working edition)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from site_builder.model.criteria import Criterion, ScoredBy
from site_builder.model.finding import Finding, Severity
from site_builder.model.progress import Gap, Stake, evidence_state, missing_slots
from site_builder.model.site import Page
from site_builder.reading.numbers import show_date
from site_builder.rendering.charts import Shares, bar
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.gaps import gaps, said, short, why
from site_builder.rendering.status import (
    Badge,
    evidence_badge,
    leaf_shares,
    say_shares,
    score_badge,
)

TEMPLATE = "progress.md.jinja"
NAME = "tien-do"

# Characters of a message that a telephone shows without a "read more", and of one thing in it.
_MESSAGE = 700
_THING = 130


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
    """A leaf on which something is to be done.

    Attributes:
        at_stake: points that hang on it.
        said: what is to be done and what it is worth, in sentences.
        short: the same for a message on a telephone.
    """

    link: Link
    badges: tuple[Badge, ...]
    at_stake: Decimal
    said: tuple[str, ...]
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeLeaves:
    """The leaves of one office on which something is to be done, the most points first.

    Attributes:
        reminder: lines of a message to the office; none for leaves that nobody has.
    """

    title: str
    anchor: str
    leaves: tuple[OpenLeaf, ...]
    points: str
    reminder: tuple[str, ...]


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
    at_stake: dict[str, list[Gap]] = {}
    for gap in gaps(context):
        if gap.stake is not Stake.LOST:
            at_stake.setdefault(gap.criterion.id, []).append(gap)
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
            if (entry := _open(context, address, office, leaves, at_stake)).leaves
        ),
        deadlines=tuple(_deadlines(context)),
        closes=context.unit.period.closes,
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
    context: Context,
    address: str,
    office: str | None,
    leaves: Iterable[Criterion],
    at_stake: Mapping[str, Sequence[Gap]],
) -> OfficeLeaves:
    found = [
        leaf
        for criterion in leaves
        if (leaf := _open_leaf(context, address, criterion, at_stake.get(criterion.id, ())))
    ]
    # The printed order decides between equals: sorting is stable.
    found.sort(key=lambda leaf: -leaf.at_stake)
    total = sum((leaf.at_stake for leaf in found), Decimal(0))
    return OfficeLeaves(
        title=office_title(context, office),
        anchor=office_anchor(context, office),
        leaves=tuple(found),
        points=context.points(total) if total else "",
        reminder=_reminder(context, office, found) if office else (),
    )


def _open_leaf(
    context: Context, address: str, criterion: Criterion, at_stake: Sequence[Gap]
) -> OpenLeaf | None:
    """A leaf with what is to be done on it; None when it is ready."""
    leaf = context.leaf(criterion.id)
    dossier = context.dossier(criterion.id)
    id_ = criterion.id
    told: list[tuple[str, str]] = []
    for gap in at_stake:
        because = why(context, gap)
        words = {"id": id_, "points": context.points(gap.points), "why": because}
        key = gap.stake.value if because else f"{gap.stake.value}_bare"
        told.append((said(context, gap), context.word("reminder", key, **words)))
    state = evidence_state(criterion, dossier, leaf)
    if state in {"missing", "explained"} and not any(gap.missing for gap in at_stake):
        # Nothing hangs on the document yet, or its absence was explained.
        missing = context.word("gaps", "and").join(
            slot.title for slot in missing_slots(criterion, dossier)
        )
        told.append(
            (
                context.word("reminder", f"said_{state}", why=missing),
                context.word("reminder", state, id=id_, why=missing),
            )
        )
    errors = sum(
        finding.suppressed is None and finding.check.severity is Severity.ERROR
        for finding in context.findings_by_criterion.get(id_, ())
    )
    if errors and not told:
        told.append(
            (
                context.word("counts", "error", count=errors),
                context.word("reminder", "errors", id=id_, count=errors),
            )
        )
    if not told:
        return None
    badges = (score_badge(context, criterion), evidence_badge(context, criterion))
    return OpenLeaf(
        link=Link(label(criterion), context.page_href(address, id_)),
        badges=tuple(badge for badge in badges if badge is not None),
        at_stake=sum((gap.points for gap in at_stake), Decimal(0)),
        said=tuple(sentence for sentence, _ in told),
        short=tuple(sentence for _, sentence in told),
    )


def _reminder(context: Context, office: str, leaves: Sequence[OpenLeaf]) -> tuple[str, ...]:
    """A message of the length that a telephone shows at once; what does not fit is a number."""
    things = [short(sentence, _THING) for leaf in leaves for sentence in leaf.short]
    if not things:
        return ()
    head = context.word(
        "reminder",
        "head",
        office=office_title(context, office),
        count=len(things),
        day=context.unit.period.closes,
    )
    foot = context.word("reminder", "foot", page=context.word("nav", "progress"))
    lines = [head]
    for place, thing in enumerate(things, 1):
        line = context.word("reminder", "thing", place=place, thing=thing)
        left = len(things) - place + 1
        more = context.word("reminder", "more", count=left)
        if len("\n".join((*lines, line, more, foot))) > _MESSAGE:
            lines.append(more)
            break
        lines.append(line)
    return (*lines, foot)


def _deadlines(context: Context) -> Iterator[Deadline]:
    period = context.unit.period
    days = [(milestone.on, milestone.title) for milestone in period.milestones]
    # The plan's own words, where it has some for these days.
    known = {day for day, _ in days}
    bounds = (period.opens, "opens"), (period.closes, "closes")
    days.extend((day, context.word("progress", key)) for day, key in bounds if day not in known)
    for day, title in sorted(days):
        yield Deadline(day.isoformat(), show_date(day), title)
