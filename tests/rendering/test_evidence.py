from dataclasses import replace
from datetime import date

import pytest

from site_builder.model.criteria import Slot
from site_builder.model.dossier import Document, DocumentKind, ListedDocument
from site_builder.model.processed import OfficialDocument
from site_builder.model.results import Results
from site_builder.rendering import evidence
from tests.rendering import builders
from tests.rendering.builders import text_of

SLOT = Slot(id="s", title="S", required=True, document_type="Plan")


def with_documents(*documents: Document) -> Results:
    return builders.results(dossiers=(builders.dossier("1.1", *documents),))


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (1023, "1\u00a0023 B"),
        (1024, "1 KB"),
        (300 * 1024, "300 KB"),
        (1024 * 1024, "1,0 MB"),
        (25 * 1024 * 1024 + 600_000, "25,6 MB"),
    ],
)
def test_sizes(count: int, shown: str) -> None:
    assert evidence.size(count) == shown


@pytest.mark.parametrize(
    ("link", "followed"),
    [
        ("https://x.example/a?b=c#d", "https://x.example/a?b=c#d"),
        ("HTTP://x.example", "HTTP://x.example"),
        ("https://x.example/\u0111 b", "https://x.example/%C4%91%20b"),
        ('https://x.example/"><script>', "https://x.example/%22%3E%3Cscript%3E"),
        ("https://", ""),
        ("https://[", ""),
        ("ftp://x.example", ""),
        ("javascript:alert(1)", ""),
        ("x.example", ""),
    ],
)
def test_web_links(link: str, followed: str) -> None:
    assert evidence.web_link(link) == followed


@pytest.mark.parametrize(
    ("place", "fragment"),
    [
        ("trang 3", "#page=3"),
        ("m\u1ee5c II.3, Trang 12", "#page=12"),
        ("tr. 7", "#page=7"),
        ("t\u1edd tr\u00ecnh 5", ""),
        ("m\u1ee5c II.3", ""),
        ("", ""),
    ],
)
def test_a_page_in_the_place_opens_the_document_there(place: str, fragment: str) -> None:
    document = builders.document("evidence/1.1/a.pdf", place=place, number="1")
    text = text_of(builders.site(with_documents(document)), "2023/tc/1.1.md")
    address = builders.site(with_documents(document)).evidence[0].address.removeprefix("2023/tc/")
    assert f'<a href="{address}{fragment}">a.pdf</a>' in text


@pytest.mark.parametrize(
    ("start", "end", "key"),
    [
        (date(2023, 1, 2), date(2023, 3, 4), "issued_between"),
        (date(2023, 1, 2), None, "issued_from"),
        (None, date(2023, 3, 4), "issued_to"),
    ],
)
def test_the_window_of_a_slot_is_said(start: date | None, end: date | None, key: str) -> None:
    leaf = builders.leaf("1.1", slots=(replace(SLOT, issued_from=start, issued_to=end),))
    criteria = builders.criteria_set(builders.branch("1", "One", leaf))
    text = text_of(builders.site(builders.results(criteria=criteria)), "2023/tc/1.1.md")
    said = builders.texts().text("pages", "evidence", key, start=start or "", end=end or "")
    assert f"Plan; {said};" in text


@pytest.mark.parametrize(
    ("issuer", "said"), [("unit", "Commune"), ("parent", "Province"), ("A board", "A board")]
)
def test_the_issuer_that_a_slot_wants_is_said(issuer: str, said: str) -> None:
    leaf = builders.leaf("1.1", slots=(replace(SLOT, issuer=issuer),))
    criteria = builders.criteria_set(builders.branch("1", "One", leaf))
    text = text_of(builders.site(builders.results(criteria=criteria)), "2023/tc/1.1.md")
    words = builders.texts().text("pages", "evidence", "issued_by", issuer=said)
    assert f"Plan; {words};" in text


def test_a_row_falls_back_on_what_the_file_says() -> None:
    read = OfficialDocument(
        number="7/BC", issued_on=date(2023, 5, 6), issuer="A board", subject="Read words"
    )
    document = replace(builders.document("evidence/1.1/a.pdf"), read=read)
    text = text_of(builders.site(with_documents(document)), "2023/tc/1.1.md")
    for said in ("7/BC", "06/05/2023", "A board", "Read words"):
        assert said in text


def test_who_brought_a_file_when_no_office_has_the_address() -> None:
    document = builders.document("evidence/1.1/a.pdf")
    file = replace(document.files[0], last=builders.change(office=None, author="Somebody"))
    results = with_documents(replace(document, files=(file,)))
    text = text_of(builders.site(results), "2023/tc/1.1.md")
    said = builders.texts().text(
        "pages", "evidence", "changed_by_unknown", office="", date=date(2023, 12, 13)
    )
    assert said in text
    assert "Somebody" not in text


def test_the_index_takes_the_fuller_description_of_one_document() -> None:
    bare = builders.document("evidence/1.1/a.pdf", content="same")
    full = builders.document("evidence/1.2/b.pdf", content="same", number="5/BC", subject="Words")
    link = Document(
        kind=DocumentKind.LINK,
        path="https://x.example",
        title="x.example",
        listing=ListedDocument(link="https://x.example"),
    )
    results = builders.results(
        dossiers=(builders.dossier("1.1", bare, link), builders.dossier("1.2", full, link))
    )
    text = text_of(builders.site(results), "2023/chi-dan-minh-chung.md")
    assert text.count("<tr>") == 1 + 2
    assert "5/BC" in text
    assert text.count('<a class="sb-web" href="https://x.example"') == 1
