"""What was read out of the bytes of evidence files: facts by content, never by name.

One set of facts belongs to one sha256, however many files hold those bytes. Everything here is
what a program saw; what an officer typed stands in ``model.dossier`` and goes before it.
"""

import enum
from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from site_builder.model.mappings import empty
from site_builder.model.values import value


class Family(enum.Enum):
    """What people would call the file, by its content."""

    PDF = "pdf"
    IMAGE = "image"
    WRITING = "writing"
    SHEET = "sheet"
    SLIDES = "slides"
    ARCHIVE = "archive"
    MEDIA = "media"
    TEXT = "text"
    MARKUP = "markup"
    LINK = "link"
    PROGRAM = "program"
    POINTER = "pointer"
    EMPTY = "empty"
    OTHER = "other"


class State(enum.Enum):
    """How far a file could be understood.

    READ: as a whole. PARTIAL: what could be read is shown, something is lost. DAMAGED: nothing
    can be shown. ENCRYPTED: a password is needed. REFUSED: opening it would be endless or
    dangerous (a bomb, a path out of the archive, too large). OPAQUE: a kind that is kept, hashed
    and offered for download, but not shown. FAILED: our own reader crashed, hung or ran out of
    memory; nothing is known of the file.
    """

    READ = "read"
    PARTIAL = "partial"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    REFUSED = "refused"
    OPAQUE = "opaque"
    FAILED = "failed"


class Failure(enum.Enum):
    """How a reader was lost."""

    CRASH = "crash"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    ERROR = "error"


class TextSource(enum.Enum):
    """Where the text of a file comes from."""

    NONE = "none"
    LAYER = "layer"
    RECOGNISED = "recognised"


@value
class OfficialDocument:
    """What the text of an official document says of itself (layout of Nghi dinh 30/2020/ND-CP).

    Attributes:
        number: number and symbol as printed ("156/TTr-SNV"); "" when the number is blank.
        symbol: the symbol alone ("TTr-SNV"); known even where the number is blank.
        issued_on: None when absent or blank.
        issuer, issuer_parent: as printed in the header.
        issuer_inferred: taken from the body, because there was no header.
        type: name of the type as people write it, with one capital; "" when not told.
        subject: trich yeu.
        signer, signer_post: of the signature block.
        draft: what shows that it was never issued: ``marked``, ``number``, ``date`` or "".
        source: where the text came from; number and date may come from signature fields.
        from_signature: number or date stand only inside signature fields.
    """

    number: str = ""
    symbol: str = ""
    issued_on: date | None = None
    issuer: str = ""
    issuer_parent: str = ""
    issuer_inferred: bool = False
    type: str = ""
    subject: str = ""
    signer: str = ""
    signer_post: str = ""
    draft: str = ""
    source: TextSource = TextSource.LAYER
    from_signature: bool = False


class SignatureClass(enum.Enum):
    """What can be said of a digital signature without asking anyone on the network."""

    INTACT_ENTIRE_FILE = "intact-entire-file"
    INTACT_PERMITTED_UPDATES = "intact-with-permitted-later-updates"
    INTACT_LATER_CHANGES = "intact-but-later-changes"
    REWRITTEN = "rewritten-after-signing"
    ALTERED = "altered-after-signing"
    ORPHAN = "orphan"
    UNVERIFIABLE = "unverifiable"
    TIMESTAMP = "timestamp"


@value
class Signature:
    """One digital signature; integrity, never trust, unless a trust folder is configured.

    Attributes:
        signed_at: UTC; from the time stamp when there is one, else as the signer's machine said.
        timestamped: ``signed_at`` comes from a time-stamping authority.
        trusted: None is "not determined".
        page: that shows it, from 1; None when it has no place on a page.
    """

    class_: SignatureClass
    signer: str = ""
    organization: str = ""
    issuer: str = ""
    signed_at: datetime | None = None
    timestamped: bool = False
    algorithm: str = ""
    trusted: bool | None = None
    page: int | None = None


@value
class Flag:
    """Something about a file that people should know.

    Attributes:
        name: one of ``FLAGS``.
        details: names of sheets, attachments, members; pages as numbers; at most 20.
    """

    name: str
    details: tuple[str, ...] = ()


# Every flag there is. Active content and what runs:
#   javascript launch submit-form open-action additional-actions media xfa attachment
#   macro activex dde embedded-object external-reference executable-member
# What may be hidden:
#   hidden-sheet tracked-changes comments author gps device
# What an assessor cannot read:
#   scanned ocr-layer blank blank-page low-resolution truncated bad-page more-pages
#   unread-pages
# Archives:
#   encrypted-member nested-archive traversal symlink-member duplicate-member bomb
# Ours: structure-unchecked (active content was not looked for), legacy-encoding, restricted
FLAGS: frozenset[str] = frozenset(
    """
    javascript launch submit-form open-action additional-actions media xfa attachment
    macro activex dde embedded-object external-reference executable-member
    hidden-sheet tracked-changes comments author gps device
    scanned ocr-layer blank blank-page low-resolution truncated bad-page more-pages
    unread-pages
    encrypted-member nested-archive traversal symlink-member duplicate-member bomb
    structure-unchecked legacy-encoding restricted
    """.split()  # noqa: SIM905 - read as words
)


