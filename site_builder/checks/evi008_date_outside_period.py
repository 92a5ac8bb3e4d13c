"""Documents were issued within the covered year, up to the closing of self-scoring."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.windows import window_of
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EVI008", "date-outside-period", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per document with a typed date; DOC004 is for dates read from files."""
    unit = facts.snapshot.unit
    if unit is None:
        return
    period = unit.period
    for document in dossier.documents:
        listing = document.listing
        if listing is None or listing.issued_on is None:
            continue
        window = window_of(document, facts.criterion(dossier).slots, period)
        side = window.side(listing.issued_on)
        if not side:
            continue
        yield CHECK.at(
            dossier.explanation.path if dossier.explanation else document.path,
            line=listing.line,
            criterion=dossier.criterion,
            subject=document.path,
            variant=side,
            title=document.title,
            issued_on=listing.issued_on,
            first=window.first,
            last=window.last,
            year=str(period.year),
        )
