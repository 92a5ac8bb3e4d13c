"""The demonstration site in a real browser, as a static host serves it."""

import os
import queue
import re
import shutil
import threading
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from site_builder.publishing.serve import serve
from tests.e2e.conftest import Built, served

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ENGINES = ("mkdocs", "zensical")
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
# Kind of page and where the demonstration has one, relative to its period.
KINDS = (
    "index.html",
    "tong-hop.html",
    "chi-dan-minh-chung.html",
    "so-tai-lieu.html",
    "tien-do.html",
    "viec-can-lam.html",
    "danh-muc-kiem-tra.html",
    "huong-dan.html",
    "bo-tieu-chi.html",
    "tc/1.html",
    "tc/1.1.html",
    "tc/1.1.1.html",
)
# "thu tuc hanh chinh" with every mark that belongs to it.
FULL = "th\u1ee7 t\u1ee5c h\u00e0nh ch\u00ednh"
BARE = "thu tuc hanh chinh"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    # The sandbox cannot start as root, as which containers run.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


class Watch:
    """Everything a page asked for and complained about."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base = base
        self.requests: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on(
            "console",
            lambda message: (
                self.complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on(
            "response",
            lambda response: (
                self.complaints.append(f"{response.status} {response.url}")
                if response.status >= 400
                else None
            ),
        )

    def settle(self) -> None:
        """Nothing was refused, nothing failed, nothing went to a third party."""
        assert self.complaints == []
        ours = (self.base, "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(ours)] == []


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def built(site: Callable[[str, str], Built], engine: str) -> Built:
    return site("demo", engine)


@pytest.fixture(scope="module")
def base(built: Built) -> Iterator[str]:
    with served(built.folder) as address:
        yield address


@pytest.fixture(scope="module")
def period(built: Built) -> str:
    return next(built.folder.glob("*/index.html")).parent.name


@pytest.fixture(scope="module")
def start(base: str, period: str) -> str:
    return f"{base}{period}/index.html"


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
    watch.settle()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def _address(link: Locator, page: Page) -> str:
    return urljoin(page.url, link.get_attribute("href") or "")


def _first_document(folder: Path) -> tuple[str, str]:
    """A leaf's address and the link on it that opens a document of evidence."""
    for path in sorted(folder.glob("*/tc/*.html")):
        text = path.read_text("utf-8")
        link = re.search(rf'href="({re.escape(path.stem)}/[^"#]+-[0-9a-f]{{8}}\.[a-z0-9]+)"', text)
        if link:
            return path.relative_to(folder).as_posix(), link[1]
    raise AssertionError("no leaf of the demonstration has a document")


def test_from_the_start_to_a_document(page: Page, base: str, built: Built) -> None:
    leaf, document = _first_document(built.folder)
    field, criterion = leaf.rpartition("/")[2].split(".")[0], leaf.rpartition("/")[2]
    page.goto(base)
    page.wait_for_url(f"{base}*/index.html")
    content = page.locator("article")
    content.locator(f'a[href="tc/{field}.html"]').first.click()
    page.wait_for_url(f"**/tc/{field}.html")
    expect(page.locator("h1")).to_be_visible()
    content.locator(f'a[href="{criterion}"]').first.click()
    page.wait_for_url(f"**/{leaf}")
    link = content.locator(f'a[href="{document}"]').first
    expect(link).to_be_visible()
    answer = page.request.get(_address(link, page))
    assert answer.status == 200
    assert len(answer.body()) > 0


def test_every_document_opens(page: Page, base: str, built: Built) -> None:
    documents = [path for path in built.folder.glob("*/tc/*/*") if path.is_file()]
    assert documents
    for path in documents:
        address = path.relative_to(built.folder).as_posix()
        assert address.isascii()
        assert page.request.get(base + address).status == 200


