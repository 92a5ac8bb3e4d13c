"""A scan is sharp enough to be read."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts

CHECK = Check("FIL005", "low-resolution", Severity.WARNING)

_SHOWN = 5


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file, with the first pages."""
    flag = read.flag("low-resolution")
    if flag is None:
        return
    pages = flag.details[:_SHOWN]
    photo = read.family is Family.IMAGE or not pages
    yield CHECK.at(
        file.path,
        criterion=dossier.criterion,
        variant="photo" if photo else ("more" if len(flag.details) > _SHOWN else None),
        file=file.name,
        pages=pages,
    )
