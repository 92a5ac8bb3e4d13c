"""What hides in a file besides its pages."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from site_builder.processing.pdf.structure import UNCHECKED, Structure, printable, structure
from tests.processing.makers import pdf


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file"


def looked(path: Path, data: bytes) -> Structure:
    path.write_bytes(data)
    return structure(str(path))


def flags(found: Structure) -> dict[str, tuple[str, ...]]:
    return {flag.name: flag.details for flag in found.flags}


def with_root(**entries: object) -> bytes:
    def add(document: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            document.Root[f"/{name}"] = value

    return pdf.edited(pdf.official(), add)


ACTIONS: tuple[tuple[Dictionary, set[str]], ...] = (
    (Dictionary(S=Name.JavaScript, JS="1"), {"open-action", "javascript"}),
    (Dictionary(S=Name.Launch, F="calc.exe"), {"open-action", "launch"}),
    (Dictionary(S=Name.SubmitForm, F="https://example.com"), {"open-action", "submit-form"}),
    (Dictionary(S=Name.ImportData, F="a.fdf"), {"open-action", "submit-form"}),
    (Dictionary(S=Name.Rendition), {"open-action", "media"}),
    (Dictionary(S=Name.URI, URI="https://example.com"), {"open-action"}),
    (Dictionary(S=Name.GoTo, D="first"), set()),
    (Dictionary(S=Name.Named, N=Name.NextPage), set()),
)


@pytest.mark.parametrize(("action", "expected"), ACTIONS)
def test_actions(path: Path, action: Dictionary, expected: set[str]) -> None:
    assert set(flags(looked(path, pdf.with_action(action)))) == expected


def test_an_action_deep_in_another_object(path: Path) -> None:
    deep = Dictionary(A=Dictionary(B=[Dictionary(S=Name.Launch)]))
    assert "launch" in flags(looked(path, with_root(PieceInfo=deep)))


def test_other_active_content(path: Path) -> None:
    assert "additional-actions" in flags(looked(path, with_root(AA=Dictionary())))
    assert "xfa" in flags(looked(path, with_root(AcroForm=Dictionary(XFA="a", Fields=[]))))
    assert "media" in flags(looked(path, with_root(Any=Dictionary(Subtype=Name.RichMedia))))


def test_nothing_in_a_plain_document(path: Path) -> None:
    found = looked(path, pdf.official())
    assert not found.flags
    assert found.pages == 1
    assert not found.signed
    assert not found.first_page_fields


def test_attachments_are_named(path: Path) -> None:
    found = flags(looked(path, pdf.with_attachments("list.xlsx", "run.exe")))
    assert found == {"attachment": ("list.xlsx", "run.exe"), "executable-member": ("run.exe",)}


def test_not_more_than_twenty_names(path: Path) -> None:
    names = [f"list-{number:02}.xlsx" for number in range(30)]
    assert len(flags(looked(path, pdf.with_attachments(*names)))["attachment"]) == 20


@pytest.mark.parametrize("xmp", [False, True])
@pytest.mark.parametrize(
    ("author", "shown"),
    [
        (pdf.SAMPLE.signer, (pdf.SAMPLE.signer,)),
        (f"{pdf.SAMPLE.signer} a@example.vn", (pdf.SAMPLE.signer,)),
        ("a@example.vn", ()),
        (" ", None),
    ],
)
def test_authors(path: Path, author: str, shown: tuple[str, ...] | None, *, xmp: bool) -> None:
    assert flags(looked(path, pdf.with_author(author, xmp=xmp))).get("author") == shown


def test_restricted(path: Path) -> None:
    assert flags(looked(path, pdf.restricted())) == {"restricted": ()}


def test_what_cannot_be_opened_is_unchecked(path: Path) -> None:
    assert looked(path, pdf.encrypted()) == UNCHECKED
    assert looked(path, b"%PDF-1.7 nothing") == UNCHECKED
    assert "structure-unchecked" in flags(UNCHECKED)


def test_too_many_objects_are_unchecked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("site_builder.processing.pdf.structure._OBJECTS", 3)
    assert "structure-unchecked" in flags(looked(path, pdf.official()))


def test_what_is_nested_too_deeply_is_unchecked(path: Path) -> None:
    deep = pikepdf.Object.parse(b"<</A " * 60 + b"1" + b">>" * 60)
    assert "structure-unchecked" in flags(looked(path, with_root(PieceInfo=deep)))


def test_printable() -> None:
    assert printable("a\u202eb\n\x00c  d") == "a b c d"
    assert printable("x" * 500, 10) == "x" * 10
    assert printable("A <a@example.vn> B") == "A B"
