"""An official document that an officer lists has its number and date."""

from collections.abc import Iterator

from site_builder.checks.document_types import DATED, NUMBERED, UNNUMBERED_SUFFIXES
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Document, DocumentKind, Dossier
from site_builder.model.finding import Check, Finding, Kind, Severity
from site_builder.model.processed import State
from site_builder.model.text import fold

CHECK = Check("EVI006", "number-or-date-missing", Severity.WARNING, Kind.INCOMPLETE)

# Of the others it is reported that they cannot be read, and that is what has to be mended.
_LOOKED_INTO = frozenset({State.READ, State.PARTIAL})


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Of listed documents whose file does not tell either.

    A file that nobody looked into may tell; a draft is told to be one (DOC001).
    """
    types: dict[str, str] | None = None
    for document in dossier.documents:
        listing = document.listing
        if listing is None or (listing.number and listing.issued_on) or not document.slot:
            continue
        if not _is_text(document) or not _was_read(document, facts):
            continue
        if types is None:
            slots = facts.criterion(dossier).slots
            types = {slot.id: fold(slot.document_type).strip() for slot in slots}
        folded = types.get(document.slot, "")
        number = not document.number and folded in NUMBERED
        day = document.issued_on is None and (folded in NUMBERED or folded in DATED)
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


def _was_read(document: Document, facts: Facts) -> bool:
    found = [facts.processed.of(file.sha256) for file in document.files]
    drafts = document.read is not None and document.read.draft
    return not drafts and any(read is not None and read.state in _LOOKED_INTO for read in found)


def _is_text(document: Document) -> bool:
    # What another leaf says of a document it lends (xem) is checked over there.
    if document.kind is not DocumentKind.FILE:
        return False
    return not any(file.suffix in UNNUMBERED_SUFFIXES for file in document.files)
