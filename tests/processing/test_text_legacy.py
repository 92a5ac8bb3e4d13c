"""Old encodings are told by their words, Unicode never is."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from site_builder.processing.text.legacy import legacy_encoding
from tests.house import tree

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "legacy.yml").read_text("utf-8"))
# Every text in Unicode of the repository, pages and catalogue included.
UNICODE = tree.below("evidence", "site_builder", suffixes=(".md", ".toml", ".jinja"))
UNICODE = tuple(path for path in UNICODE if path.parent.name not in {"processing", "text"})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_encodings(case: dict[str, Any]) -> None:
    assert legacy_encoding([case["text"]]) == case["encoding"]


@pytest.mark.parametrize("path", UNICODE, ids=tree.shown)
def test_no_false_alarm(path: Path) -> None:
    assert legacy_encoding([path.read_text("utf-8")]) == ""


@given(st.text(max_size=400))
def test_noise_is_no_encoding(text: str) -> None:
    assert legacy_encoding([text]) == ""
