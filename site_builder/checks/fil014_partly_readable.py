"""A file can be read to its end."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts, State

CHECK = Check("FIL014", "partly-readable", Severity.WARNING)

_SHOWN = 5


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding, with the pages that are lost where they are known."""
    if read.state is not State.PARTIAL:
        return
    bad = read.flag("bad-page")
    pages = bad.details[:_SHOWN] if bad else ()
    yield CHECK.at(
        file.path,
        criterion=dossier.criterion,
        variant="pages" if pages else None,
        file=file.name,
        pages=pages,
    )
