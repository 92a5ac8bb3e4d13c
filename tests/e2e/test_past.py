"""What changed since, and what is new to this reader: whole builds in a real browser."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.e2e.conftest import TINY, copy_of, git, program, served

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
NARROW: ViewportSize = {"width": 360, "height": 740}
PERIOD, SUMMARY, INDEX = "2024", "tong-hop.html", "chi-dan-minh-chung.html"
LEAF, OTHER, SAME = "1.1.2", "1.1.1", "1.2"
TAG = "nop/dot-1"
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""

MARKS = """() => Object.fromEntries(
  [...document.querySelectorAll("[data-sb-state]")].map((item) =>
    [item.dataset.sbLeaf, item.querySelector(".sb-seen-mark").textContent]))"""

ROOM = """() => {
  const bar = document.querySelector(".sb-seen");
  return bar.offsetHeight - parseFloat(getComputedStyle(bar).minHeight);
}"""


@dataclass(frozen=True)
class Sites:
    """The same commune before and after."""

    before: Path
    after: Path


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def build(root: Path, *arguments: str) -> Path:
    done = program(root, "build", "--today", "2024-12-20", *arguments)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    return root / "build" / "site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    base = tmp_path_factory.mktemp("past")
    root = copy_of(TINY, base / "xa")
    git(root, "tag", TAG)
    before = shutil.copytree(build(root), base / "before")
    (leaf,) = root.glob(f"evidence/*/*/{LEAF}-*")
    # One figure, one word, one file; elsewhere one file under another name.
    edit(leaf / "giai-trinh.md", ("da-hoan-thanh: 9", "da-hoan-thanh: 8"), ("9/10", "8/10"))
    (leaf / "anh-hop.jpg").write_bytes((leaf / "anh-hop.jpg").read_bytes() + b"\n")
    (other,) = root.glob(f"evidence/*/*/{OTHER}-*")
    (plan,) = other.glob("*.pdf")
    edit(other / "giai-trinh.md", (plan.name, "ke-hoach.pdf"))
    plan.rename(other / "ke-hoach.pdf")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Sua")
    return Sites(before=before, after=shutil.copytree(build(root, "--since", TAG), base / "after"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    # The sandbox cannot start as root, as which containers run.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=arguments)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="vi-VN")
    made.set_default_timeout(15_000)
    refused: list[str] = []
    # What a plain site lacks on file: is the offline edition's affair; refused is never right.
    made.on(
        "console",
        lambda said: refused.append(said.text) if "Content Security" in said.text else None,
    )
    yield made
    made.close()
    assert refused == []


@pytest.fixture(params=["served", "file"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder whose content may change, and its address."""
    folder = tmp_path / "site"
    folder.mkdir()
    if request.param == "file":
        yield folder, f"{folder.as_uri()}/"
    else:
        with served(folder) as address:
            yield folder, address


def put(site: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(site, folder)


def marks(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(MARKS)
    return found


def test_the_page_says_exactly_what_changed(context: BrowserContext, sites: Sites) -> None:
    with served(sites.after) as address:
        page = context.new_page()
        page.goto(f"{address}{PERIOD}/thay-doi.html")
        blocks = page.locator(".sb-change")
        assert blocks.count() == 2
        said = [" ".join(text.split()) for text in blocks.all_inner_texts()]
        assert said[0].startswith(f"{OTHER}. ")
        assert "ke-hoach.pdf" in said[0]
        assert said[1].startswith(f"{LEAF}. ")
        leaf = blocks.nth(1)
        moves = [" ".join(text.split()) for text in leaf.locator("dd").all_inner_texts()]
        assert [(move.split()[0], move.split()[-1]) for move in moves] == [
            ("3,60", "3,20"),
            ("9", "8"),
        ]
        assert leaf.locator("li").count() == 1
        assert "anh-hop.jpg" in leaf.locator("li").inner_text()
        assert leaf.locator("del").all_inner_texts() == ["9/10"]
        assert leaf.locator("ins").all_inner_texts() == ["8/10"]
        assert blocks.nth(0).locator("dd, ins, del").count() == 0
        assert blocks.nth(0).locator("li").count() == 1
        leaf.locator("h3 a").click()
        page.wait_for_url(f"**/tc/{LEAF}.html")
        expect(page.locator("#thay-doi")).to_be_visible()
        expect(page.locator(".sb-history li").first).to_be_visible()


def test_what_is_new_is_marked_until_it_was_seen(
    context: BrowserContext, sites: Sites, place: tuple[Path, str]
) -> None:
    folder, address = place
    put(sites.before, folder)
    page = context.new_page()
    summary = f"{address}{PERIOD}/{SUMMARY}"
    page.goto(summary)
    assert marks(page) == {}
    page.reload()
    assert marks(page) == {}
    moved = page.evaluate(SHIFTS)
    put(sites.after, folder)
    # A browser may take a page for fresh that it got a moment ago.
    page.reload()
    assert marks(page).keys() == {LEAF, OTHER}
    assert page.locator(".sb-seen [role=status]").inner_text().startswith("2 ")
    assert page.evaluate(SHIFTS) <= moved + 0.002
    page.goto(f"{address}{PERIOD}/{INDEX}")
    assert marks(page).keys() == {LEAF, OTHER}
    # Looking at the leaf is seeing it.
    page.goto(f"{address}{PERIOD}/tc/{LEAF}.html")
    assert page.locator(".sb-seen [role=status]").is_visible()
    page.goto(f"{address}{PERIOD}/tc/{SAME}.html")
    assert page.locator(".sb-seen [role=status]").count() == 0
    page.goto(summary)
    assert marks(page).keys() == {OTHER}
    # All of it, by keyboard.
    page.locator(".sb-seen button").focus()
    page.keyboard.press("Enter")
    assert marks(page) == {}
    assert page.evaluate("() => document.activeElement.className").startswith("sb-seen")
    page.reload()
    assert marks(page) == {}
    assert page.locator(".sb-seen button").count() == 0


def test_a_browser_that_remembers_nothing_shows_the_page(
    context: BrowserContext, sites: Sites
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    )
    with served(sites.after) as address:
        page = context.new_page()
        for name in (SUMMARY, INDEX, f"tc/{LEAF}.html"):
            page.goto(f"{address}{PERIOD}/{name}")
            assert marks(page) == {}
            assert page.locator("h1").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_about_the_past_are_sound(browser: Browser, sites: Sites, scheme: str) -> None:
    made = browser.new_context(
        locale="vi-VN",
        viewport=NARROW,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    with served(sites.before) as before, served(sites.after) as after:
        page = made.new_page()
        page.goto(f"{before}{PERIOD}/{SUMMARY}")
        stored = page.evaluate("() => ({...localStorage})")
        page.goto(f"{after}{PERIOD}/index.html")
        page.evaluate("(all) => Object.assign(localStorage, all)", stored)
        for name in (SUMMARY, "thay-doi.html", f"tc/{LEAF}.html"):
            page.goto(f"{after}{PERIOD}/{name}")
            width = page.evaluate("() => document.documentElement.scrollWidth")
            assert width <= NARROW["width"], name
            if folder := os.environ.get("SHOTS"):
                page.screenshot(path=f"{folder}/{scheme}-{Path(name).stem}.png", full_page=True)
            if name == SUMMARY:
                # What the script says fits into the room that was kept for it.
                assert page.locator(".sb-seen button").is_visible()
                assert page.evaluate(ROOM) <= 1
                continue  # the whole of it has tests of its own
            results = Axe().run(page, options={"resultTypes": ["violations"]})
            assert results.violations_count == 0, results.generate_report()
    made.close()
