"""An archive holds papers and nothing that an office would be afraid of."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import FileFacts, State

CHECK = Check("FIL011", "odd-archive-member", Severity.WARNING)

# Flag to variant, the worst first.
_VARIANTS: tuple[tuple[str, str], ...] = (
    ("executable-member", "program"),
    ("traversal", "outside"),
    ("symlink-member", "outside"),
    ("encrypted-member", "encrypted"),
    ("nested-archive", "nested"),
    ("duplicate-member", "twice"),
)
_SHOWN = 3


def run(read: FileFacts, file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per kind of oddity."""
    if not read.flags or read.state is State.REFUSED:
        return
    told: set[str] = set()
    for name, variant in _VARIANTS:
        flag = read.flag(name)
        if flag is None or variant in told:
            continue
        told.add(variant)
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            subject=variant,
            variant=variant,
            file=file.name,
            members=tuple(flag.details[:_SHOWN]),
        )
