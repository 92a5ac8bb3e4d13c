"""The repository as a whole: its top level, its locks, its README, what it must not name."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from site_builder.commands import COMMANDS
from tests.house import tree

PROJECT = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))
README = (tree.ROOT / "README.md").read_text("utf-8")
MAKEFILE = (tree.ROOT / "Makefile").read_text("utf-8")

TOP_LEVEL = {
    *("criteria.yml", "unit.yml", "evidence", "records", "mkdocs.yml"),
    *("site_builder", "tests", "benchmarks", "scripts"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"),
    *("pyproject.toml", "requirements", "Makefile"),
}
# What a machine of one workplace may call itself; written in pieces, or this file would name it.
WORKPLACE = re.compile(
    r"(?<![\w.<-])/work" + r"/|(?<!\w)\.\./sh" + r"ared/|pypi\." + r"org|files\.python"
    r"hosted|registry\.npm" + r"js|deb\.deb" + r"ian"
)
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^ ;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, set[str]]:
    """Versions by name: more than one where Python versions need different ones."""
    found: dict[str, set[str]] = {}
    for match in PINNED.finditer((tree.ROOT / "requirements" / lock).read_text("utf-8")):
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def wanted(group: str) -> list[Requirement]:
    """What a dependency group asks for, groups inside it included."""
    found: list[Requirement] = []
    for line in PROJECT["dependency-groups"][group]:
        found += [Requirement(line)] if isinstance(line, str) else wanted(line["include-group"])
    return found


def test_the_top_level_is_as_fixed() -> None:
    names = {path.relative_to(tree.ROOT).parts[0] for path in tree.files()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL
    assert names >= TOP_LEVEL


def test_nothing_names_a_workplace() -> None:
    named = [
        f"{tree.shown(path)}:{number}"
        for path in tree.files()
        if path.suffix not in {".pdf", ".docx", ".xlsx", ".jpg", ".png"}
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if WORKPLACE.search(line.decode("utf-8", "replace"))
    ]
    assert named == []


@pytest.mark.parametrize(
    ("lock", "groups"), [("run.txt", ["install"]), ("dev.txt", ["install", "dev"])]
)
def test_locks_agree_with_the_project(lock: str, groups: list[str]) -> None:
    found = pins(lock)
    asked = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    asked += [requirement for group in groups for requirement in wanted(group)]
    for requirement in asked:
        versions = found.get(requirement.name.lower(), set())
        assert versions, f"{lock} lacks {requirement.name}: make lock"
        assert all(requirement.specifier.contains(Version(each)) for each in versions), requirement


def test_dev_holds_all_of_run() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")
    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (tree.ROOT / "requirements" / lock).read_text("utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))
    assert "://" not in text


def test_the_readme_has_every_command() -> None:
    missing = [command.NAME for command in COMMANDS if f"site-builder {command.NAME}" not in README]
    assert missing == []


def code_in(text: str) -> str:
    """The fenced blocks and the spans between backquotes."""
    fences = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    for fence in fences:
        text = text.replace(fence, "")
    return "\n".join((*fences, *re.findall(r"`([^`\n]+)`", text)))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_documents_name_only_commands_that_exist(name: str) -> None:
    code = code_in((tree.ROOT / name).read_text("utf-8"))
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", code)) <= targets
    commands = {command.NAME for command in COMMANDS}
    assert set(re.findall(r"\bsite-builder ([a-z][a-z-]+)", code)) <= commands


def test_links_between_documents_lead_somewhere() -> None:
    for path in tree.below("", suffixes=(".md",)):
        if path.is_relative_to(tree.ROOT / "evidence") or "tests" in path.parts:
            continue
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{tree.shown(path)} -> {target}"


def test_git_never_changes_a_byte_of_the_evidence() -> None:
    assert "* -text" in (tree.ROOT / ".gitattributes").read_text("utf-8").splitlines()
