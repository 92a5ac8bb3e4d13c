"""What the files of documents say of themselves, and how far that can be held against anyone."""

from collections.abc import Iterator

from site_builder.checks.document_types import DATED, NUMBERED
from site_builder.checks.protocols import Facts
from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind, Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import FileFacts, OfficialDocument, TextSource
from site_builder.model.text import fold

OFFICIAL: frozenset[str] = frozenset((*NUMBERED, *DATED))


def documents_read(dossier: Dossier) -> Iterator[tuple[Document, OfficialDocument]]:
    """A leaf's own documents of one file that hold an official document.

    What another leaf lends (``xem``) is looked at over there.
    """
    for document in dossier.documents:
        if document.read is not None and document.kind is not DocumentKind.REFERENCE:
            yield document, document.read


def files_read(
    dossier: Dossier, facts: Facts
) -> Iterator[tuple[Document, EvidenceFile, FileFacts, OfficialDocument]]:
    """The same file by file, those in folders included."""
    for document in dossier.documents:
        if document.kind is DocumentKind.REFERENCE:
            continue
        for file in document.files:
            read = facts.processed.of(file.sha256)
            if read is not None and read.document is not None:
                yield document, file, read, read.document


def is_sure(read: OfficialDocument) -> bool:
    """The text was in the file; what was recognised from a picture proves nobody wrong."""
    return read.source is TextSource.LAYER


def is_official(read: OfficialDocument) -> bool:
    """Of a type that has a number or a date by the decree."""
    return fold(read.type).strip() in OFFICIAL


def slot_of(document: Document, dossier: Dossier, facts: Facts) -> Slot | None:
    """The slot that a document fills."""
    if not document.slot:
        return None
    slots = facts.criterion(dossier).slots
    return next((slot for slot in slots if slot.id == document.slot), None)


def is_asked(slot: Slot, document: Document, read: OfficialDocument) -> bool:
    """Whether the slot asks for the type read, or may mean it.

    A decision that issues a plan is filed for the plan, and the other way round: the names of
    the types asked for are looked for in what the document is about, too.
    """
    type_ = fold(read.type).strip()
    asked = [fold(each).strip() for each in (slot.document_type, *slot.alternatives)]
    if not type_ or any(type_ in each or each in type_ for each in asked):
        return True
    about = " ".join((fold(read.subject), fold(document.subject), fold(document.title)))
    if any(each in about for each in asked):
        return True
    return type_ in fold(slot.title) or not OFFICIAL.intersection(asked)


def where(document: Document, dossier: Dossier) -> tuple[str, int | None]:
    """Path and line at which an officer mends what is said of a document."""
    if document.listing is not None and dossier.explanation is not None:
        return dossier.explanation.path, document.listing.line
    return document.path, None
