import pytest

from site_builder.loading.documents import Filed, build_dossiers, join, supplement_number
from site_builder.model.dossier import Document, DocumentKind, Explanation, ListedDocument
from site_builder.model.evidence import EvidenceFile
from tests.loading.builders import criteria, file

SET = criteria("1 Field", "1.1 Plans", "1.2 Reports")
F = "evidence/1-field"
F11, F12 = f"{F}/1.1-plans", f"{F}/1.2-reports"


def filed(
    id_: str, folder: str, *names: str, listed: tuple[ListedDocument, ...] | None = None
) -> Filed:
    return Filed(
        criterion=id_,
        folder=folder,
        exists=True,
        homes=(folder,),
        files=tuple(file(f"{folder}/{name}") for name in names),
        explanation=(
            None
            if listed is None
            else Explanation(path=f"{folder}/giai-trinh.md", documents=listed)
        ),
        supplements={},
    )


def rows(*piles: Filed, of: str = "1.1") -> tuple[Document, ...]:
    return build_dossiers(SET, piles)[of].documents


def paths(documents: tuple[Document, ...]) -> list[tuple[str, str]]:
    return [(each.kind.value, each.path.removeprefix(f"{F11}/")) for each in documents]


def test_unlisted_files_in_natural_order() -> None:
    found = rows(filed("1.1", F11, "b.pdf", "a 10.pdf", "a 9.pdf"))
    assert paths(found) == [("file", "a 9.pdf"), ("file", "a 10.pdf"), ("file", "b.pdf")]
    assert [each.title for each in found] == ["a 9.pdf", "a 10.pdf", "b.pdf"]


def test_a_folder_is_one_document_with_everything_below() -> None:
    (found,) = rows(filed("1.1", F11, "photos/10.jpg", "photos/2.jpg", "photos/old/1.jpg"))
    assert (found.kind, found.path, found.title) == (DocumentKind.FOLDER, f"{F11}/photos", "photos")
    assert [each.name for each in found.files] == ["2.jpg", "10.jpg", "1.jpg"]


def test_listed_first_in_written_order() -> None:
    listed = (
        ListedDocument(file="z.pdf", subject="Last letter"),
        ListedDocument(link="https://x.example"),
        ListedDocument(file="./b.pdf"),
        ListedDocument(file="absent.pdf"),
    )
    found = rows(filed("1.1", F11, "a.pdf", "b.pdf", "z.pdf", listed=listed))
    assert paths(found) == [
        ("file", "z.pdf"),
        ("link", "https://x.example"),
        ("file", "b.pdf"),
        ("file", "a.pdf"),
    ]
    assert [each.title for each in found] == ["Last letter", "https://x.example", "b.pdf", "a.pdf"]
    assert found[0].listing is listed[0]
    assert found[3].listing is None


def test_a_listed_folder_and_a_file_of_it() -> None:
    listed = (ListedDocument(file="photos/"), ListedDocument(file="photos\\1.jpg"))
    found = rows(filed("1.1", F11, "photos/1.jpg", "photos/2.jpg", listed=listed))
    assert paths(found) == [("folder", "photos"), ("file", "photos/1.jpg")]
    assert [each.name for each in found[0].files] == ["2.jpg"]


def test_listed_twice_is_one_row() -> None:
    listed = (ListedDocument(file="a.pdf"), ListedDocument(file="a.pdf", subject="Again"))
    assert paths(rows(filed("1.1", F11, "a.pdf", listed=listed))) == [("file", "a.pdf")]


def test_nothing_outside_can_be_listed() -> None:
    listed = tuple(
        ListedDocument(file=path)
        for path in ("../1.2-reports/r.pdf", "/etc/passwd", "C:/x", "../../../../x", "..", ".")
    )
    assert rows(filed("1.1", F11, listed=listed), filed("1.2", F12, "r.pdf")) == ()


@pytest.mark.parametrize(
    "see",
    [
        "evidence/1-field/1.2-reports/r.pdf",
        "/evidence/1-field/1.2-reports/r.pdf",
        "1-field/1.2-reports/r.pdf",
        "1-field\\1.2-reports\\r.pdf",
        "../1.2-reports/r.pdf",
        "1-old-name/1.2-other-name/r.pdf",
        "1.2/r.pdf",
        "12/BC-UBND",
        "12 / bc-ubnd",
        " 12/BC-UBND ",
    ],
)
def test_another_leafs_document(see: str) -> None:
    there = ListedDocument(file="r.pdf", number="12/BC-UBND", subject="Report")
    here = (ListedDocument(see=see, slot="x"), ListedDocument(file="a.pdf"))
    found = rows(
        filed("1.1", F11, "a.pdf", "b.pdf", listed=here),
        filed("1.2", F12, "r.pdf", listed=(there,)),
    )
    assert [each.kind.value for each in found] == ["reference", "file", "file"]
    cited = found[0]
    assert (cited.path, cited.source, cited.title) == (f"{F12}/r.pdf", "1.2", "Report")
    assert cited.listing is here[0]
    assert [each.path for each in cited.files] == [f"{F12}/r.pdf"]


