"""Documents were issued within the covered year, up to the closing of self-scoring."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EVI008", "date-outside-period", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per document; a slot with a window of its own is measured by that."""
    unit = facts.snapshot.unit
    if unit is None:
        return
    period = unit.period
    for document in dossier.documents:
        listing = document.listing
        issued_on = listing.issued_on if listing else None
        if listing is None or issued_on is None:
            continue
        first, last, own = period.covers_from, period.closes, False
        if document.slot:
            for slot in facts.criterion(dossier).slots:
                if slot.id == document.slot:
                    own = bool(slot.issued_from or slot.issued_to)
                    first = slot.issued_from or first
                    last = slot.issued_to or last
        if first <= issued_on <= last:
            continue
        yield CHECK.at(
            dossier.explanation.path if dossier.explanation else document.path,
            line=listing.line,
            criterion=dossier.criterion,
            subject=document.path,
            variant="slot" if own else ("before" if issued_on < first else "after"),
            title=document.title,
            issued_on=issued_on,
            first=first,
            last=last,
            year=str(period.year),
        )
