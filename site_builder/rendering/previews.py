"""What was read out of a file, as a page shows it: pictures, tables, words, signatures.

Everything here comes from ``model.processed``; a file that nobody read has no view.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.model.document_numbers import contradict
from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import (
    Excerpt,
    Family,
    FileFacts,
    Flag,
    OfficialDocument,
    Signature,
    SignatureClass,
    State,
    TextSource,
)
from site_builder.reading.numbers import show_date, show_number
from site_builder.rendering.addresses import relative
from site_builder.rendering.context import Context, Link, show_day
from site_builder.rendering.evidence import FileRow, file_row
from site_builder.rendering.lengths import SHORT_MEMBERS, SHORT_PAGES, beginning
from site_builder.rendering.pictures import Picture, anchor, picture_href, thumbnail

# Up to so many documents on one page stand unfolded; of more, their titles tell more.
_UNFOLDED = 6
# Details of one remark that a person reads.
_NAMED = 5
# Flags that tell nothing to somebody who looks at the evidence.
_SILENT = frozenset(
    {"open-action", "additional-actions", "more-pages", "unread-pages", "author", "device"}
)
# For officers alone: whoever else looks at a photo cannot mend it.
_OFFICERS = frozenset({"gps"})
# Flags whose details are pages, perhaps with more after a colon.
_ON_PAGES = frozenset({"blank-page", "bad-page", "low-resolution"})
# Flags whose details are words of a reader, not of people.
_BARE = frozenset({"gps", "legacy-encoding", "external-reference", "embedded-object"})
# Flags that say more exactly why only a part of a file was read, or none of it.
_LOST = frozenset({"truncated", "bad-page", "encrypted-member"})
_COUNTED = {
    Family.PDF: "pages",
    Family.SHEET: "sheets",
    Family.SLIDES: "slides",
    Family.ARCHIVE: "members",
}
# What is said of all signatures of a file, from the worst class.
_STATES: tuple[tuple[SignatureClass, str], ...] = (
    (SignatureClass.ALTERED, "altered"),
    (SignatureClass.REWRITTEN, "resaved"),
    (SignatureClass.ORPHAN, "orphan"),
    (SignatureClass.UNVERIFIABLE, "unknown"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that a file says of itself.

    Attributes:
        typed: what an officer wrote instead; "" when he wrote the same or nothing.
    """

    name: str
    value: str
    typed: str = ""


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
        state: ``none``, ``intact``, ``resaved``, ``altered``, ``orphan`` or ``unknown``.
        short: the same in words, where there is little room; "" for none.
        words: the same in words.
        advice: what it means and what to do; "" for nothing.
        by: who signed and when, of intact signatures.
    """

    state: str
    short: str
    words: str
    advice: str
    by: tuple[str, ...] = ()
    rows: tuple[SignatureRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One file.

    Attributes:
        anchor: id of its place on a page.
        counted: "12 trang"; "" where that means nothing.
        said: what it says of itself, as far as the page does not say so already.
        said_by: where that comes from, in words.
        notes: what people should know of it.
        more: pages or frames left out that no page of its own shows.
        page: its own page; "" when it is short or has none.
        also: other criteria that it proves.
    """

    anchor: str
    row: FileRow
    counted: str
    thumbnail: Picture | None
    pictures: tuple[Picture, ...]
    excerpt: Excerpt | None
    members: tuple[tuple[str, str], ...]
    more: int
    said: tuple[Said, ...]
    said_by: str
    signature: SignatureView | None
    notes: tuple[str, ...]
    sha256: str
    page: str = ""
    also: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """The block of one document: a file, or photos with what lies beside them.

    Attributes:
        photos: shown one beside the other; none of them is among ``files``.
        unfolded: it is seen without being asked for.
    """

    title: str
    number: str
    files: tuple[FileView, ...]
    photos: tuple[FileView, ...] = ()
    unfolded: bool = True


def document_views(
    context: Context, address: str, criterion: str, documents: tuple[Document, ...]
) -> tuple[DocumentView, ...]:
    """The blocks of a page, each content once; documents of other criteria have theirs there."""
    found: list[tuple[Document, list[FileView]]] = []
    seen: set[str] = set()
    for document in documents:
        if document.kind in {DocumentKind.LINK, DocumentKind.REFERENCE}:
            continue
        views = []
        for file in document.files:
            if file.sha256 and file.sha256 not in seen:
                seen.add(file.sha256)
                views.append(file_view(context, address, file, document, criterion=criterion))
        if known := [view for view in views if view is not None]:
            found.append((document, known))
    unfolded = len(found) <= _UNFOLDED
    return tuple(_block(context, document, views, unfolded=unfolded) for document, views in found)


