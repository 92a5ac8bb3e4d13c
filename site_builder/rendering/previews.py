"""What was read out of a file, as a page shows it: pictures, tables, words, signatures.

Everything here comes from ``model.processed``; a file that nobody read has no view.
"""

from dataclasses import dataclass

from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import (
    Excerpt,
    Family,
    FileFacts,
    OfficialDocument,
    Signature,
    SignatureClass,
    State,
    TextSource,
)
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.addresses import relative
from site_builder.rendering.context import Context, show_day
from site_builder.rendering.evidence import FileRow, file_row
from site_builder.rendering.lengths import SHORT_MEMBERS, SHORT_PAGES, beginning
from site_builder.rendering.pictures import Picture, anchor, picture_href, thumbnail

# Flags that tell nothing to somebody who looks at the evidence.
_SILENT = frozenset({"open-action", "additional-actions", "more-pages", "author", "device"})
_COUNTED = {
    Family.PDF: "pages",
    Family.SHEET: "sheets",
    Family.SLIDES: "slides",
    Family.ARCHIVE: "members",
}

_INTACT = frozenset(
    {
        SignatureClass.INTACT_ENTIRE_FILE,
        SignatureClass.INTACT_PERMITTED_UPDATES,
        SignatureClass.INTACT_LATER_CHANGES,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """One signature for those who want to know exactly.

    Attributes:
        class_: of the eight, as it is called everywhere.
    """

    signer: str
    organization: str
    issuer: str
    at: str
    class_: str
    meaning: str
    trust: str
    algorithm: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureView:
    """The digital signatures of a file.

    Attributes:
        state: ``intact``, ``resaved`` or ``none``.
        words: the same in words.
        advice: what it means and what to do; "" for nothing.
    """

    state: str
    words: str
    advice: str
    rows: tuple[SignatureRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One file.

    Attributes:
        anchor: id of its block on a page.
        counted: "12 trang"; "" where that means nothing.
        said: what it says of itself, name and value.
        said_by: where that comes from, in words.
        notes: what people should know of it.
        more: pages, tables or members left out.
        page: its own page; "" when it is short or has none.
    """

    anchor: str
    row: FileRow
    counted: str
    thumbnail: Picture | None
    pictures: tuple[Picture, ...]
    excerpt: Excerpt | None
    members: tuple[tuple[str, str], ...]
    more: int
    said: tuple[tuple[str, str], ...]
    said_by: str
    signature: SignatureView | None
    notes: tuple[str, ...]
    sha256: str
    page: str = ""

    @property
    def shows(self) -> bool:
        """There is something to look at."""
        return bool(self.pictures or self.excerpt or self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """The block of one document: a file, or photos with what lies beside them."""

    anchor: str
    title: str
    number: str
    files: tuple[FileView, ...]
    photos: tuple[Picture, ...] = ()


def document_views(
    context: Context, address: str, documents: tuple[Document, ...]
) -> tuple[DocumentView, ...]:
    """The blocks of a page, each content once; documents of other criteria have theirs there."""
    views: list[DocumentView] = []
    seen: set[str] = set()
    for document in documents:
        if document.kind in {DocumentKind.LINK, DocumentKind.REFERENCE}:
            continue
        files = [file for file in document.files if file.sha256 and file.sha256 not in seen]
        seen.update(file.sha256 for file in files if file.sha256)
        found = [view for file in files if (view := file_view(context, address, file))]
        photos = tuple(_photos(context, address, files)) if len(document.files) > 1 else ()
        shown = tuple(view for view in found if not (photos and _is_photo(context, view.sha256)))
        if shown or photos:
            listing = document.listing
            views.append(
                DocumentView(
                    anchor=anchor(files[0]),
                    title=(listing.subject if listing else "") or document.title,
                    number=document.number,
                    files=shown,
                    photos=photos,
                )
            )
    return tuple(views)


def _is_photo(context: Context, sha256: str) -> bool:
    facts = context.results.processed.of(sha256)
    return facts is not None and facts.family is Family.IMAGE


def _photos(context: Context, address: str, files: list[EvidenceFile]) -> list[Picture]:
    found = []
    for file in files:
        facts = context.results.processed.of(file.sha256)
        if facts is None or facts.family is not Family.IMAGE:
            continue
        small = thumbnail(context, address, file)
        if small is not None:
            found.append(small)
    return found


def file_view(
    context: Context, address: str, file: EvidenceFile, *, whole: bool = False
) -> FileView | None:
    """What a page shows of a file; None when nobody read it.

    Args:
        context: of the site.
        address: of the page.
        file: one that the edition shows.
        whole: everything there is, on a page of its own.
    """
    facts = context.results.processed.of(file.sha256)
    if facts is None or not context.addresses.evidence.get(file.path):
        return None
    pictures = _pictures(context, address, file, facts)
    excerpt = context.results.processed.excerpts.get(facts.sha256)
    members = tuple((member.path, _member(context, member.kind)) for member in facts.members)
    left_out = _left_out(facts, excerpt)
    own = context.addresses.documents.get(facts.sha256, "")
    if not whole and own:
        pictures = pictures[:SHORT_PAGES]
        excerpt = beginning(excerpt)
        members = members[:SHORT_MEMBERS]
    return FileView(
        anchor=anchor(file),
        row=file_row(context, address, file),
        counted=_counted(context, facts),
        thumbnail=thumbnail(context, address, file),
        pictures=pictures,
        excerpt=excerpt,
        members=members,
        more=left_out,
        said=_said(context, facts.document),
        said_by=_said_by(context, facts.document),
        signature=_signature(context, facts),
        notes=_notes(context, facts),
        sha256=facts.sha256,
        page=relative(address, own) if own and not whole else "",
    )


def _pictures(
    context: Context, address: str, file: EvidenceFile, facts: FileFacts
) -> tuple[Picture, ...]:
    alone = len(facts.previews) == 1
    key = "picture" if facts.family is Family.IMAGE else "page"
    return tuple(
        Picture(
            src=picture_href(context, address, facts, preview),
            width=preview.width,
            height=preview.height,
            alt=context.word("previews", "only" if alone else key, name=file.name, n=preview.page),
        )
        for preview in facts.previews
    )


def _left_out(facts: FileFacts, excerpt: Excerpt | None) -> int:
    if facts.previews and facts.parts:
        return max(0, facts.parts - len(facts.previews))
    return excerpt.more if excerpt else 0


def _member(context: Context, kind: str) -> str:
    return context.words("file_kinds").get(kind, kind.upper())


def _counted(context: Context, facts: FileFacts) -> str:
    key = _COUNTED.get(facts.family)
    if facts.family is Family.IMAGE and facts.parts and facts.parts > 1:
        key = "frames"
    if key is None or not facts.parts:
        return ""
    return context.word("previews", key, n=show_number(facts.parts))


def _said(context: Context, document: OfficialDocument | None) -> tuple[tuple[str, str], ...]:
    if document is None:
        return ()
    values = {
        "number": document.number or (f".../{document.symbol}" if document.symbol else ""),
        "date": show_date(document.issued_on) if document.issued_on else "",
        "type": document.type,
        "issuer": document.issuer,
        "subject": document.subject,
        "signer": ", ".join(filter(None, (document.signer, document.signer_post))),
    }
    words = context.words("said")
    return tuple((words[key], value) for key, value in values.items() if value)


def _said_by(context: Context, document: OfficialDocument | None) -> str:
    if document is None:
        return ""
    if document.source is TextSource.RECOGNISED:
        return context.word("said_by", "recognised")
    return context.word("said_by", "signature" if document.from_signature else "text")


def _signature(context: Context, facts: FileFacts) -> SignatureView | None:
    if facts.family is not Family.PDF or facts.state not in {State.READ, State.PARTIAL}:
        return None
    signed = [each for each in facts.signatures if each.class_ is not SignatureClass.TIMESTAMP]
    if not signed:
        state = "none"
    elif all(each.class_ in _INTACT for each in signed):
        state = "intact"
    else:
        state = "resaved"
    return SignatureView(
        state=state,
        words=context.word("signature_state", state),
        advice=context.words("signature_advice").get(state, ""),
        rows=tuple(_signature_row(context, each) for each in facts.signatures),
    )


def _signature_row(context: Context, signature: Signature) -> SignatureRow:
    at = ""
    if signature.signed_at is not None:
        key = "stamped" if signature.timestamped else "claimed"
        at = context.word("signature", key, date=show_day(signature.signed_at))
    trusts = {None: "unknown", True: "yes", False: "no"}
    return SignatureRow(
        signer=signature.signer,
        organization=signature.organization,
        issuer=signature.issuer,
        at=at,
        class_=signature.class_.value,
        meaning=context.word("signature_class", signature.class_.value),
        trust=context.word("trust", trusts[signature.trusted]),
        algorithm=signature.algorithm,
    )


def _notes(context: Context, facts: FileFacts) -> tuple[str, ...]:
    notes = []
    if facts.state is not State.READ:
        notes.append(context.word("file_state", facts.state.value))
    if facts.document is not None and facts.document.draft:
        notes.append(context.word("previews", "draft"))
    for flag in facts.flags:
        if flag.name not in _SILENT:
            key = "named" if flag.details else "bare"
            words = context.word("flags", flag.name)
            notes.append(context.word("flag", key, flag=words, details=", ".join(flag.details)))
    return tuple(notes)


def uses(context: Context) -> dict[str, list[str]]:
    """Ids of criteria by the sha256 of the files that prove them."""
    found: dict[str, list[str]] = {}
    for criterion in context.own(context.criteria.walk()):
        for document in context.dossier(criterion.id).documents:
            for file in document.files:
                ids = found.setdefault(file.sha256 or "", [])
                if criterion.id not in ids:
                    ids.append(criterion.id)
    return found
