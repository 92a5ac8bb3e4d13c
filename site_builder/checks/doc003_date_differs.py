"""The day typed for a document is the one that stands in it."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import documents_read, is_official, is_sure, where
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("DOC003", "date-differs", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per document of an official type."""
    for document, read in documents_read(dossier):
        typed = document.listing.issued_on if document.listing else None
        if typed is None or read.issued_on is None or typed == read.issued_on:
            continue
        if is_sure(read) and is_official(read):
            path, line = where(document, dossier)
            yield CHECK.at(
                path,
                line=line,
                criterion=dossier.criterion,
                subject=document.path,
                file=document.files[0].name,
                issued_on=typed,
                read=read.issued_on,
            )
