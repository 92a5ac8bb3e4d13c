"""The copy that travels, opened from a folder with the network cut, in Chromium and in Firefox."""

import hashlib
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_builder.publishing.offline import LONGEST_PATH, MANIFEST, NOTES, REGISTER, SITE, START
from tests.browsers import chromium
from tests.e2e.conftest import TINY, copy_of, program
from tests.firefox import Firefox, firefox
from tests.firefox import program as firefox_program

pytestmark = [pytest.mark.browser, pytest.mark.engine]

ENGINES = ("mkdocs", "zensical")
RECIPIENT = "S\u1edf N\u1ed9i v\u1ee5 <b>&"
DAY = "15/01/2024"
QUERY = "thu tuc hanh chinh"
WANTED = "th\u1ee7 t\u1ee5c h\u00e0nh ch\u00ednh"
# As a stick, a desktop, a person would name it.
PLACE = "\u0110\u0129a USB (E) #1 100%"
PERIOD = "2023"
LEAF = f"{PERIOD}/tc/1.1.1.html"
OTHER_LEAF = f"{PERIOD}/tc/1.1.2.html"
NAME = "Nguy\u1ec5n V\u0103n A"


def hand_over(root: Path, *more: str) -> str:
    """Build a copy; what the program said."""
    given = ("build", "--offline", "--recipient", RECIPIENT, "--date", DAY, "--today", "2024-01-05")
    done = program(root, *given, *more)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return done.stderr


def the_zip(root: Path) -> Path:
    (found,) = (root / "build" / "offline").glob("*.zip")
    return found


@pytest.fixture(scope="module", params=ENGINES)
def copy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that somebody unpacked."""
    base = tmp_path_factory.mktemp(f"offline-{request.param}")
    root = copy_of("demo", base / "xa")
    hand_over(root, "--engine", request.param)
    archive = the_zip(root)
    shutil.unpack_archive(archive, base / PLACE)
    return base / PLACE / archive.stem


def address(copy: Path, path: str) -> str:
    return (copy / SITE / path).as_uri()


# --- Chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without network that must not even ask for it, nor complain."""
    made = browser.new_context(offline=True, locale="vi-VN")
    asked: list[str] = []
    complaints: list[str] = []
    made.on("request", lambda request: asked.append(request.url))
    # What a page was still loading when it was left is no fault.
    made.on(
        "requestfailed",
        lambda request: (
            complaints.append(f"{request.url}: {request.failure}")
            if request.failure != "net::ERR_ABORTED"
            else None
        ),
    )
    made.on("weberror", lambda error: complaints.append(str(error.error)))
    made.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    made.route(
        "**/*", lambda route: route.abort() if _outside(route.request.url) else route.continue_()
    )
    yield made
    made.close()
    assert asked
    assert [url for url in asked if _outside(url)] == []
    assert complaints == []


def _outside(url: str) -> bool:
    return not url.startswith(("file:", "data:", "blob:", "about:"))


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def test_the_page_to_open_leads_to_the_first_page(page: Page, copy: Path) -> None:
    page.goto((copy / START).as_uri())
    page.wait_for_url(f"**/{SITE}/{PERIOD}/index.html")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".sb-handed")).to_contain_text(f"{RECIPIENT}, ng\u00e0y {DAY}")


def test_the_search_box_of_the_theme_finds(page: Page, copy: Path) -> None:
    page.goto(address(copy, LEAF))
    page.wait_for_load_state("load")
    page.keyboard.press("/")
    if is_material(copy):
        page.locator(".md-search__input").press_sequentially(QUERY)
        found = page.locator(".md-search-result__item a")
    else:
        page.get_by_role("dialog").get_by_role("combobox").fill(QUERY)
        found = page.get_by_role("dialog").locator("a[href]")
    found = found.filter(has_text=re.compile(WANTED, re.IGNORECASE))
    expect(found.first).to_be_visible(timeout=20_000)
    found.first.click()
    page.wait_for_url("**/*.html?h=*")
    expect(page.locator(".sb-handed")).to_be_visible()


def is_material(copy: Path) -> bool:
    """Each engine has its own search box."""
    return (copy / SITE / "search").is_dir()


def test_our_search_finds_and_shows_the_text_around(page: Page, copy: Path) -> None:
    page.goto(address(copy, f"{PERIOD}/tim-kiem.html"))
    page.locator("form[data-sb-index] input[name=q]").fill(QUERY)
    first = page.locator("#tim-ket-qua li").first
    expect(first.locator("mark").first).to_be_visible(timeout=20_000)
    with page.expect_navigation():
        first.locator("a").first.click()
    expect(page.locator(".sb-handed")).to_be_visible()


