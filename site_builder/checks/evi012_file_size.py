"""A file has content, and the forge takes it."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity

EMPTY = Check("EVI012", "empty-file", Severity.ERROR)
WEB = Check("EVI014", "too-large-for-web", Severity.WARNING)
PUSH = Check("EVI015", "too-large-for-push", Severity.ERROR)
CHECKS = (EMPTY, WEB, PUSH)

MIB = 1024 * 1024
# What forges accept through the browser and through Git; GitHub's limits, others are alike.
WEB_LIMIT = 25 * MIB
PUSH_LIMIT = 100 * MIB


def run(file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding."""
    if 0 < file.size <= WEB_LIMIT:
        return
    if not file.size:
        if file.readable:
            yield EMPTY.at(file.path, criterion=dossier.criterion, file=file.name)
    elif file.size > PUSH_LIMIT:
        yield PUSH.at(
            file.path,
            criterion=dossier.criterion,
            file=file.name,
            size=file.size // MIB,
            limit=PUSH_LIMIT // MIB,
        )
    else:
        yield WEB.at(
            file.path,
            criterion=dossier.criterion,
            file=file.name,
            size=file.size // MIB,
            limit=WEB_LIMIT // MIB,
        )
