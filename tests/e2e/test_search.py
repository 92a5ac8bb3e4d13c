"""The page of results in a real browser: served, and opened from a folder."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from site_builder.model.text import fold
from tests.browsers import chromium
from tests.e2e.conftest import Built, served
from tests.e2e.test_browser import Watch

pytestmark = [pytest.mark.browser, pytest.mark.engine]

SEARCHES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "searches.yml").read_text("utf-8")
)
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
QUERY = "thu tuc hanh chinh"
TITLES = ".sb-found-title a"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def built(request: pytest.FixtureRequest, site: Callable[[str, str], Built]) -> Built:
    return site("demo", str(request.param))


@pytest.fixture(scope="module")
def period(built: Built) -> str:
    return next(built.folder.glob("*/tim-kiem.html")).parent.name


@pytest.fixture(scope="module", params=["served", "folder"])
def base(request: pytest.FixtureRequest, built: Built) -> Iterator[str]:
    if request.param == "folder":
        yield f"{built.folder.as_uri()}/"
    else:
        with served(built.folder) as address:
            yield address


@pytest.fixture
def context(
    browser: Browser, base: str, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    options = getattr(request, "param", {})
    made = browser.new_context(locale="vi-VN", **{"viewport": WIDE, **options})
    made.set_default_timeout(15_000)
    watch = Watch(made, base)
    yield made
    made.close()
    if base.startswith("file:"):
        # The theme's own box has its say there; nothing goes out in any case.
        watch.complaints.clear()
    watch.settle()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def results(page: Page, base: str, period: str) -> Page:
    """The page of results, with nothing asked."""
    page.goto(f"{base}{period}/tim-kiem.html")
    return page


def ask(page: Page, query: str) -> None:
    """Type a query and wait for what it finds."""
    page.locator("#tim-o").fill(query)
    page.wait_for_function(
        "(query) => decodeURIComponent(location.hash) === `#q=${query}`"
        " && /[0-9]/.test(document.getElementById('tim-trang-thai').textContent)",
        arg=unicodedata.normalize("NFC", query),
    )


@pytest.mark.parametrize("case", SEARCHES, ids=lambda case: case["query"])
def test_what_people_type_comes_first(
    results: Page, base: str, built: Built, case: dict[str, Any]
) -> None:
    ask(results, case["query"])
    first = results.locator("#tim-ket-qua > li").first
    assert case["title"] in fold(first.locator(TITLES).inner_text())
    if "page" in case:
        link = first.locator(".sb-found-about a").first
        assert str(case["page"]) in link.inner_text()
        href = link.get_attribute("href") or ""
        assert href.endswith(f".pdf#page={case['page']}")
        file = urljoin(results.url, href).partition("#")[0].removeprefix(base)
        assert (built.folder / unquote(file)).is_file()
        expect(first.locator("mark").first).to_be_visible()


def test_a_result_leads_to_its_place(results: Page) -> None:
    ask(results, QUERY)
    link = results.locator(TITLES).first
    address = urljoin(results.url, link.get_attribute("href") or "")
    link.click()
    results.wait_for_url(address)
    expect(results.locator("h1")).to_be_visible()
    anchor = address.partition("#")[2]
    assert not anchor or results.locator(f"[id='{anchor}']").count() == 1
    results.go_back()
    # The address remembers what was asked.
    expect(results.locator(TITLES).first).to_be_visible()
    assert results.locator("#tim-o").input_value() == QUERY


@pytest.mark.parametrize("sign", ["#", "?"])
def test_a_query_in_the_address_is_asked(page: Page, base: str, period: str, sign: str) -> None:
    page.goto(f"{base}{period}/tim-kiem.html{sign}q={quote(QUERY)}")
    expect(page.locator(TITLES).first).to_be_visible()
    assert page.locator("#tim-o").input_value() == QUERY


def test_the_start_page_has_a_field(page: Page, base: str, period: str) -> None:
    page.goto(f"{base}{period}/index.html")
    page.locator("#tim-nhanh").fill("105/BC-UBND")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-kiem.html#q=*")
    expect(page.locator("mark").first).to_be_visible()


def test_nothing_of_the_index_is_loaded_before_it_is_needed(
    page: Page, base: str, period: str
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}{period}/tc/1.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "sb-search" in url or "/tim/" in url]
    page.goto(f"{base}{period}/index.html")
    page.focus("#tim-nhanh")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/tim/" in url]


def test_by_keyboard(results: Page) -> None:
    results.locator("h1").click()
    results.evaluate("document.activeElement.blur()")
    results.keyboard.press("/")
    field = results.locator("#tim-o")
    expect(field).to_be_focused()
    assert field.input_value() == ""
    results.keyboard.type(QUERY)
    expect(results.locator(TITLES).nth(1)).to_be_visible()
    expect(results.locator("#tim-trang-thai")).to_contain_text(re.compile("[0-9]"))
    results.keyboard.press("ArrowDown")
    expect(results.locator(TITLES).first).to_be_focused()
    results.keyboard.press("ArrowDown")
    expect(results.locator(TITLES).nth(1)).to_be_focused()
    results.keyboard.press("ArrowUp")
    results.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    results.keyboard.press("Enter")
    expect(results.locator(TITLES).first).to_be_focused()
    address = urljoin(results.url, results.locator(TITLES).first.get_attribute("href") or "")
    results.keyboard.press("Enter")
    results.wait_for_url(address)


def test_results_are_filtered_and_counted(results: Page) -> None:
    ask(results, QUERY)
    everything = results.locator("#tim-trang-thai").inner_text()
    results.locator('#tim-loai input[value="c"]').check()
    expect(results.locator("#tim-trang-thai")).not_to_have_text(everything)
    tags = results.locator("#tim-ket-qua .sb-tag").all_inner_texts()
    assert len(set(tags)) == 1
    count = re.search(r"\d+", results.locator("#tim-trang-thai").inner_text())
    assert count is not None
    assert results.locator("#tim-ket-qua > li").count() == int(count[0])


def test_more_results_are_asked_for(results: Page) -> None:
    ask(results, "ubnd")
    before = results.locator("#tim-ket-qua > li").count()
    results.locator("#tim-ket-qua + button").click()
    rows = results.locator("#tim-ket-qua > li")
    expect(rows.nth(before).locator("a").first).to_be_focused()
    titles = rows.locator(TITLES).evaluate_all("all => all.map(one => one.href)")
    assert len(titles) > before


def test_advice_where_nothing_is_found(results: Page) -> None:
    expect(results.locator("#tim-goi-y")).to_be_visible()
    ask(results, QUERY)
    expect(results.locator("#tim-goi-y")).to_be_hidden()
    results.locator("#tim-o").fill("zqxvkhongco")
    expect(results.locator("#tim-goi-y")).to_be_visible()
    expect(results.locator("#tim-trang-thai")).to_contain_text("zqxvkhongco")
    assert results.locator("#tim-ket-qua > li").count() == 0


def test_what_was_typed_is_text(results: Page) -> None:
    results.locator("#tim-o").fill("<img src=x onerror=alert(1)> zqxv")
    expect(results.locator("#tim-trang-thai")).to_contain_text("zqxv")
    assert results.locator("article img").count() == 0


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_page_says_what_to_do(results: Page) -> None:
    expect(results.locator("noscript p")).to_be_visible()
    expect(results.locator("form[data-sb-index]")).to_be_hidden()
    expect(results.locator('#tim-goi-y a[href="chi-dan-minh-chung.html"]')).to_be_visible()


@pytest.mark.parametrize(
    "context", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=str
)
def test_axe_finds_nothing(results: Page) -> None:
    ask(results, QUERY)
    expect(results.locator(".sb-found-text").first).to_be_visible()
    found = Axe().run(results).response["violations"]
    assert [(one["id"], node["html"][:160]) for one in found for node in one["nodes"][:3]] == []


@pytest.mark.parametrize("context", [{"viewport": NARROW}], indirect=True)
def test_a_narrow_screen_needs_no_sideways_scrolling(results: Page) -> None:
    ask(results, QUERY)
    expect(results.locator(".sb-found-text").first).to_be_visible()
    assert results.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
