"""Opening a file is neither endless nor dangerous."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts, State

CHECK = Check("FIL007", "refused-file", Severity.ERROR)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding: a bomb, a way out of the archive, more than anybody can open."""
    if read.state is State.REFUSED:
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant="bomb" if read.flag("bomb") else None,
            file=file.name,
        )
