"""The import contracts of pyproject.toml hold, and cover everything there is."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house import tree

CONTRACTS = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
# Beside the layers: the entry point, which imports the command line.
OUTSIDE = {"site_builder.__main__"}


def layers() -> set[str]:
    contract = next(each for each in CONTRACTS["contracts"] if each["type"] == "layers")
    return {name for layer in contract["layers"] for name in re.split(r"\s*[|:]\s*", layer)}


def test_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-cache"], cwd=tree.ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


def test_every_part_of_the_package_is_in_a_layer() -> None:
    parts = {
        f"site_builder.{path.relative_to(tree.PACKAGE).parts[0].removesuffix('.py')}"
        for path in tree.below("site_builder", suffixes=(".py",))
        if path.name != "__init__.py" or path.parent != tree.PACKAGE
    }
    assert parts - OUTSIDE == layers()


def test_the_core_is_all_of_the_core() -> None:
    contract = next(each for each in CONTRACTS["contracts"] if "pure" in each["name"])
    named = {name.removeprefix("site_builder.") for name in contract["source_modules"]}
    assert named == {"model", "reading", "checks", "scoring", "rendering", "reports", "searching"}
    assert {"os", "pathlib", "subprocess", "time", "yaml"} <= set(contract["forbidden_modules"])
