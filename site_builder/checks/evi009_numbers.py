"""One document has one number, and one number of an issuer's year belongs to one document."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.checks.document_types import SHARING
from site_builder.checks.protocols import Facts
from site_builder.model.document_numbers import normal_number
from site_builder.model.dossier import Document, DocumentKind, Dossier, ListedDocument
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold

TWO_NUMBERS = Check("EVI009", "one-document-two-numbers", Severity.WARNING)
TWO_DOCUMENTS = Check("EVI010", "one-number-two-documents", Severity.WARNING)
CHECKS = (TWO_NUMBERS, TWO_DOCUMENTS)

_DIGITS = re.compile(r"0*(\d+)")


@dataclass(frozen=True, slots=True)
class _Use:
    """A listed document with a number, where it is listed."""

    dossier: Dossier
    document: Document
    listing: ListedDocument

    @property
    def path(self) -> str:
        explanation = self.dossier.explanation
        return explanation.path if explanation else self.document.path

    @property
    def criterion(self) -> str:
        return self.dossier.criterion


def run(facts: Facts) -> Iterator[Finding]:
    """At each listing that contradicts an earlier one, in the printed order."""
    uses = tuple(
        _Use(dossier, document, document.listing)
        for dossier in facts.snapshot.dossiers.values()
        for document in dossier.documents
        if document.listing is not None and document.listing.number
    )
    yield from _two_numbers(uses)
    yield from _two_documents(uses, facts)


def _two_numbers(uses: tuple[_Use, ...]) -> Iterator[Finding]:
    first: dict[str, _Use] = {}
    for use in uses:
        content = _content(use.document)
        other = first.setdefault(content, use) if content else use
        number, other_number = use.listing.number, other.listing.number
        if number != other_number and normal_number(number) != normal_number(other_number):
            yield TWO_NUMBERS.at(
                use.path,
                line=use.listing.line,
                criterion=use.criterion,
                subject=f"{number}.{other_number}",
                title=use.document.title,
                number=number,
                other_number=other_number,
                other=other.criterion,
                other_path=other.path,
                other_line=other.listing.line,
            )


def _content(document: Document) -> str:
    """What tells that two listings mean the same bytes; "" when nothing does."""
    if document.kind is DocumentKind.LINK:
        return ""
    if len(document.files) != 1:
        return document.path
    # Hashes are known only where sizes coincide; a path is as good for one and the same file.
    file = document.files[0]
    return file.sha256 or file.path


def _two_documents(uses: tuple[_Use, ...], facts: Facts) -> Iterator[Finding]:
    # The year belongs to the key: numbers begin again at 1 in January. Whole numbers are only
    # normalised where their digits meet, for most never do.
    registers: dict[tuple[str, int], list[_Use]] = defaultdict(list)
    for use in uses:
        digits = _DIGITS.search(use.listing.number)
        if digits and use.listing.issued_on is not None:
            registers[digits[1], use.listing.issued_on.year].append(use)
    for met in registers.values():
        if len(met) > 1:
            yield from _within(met, facts)


def _within(uses: list[_Use], facts: Facts) -> Iterator[Finding]:
    """Documents of one year whose numbers have the same digits."""
    first: dict[tuple[str, str], _Use] = {}
    for use in uses:
        if _shares(use, facts):
            continue
        issuer = " ".join(fold(use.listing.issuer).split())
        other = first.setdefault((normal_number(use.listing.number), issuer), use)
        if _content(use.document) != _content(other.document) and _differ(use, other):
            yield TWO_DOCUMENTS.at(
                use.path,
                line=use.listing.line,
                criterion=use.criterion,
                subject=f"{use.listing.number}.{use.document.path}",
                number=use.listing.number,
                title=use.document.title,
                issued_on=use.listing.issued_on,
                other_title=other.document.title,
                other_issued_on=other.listing.issued_on,
                other=other.criterion,
                other_path=other.path,
                other_line=other.listing.line,
            )


def _shares(use: _Use, facts: Facts) -> bool:
    """An annex or a table that goes by the number of another document."""
    slots = facts.criterion(use.dossier).slots
    kind = next((each.document_type for each in slots if each.id == use.document.slot), "")
    return fold(kind).startswith(SHARING)


def _differ(one: _Use, other: _Use) -> bool:
    """Not two files of one document, nor a rule beside the decision that issues it."""
    if one.listing.issued_on != other.listing.issued_on:
        return True
    first, second = fold(one.listing.subject).strip(), fold(other.listing.subject).strip()
    if not first or not second:
        return False
    return first not in second and second not in first
