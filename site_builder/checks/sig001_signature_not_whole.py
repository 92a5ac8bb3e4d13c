"""What became of a digital signature, in words; never a fault of the officer."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import is_official
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts, SignatureClass

CHECK = Check("SIG001", "signature-not-whole", Severity.NOTICE)

# The usual one last: of several signatures the gravest is told.
_VARIANTS: tuple[tuple[SignatureClass, str | None], ...] = (
    (SignatureClass.ALTERED, "altered"),
    (SignatureClass.ORPHAN, "orphan"),
    (SignatureClass.REWRITTEN, None),
)


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding. Every stamp of receipt saves the file anew, so most are like this."""
    if not read.signatures:
        return
    classes = {signature.class_ for signature in read.signatures}
    if _is_law(read):
        # Pages taken out of the gazette: a basis of the work that is published elsewhere.
        classes.discard(SignatureClass.ORPHAN)
    for class_, variant in _VARIANTS:
        if class_ in classes:
            yield CHECK.at(
                file.path,
                criterion=dossier.criterion,
                variant=variant,
                file=file.name,
                technical=class_.value,
            )
            return


def _is_law(read: FileFacts) -> bool:
    return read.document is not None and bool(read.document.type) and not is_official(read.document)
