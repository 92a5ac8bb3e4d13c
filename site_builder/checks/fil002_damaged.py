"""A file opens."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts, State

CHECK = Check("FIL002", "damaged-file", Severity.ERROR)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding; an empty file and a pointer have their own."""
    if read.family in {Family.EMPTY, Family.POINTER}:
        return
    if read.state is State.DAMAGED:
        yield CHECK.at(file.path, criterion=dossier.criterion, file=file.name)
