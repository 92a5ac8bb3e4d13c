"""Addresses of pages and evidence: ASCII, unique, and the same as long as ids and bytes are.

Titles never enter the address of a page, so a corrected title breaks no link.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.site import EvidenceCopy
from site_builder.model.text import nfc, slug

_SLUG_LIMIT = 48
_HASH_DIGITS = 8
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
_IMAGES = frozenset({"jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "bmp", "avif"})
_VIEWABLE = frozenset({"pdf", "txt"}) | _IMAGES


def ascii_id(id_: str) -> str:
    """A criterion's id in an address; the only letters of ids outside ASCII are d with stroke."""
    return id_.translate(_STROKE)


def extension(file: EvidenceFile) -> str:
    """The file's extension as it stands in its address."""
    suffix = file.suffix.removeprefix(".")
    return suffix if suffix in SAFE_EXTENSIONS else "bin"


def is_active(file: EvidenceFile) -> bool:
    """A browser or Windows would run it, so it has no address."""
    return file.suffix.removeprefix(".") in ACTIVE_EXTENSIONS


def is_image(file: EvidenceFile) -> bool:
    """A browser shows it inside a page."""
    return file.suffix.removeprefix(".") in _IMAGES


def is_viewable(file: EvidenceFile) -> bool:
    """A browser opens it; other types are only downloaded."""
    return file.suffix.removeprefix(".") in _VIEWABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where everything of one site stands.

    Attributes:
        period: first part of every address.
        copies: evidence with an address, in the printed order, equal bytes once.
        evidence: address by the NFC path of every file that has one.
        pages: address of a criterion's page by id.
    """

    period: str
    pages: Mapping[str, str]
    copies: tuple[EvidenceCopy, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)

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


def assign(period_id: str, ids: Iterable[str], dossiers: Mapping[str, Dossier]) -> Addresses:
    """Give every criterion's page and every file that may be published its address.

    Args:
        period_id: id of the period as read; anything but ASCII letters, digits, "-", "." and "_"
            is folded away.
        ids: of the criteria, in the printed order.
        dossiers: by criterion; only what the edition may show.
    """
    period = _folder_name(period_id)
    pages = {id_: f"{period}/tc/{ascii_id(id_)}.html" for id_ in ids}
    copies: list[EvidenceCopy] = []
    evidence: dict[str, str] = {}
    by_hash: dict[str, str] = {}
    taken: set[str] = set()
    for dossier in dossiers.values():
        for file in _files_of(dossier):
            if file.path in evidence or not is_published(file):
                continue
            digest = file.sha256 or ""
            address = by_hash.get(digest)
            if address is None:
                address = _address(period, dossier.criterion, file, digest, taken)
                taken.add(address.lower())
                by_hash[digest] = address
                copies.append(
                    EvidenceCopy(file=file, address=address, download_name=nfc(file.name))
                )
            evidence[file.path] = address
    return Addresses(period=period, pages=pages, copies=tuple(copies), evidence=evidence)


def is_published(file: EvidenceFile) -> bool:
    """The file can be copied into a site: its bytes are there, known, and inert."""
    return bool(file.sha256) and file.pointer is None and file.readable and not is_active(file)


def _files_of(dossier: Dossier) -> Iterable[EvidenceFile]:
    yield from dossier.files
    # A reference holds files of another leaf, which may come later in the printed order or be
    # shared from a branch; whoever is first in order gives the address.
    for document in dossier.documents:
        if document.source is None:
            yield from document.files
    for supplement in dossier.supplements:
        yield from supplement.files


def _address(period: str, id_: str, file: EvidenceFile, digest: str, taken: set[str]) -> str:
    stem = file.name.rpartition(".")[0] or file.name
    name = slug(stem, _SLUG_LIMIT) or "tep"
    for digits in range(_HASH_DIGITS, len(digest) + 1, _HASH_DIGITS):
        address = f"{period}/tc/{ascii_id(id_)}/{name}-{digest[:digits]}.{extension(file)}"
        if address.lower() not in taken:
            return address
    raise AssertionError("two files of one hash have one address")


def _folder_name(id_: str) -> str:
    if id_ and id_.isascii() and not id_.startswith(".") and id_.replace("-", "").isalnum():
        return id_
    return slug(id_) or "ky"
