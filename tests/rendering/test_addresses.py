import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.model.dossier import Document, DocumentKind
from site_builder.model.evidence import Pointer
from site_builder.model.processed import Family, Preview, Processed
from site_builder.model.site import Form
from site_builder.rendering import addresses
from tests.rendering.builders import document, dossier, evidence_file, processed


@pytest.mark.parametrize(
    ("from_", "to", "link"),
    [
        ("2023/index.html", "2023/tong-hop.html", "tong-hop.html"),
        ("2023/index.html", "2023/tc/1.1.html", "tc/1.1.html"),
        ("2023/tc/1.1.html", "2023/index.html", "../index.html"),
        ("2023/tc/1.1.html", "2023/tc/1.2.html", "1.2.html"),
        ("2023/tc/1.1.html", "2023/tc/1.1/a-12.pdf", "1.1/a-12.pdf"),
        ("2023/tc/1.1.html", "2023/tc/1.2/a-12.pdf", "1.2/a-12.pdf"),
        ("2023/tc/1.1.html", "2024/tc/1.2.html", "../../2024/tc/1.2.html"),
    ],
)
def test_relative_links(from_: str, to: str, link: str) -> None:
    assert addresses.relative(from_, to) == link


def test_ids_that_differ_only_outside_ascii_have_pages_of_their_own() -> None:
    made = addresses.assign("2023", ["3d", "3\u0111", "3\u0110"], {})
    assert list(made.pages.values()) == [
        "2023/tc/3d.html",
        "2023/tc/3d_.html",
        "2023/tc/3D_.html",
    ]


@pytest.mark.parametrize(
    ("period", "folder"),
    [
        ("2023", "2023"),
        ("2025-dot-2", "2025-dot-2"),
        ("N\u0103m 2023", "nam-2023"),
        ("../x", "x"),
        (".git", "git"),
        ("", "ky"),
        ("///", "ky"),
    ],
)
def test_the_period_is_a_plain_folder(period: str, folder: str) -> None:
    assert addresses.assign(period, [], {}).period == folder


def test_a_file_is_named_by_its_name_and_bytes() -> None:
    path = "evidence/1.1/K\u1ebf ho\u1ea1ch s\u1ed1 3, ng\u00e0y 10-1.PDF"
    made = addresses.assign("2023", ["1.1"], {"1.1": dossier("1.1", document(path))})
    (copy,) = made.copies
    assert re.fullmatch(r"2023/tc/1\.1/ke-hoach-so-3-ngay-10-1-[0-9a-f]{8}\.pdf", copy.address)
    assert copy.download_name == path.rpartition("/")[2]
    assert made.evidence == {path: copy.address}


def test_equal_bytes_are_published_once_at_the_first_leaf() -> None:
    made = addresses.assign(
        "2023",
        ["1", "2"],
        {
            "1": dossier("1", document("evidence/1/a.pdf", content="same")),
            "2": dossier("2", document("evidence/2/b.pdf", content="same")),
        },
    )
    assert len(made.copies) == 1
    assert made.evidence["evidence/2/b.pdf"] == made.evidence["evidence/1/a.pdf"]
    assert made.copies[0].address.startswith("2023/tc/1/a-")


@pytest.mark.parametrize(
    "changes",
    [{"sha256": None}, {"readable": False}, {"pointer": Pointer.LFS}],
    ids=["unhashed", "unreadable", "pointer"],
)
def test_what_has_no_bytes_has_no_address(changes: dict[str, Any]) -> None:
    file = evidence_file("evidence/1/a.pdf", **changes)
    made = addresses.assign("2023", ["1"], {"1": dossier("1", files=(file,))})
    assert made.copies == ()


@pytest.mark.parametrize("name", ["a.html", "a.SVG", "a.xml", "a.js", "a.exe", "a.htm", "a.url"])
def test_what_a_browser_would_run_stands_in_an_archive(name: str) -> None:
    made = addresses.assign("2023", ["1"], {"1": dossier("1", document(f"evidence/1/{name}"))})
    (copy,) = made.copies
    assert (copy.form, copy.address[-4:]) == (Form.ZIPPED, ".zip")
    assert copy.download_name == f"{name}.zip"
    assert made.zipped == {f"evidence/1/{name}"}


def test_a_page_in_the_clothes_of_a_picture_stands_in_an_archive() -> None:
    paper = document("evidence/1/a.jpg")
    made = addresses.assign(
        "2023",
        ["1"],
        {"1": dossier("1", paper)},
        processed(paper.files[0], kind="svg", family=Family.MARKUP),
    )
    assert [copy.form for copy in made.copies] == [Form.ZIPPED]


