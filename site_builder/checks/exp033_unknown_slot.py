"""``cho`` names a document that the criterion asks for."""

from collections.abc import Iterator

from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.filling import slot_named
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP033", "unknown-slot", Severity.ERROR)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per entry, with the slots that there are."""
    for place in facts.listings.get(dossier.criterion, ()):
        named = place.entry.slot
        if not named:
            continue
        slots = facts.criterion(dossier).slots
        if slot_named(slots, named) is not None or facts.hides(dossier.criterion, "evidence", "id"):
            continue
        near = nearest(named, [slot.id for slot in slots])
        yield CHECK.at(
            place.path,
            line=place.entry.line,
            criterion=dossier.criterion,
            subject=f"{place.number}.{named}",
            variant="near" if near else ("none" if not slots else None),
            slot=named,
            near=near,
            slots="; ".join(f"{slot.id} ({slot.title})" for slot in slots),
        )
