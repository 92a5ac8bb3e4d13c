"""A file opens without a password."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts, State

CHECK = Check("FIL003", "encrypted-file", Severity.ERROR)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding."""
    if read.state is State.ENCRYPTED:
        yield CHECK.at(file.path, criterion=dossier.criterion, file=file.name)
