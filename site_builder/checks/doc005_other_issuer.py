"""Where the set says whose document it wants, the document is of that body."""

from collections.abc import Iterator
from datetime import date

from site_builder.checks.issuers import is_of, same_body
from site_builder.checks.protocols import Facts
from site_builder.checks.reads import is_sure, slot_of
from site_builder.model.dossier import Document, DocumentKind, Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.unit import Unit

CHECK = Check("DOC005", "other-issuer", Severity.WARNING)

_UNIT = "unit"
_PARENT = "parent"


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per document; without an issuer in the set or on the paper nothing is said."""
    unit = facts.snapshot.unit
    if unit is None:
        return
    for document in dossier.documents:
        slot = slot_of(document, dossier, facts)
        if slot is None or not slot.issuer or document.kind is DocumentKind.REFERENCE:
            continue
        issuer = _issuer(document)
        if not issuer or _is_right(slot.issuer, issuer, document, unit):
            continue
        former = next((each for each in unit.predecessors if is_of(issuer, each.name)), None)
        yield CHECK.at(
            document.path,
            criterion=dossier.criterion,
            variant="dissolved" if former is not None and slot.issuer == _UNIT else None,
            title=document.title,
            issuer=issuer,
            wanted=_named(slot.issuer, unit),
            issued_on=document.issued_on or "",
        )


def _issuer(document: Document) -> str:
    """As typed, or as the header of the file has it; a guess from the body is not held against."""
    if document.listing is not None and document.listing.issuer:
        return document.listing.issuer
    read = document.read
    if read is None or read.issuer_inferred or not is_sure(read):
        return ""
    return read.issuer


def _is_right(wanted: str, issuer: str, document: Document, unit: Unit) -> bool:
    above = document.read.issuer_parent if document.read is not None else ""
    if wanted == _PARENT:
        return not unit.parent or is_of(issuer, unit.parent) or is_of(above, unit.parent)
    if wanted != _UNIT:
        return same_body(issuer, wanted)
    if is_of(issuer, unit.name, unit.parent) or is_of(above, unit.name, unit.parent):
        return True
    return any(
        is_of(issuer, former.name) or is_of(above, former.name)
        for former in unit.predecessors
        if _existed(former.from_, former.to, document.issued_on)
    )


def _existed(first: date | None, last: date | None, day: date | None) -> bool:
    """The day lies within the unit's days; of an unknown day nothing else can be said."""
    return day is None or ((first is None or first <= day) and (last is None or day <= last))


def _named(wanted: str, unit: Unit) -> str:
    return {_UNIT: unit.name, _PARENT: unit.parent}.get(wanted, wanted)
