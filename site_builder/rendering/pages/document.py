"""The page of a long document: what it is, who signed it, every page of it."""

from site_builder.model.evidence import EvidenceFile
from site_builder.model.site import Page
from site_builder.rendering.context import Context, Frame, Link, label
from site_builder.rendering.previews import file_view, uses

TEMPLATE = "document.md.jinja"


def pages(context: Context) -> tuple[Page, ...]:
    """The pages of all long documents, in the order of their addresses."""
    by_hash = {file.sha256: file for file in reversed(tuple(context.files.values()))}
    used = uses(context)
    return tuple(
        _page(context, address, by_hash[digest], used.get(digest, []))
        for digest, address in sorted(context.addresses.documents.items(), key=lambda each: each[1])
    )


def _page(context: Context, address: str, file: EvidenceFile, used: list[str]) -> Page:
    view = file_view(context, address, file, whole=True)
    if view is None:
        raise AssertionError("a document with a page is shown")
    subject = next(iter(_subjects(context, file)), "")
    title = subject or file.name
    by_id = context.criteria.by_id
    index = context.href(address, context.addresses.page("chi-dan-minh-chung"))
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
        name=file.name,
        used=tuple(
            Link(label(by_id[id_]), f"{context.page_href(address, id_)}#tai-lieu") for id_ in used
        ),
    )


def _subjects(context: Context, file: EvidenceFile) -> tuple[str, ...]:
    """What officers call the document, or what it calls itself."""
    typed = tuple(
        document.listing.subject
        for dossier in context.results.snapshot.dossiers.values()
        for document in dossier.documents
        if document.listing and document.listing.subject and file in document.files
    )
    facts = context.results.processed.of(file.sha256)
    said = facts.document.subject if facts and facts.document else ""
    return (*typed, said) if said else typed
