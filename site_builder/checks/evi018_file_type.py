"""Evidence is something that an assessor can open in a browser or in an office program."""

from collections.abc import Iterator

from site_builder.checks.file_types import refused_by_name
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import Family, FileFacts

CHECK = Check("EVI018", "file-cannot-be-shown", Severity.WARNING)

# What a file without an extension may turn out to be, so that its name can be mended.
_NAMED = frozenset({Family.PDF, Family.IMAGE, Family.WRITING, Family.SHEET, Family.SLIDES})


def run(file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file; types that nobody listed are left alone."""
    variant = refused_by_name(file)
    if variant is None:
        return
    read = facts.processed.of(file.sha256)
    named = variant == "no_suffix" and read is not None and read.family in _NAMED
    yield CHECK.at(
        file.path,
        criterion=dossier.criterion,
        variant="known" if named else variant,
        file=file.name,
        suffix=file.suffix,
        right=_right(read),
    )


def _right(read: FileFacts | None) -> str:
    return f".{read.kind}" if read is not None else ""
