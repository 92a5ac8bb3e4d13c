"""What is public tells nothing about single people."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Location, Severity
from site_builder.model.processed import FileFacts, Level, PersonalData

CERTAIN = Check("PRI001", "personal-data-public", Severity.ERROR)
POSSIBLE = Check("PRI008", "personal-data-possible", Severity.WARNING)
CHECKS = (CERTAIN, POSSIBLE)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per public file and level: an exception covers all that one file holds.

    With the value masked; it must not stand in a report that more people read than the file.
    """
    if not read.personal or file.path not in facts.public_paths:
        return
    for check, level in ((CERTAIN, Level.BLOCK), (POSSIBLE, Level.WARN)):
        found = [each for each in read.personal if each.level is level]
        if found:
            yield _finding(check, found, file, dossier)


def _finding(
    check: Check, found: list[PersonalData], file: EvidenceFile, dossier: Dossier
) -> Finding:
    first = found[0]
    return check.at(
        Location(file.path, page=first.page),
        criterion=dossier.criterion,
        variant=first.kind if len(found) == 1 else "several",
        file=file.name,
        masked=first.masked,
        count=sum(each.count for each in found),
        kinds=len(found),
    )
