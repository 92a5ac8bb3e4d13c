"""A paper with a mark of state secrecy lies in no repository at all."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts
from site_builder.model.publishable import is_secret

CHECK = Check("PRI003", "state-secret", Severity.ERROR, answerable=False)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file, public or not; its subject tells nothing but the folder's file."""
    if is_secret(read):
        mark = read.secrecy
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant=mark.level if mark else None,
            file=file.name,
        )