def _block(
    context: Context, document: Document, views: list[FileView], *, unfolded: bool
) -> DocumentView:
    photos = tuple(view for view in views if _is_photo(context, view))
    return DocumentView(
        title=document.subject or document.title,
        number=document.number,
        files=tuple(view for view in views if view not in photos),
        photos=photos,
        unfolded=unfolded,
    )


def _is_photo(context: Context, view: FileView) -> bool:
    """It is one picture, and not pages that somebody scanned."""
    facts = context.results.processed.of(view.sha256)
    return (
        facts is not None
        and facts.family is Family.IMAGE
        and view.thumbnail is not None
        and len(facts.previews) <= 1
    )


def file_view(  # noqa: PLR0913 - each says one thing, by its name
    context: Context,
    address: str,
    file: EvidenceFile,
    document: Document | None = None,
    *,
    criterion: str = "",
    whole: bool = False,
) -> FileView | None:
    """What a page shows of a file; None when nobody read it.

    Args:
        context: of the site.
        address: of the page.
        file: one that the edition shows.
        document: that it belongs to, as an officer described it.
        criterion: whose page it is; "" for none.
        whole: everything there is, on a page of its own.
    """
    facts = context.results.processed.of(file.sha256)
    if facts is None or not context.addresses.evidence.get(file.path):
        return None
    row = file_row(context, address, file)
    pictures = _pictures(context, address, row, facts)
    excerpt = context.results.processed.excerpts.get(facts.sha256)
    members = tuple((member.path, _member(context, member.kind)) for member in facts.members)
    left_out = max(0, (facts.parts or 0) - len(facts.previews)) if facts.previews else 0
    own = context.addresses.documents.get(facts.sha256, "")
    if not whole and own:
        pictures = pictures[:SHORT_PAGES]
        excerpt = beginning(excerpt)
        members = members[:SHORT_MEMBERS]
    return FileView(
        anchor=anchor(file),
        row=row,
        counted=_counted(context, facts),
        thumbnail=thumbnail(context, address, file),
        pictures=pictures,
        excerpt=excerpt,
        members=members,
        more=0 if own and not whole else left_out,
        said=tuple(_said(context, facts.document, document, whole=whole)),
        said_by=_said_by(context, facts.document),
        signature=_signature(context, facts),
        notes=_notes(context, facts),
        sha256=facts.sha256,
        page=relative(address, own) if own and not whole else "",
        also=used_by(context, address, facts.sha256, without=criterion),
    )


def used_by(context: Context, address: str, sha256: str, without: str = "") -> tuple[Link, ...]:
    """The criteria that a file proves, one of them left out."""
    return tuple(
        Link(f"{id_}. {context.criteria.by_id[id_].title}", f"{href}#tai-lieu", short=id_)
        for id_ in dict.fromkeys(id_ for id_, _ in context.uses.get(sha256, ()))
        if id_ != without and (href := context.page_href(address, id_))
    )


def _pictures(
    context: Context, address: str, row: FileRow, facts: FileFacts
) -> tuple[Picture, ...]:
    alone = len(facts.previews) == 1
    key = "picture" if facts.family is Family.IMAGE else "page"
    found = []
    for preview in facts.previews:
        src = picture_href(context, address, facts, preview)
        if not src:
            continue
        # A browser turns to the page; other programs do not read the end of an address.
        paged = facts.family is Family.PDF and row.opens
        found.append(
            Picture(
                src=src,
                width=preview.width,
                height=preview.height,
                alt=context.word(
                    "previews", "only" if alone else key, name=row.name, n=preview.page
                ),
                full=f"{row.href}#page={preview.page}" if paged else src,
            )
        )
    return tuple(found)


def _member(context: Context, kind: str) -> str:
    return context.words("file_kinds").get(kind, kind.upper())


def _counted(context: Context, facts: FileFacts) -> str:
    key = _COUNTED.get(facts.family)
    if facts.family is Family.IMAGE and facts.parts and facts.parts > 1:
        key = "frames"
    if key is None or not facts.parts:
        return ""
    return context.word("previews", key, n=show_number(facts.parts))


