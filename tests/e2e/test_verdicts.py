"""Verdicts all the way: marked in a browser, handed on as a file, imported, shown; never public."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import firefox
from tests.e2e.conftest import TINY, build, copy_of, git, program, served

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ROUNDS = """
  rounds:
    - {id: tu-cham, title: "Self"}
    - {id: tham-dinh, title: "Appraisal"}
"""
NAME = "Nguy\u1ec5n V\u0103n A"
SLUG = "nguyen-van-a"
DAY = "2024-12-20"
PERIOD = "2024"
# Leaf, decision, points, words.
MARKS = (
    ("1.1.1", "dat", "", ""),
    ("1.1.2", "cham-lai", "0,25", "L\u00fd do \u201c1\u201d: thi\u1ebfu \u1ea3nh"),
    ("1.2", "bo-sung", "", "B\u1ea3n k\u00fd"),
)
# What only the pages for verdicts hold.
TRACES = (b"sb-verdict", b"tham-dinh.html", b"phieu-tham-dinh", b"data-digest", NAME.encode())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_of(TINY, tmp_path_factory.mktemp("verdicts") / "xa")
    unit = root / "unit.yml"
    text = unit.read_text("utf-8")
    place = re.search(r"\n  self_scoring:.*\n", text)
    assert place
    unit.write_text(text[: place.end() - 1] + ROUNDS + text[place.end() :], "utf-8")
    git(root, "commit", "-qam", "Rounds")
    return root


@pytest.fixture(scope="module")
def site(commune: Path) -> Path:
    return build(commune, "mkdocs", "assessor")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(accept_downloads=True, locale="vi-VN")
    # A dialog of the system cannot be answered here.
    context.add_init_script("delete window.showSaveFilePicker")
    made = context.new_page()
    complaints: list[str] = []
    # From a folder the theme's own search complains; the offline edition is what mends that.
    context.on(
        "weberror",
        lambda error: (
            complaints.append(str(error.error))
            if "/search/search_index.js" not in str(error.error)
            else None
        ),
    )
    made.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and not made.url.startswith("file:")
            else None
        ),
    )
    yield made
    assert complaints == []
    context.close()


def introduce(page: Page, base: str) -> None:
    page.goto(f"{base}{PERIOD}/tham-dinh.html")
    page.locator("#sb-v-who").fill(NAME)
    page.locator("#sb-v-who").blur()
    expect(page.locator("#sb-v-round")).to_have_value("tham-dinh")


def mark(page: Page, base: str, what: tuple[str, str, str, str]) -> None:
    leaf, decision, points, words = what
    page.goto(f"{base}{PERIOD}/tc/{leaf}.html")
    box = page.locator(".sb-verdict")
    box.locator(f"input[value={decision}]").check()
    if points:
        box.locator("input[type=text]").fill(points)
    if words:
        box.locator("textarea:visible").first.fill(words)
    expect(box.locator("legend .sb-badge--good")).to_be_visible()


def mark_all(page: Page, base: str) -> None:
    introduce(page, base)
    for each in MARKS:
        mark(page, base, each)


def test_the_round_trip(page: Page, commune: Path, site: Path, tmp_path: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    commune = Path(shutil.copytree(commune, tmp_path / "xa"))
    with served(site) as base:
        mark_all(page, base)
        page.reload()
        assert page.locator(".sb-verdict input:checked").get_attribute("value") == "bo-sung"
        page.goto(f"{base}{PERIOD}/tham-dinh.html")
        assert page.locator(".sb-v-mine .sb-badge--good").count() == len(MARKS)
        expect(page.locator("#v-1\\.1\\.2 .sb-v-mine")).to_contain_text("0,25")
        with page.expect_download() as download:
            page.locator(".sb-v-button--first").click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
    assert file.name == f"tham-dinh-2024-tham-dinh-{SLUG}.yml"
    before = _bytes(commune / "evidence")

    done = program(commune, "import-verdicts", str(file))
    assert done.returncode == 0, done.stderr
    kept = commune / "records" / "verdicts" / "tham-dinh" / f"{SLUG}.yml"
    assert NAME in kept.read_text("utf-8")
    assert _bytes(commune / "evidence") == before
    again = program(commune, "import-verdicts", str(file))
    assert again.returncode == 0, again.stderr

    shown = build(commune, "mkdocs", "assessor")
    leaf = (shown / PERIOD / "tc" / "1.1.2.html").read_text("utf-8")
    assert "0,25" in leaf
    assert NAME in leaf
    with served(shown) as base:
        page.goto(f"{base}{PERIOD}/tc/1.1.2.html")
        expect(page.locator(".sb-v-round")).to_contain_text("0,25")
        page.goto(f"{base}{PERIOD}/tham-dinh.html")
        expect(page.locator("#v-1\\.1\\.2")).to_contain_text("0,25")

    public = build(commune, "mkdocs", "public")
    found = {
        (path.relative_to(public).as_posix(), trace)
        for path in public.rglob("*")
        if path.is_file()
        for trace in TRACES
        if trace in path.read_bytes() or trace in path.name.encode()
    }
    assert found == set()


def test_it_warns_before_leaving_and_not_between_pages(page: Page, site: Path) -> None:
    asked: list[str] = []

    def answer(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]

    page.on("dialog", answer)
    with served(site) as base:
        introduce(page, base)
        page.goto("about:blank")
        assert asked == []
        mark(page, base, MARKS[0])
        page.locator(".sb-leaves a").first.click()
        page.wait_for_load_state()
        assert asked == []
        page.locator(".sb-verdict input:not([disabled])").first.check()
        page.goto("about:blank")
        assert asked == ["beforeunload"]


def test_an_exported_file_can_be_loaded_elsewhere(
    page: Page, browser: Browser, site: Path, tmp_path: Path
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    file = tmp_path / "a.yml"
    with served(site) as base:
        mark_all(page, base)
        page.goto(f"{base}{PERIOD}/tham-dinh.html")
        with page.expect_download() as download:
            page.locator(".sb-v-button--first").click()
        download.value.save_as(file)
        other = browser.new_page()
        other.goto(f"{base}{PERIOD}/tham-dinh.html")
        other.locator("input[type=file]").set_input_files(file)
        expect(other.locator(".sb-v-mine .sb-badge--good")).to_have_count(len(MARKS))
        assert other.locator("#sb-v-who").input_value() == NAME
        other.locator("input[type=file]").set_input_files(
            {"name": "x.yml", "mimeType": "text/plain", "buffer": b"no verdicts"}
        )
        expect(other.locator(".sb-v-desk > .sb-v-status")).not_to_be_empty()
        other.close()


def test_a_changed_leaf_is_flagged(page: Page, site: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    with served(site) as base:
        introduce(page, base)
        mark(page, base, MARKS[0])
        page.evaluate(
            """() => { for (const key of Object.keys(localStorage)) {
              const kept = JSON.parse(localStorage[key]);
              if (kept.marks) kept.marks["1.1.1"].g = "0".repeat(64);
              localStorage[key] = JSON.stringify(kept); } }"""
        )
        page.reload()
        box = page.locator(".sb-verdict")
        expect(box.locator("legend .sb-badge--warn")).to_be_visible()
        box.locator(".sb-warn button").click()
        expect(box.locator("legend .sb-badge--good")).to_be_visible()


def test_points_out_of_range_and_missing_reasons_are_not_exported(page: Page, site: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    with served(site) as base:
        introduce(page, base)
        page.goto(f"{base}{PERIOD}/tc/1.1.1.html")
        box = page.locator(".sb-verdict")
        box.locator("input[value=cham-lai]").check()
        points = box.locator("input[type=text]")
        for typed in ("99", "-1", "abc", "0,12345"):
            points.fill(typed)
            expect(points).to_have_attribute("aria-invalid", "true")
        points.fill("0,5")
        expect(points).to_have_attribute("aria-invalid", "false")
        expect(box.locator("legend .sb-badge--warn")).to_be_visible()
        page.goto(f"{base}{PERIOD}/tham-dinh.html")
        page.locator(".sb-v-button--first").click()
        expect(page.locator(".sb-v-desk > .sb-v-status")).to_contain_text("1.1.1")


def test_the_keyboard_is_enough(page: Page, site: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    with served(site) as base:
        page.goto(f"{base}{PERIOD}/tham-dinh.html")
        page.locator("#sb-v-who").focus()
        page.keyboard.type(NAME)
        page.keyboard.press("Tab")
        page.goto(f"{base}{PERIOD}/tc/1.1.1.html")
        box = page.locator(".sb-verdict")
        box.locator("input").first.focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.type("0,5")
        page.keyboard.press("Tab")
        page.keyboard.type("because")
        expect(box.locator("legend .sb-badge--good")).to_be_visible()
        expect(box.locator("[role=status]")).not_to_be_empty()


def test_who_only_reads_loads_no_desk(page: Page, site: Path) -> None:
    with served(site) as base:
        page.set_viewport_size({"width": 800, "height": 300})
        page.goto(f"{base}{PERIOD}/tc/1.1.1.html")
        page.wait_for_timeout(300)
        assert page.locator("script[src*=verdict-desk]").count() == 0
        page.locator("[data-sb-verdict]").scroll_into_view_if_needed()
        expect(page.locator("#sb-v-who")).to_be_visible()


def test_filters_and_the_form_in_the_list(page: Page, site: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    with served(site) as base:
        introduce(page, base)
        for each in MARKS[1:]:
            mark(page, base, each)
        page.goto(f"{base}{PERIOD}/tham-dinh.html")
        rows = page.locator(".sb-v-list tbody tr[data-leaf]:visible")
        for value, count in (("none", 1), ("differs", 1), ("more", 1), ("stale", 0), ("all", 3)):
            page.locator(f".sb-v-filters input[value={value}]").check()
            expect(rows).to_have_count(count)
        page.locator("#v-1\\.1\\.1 .sb-v-button").click()
        page.locator(".sb-v-inline input[value=dat]").check()
        expect(page.locator("#v-1\\.1\\.1 .sb-v-mine .sb-badge--good")).to_be_visible()


def test_it_works_from_a_folder(page: Page, site: Path) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    base = f"{site.as_uri()}/"
    mark_all(page, base)
    page.goto(f"{base}{PERIOD}/tham-dinh.html")
    expect(page.locator(".sb-v-mine .sb-badge--good")).to_have_count(len(MARKS))


@pytest.mark.skipif(firefox.program() is None, reason="no Firefox on this machine")
def test_it_works_from_a_folder_in_firefox(site: Path, tmp_path: Path) -> None:
    base = f"{site.as_uri()}/{PERIOD}/"
    home = tmp_path / "firefox"
    home.mkdir()
    with firefox.firefox(home) as window:
        window.open(f"{base}tham-dinh.html")
        window.until("return document.querySelector('#sb-v-who')")
        window.type("#sb-v-who", NAME)
        window.run("document.activeElement.blur()")
        window.open(f"{base}tc/1.1.2.html")
        window.until("return document.querySelector('.sb-verdict input[value=cham-lai]')")
        window.run("document.querySelector('.sb-verdict input[value=cham-lai]').click()")
        window.type(".sb-verdict input[type=text]", "0,25")
        window.type(".sb-verdict textarea", "because")
        window.open(f"{base}tham-dinh.html")
        window.until("return document.querySelector('.sb-v-mine .sb-badge--good')")
        file = window.run(
            """const make = URL.createObjectURL;
            let kept = null;
            URL.createObjectURL = (blob) => { kept = blob; return make.call(URL, blob); };
            document.querySelector(".sb-v-button--first").click();
            return new Promise((done) => setTimeout(() => kept.text().then(done), 500));"""
        )
    assert '"0,25"' in file
    assert NAME in file


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_accessible_and_fit(page: Page, site: Path, width: int) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    page.set_viewport_size({"width": width, "height": 800})
    with served(site) as base:
        mark_all(page, base)
        for name in ("tham-dinh.html", "phieu-tham-dinh-1.html", "tc/1.1.2.html"):
            page.goto(f"{base}{PERIOD}/{name}")
            if name == "tham-dinh.html":
                page.locator("#v-1\\.1\\.1 .sb-v-button").click()
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            if name != "phieu-tham-dinh-1.html":
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, name


def test_without_scripts_another_way_is_named(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with served(site) as base:
        page.goto(f"{base}{PERIOD}/tc/1.1.1.html")
        expect(page.locator("[data-sb-without]")).to_be_visible()
        expect(page.locator(".sb-verdict a")).to_have_attribute("href", re.compile("phieu-giay"))
    context.close()


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
