"""The order and the guards of a build, with an engine that prints next to nothing."""

import hashlib
import os
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from site_builder.model.evidence import Revision
from site_builder.model.results import Edition
from site_builder.model.search import SearchEntry, SearchKind, SearchPart
from site_builder.model.site import Site
from site_builder.publishing import building, swap
from site_builder.publishing import engine as engines
from tests.publishing.sites import HOME, evidence, page, small_site

THEME = "assets/javascripts/lunr/min/lunr.vi.min.js"
ICON = "assets/images/favicon.png"
Printing = Callable[[Path], None]


def _print(folder: Path, *, charset: str = '<meta charset="utf-8">') -> None:
    """Every page as its text in a frame, every asset as it is, the theme's search file."""
    docs, output = folder / "docs", folder / "site"
    for source in docs.rglob("*.*"):
        target = output / source.relative_to(docs)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".md":
            text = source.read_text("utf-8").split("---\n", 2)[2]
            frame = f'<html lang="vi"><head>{charset}</head><body id="tieu-de">{text}</body></html>'
            target.with_suffix(".html").write_text(frame, "utf-8")
        else:
            target.write_bytes(source.read_bytes())
    for path in (THEME, ICON):
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text("theme's own")


@pytest.fixture
def printing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Printing], None]:
    """Sets what the engine does; by default it prints everything."""

    def set_to(action: Printing) -> None:
        def run(_engine: engines.Engine, folder: Path, _at: datetime | None) -> engines.Printed:
            action(folder)
            return engines.Printed()

        monkeypatch.setattr(engines, "run", run)

    set_to(_print)
    return set_to


def _build(
    site: Site,
    root: Path,
    edition: Edition = Edition.WORKING,
    forbidden: Collection[str] = (),
    engine: str = "mkdocs",
) -> building.BuildOutcome:
    return building.build(
        site, root, engine=engine, edition=edition, revision=Revision(), forbidden=forbidden
    )


def _state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.usefixtures("printing")
def test_a_site_comes_out_whole(tmp_path: Path) -> None:
    outcome = _build(small_site(tmp_path), tmp_path)
    assert outcome == building.BuildOutcome(ok=True, folder=tmp_path / "build/site")
    assert sorted(_state(outcome.folder)) == [
        "2023/index.html",
        "2023/tc/1.1.html",
        "2023/tc/1.1/anh-9f8e7d6c.png",
        "2023/tc/1.1/ke-hoach-0a1b2c3d.pdf",
        "2023/tc/1.html",
        "404.html",
        ICON,
        THEME,
        "assets/site.css",
        "assets/site.js",
        "index.html",
    ]


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize(
    ("edition", "folder"),
    [
        (Edition.WORKING, "build/site"),
        (Edition.ASSESSOR, "build/assessor"),
        (Edition.PUBLIC, "build/public"),
    ],
)
def test_each_edition_has_its_folder(tmp_path: Path, edition: Edition, folder: str) -> None:
    outcome = _build(small_site(tmp_path), tmp_path, edition)
    assert outcome.folder == tmp_path / folder
    assert (outcome.folder / "index.html").is_file()


@pytest.mark.usefixtures("printing")
def test_only_public_pages_may_be_listed(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    for edition in Edition:
        text = (_build(site, tmp_path, edition).folder / "2023/index.html").read_text("utf-8")
        assert ("noindex" in text) == (edition is not Edition.PUBLIC)


@pytest.mark.usefixtures("printing")
def test_every_page_has_a_policy(tmp_path: Path) -> None:
    folder = _build(small_site(tmp_path), tmp_path).folder
    pages = list(folder.rglob("*.html"))
    assert len(pages) == 5
    assert all("Content-Security-Policy" in path.read_text("utf-8") for path in pages)


@pytest.mark.usefixtures("printing")
def test_the_root_leads_to_the_start_page(tmp_path: Path) -> None:
    folder = _build(small_site(tmp_path), tmp_path).folder
    text = (folder / "index.html").read_text("utf-8")
    assert 'content="0; url=2023/index.html"' in text
    assert '<a href="2023/index.html">' in text
    assert '<html lang="vi">' in text


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", None),
        ("https://x.example/", 'href="/2023/index.html"'),
        ("https://x.example/cchc/", 'href="/cchc/2023/index.html"'),
    ],
)
def test_not_found_links_home_when_home_is_known(
    tmp_path: Path, address: str, link: str | None
) -> None:
    site = small_site(tmp_path)
    site = replace(site, config={**site.config, "site_url": address})
    text = (_build(site, tmp_path).folder / "404.html").read_text("utf-8")
    assert (link in text) if link else ("<a" not in text)


