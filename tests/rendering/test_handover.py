"""Copies that somebody takes along say so on every page."""

from datetime import date

import pytest

from site_builder import rendering
from site_builder.model.handover import Handover
from site_builder.model.site import Site
from tests.rendering.builders import resources, rich, site, texts

DAY = date(2024, 1, 15)


def _copy(recipient: str = "So Noi vu", *, originals: bool = True) -> Site:
    handover = Handover(recipient=recipient, day=DAY, originals=originals)
    return rendering.render(rich(), texts(), resources(), handover=handover)


def test_every_page_names_recipient_and_day() -> None:
    words = texts().text("pages", "edition", "handed", recipient="So Noi vu", date="15/01/2024")
    made = _copy()
    assert made.pages
    assert [page.path for page in made.pages if page.text.count(words) != 1] == []


def test_without_a_recipient_the_day_is_there() -> None:
    words = texts().text("pages", "edition", "handed_to_nobody", date="15/01/2024")
    assert all(words in page.text for page in _copy("").pages)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "</p></div><h1>", '"><img src=x>'])
def test_a_recipient_is_text_and_nothing_else(name: str) -> None:
    for page in _copy(name).pages:
        assert name not in page.text
        assert page.text.count("sb-handed") == 1


def test_a_site_is_handed_to_nobody() -> None:
    assert all("sb-handed" not in page.text for page in site(rich()).pages)


def test_left_out_originals_are_told_and_have_no_link() -> None:
    whole, light = _copy(), _copy(originals=False)
    assert whole.evidence
    assert light.evidence == ()
    assert light.pictures == whole.pictures
    said = texts().text("pages", "edition", "left_out")
    assert all(said in page.text for page in light.pages)
    assert not any(said in page.text for page in whole.pages)
    addresses = {copy.address.rpartition("/")[2] for copy in whole.evidence}
    assert any(name in page.text for name in addresses for page in whole.pages)
    assert not any(name in page.text for name in addresses for page in light.pages)


def test_what_is_in_left_out_originals_is_found_all_the_same() -> None:
    whole, light = _copy(), _copy(originals=False)
    assert [entry.title for entry in light.search] == [entry.title for entry in whole.search]
    assert all(entry.file == "" for entry in light.search)
