"""An official document that an officer lists has its number and date."""

from collections.abc import Iterator

from site_builder.checks.document_types import DATED, NUMBERED, UNNUMBERED_SUFFIXES
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Document, DocumentKind, Dossier
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.text import fold

CHECK = Check("EVI006", "number-or-date-missing", Severity.WARNING, Kind.INCOMPLETE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Only of listed documents: what the others say about themselves nobody has read yet."""
    types: dict[str, str] | None = None
    for document in dossier.documents:
        listing = document.listing
        if listing is None or (listing.number and listing.issued_on) or not document.slot:
            continue
        if not _is_text(document):
            continue
        if types is None:
            slots = facts.criterion(dossier).slots
            types = {slot.id: fold(slot.document_type).strip() for slot in slots}
        folded = types.get(document.slot, "")
        number = not listing.number and folded in NUMBERED
        day = listing.issued_on is None and (folded in NUMBERED or folded in DATED)
        if not number and not day:
            continue
        path = dossier.explanation.path if dossier.explanation else document.path
        yield CHECK.at(
            path,
            line=listing.line,
            criterion=dossier.criterion,
            subject=document.path,
            variant="both" if number and day else ("number" if number else "date"),
            title=document.title,
        )


def _is_text(document: Document) -> bool:
    # What another leaf says of a document it lends (xem) is checked over there.
    if document.kind is not DocumentKind.FILE:
        return False
    return not any(file.suffix in UNNUMBERED_SUFFIXES for file in document.files)
