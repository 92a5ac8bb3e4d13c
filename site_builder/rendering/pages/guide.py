"""How to contribute, for officers (working edition)."""

from dataclasses import dataclass

from site_builder.model.criteria import Criterion, ScoredBy
from site_builder.model.site import Page
from site_builder.model.unit import Role
from site_builder.reading.numbers import show_date
from site_builder.rendering.context import Context, Frame, Link

TEMPLATE = "guide.md.jinja"
NAME = "huong-dan"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderRow:
    """Where the papers of a leaf belong.

    Attributes:
        folder: on the forge; "" text-only where there is no forge.
    """

    id: str
    title: str
    href: str
    path: str
    folder: str
    office: str


def page(context: Context) -> Page:
    """The guide."""
    address = context.addresses.page(NAME)
    period = context.unit.period
    leaves = [leaf for leaf in context.leaves if leaf.scored_by is ScoredBy.SELF]
    coordinators = [
        key for key, office in context.unit.offices.items() if office.role is Role.COORDINATOR
    ]
    example = next((leaf for leaf in leaves if context.dossier(leaf.id).exists), None)
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "guide"),
            heading=context.word("guide", "heading"),
        ),
        unit=context.unit,
        opens=show_date(period.opens),
        closes=show_date(period.closes),
        closes_iso=period.closes.isoformat(),
        coordinator=context.offices(coordinators),
        repository=context.forge.url if context.forge else "",
        example=_row(context, address, example) if example else None,
        folders=tuple(_row(context, address, leaf) for leaf in leaves),
        tasks=Link(
            context.word("nav", "tasks"),
            context.href(address, context.addresses.page("viec-can-lam")),
        ),
    )


def _row(context: Context, address: str, criterion: Criterion) -> FolderRow:
    dossier = context.dossier(criterion.id)
    there = context.forge is not None and dossier.exists
    return FolderRow(
        id=criterion.id,
        title=criterion.title,
        href=context.page_href(address, criterion.id),
        path=dossier.folder,
        folder=context.forge.folder(dossier.folder) if context.forge and there else "",
        office=context.office(dossier.responsible),
    )
