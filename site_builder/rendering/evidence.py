"""Documents and files as rows of pages."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import Change, EvidenceFile
from site_builder.model.kinds import claimed, same
from site_builder.model.processed import Family, FileFacts, Preview
from site_builder.model.text import fold
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.addresses import is_viewable, relative
from site_builder.rendering.context import Context, local_day
from site_builder.rendering.pictures import Picture, anchor, thumbnail

_PAGE = re.compile(r"\b(?:trang|tr\.?)\s*(\d{1,4})\b")
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """One file.

    Attributes:
        href: where it is published; "" when it is not, and ``absent`` then says why.
        download: the name under which it is saved.
        opens: a browser shows it; otherwise the link downloads.
        shown_at: where the page shows what is in it; "" when it does not.
        thumbnail: its small picture on a page that shows it.
        zipped: it is downloaded in an archive, because a browser would run it.
        brought: who added it and when, in words; "" when not known.
    """

    name: str
    href: str
    download: str
    opens: bool
    kind: str
    size: str
    absent: str
    brought: str
    shown_at: str = ""
    thumbnail: Picture | None = None
    zipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One document.

    Attributes:
        link: address on the web, for a link; "" when it is not one that may be followed.
        source, source_href: leaf that holds it, when this is a reference.
        filled_by: how it found its slot, in words.
        told: where number and date come from unless an officer typed them, in words.
    """

    title: str
    kind: DocumentKind
    files: tuple[FileRow, ...]
    link: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""
    subject: str = ""
    place: str = ""
    source: str = ""
    source_href: str = ""
    filled_by: str = ""
    told: tuple[str, ...] = ()
    open_to_public: bool = False

    @property
    def name(self) -> str:
        """What people call it: its subject, else its title."""
        return self.subject or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """A document that the set asks for, and what fills it.

    Attributes:
        state: ``full``, ``missing``, ``explained``, ``empty`` (optional) or "" (not said).
    """

    title: str
    asked: str
    required: bool
    state: str
    documents: tuple[DocumentRow, ...]


def document_row(
    context: Context, address: str, document: Document, *, pictured: bool = False
) -> DocumentRow:
    """A document as a row of the page at ``address``; see ``file_row`` for ``pictured``."""
    listing = document.listing
    place = listing.place if listing else ""
    pictured = pictured and document.kind is not DocumentKind.REFERENCE
    files = tuple(
        file_row(context, address, file, place, pictured=pictured and _is_read(context, file))
        for file in document.files
    )
    source = document.source or ""
    return DocumentRow(
        title=document.files[0].name if document.kind is DocumentKind.FILE else document.title,
        kind=document.kind,
        files=files,
        link=web_link(listing.link if listing and listing.link else document.path)
        if document.kind is DocumentKind.LINK
        else "",
        number=document.number,
        date=show_date(document.issued_on) if document.issued_on else "",
        issuer=document.issuer,
        subject=document.subject,
        place=place,
        source=source,
        source_href=context.page_href(address, source) if source else "",
        filled_by=context.word("filled_by", document.filled_by.value)
        if document.filled_by and document.slot
        else "",
        told=_told(context, document),
        open_to_public=document.public,
    )


def file_row(
    context: Context,
    address: str,
    file: EvidenceFile,
    place: str = "",
    *,
    pictured: bool = False,
) -> FileRow:
    """A file as a row of a page.

    Args:
        context: of the site.
        address: of the page.
        file: any.
        place: may name the page to open at.
        pictured: the page shows the file itself further down.
    """
    href = file_href(context, address, file, place)
    published = context.addresses.original(file.path)
    facts = context.results.processed.of(file.sha256)
    copy = _copy(context, facts)
    return FileRow(
        name=file.name,
        href=href,
        download=_saved_as(file, published),
        opens=_opens(published, facts, copied=copy is not None),
        kind=_kind(context, file, facts),
        size=size(copy.size if copy else file.size),
        absent="" if href else context.word("absent", _why_absent(context, file)),
        brought=brought(context, file.first or file.last, added=file.first is not None),
        zipped=file.path in context.addresses.zipped,
        thumbnail=thumbnail(context, address, file) if pictured else None,
        shown_at=f"#{anchor(file)}" if pictured else "",
    )


