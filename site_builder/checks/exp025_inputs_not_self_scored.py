"""Figures and points are typed only where the commune scores itself."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.typed import first_input
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP025", "inputs-not-self-scored", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Text and documents are welcome there; an input would change nothing."""
    if dossier.explanation is None or dossier.criterion in facts.leaves:
        return
    found = first_input(dossier.explanation)
    if found is not None:
        key, line = found
        yield CHECK.at(
            dossier.explanation.path,
            line=line,
            criterion=dossier.criterion,
            subject=key,
            input=key,
        )
