"""``lien_ket`` is an address that a browser can open."""

import re
from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EXP034", "bad-web-address", Severity.ERROR)

_WEB = re.compile(r"https?://[^\s/?#]+\S*\Z", re.IGNORECASE)


def run(dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per entry."""
    for place in facts.listings.get(dossier.criterion, ()):
        link = place.entry.link.strip()
        if link and not _WEB.match(link):
            yield CHECK.at(
                place.path,
                line=place.entry.line,
                criterion=dossier.criterion,
                subject=link,
                variant="bare" if link.lower().startswith("www.") else None,
                link=link[:200],
            )
