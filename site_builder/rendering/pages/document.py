"""The page of a long document: what it is, who signed it, every page of it."""

from site_builder.model.dossier import Document
from site_builder.model.evidence import EvidenceFile
from site_builder.model.site import Page
from site_builder.rendering.context import Context, Frame, Link
from site_builder.rendering.pages import evidence_index
from site_builder.rendering.previews import file_view

TEMPLATE = "document.md.jinja"


def pages(context: Context) -> tuple[Page, ...]:
    """The pages of all long documents, in the order of their addresses."""
    by_hash = {file.sha256: file for file in reversed(tuple(context.files.values()))}
    return tuple(
        _page(context, address, by_hash[digest])
        for digest, address in sorted(context.addresses.documents.items(), key=lambda each: each[1])
    )


def _page(context: Context, address: str, file: EvidenceFile) -> Page:
    document = _described(context, file)
    view = file_view(context, address, file, document, whole=True)
    if view is None:
        raise AssertionError("a document with a page is shown")
    facts = context.results.processed.of(file.sha256)
    said = facts.document.subject if facts and facts.document else ""
    title = (document.subject if document else "") or said or file.name
    index = context.href(address, context.addresses.page(evidence_index.NAME))
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=title,
            heading=title,
            crumbs=(Link(context.word("nav", "index"), index),),
            wide=True,
        ),
        view=view,
    )


def _described(context: Context, file: EvidenceFile) -> Document | None:
    """The file as its most careful officer describes it, when it is a document by itself."""
    alone = [each for _, each in context.uses.get(file.sha256 or "", ()) if len(each.files) == 1]
    return max(alone, key=lambda each: each.listing is not None, default=None)
