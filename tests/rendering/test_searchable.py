"""What can be found in each edition, and where a result leads."""

from dataclasses import replace

import pytest

from site_builder import pipeline
from site_builder.model.dossier import Document, DocumentKind, ListedDocument, Supplement
from site_builder.model.editions import for_edition
from site_builder.model.processed import Family, FileFacts, Preview, Processed, State
from site_builder.model.results import Edition, Results
from site_builder.model.search import SearchEntry, SearchKind, SearchPart
from tests.rendering import builders

PLAN = builders.document(
    "evidence/1.1/plan.pdf", "plan", public=True, number="3/KH", subject="The plan", issuer="Unit"
)
SHEET = builders.document("evidence/1.1/table.xlsx")
PHOTOS = Document(
    kind=DocumentKind.FOLDER,
    path="evidence/1.2/photos",
    title="photos",
    files=(
        builders.evidence_file("evidence/1.2/photos/1.jpg"),
        builders.evidence_file("evidence/1.2/photos/2.jpg"),
    ),
)
LINK = Document(
    kind=DocumentKind.LINK,
    path="https://commune.example/news",
    title="commune.example",
    listing=ListedDocument(link="https://commune.example/news", subject="The news"),
)
AGAIN = Document(
    kind=DocumentKind.REFERENCE,
    path=PLAN.path,
    title="plan.pdf",
    files=PLAN.files,
    listing=ListedDocument(see="3/KH"),
    source="1.1",
)


def digest(document: Document) -> str:
    return document.files[0].sha256 or ""


def facts(document: Document, family: Family, pages: int = 0) -> FileFacts:
    return FileFacts(
        sha256=digest(document),
        kind="any",
        family=family,
        state=State.READ,
        size=1,
        previews=tuple(
            Preview(blob=f"page-{n:03}.webp", page=n, width=1, height=1, size=1)
            for n in range(1, pages + 1)
        ),
    )


def results(pages: int = 2) -> Results:
    made = builders.results(
        dossiers=(
            builders.dossier(
                "1.1",
                PLAN,
                SHEET,
                LINK,
                explanation=builders.explanation("1.1", "# Head\n\n**Words** of [a](b.pdf) kind\n"),
                supplements=(
                    Supplement(
                        number=1,
                        folder="evidence/1.1/bo-sung-1",
                        explanation=builders.explanation("1.1/bo-sung-1", "More", reply="Reply"),
                        files=(builders.evidence_file("evidence/1.1/bo-sung-1/more.pdf"),),
                    ),
                ),
            ),
            builders.dossier("1.2", PHOTOS, AGAIN),
        )
    )
    return replace(
        made,
        processed=Processed(
            facts={
                digest(PLAN): facts(PLAN, Family.PDF, pages),
                digest(SHEET): facts(SHEET, Family.SHEET),
            },
            texts={
                digest(PLAN): ("First page", " ", "Third\npage"),
                digest(SHEET): ("Cells",),
            },
        ),
    )


def entries(edition: Edition = Edition.WORKING, pages: int = 2) -> list[SearchEntry]:
    return list(builders.site(for_edition(results(pages), edition)).search)


def called(title: str, some: list[SearchEntry]) -> SearchEntry:
    (found,) = (entry for entry in some if entry.title == title)
    return found


def test_criteria_come_first_in_their_order() -> None:
    found = [entry for entry in entries() if entry.kind is SearchKind.CRITERION]
    assert found == entries()[: len(found)]
    assert [entry.criteria for entry in found] == [("1",), ("1.1",), ("1.2",), ("2",), ("2.1",)]
    leaf = found[1]
    assert leaf.title == "1.1. Leaf"
    assert leaf.address == "2023/tc/1.1.html"
    assert [(part.anchor, part.text) for part in leaf.parts] == [
        ("quy-dinh", "Rule text"),
        ("tai-lieu", "The plan"),
    ]


def test_explanations_are_found_without_their_markup() -> None:
    (found,) = (entry for entry in entries() if entry.kind is SearchKind.EXPLANATION)
    assert found.address == "2023/tc/1.1.html#giai-trinh"
    assert found.place == "1.1. Leaf"
    assert [(part.anchor, " ".join(part.text.split())) for part in found.parts] == [
        ("giai-trinh", "Head Words of a kind"),
        ("bo-sung-1", "Reply More"),
    ]


def test_a_document_is_found_once_with_all_that_is_told_of_it() -> None:
    plan = called("The plan", entries())
    assert plan.kind is SearchKind.DOCUMENT
    assert plan.names == ("plan.pdf", "Unit")
    assert plan.numbers == ("3/KH",)
    assert plan.criteria == ("1.1", "1.2")
    assert "1.1. Leaf" in plan.place
    assert plan.sha256 == digest(PLAN)
    assert plan.address == f"2023/tc/1.1.html#xem-{digest(PLAN)[:8]}"
    assert plan.file.startswith("2023/tc/1.1/plan-")
    assert plan.counted == "page"
    assert plan.parts == (
        SearchPart(text="First page", page=1),
        SearchPart(text="Third page", page=3),
    )


def test_a_long_document_is_shown_on_its_own_page() -> None:
    plan = called("The plan", entries(pages=3))
    assert plan.address.startswith("2023/tl/plan-")
    assert "#" not in plan.address


def test_other_files_are_found_by_name_and_text() -> None:
    found = entries()
    sheet = called("table.xlsx", found)
    assert (sheet.counted, sheet.file, sheet.names) == ("sheet", "", ())
    assert [part.page for part in sheet.parts] == [1]
    assert called("1.jpg", found).address == "2023/tc/1.2.html#tai-lieu"
    assert called("2.jpg", found).parts == ()
    assert called("more.pdf", found).address == "2023/tc/1.1.html#bo-sung-1"
    link = called("The news", found)
    assert link.names == ("https://commune.example/news",)
    assert link.address == "2023/tc/1.1.html#tai-lieu"


def test_the_public_finds_only_what_is_public() -> None:
    found = entries(Edition.PUBLIC)
    kinds = {entry.kind for entry in found}
    assert kinds == {SearchKind.CRITERION, SearchKind.DOCUMENT}
    (plan,) = (entry for entry in found if entry.kind is SearchKind.DOCUMENT)
    assert plan.title == "The plan"
    assert plan.criteria == ("1.1",)
    everything = "\n".join(entry.whole for entry in found)
    for word in ("table", "Cells", "photos", "1.jpg", "more.pdf", "news", "Words", "Reply"):
        assert word not in everything


@pytest.mark.parametrize("edition", list(Edition))
def test_the_index_lies_beside_the_page(edition: Edition) -> None:
    made = builders.site(for_edition(builders.rich(), edition))
    site = pipeline.indexed(made)
    assert "2023/tim/m.js" in site.index
    assert all(path.startswith("2023/tim/") for path in site.index)
    assert 'data-sb-index="tim/" data-sb-root="../"' in builders.text_of(site, "2023/tim-kiem.md")