def _kind(context: Context, file: EvidenceFile, facts: FileFacts | None) -> str:
    """What people call the file: by its name, unless its bytes are something else."""
    words = context.words("file_kinds")
    suffix = file.suffix.removeprefix(".")
    if facts is not None and not same(facts.kind, claimed(file.name)):
        return words.get(facts.kind) or words["none"]
    return words.get(suffix) or suffix.upper() or words["none"]


def _copy(context: Context, facts: FileFacts | None) -> Preview | None:
    """What is published instead of a photo; None when the file itself is."""
    photo = context.public and facts is not None and facts.family is Family.IMAGE
    return facts.public_copy if photo and facts is not None else None


def _opens(published: str, facts: FileFacts | None, *, copied: bool) -> bool:
    """A browser shows what stands at the address, and it is what its name claims."""
    if not is_viewable(published):
        return False
    return copied or facts is None or is_viewable(f".{facts.kind}")


def _saved_as(file: EvidenceFile, published: str) -> str:
    """The file's name, with the ending of what is downloaded in its stead."""
    ending = published.rpartition(".")[2]
    if ending == "zip" and file.suffix != ".zip":
        return f"{file.name}.zip"
    if ending == "jpg" and not file.suffix.startswith((".jp", ".jf")):
        return f"{file.name.rpartition('.')[0] or file.name}.jpg"
    return file.name


def _told(context: Context, document: Document) -> tuple[str, ...]:
    words = context.words("told")
    sources = (document.number_from, document.issued_on_from)
    return tuple(dict.fromkeys(words[each.value] for each in sources if each.value in words))


def _is_read(context: Context, file: EvidenceFile) -> bool:
    return context.results.processed.of(file.sha256) is not None


def file_href(context: Context, address: str, file: EvidenceFile, place: str = "") -> str:
    """The link from a page to a published file, at the page that ``place`` names; else ""."""
    published = context.addresses.original(file.path)
    if not published:
        return ""
    href = relative(address, published)
    if file.suffix == ".pdf" and place and (page := _PAGE.search(fold(place))):
        href += f"#page={int(page[1])}"
    return href


def _why_absent(context: Context, file: EvidenceFile) -> str:
    if context.addresses.left_out and file.path in context.addresses.evidence:
        return "left_out"
    if file.pointer is not None:
        return "pointer"
    return "unknown" if file.readable else "unreadable"


def brought(context: Context, change: Change | None, *, added: bool) -> str:
    """Which office added or changed something, and on which day."""
    if change is None:
        return ""
    office = context.office(change.office)
    key = ("added" if added else "changed") + ("" if office else "_by_unknown")
    return context.word("evidence", key, office=office, date=local_day(change.at))


def size(count: int) -> str:
    """A size as people read it."""
    if count < _KIB:
        return f"{show_number(count)} B"
    if count < _KIB * _KIB:
        return f"{show_number(round(count / _KIB))} KB"
    tenths = round(count * 10 / (_KIB * _KIB))
    return f"{tenths // 10},{tenths % 10} MB"


def web_link(link: str) -> str:
    """An address that may be followed, percent-encoded; "" for anything but http and https."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return ""
    return quote(link, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def asked_for(context: Context, slot: Slot) -> str:
    """What kind of document a slot asks for, with its alternatives, number, issuer and dates."""
    types = context.word("evidence", "or").join((slot.document_type, *slot.alternatives))
    parts = [types] if types else []
    if slot.at_least > 1:
        parts.append(context.word("evidence", "at_least", count=slot.at_least))
    if slot.issuer:
        parts.append(context.word("evidence", "issued_by", issuer=_wanted(context, slot.issuer)))
    if slot.issued_from and slot.issued_to:
        key = "issued_between"
    elif slot.issued_from or slot.issued_to:
        key = "issued_from" if slot.issued_from else "issued_to"
    else:
        key = ""
    if key:
        window = {"start": slot.issued_from or "", "end": slot.issued_to or ""}
        parts.append(context.word("evidence", key, **window))
    return "; ".join(parts)


def _wanted(context: Context, issuer: str) -> str:
    unit = context.unit
    return {"unit": unit.name, "parent": unit.parent}.get(issuer) or issuer
