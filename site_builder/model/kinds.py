"""Kinds of files: what their bytes are against what their names claim.

A kind is a short word that the sniffer gives to bytes ("pdf", "docx", "jpg"); a claim is the kind
that a name stands for.
"""

from collections.abc import Mapping
from types import MappingProxyType

from site_builder.model.processed import Family

_KINDS: Mapping[Family, str] = {
    Family.PDF: "pdf",
    Family.IMAGE: "jpg png gif webp tif bmp heic avif jp2 jxl ico psd cr3 ora",
    Family.WRITING: "docx docm dotx dotm doc odt rtf xml-word2003 xml-flatopc",
    Family.SHEET: "xlsx xlsm xltx xltm xlam xlsb xls ods xml-excel2003",
    Family.SLIDES: "pptx pptm ppsx ppsm potx ppt odp",
    Family.ARCHIVE: "zip rar 7z gz bz2 xz tar",
    Family.MEDIA: "mp4 mov m4a mkv avi wmv flv mpg wav mp3 aac amr ogg flac riff",
    Family.TEXT: "txt",
    Family.MARKUP: "html mhtml svg xml",
    Family.LINK: "url lnk",
    Family.PROGRAM: "exe elf macho class jar apk chm script",
    Family.POINTER: "lfs-pointer annex-pointer",
    Family.EMPTY: "empty",
    Family.OTHER: "ooxml-encrypted ooxml-other odf-other odg epub iwork kmz vsd vsdx xps dwfx"
    " msg eml ole ps binary",
}

FAMILY_OF: Mapping[str, Family] = MappingProxyType(
    {kind: family for family, kinds in _KINDS.items() for kind in kinds.split()}
)
"""The family of every kind that the sniffer can give."""

# Extensions that stand for a kind of another spelling.
_SPELLINGS: Mapping[str, str] = {
    "jpg": "jpeg jpe jfif",
    "tif": "tiff",
    "heic": "heif hif",
    "jp2": "j2k jpf jpx",
    "html": "htm xhtml",
    "mhtml": "mht",
    "txt": "csv tsv md log json text",
    "doc": "dot",
    "xls": "xlt",
    "ppt": "pps pot",
    "gz": "tgz",
    "mp4": "m4v 3gp",
    "mkv": "webm",
    "mpg": "mpeg",
    "wmv": "asf wma",
    "ogg": "oga ogv opus",
    "exe": "com dll msi scr",
    "script": "app bat cmd hta js ps1 sh vbs wsf",
}
_ALIASES = {alias: kind for kind, aliases in _SPELLINGS.items() for alias in aliases.split()}

_SEVERE = frozenset({Family.PDF, Family.IMAGE, Family.WRITING, Family.SHEET, Family.SLIDES})
_OFFICE = frozenset({Family.WRITING, Family.SHEET, Family.SLIDES})
# Other checks speak of these; a name that promises more is not what is wrong with them.
_NOT_CONTENT = frozenset({Family.POINTER, Family.EMPTY})
# Office programs refuse a file with macros under a name that promises none.
_WITH_MACROS = frozenset("docm dotm xlsm xltm xlam pptm ppsm".split())  # noqa: SIM905 - words
_WITHOUT_MACROS = frozenset("docx dotx xlsx xltx pptx ppsx potx".split())  # noqa: SIM905 - words
# What else a name may hold without misleading anyone.
_ALSO: Mapping[str, frozenset[str]] = {
    "txt": frozenset({"eml", "xml", "script"}),
    "xml": frozenset({"xml-word2003", "xml-excel2003", "xml-flatopc", "html", "svg"}),
    "script": frozenset({"txt", "html", "xml", "binary"}),
    "exe": frozenset({"ole", "binary"}),
    "zip": frozenset({"kmz", "iwork", "odf-other", "ooxml-other"}),
    "avi": frozenset({"riff"}),
    "wav": frozenset({"riff"}),
    "mp4": frozenset({"mov", "m4a"}),
    "mov": frozenset({"mp4"}),
    "m4a": frozenset({"mp4"}),
    "url": frozenset({"txt"}),
    "eml": frozenset({"mhtml", "txt"}),
    "mhtml": frozenset({"eml"}),
    "heic": frozenset({"avif"}),
}


def family(kind: str) -> Family:
    """The family of a kind; OTHER for a word that no sniffer gave."""
    return FAMILY_OF.get(kind, Family.OTHER)


def claimed(name: str) -> str:
    """The kind that a file's name stands for; "" when it has no extension.

    An extension nobody knows is given back in lower case.
    """
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem:
        return ""
    extension = extension.strip().lower()
    return _ALIASES.get(extension, extension)


def same(kind: str, claim: str) -> bool:
    """Whether bytes of a kind may stand under a name with this claim.

    An unknown extension claims nothing. An encrypted office file looks the same for all kinds
    of office files; sound and pictures that move have more forms than the sniffer knows.
    """
    if kind == claim or claim not in FAMILY_OF or family(kind) in _NOT_CONTENT:
        return True
    if kind == "ooxml-encrypted":
        return family(claim) in _OFFICE
    if kind == "binary":
        return family(claim) not in _SEVERE and family(claim) is not Family.TEXT
    return kind in _ALSO.get(claim, frozenset())


def severe(kind: str, claim: str) -> bool:
    """Whether a wrong name keeps people from opening the file.

    Programs choose by the extension: a picture under the name of another kind of picture still
    opens, a web page named .xls or a text named .docx does not, or only after a warning.
    """
    if same(kind, claim):
        return False
    if kind in _WITH_MACROS and claim in _WITHOUT_MACROS:
        return True
    families = {family(kind), family(claim)}
    return len(families) > 1 and not families.isdisjoint(_SEVERE)


def runs(name: str) -> bool:
    """Whether opening a file of that name starts a program."""
    return family(claimed(name)) is Family.PROGRAM
