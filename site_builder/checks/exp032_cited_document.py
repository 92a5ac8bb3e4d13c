"""``xem`` leads to a document of another criterion."""

from collections.abc import Iterator

from site_builder.checks.listings import listings
from site_builder.checks.nearness import nearest
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import DocumentKind, Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP032", "cited-document-absent", Severity.ERROR)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per entry; a document of the same leaf is listed with ``tep`` instead."""
    for place in listings(dossier):
        entry = place.entry
        if not entry.see:
            continue
        cited = next((each for each in dossier.documents if each.listing == entry), None)
        own = cited is not None and cited.source == dossier.criterion
        if cited is not None and cited.source and not own:
            continue
        near = "" if own else nearest(entry.see, _citable(facts))
        yield CHECK.at(
            place.path,
            line=entry.line,
            criterion=dossier.criterion,
            subject=entry.see,
            variant="own" if own else ("near" if near else None),
            see=entry.see,
            near=near,
        )


def _citable(facts: Facts) -> Iterator[str]:
    """Numbers and paths of every document that a leaf holds itself."""
    for dossier in facts.snapshot.dossiers.values():
        for document in dossier.documents:
            if document.number:
                yield document.number
            if document.kind in {DocumentKind.FILE, DocumentKind.FOLDER}:
                yield document.path
