"""What the officers filed under one criterion: explanation, files, links."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.model.evidence import EvidenceFile
from site_builder.model.mappings import empty
from site_builder.model.naming import number_in_name
from site_builder.model.processed import OfficialDocument, TextSource
from site_builder.model.values import row, value

# Characters of an explanation up to which its markup is read. Longer ones are shown as typed: with
# markup made for it two megabytes would take minutes, and nobody reads so much.
MARKUP_LIMIT = 100_000


@row
class Written:
    """A value as an officer typed it, with its line; the rule decides how it is read."""

    text: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """``de_nghi``: another score than the rule's, with the argument for it."""

    points: Written
    reason: str
    line: int


@value
class ListedDocument:
    """One entry of ``tai_lieu``: what an officer says of a file, a link or another document.

    Exactly one of ``file``, ``link``, ``see`` is not "".

    Attributes:
        file: path inside the leaf's folder, NFC.
        link: http or https address.
        see: another leaf's document, by path under evidence/ or by document number.
        slot: ``cho``.
        number, issued_on, issuer, subject, place: so, ngay, co_quan, trich_yeu, vi_tri.
        public: ``cong_khai: true``.
    """

    file: str = ""
    link: str = ""
    see: str = ""
    slot: str = ""
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""
    place: str = ""
    public: bool = False
    line: int = 1


@value
class Explanation:
    r"""giai-trinh.md (or .docx) as read; typed values stay text until a rule asks for them.

    Attributes:
        path: from the root.
        figures: so_lieu by input id.
        checked: da_dat; None when the key is absent, which differs from an empty list.
        choices: chon by id.
        answers: bo_qua, check code to reason.
        not_applicable: khong_ap_dung, the reason; None when the key is absent.
        body: markdown after the front matter, NFC, "\n" line ends.
        body_line: line of the file on which the body begins.
        is_template: nothing was added to the template that ``init`` writes.
        reply, opinion: tra_loi and y_kien of a supplement.
        lines: of the declared keys as spelled, so that a finding about one with nothing behind
            it can point there; of the keys below (``so_lieu.id``) only of the empty ones.
    """

    path: str
    figures: Mapping[str, Written] = field(default_factory=empty, hash=False)
    checked: tuple[Written, ...] | None = None
    level: Written | None = None
    achieved: Written | None = None
    on: Written | None = None
    choices: Mapping[str, Written] = field(default_factory=empty, hash=False)
    points: Written | None = None
    proposal: Proposal | None = None
    not_applicable: Written | None = None
    public: bool = False
    answers: Mapping[str, Written] = field(default_factory=empty, hash=False)
    documents: tuple[ListedDocument, ...] = ()
    body: str = ""
    body_line: int = 1
    text: str = ""
    is_template: bool = False
    reply: str = ""
    opinion: str = ""
    lines: Mapping[str, int] = field(default_factory=empty, hash=False)

    @property
    def has_text(self) -> bool:
        """There is an explanation in words (headings and template hints are not words)."""
        return bool(self.text)