def _tab_to(page: Page, link: str) -> None:
    """Press Tab until the link has the focus; every stop on the way can be seen."""
    for _ in range(250):
        page.keyboard.press("Tab")
        href, seen = page.evaluate(
            """() => {
              const one = document.activeElement, box = one.getBoundingClientRect();
              const style = getComputedStyle(one);
              return [one.closest("article") && one.getAttribute("href"),
                      one === document.body || box.width * box.height > 0
                      && (style.outlineStyle !== "none" || style.boxShadow !== "none")];
            }"""
        )
        if href == link:
            assert seen, link
            return
    raise AssertionError(f"no way to {link} by keyboard")


def test_by_keyboard_alone(page: Page, start: str, built: Built) -> None:
    leaf, document = _first_document(built.folder)
    name = leaf.rpartition("/")[2]
    page.goto(start)
    # The first stop is the way past the navigation.
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    _tab_to(page, f"tc/{name.partition('.')[0]}.html")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tc/{name.partition('.')[0]}.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{leaf}")
    _tab_to(page, document)


def _results(page: Page, engine: str, query: str) -> list[str]:
    """Addresses that the search box offers for a query."""
    page.keyboard.press("/")
    if engine == "mkdocs":
        # Material listens to keys, not to what is put into the box at once.
        page.locator(".md-search__input").press_sequentially(query)
        results = page.locator(".md-search-result__item a.md-search-result__link")
    else:
        page.get_by_role("dialog").get_by_role("combobox").fill(query)
        results = page.get_by_role("dialog").locator("a[href]")
    expect(results.first).to_be_visible()
    links = results.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [urljoin(page.url, link) for link in links]


@pytest.mark.parametrize("query", [FULL, BARE, unicodedata.normalize("NFD", FULL), BARE.upper()])
def test_the_search_box_finds_it_however_it_is_typed(
    page: Page, start: str, engine: str, query: str
) -> None:
    page.goto(start)
    page.wait_for_load_state("networkidle")
    first = _results(page, engine, query)[0].partition("?")[0].partition("#")[0]
    text = unicodedata.normalize("NFC", page.request.get(first).text())
    assert FULL in text.lower()


def test_the_number_of_a_criterion_leads_to_its_page(page: Page, start: str, engine: str) -> None:
    page.goto(start)
    page.wait_for_load_state("networkidle")
    assert "/tc/1.1.2.html" in _results(page, engine, "1.1.2")[0]


