"""The evidence index: every document once, with all criteria that use it."""

from dataclasses import dataclass, field
from functools import partial

from site_builder.model.criteria import Criterion
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.site import Page
from site_builder.rendering.changes import seen_attributes, seen_bar
from site_builder.rendering.context import Context, Frame
from site_builder.rendering.evidence import DocumentRow, document_row
from site_builder.rendering.pictures import anchor

TEMPLATE = "evidence_index.md.jinja"
NAME = "chi-dan-minh-chung"


@dataclass(frozen=True, slots=True)
class Use:
    """A criterion that a document serves, and where in the document to look."""

    id: str
    href: str
    place: str


@dataclass(slots=True)
class Row:
    """One document; ``uses`` grows while criteria are walked in the printed order.

    Attributes:
        shown_at: where a page shows what is in it; "" when none does.
    """

    document: DocumentRow
    shown_at: str = ""
    uses: list[Use] = field(default_factory=list)


def page(context: Context) -> Page:
    """The index of all documents."""
    address = context.addresses.page(NAME)
    rows = _rows(context, address)
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "index"),
            heading=context.word("index", "heading", year=str(context.unit.period.year)),
            wide=True,
        ),
        caption=context.word("index", "caption", unit=context.unit.name),
        rows=rows,
        seen=seen_bar(context, address),
        seen_of=partial(seen_attributes, context),
        files=sum(len(row.document.files) for row in rows),
    )


def _rows(context: Context, address: str) -> tuple[Row, ...]:
    rows: dict[object, Row] = {}
    for criterion in context.own(context.criteria.walk()):
        for document in context.dossier(criterion.id).documents:
            key = identity(document)
            row = rows.get(key)
            shown = document_row(context, address, document)
            if row is None:
                row = rows[key] = Row(shown)
            elif not row.document.number and shown.number:
                # Whoever described the document more fully speaks for it.
                row.document = shown
            if not row.shown_at:
                row.shown_at = _shown_at(context, address, criterion, document)
            href = context.page_href(address, criterion.id)
            use = Use(criterion.id, f"{href}#tai-lieu" if href else "", shown.place)
            known = {each.place for each in row.uses if each.id == use.id}
            if use.place not in known and (use.place or not known):
                row.uses.append(use)
    return tuple(rows.values())


def _shown_at(context: Context, address: str, criterion: Criterion, document: Document) -> str:
    """The page of a long document, or its place on the page of a leaf that holds it."""
    for file in document.files:
        facts = context.results.processed.of(file.sha256)
        if facts is None or not context.addresses.evidence.get(file.path):
            continue
        if own := context.addresses.documents.get(facts.sha256):
            return context.href(address, own)
        if criterion.is_leaf and document.kind is not DocumentKind.REFERENCE:
            return f"{context.page_href(address, criterion.id)}#{anchor(file)}"
    return ""


def identity(document: Document) -> object:
    """What makes two entries the same document: equal bytes, or the same address on the web."""
    if document.kind is DocumentKind.LINK:
        return document.listing.link if document.listing else document.path
    if document.files and all(file.sha256 for file in document.files):
        return tuple(sorted(str(file.sha256) for file in document.files))
    return document.path
