"""A document is of the type that the set asks for."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import documents_read, is_asked, is_official, is_sure, slot_of
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("DOC006", "other-type", Severity.NOTICE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per slot, unless another document in it is what was asked for."""
    wrong: dict[str, Finding] = {}
    right: set[str] = set()
    for document, read in documents_read(dossier):
        slot = slot_of(document, dossier, facts)
        if slot is None or not is_official(read) or not is_sure(read):
            continue
        if is_asked(slot, document, read):
            right.add(slot.id)
        elif slot.id not in wrong:
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
    yield from (finding for id_, finding in wrong.items() if id_ not in right)
