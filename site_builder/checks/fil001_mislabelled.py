"""A file is what its name promises."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.kinds import claimed, same, severe
from site_builder.model.processed import Family, FileFacts, State

MISLABELLED = Check("FIL001", "mislabelled-file", Severity.ERROR)
ALIKE = Check("FIL015", "extension-of-another-kind", Severity.WARNING)
CHECKS = (MISLABELLED, ALIKE)

# Kinds whose usual extension is spelled otherwise, or that has none of its own.
_EXTENSION_OF = {
    "xml-word2003": "xml",
    "xml-excel2003": "xml",
    "xml-flatopc": "xml",
    "script": "txt",
}
_UNNAMED = frozenset({Family.OTHER, Family.POINTER, Family.EMPTY})


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding; programs choose by the extension, so a wrong one opens nothing."""
    claim = claimed(file.name)
    # Of damaged bytes nobody can tell for certain what they were.
    if same(read.kind, claim) or read.state in {State.DAMAGED, State.FAILED}:
        return
    check = MISLABELLED if severe(read.kind, claim) else ALIKE
    yield check.at(
        file.path,
        criterion=dossier.criterion,
        variant=_variant(read),
        file=file.name,
        suffix=file.suffix,
        right=f".{_EXTENSION_OF.get(read.kind, read.kind)}",
    )


def _variant(read: FileFacts) -> str | None:
    if read.family is Family.PROGRAM:
        return "program"
    if read.family is Family.MARKUP:
        return "markup"
    return "unknown" if read.family in _UNNAMED else None
