"""A file holds its content and not the note that Git LFS or git-annex leaves in its place."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EVI013", "pointer-not-content", Severity.ERROR)


def run(file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file."""
    if file.pointer is not None:
        yield CHECK.at(
            file.path, criterion=dossier.criterion, variant=file.pointer.value, file=file.name
        )