@pytest.mark.usefixtures("printing")
def test_names_in_entry_pages_are_escaped(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    site = replace(site, config={"site_name": "<b>$x & y"})
    text = (_build(site, tmp_path).folder / "index.html").read_text("utf-8")
    assert "<title>&lt;b&gt;$x &amp; y</title>" in text


@pytest.mark.usefixtures("printing")
def test_our_folding_replaces_the_themes(tmp_path: Path) -> None:
    folder = _build(small_site(tmp_path), tmp_path).folder
    assert "lunr.vi" in (folder / THEME).read_text("utf-8")


def test_a_theme_without_the_place_is_found_out(
    tmp_path: Path, printing: Callable[[Printing], None]
) -> None:
    def action(folder: Path) -> None:
        _print(folder)
        (folder / "site" / THEME).unlink()

    printing(action)
    assert _build(small_site(tmp_path), tmp_path).reason == "theme_changed"
    # Zensical folds by itself.
    assert _build(small_site(tmp_path), tmp_path, engine="zensical").ok


def test_a_page_the_engine_left_out_is_found_out(
    tmp_path: Path, printing: Callable[[Printing], None]
) -> None:
    def action(folder: Path) -> None:
        _print(folder)
        (folder / "site/2023/index.html").unlink()

    printing(action)
    outcome = _build(small_site(tmp_path), tmp_path)
    assert (outcome.reason, outcome.params["count"]) == ("marker_missing", 1)
    assert "2023/index.html" in str(outcome.params["pages"])


def test_a_page_printed_from_an_old_text_is_found_out(
    tmp_path: Path, printing: Callable[[Printing], None]
) -> None:
    assert _build(small_site(tmp_path), tmp_path).ok
    stale = (tmp_path / "build/site/2023/tc/1.html").read_bytes()

    def action(folder: Path) -> None:
        _print(folder)
        (folder / "site/2023/tc/1.html").write_bytes(stale)

    printing(action)
    changed = small_site(tmp_path, {"2023/tc/1.md": '<p id="gt-1">new</p>'})
    assert _build(changed, tmp_path).reason == "marker_missing"


def test_a_page_that_is_none_of_ours_is_found_out(
    tmp_path: Path, printing: Callable[[Printing], None]
) -> None:
    def action(folder: Path) -> None:
        _print(folder)
        (folder / "site/stray.html").write_text('<head><meta charset="utf-8"></head>')

    printing(action)
    outcome = _build(small_site(tmp_path), tmp_path)
    assert (outcome.reason, outcome.params["pages"]) == ("marker_missing", "  stray.html")


def test_a_page_without_room_for_the_policy_is_found_out(
    tmp_path: Path, printing: Callable[[Printing], None]
) -> None:
    printing(lambda folder: _print(folder, charset=""))
    assert _build(small_site(tmp_path), tmp_path).reason == "policy_missing"


@pytest.mark.usefixtures("printing")
def test_broken_links_are_counted_and_named(tmp_path: Path) -> None:
    links = "".join(f'<a href="none-{number}.html">x</a>' for number in range(40))
    outcome = _build(small_site(tmp_path, {"2023/tc/1.md": links}), tmp_path)
    assert (outcome.reason, outcome.params["count"]) == ("broken_links", 40)
    assert "2023/tc/1.html: none-0.html (absent)" in str(outcome.params["links"])
    assert len(str(outcome.params["links"]).splitlines()) == 10


@pytest.mark.usefixtures("printing")
def test_evidence_that_changed_stops_the_build(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    (tmp_path / "evidence/1/1.1/k.pdf").write_bytes(b"other")
    outcome = _build(site, tmp_path)
    assert (outcome.reason, outcome.params["paths"]) == (
        "evidence_changed",
        "  evidence/1/1.1/k.pdf",
    )


@pytest.mark.usefixtures("printing")
def test_a_failed_build_keeps_the_old_site(tmp_path: Path) -> None:
    assert _build(small_site(tmp_path), tmp_path).ok
    before = _state(tmp_path / "build/site")
    outcome = _build(small_site(tmp_path, {"2023/tc/1.md": '<a href="x">x</a>'}), tmp_path)
    assert not outcome.ok
    assert _state(tmp_path / "build/site") == before
    assert _build(small_site(tmp_path), tmp_path).ok
    assert _state(tmp_path / "build/site") == before


def test_an_engines_failure_is_the_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = engines.Printed(reason="engine_failed", params={"code": 1})
    monkeypatch.setattr(engines, "run", lambda *_: failed)
    outcome = _build(small_site(tmp_path), tmp_path)
    assert (outcome.ok, outcome.reason, outcome.params) == (False, "engine_failed", {"code": 1})


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("where", ["text", "asset", "address"])
def test_a_forbidden_name_in_any_byte_stops_the_build(tmp_path: Path, where: str) -> None:
    site = small_site(tmp_path)
    if where == "text":
        site = small_site(tmp_path, {"2023/tc/1.md": "<p>mat-1.pdf</p>"})
    elif where == "asset":
        site = replace(site, assets={**site.assets, "assets/index.json": b'["mat-1.pdf"]'})
    else:
        copy = evidence(tmp_path, "evidence/1/1.1/x.pdf", b"x", "2023/tc/1.1/mat-1.pdf")
        site = replace(site, evidence=(*site.evidence, copy))
        site = replace(site, pages=(*site.pages, page("2023/z.md", "z", "<p>mat-1.pdf</p>")))
    outcome = _build(site, tmp_path, Edition.PUBLIC, ["mat-1.pdf"])
    assert outcome.reason == "leak_found"
    assert not (tmp_path / "build/public").exists()
    assert _build(site, tmp_path, Edition.PUBLIC, ["other.pdf"]).ok


@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("where", ["title", "address", "sha256", "names", "numbers", "parts"])
def test_a_forbidden_name_that_could_be_found_stops_the_build(tmp_path: Path, where: str) -> None:
    values: dict[str, Any] = {
        "title": "mat.pdf",
        "address": "2023/mat.pdf",
        "sha256": "mat.pdf",
        "names": ("mat.pdf",),
        "numbers": ("mat.pdf",),
        "parts": (SearchPart(text="in mat.pdf here", page=2),),
    }
    given = {"title": "T", "address": HOME, where: values[where]}
    entry = SearchEntry(kind=SearchKind.DOCUMENT, **given)
    # Whatever the index is made of: nobody looks for names among its numbers.
    site = replace(
        small_site(tmp_path), search=(entry,), index={"2023/tim/w0.js": b"x other.pdf x"}
    )
    outcome = _build(site, tmp_path, Edition.PUBLIC, forbidden=("mat.pdf", "other.pdf"))
    assert outcome.reason == "leak_found"
    assert "other.pdf" not in str(outcome.params["leaks"])
    assert _build(site, tmp_path, Edition.PUBLIC, forbidden=("a.pdf",)).ok


def test_an_index_that_was_not_printed_is_found_out(
    tmp_path: Path, printing: Callable[[Printing], None]
) -> None:
    path, data = "2023/tim/m.js", b"sbSearch.take()\n"
    site = replace(small_site(tmp_path), index={path: data})
    outcome = _build(site, tmp_path)
    assert (outcome.folder / path).read_bytes() == data

    def forgetful(folder: Path) -> None:
        _print(folder)
        (folder / "site" / path).unlink()

    printing(forgetful)
    failed = _build(site, tmp_path)
    assert failed.reason == "marker_missing"
    assert path in str(failed.params["pages"])


@pytest.mark.usefixtures("printing")
def test_a_second_build_waits_or_gives_way(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    with swap.locked(tmp_path / "build/stage/.working.lock", 0):
        outcome = building.build(
            site,
            tmp_path,
            engine="mkdocs",
            edition=Edition.WORKING,
            revision=Revision(),
            patience=0.1,
        )
        assert outcome.reason == "build_busy"
        assert _build(site, tmp_path, Edition.ASSESSOR).ok


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    (tmp_path / "build").write_text("a file where the folder should be")
    outcome = _build(site, tmp_path)
    assert outcome.reason == "build_not_written"
    assert "build" in str(outcome.params["path"])


@pytest.mark.usefixtures("printing")
def test_nothing_outside_build_is_touched(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    before = _state(tmp_path)
    assert _build(site, tmp_path).ok
    after = {path: digest for path, digest in _state(tmp_path).items() if path[:6] != "build/"}
    assert after == before


def test_large_sites_are_previewed_with_the_faster_engine(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    assert building.quickest_engine(site) == "mkdocs"
    many = tuple(page(f"2023/{number}.md", "x", "") for number in range(301))
    assert building.quickest_engine(replace(site, pages=many)) == "zensical"


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize(
    "path",
    [
        "build",
        "build/stage",
        "build/stage/.working.lock",
        "build/stage/working",
        "build/stage/working/docs",
        "build/stage/working/docs/2023",
        "build/stage/working/mkdocs.yml",
        "build/stage/working/site",
    ],
)
def test_nothing_is_written_through_a_link(tmp_path: Path, path: str) -> None:
    site = small_site(tmp_path)
    before = _state(tmp_path)
    link = tmp_path / path
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "evidence")
    outcome = _build(site, tmp_path)
    assert (outcome.ok, outcome.reason, outcome.params) == (False, "build_diverted", {"path": path})
    link.unlink()
    assert _state(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders there")
@pytest.mark.usefixtures("printing")
@pytest.mark.parametrize("path", [".working.lock", "working/docs/2023/index.md"])
def test_no_pipe_is_waited_for(tmp_path: Path, path: str) -> None:
    pipe = tmp_path / "build/stage" / path
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    assert _build(small_site(tmp_path), tmp_path).reason == "build_diverted"


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights there")
@pytest.mark.usefixtures("printing")
def test_the_old_site_may_be_a_link(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    before = _state(tmp_path / "evidence")
    (tmp_path / "build").mkdir()
    (tmp_path / "build/site").symlink_to(tmp_path / "evidence")
    (tmp_path / "build/.site.old").symlink_to(tmp_path / "evidence")
    assert _build(site, tmp_path).ok
    assert _state(tmp_path / "evidence") == before


@pytest.mark.skipif(sys.platform == "win32", reason="there are no inodes to compare")
@pytest.mark.usefixtures("printing")
def test_a_second_name_of_a_staged_file_keeps_its_bytes(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    page = tmp_path / "build/stage/working/docs/2023/index.md"
    page.parent.mkdir(parents=True)
    other = tmp_path / "unit.yml"
    other.write_text("x: 1")
    page.hardlink_to(other)
    assert _build(site, tmp_path).ok
    assert other.read_text() == "x: 1"
