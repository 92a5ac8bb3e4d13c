"""The template that ``init`` writes was filled in."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Kind, Severity

CHECK = Check("EXP011", "template-untouched", Severity.ERROR, Kind.INCOMPLETE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding in place of one per absent input: the officer has not begun."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.is_template or leaf.lost:
        return
    if not leaf.absent and not leaf.shortages:
        return
    titles = [each.spec.title or leaf.criterion.title for each in leaf.absent]
    yield CHECK.at(
        leaf.path,
        line=leaf.line,
        criterion=dossier.criterion,
        variant="inputs" if titles else None,
        inputs="; ".join(titles),
    )
