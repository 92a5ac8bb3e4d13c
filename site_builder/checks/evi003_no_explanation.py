"""Documents come with a word of explanation, and points never without either."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Kind, Severity

NO_EXPLANATION = Check("EVI003", "no-explanation", Severity.NOTICE, Kind.INCOMPLETE)
NO_PROOF = Check("EVI004", "score-without-proof", Severity.WARNING, Kind.INCOMPLETE)
CHECKS = (NO_EXPLANATION, NO_PROOF)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """At most one finding; with a required document absent EVI001 already asks for words."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or leaf.has_text or leaf.lost or leaf.shortages or not dossier.exists:
        return
    if not leaf.applies:
        return
    if dossier.documents:
        yield NO_EXPLANATION.at(
            leaf.path,
            line=leaf.line,
            criterion=dossier.criterion,
            variant=None if leaf.explanation else "no_file",
        )
        return
    score = facts.sheet.leaves.get(dossier.criterion)
    if score is not None and score.claimed is not None:
        yield NO_PROOF.at(
            leaf.path,
            line=leaf.line,
            criterion=dossier.criterion,
            points=score.claimed,
            folder=dossier.folder,
        )
