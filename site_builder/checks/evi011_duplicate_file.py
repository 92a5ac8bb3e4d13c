"""A leaf holds each file once."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EVI011", "duplicate-in-leaf", Severity.NOTICE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At each copy. The same file in another leaf is one document with two uses, and fine."""
    first: dict[str, EvidenceFile] = {}
    for file in dossier.files:
        # Empty files are all alike and have a finding of their own; so have pointers.
        if file.sha256 is None or not file.size or file.pointer is not None:
            continue
        other = first.setdefault(file.sha256, file)
        if other is not file:
            yield CHECK.at(
                file.path,
                criterion=dossier.criterion,
                file=file.name,
                other=other.path.removeprefix(f"{dossier.folder}/"),
            )
