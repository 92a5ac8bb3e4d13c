"""Pages full of nasty text, through the real engines: what goes in comes out, in both."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder import pipeline
from site_builder.model.results import Edition, Results
from site_builder.model.site import Site
from site_builder.publishing import building
from tests.rendering import builders
from tests.rendering.test_escaping import NASTY
from tests.rendering.test_pages import retitled

ENGINES = ("mkdocs", "zensical")
ARTICLE = re.compile(r'<h1 id="dau-trang">.*?</article>', re.DOTALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same site printed by each engine."""
    results = _with_files(retitled(builders.rich(), " x ".join(NASTY)))
    site = builders.site(results, repo_url="https://github.com/x/y")
    return {
        engine: _build(site, results, tmp_path_factory.mktemp(engine), engine) for engine in ENGINES
    }


def _with_files(results: Results) -> Results:
    """Files of which the disk knows nothing are not published."""
    dossiers = {
        id_: replace(
            dossier,
            files=(),
            documents=tuple(
                replace(
                    document, files=tuple(replace(file, sha256=None) for file in document.files)
                )
                for document in dossier.documents
            ),
            supplements=(),
        )
        for id_, dossier in results.snapshot.dossiers.items()
    }
    return replace(results, snapshot=replace(results.snapshot, dossiers=dossiers))


def _build(site: Site, results: Results, root: Path, engine: str) -> Path:
    outcome = building.build(
        pipeline.with_downloads(site, results, builders.texts()),
        root,
        engine=engine,
        edition=Edition.WORKING,
        revision=results.snapshot.revision,
    )
    assert outcome.ok, (engine, outcome.reason, dict(outcome.params))
    return outcome.folder


@pytest.mark.engine
def test_both_engines_print_the_same_article(built: dict[str, Path]) -> None:
    for page in builders.site(builders.rich()).pages:
        articles = [_article(built[engine] / page.address) for engine in ENGINES]
        assert articles[0] == articles[1], page.address


def _article(path: Path) -> str:
    found = ARTICLE.search(path.read_text("utf-8"))
    assert found, path
    text = re.sub(r"<!--.*?-->|</article>", "", found[0], flags=re.DOTALL)
    # Zensical leaves the attribute out once its search has obeyed it.
    return " ".join(text.replace(" data-search-exclude", "").split())
