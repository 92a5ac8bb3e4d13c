import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from site_builder.model.results import Edition
from site_builder.model.site import NavItem, Page
from site_builder.publishing import stage
from tests.publishing.sites import page, small_site

ROOT = Path(__file__).resolve().parents[2]


def _times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


def _age(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))


def test_the_same_site_again_touches_nothing(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    first = stage.write(site, tmp_path, Edition.WORKING)
    _age(first.folder)
    before = _times(first.folder)
    again = stage.write(site, tmp_path, Edition.WORKING)
    assert _times(first.folder) == before
    assert (first.written, again.written, again.removed) == (7, 0, 0)


def test_only_the_changed_page_is_written(tmp_path: Path) -> None:
    staged = stage.write(small_site(tmp_path), tmp_path, Edition.WORKING)
    _age(staged.folder)
    changed = small_site(tmp_path, {"2023/tc/1.md": "<p>new</p>"})
    again = stage.write(changed, tmp_path, Edition.WORKING)
    young = {path for path, time in _times(staged.folder).items() if time > 10**9}
    assert young == {"docs/2023/tc/1.md"}
    assert again.written == 1


def test_pages_that_are_gone_are_removed_with_their_folder(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    extra = page("2023/old/2.md", "2", "<p>2</p>")
    staged = stage.write(replace(site, pages=(*site.pages, extra)), tmp_path, Edition.WORKING)
    assert (staged.folder / "docs/2023/old/2.md").is_file()
    again = stage.write(site, tmp_path, Edition.WORKING)
    assert again.removed == 1
    assert not (staged.folder / "docs/2023/old").exists()


def test_a_file_may_become_a_folder(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    stage.write(replace(site, assets={"assets": b"x"}), tmp_path, Edition.WORKING)
    staged = stage.write(site, tmp_path, Edition.WORKING)
    assert (staged.folder / "docs/assets/site.css").is_file()


def test_editions_do_not_share_a_folder(tmp_path: Path) -> None:
    site = small_site(tmp_path)
    folders = {stage.write(site, tmp_path, edition).folder for edition in Edition}
    assert folders == {tmp_path / "build/stage" / edition.value for edition in Edition}


def test_the_settings_inherit_those_that_were_checked(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("hooks: [x.py]\n")
    site = replace(small_site(tmp_path), settings=b"site_name: x\n")
    staged = stage.write(site, tmp_path, Edition.WORKING)
    settings = json.loads((staged.folder / "mkdocs.yml").read_text("utf-8"))
    assert (staged.folder / settings["INHERIT"]).read_bytes() == b"site_name: x\n"
    assert settings["nav"] == [
        {"Home": "2023/index.md"},
        {"1 Field": [{"1 Field": "2023/tc/1.md"}, {"1.1 Leaf": "2023/tc/1.1.md"}]},
    ]
    assert settings["extra"] == {"homepage": "2023/index.html"}


def test_a_folder_without_settings_takes_the_packages(tmp_path: Path) -> None:
    staged = stage.write(small_site(tmp_path), tmp_path, Edition.WORKING)
    settings = json.loads((staged.folder / "mkdocs.yml").read_text("utf-8"))
    inherited = (staged.folder / settings["INHERIT"]).resolve()
    assert inherited.read_bytes() == stage.packaged_settings()
    assert not (tmp_path / "mkdocs.yml").exists()


def test_the_package_has_the_repositorys_settings() -> None:
    assert stage.packaged_settings() == (ROOT / "mkdocs.yml").read_bytes()


@pytest.mark.parametrize(
    "title",
    [
        "a: [b] #c 'd' \"e\" \\n %f &g *h !i `j` | - ? {k}",
        "\x07 \x7f \x85 \x9f \u2028 \u2029 \ufeff \uffff \U0001f600",
        "\u0110i\u1ec1u: " * 200,
    ],
)
def test_any_title_can_be_read_back(tmp_path: Path, title: str) -> None:
    site = small_site(tmp_path)
    below = NavItem(title=title, page="2023/tc/1.1.md")
    items = (below, NavItem(title=title, page="2023/tc/1.md", children=(below,)))
    staged = stage.write(replace(site, nav=items), tmp_path, Edition.WORKING)
    settings = yaml.safe_load((staged.folder / "mkdocs.yml").read_bytes())
    leaf = {title: "2023/tc/1.1.md"}
    assert settings["nav"] == [leaf, {title: [{"1 Field": "2023/tc/1.md"}, leaf]}]


def test_nothing_staged_names_the_folder(tmp_path: Path) -> None:
    staged = stage.write(small_site(tmp_path), tmp_path, Edition.WORKING)
    name = os.fsencode(tmp_path)
    assert not [path for path in staged.folder.rglob("*.*") if name in path.read_bytes()]


def test_evidence_is_not_staged(tmp_path: Path) -> None:
    staged = stage.write(small_site(tmp_path), tmp_path, Edition.WORKING)
    assert {path.suffix for path in staged.folder.rglob("*.*")} == {".md", ".css", ".js", ".yml"}


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a/../../x.md", "a\\b.md", "\u0111.md", ""])
def test_an_address_outside_the_tree_is_our_fault(tmp_path: Path, path: str) -> None:
    site = replace(small_site(tmp_path), pages=(Page(path=path, title="", text=""),))
    with pytest.raises(ValueError, match="not an address"):
        stage.write(site, tmp_path, Edition.WORKING)
