"""What pages say of the past, in every edition."""

import re
from datetime import date
from pathlib import Path

import pytest

from site_builder import past, pipeline
from site_builder.model.results import Edition
from site_builder.model.site import Site
from site_builder.rendering.changes import SCRIPT, STYLE
from tests.comparing.repository import LEAF, Commune
from tests.rendering import builders
from tests.surroundings import variables

TAGS = re.compile(r"<[^>]+>")
PAGE = "2024/thay-doi.md"
OF_LEAF = f"2024/tc/{LEAF}.md"
OFFICE = "V\u0103n ph\u00f2ng UBND x\u00e3"


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    made = Commune(tmp_path / "xa")
    made.git("tag", "nop/dot-1")
    made.figure("9", "8")
    (made.folder / "<b>them & bot.pdf").write_bytes(b"%PDF-1.4 x")
    made.commit()
    made.git("tag", "nop/dot-2")
    made.figure("8", "7")
    made.commit()
    return made


def site(commune: Commune, edition: Edition, since: str = "") -> Site:
    request = pipeline.Request(
        root=commune.root, today=date(2024, 12, 20), environment=variables(), authors=True
    )
    with pipeline.open_store(request) as store:
        facts, findings = pipeline.examine(request, store)
        changes = past.changes(request, facts, store, edition, since=since)
        return builders.site(pipeline.results_of(facts, findings, edition, changes))


def lines(text: str) -> list[str]:
    """Words of a page by line, without markup."""
    return [words for line in text.split("\n") if (words := " ".join(TAGS.sub("", line).split()))]


def block(made: Site, name: str, start: str, end: str) -> list[str]:
    text = builders.text_of(made, name)
    first = text.index(">", text.index(start)) + 1
    return lines(text[first : text.index(end, first)])


def test_the_working_edition_goes_by_the_last_submission(commune: Commune) -> None:
    made = site(commune, Edition.WORKING)
    said = block(made, PAGE, 'class="sb-change"', "</section>")
    assert said[0].startswith(f"{LEAF}. ")
    assert said[1].endswith("3,20 \u2192 th\u00e0nh 0,00")
    assert said[2].endswith("8 \u2192 th\u00e0nh 7")
    assert len(said) == 3
    assert "{ #thay-doi }" in builders.text_of(made, OF_LEAF)
    assert "{ #thay-doi }" not in builders.text_of(made, "2024/tc/1.2.md")


def test_names_of_files_are_only_text(commune: Commune) -> None:
    text = builders.text_of(site(commune, Edition.WORKING, "nop/dot-1"), PAGE)
    assert "<b>" not in text
    assert "&lt;b&gt;them &amp; bot.pdf" in text or "&lt;b&gt;them &amp;amp; bot.pdf" in text


def test_the_history_of_a_leaf_in_words(commune: Commune) -> None:
    (said,) = block(site(commune, Edition.WORKING), OF_LEAF, "sb-history", "</ol>")
    assert OFFICE in said
    assert "3 t\u1ec7p" in said


def test_an_assessor_sees_offices_and_days(commune: Commune) -> None:
    commune.git("checkout", "-q", "nop/dot-2")
    made = site(commune, Edition.ASSESSOR)
    said = block(made, PAGE, 'class="sb-change"', "</section>")
    assert any("9 \u2192 th\u00e0nh 8" in line for line in said)
    assert "nop/dot-1" in builders.text_of(made, PAGE)
    history = block(made, OF_LEAF, "sb-history", "</ol>")
    assert history == [f"31/12/2023 {OFFICE}"]
    for page in made.pages:
        assert commune.git("rev-parse", "HEAD~1") not in page.text
        assert "vanphong@" not in page.text


def test_the_public_sees_nothing_of_the_past(commune: Commune) -> None:
    commune.approve()
    made = site(commune, Edition.PUBLIC)
    assert PAGE not in {page.path for page in made.pages}
    assert not {STYLE, SCRIPT} & made.assets.keys()
    for page in made.pages:
        assert "sb-history" not in page.text
        assert "data-sb-leaf" not in page.text
        assert "data-sb-seen" not in page.text
        assert "9/QD" not in page.text


def test_the_start_page_says_where_the_approval_stands(commune: Commune) -> None:
    start = "2024/index.md"
    assert "sb-state" in builders.text_of(site(commune, Edition.WORKING), start)
    commune.approve()
    commune.commit()
    current = builders.text_of(site(commune, Edition.WORKING), start)
    assert "9/QD" in current
    assert "sb-badge--good" in current
    commune.figure("7", "6")
    changed = builders.text_of(site(commune, Edition.WORKING), start)
    assert "thay-doi.html" in changed
    # What the unit still has to have approved is its own affair.
    assert "9/QD" not in builders.text_of(site(commune, Edition.ASSESSOR), start)


def test_pages_carry_what_browsers_remember(commune: Commune) -> None:
    made = site(commune, Edition.ASSESSOR)
    digest = re.search(
        rf'data-sb-leaf="{LEAF}" data-sb-digest="(\w+)"', builders.text_of(made, OF_LEAF)
    )
    assert digest
    for name in ("tong-hop", "chi-dan-minh-chung"):
        text = builders.text_of(made, f"2024/{name}.md")
        assert digest[0] in text
        assert 'data-sb-seen="ubnd-xa-nho-mau/2024"' in text


def test_where_nothing_is_compared_the_page_says_how(commune: Commune) -> None:
    for tag in ("nop/dot-1", "nop/dot-2"):
        commune.git("tag", "-d", tag)
    text = builders.text_of(site(commune, Edition.WORKING), PAGE)
    assert "site-builder approve" in text
    assert "--since" in text
    assert (
        "site-builder"
        not in builders.text_of(site(commune, Edition.ASSESSOR), PAGE).partition("<!--")[0]
    )
