"""Evidence was issued: a draft, or a paper without its number or day, proves nothing."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import files_read, is_official, is_sure, slot_of
from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts, OfficialDocument
from site_builder.model.text import fold

CHECK = Check("DOC001", "draft", Severity.WARNING)

_DRAFT = "du thao"


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file, but none where the signed paper lies beside it (DOC007 says so)."""
    for document, file, read, official in files_read(dossier, facts):
        if not official.draft or not _is_draft(read, official):
            continue
        if _is_wanted(document, slot_of(document, dossier, facts)):
            continue
        if facts.alike.final_beside(file.sha256, dossier.criterion):
            continue
        typed = document.listing.number if document.listing else ""
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant="typed" if typed and official.draft != "marked" else official.draft,
            file=file.name,
            number=typed,
            symbol=official.symbol,
        )


def _is_draft(read: FileFacts, official: OfficialDocument) -> bool:
    if official.draft == "marked":
        return True
    # A number written by hand is not in the text, and what was signed has left the drawer:
    # there EVI006 asks for what could not be read.
    return is_sure(official) and is_official(official) and not read.signatures


def _is_wanted(document: Document, slot: Slot | None) -> bool:
    """The set asks for a draft, or the officer says that this is one."""
    said = [document.listing.subject if document.listing else ""]
    if slot is not None:
        said += [slot.title, slot.document_type, *slot.alternatives]
    return any(_DRAFT in fold(text) for text in said)
