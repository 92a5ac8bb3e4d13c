"""While a required document is absent, every document says which one it is."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Document, Dossier
from site_builder.model.finding import Check, Finding, Kind, Severity

CHECK = Check("EVI005", "which-slot", Severity.WARNING, Kind.INCOMPLETE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """Once per leaf; when nothing required is absent, more documents are simply welcome."""
    leaf = facts.leaves.get(dossier.criterion)
    if leaf is None or not leaf.shortages:
        return
    loose = [document for document in dossier.documents if _is_loose(document)]
    if loose:
        slots = [shortage.slot for shortage in leaf.shortages]
        yield CHECK.at(
            loose[0].path if loose[0].path.startswith("evidence/") else leaf.path,
            criterion=dossier.criterion,
            variant="several" if len(loose) > 1 else None,
            title=loose[0].title,
            count=len(loose),
            others=len(loose) - 1,
            slots="; ".join(f"{slot.id} ({slot.title})" for slot in slots),
            first=slots[0].id,
        )


def _is_loose(document: Document) -> bool:
    # A wrong "cho" is reported by itself, with the slots that there are.
    return not document.slot and not (document.listing and document.listing.slot)
