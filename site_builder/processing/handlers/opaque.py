"""What is kept, hashed and offered for download, but not shown; says why."""

from site_builder.model import kinds
from site_builder.model.processed import Family, State
from site_builder.processing.protocols import Reading, Settings, Source

NAME = "opaque"
VERSION = 1
KINDS = frozenset(
    """
    jxl ico psd cr3 ora ppt ooxml-other odf-other odg epub iwork kmz vsd vsdx xps dwfx msg ole ps
    rar 7z gz bz2 xz tar mp4 mov m4a mkv avi wmv flv mpg wav mp3 aac amr ogg flac riff
    exe elf macho class jar apk chm script lnk lfs-pointer annex-pointer empty binary
    ooxml-encrypted
    """.split()  # noqa: SIM905 - read as words
)

_WHY = {
    Family.IMAGE: "picture-format",
    Family.SLIDES: "old-slides",
    Family.ARCHIVE: "archive-format",
    Family.MEDIA: "media",
    Family.PROGRAM: "program",
    Family.LINK: "program",
    Family.POINTER: "pointer",
    Family.EMPTY: "empty",
}


def read(source: Source, settings: Settings) -> Reading:
    """Nothing is read."""
    if source.kind == "ooxml-encrypted":
        return Reading(state=State.ENCRYPTED, why="password")
    return Reading(state=State.OPAQUE, why=_WHY.get(kinds.family(source.kind), "unknown-format"))
