"""The number typed for a document is the one that stands in it."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import documents_read, is_sure, where
from site_builder.model.document_numbers import contradict
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("DOC002", "number-differs", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per document; neither a file's name nor a recognised text contradicts."""
    for document, read in documents_read(dossier):
        typed = document.listing.number if document.listing else ""
        if not typed or not read.number or not is_sure(read):
            continue
        if contradict(typed, read.number):
            path, line = where(document, dossier)
            yield CHECK.at(
                path,
                line=line,
                criterion=dossier.criterion,
                subject=document.path,
                file=document.files[0].name,
                number=typed,
                read=read.number,
            )
