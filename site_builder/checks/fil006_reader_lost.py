"""Our own reader came through; where it did not, nothing is known of the file."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Failure, FileFacts, State

CHECK = Check("FIL006", "reader-lost", Severity.WARNING)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding, by how the reader was lost."""
    if read.state is State.FAILED:
        failure = read.failure or Failure.ERROR
        yield CHECK.at(
            file.path, criterion=dossier.criterion, variant=failure.value, file=file.name
        )