def test_previews_are_seen_and_originals_lie_beside(page: Page, copy: Path) -> None:
    page.goto(address(copy, LEAF))
    pictures = page.locator("main img")
    assert pictures.count() > 0
    for number in range(pictures.count()):
        picture = pictures.nth(number)
        if picture.is_visible():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)  # noqa: FBT003 - a value
            assert picture.evaluate("image => image.naturalWidth") > 0
    originals = page.locator("a[download]")
    assert originals.count() > 0
    for number in range(originals.count()):
        one = originals.nth(number)
        target = one.evaluate("link => link.href")
        assert target.isascii()
        name = one.get_attribute("download")
        assert name
        assert (copy / SITE / LEAF).parent.joinpath(one.get_attribute("href") or "").is_file()


def test_a_verdict_is_kept_from_page_to_page(context: BrowserContext, copy: Path) -> None:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address(copy, f"{PERIOD}/tham-dinh.html"))
    page.locator("#sb-v-who").fill(NAME)
    page.locator("#sb-v-who").blur()
    page.goto(address(copy, LEAF))
    page.locator(".sb-verdict input[value=dat]").check()
    page.reload()
    expect(page.locator(".sb-verdict input[value=dat]")).to_be_checked()
    # The list reads it too: a browser that kept a store per file would lose it here.
    page.goto(address(copy, f"{PERIOD}/tham-dinh.html"))
    expect(page.locator("#v-1\\.1\\.1 .sb-v-mine .sb-badge--good")).to_be_visible()


def test_what_was_seen_is_remembered(context: BrowserContext, copy: Path) -> None:
    page = context.new_page()
    page.goto(address(copy, LEAF))
    page.goto(address(copy, OTHER_LEAF))
    kept = page.evaluate(
        "() => Object.entries(localStorage).filter(([k]) => k.startsWith('sb-seen'))"
        ".map(([, v]) => Object.keys(JSON.parse(v).leaves)).flat()"
    )
    assert {"1.1.1", "1.1.2"} <= set(kept)


# --- Firefox


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    if firefox_program() is None:
        pytest.skip("no Firefox on this machine")
    with firefox(tmp_path_factory.mktemp("firefox")) as started:
        yield started


