"""Addresses of pages and evidence: ASCII, unique, and the same as long as ids and bytes are.

Titles never enter the address of a page, so a corrected title breaks no link.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.processed import (
    NOT_PROCESSED,
    Family,
    FileFacts,
    Preview,
    Processed,
)
from site_builder.model.site import EvidenceCopy, Form, StoredCopy
from site_builder.model.text import nfc, slug
from site_builder.rendering.lengths import is_long

_SLUG_LIMIT = 48
_HASH_DIGITS = 8
# At first, of the folder that holds the pictures of a file.
_FOLDER_DIGITS = 16
# Pages of letters: "3d" and "3\u0111" may both exist, and "_" is in no id.
_STROKE = str.maketrans({"\u0111": "d_", "\u0110": "D_"})

# What a browser shows or saves without running anything in the site's name.
SAFE_EXTENSIONS: frozenset[str] = frozenset(
    """
    7z aac asc avi avif bmp bz2 csv dcm doc docm docx dot dotx dwg dxf eml epub gif gz heic heif
    jfif jpe jpeg jpg json jxl log m4a m4v md mkv mov mp3 mp4 mpeg mpg msg odg odp ods odt ogg
    ogv opus p7b p7m p7s pdf png pot potx pps ppsx ppt pptx psd pub rar rtf sig tar tif tiff tsv
    txt wav webm webp wma wmv wps xls xlsb xlsm xlsx xlt xltx xz yaml yml zip
    """.split()  # noqa: SIM905 - read as words
)
# What a browser or Windows would run: never at an address of the site.
ACTIVE_EXTENSIONS: frozenset[str] = frozenset(
    """
    apk app bat chm cmd com cpl css dll exe hta htm html jar js jse lnk mht mhtml mjs msi msp pif
    ps1 reg scr sh shtml svg svgz swf url vbe vbs wasm wsf wsh xht xhtml xml xsl xslt
    """.split()  # noqa: SIM905 - the same
)
_ACTIVE_FAMILIES = frozenset({Family.MARKUP, Family.PROGRAM})
_IMAGES = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "avif"})
_VIEWABLE = frozenset({"pdf", "txt"}) | _IMAGES


def ascii_id(id_: str) -> str:
    """A criterion's id in an address; the only letters of ids outside ASCII are d with stroke."""
    return id_.translate(_STROKE)


def extension(file: EvidenceFile) -> str:
    """The file's extension as it stands in its address."""
    suffix = file.suffix.removeprefix(".")
    return suffix if suffix in SAFE_EXTENSIONS else "bin"


def is_active(file: EvidenceFile, facts: FileFacts | None = None) -> bool:
    """A browser or Windows would run it, by its name or by its content."""
    by_content = facts is not None and facts.family in _ACTIVE_FAMILIES
    return by_content or file.suffix.removeprefix(".") in ACTIVE_EXTENSIONS


def is_image(file: EvidenceFile) -> bool:
    """A browser shows it inside a page."""
    return file.suffix.removeprefix(".") in _IMAGES


