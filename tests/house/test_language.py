"""Vietnamese for people lives in the catalogue and the templates; code is ASCII English."""

import ast
import re
import unicodedata

import pytest

from site_builder.model.text import fold
from tests.house import tree

PYTHON = tree.below("site_builder", "tests", "benchmarks", "scripts", suffixes=(".py",))

# A level of government that ended in 2025: who is above the unit comes from unit.yml. Spelled in
# two halves, or this file would name it.
ENDED = re.compile(r"(?<![a-z])" + "hu" + r"yen(?![a-z])")
SPOKEN = (
    *tree.below("site_builder", suffixes=(".py", ".toml", ".jinja", ".js", ".css", ".yml")),
    *tree.below("scripts", "benchmarks", ".github", suffixes=(".py", ".toml", ".yml", ".mjs")),
    tree.ROOT / "mkdocs.yml",
    tree.ROOT / "Makefile",
)
# The demonstration commune of 2023 had a superior of that level.
DEMONSTRATION = tree.ROOT / "scripts" / "samples"


def test_there_is_something_to_look_at() -> None:
    assert len(PYTHON) > 40
    assert any(path.suffix == ".toml" for path in SPOKEN)


@pytest.mark.parametrize("path", PYTHON, ids=tree.shown)
def test_python_is_ascii(path: object) -> None:
    assert isinstance(path, type(tree.ROOT))
    assert path.read_bytes().isascii(), "Vietnamese belongs in a data file or the catalogue"


def test_no_vietnamese_sentence_hides_in_escapes() -> None:
    hidden = [
        f"{tree.shown(path)}:{node.lineno}"
        for path in PYTHON
        if path.is_relative_to(tree.PACKAGE)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if " " in node.value and re.search(r"[\u00c0-\u1ef9]", node.value)
    ]
    assert hidden == []


def test_no_code_or_template_names_the_level_that_ended() -> None:
    named = [
        f"{tree.shown(path)}:{number}"
        for path in SPOKEN
        if not path.is_relative_to(DEMONSTRATION)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ENDED.search(fold(line))
    ]
    assert named == []


def test_texts_are_composed() -> None:
    decomposed = [
        tree.shown(path)
        for path in SPOKEN
        if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    ]
    assert decomposed == []
