"""Every required document is there; where it is not, the explanation says why (design, 6)."""

from collections.abc import Iterator
from decimal import Decimal

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Kind, Severity

MISSING = Check("EVI001", "required-document-missing", Severity.ERROR, Kind.INCOMPLETE)
EXPLAINED = Check("EVI002", "required-document-explained", Severity.WARNING, Kind.INCOMPLETE)
CHECKS = (MISSING, EXPLAINED)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per slot; a leaf without a folder is reported as such and not here."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.shortages or not dossier.exists:
        return
    check = EXPLAINED if leaf.has_text else MISSING
    score = facts.sheet.leaves.get(dossier.criterion)
    at_risk = score.at_risk if score else Decimal(0)
    for shortage in leaf.shortages:
        slot = shortage.slot
        partly = shortage.have > 0
        variant = "partly" if partly else ("at_risk" if check is EXPLAINED and at_risk else None)
        yield check.at(
            leaf.path,
            line=leaf.line,
            criterion=dossier.criterion,
            subject=slot.id,
            variant=variant,
            slot=slot.id,
            title=slot.title,
            type=slot.document_type,
            folder=dossier.folder,
            have=shortage.have,
            wanted=slot.at_least,
            at_risk=at_risk,
        )
