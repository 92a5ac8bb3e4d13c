"""A paper for use within the office stays there."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Location, Severity
from site_builder.model.processed import FileFacts

CHECK = Check("PRI006", "internal-mark-public", Severity.ERROR)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per public file."""
    mark = read.secrecy
    if mark is None or mark.state_secret or file.path not in facts.public_paths:
        return
    yield CHECK.at(Location(file.path, page=mark.page), criterion=dossier.criterion, file=file.name)
