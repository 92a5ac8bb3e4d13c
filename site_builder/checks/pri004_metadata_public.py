"""Whoever downloads a public file learns who made it and where only if that is meant."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts

CHECK = Check("PRI004", "metadata-public", Severity.NOTICE)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding; of pictures a copy without metadata is published."""
    if not read.flags or file.path not in facts.public_paths:
        return
    place, author = read.flag("gps") is not None, read.flag("author") is not None
    if place or author:
        picture = read.family is Family.IMAGE
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant=("place" if place else None) if picture else "kept",
            file=file.name,
        )
