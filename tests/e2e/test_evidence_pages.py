"""Evidence as an assessor sees it, in a real browser: a commune with a file of every kind."""

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.e2e import museum
from tests.e2e.conftest import MUSEUM, Built, served

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ENGINES = ("mkdocs", "zensical")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PAPERS, TABLES, REST = (
    f"2024/tc/{id_}.html" for id_ in (museum.PAPERS, museum.TABLES, museum.REST)
)
# HTML, our style sheet and our script, as they are sent: nobody may wait for a page of words.
LIGHT = 60 * 1024


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    # The sandbox cannot start as root, as which containers run.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module", params=ENGINES)
def built(site: Callable[[str, str], Built], request: pytest.FixtureRequest) -> Built:
    return site(MUSEUM, str(request.param))


@pytest.fixture(scope="module")
def base(built: Built) -> Iterator[str]:
    with served(built.folder) as address:
        yield address


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    options = {"viewport": {"width": 1280, "height": 900}, **getattr(request, "param", {})}
    made = browser.new_context(locale="vi-VN", **options)
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def _long(built: Built, beginning: str) -> str:
    (found,) = built.folder.glob(f"2024/tl/{beginning}-*.html")
    return found.relative_to(built.folder).as_posix()


def test_from_the_start_to_the_original(page: Page, base: str, built: Built) -> None:
    content = page.locator("article")
    page.goto(base)
    page.wait_for_url("**/2024/index.html")
    content.locator('a[href="tc/1.html"]').first.click()
    page.wait_for_url("**/tc/1.html")
    content.locator(f'a[href="{museum.PAPERS}.html"]').first.click()
    page.wait_for_url(f"**/{PAPERS}")
    small = content.locator('a.sb-thumb[aria-label*="bao-cao-dai.pdf"]')
    anchor = small.get_attribute("href") or ""
    small.click()
    block = content.locator(f"details.sb-doc:has({anchor})")
    expect(block).to_have_attribute("open", "")
    expect(content.locator(anchor)).to_be_in_viewport()
    block.locator("a.sb-whole").click()
    page.wait_for_url(f"**/{_long(built, 'bao-cao-dai')}")
    expect(content.locator(".sb-page img")).to_have_count(5)
    original = content.locator(".sb-file a").first.get_attribute("href") or ""
    assert page.request.get(urljoin(page.url, original)).body().startswith(b"%PDF-")


def test_by_keyboard_into_a_folded_document(page: Page, base: str) -> None:
    page.goto(base + PAPERS)
    summary = page.locator("details.sb-doc > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.sb-doc").first).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.sb-shown-facts') !== null")