PICTURES = {
    "kind": "jpg",
    "family": Family.IMAGE,
    "thumbnail": Preview(blob="thumb.webp", page=0, width=4, height=3, size=9),
    "previews": (Preview(blob="page-001.webp", page=1, width=40, height=30, size=99),),
    "public_copy": Preview(blob="public.jpg", page=1, width=40, height=30, size=99),
}


def test_photos_are_published_as_taken_with_their_copies() -> None:
    paper = document("evidence/1/a.jpg")
    facts = processed(paper.files[0], **PICTURES)
    made = addresses.assign("2023", ["1"], {"1": dossier("1", paper)}, facts)
    folder = f"2023/xem/{paper.files[0].sha256[:16]}"  # type: ignore[index]
    assert [copy.address for copy in made.pictures] == [
        f"{folder}/thumb.webp",
        f"{folder}/page-001.webp",
        f"{folder}/public.jpg",
    ]
    (copy,) = made.copies
    assert made.evidence["evidence/1/a.jpg"] == copy.address


def test_without_originals_a_photo_is_its_copy() -> None:
    paper = document("evidence/1/Anh.HEIC")
    facts = processed(paper.files[0], **PICTURES)
    made = addresses.assign("2023", ["1"], {"1": dossier("1", paper)}, facts, originals=False)
    assert made.copies == ()
    address = made.evidence["evidence/1/Anh.HEIC"]
    assert re.fullmatch(r"2023/tc/1/anh-[0-9a-f]{8}\.jpg", address)
    assert [copy.blob for copy in made.pictures] == ["thumb.webp", "page-001.webp", "public.jpg"]
    assert made.pictures[-1].address == address


def test_without_originals_a_photo_that_could_not_be_copied_is_not_published() -> None:
    paper = document("evidence/1/a.jpg")
    facts = processed(paper.files[0], **(PICTURES | {"public_copy": None}))
    made = addresses.assign("2023", ["1"], {"1": dossier("1", paper)}, facts, originals=False)
    assert made.evidence == {}


def test_pictures_of_two_files_never_share_a_folder() -> None:
    twins = [evidence_file(f"evidence/1/{name}.jpg", sha256="a" * 20 + name * 44) for name in "bc"]
    facts = Processed(
        facts={
            digest: fact
            for file in twins
            for digest, fact in processed(file, **PICTURES).facts.items()
        }
    )
    made = addresses.assign("2023", ["1"], {"1": dossier("1", files=tuple(twins))}, facts)
    places = [copy.address for copy in made.pictures]
    assert len(set(places)) == len(places) == 6


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.docx", ".docx"),
        ("a.la", ".bin"),
        ("khong-duoi", ".bin"),
        (".an", ".bin"),
        ("a.", ".bin"),
    ],
)
def test_unknown_types_are_published_as_bytes(name: str, ending: str) -> None:
    made = addresses.assign("2023", ["1"], {"1": dossier("1", document(f"evidence/1/{name}"))})
    assert made.copies[0].address.endswith(ending)


def test_no_extension_is_both_safe_and_active() -> None:
    assert not addresses.SAFE_EXTENSIONS & addresses.ACTIVE_EXTENSIONS


names = st.text(
    st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1, max_size=60
)


@given(st.lists(st.tuples(names, st.integers(0, 3)), max_size=12, unique_by=lambda each: each[0]))
def test_addresses_are_ascii_and_unique_per_content(files: list[tuple[str, int]]) -> None:
    documents = [document(f"evidence/1/{name}", content=str(content)) for name, content in files]
    made = addresses.assign("2023", ["1"], {"1": dossier("1", *documents)})
    taken = [copy.address.lower() for copy in made.copies]
    assert len(set(taken)) == len(taken)
    for copy in made.copies:
        assert re.fullmatch(r"2023/tc/1/[a-z0-9-]{1,57}-?[0-9a-f]{8,64}\.[a-z0-9]+", copy.address)
    by_address: dict[str, set[str | None]] = {}
    for each in documents:
        address = made.evidence.get(each.path)
        if address:
            by_address.setdefault(address, set()).add(each.files[0].sha256)
    assert all(len(digests) == 1 for digests in by_address.values())


def test_a_shared_file_of_a_branch_has_the_branch_s_address() -> None:
    shared = document("evidence/1/a.pdf")
    cited = Document(
        kind=DocumentKind.REFERENCE,
        path=shared.path,
        title="a.pdf",
        files=shared.files,
        source="1",
    )
    made = addresses.assign(
        "2023", ["1", "1.1"], {"1": dossier("1", shared), "1.1": dossier("1.1", cited)}
    )
    assert [copy.address.split("/")[2] for copy in made.copies] == ["1"]
