"""Every page of every edition in a real browser: nothing is asked of others, nothing is refused.

As a static host serves it, and as it opens from a stick.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.conftest import build, copy_of, git, served
from tests.e2e.planted import Words, docx_file, jpeg_file, pdf_file, png_file, xlsx_file

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
EDITIONS = ("working", "assessor", "public")
LEAF = "evidence/1-cai-cach-hanh-chinh/1.1-chi-dao-dieu-hanh/1.1.1-thoi-han-ban-hanh-ke-hoach"
OURS = ("data", "blob", "about")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    # The sandbox cannot start as root, as which containers run.
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A commune with a public file of every kind that has a preview."""
    root = copy_of("nho", tmp_path_factory.mktemp("asked") / "root")
    words = Words(1)
    made = {
        "a.pdf": pdf_file(words, notes=False),
        "b.docx": docx_file(words, notes=False),
        "c.xlsx": xlsx_file(words, notes=False),
        "d.jpg": jpeg_file(words),
        "e.png": png_file(words),
    }
    for name, data in made.items():
        (root / LEAF / name).write_bytes(data)
    path = root / LEAF / "giai-trinh.md"
    listed = "".join(f"  - {{tep: {name}, cong_khai: true}}\n" for name in made)
    path.write_text(path.read_text("utf-8").replace("\n---\n", f"\n{listed}---\n", 1), "utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return root


@pytest.fixture(scope="module")
def edition(root: Path) -> Callable[[str, str], Path]:
    built: dict[tuple[str, str], Path] = {}

    def get(name: str, engine: str) -> Path:
        if (name, engine) not in built:
            target = root.parent / f"{name}-{engine}"
            built[name, engine] = build(root, engine, name).rename(target)
        return built[name, engine]

    return get


@pytest.mark.parametrize("scheme", ["http", "file"])
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("name", EDITIONS)
def test_no_page_asks_anybody_else(
    browser: Browser, edition: Callable[[str, str], Path], name: str, engine: str, scheme: str
) -> None:
    folder = edition(name, engine)
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    assert len(pages) > 5
    with ExitStack() as stack:
        base = stack.enter_context(served(folder)) if scheme == "http" else f"{folder.as_uri()}/"
        context = browser.new_context(locale="vi-VN")
        stack.callback(context.close)
        asked: list[str] = []
        refused: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        context.on("console", lambda message: refused.append(message.text))
        page = context.new_page()
        # The first page leads on by itself.
        page.goto(f"{base}index.html")
        page.wait_for_url("**/2024/index.html")
        for address in pages:
            if address == "index.html":
                continue
            page.goto(base + address)
            page.wait_for_load_state("load")
        foreign = [
            url for url in asked if not url.startswith(base) and urlsplit(url).scheme not in OURS
        ]
        assert foreign == []
        assert [text for text in refused if "Content Security Policy" in text] == []
        # Previews are there without any script; the lightbox has tests of its own.
        leaf = next(address for address in pages if address.endswith("tc/1.1.1.html"))
        page.goto(base + leaf)
        assert page.locator("article img").count() > 0
        plain = browser.new_context(java_script_enabled=False)
        stack.callback(plain.close)
        still = plain.new_page()
        still.goto(base + leaf)
        images = still.locator("article img")
        assert images.count() == page.locator("article img").count()
        images.first.scroll_into_view_if_needed()
        assert images.first.bounding_box()
