"""The document register: every document once, to be looked through by type, issuer and date.

Below it what the register shows of the folders as a whole: files that serve nothing (for the
officers), and files of which there are two.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from markupsafe import Markup

from site_builder.model.criteria import Criterion
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import EvidenceFile
from site_builder.model.likeness_sketch import is_enough, pairs
from site_builder.model.processed import FileFacts, TextSource
from site_builder.model.site import Page
from site_builder.model.text import fold
from site_builder.reading.numbers import show_date
from site_builder.rendering.context import Context, Frame, Link
from site_builder.rendering.evidence import file_href, web_link
from site_builder.rendering.filters import SCRIPT, Choice, Filter, data, shown
from site_builder.rendering.pages.evidence_index import identity

TEMPLATE = "register.md.jinja"
NAME = "so-tai-lieu"


@dataclass(slots=True)
class Row:
    """One document; ``uses`` grows while criteria are walked in the printed order.

    Attributes:
        name: its subject, else its title.
        data: what the table is narrowed down by.
    """

    type: str
    number: str
    day: str
    issuer: str
    name: str
    href: str
    files: int
    data: Markup = field(default_factory=Markup)
    uses: dict[str, Link] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file where it lies."""

    name: str
    href: str
    criterion: str
    criterion_href: str


def page(context: Context) -> Page:
    """The register."""
    address = context.addresses.page(NAME)
    types, issuers = _Choices(), _Choices()
    rows = tuple(_rows(context, address, types, issuers))
    return context.print(
        TEMPLATE,
        Frame(
            address=address,
            title=context.word("nav", "register"),
            heading=context.word("register", "heading", year=str(context.unit.period.year)),
            wide=True,
        ),
        caption=context.word("register", "caption", unit=context.unit.name),
        rows=rows,
        filters=shown(
            (
                Filter("loai", "y", context.word("filters", "type"), types.sorted()),
                Filter("cq", "i", context.word("filters", "issuer"), issuers.sorted()),
            )
        ),
        script=context.href(address, SCRIPT),
        orphans=tuple(_orphans(context, address)) if context.working else (),
        equal=() if context.public else tuple(_equal(context, address)),
        alike=() if context.public else tuple(_alike(context, address)),
    )


# --- the register


class _Choices:
    """What people can choose from, however it is spelled; rows carry a number for it."""

    def __init__(self) -> None:
        self._found: dict[str, Choice] = {}
        self._numbers = count(1)

    def number(self, text: str) -> str:
        """The number of a text; "" for none."""
        key = " ".join(fold(text).split())
        if not key:
            return ""
        if key not in self._found:
            self._found[key] = Choice(str(next(self._numbers)), text)
        return self._found[key].value

    def sorted(self) -> tuple[Choice, ...]:
        """All of them, in the order of the alphabet."""
        return tuple(self._found[key] for key in sorted(self._found))


def _rows(context: Context, address: str, types: _Choices, issuers: _Choices) -> Iterable[Row]:
    rows: dict[object, Row] = {}
    said: dict[object, Document] = {}
    for criterion in context.own(context.criteria.walk()):
        for document in context.dossier(criterion.id).documents:
            key = identity(document)
            row = rows.get(key)
            if row is None or (not said[key].number and document.number):
                # Whoever described the document more fully speaks for it.
                uses = row.uses if row else {}
                row = rows[key] = _row(context, address, criterion, document)
                row.uses, said[key] = uses, document
            href = context.page_href(address, criterion.id)
            row.uses.setdefault(
                criterion.id, Link(criterion.id, f"{href}#tai-lieu" if href else "")
            )
    for key, row in rows.items():
        issued = said[key].issued_on
        row.data = data(
            {
                "y": types.number(row.type),
                "i": issuers.number(row.issuer),
                "t": issued.isoformat() if issued else "",
            }
        )
    return rows.values()


