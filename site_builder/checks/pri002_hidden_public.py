"""What is public shows all that it holds."""

from collections.abc import Iterator

from site_builder.checks.hidden import carried_in, hidden_in, sheets_hidden
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts

CHECK = Check("PRI002", "hidden-content-public", Severity.ERROR)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per public file: people download what they do not see."""
    if not read.flags or file.path not in facts.public_paths:
        return
    names = (*hidden_in(read), *carried_in(read))
    if names:
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant=names[0] if len(names) == 1 else "several",
            file=file.name,
            sheets=sheets_hidden(read),
        )
