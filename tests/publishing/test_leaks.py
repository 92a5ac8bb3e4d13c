import unicodedata

import pytest

from site_builder.publishing.leaks import LeakGuard

NAME = "B\u00e1o c\u00e1o l\u01b0\u01a1ng.pdf"


@pytest.mark.parametrize(
    "spelled",
    [
        NAME,
        unicodedata.normalize("NFD", NAME),
        "B%C3%A1o%20c%C3%A1o%20l%C6%B0%C6%A1ng.pdf",
        "B\\u00e1o c\\u00e1o l\\u01b0\\u01a1ng.pdf",
    ],
)
def test_a_name_is_found_in_every_spelling(spelled: str) -> None:
    assert list(LeakGuard([NAME]).leaks(f"<p>x {spelled}</p>".encode())) == [NAME]


def test_a_name_with_signs_is_found_as_a_page_writes_it() -> None:
    name = 'A & "B".pdf'
    assert list(LeakGuard([name]).leaks(b"A &amp; &quot;B&quot;.pdf")) == [name]
    assert list(LeakGuard([name]).leaks(b'A &amp; "B".pdf')) == [name]


def test_words_are_whole() -> None:
    guard = LeakGuard(["a.pdf", "1a2b3c4d"])
    assert list(guard.leaks(b"ba.pdf a.pdfs 01a2b3c4d")) == []
    assert list(guard.leaks(b"(a.pdf) ke-hoach-1a2b3c4d.pdf")) == ["a.pdf", "1a2b3c4d"]


def test_a_name_that_begins_another() -> None:
    guard = LeakGuard(["a.pdf", "a.pdf.docx", "ab"])
    assert list(guard.leaks(b"a.pdf, a.pdf.docx, ab, a")) == ["a.pdf", "a.pdf.docx", "ab"]


def test_many_names_at_once() -> None:
    names = [f"evidence/{n % 7}/tep-{n}-{'x' * (n % 50)}.pdf" for n in range(2000)]
    guard = LeakGuard(names)
    page = b"<p>nothing here</p>" * 2000
    assert list(guard.leaks(page)) == []
    assert list(guard.leaks(page + names[1234].encode() + b" ")) == [names[1234]]


def test_names_that_agree_in_very_many_places() -> None:
    names = ["a" * n for n in range(1, 120)]
    guard = LeakGuard(names)
    assert list(guard.leaks(b" " + b"a" * 100 + b" ")) == ["a" * 100]
    assert list(guard.leaks(b" " + b"a" * 200 + b" ")) == []


def test_nothing_forbidden_finds_nothing() -> None:
    assert list(LeakGuard([]).leaks(b"x")) == []
    assert list(LeakGuard(["", " "]).leaks(b"x  y")) == []
