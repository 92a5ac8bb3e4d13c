import pytest

from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind, FilledBy, ListedDocument
from site_builder.model.filling import fill_slots
from tests.loading.builders import file, slot

PLAN, REPORT = slot("ke-hoach"), slot("bao-cao")
PHOTO, LINK = slot("anh-hop", "\u1ea2nh"), slot("trang", "Li\u00ean k\u1ebft")
NOTE = slot("ghi-chu", required=False)


def paper(name: str, *, says: str | None = None) -> Document:
    path = f"evidence/1-a/1.1-b/{name}"
    listing = None if says is None else ListedDocument(file=name, slot=says)
    return Document(
        kind=DocumentKind.FILE, path=path, title=name, files=(file(path),), listing=listing
    )


def link(*, says: str = "") -> Document:
    address = "https://xa.example/bao-cao"
    return Document(
        kind=DocumentKind.LINK,
        path=address,
        title=address,
        listing=ListedDocument(link=address, slot=says),
    )


def photos(*names: str) -> Document:
    path = "evidence/1-a/1.1-b/photos"
    return Document(
        kind=DocumentKind.FOLDER,
        path=path,
        title="photos",
        files=tuple(file(f"{path}/{name}") for name in names),
    )


def filled(slots: list[Slot], *documents: Document) -> list[tuple[str, FilledBy | None]]:
    return [(each.slot, each.filled_by) for each in fill_slots("1.1", slots, documents)]


@pytest.mark.parametrize("says", ["bao-cao", "Bao cao", "B\u00e1o C\u00e1o", "bao_cao"])
def test_what_an_officer_says_comes_first(says: str) -> None:
    assert filled([PLAN, REPORT], paper("ke-hoach.pdf", says=says)) == [
        ("bao-cao", FilledBy.LISTED)
    ]


def test_what_an_officer_says_wrongly_is_not_guessed() -> None:
    assert filled([PLAN], paper("ke-hoach.pdf", says="other")) == [("", None)]


@pytest.mark.parametrize("slots", [[PLAN], [NOTE], [PLAN, NOTE]])
def test_only_one_to_fill(slots: list[Slot]) -> None:
    assert filled(slots, paper("x.pdf")) == [(slots[0].id, FilledBy.ONLY_SLOT)]


def test_several_documents_fill_one_slot() -> None:
    assert (
        filled([PLAN], paper("x.pdf"), paper("y.pdf"), photos("1.jpg"))
        == [("ke-hoach", FilledBy.ONLY_SLOT)] * 3
    )


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ke-hoach.pdf", "ke-hoach"),
        ("ke-hoach-2023.pdf", "ke-hoach"),
        ("K\u1ebf ho\u1ea1ch n\u0103m.pdf", "ke-hoach"),
        ("KE_HOACH.PDF", "ke-hoach"),
        ("1-1-ke-hoach.pdf", "ke-hoach"),
        ("1.1 K\u1ebf ho\u1ea1ch.pdf", "ke-hoach"),
        ("ke-hoachx.pdf", ""),
        ("so-ke-hoach.pdf", ""),
        ("1-2-ke-hoach.pdf", ""),
        ("bao-cao.pdf", "bao-cao"),
    ],
)
def test_a_name_that_begins_with_the_slot(name: str, found: str) -> None:
    by = FilledBy.NAME if found else None
    assert filled([PLAN, REPORT], paper(name)) == [(found, by)]


def test_the_longer_of_two_names() -> None:
    assert filled([PLAN, slot("ke-hoach-nam")], paper("ke-hoach-nam-2023.pdf")) == [
        ("ke-hoach-nam", FilledBy.NAME)
    ]


def test_a_name_says_more_than_being_the_only_required_one() -> None:
    assert filled([PLAN, NOTE], paper("ghi-chu.pdf")) == [("ghi-chu", FilledBy.NAME)]


def test_photos_fill_the_only_open_slot_for_photos() -> None:
    assert filled([PLAN, PHOTO], paper("a.JPG"), photos("1.png", "2.heic"), paper("b.pdf")) == [
        ("anh-hop", FilledBy.TYPE),
        ("anh-hop", FilledBy.TYPE),
        ("", None),
    ]


def test_a_folder_of_more_than_photos_is_no_photo() -> None:
    assert filled([PLAN, PHOTO], photos("1.png", "2.pdf")) == [("", None)]


def test_two_open_slots_for_photos() -> None:
    other = slot("anh-khac", "H\u00ecnh \u1ea3nh")
    assert filled([PHOTO, other], paper("a.jpg")) == [("", None)]
    assert filled([PHOTO, other], paper("a.jpg"), paper("anh-hop.jpg")) == [
        ("anh-khac", FilledBy.TYPE),
        ("anh-hop", FilledBy.NAME),
    ]


def test_a_link_fills_only_what_takes_links() -> None:
    assert filled([PLAN], link()) == [("", None)]
    assert filled([LINK], link()) == [("trang", FilledBy.ONLY_SLOT)]
    assert filled([PLAN, REPORT, LINK], link()) == [("trang", FilledBy.ONLY_SLOT)]
    assert filled([PLAN], link(says="ke-hoach")) == [("ke-hoach", FilledBy.LISTED)]
    takes = Slot(
        id="x",
        title="x",
        required=True,
        document_type="A",
        alternatives=("Li\u00ean k\u1ebft web",),
    )
    assert filled([PLAN, takes], link()) == [("x", FilledBy.ONLY_SLOT)]


def test_nothing_to_fill() -> None:
    assert filled([], paper("x.pdf"), link()) == [("", None), ("", None)]
    assert filled([PLAN]) == []
