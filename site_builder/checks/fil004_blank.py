"""A document has something on its pages."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts

CHECK = Check("FIL004", "blank-document", Severity.ERROR)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Only when every page is blank: the back of a scanned sheet often is."""
    if read.flag("blank") is not None:
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant="pages" if read.parts and read.parts > 1 else None,
            file=file.name,
            count=read.parts or 1,
        )
