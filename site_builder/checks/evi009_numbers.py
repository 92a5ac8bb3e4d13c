"""One document has one number, and one number of an issuer's year belongs to one document."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.checks.document_types import SHARING
from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Document, DocumentKind, ListedDocument
from site_builder.model.finding import Check, Finding, Severity
from site_builder.model.text import fold

TWO_NUMBERS = Check("EVI009", "one-document-two-numbers", Severity.WARNING)
TWO_DOCUMENTS = Check("EVI010", "one-number-two-documents", Severity.WARNING)
CHECKS = (TWO_NUMBERS, TWO_DOCUMENTS)

_SPACES = re.compile(r"\s+")
_LEADING_ZEROS = re.compile(r"\A0+(?=\d)")


@dataclass(frozen=True, slots=True)
class _Use:
    """A listed document with a number, where it is listed."""

    criterion: str
    path: str
    document: Document
    listing: ListedDocument
    number: str
    shares: bool


def run(facts: Facts) -> Iterator[Finding]:
    """At each listing that contradicts an earlier one, in the printed order."""
    uses = tuple(_uses(facts))
    yield from _two_numbers(uses)
    yield from _two_documents(uses)


def normal_number(number: str) -> str:
    """A document number as compared: ``So: 03/KH-UBND`` and ``3 / KH-UBND`` are the same."""
    bare = _SPACES.sub("", fold(number)).removeprefix("so").lstrip(":.")
    return _LEADING_ZEROS.sub("", bare)


def _uses(facts: Facts) -> Iterator[_Use]:
    for dossier in facts.snapshot.dossiers.values():
        for document in dossier.documents:
            listing = document.listing
            if listing is None or not listing.number:
                continue
            slots = facts.criterion(dossier).slots
            kind = next((each.document_type for each in slots if each.id == document.slot), "")
            path = dossier.explanation.path if dossier.explanation else document.path
            yield _Use(
                criterion=dossier.criterion,
                path=path,
                document=document,
                listing=listing,
                number=normal_number(listing.number),
                shares=fold(kind).startswith(SHARING),
            )


def _two_numbers(uses: tuple[_Use, ...]) -> Iterator[Finding]:
    first: dict[str, _Use] = {}
    for use in uses:
        content = _content(use.document)
        other = first.setdefault(content, use) if content else use
        if other.number != use.number:
            yield TWO_NUMBERS.at(
                use.path,
                line=use.listing.line,
                criterion=use.criterion,
                subject=f"{use.listing.number}.{other.listing.number}",
                title=use.document.title,
                number=use.listing.number,
                other_number=other.listing.number,
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


def _two_documents(uses: tuple[_Use, ...]) -> Iterator[Finding]:
    # The year belongs to the key: numbers begin again at 1 in January.
    registers: dict[tuple[str, str, int], list[_Use]] = defaultdict(list)
    for use in uses:
        issued_on = use.listing.issued_on
        if issued_on is not None and not use.shares:
            issuer = " ".join(fold(use.listing.issuer).split())
            registers[use.number, issuer, issued_on.year].append(use)
    for register in registers.values():
        first = register[0]
        for use in register[1:]:
            if _content(use.document) != _content(first.document) and _differ(use, first):
                yield TWO_DOCUMENTS.at(
                    use.path,
                    line=use.listing.line,
                    criterion=use.criterion,
                    subject=f"{use.listing.number}.{use.document.path}",
                    number=use.listing.number,
                    title=use.document.title,
                    issued_on=use.listing.issued_on,
                    other_title=first.document.title,
                    other_issued_on=first.listing.issued_on,
                    other=first.criterion,
                    other_path=first.path,
                    other_line=first.listing.line,
                )


def _differ(one: _Use, other: _Use) -> bool:
    """Not two files of one document, nor a rule beside the decision that issues it."""
    if one.listing.issued_on != other.listing.issued_on:
        return True
    first, second = fold(one.listing.subject).strip(), fold(other.listing.subject).strip()
    if not first or not second:
        return False
    return first not in second and second not in first