@pytest.mark.parametrize("see", ["nothing.pdf", "13/BC-UBND", "1.2", "1.2/x.pdf", "../..", ""])
def test_a_document_that_is_not_there(see: str) -> None:
    here = (ListedDocument(see=see),)
    assert rows(filed("1.1", F11, listed=here), filed("1.2", F12, "r.pdf")) == ()


def test_a_file_of_the_field_is_cited() -> None:
    found = rows(
        filed("1", F, "all.pdf"), filed("1.1", F11, listed=(ListedDocument(see="all.pdf"),))
    )
    assert [(each.source, each.path) for each in found] == [("1", f"{F}/all.pdf")]


def test_a_folder_and_a_link_are_cited() -> None:
    there = ListedDocument(link="https://x.example", number="7/TB")
    here = (ListedDocument(see="1.2/photos"), ListedDocument(see="7/TB"))
    found = rows(filed("1.1", F11, listed=here), filed("1.2", F12, "photos/1.jpg", listed=(there,)))
    assert [each.path for each in found] == [f"{F12}/photos", "https://x.example"]
    assert [len(each.files) for each in found] == [1, 0]


def test_a_number_of_ones_own_and_of_another() -> None:
    numbered = ListedDocument(file="a.pdf", number="1/A")
    here = (numbered, ListedDocument(see="1/A"))
    found = rows(filed("1.1", F11, "a.pdf", listed=here))
    assert found[1].source == "1.1"
    found = rows(
        filed("1.1", F11, "a.pdf", listed=here), filed("1.2", F12, "a.pdf", listed=(numbered,))
    )
    assert found[1].source == "1.2"


def test_supplements() -> None:
    pile = filed("1.1", F11, "a.pdf", "bo-sung-10/c.pdf", "bo-sung-2/b.pdf", "bo-sung/x.pdf")
    dossier = build_dossiers(SET, (pile,))["1.1"]
    assert [each.name for each in dossier.files] == ["a.pdf", "x.pdf"]
    assert [(each.number, each.folder) for each in dossier.supplements] == [
        (2, f"{F11}/bo-sung-2"),
        (10, f"{F11}/bo-sung-10"),
    ]
    assert [each.name for each in dossier.supplements[0].files] == ["b.pdf"]


def test_a_supplement_with_an_explanation_alone() -> None:
    folder = f"{F11}/bo-sung-1"
    answer = Explanation(path=f"{folder}/giai-trinh.md")
    pile = Filed(
        criterion="1.1", folder=F11, exists=True, homes=(F11,), supplements={folder: answer}
    )
    (supplement,) = build_dossiers(SET, (pile,))["1.1"].supplements
    assert (supplement.explanation, supplement.files) == (answer, ())


def test_papers_of_two_folders_count() -> None:
    other = "evidence/1.1-again"
    pile = Filed(
        criterion="1.1",
        folder=F11,
        exists=True,
        homes=(F11, other),
        files=(file(f"{other}/b.pdf"), file(f"{F11}/a.pdf"), file(f"{other}/x/c.pdf")),
        supplements={},
    )
    dossier = build_dossiers(SET, (pile,))["1.1"]
    assert [each.path for each in dossier.documents] == [
        f"{F11}/a.pdf",
        f"{other}/b.pdf",
        f"{other}/x",
    ]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("bo-sung-1", 1),
        ("Bo-Sung-12", 12),
        ("B\u1ed5 sung 3", 3),
        ("bo_sung_2", 2),
        ("bo-sung", None),
        ("bo-sung-x", None),
        ("bo-sung-1-x", None),
        ("bo-sung-9999", None),
        ("anh", None),
    ],
)
def test_names_of_supplements(name: str, number: int | None) -> None:
    assert supplement_number(name) == number


@pytest.mark.parametrize(
    ("relative", "found"),
    [
        ("a.pdf", "f/a.pdf"),
        ("./a.pdf", "f/a.pdf"),
        ("x//a.pdf", "f/x/a.pdf"),
        ("x\\a.pdf", "f/x/a.pdf"),
        ("../a.pdf", "a.pdf"),
        ("../../a.pdf", None),
        ("/a.pdf", None),
        ("C:\\a.pdf", None),
        ("a\u0302.pdf", "f/\u00e2.pdf"),
        ("x/..", "f"),
        ("..", ""),
    ],
)
def test_paths_as_officers_write_them(relative: str, found: str | None) -> None:
    assert join("f", relative) == found


def test_files_keep_their_identity() -> None:
    pile = filed("1.1", F11, "a.pdf")
    dossier = build_dossiers(SET, (pile,))["1.1"]
    (document,) = dossier.documents
    kept: EvidenceFile = document.files[0]
    assert kept is pile.files[0]
    assert dossier.files == pile.files
