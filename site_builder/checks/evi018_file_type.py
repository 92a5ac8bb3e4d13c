"""Evidence is something that an assessor can open in a browser or in an office program."""

from collections.abc import Iterator

from site_builder.checks.protocols import Facts
from site_builder.model.dossier import Dossier
from site_builder.model.evidence import EvidenceFile
from site_builder.model.finding import Check, Finding, Severity

CHECK = Check("EVI018", "file-cannot-be-shown", Severity.WARNING)

# By what is wrong with them; the variants of the sentence.
_UNSAFE = frozenset(
    {".apk", ".app", ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".htm", ".html", ".iso"}
    | {".jar", ".js", ".mht", ".mhtml", ".msi", ".ps1", ".scr", ".sh", ".svg", ".vbs", ".wsf"}
    | {".xhtml", ".xml"}
)
_ARCHIVE = frozenset({".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip"})
_SHORTCUT = frozenset({".gdoc", ".gsheet", ".gslides", ".lnk", ".url", ".webloc", ".desktop"})
_UNFINISHED = frozenset({".bak", ".crdownload", ".download", ".opdownload", ".part", ".tmp"})
_VARIANTS = {
    **dict.fromkeys(_UNSAFE, "unsafe"),
    **dict.fromkeys(_ARCHIVE, "archive"),
    **dict.fromkeys(_SHORTCUT, "shortcut"),
    **dict.fromkeys(_UNFINISHED, "unfinished"),
    "": "no_suffix",
}


def run(file: EvidenceFile, dossier: Dossier, facts: Facts) -> Iterator[Finding]:
    """One finding per file; types that nobody listed are left alone."""
    variant = _VARIANTS.get(file.suffix)
    if variant is not None:
        yield CHECK.at(
            file.path,
            criterion=dossier.criterion,
            variant=variant,
            file=file.name,
            suffix=file.suffix,
        )
