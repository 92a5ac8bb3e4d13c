"""A tiny valid commune, and a way to run the program on it in this process."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from site_builder import cli

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))

import trees  # noqa: E402


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


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
            code = cli.run(words, out=out, err=err, environment=environment)
        except SystemExit as stopped:
            code = int(str(stopped.code or 0))
        return Ran(code, out.getvalue(), err.getvalue())

    return runner
