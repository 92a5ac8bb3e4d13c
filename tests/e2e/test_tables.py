"""The summary and the register in a browser: narrowed down, put in order, sent as an address."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browsers import chromium
from tests.e2e.conftest import Built, served

pytestmark = [pytest.mark.browser, pytest.mark.engine]

WIDE: ViewportSize = {"width": 1440, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
HUGE: ViewportSize = {"width": 3840, "height": 2160}
HEAVIEST_LEAF = 60_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def built(site: Callable[[str, str], Built]) -> Built:
    return site("demo", "mkdocs")


@pytest.fixture(scope="module")
def base(built: Built) -> Iterator[str]:
    period = next(built.folder.glob("*/index.html")).parent.name
    with served(built.folder) as address:
        yield f"{address}{period}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE, locale="vi-VN")
    yield context.new_page()
    context.close()


def _shown(page: Page, *, leaves: bool = True) -> list[str]:
    """Numbers of the rows that are shown."""
    rows: list[str] = page.evaluate(
        """leaves => [...document.querySelectorAll("#bang-tong-hop tbody tr:not([hidden])")]
          .filter(row => !leaves || !row.classList.contains("sb-branch"))
          .map(row => row.cells[0].textContent.trim())""",
        leaves,
    )
    return rows


def _is_tree(rows: list[str]) -> bool:
    """Each row stands below its parent, after its parent and before the next of that level."""
    open_: list[str] = []
    for id_ in rows:
        while open_ and not id_.startswith(f"{open_[-1]}."):
            open_.pop()
        if "." in id_ and not open_:
            return False
        if open_ and id_.count(".") != open_[-1].count(".") + 1:
            return False
        open_.append(id_)
    return len(rows) == len(set(rows))


def test_hits_stand_below_their_parents(page: Page, base: str) -> None:
    page.goto(f"{base}tong-hop.html")
    everything = _shown(page, leaves=False)
    assert _is_tree(everything)
    page.locator(".sb-filters input[name=tim]").fill("mot cua")
    hits = _shown(page)
    assert 0 < len(hits) < len(everything)
    assert _is_tree(_shown(page, leaves=False))
    told = page.locator(".sb-filters output")
    expect(told).to_contain_text(str(len(hits)))
    assert told.get_attribute("aria-live") in {None, "polite"}
    expect(page.locator("#bang-tong-hop tr.sb-dim").first).to_be_visible()


@pytest.mark.parametrize(("name", "attribute"), [("bp", "o"), ("tt", "s"), ("cc", "r")])
def test_each_list_narrows_down(page: Page, base: str, name: str, attribute: str) -> None:
    page.goto(f"{base}tong-hop.html")
    select = page.locator(f'.sb-filters select[name="{name}"]')
    value = select.locator("option").nth(1).get_attribute("value") or ""
    select.select_option(value)
    carried = page.evaluate(
        """key => [...document.querySelectorAll("#bang-tong-hop tbody tr:not([hidden])")]
          .filter(row => !row.classList.contains("sb-branch")).map(row => row.dataset[key])""",
        attribute,
    )
    assert carried
    assert all(value in each.split() for each in carried)


def test_what_was_chosen_stands_in_the_address(page: Page, base: str) -> None:
    page.goto(f"{base}tong-hop.html")
    page.locator('.sb-filters select[name="mat"]').select_option("0.25")
    page.locator('.sb-filters select[name="xep"]').select_option("-mat")
    chosen = _shown(page)
    assert "mat=0.25" in page.url
    other = page.context.new_page()
    other.goto(page.url)
    assert _shown(other) == chosen
    assert other.locator('.sb-filters select[name="mat"]').input_value() == "0.25"
    other.locator('.sb-filters button[type="reset"]').click()
    expect(other.locator(".sb-filters output")).to_be_empty()
    assert "#" not in other.url


def test_sorted_within_parents_by_keyboard(page: Page, base: str) -> None:
    page.goto(f"{base}tong-hop.html")
    before = _shown(page, leaves=False)
    head = page.locator('th[data-k="mat"]')
    head.locator("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    after = _shown(page, leaves=False)
    assert after != before
    assert sorted(after) == sorted(before)
    assert _is_tree(after)
    lost = page.evaluate(
        """() => [...document.querySelectorAll("#bang-tong-hop tbody tr.sb-level-0")]
          .map(row => Number(row.dataset.l || 0))"""
    )
    known = [each for each in lost if each]
    assert known == sorted(known, reverse=True)
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert _shown(page, leaves=False) == before


def test_without_scripts_it_is_a_plain_table(browser: Browser, base: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base}tong-hop.html")
    expect(page.locator(".sb-filters")).to_be_hidden()
    expect(page.locator("#bang-tong-hop tbody tr").last).to_be_visible()
    context.close()


def test_the_register_by_date(page: Page, base: str) -> None:
    page.goto(f"{base}so-tai-lieu.html#tu=2023-06-01&den=2023-06-30")
    days = page.evaluate(
        """() => [...document.querySelectorAll("#so tbody tr:not([hidden])")]
          .map(row => row.dataset.t)"""
    )
    assert days
    assert all(day.startswith("2023-06") for day in days)


def test_downloads(page: Page, base: str) -> None:
    page.goto(f"{base}tong-hop.html")
    for ending, beginning in (("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        with page.expect_download() as started:
            page.locator(f'.sb-downloads a[href$=".{ending}"]').click()
        assert Path(started.value.path()).read_bytes().startswith(beginning)


def test_the_essentials_are_on_one_screen(page: Page, base: str) -> None:
    page.goto(f"{base}index.html")
    for place in (".sb-headline", ".sb-facts", ".sb-scale", ".sb-fields tbody tr >> nth=-1"):
        box = page.locator(place).first.bounding_box()
        assert box
        assert box["y"] + box["height"] <= WIDE["height"], place
    assert page.locator(".sb-gaps li").count() > 0


@pytest.mark.parametrize("kind", ["index.html", "tong-hop.html#tt=full", "so-tai-lieu.html"])
def test_axe_finds_nothing_on_a_telephone(browser: Browser, base: str, kind: str) -> None:
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    page.goto(f"{base}{kind}")
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    context.close()


def test_a_huge_screen(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport=HUGE)
    page = context.new_page()
    for kind in ("index.html", "tong-hop.html", "so-tai-lieu.html"):
        page.goto(f"{base}{kind}")
        assert page.evaluate("document.documentElement.scrollWidth") <= HUGE["width"]
    context.close()


def test_a_leaf_page_is_light(built: Built) -> None:
    """What a host sends for it, compressed as hosts do: of ours, without previews."""
    pages = sorted(built.folder.glob("*/tc/*.html"))
    assert pages
    assert max(map(_weight, pages)) <= HEAVIEST_LEAF


def _weight(page: Path) -> int:
    text = page.read_text("utf-8")
    article = text[text.index("<article") : text.rindex("</article>")]
    ours = {
        (page.parent / address).resolve()
        for address in re.findall(r'(?:src|href)="([^":?#]*/sb/[^"?#]+)"', text)
    }
    sent = [article.encode(), *(each.read_bytes() for each in ours)]
    assert len(sent) > 1
    assert len(sent[0]) <= HEAVIEST_LEAF
    return sum(len(gzip.compress(data)) for data in sent)
