"""What a reader of one kind of file gets and gives."""

from dataclasses import dataclass
from typing import Protocol

from site_builder.model.processed import (
    Excerpt,
    Flag,
    Member,
    Signature,
    State,
    TextSource,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What changes the facts of a file, so that it is part of the key they are kept under.

    Attributes:
        preview_pages: pages that get a picture; the others are only counted.
        text_pages: pages whose text is read.
        recognise: read pages without text with tesseract, when it is installed.
        trust_folder: folder with certificates of authorities to trust; "" for none.
    """

    preview_pages: int = 20
    text_pages: int = 200
    recognise: bool = False
    trust_folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, in a worker.

    Attributes:
        path: where the bytes are; its name says nothing and must not be used.
        kind, detail: what the bytes are (``sniffing.sniff``).
        size: bytes.
    """

    path: str
    kind: str
    detail: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that a reader made, WebP or JPEG, without metadata."""

    width: int
    height: int
    data: bytes
    page: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader saw; ``reader.py`` adds what follows from the text.

    Attributes:
        state, why: see ``FileFacts``.
        pages: text of each page, sheet or section, NFC; one entry when there are no pages.
        hints: words that stand only in form or signature fields of page 1, in drawing order.
        recognised: pages (from 1) whose text was recognised from the picture.
        previews: pictures of pages in order; ``thumbnail`` of the whole.
        public_copy: what may be published instead of the original, JPEG.
    """

    state: State = State.READ
    why: str = ""
    parts: int | None = None
    pages: tuple[str, ...] = ()
    text_source: TextSource = TextSource.NONE
    hints: tuple[str, ...] = ()
    recognised: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    signatures: tuple[Signature, ...] = ()
    previews: tuple[Picture, ...] = ()
    thumbnail: Picture | None = None
    public_copy: Picture | None = None
    excerpt: Excerpt | None = None
    members: tuple[Member, ...] = ()


class Handler(Protocol):
    """Reads files of some kinds; a module with these names.

    ``VERSION`` grows with every change of what ``read`` gives: facts of an older version are
    read anew. ``read`` may raise anything; the worker turns it into State.FAILED, but content
    that is merely bad gets a state of its own.
    """

    NAME: str
    VERSION: int
    KINDS: frozenset[str]

    def read(self, source: Source, settings: Settings) -> Reading: ...


class NoClusterError(Exception):
    """There is nobody to read.

    Attributes:
        reason: ``cluster_missing`` (the extra is not installed), ``cluster_silent`` (nobody
            answers), ``cluster_empty`` (no workers); a key of the catalogue.
        address: that was asked for.
    """

    def __init__(self, reason: str, address: str) -> None:
        super().__init__(reason, address)
        self.reason = reason
        self.address = address
