"""Which names promise something that an assessor cannot open on a page, and why."""

from site_builder.model.evidence import EvidenceFile

_UNSAFE = frozenset(
    {".apk", ".app", ".bat", ".cmd", ".com", ".dll", ".exe", ".hta", ".htm", ".html", ".iso"}
    | {".jar", ".js", ".mht", ".mhtml", ".msi", ".ps1", ".scr", ".sh", ".svg", ".vbs", ".wsf"}
    | {".xhtml", ".xml"}
)
_ARCHIVE = frozenset({".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip"})
_SHORTCUT = frozenset({".gdoc", ".gsheet", ".gslides", ".lnk", ".url", ".webloc", ".desktop"})
_UNFINISHED = frozenset({".bak", ".crdownload", ".download", ".opdownload", ".part", ".tmp"})
_WHY = {
    **dict.fromkeys(_UNSAFE, "unsafe"),
    **dict.fromkeys(_ARCHIVE, "archive"),
    **dict.fromkeys(_SHORTCUT, "shortcut"),
    **dict.fromkeys(_UNFINISHED, "unfinished"),
    "": "no_suffix",
}


def refused_by_name(file: EvidenceFile) -> str | None:
    """``unsafe``, ``archive``, ``shortcut``, ``unfinished``, ``no_suffix``; None for the others.

    Extensions that nobody listed are left alone.
    """
    return _WHY.get(file.suffix)
