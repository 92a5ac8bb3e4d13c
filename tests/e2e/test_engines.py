"""The whole program with the real engines: same links, same bytes, nothing touched."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.publishing.building import broken_links
from tests.e2e.conftest import (
    COMMUNES,
    MUSEUM,
    REPOSITORY,
    TINY,
    Built,
    build,
    copy_of,
    git,
)

pytestmark = pytest.mark.engine

ENGINES = ("mkdocs", "zensical")


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _content(root: Path) -> dict[str, str]:
    """Everything that is not of ours to write."""
    ours = ("build/", ".cache/", ".git/")
    return {path: digest for path, digest in _hashes(root).items() if not path.startswith(ours)}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", [*COMMUNES, MUSEUM])
def test_every_link_of_every_page_leads_somewhere(
    site: Callable[[str, str], Built], name: str, engine: str
) -> None:
    built = site(name, engine)
    assert len(list(built.folder.rglob("*.html"))) > 10
    assert broken_links(built.folder) == ()


@pytest.mark.parametrize("name", [*COMMUNES, MUSEUM])
def test_both_engines_print_the_same_pages_and_documents(
    site: Callable[[str, str], Built], name: str
) -> None:
    printed = [
        {path for path in _hashes(site(name, engine).folder) if not path.startswith("assets/")}
        - {"search.json", "search/search_index.json", "sitemap.xml", "sitemap.xml.gz"}
        for engine in ENGINES
    ]
    assert printed[0] == printed[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_two_builds_of_one_commit_are_the_same_bytes(tmp_path: Path, engine: str) -> None:
    origin = copy_of(TINY, tmp_path / "origin")
    folders = []
    for name in ("a", "another-and-longer-name"):
        git(tmp_path, "clone", "-q", str(origin), name)
        folders.append(build(tmp_path / name, engine))
    first, second = (_hashes(folder) for folder in folders)
    assert first == second
    # A second build in one folder starts from what the first left behind.
    assert _hashes(build(tmp_path / "a", engine)) == first


@pytest.mark.parametrize("engine", ENGINES)
def test_a_changed_page_is_printed_anew(tmp_path: Path, engine: str) -> None:
    root = copy_of(TINY, tmp_path / "x")
    before = _hashes(build(root, engine))
    unit = root / "unit.yml"
    name = next(
        line for line in unit.read_text("utf-8").splitlines() if line.strip().startswith("name:")
    )
    unit.write_text(unit.read_text("utf-8").replace(name, f"{name} (khac)"), "utf-8")
    folder = build(root, engine)
    assert _hashes(folder) != before
    start = next(folder.glob("*/index.html")).read_text("utf-8")
    assert "(khac)" in start


@pytest.mark.parametrize("edition", ["working", "assessor"])
def test_no_command_touches_the_content(tmp_path: Path, edition: str) -> None:
    root = copy_of(TINY, tmp_path / "x")
    before = _content(root)
    build(root, "mkdocs", edition)
    assert _content(root) == before


def test_no_page_names_the_folder_it_was_built_in(site: Callable[[str, str], Built]) -> None:
    for engine in ENGINES:
        built = site("demo", engine)
        needles = (os.fsencode(built.root), os.fsencode(REPOSITORY))
        assert [
            path
            for path in built.folder.rglob("*")
            if path.is_file()
            and path.suffix in {".html", ".json", ".xml", ".js", ".css", ".gz"}
            and any(needle in path.read_bytes() for needle in needles)
        ] == []


def test_evidence_is_copied_and_never_linked(site: Callable[[str, str], Built]) -> None:
    built = site("demo", "mkdocs")
    documents = [path for path in built.folder.glob("*/tc/*/*") if path.is_file()]
    assert documents
    assert {path.stat().st_nlink for path in documents} == {1}
    originals = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (built.root / "evidence").rglob("*")
        if path.is_file()
    }
    assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in documents} <= originals


def test_search_knows_every_leaf(site: Callable[[str, str], Built]) -> None:
    built = site("demo", "mkdocs")
    index = json.loads((built.folder / "search/search_index.json").read_text("utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    leaves = {
        path.relative_to(built.folder).as_posix() for path in built.folder.glob("*/tc/*.html")
    }
    assert leaves <= found
    # Headings of officers' texts have ids, so each title belongs to its own section.
    assert len({entry["location"] for entry in index["docs"]}) == len(index["docs"])


def test_the_address_of_the_forge_does_not_reach_the_theme(tmp_path: Path) -> None:
    root = copy_of(TINY, tmp_path / "x")
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8") if settings.exists() else ""
    settings.write_text(
        (text or (REPOSITORY / "mkdocs.yml").read_text("utf-8"))
        + "\nrepo_url: https://github.com/xa-mau/minh-chung\n",
        "utf-8",
    )
    for engine in ENGINES:
        page = next(build(root, engine).glob("*/index.html")).read_text("utf-8")
        assert 'data-md-component="source"' not in page