def _settle(fox: Firefox) -> None:
    """Everything that the page loaded came out of the folder."""
    loaded = fox.run("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert [url for url in loaded if _outside(url)] == []


def test_firefox_opens_the_first_page(fox: Firefox, copy: Path) -> None:
    fox.open((copy / START).as_uri())
    fox.until("return location.href.endsWith(arguments[0])", f"/{SITE}/{PERIOD}/index.html")
    said = fox.until("return document.querySelector('.sb-handed')?.innerText")
    assert RECIPIENT in said
    _settle(fox)


# Zensical keeps its box in a tree of its own below the page's.
LINKS = """
  const trees = (tree) => [tree, ...[...tree.querySelectorAll("*")]
    .flatMap((each) => (each.shadowRoot ? trees(each.shadowRoot) : []))];
  return trees(document)
    .flatMap((tree) => [...tree.querySelectorAll("a")])
    .filter((each) => each.closest(".md-search") || each.getRootNode() !== document)
    .some((each) => each.textContent.toLowerCase().includes(arguments[0]));
"""


def test_the_search_box_of_the_theme_finds_in_firefox(fox: Firefox, copy: Path) -> None:
    fox.open(address(copy, LEAF))
    fox.until("return document.readyState === 'complete'")
    fox.press("/")
    fox.until("return document.activeElement !== document.body")
    fox.press(QUERY)
    fox.until(LINKS, WANTED)
    _settle(fox)


def test_our_search_finds_in_firefox(fox: Firefox, copy: Path) -> None:
    fox.open(address(copy, f"{PERIOD}/tim-kiem.html"))
    fox.type("form[data-sb-index] input[name=q]", QUERY)
    fox.until("return document.querySelectorAll('#tim-ket-qua mark').length")
    _settle(fox)


def test_previews_are_seen_in_firefox(fox: Firefox, copy: Path) -> None:
    fox.open(address(copy, LEAF))
    fox.run("for (const i of document.querySelectorAll('main img')) i.loading = 'eager';")
    fox.until(
        "const all = [...document.querySelectorAll('main img')];"
        "return all.length && all.every((each) => each.complete && each.naturalWidth)"
    )
    _settle(fox)


def test_a_verdict_is_kept_in_firefox(fox: Firefox, copy: Path) -> None:
    fox.open(address(copy, f"{PERIOD}/tham-dinh.html"))
    fox.run("localStorage.clear()")
    fox.open(address(copy, f"{PERIOD}/tham-dinh.html"))
    fox.type("#sb-v-who", NAME + "\t")
    fox.open(address(copy, LEAF))
    fox.run("document.querySelector('.sb-verdict input[value=dat]').click()")
    fox.open(address(copy, LEAF))
    assert fox.until("return document.querySelector('.sb-verdict input:checked')?.value") == "dat"
    fox.open(address(copy, f"{PERIOD}/tham-dinh.html"))
    fox.until("return document.querySelector('#v-1\\\\.1\\\\.1 .sb-v-mine .sb-badge--good')")
    # Pages opened from a folder warn before they are left while something is not handed on.
    fox.run("localStorage.clear()")


# --- the folder itself


def test_every_page_says_for_whom_it_is(copy: Path) -> None:
    said = b"S\xe1\xbb\x9f N\xe1\xbb\x99i v\xe1\xbb\xa5 &lt;b&gt;&amp;, ng\xc3\xa0y 15/01/2024"
    pages = sorted(copy.rglob("*.html"))
    assert len(pages) > 100
    assert [page for page in pages if said not in page.read_bytes()] == []


def test_paths_are_plain_and_short(copy: Path) -> None:
    paths = [path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()]
    assert all(path.isascii() for path in paths)
    assert max(map(len, paths)) <= LONGEST_PATH
    assert sorted(path.name for path in copy.iterdir()) == [NOTES, START, MANIFEST, SITE]


def test_the_manifest_holds(copy: Path) -> None:
    lines = (copy / MANIFEST).read_text("ascii").splitlines()
    assert len(lines) == sum(path.is_file() for path in copy.rglob("*")) - 1
    for line in lines:
        assert hashlib.sha256((copy / line[66:]).read_bytes()).hexdigest() == line[:64]


# --- the command


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(TINY, tmp_path_factory.mktemp("tiny") / "xa")


@pytest.fixture(scope="module")
def handed(tiny: Path) -> Path:
    hand_over(tiny)
    return the_zip(tiny)


def test_a_second_build_gives_the_same_bytes(tiny: Path, handed: Path) -> None:
    before = handed.read_bytes()
    said = hand_over(tiny)
    assert handed.read_bytes() == before
    digest = hashlib.sha256(before).hexdigest()
    assert digest in said
    rows = (handed.parent / REGISTER).read_text("utf-8-sig").splitlines()
    assert [row.rpartition(",")[2] for row in rows[1:]] == [digest, digest]
    # It is the copy for assessors, and no site of any edition was touched.
    assert sorted(os.listdir(tiny / "build")) == ["offline", "stage"]  # noqa: PTH208 - names


def test_originals_can_stay_behind(tiny: Path, handed: Path) -> None:
    with zipfile.ZipFile(handed) as archive:
        whole = {name for name in archive.namelist() if _is_original(name)}
    assert whole
    hand_over(tiny, "--without-originals", "--recipient", "Other")
    (found,) = (path for path in handed.parent.glob("*other*.zip"))
    with zipfile.ZipFile(found) as archive:
        names = archive.namelist()
        page = next(name for name in names if name.endswith("tc/1.1.1.html"))
        text = archive.read(page).decode()
    assert [name for name in names if _is_original(name)] == []
    assert [name for name in names if "/xem/" in name]
    # In the notice of every page, and beside each file.
    assert text.count("kh\u00f4ng k\u00e8m t\u1ec7p g\u1ed1c") >= 2


def _is_original(name: str) -> bool:
    """Below the folder of a criterion lie its files and nothing else."""
    return name.partition("/tc/")[2].count("/") == 1


@pytest.mark.parametrize(
    "given",
    [
        ("--recipient", "A"),
        ("--date", DAY),
        ("--without-originals",),
        ("--offline", "--edition", "public"),
        ("--offline", "--recipient", "A" * 200),
    ],
)
def test_options_that_do_not_go_together_are_refused(tiny: Path, given: tuple[str, ...]) -> None:
    done = program(tiny, "build", *given)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert not done.stdout
