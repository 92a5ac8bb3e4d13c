"""An office file holds no program."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts

CHECK = Check("FIL009", "macros", Severity.WARNING)

# Flag to variant of the sentence, the usual one first.
_VARIANTS: tuple[tuple[str, str | None], ...] = (
    ("macro", None),
    ("activex", "activex"),
    ("dde", "dde"),
)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding."""
    for name, variant in _VARIANTS:
        if read.flag(name) is not None:
            yield CHECK.at(file.path, criterion=dossier.criterion, variant=variant, file=file.name)
            return
