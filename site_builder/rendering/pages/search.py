"""The page of results: what it finds comes out of the index, in the reader's browser."""

from dataclasses import dataclass

from site_builder.model.results import Edition
from site_builder.model.site import Page
from site_builder.rendering.context import Context, Frame, Link
from site_builder.rendering.pages import evidence_index, summary

TEMPLATE = "search.md.jinja"
NAME = "tim-kiem"
# Under docs/; loaded by the pages that search, not by every page.
SCRIPT = "sb/sb-search.js"
STYLE = "sb/sb-search.css"
# Beside the page; see ``pipeline.indexed``.
INDEX = "tim/"


@dataclass(frozen=True, slots=True)
class Field:
    """A field on another page that leads to the results: addresses of what it needs."""

    page: str
    script: str
    style: str


def field(context: Context, address: str) -> Field:
    """The field for the page at an address."""
    return Field(
        page=context.href(address, context.addresses.page(NAME)),
        script=context.href(address, SCRIPT),
        style=context.href(address, STYLE),
    )


def page(context: Context) -> Page:
    """The page with the field and the results."""
    address = context.addresses.page(NAME)
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "search"),
            heading=context.word("nav", "search"),
            wide=True,
        ),
        script=context.href(address, SCRIPT),
        style=context.href(address, STYLE),
        root=context.href(address, ""),
        index=INDEX,
        lists=tuple(
            Link(context.word("nav", word), context.href(address, context.addresses.page(name)))
            for word, name in (("index", evidence_index.NAME), ("summary", summary.NAME))
        ),
        public=context.results.edition is Edition.PUBLIC,
    )