def is_viewable(address: str) -> bool:
    """A browser opens what such an address or name promises; other types are only downloaded."""
    return address.rpartition(".")[2].lower() in _VIEWABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where everything of one site stands.

    Attributes:
        period: first part of every address.
        copies: evidence with an address, in the printed order, equal bytes once.
        evidence: address by the NFC path of every file that has one; of a photo in an edition
            that gets no originals, the address of its copy.
        zipped: paths of files that stand in an archive of their own.
        pictures: everything that is copied from the store.
        previews: address by sha256 and blob.
        documents: address of the page of a long document, by sha256.
        pages: address of a criterion's page by id.
        left_out: the files themselves are not in the site, only what is shown of them;
            ``evidence`` then says no more than which files are shown.
    """

    period: str
    pages: Mapping[str, str]
    copies: tuple[EvidenceCopy, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    zipped: frozenset[str] = frozenset()
    pictures: tuple[StoredCopy, ...] = ()
    previews: Mapping[tuple[str, str], str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    left_out: bool = False

    def original(self, path: str) -> str:
        """Address of the file itself; "" when it is not in the site."""
        return "" if self.left_out else self.evidence.get(path, "")

    def preview(self, facts: FileFacts, preview: Preview | None) -> str:
        """Address of a picture made from a file; "" when there is none."""
        return self.previews.get((facts.sha256, preview.blob), "") if preview else ""

    def page(self, name: str) -> str:
        """Address of a page that is not about a criterion."""
        return f"{self.period}/{name}.html"


def relative(from_: str, to: str) -> str:
    """The link on the page at one address to another address."""
    here, there = from_.split("/")[:-1], to.split("/")
    common = 0
    for mine, other in zip(here, there[:-1], strict=False):
        if mine != other:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def assign(
    period_id: str,
    ids: Iterable[str],
    dossiers: Mapping[str, Dossier],
    processed: Processed = NOT_PROCESSED,
    *,
    originals: bool = True,
) -> Addresses:
    """Give every criterion's page and every file that may be published its address.

    Args:
        period_id: id of the period as read; anything but ASCII letters, digits, "-", "." and "_"
            is folded away.
        ids: of the criteria, in the printed order.
        dossiers: by criterion; only what the edition may show.
        processed: what was read out of those files.
        originals: photos are published as they were taken, with all that cameras write into
            them, beside their copies; otherwise only the copies.
    """
    period = _folder_name(period_id)
    pages = {id_: f"{period}/tc/{ascii_id(id_)}.html" for id_ in ids}
    shelf = _Shelf(period, processed, originals=originals)
    for dossier in dossiers.values():
        for file in _files_of(dossier):
            shelf.place(dossier.criterion, file)
    return Addresses(
        period=period,
        pages=pages,
        copies=tuple(shelf.copies),
        evidence=shelf.evidence,
        zipped=frozenset(shelf.zipped),
        pictures=tuple(shelf.pictures),
        previews=shelf.previews,
        documents=shelf.documents,
    )


def without_originals(addresses: Addresses) -> Addresses:
    """The same places, with previews and texts and without the files that they are of."""
    return replace(addresses, copies=(), left_out=True)


class _Shelf:
    """Files as they get their places; equal bytes get one."""

    def __init__(self, period: str, processed: Processed, *, originals: bool) -> None:
        self._period = period
        self._processed = processed
        self._originals = originals
        self._by_hash: dict[str, str] = {}
        self._taken: set[str] = set()
        self._folders: dict[str, str] = {}
        self.copies: list[EvidenceCopy] = []
        self.evidence: dict[str, str] = {}
        self.zipped: set[str] = set()
        self.pictures: list[StoredCopy] = []
        self.previews: dict[tuple[str, str], str] = {}
        self.documents: dict[str, str] = {}

    def place(self, criterion: str, file: EvidenceFile) -> None:
        if file.path in self.evidence or not is_published(file):
            return
        digest = file.sha256 or ""
        facts = self._processed.of(digest)
        if facts is not None:
            self._place_pictures(facts)
        if facts is not None and facts.family is Family.IMAGE and not self._originals:
            # Only what was printed anew is free of what a camera or a telephone wrote into it.
            address = self._copy_of(criterion, file, facts)
        else:
            address = self._original(criterion, file, facts)
        if not address:
            return
        self.evidence[file.path] = address
        excerpt = self._processed.excerpts.get(digest)
        if facts is not None and digest not in self.documents and is_long(facts, excerpt):
            self.documents[digest] = self._page(file)

    def _page(self, file: EvidenceFile) -> str:
        """The page of a long document; its place does not change with the criteria it proves."""
        digest = file.sha256 or ""
        name = _stem(file)
        for digits in range(_HASH_DIGITS, len(digest) + 1, _HASH_DIGITS):
            address = f"{self._period}/tl/{name}-{digest[:digits]}.html"
            if address not in self._taken:
                self._taken.add(address)
                return address
        raise AssertionError("two files of one hash have one page")

    def _original(self, criterion: str, file: EvidenceFile, facts: FileFacts | None) -> str:
        digest = file.sha256 or ""
        zipped = is_active(file, facts)
        if zipped:
            self.zipped.add(file.path)
        address = self._by_hash.get(digest)
        if address is None:
            kind = "zip" if zipped else extension(file)
            address = self._by_hash[digest] = self._new(criterion, file, kind)
            name = nfc(file.name)
            self.copies.append(
                EvidenceCopy(
                    file=file,
                    address=address,
                    download_name=f"{name}.zip" if zipped else name,
                    form=Form.ZIPPED if zipped else Form.AS_IS,
                )
            )
        return address

    def _copy_of(self, criterion: str, file: EvidenceFile, facts: FileFacts) -> str:
        if facts.public_copy is None:
            return ""
        address = self._by_hash.get(facts.sha256)
        if address is None:
            address = self._by_hash[facts.sha256] = self._new(criterion, file, "jpg")
            self._add(address, facts, facts.public_copy)
        return address

    def _place_pictures(self, facts: FileFacts) -> None:
        pictures = [facts.thumbnail, *facts.previews]
        if self._originals:
            pictures.append(facts.public_copy)
        for preview in pictures:
            if preview is not None and (facts.sha256, preview.blob) not in self.previews:
                folder = self._folder(facts.sha256)
                self._add(f"{self._period}/xem/{folder}/{preview.blob}", facts, preview)

    def _folder(self, sha256: str) -> str:
        """The beginning of the hash that no other file of the site shares."""
        digits = _FOLDER_DIGITS
        while self._folders.setdefault(sha256[:digits], sha256) != sha256:
            digits += _FOLDER_DIGITS
        return sha256[:digits]

    def _add(self, address: str, facts: FileFacts, preview: Preview) -> None:
        self.previews[facts.sha256, preview.blob] = address
        self.pictures.append(StoredCopy(address=address, sha256=facts.sha256, blob=preview.blob))

    def _new(self, criterion: str, file: EvidenceFile, kind: str) -> str:
        address = _address(self._period, criterion, file, kind, self._taken)
        self._taken.add(address.lower())
        return address


def is_published(file: EvidenceFile) -> bool:
    """The file can be copied into a site: its bytes are there and known."""
    return bool(file.sha256) and file.pointer is None and file.readable


def _files_of(dossier: Dossier) -> Iterable[EvidenceFile]:
    yield from dossier.files
    # A reference holds files of another leaf, which may come later in the printed order or be
    # shared from a branch; whoever is first in order gives the address.
    for document in dossier.documents:
        if document.source is None:
            yield from document.files
    for supplement in dossier.supplements:
        yield from supplement.files


def _address(period: str, id_: str, file: EvidenceFile, kind: str, taken: set[str]) -> str:
    digest = file.sha256 or ""
    name = _stem(file)
    for digits in range(_HASH_DIGITS, len(digest) + 1, _HASH_DIGITS):
        address = f"{period}/tc/{ascii_id(id_)}/{name}-{digest[:digits]}.{kind}"
        if address.lower() not in taken:
            return address
    raise AssertionError("two files of one hash have one address")


def _stem(file: EvidenceFile) -> str:
    stem = file.name.rpartition(".")[0] or file.name
    return slug(stem, _SLUG_LIMIT) or "tep"


def _folder_name(id_: str) -> str:
    if id_ and id_.isascii() and not id_.startswith(".") and id_.replace("-", "").isalnum():
        return id_
    return slug(id_) or "ky"
