"""The verdict sheet on paper: a whole field in one print, with room to write and to sign."""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.criteria import Criterion, ScoredBy
from site_builder.model.site import Page
from site_builder.model.verdict import is_appraised
from site_builder.rendering.addresses import ascii_id
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.verdicts import PAGE, STYLE, offered

TEMPLATE = "verdict_form.md.jinja"
_NAME = "phieu-tham-dinh-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the sheet.

    Attributes:
        blank: an assessor writes here.
        note: who gives the points instead.
    """

    id: str
    title: str
    href: str
    is_leaf: bool
    rule: str
    max_points: str
    asked: str
    blank: bool
    note: str


def address_of(context: Context, field: Criterion) -> str:
    """Of the sheet of a field."""
    return context.addresses.page(f"{_NAME}{ascii_id(field.id)}")


def pages(context: Context) -> Iterator[Page]:
    """A sheet for every field, where the edition has verdicts."""
    if offered(context):
        for field in context.own(context.criteria.fields):
            yield _page(context, field)


def _page(context: Context, field: Criterion) -> Page:
    address = address_of(context, field)
    home = context.href(address, context.addresses.page(PAGE))
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("verdict", "form_title", field=label(field)),
            heading=context.word("verdict", "form_heading", field=label(field)),
            crumbs=(Link(context.word("nav", "verdicts"), home),),
            wide=True,
        ),
        style=context.href(address, STYLE),
        caption=context.word(
            "verdict", "form_caption", unit=context.unit.name, year=str(context.unit.period.year)
        ),
        rows=tuple(_row(context, address, each) for each in context.own(field.walk())),
    )


def _row(context: Context, address: str, criterion: Criterion) -> Row:
    leaf = context.leaf(criterion.id)
    node = context.node(criterion.id)
    asked = leaf.asked if leaf else node.claimed if node else None
    return Row(
        id=criterion.id,
        title=criterion.title,
        href=context.page_href(address, criterion.id),
        is_leaf=criterion.is_leaf,
        rule=criterion.rule_text,
        max_points=context.points(criterion.max_points),
        asked=context.points(asked),
        blank=is_appraised(criterion.scored_by),
        note=""
        if criterion.scored_by is ScoredBy.SELF
        else context.word("scored_by", criterion.scored_by.value),
    )
