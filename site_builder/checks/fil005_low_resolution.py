"""A scan is sharp enough to be read."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import slot_of
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.filling import takes_photos
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts

CHECK = Check("FIL005", "low-resolution", Severity.WARNING)

_SHOWN = 5


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file, with the first pages."""
    flag = read.flag("low-resolution")
    if flag is None:
        return
    # A scanned page comes with its dots per inch ("3:72").
    pages = tuple(detail.partition(":")[0] for detail in flag.details[:_SHOWN])
    photo = read.family is Family.IMAGE or not pages
    if photo and not _is_paper(file, dossier, facts):
        return
    yield CHECK.at(
        file.path,
        criterion=dossier.criterion,
        variant="photo" if photo else ("more" if len(flag.details) > _SHOWN else None),
        file=file.name,
        pages=pages,
    )


def _is_paper(file: EvidenceFile, dossier: Dossier, facts: Facts) -> bool:
    """The picture stands for a paper that people must read; a small one of a meeting will do."""
    for document in dossier.documents:
        if file in document.files:
            slot = slot_of(document, dossier, facts)
            return slot is not None and not takes_photos(slot)
    return False
