"""A document whose date nobody typed was issued within the period, too: its file tells."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.checks.reads import documents_read, is_asked, is_official, is_sure, slot_of
from site_builder.checks.windows import window_of
from site_builder.model.dossier import Document, Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.processed import OfficialDocument

CHECK = Check("DOC004", "read-date-outside-period", Severity.WARNING)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per document that stands for something the set asks for.

    Others may be what the work rests on, and that is older by right.
    """
    unit = facts.snapshot.unit
    if unit is None:
        return
    period = unit.period
    for document, read in documents_read(dossier):
        day = read.issued_on
        if day is None or (document.listing and document.listing.issued_on):
            continue
        if not _is_proof(document, read, dossier, facts):
            continue
        window = window_of(document, facts.criterion(dossier).slots, period)
        side = window.side(day)
        if not side:
            continue
        # Even where the set has days of its own, the year is what an officer got wrong.
        earlier = side == "before" and day.year < period.year
        yield CHECK.at(
            document.path,
            criterion=dossier.criterion,
            variant="earlier_year" if earlier else side,
            file=document.files[0].name,
            issued_on=day,
            issued_in=str(day.year),
            first=window.first,
            last=window.last,
            year=str(period.year),
        )


def _is_proof(document: Document, read: OfficialDocument, dossier: Dossier, facts: Facts) -> bool:
    slot = slot_of(document, dossier, facts)
    if slot is None or not is_sure(read) or not is_official(read):
        return False
    return is_asked(slot, document, read)
