"""The scoring summary, in the columns of the printed form."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from site_builder.model.criteria import Criterion
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.site import Page
from site_builder.reading.numbers import show_date
from site_builder.rendering.changes import seen_attributes, seen_bar
from site_builder.rendering.context import Context, Frame, Link
from site_builder.rendering.evidence import file_href, web_link
from site_builder.rendering.pages.branch import points_of
from site_builder.rendering.status import Badge, evidence_badge, score_badge

TEMPLATE = "summary.md.jinja"
NAME = "tong-hop"

# Long explanations stand on the leaf's own page.
_EXCERPT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    Attributes:
        level: 0 for a field.
        note: who scores it, for leaves that the commune does not score.
    """

    id: str
    title: str
    href: str
    level: int
    is_leaf: bool
    max_points: str
    points: str
    note: str
    documents: tuple[Link, ...]
    explanation: str
    more: bool
    badges: tuple[Badge, ...]


def page(context: Context) -> Page:
    """The table of all criteria."""
    address = context.addresses.page(NAME)
    total = context.sheet.total
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "summary"),
            heading=context.word("summary", "heading", year=str(context.unit.period.year)),
            wide=True,
        ),
        caption=context.word("summary", "caption", unit=context.unit.name),
        rows=tuple(_rows(context, address)),
        total_max=context.points(total.max_points),
        total_points=context.points(total.claimed + total.decided)
        if not context.sheet.set_changed
        else context.points(None),
        places=context.criteria.places,
        seen=seen_bar(context, address, whole=True),
        seen_of=partial(seen_attributes, context),
    )


def _rows(context: Context, address: str) -> Iterator[Row]:
    for criterion in context.own(context.criteria.walk()):
        yield _row(context, address, criterion)


def _row(context: Context, address: str, criterion: Criterion) -> Row:
    dossier = context.dossier(criterion.id)
    text = dossier.explanation.text if dossier.explanation else ""
    excerpt = _excerpt(text)
    scored_by = criterion.scored_by.value
    badges: tuple[Badge, ...] = ()
    if criterion.is_leaf:
        score = score_badge(context, criterion)
        proof = evidence_badge(context, criterion)
        loud = tuple(each for each in (score, proof) if each and each.tone in {"bad", "warn"})
        badges = loud
    return Row(
        id=criterion.id,
        title=criterion.title,
        href=context.page_href(address, criterion.id),
        level=criterion.depth,
        is_leaf=criterion.is_leaf,
        max_points=context.points(criterion.max_points),
        points=context.points(points_of(context, criterion)),
        note=""
        if scored_by == "self" or not criterion.is_leaf
        else context.word("scored_by", scored_by),
        documents=tuple(
            link
            for document in dossier.documents
            if criterion.is_leaf and (link := _document(context, address, criterion, document))
        ),
        explanation=excerpt,
        more=excerpt != text,
        badges=badges,
    )


def _document(
    context: Context, address: str, criterion: Criterion, document: Document
) -> Link | None:
    """A document as the form names it: number and date, else its subject, else its name."""
    listing = document.listing
    if document.number:
        date = show_date(document.issued_on) if document.issued_on else ""
        text = ", ".join(filter(None, (document.number, date)))
    elif listing is not None and listing.subject:
        text = listing.subject
    else:
        text = document.title
    if document.kind is DocumentKind.LINK:
        return Link(text, web_link(listing.link if listing and listing.link else document.path))
    if len(document.files) == 1:
        return Link(
            text, file_href(context, address, document.files[0], listing.place if listing else "")
        )
    page_of = context.page_href(address, criterion.id)
    return Link(text, f"{page_of}#tai-lieu" if page_of else "")


def _excerpt(text: str) -> str:
    """The beginning of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= _EXCERPT:
        return text
    cut = text.rfind(" ", 0, _EXCERPT)
    return text[: cut if cut > 0 else _EXCERPT].rstrip(" ,;:.") + "\u2026"
