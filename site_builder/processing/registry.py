"""Who reads which kind of file, told without importing anybody.

The readers draw in large native libraries: a worker imports only the one that its file needs, and
the program itself none of them. So each entry repeats what its module says of itself
(``protocols.Handler``); a test holds the two together.
"""

from dataclasses import dataclass

_HANDLERS = "site_builder.processing.handlers"
_TEXT = "site_builder.processing.text"


@dataclass(frozen=True, slots=True)
class Registered:
    """A handler.

    Attributes:
        module: dotted name; its last part is the handler's ``NAME``.
        version: its ``VERSION``. What it read under another one is read anew.
        kinds: its ``KINDS``, as words.
    """

    module: str
    version: int
    kinds: str

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]


HANDLERS: tuple[Registered, ...] = (
    Registered(f"{_HANDLERS}.pdf", 2, "pdf"),
    Registered(f"{_HANDLERS}.image", 1, "jpg png gif webp tif bmp heic avif jp2"),
    Registered(f"{_HANDLERS}.docx", 1, "docx docm dotx dotm"),
    Registered(f"{_HANDLERS}.doc", 1, "doc"),
    Registered(f"{_HANDLERS}.rtf", 1, "rtf"),
    Registered(f"{_HANDLERS}.workbook", 1, "xlsx xlsm xltx xltm xlam xlsb xls"),
    Registered(f"{_HANDLERS}.presentation", 1, "pptx pptm ppsx ppsm potx"),
    Registered(f"{_HANDLERS}.open_document", 1, "odt ods odp"),
    Registered(f"{_HANDLERS}.archive", 1, "zip"),
    Registered(f"{_HANDLERS}.plain_text", 1, "txt"),
    Registered(f"{_HANDLERS}.markup", 1, "html svg xml xml-excel2003 xml-word2003 xml-flatopc"),
    Registered(f"{_HANDLERS}.mail", 1, "eml mhtml"),
    Registered(f"{_HANDLERS}.link", 1, "url"),
    Registered(
        f"{_HANDLERS}.opaque",
        1,
        "7z aac amr annex-pointer apk avi binary bz2 chm class cr3 dwfx elf empty epub exe flac flv"
        " gz ico iwork jar jxl kmz lfs-pointer lnk m4a macho mkv mov mp3 mp4 mpg msg odf-other odg"
        " ogg ole ooxml-encrypted ooxml-other ora ppt ps psd rar riff script tar vsd vsdx wav"
        " wmv xps xz",
    ),
)

# Readers that see every file or every text, with their versions.
SNIFFER = ("site_builder.processing.sniffing", 1)
TEXT_READERS: tuple[tuple[str, int], ...] = (
    (f"{_TEXT}.official", 2),
    (f"{_TEXT}.personal", 1),
    (f"{_TEXT}.secrecy", 1),
    (f"{_TEXT}.sketch", 1),
    (f"{_TEXT}.legacy", 1),
    (f"{_TEXT}.recognition", 1),
)


def handler_of(kind: str) -> Registered | None:
    """Who reads this kind; None when it is only kept."""
    return next((handler for handler in HANDLERS if kind in handler.kinds.split()), None)
