"""A file of a kind that no page can show is said to be one."""

from collections.abc import Iterator

from site_builder.checks.file_types import refused_by_name
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.kinds import claimed, same
from site_builder.model.processed import Family, FileFacts, State

CHECK = Check("FIL012", "kept-but-not-shown", Severity.NOTICE)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding; where the extension tells it already, EVI018 has said so.

    An empty file and a pointer have findings of their own.
    """
    if read.family in {Family.EMPTY, Family.POINTER}:
        return
    if read.state is not State.OPAQUE or refused_by_name(file) is not None:
        return
    if not same(read.kind, claimed(file.name)):
        return
    yield CHECK.at(
        file.path,
        criterion=dossier.criterion,
        variant="media" if read.family is Family.MEDIA else None,
        file=file.name,
        suffix=file.suffix,
    )
