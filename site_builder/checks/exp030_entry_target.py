"""Each entry of ``tai_lieu`` names exactly one thing: a file, a link or another document."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP030", "entry-without-one-target", Severity.ERROR)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per entry; which of two is meant only its writer knows."""
    for place in facts.listings.get(dossier.criterion, ()):
        entry = place.entry
        given = [
            key
            for key, value in (("tep", entry.file), ("lien_ket", entry.link), ("xem", entry.see))
            if value
        ]
        if len(given) != 1:
            yield CHECK.at(
                place.path,
                line=entry.line,
                criterion=dossier.criterion,
                subject=f"{place.number}",
                variant="several" if given else None,
                given=given,
            )
