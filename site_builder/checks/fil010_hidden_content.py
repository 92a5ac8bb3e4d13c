"""Everything in a document can be seen by whoever opens it."""

from collections.abc import Iterator

from site_builder.checks.hidden import hidden_in, sheets_hidden
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts

CHECK = Check("FIL010", "hidden-content", Severity.NOTICE)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file; in a public file it is an error of its own (PRI002)."""
    if file.path in facts.public_paths:
        return
    names = hidden_in(read)
    if names:
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant=names[0] if len(names) == 1 else "several",
            file=file.name,
            sheets=sheets_hidden(read),
        )
