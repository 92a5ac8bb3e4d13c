"""A leaf that does not apply carries no figures."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.typed import first_input
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP019", "inputs-while-not-applicable", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Once per leaf, at the first input."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or leaf.applies or dossier.explanation is None:
        return
    found = first_input(dossier.explanation)
    if found is not None:
        key, line = found
        yield CHECK.at(leaf.path, line=line, criterion=dossier.criterion, subject=key, input=key)
