"""A tiny valid commune, and a way to run the program on it in this process."""

import io
from pathlib import Path

import pytest

from site_builder import cli
from tests.checks import trees
from tests.commands.running import Ran, Run
from tests.surroundings import variables


@pytest.fixture
def commune(tmp_path: Path) -> Path:
    root = tmp_path / "xa"
    root.mkdir()
    trees.write(root, trees.lay_over(trees.base("minimal"), {}, {}))
    return root


@pytest.fixture
def run(commune: Path) -> Run:
    def runner(*arguments: str, root: Path | None = None, **environment: str) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        words = ["--root", str(root or commune), *arguments]
        try:
            code = cli.run(words, out=out, err=err, environment=variables(**environment))
        except SystemExit as stopped:
            code = int(str(stopped.code or 0))
        return Ran(code, out.getvalue(), err.getvalue())

    return runner