def _row(context: Context, address: str, criterion: Criterion, document: Document) -> Row:
    listing = document.listing
    if document.kind is DocumentKind.LINK:
        href = web_link(listing.link if listing and listing.link else document.path)
    elif len(document.files) == 1:
        href = file_href(context, address, document.files[0])
    else:
        own = context.page_href(address, criterion.id)
        href = f"{own}#tai-lieu" if own else ""
    return Row(
        type=_type(context, criterion, document),
        number=document.number,
        day=show_date(document.issued_on) if document.issued_on else "",
        issuer=document.issuer,
        name=document.subject
        or (document.files[0].name if document.kind is DocumentKind.FILE else document.title),
        href=href,
        files=len(document.files),
    )


def _type(context: Context, criterion: Criterion, document: Document) -> str:
    """The type of the paper as read, else as the slot that it fills has it, else of the file."""
    if document.read is not None and document.read.type:
        return document.read.type
    slot = next((slot for slot in criterion.slots if slot.id == document.slot), None)
    if slot is not None and slot.document_type and not slot.alternatives:
        return slot.document_type
    if document.kind is DocumentKind.LINK:
        return context.word("register", "link")
    words = context.words("file_kinds")
    suffixes = {file.suffix.removeprefix(".") for file in document.files}
    kinds = {words.get(suffix) or suffix.upper() or words["none"] for suffix in suffixes}
    return next(iter(kinds)) if len(kinds) == 1 else ""


# --- files that serve nothing, and files of which there are two


def _orphans(context: Context, address: str) -> Iterator[Stored]:
    """Files that fill no slot, that nobody lists and no explanation names."""
    used = {
        file.path
        for dossier in context.results.snapshot.dossiers.values()
        for document in dossier.documents
        if document.slot or document.listing or document.kind is DocumentKind.REFERENCE
        for file in document.files
    }
    for criterion in context.own(context.criteria.walk()):
        if criterion.is_leaf and not criterion.slots:
            # Where nothing is asked for, nothing can be beside the point.
            continue
        dossier = context.dossier(criterion.id)
        body = dossier.explanation.body if dossier.explanation else ""
        for document in dossier.documents:
            for file in document.files:
                if file.path not in used and file.name not in body:
                    yield _stored(context, address, file, criterion.id)


def _equal(context: Context, address: str) -> Iterator[tuple[Stored, ...]]:
    """Files with the same bytes in several places."""
    homes: dict[str, dict[str, Stored]] = {}
    for criterion, file in _own_files(context):
        if file.sha256 and file.size:
            same = homes.setdefault(file.sha256, {})
            if file.path not in same:
                same[file.path] = _stored(context, address, file, criterion)
    return (tuple(same.values()) for same in homes.values() if len(same) > 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two files with nearly the same words.

    Attributes:
        draft: the first is a draft of the second, as far as their words tell.
    """

    first: Stored
    second: Stored
    draft: bool


def _alike(context: Context, address: str) -> Iterator[Alike]:
    found: dict[str, tuple[FileFacts, Stored]] = {}
    for criterion, file in _own_files(context):
        facts = context.results.processed.of(file.sha256)
        if facts is None or facts.sha256 in found or facts.text_source is not TextSource.LAYER:
            continue
        if is_enough(facts.characters, facts.sketch):
            found[facts.sha256] = (facts, _stored(context, address, file, criterion))
    held = list(found.values())
    for one, other in pairs([facts.sketch for facts, _ in held]):
        pair = (held[one], held[other])
        drafts = [_is_draft(facts) for facts, _ in pair]
        if drafts == [False, True]:
            pair = pair[::-1]
        yield Alike(first=pair[0][1], second=pair[1][1], draft=drafts.count(True) == 1)


def _is_draft(facts: FileFacts) -> bool:
    return facts.document is not None and bool(facts.document.draft)


def _own_files(context: Context) -> Iterator[tuple[str, EvidenceFile]]:
    """Files with the criterion in whose folder they lie; references lead elsewhere."""
    for criterion in context.own(context.criteria.walk()):
        for document in context.dossier(criterion.id).documents:
            if document.kind is not DocumentKind.REFERENCE:
                for file in document.files:
                    yield criterion.id, file


def _stored(context: Context, address: str, file: EvidenceFile, criterion: str) -> Stored:
    return Stored(
        name=file.name,
        href=file_href(context, address, file),
        criterion=criterion,
        criterion_href=context.page_href(address, criterion),
    )
