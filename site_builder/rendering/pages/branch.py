"""The page of a field or of a criterion with parts: what lies below it and how it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from site_builder.model.criteria import Criterion
from site_builder.model.progress import leaf_points
from site_builder.model.site import Page
from site_builder.rendering.charts import Shares, bar
from site_builder.rendering.context import Context, Frame, label
from site_builder.rendering.evidence import DocumentRow, document_row
from site_builder.rendering.pages.leaf import crumbs
from site_builder.rendering.remarks import remark
from site_builder.rendering.status import (
    Badge,
    evidence_badge,
    leaf_shares,
    node_shares,
    say_shares,
    score_badge,
)

TEMPLATE = "branch.md.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildRow:
    """A criterion in a table of criteria.

    Attributes:
        bar: how its points are placed; "" where nothing was scored.
        said: the same in words.
        badges: for a leaf, how it stands.
    """

    id: str
    title: str
    href: str
    depth: int
    is_leaf: bool
    max_points: str
    points: str
    bar: Markup
    said: str
    badges: tuple[Badge, ...]
    office: str


def child_row(context: Context, address: str, criterion: Criterion, depth: int = 0) -> ChildRow:
    """A row about a criterion for the page at ``address``."""
    shares = shares_of(context, criterion)
    said = say_shares(context, shares) if shares else ""
    # Dots and letters outside ASCII would do in an id, but not in every selector.
    id_ = f"b-{context.criteria.order[criterion.id]}"
    badges: tuple[Badge, ...] = ()
    if criterion.is_leaf:
        proof = evidence_badge(context, criterion)
        badges = (score_badge(context, criterion), *((proof,) if proof else ()))
    return ChildRow(
        id=criterion.id,
        title=criterion.title,
        href=context.page_href(address, criterion.id),
        depth=depth,
        is_leaf=criterion.is_leaf,
        max_points=context.points(criterion.max_points),
        points=context.points(points_of(context, criterion)),
        bar=bar(shares, id_, label(criterion), said) if shares else Markup(),
        said=said,
        badges=badges,
        office=context.office(context.dossier(criterion.id).responsible),
    )


def shares_of(context: Context, criterion: Criterion) -> Shares | None:
    """How the points of a leaf or a branch are placed; None where nothing was scored."""
    bonus = criterion.id in context.bonus
    if criterion.is_leaf:
        leaf = context.leaf(criterion.id)
        return leaf_shares(criterion, leaf, bonus=bonus) if leaf else None
    node = context.node(criterion.id)
    return node_shares(node, bonus=bonus) if node else None


def points_of(context: Context, criterion: Criterion) -> Decimal | None:
    """Points that a criterion has so far; None for a leaf without, or where nothing was scored."""
    if criterion.is_leaf:
        return leaf_points(context.leaf(criterion.id))
    node = context.node(criterion.id)
    return node.claimed + node.decided if node else None


def page(context: Context, criterion: Criterion) -> Page:
    """The page of one inner node."""
    address = context.addresses.pages[criterion.id]
    findings = tuple(
        remark(context, address, finding)
        for finding in context.findings_by_criterion.get(criterion.id, ())
    )
    node = context.node(criterion.id)
    shares = shares_of(context, criterion)
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=label(criterion),
            heading=label(criterion),
            short=context.word("nav", "overview", id=criterion.id),
            crumbs=crumbs(context, criterion),
        ),
        criterion=criterion,
        rows=tuple(_rows(context, address, criterion)),
        points=context.points(points_of(context, criterion)),
        max_points=context.points(criterion.max_points),
        said=say_shares(context, shares) if shares else "",
        unscored=node is None,
        shared=_shared(context, address, criterion),
        open_findings=tuple(each for each in findings if not each.reason),
        answered=tuple(each for each in findings if each.reason),
    )


def _rows(context: Context, address: str, criterion: Criterion) -> Iterator[ChildRow]:
    for node in context.own(criterion.walk()):
        if node is not criterion:
            yield child_row(context, address, node, node.depth - criterion.depth - 1)


def _shared(context: Context, address: str, criterion: Criterion) -> tuple[DocumentRow, ...]:
    """Documents in the branch's own folder, which leaves below may cite."""
    documents = context.dossier(criterion.id).documents
    return tuple(document_row(context, address, document) for document in documents)
