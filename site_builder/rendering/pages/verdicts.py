"""The assessors' desk: every leaf with its state, what they wrote, and the ways to hand it on."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.criteria import Criterion
from site_builder.model.site import Page
from site_builder.rendering.addresses import ascii_id
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.pages import verdict_form
from site_builder.rendering.status import Badge
from site_builder.rendering.verdicts import PAGE, Judged, desk, judged, standing_badge

TEMPLATE = "verdicts.md.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A leaf that assessors judge.

    Attributes:
        points: appraised points that stand.
    """

    id: str
    anchor: str
    title: str
    href: str
    judged: Judged
    points: str
    badge: Badge | None


def page(context: Context) -> Page:
    """The page of verdicts."""
    address = context.addresses.page(PAGE)
    rounds = context.unit.period.rounds
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "verdicts"),
            heading=context.word(
                "verdict", "heading", unit=context.unit.name, year=str(context.unit.period.year)
            ),
            wide=True,
        ),
        desk=desk(context, address),
        has_rounds=bool(rounds),
        sample_round=rounds[-1].id if rounds else context.word("verdict", "some_round"),
        caption=context.word("verdict", "caption"),
        rows=tuple(_rows(context, address)),
        forms=tuple(
            Link(label(field), context.href(address, verdict_form.address_of(context, field)))
            for field in context.own(context.criteria.fields)
        ),
    )


def _rows(context: Context, address: str) -> Iterator[Row]:
    for criterion in context.leaves:
        found = judged(context, criterion)
        if found is not None:
            yield _row(context, address, criterion, found)


def _row(context: Context, address: str, criterion: Criterion, found: Judged) -> Row:
    leaf = context.leaf(criterion.id)
    return Row(
        id=criterion.id,
        anchor=ascii_id(criterion.id),
        title=criterion.title,
        href=context.page_href(address, criterion.id),
        judged=found,
        points=context.points(leaf.standing) if leaf and leaf.standing is not None else "",
        badge=standing_badge(context, leaf),
    )
