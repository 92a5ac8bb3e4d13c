"""Nothing becomes public that nobody could look into."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts, State, TextSource
from site_builder.model.publishable import Obstacle, obstacles

SCAN = Check("PRI005", "public-scan-not-read", Severity.WARNING)
# No exception lifts it: what nobody could open is not published.
UNREAD = Check("PRI007", "public-file-not-inspected", Severity.ERROR, answerable=False)
CHECKS = (SCAN, UNREAD)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding per public file."""
    if file.path not in facts.public_paths:
        return
    if Obstacle.UNREAD in obstacles(read):
        yield UNREAD.at(
            file.path,
            criterion=dossier.criterion,
            variant=_variant(read),
            file=file.name,
        )
    elif read.family is Family.MEDIA or _is_scan(read):
        yield SCAN.at(
            file.path,
            criterion=dossier.criterion,
            variant="media" if read.family is Family.MEDIA else None,
            file=file.name,
        )


def _variant(read: FileFacts) -> str:
    if read.family is Family.ARCHIVE:
        return "archive"
    return State.PARTIAL.value if read.state is State.READ else read.state.value


def _is_scan(read: FileFacts) -> bool:
    return read.flag("scanned") is not None and read.text_source is TextSource.NONE