@pytest.mark.parametrize("context", [{"viewport": NARROW}], indirect=True)
@pytest.mark.parametrize("kind", KINDS)
def test_a_narrow_screen_needs_no_sideways_scrolling(
    page: Page, base: str, period: str, kind: str
) -> None:
    page.goto(f"{base}{period}/{kind}")
    wide = page.evaluate(
        """() => [...document.querySelectorAll("article *")]
          .filter(one => one.getBoundingClientRect().right > innerWidth + 1
                         && !one.closest("[tabindex='0'], .md-typeset__scrollwrap"))
          .slice(0, 5).map(one => one.outerHTML.slice(0, 120))"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], wide


@pytest.mark.parametrize("width", [320, 360, 768, 960, 1440])
def test_no_words_below_the_scale_overlap(page: Page, base: str, period: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{base}{period}/index.html")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll(".sb-mark-text, .sb-mark-at")]
          .map(one => one.getBoundingClientRect())
          .map(({left, right, top, bottom}) => [left, right, top, bottom])"""
    )
    assert boxes
    for place, (left, right, top, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= width
        for other in boxes[place + 1 :]:
            apart = left >= other[1] or other[0] >= right
            # Lines of text touch by a fraction of a pixel.
            assert apart or top >= other[3] - 1 or other[2] >= bottom - 1


def test_the_palette_is_switched_and_remembered(page: Page, base: str, period: str) -> None:
    page.goto(f"{base}{period}/index.html")
    body = page.locator("body")
    assert body.get_attribute("data-md-color-scheme") == "default"
    for _ in range(2):
        page.locator('form[data-md-component="palette"] label:not([hidden])').click()
    assert body.get_attribute("data-md-color-scheme") == "slate"
    page.goto(f"{base}{period}/tc/1.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


@pytest.mark.parametrize("context", [{"color_scheme": "dark"}], indirect=True)
def test_a_dark_device_gets_dark_pages(page: Page, base: str, period: str) -> None:
    page.goto(f"{base}{period}/index.html")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


@pytest.mark.parametrize(
    "context", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True, ids=str
)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, base: str, period: str, kind: str) -> None:
    page.goto(f"{base}{period}/{kind}")
    found = Axe().run(page).response["violations"]
    assert [
        (one["id"], node["target"], node["html"][:160], node["failureSummary"])
        for one in found
        for node in one["nodes"][:3]
    ] == []


@pytest.mark.parametrize("name", ["404.html"])
def test_the_page_for_wrong_addresses(page: Page, base: str, name: str) -> None:
    page.goto(base + name)
    assert page.locator("html").get_attribute("lang") == "vi"
    assert Axe().run(page).response["violations"] == []


def test_pages_work_from_a_usb_stick(browser: Browser, built: Built, period: str) -> None:
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto((built.folder / "index.html").as_uri())
    page.wait_for_url(f"**/{period}/index.html")
    # The style sheets were not refused by the policy.
    assert page.locator(".md-header").evaluate("one => getComputedStyle(one).position") == "sticky"
    page.locator('article a[href="tc/1.html"]').first.click()
    page.wait_for_url("**/tc/1.html")
    context.close()


def test_the_preview_reloads_an_open_page(
    browser: Browser, built: Built, period: str, tmp_path: Path
) -> None:
    """The reload script runs under the pages' own policy."""
    shutil.copytree(built.folder, tmp_path / "build/site")
    ready: queue.Queue[str] = queue.Queue()
    change: queue.Queue[None] = queue.Queue()
    stop = threading.Event()

    def say(_key: str, /, **params: object) -> None:
        if "address" in params:
            ready.put(str(params["address"]))

    def watching(_root: Path, changed: "queue.Queue[None]", _stop: threading.Event) -> None:
        change.get()
        changed.put(None)

    thread = threading.Thread(
        target=lambda: serve(tmp_path, lambda: 0, say, port=8400, stop=stop, watching=watching)
    )
    thread.start()
    context = browser.new_context()
    try:
        address = ready.get(timeout=30)
        watch = Watch(context, address)
        page = context.new_page()
        page.goto(f"{address}{period}/index.html")
        page.wait_for_load_state("networkidle")
        page.evaluate("window.before = 1")
        with page.expect_navigation():
            change.put(None)
        assert page.evaluate("window.before") is None
        watch.settle()
    finally:
        context.close()
        stop.set()
        thread.join(30)


def test_a_script_from_a_text_does_not_run(browser: Browser, built: Built, period: str) -> None:
    """The last wall: whatever got into a page, the policy keeps it from running or loading."""
    planted = (
        "<script>window.ran = 1</script>"
        "<img src=x onerror='window.ran = 1'>"
        "<img src='https://tracker.example/x.png'>"
    )
    source = (built.folder / period / "index.html").read_text("utf-8")
    target = built.folder / period / "planted-for-a-test.html"
    target.write_text(source.replace("</article>", f"{planted}</article>", 1), "utf-8")
    try:
        with served(built.folder) as address:
            context = browser.new_context()
            refused: list[str] = []
            sent: list[str] = []
            context.on("console", lambda message: refused.append(message.text))
            context.on("requestfinished", lambda request: sent.append(request.url))
            page = context.new_page()
            page.goto(f"{address}{period}/planted-for-a-test.html")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("window.ran") is None
            assert len([text for text in refused if "Content Security Policy" in text]) >= 3
            assert not [url for url in sent if "tracker.example" in url]
            context.close()
    finally:
        target.unlink()
