"""``xem`` leads to a document of another criterion."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from site_builder.checks.listings import Listing
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Document, DocumentKind, Dossier
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold

CHECK = Check("EXP032", "cited-document-absent", Severity.ERROR)

_DIGITS = re.compile(r"0*(\d+)")


def run(facts: Facts) -> Iterator[Finding]:
    """One finding per entry; a document of the same leaf is listed with ``tep`` instead."""
    library = _Library(facts)
    for criterion, places in facts.listings.items():
        dossier = facts.snapshot.dossiers[criterion]
        for place in places:
            entry = place.entry
            if not entry.see:
                continue
            main, rows = _rows(place, dossier)
            cited = next((each for each in rows if each.listing == entry), None)
            # A supplement cannot list the documents above it in any other way.
            own = main and cited is not None and cited.source == criterion
            if cited is not None and cited.source and not own:
                continue
            near = "" if own else library.meant(entry.see)
            yield CHECK.at(
                place.path,
                line=entry.line,
                criterion=criterion,
                subject=entry.see,
                variant="own" if own else ("near" if near else None),
                see=entry.see,
                near=near,
            )


def _rows(place: Listing, dossier: Dossier) -> tuple[bool, tuple[Document, ...]]:
    """Whether the entry stands in the explanation itself, and the documents beside it."""
    for supplement in dossier.supplements:
        if supplement.explanation is not None and place.path == supplement.explanation.path:
            return False, supplement.cited
    return True, dossier.documents


class _Library:
    """Documents by what a slip leaves right: the name of the file, the digits of the number."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def meant(self, see: str) -> str:
        """Path or number of the only document that can be meant; "" when none or several can."""
        name = fold(see.replace("\\", "/").rstrip("/").rpartition("/")[2])
        digits = _DIGITS.match(see)
        for key in (name, digits[1] if digits else ""):
            found = self._shelves.get(key, set())
            if key and len(found) == 1:
                return min(found)
        return ""

    @cached_property
    def _shelves(self) -> dict[str, set[str]]:
        shelves: dict[str, set[str]] = defaultdict(set)
        for dossier in self._facts.snapshot.dossiers.values():
            for document in dossier.documents:
                if document.kind in {DocumentKind.FILE, DocumentKind.FOLDER}:
                    shelves[fold(document.path.rpartition("/")[2])].add(document.path)
                    number = _DIGITS.match(document.number)
                    if number:
                        shelves[number[1]].add(document.number)
        return shelves
