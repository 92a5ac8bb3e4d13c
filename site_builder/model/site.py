"""The output as data: pages, assets, files to copy, navigation."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.model.evidence import EvidenceFile
from site_builder.model.mappings import empty
from site_builder.model.search import SearchEntry

# Stands in the HTML of every page that the templates made. An engine that ran without our
# pages (or printed its own) leaves it out, and publishing then refuses the output.
MARKER = 'data-sb-page="1"'

# Files made by the builder for download, beside the pages of the period: the folder, the names.
DOWNLOADS = "tai-ve"
SUMMARY_XLSX = "bang-tong-hop-diem.xlsx"
SUMMARY_CSV = "bang-tong-hop-diem.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page for the engine.

    Attributes:
        path: of the source under docs/, ends in ".md"; ASCII; the address is the same with
            ".html" (``use_directory_urls: false``).
        title: for the navigation.
        text: the whole markdown file with its front matter.
        source_path: file in the repository that a reader would edit; None when made.
    """

    path: str
    title: str
    text: str
    source_path: str | None = None

    @property
    def address(self) -> str:
        """Path of the built page under the site's root."""
        return self.path.removesuffix(".md") + ".html"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """A node of the navigation; with children a section whose first page is its own."""

    title: str
    page: str | None = None
    children: tuple["NavItem", ...] = ()


class Form(enum.Enum):
    """How the bytes of a file stand in the site.

    ZIPPED: alone in an archive, because a browser or Windows would run it; a static host cannot
    be told to offer it for download.
    """

    AS_IS = "as_is"
    ZIPPED = "zipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCopy:
    """A file of evidence that the edition publishes.

    Attributes:
        address: path under the site's root, ASCII.
        download_name: the officer's own name, offered for download.
    """

    file: EvidenceFile
    address: str
    download_name: str
    form: Form = Form.AS_IS


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCopy:
    """A picture made from a file of evidence, kept in the store of what was read.

    Attributes:
        address: path under the site's root, ASCII.
        sha256: of the file it was made from.
        blob: its name in the store (``model.processed.Preview.blob``).
    """

    address: str
    sha256: str
    blob: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that the publishing stage writes.

    Attributes:
        pages: sorted by path.
        assets: path under docs/ to bytes (css, js, svg).
        evidence: copied into the built site after the engine, never into docs/.
        pictures: the same, from the store.
        search: what can be found, as it was before the index was made of it.
        index: path under docs/ to bytes of the index; its numbers may look like any name, so
            the last look before publishing reads ``search``.
        downloads: path under the site's root to bytes; put there after the engine.
        nav: top level of the navigation.
        home: address of the start page, to which the root redirects.
        config: more keys for the generated mkdocs.yml (site_name, edit links ...).
        settings: the hand-written mkdocs.yml that it inherits; b"" for the builder's own.
    """

    pages: tuple[Page, ...]
    assets: Mapping[str, bytes] = field(default_factory=empty)
    evidence: tuple[EvidenceCopy, ...] = ()
    pictures: tuple[StoredCopy, ...] = ()
    search: tuple[SearchEntry, ...] = ()
    index: Mapping[str, bytes] = field(default_factory=empty)
    downloads: Mapping[str, bytes] = field(default_factory=empty)
    nav: tuple[NavItem, ...] = ()
    home: str = ""
    config: Mapping[str, object] = field(default_factory=empty)
    settings: bytes = b""
