"""The whole site of the smallest commune, page by page."""

import json
import shutil
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from site_builder import pipeline, rendering
from site_builder.messages import read_catalogue
from site_builder.model.results import Edition
from site_builder.rendering.resources import read_resources
from tests.conftest import Golden
from tests.surroundings import variables

COMMUNE = Path(__file__).parent.parent / "communes" / "nho"


@pytest.mark.parametrize("edition", list(Edition), ids=lambda edition: edition.value)
def test_the_smallest_commune(edition: Edition, tmp_path: Path, golden: Golden) -> None:
    # Copied out of this repository, whose commits must not appear on the pages.
    root = shutil.copytree(COMMUNE, tmp_path / "nho")
    request = pipeline.Request(
        root=root, today=date(2024, 12, 20), environment=variables(), pictures=True
    )
    facts, findings = pipeline.examine(request)
    site = rendering.render(
        pipeline.results_of(facts, findings, edition),
        read_catalogue(),
        read_resources(),
        repo_url="https://github.com/vi-du/minh-chung",
    )
    files = {page.path: page.text.encode() for page in site.pages}
    rest = {
        "home": site.home,
        "config": dict(site.config),
        "nav": [asdict(item) for item in site.nav],
        "titles": {page.path: page.title for page in site.pages},
        "evidence": {copy.address: copy.download_name for copy in site.evidence},
    }
    files["site.json"] = json.dumps(rest, ensure_ascii=False, indent=1).encode() + b"\n"
    golden(f"nho/{edition.value}", files)