class Level(enum.Enum):
    """What a finding of personal data does to publishing."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


@value
class PersonalData:
    """A kind of personal data that stands in a file.

    Attributes:
        kind: ``citizen-id``, ``old-id``, ``passport``, ``phone``, ``landline``,
            ``bank-account``, ``insurance``, ``birth-date``, ``birth-list``, ``email``,
            ``password``.
        masked: the first one with its middle left out; never the value itself.
        page: of the first one, from 1; None when the file has no pages.
        count: how many.
    """

    kind: str
    level: Level
    masked: str
    page: int | None = None
    count: int = 1


@value
class SecrecyMark:
    """A mark of secrecy, as a stamp and not as words in running text.

    Attributes:
        level: ``top-secret``, ``very-secret``, ``secret`` (state secrets) or ``internal``
            ("luu hanh noi bo" and the like).
    """

    level: str
    page: int | None = None

    @property
    def state_secret(self) -> bool:
        return self.level != "internal"


@value
class Preview:
    """A picture made from a file.

    Attributes:
        blob: its name in the store ("thumb.webp", "page-001.webp", "public.jpg").
        page: page, frame or sheet it shows, from 1; 0 for the small picture of the whole.
        width, height: pixels.
        size: bytes.
    """

    blob: str
    page: int
    width: int
    height: int
    size: int


@value
class Member:
    """One file inside an archive.

    Attributes:
        path: as the archive spells it, control characters taken out, at most 300 characters.
        kind: by content, one level deep; "" when it was not looked into.
    """

    path: str
    size: int
    kind: str = ""


@value
class FileFacts:
    """Everything known about some bytes.

    Attributes:
        kind: what they are ("pdf", "docx", "jpg", "lfs-pointer" ...).
        why: word of the reason when the state is not READ ("password", "no-pages", "not-a-zip");
            a key of the catalogue.
        parts: pages, sheets, frames or members; None when that means nothing.
        characters: of text, white space left out.
        text_digest: sha256 of the folded words; "" without enough text to compare.
        sketch: smallest hashes of the five-word shingles, sorted; two sketches tell how alike
            two texts are.
        previews: pictures of pages in order, up to the limit.
        thumbnail: small picture; None when none could be made.
        public_copy: the picture that may be published instead of the original.
        has_excerpt: paragraphs and tables for the page stand in the store.
    """

    sha256: str
    size: int
    kind: str
    family: Family
    state: State
    why: str = ""
    failure: Failure | None = None
    parts: int | None = None
    text_source: TextSource = TextSource.NONE
    characters: int = 0
    text_digest: str = ""
    sketch: tuple[int, ...] = ()
    document: OfficialDocument | None = None
    signatures: tuple[Signature, ...] = ()
    flags: tuple[Flag, ...] = ()
    personal: tuple[PersonalData, ...] = ()
    secrecy: SecrecyMark | None = None
    previews: tuple[Preview, ...] = ()
    thumbnail: Preview | None = None
    public_copy: Preview | None = None
    has_excerpt: bool = False
    members: tuple[Member, ...] = ()

    def flag(self, name: str) -> Flag | None:
        """The flag with that name, when it was raised."""
        return next((flag for flag in self.flags if flag.name == name), None)


@value
class Paragraph:
    """A paragraph of an excerpt; ``level`` is 0, or 1 to 6 for a heading."""

    text: str
    level: int = 0


@value
class Table:
    """A table or sheet of an excerpt.

    Attributes:
        title: name of the sheet; "" in a text.
        rows: the first rows, cut at the limits; cells are text as people would read it.
        more_rows, more_columns: how many were left out.
    """

    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    more_rows: int = 0
    more_columns: int = 0


@value
class Excerpt:
    """The beginning of a text or a workbook, for the page.

    Attributes:
        more: paragraphs, tables or sheets that were left out.
    """

    blocks: tuple[Paragraph | Table, ...] = ()
    more: int = 0


@value
class Processed:
    """What reading the evidence files gave.

    Attributes:
        facts: by sha256.
        excerpts: by sha256; only when pages are wanted.
        texts: the text of each page by sha256; the same.
        ocr_absent: text recognition was asked for and is not installed.
    """

    facts: Mapping[str, FileFacts] = field(default_factory=empty)
    excerpts: Mapping[str, Excerpt] = field(default_factory=empty)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=empty)
    ocr_absent: bool = False

    def of(self, sha256: str | None) -> FileFacts | None:
        """The facts of some bytes; None when nobody looked at them."""
        return self.facts.get(sha256) if sha256 else None


NOT_PROCESSED = Processed()
