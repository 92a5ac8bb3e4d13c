"""The navigation: pages about the whole, then the tree of criteria, then what explains it."""

from collections.abc import Iterable

from site_builder.model.criteria import Criterion
from site_builder.model.site import NavItem, Page
from site_builder.rendering.context import Context, label
from site_builder.rendering.escaping import title


def navigation(
    context: Context, before: Iterable[Page], after: Iterable[Page]
) -> tuple[NavItem, ...]:
    """The top level: ``before`` the tree of criteria, and ``after`` it, pages of their own."""
    return (
        *(NavItem(title=page.title, page=page.path) for page in before),
        *(_criterion(context, field) for field in context.own(context.criteria.fields)),
        *(NavItem(title=page.title, page=page.path) for page in after),
    )


def _criterion(context: Context, criterion: Criterion) -> NavItem:
    return NavItem(
        title=title(label(criterion)),
        page=context.addresses.pages[criterion.id].removesuffix(".html") + ".md",
        children=tuple(_criterion(context, child) for child in context.own(criterion.children)),
    )