@pytest.mark.parametrize("context", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(page: Page, base: str) -> None:
    page.goto(base + PAPERS)
    page.locator('a.sb-thumb[aria-label*="ban-ky-so.pdf"]').click()
    picture = page.locator('.sb-shown:has(a[href*="ban-ky-so-"]) .sb-page img')
    if not picture.is_visible():
        # Older browsers leave it to the reader to unfold.
        page.locator("details.sb-doc:has(a[href*='ban-ky-so-']) > summary").click()
    expect(picture).to_be_visible()
    page.goto(base + TABLES)
    page.locator("details.sb-doc > summary").first.click()
    page.locator(".sb-docs-shown .sb-photos a").first.click()
    page.wait_for_url("**/xem/**/*.webp")


def _photos(page: Page, base: str) -> None:
    page.goto(base + TABLES)
    page.locator("details.sb-doc:has(.sb-photos) > summary").first.click()


def test_photos_one_after_the_other_by_mouse(page: Page, base: str) -> None:
    _photos(page, base)
    links = page.locator("details.sb-doc").first.locator(".sb-photos a")
    expect(links).to_have_count(4)
    links.nth(1).click()
    box = page.locator("dialog.sb-box")
    expect(box).to_be_visible()
    shown = box.locator("img")
    expect(shown).to_have_attribute("src", re.compile("page-001.webp"))
    first = shown.get_attribute("src")
    box.locator(".sb-box-after").click()
    assert shown.get_attribute("src") != first
    box.locator(".sb-box-before").click()
    assert shown.get_attribute("src") == first
    box.locator(".sb-box-close").click()
    expect(box).to_be_hidden()
    expect(links.nth(1)).to_be_focused()


def test_photos_one_after_the_other_by_keyboard(page: Page, base: str) -> None:
    _photos(page, base)
    links = page.locator("details.sb-doc").first.locator(".sb-photos a")
    links.first.focus()
    page.keyboard.press("Enter")
    box = page.locator("dialog.sb-box")
    caption = box.locator("figcaption")
    expect(caption).to_contain_text("1/4")
    page.keyboard.press("ArrowRight")
    expect(caption).to_contain_text("2/4")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(caption).to_contain_text("4/4")
    # Nothing behind it takes the focus.
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || "
            "document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(links.first).to_be_focused()


SCREENS = [
    {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    for width in (360, 1440)
    for scheme in ("light", "dark")
]


@pytest.mark.parametrize(
    "context",
    SCREENS,
    indirect=True,
    ids=lambda one: f"{one['viewport']['width']}-{one['color_scheme']}",
)
@pytest.mark.parametrize("kind", ["papers", "tables", "rest", "paper", "sheet"])
def test_axe_finds_nothing(page: Page, base: str, built: Built, kind: str) -> None:
    addresses = {
        "papers": PAPERS,
        "tables": TABLES,
        "rest": REST,
        "paper": _long(built, "bao-cao-dai"),
        "sheet": _long(built, "so-lieu"),
    }
    page.goto(base + addresses[kind])
    page.evaluate("document.querySelectorAll('article details').forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    assert [
        (one["id"], node["target"], node["html"][:160], node["failureSummary"])
        for one in found
        for node in one["nodes"][:3]
    ] == []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0


def test_every_block_is_built_as_it_was_written(page: Page, base: str) -> None:
    """Lists, tables and pictures stand where they belong; nothing became text."""
    for address in (PAPERS, TABLES, REST):
        page.goto(base + address)
        found = page.evaluate(
            """() => ({
              stray: [...document.querySelectorAll("article p")].filter(
                one => /<\\/?(div|details|summary|ul|li|table)\\b/.test(one.textContent)).length,
              lost: [...document.querySelectorAll(".sb-shown, .sb-page, .sb-proof")].filter(
                one => !one.closest("details.sb-doc")).length,
              nested: document.querySelectorAll("details.sb-doc details.sb-doc, p p, p ul").length,
              folded: [...document.querySelectorAll("details.sb-doc")].filter(
                one => one.firstElementChild.tagName !== "SUMMARY").length,
              shapeless: [...document.querySelectorAll(".sb-docs-shown img, .sb-docs img")].filter(
                one => !one.getAttribute("width") || !one.getAttribute("height")
                  || one.loading !== "lazy").length,
              tables: document.querySelectorAll(".sb-excerpt table.sb-sheet tbody tr").length,
            })"""
        )
        assert found.pop("tables") > 10 or address != TABLES
        assert set(found.values()) == {0}, (address, found)


def test_every_picture_arrives(page: Page, base: str) -> None:
    for address in (PAPERS, TABLES, REST):
        page.goto(base + address)
        sources = page.evaluate(
            "[...document.querySelectorAll('article img')].map(one => one.currentSrc || one.src)"
        )
        assert sources
        for source in set(sources):
            answer = page.request.get(source)
            assert answer.status == 200
            assert answer.headers["content-type"] == "image/webp"


def test_folded_documents_load_no_pictures(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(base + PAPERS)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "page-" in url]


def test_a_page_of_words_is_light(built: Built) -> None:
    ours = sum((built.folder / name).stat().st_size for name in ("sb/sb.css", "sb/sb.js"))
    text = (built.folder / "2024/tc/1.1.html").read_text("utf-8")
    page = text[text.index("<article") : text.index("</article>")]
    assert ours + len(page.encode()) <= LIGHT


def _printed(page: Page) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [each.get_textpage().get_text_bounded() for each in document]


def test_a_leaf_on_paper_tells_of_every_document(page: Page, base: str) -> None:
    page.goto(base + REST)
    text = "\n".join(_printed(page))
    for name in museum.EXHIBITS[museum.REST]:
        assert name in text
    page.goto(base + PAPERS)
    assert len(_printed(page)) <= 10


def test_a_long_paper_on_paper_has_its_pages(page: Page, base: str, built: Built) -> None:
    page.goto(base + _long(built, "bao-cao-dai"))
    page.pdf()
    loaded = page.evaluate(
        "[...document.querySelectorAll('.sb-page img')].filter(one => one.naturalWidth > 0).length"
    )
    assert loaded == 5


def test_names_of_files_stay_on_the_site(built: Built) -> None:
    """What a browser would run is inside an archive, under the name that it is given."""
    text = (built.folder / REST).read_text("utf-8")
    assert re.search(
        r'href="1\.2/trang-web-[0-9a-f]{8}\.zip" download="trang-web\.html\.zip"', text
    )
    names = [Path(each).suffix for each in re.findall(r'href="(1\.2/[^"#]+)"', text)]
    assert not {".html", ".svg"} & set(names)