class DocumentKind(enum.Enum):
    """What stands as one document in the evidence index."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    REFERENCE = "reference"


class FilledBy(enum.Enum):
    """How a document found its slot."""

    LISTED = "listed"
    NAME = "name"
    ONLY_SLOT = "only_slot"
    TYPE = "type"


class ToldBy(enum.Enum):
    """Where a number, date, issuer or subject comes from, the surest first.

    TYPED: an officer wrote it. TEXT: stands in the file. SIGNATURE: stands only in a signature
    field of the file. RECOGNISED: read from a picture of the page, so letters may be wrong.
    NAME: a guess from the file's name. NOBODY: not known.
    """

    TYPED = "typed"
    TEXT = "text"
    SIGNATURE = "signature"
    RECOGNISED = "recognised"
    NAME = "name"
    NOBODY = ""


@value
class Document:
    """One row of the evidence index.

    Attributes:
        path: of the file or folder from the root; the address for a link.
        files: its files in natural order; empty for a link. For a reference, those of the
            document it points at.
        listing: what tai_lieu says of it, if anything.
        slot: id of the slot it fills; "" for none.
        source: leaf that holds the file, when this is a reference or a shared document.
        read: what was read out of its one file (``model.enriching``); None for several files,
            no official document, or when nobody looked.
    """

    kind: DocumentKind
    path: str
    title: str
    files: tuple[EvidenceFile, ...] = ()
    listing: ListedDocument | None = None
    slot: str = ""
    filled_by: FilledBy | None = None
    source: str | None = None
    read: OfficialDocument | None = None

    @property
    def number(self) -> str:
        """Number and symbol: as typed, else as read, else as the file's name has it."""
        return self._told_number[0]

    @property
    def number_from(self) -> ToldBy:
        """Where ``number`` comes from."""
        return self._told_number[1]

    @property
    def _told_number(self) -> tuple[str, ToldBy]:
        if self.listing is not None and self.listing.number:
            return self.listing.number, ToldBy.TYPED
        if self.read is not None and self.read.number:
            return self.read.number, self._read_by
        named = number_in_name(self.path) if self.kind is DocumentKind.FILE else ""
        return named, ToldBy.NAME if named else ToldBy.NOBODY

    @property
    def issued_on(self) -> date | None:
        """Day of issue: as typed, else as read."""
        if self.listing is not None and self.listing.issued_on is not None:
            return self.listing.issued_on
        return self.read.issued_on if self.read is not None else None

    @property
    def issued_on_from(self) -> ToldBy:
        """Where ``issued_on`` comes from."""
        if self.listing is not None and self.listing.issued_on is not None:
            return ToldBy.TYPED
        known = self.read is not None and self.read.issued_on is not None
        return self._read_by if known else ToldBy.NOBODY

    @property
    def issuer(self) -> str:
        """The issuing body: as typed, else as the header of the file has it."""
        if self.listing is not None and self.listing.issuer:
            return self.listing.issuer
        return self.read.issuer if self.read is not None else ""

    @property
    def subject(self) -> str:
        """What it is about: as typed, else as read."""
        if self.listing is not None and self.listing.subject:
            return self.listing.subject
        return self.read.subject if self.read is not None else ""

    @property
    def _read_by(self) -> ToldBy:
        if self.read is None:
            return ToldBy.NOBODY
        if self.read.source is TextSource.RECOGNISED:
            return ToldBy.RECOGNISED
        return ToldBy.SIGNATURE if self.read.from_signature else ToldBy.TEXT

    @property
    def public(self) -> bool:
        return bool(self.listing and self.listing.public)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """bo-sung-<n>/: what the unit answers after a round of appraisal.

    Attributes:
        cited: documents of leaves, the own one's too, that its ``xem`` entries lead to.
    """

    number: int
    folder: str
    explanation: Explanation | None
    files: tuple[EvidenceFile, ...] = ()
    cited: tuple[Document, ...] = ()


@value
class Dossier:
    """A criterion and what was filed under it.

    Attributes:
        criterion: id.
        folder: of the criterion from the root; where it should be when absent.
        exists: the folder is there.
        responsible, supporting: office keys by the nearest assignment; None when nobody is.
        files: evidence files in natural order, without noise and without giai-trinh.
        documents: rows of the evidence index in the order: listed, then unlisted by name.
    """

    criterion: str
    folder: str
    exists: bool
    responsible: str | None = None
    supporting: tuple[str, ...] = ()
    explanation: Explanation | None = None
    files: tuple[EvidenceFile, ...] = ()
    documents: tuple[Document, ...] = ()
    supplements: tuple[Supplement, ...] = ()

    def filling(self, slot: str) -> tuple[Document, ...]:
        """The documents that fill a slot."""
        return tuple(document for document in self.documents if document.slot == slot)

    def held(self, slot: str) -> int:
        """How many documents a slot holds; of a folder of photos every photo counts."""
        return sum(
            max(1, len(document.files)) if document.kind is DocumentKind.FOLDER else 1
            for document in self.filling(slot)
        )
