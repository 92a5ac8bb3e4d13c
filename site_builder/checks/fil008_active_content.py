"""A document does nothing when it is opened."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts

CHECK = Check("FIL008", "active-content", Severity.WARNING)

# The worst first; the variants of the sentence.
_VARIANTS: tuple[tuple[str, str], ...] = (
    ("launch", "launch"),
    ("javascript", "script"),
    ("submit-form", "sends"),
    ("attachment", "attachment"),
    ("media", "media"),
    ("xfa", "form"),
    ("open-action", "script"),
    ("additional-actions", "script"),
)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per PDF, about the worst of what it does."""
    if read.family is not Family.PDF:
        return
    for name, variant in _VARIANTS:
        flag = read.flag(name)
        if flag is not None:
            yield CHECK.at(
                file.path,
                criterion=dossier.criterion,
                variant=variant,
                file=file.name,
                names=flag.details,
            )
            return
