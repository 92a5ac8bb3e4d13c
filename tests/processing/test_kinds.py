import pytest

from site_builder.model import kinds
from site_builder.model.processed import Family


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("a.PDF", "pdf"),
        ("photo.jpeg", "jpg"),
        ("photo.JFIF", "jpg"),
        ("table.csv", "txt"),
        ("scan.tiff", "tif"),
        ("page.xhtml", "html"),
        ("report.v2.docx", "docx"),
        ("setup.msi", "exe"),
        ("noextension", ""),
        (".hidden", ""),
        ("drawing.dwg", "dwg"),
        ("trailing.", ""),
    ],
)
def test_claims(name: str, claim: str) -> None:
    assert kinds.claimed(name) == claim


@pytest.mark.parametrize(
    ("kind", "name", "severe"),
    [
        # kind by content, name, None when the name is right
        ("pdf", "a.pdf", None),
        ("jpg", "a.jpeg", None),
        ("txt", "a.csv", None),
        ("txt", "a.md", None),
        ("heic", "a.heif", None),
        ("ooxml-encrypted", "a.docx", None),
        ("ooxml-encrypted", "a.xls", None),
        ("lfs-pointer", "a.pdf", None),
        ("empty", "a.pdf", None),
        ("pdf", "a.dwg", None),
        ("pdf", "noextension", None),
        ("binary", "a.mp4", None),
        ("docx", "a.pdf", True),
        ("pdf", "a.docx", True),
        ("txt", "a.docx", True),
        ("html", "a.xls", True),
        ("xlsx", "a.docx", True),
        ("docm", "a.docx", True),
        ("binary", "a.pdf", True),
        ("zip", "a.docx", True),
        ("heic", "a.pdf", True),
        ("pdf", "a.zip", True),
        ("docx", "a.docm", False),
        ("jpg", "a.png", False),
        ("heic", "a.jpg", False),
        ("doc", "a.docx", False),
        ("rtf", "a.doc", False),
        ("xml-excel2003", "a.xls", False),
        ("html", "a.txt", False),
        ("rar", "a.zip", False),
        ("exe", "a.zip", False),
    ],
)
def test_names_against_content(kind: str, name: str, severe: object) -> None:
    claim = kinds.claimed(name)
    assert kinds.same(kind, claim) == (severe is None)
    assert kinds.severe(kind, claim) == bool(severe)


def test_families() -> None:
    assert kinds.family("docx") is Family.WRITING
    assert kinds.family("svg") is Family.MARKUP
    assert kinds.family("never-heard-of") is Family.OTHER
    assert set(kinds.FAMILY_OF.values()) == set(Family)


@pytest.mark.parametrize("name", ["a.exe", "b.BAT", "c.vbs", "d.jar"])
def test_names_that_run(name: str) -> None:
    assert kinds.runs(name)


def test_papers_do_not_run() -> None:
    assert not any(kinds.runs(name) for name in ("a.pdf", "b.docm", "c", "d.html"))


def test_every_alias_and_exception_speaks_of_known_kinds() -> None:
    known = set(kinds.FAMILY_OF)
    assert {kinds.claimed(f"a.{alias}") for alias in kinds._ALIASES} <= known  # noqa: SLF001
    assert set(kinds._ALSO).union(*kinds._ALSO.values()) <= known  # noqa: SLF001
