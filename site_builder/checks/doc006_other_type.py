"""A document is of the type that the set asks for."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import documents_read, is_asked, is_sure, slot_of
from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind, Dossier, FilledBy
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("DOC006", "other-type", Severity.NOTICE)


# How a document is in a slot because somebody meant it to be.
_MEANT = frozenset({FilledBy.LISTED, FilledBy.NAME})


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per slot, unless something else in it can be what was asked for."""
    wrong: dict[str, Finding] = {}
    for document, read in documents_read(dossier):
        slot = slot_of(document, dossier, facts)
        if slot is None or slot.id in wrong or not is_sure(read) or is_asked(slot, document, read):
            continue
        if any(_may_be(other, slot) for other in dossier.filling(slot.id)):
            continue
        wrong[slot.id] = CHECK.at(
            document.path,
            criterion=dossier.criterion,
            subject=slot.id,
            file=document.files[0].name,
            read=read.type,
            slot=slot.id,
            title=slot.title,
            type=slot.document_type,
        )
    yield from wrong.values()


def _may_be(document: Document, slot: Slot) -> bool:
    """The document is of the type asked for, or of one that nobody could read, and meant."""
    if document.read is not None and document.read.type:
        return is_asked(slot, document, document.read)
    return document.filled_by in _MEANT and document.kind is not DocumentKind.LINK
