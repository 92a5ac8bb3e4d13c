"""A tiny valid commune, and a way to run the program on it in this process."""

import io
from pathlib import Path

import pytest

from site_builder import cli
from tests.checks import trees
from tests.commands.running import Ran, Run
from tests.processing.makers import office, pdf
from tests.surroundings import variables


@pytest.fixture
def commune(tmp_path: Path) -> Path:
    root = tmp_path / "xa"
    root.mkdir()
    trees.write(root, trees.lay_over(trees.base("minimal"), {}, {}))
    # The checks on contents look into these; a beginning of a file would not do.
    for place, path in enumerate(sorted(root.rglob("*.pdf"))):
        path.write_bytes(pdf.with_form(f"Paper {place}"))
    for path in root.rglob("*.xlsx"):
        path.write_bytes(office.workbook())
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