def _said(
    context: Context, read: OfficialDocument | None, document: Document | None, *, whole: bool
) -> Iterator[Said]:
    """What the file says; beside a row of a table only what the row does not say."""
    if read is None:
        return
    listing = document.listing if document else None
    in_row = not whole and document is not None and document.read is not None
    words = context.words("said")
    number = read.number or (f".../{read.symbol}" if read.symbol else "")
    day = show_date(read.issued_on) if read.issued_on else ""
    typed_number = listing.number if listing else ""
    typed_day = show_date(listing.issued_on) if listing and listing.issued_on else ""
    # Issuers and subjects are worded differently for good reasons; numbers and days are not.
    comparable = (
        ("number", number, typed_number if contradict(typed_number, read.number) else ""),
        ("date", day, typed_day if day and typed_day != day else ""),
    )
    for key, value, typed in comparable:
        if value and (typed or not in_row):
            yield Said(name=words[key], value=value, typed=typed)
    signer = ", ".join(filter(None, (read.signer, read.signer_post))) if read.signer else ""
    others = [("type", read.type), ("signer", signer)]
    if not in_row:
        others[1:1] = [("issuer", read.issuer), ("subject", read.subject)]
    for key, value in others:
        if value:
            yield Said(name=words[key], value=value)


def _said_by(context: Context, document: OfficialDocument | None) -> str:
    if document is None:
        return ""
    if document.source is TextSource.RECOGNISED:
        return context.word("said_by", "recognised")
    return context.word("said_by", "signature" if document.from_signature else "text")


# --- signatures


def _signature(context: Context, facts: FileFacts) -> SignatureView | None:
    if facts.family is not Family.PDF or facts.state not in {State.READ, State.PARTIAL}:
        return None
    classes = {each.class_ for each in facts.signatures} - {SignatureClass.TIMESTAMP}
    intact = "intact" if classes else "none"
    state = next((word for class_, word in _STATES if class_ in classes), intact)
    return SignatureView(
        state=state,
        short=context.words("signature_short").get(state, ""),
        words=context.word("signature_state", state),
        advice=context.words("signature_advice").get(state, ""),
        by=tuple(dict.fromkeys(filter(None, (_signed(context, each) for each in facts.signatures))))
        if state == "intact"
        else (),
        rows=tuple(_signature_row(context, each) for each in facts.signatures),
    )


def _signed(context: Context, signature: Signature) -> str:
    if signature.class_ is SignatureClass.TIMESTAMP:
        return ""
    names = dict.fromkeys(filter(None, (signature.signer, signature.organization)))
    at = signature.signed_at
    if at is None:
        return ", ".join(names)
    return context.word("signature", "by", names=", ".join(names), date=show_day(at))


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


# --- what people should know


def _notes(context: Context, facts: FileFacts) -> tuple[str, ...]:
    silent = _SILENT if context.working else _SILENT | _OFFICERS
    flags = [flag for flag in facts.flags if flag.name not in silent]
    notes = []
    lost = any(flag.name in _LOST for flag in flags)
    if facts.state not in {State.READ, State.PARTIAL}:
        # Why nothing is shown says what a flag would say again.
        reasons = context.words("not_shown")
        notes.append(reasons.get(facts.why) or reasons[facts.state.value])
        flags = [flag for flag in flags if flag.name not in {"bomb", "truncated"}]
    elif facts.state is State.PARTIAL and not lost:
        notes.append(context.word("not_shown", "partial"))
    if facts.document is not None and facts.document.draft:
        notes.append(context.word("previews", "draft"))
    notes.extend(_remark(context, facts, flag) for flag in flags)
    return tuple(notes)


def _remark(context: Context, facts: FileFacts, flag: Flag) -> str:
    slides = flag.name == "hidden-sheet" and facts.family is Family.SLIDES
    words = context.word("flags", "hidden-slide" if slides else flag.name)
    details = () if flag.name in _BARE else flag.details
    if not details:
        return words
    if flag.name in _ON_PAGES or slides:
        details = tuple(dict.fromkeys(each.partition(":")[0] for each in details))
    key = "pages" if flag.name in _ON_PAGES else "named"
    if len(details) > _NAMED:
        key += "_more"
    return context.word(
        "flag",
        key,
        flag=words,
        details=", ".join(details[:_NAMED]),
        more=show_number(len(details) - _NAMED),
    )
