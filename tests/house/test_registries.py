"""Everything that is one file each is listed by hand, and nothing lies about unlisted."""

import importlib
import re
from pathlib import Path
from types import ModuleType

from site_builder import checks, commands, rendering
from site_builder.registry import CHECKS_BY_CODE
from site_builder.scoring import rules
from tests.house import tree

CHECK_FILE = re.compile(r"([a-z]{3}\d{3})_(\w+)\.py")


def modules(folder: str) -> set[str]:
    """Dotted names of the modules in a folder of the package."""
    return {
        ".".join(path.relative_to(tree.ROOT).with_suffix("").parts)
        for path in tree.below(f"site_builder/{folder}", suffixes=(".py",))
        if path.parent == tree.PACKAGE / folder and path.name != "__init__.py"
    }


def listed(package: ModuleType) -> set[str]:
    """Dotted names of the modules that the package's tuples mention, themselves or a member."""
    names: set[str] = set()
    for value in vars(package).values():
        for member in value if isinstance(value, tuple) else ():
            if isinstance(member, ModuleType):
                names.add(member.__name__)
            elif isinstance(getattr(member, "__module__", None), str):
                names.add(member.__module__)
    return names


def test_every_check_is_listed() -> None:
    files = {name for name in modules("checks") if CHECK_FILE.match(f"{name.split('.')[-1]}.py")}
    assert files <= listed(checks)


def test_a_check_file_is_named_after_its_code() -> None:
    for path in tree.below("site_builder/checks", suffixes=(".py",)):
        if found := CHECK_FILE.fullmatch(path.name):
            module = importlib.import_module(f"site_builder.checks.{path.stem}")
            several = getattr(module, "CHECKS", None) or (module.CHECK,)
            codes = {check.code for check in several}
            assert found[1].upper() in codes, tree.shown(path)
            assert codes <= CHECKS_BY_CODE.keys()


def test_every_command_is_listed() -> None:
    helpers = {"arguments", "context", "parcel", "progress"}
    assert modules("commands") - listed(commands) == {
        f"site_builder.commands.{name}" for name in helpers
    }
    assert [command.NAME for command in commands.COMMANDS]


def test_every_scoring_rule_is_listed() -> None:
    assert modules("scoring/rules")
    assert modules("scoring/rules") <= listed(rules)


def test_every_kind_of_page_is_made() -> None:
    used = {value.__name__ for value in vars(rendering).values() if isinstance(value, ModuleType)}
    assert modules("rendering/pages")
    assert modules("rendering/pages") <= used


def test_every_sink_is_used() -> None:
    code = "".join(
        path.read_text("utf-8")
        for path in tree.below("site_builder/commands", "site_builder/publishing/sinks")
        if path.suffix == ".py"
    )
    named = set(re.findall(r"\w+", " ".join(re.findall(r"sinks(?:\.\w+)? import (.*)", code))))
    named |= set(re.findall(r"sinks\.(\w+)", code))
    assert {name.rpartition(".")[2] for name in modules("publishing/sinks")} <= named


def test_every_template_is_asked_for() -> None:
    code = "".join(
        path.read_text("utf-8")
        for path in tree.below("site_builder", suffixes=(".py", ".jinja"))
        if not path.is_relative_to(tree.PACKAGE / "model")
    )
    templates = tree.below("site_builder/rendering/templates", suffixes=(".jinja",))
    assert [tree.shown(path) for path in templates if path.name not in code] == []


def test_every_subpackage_has_a_docstring() -> None:
    empty = [
        tree.shown(path)
        for path in tree.below("site_builder", suffixes=(".py",))
        if not path.read_text("utf-8").lstrip().startswith(('"""', 'r"""'))
    ]
    assert empty == []


def test_paths_stay_short_enough_for_windows() -> None:
    # A clone in C:\Users\<name>\Documents\<repository> leaves some 190 of 260 characters.
    long = [path for path in tree.files() if len(tree.shown(Path(path))) > 190]
    assert long == []
