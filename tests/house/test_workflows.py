"""The workflows hold to their order, and call what there is."""

import re
from typing import Any

import pytest
import yaml

from site_builder.cli import parser_of
from site_builder.messages import read_catalogue
from tests.house import tree

FOLDER = tree.ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
ACTION = FOLDER / "actions" / "dung-trang" / "action.yml"


def read(path: object) -> dict[str, Any]:
    # BaseLoader: "on" stays a word and no version becomes a number.
    loaded: dict[str, Any] = yaml.load(str(path), yaml.BaseLoader)  # noqa: S506 - makes strings only
    return loaded


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_is_allowed_that_is_not_asked_for(path: Any) -> None:
    workflow = read(path.read_text("utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "permissions" in job
        assert "timeout-minutes" in job


def test_actions_are_pinned_by_commit_with_their_version() -> None:
    for path in (*WORKFLOWS, ACTION):
        for line in re.findall(r"uses: (.*)", path.read_text("utf-8")):
            assert line.startswith("./") or re.fullmatch(r"\S+@[0-9a-f]{40} # v[\d.]+", line), line


def test_an_old_site_is_never_uploaded() -> None:
    steps = read(ACTION.read_text("utf-8"))["runs"]["steps"]
    commands = [step["run"] for step in steps]
    order = [
        next(place for place, command in enumerate(commands) if word in command)
        for word in ("scripts/setup.py", "rm -rf build", "site-builder check", "site-builder build")
    ]
    assert order == sorted(order)


def test_the_verdict_comes_after_the_upload() -> None:
    jobs = read((FOLDER / "workflows" / "kiem-tra.yml").read_text("utf-8"))["jobs"]
    assert jobs["dung-trang"]["steps"][-1]["uses"].startswith("actions/upload-artifact@")
    assert jobs["ket-luan"]["needs"] == "dung-trang"
    assert jobs["ket-luan"]["if"] == "always()"


def test_publishing_is_started_by_hand_and_public() -> None:
    workflow = read((FOLDER / "workflows" / "xuat-ban.yml").read_text("utf-8"))
    assert list(workflow["on"]) == ["workflow_dispatch"]
    build = workflow["jobs"]["dung-trang"]["steps"]
    assert next(step for step in build if step.get("id") == "trang")["with"] == {
        "phien-ban": "public"
    }


def test_a_copy_for_assessors_is_made_of_a_private_repository_only() -> None:
    job = read((FOLDER / "workflows" / "xuat-ban.yml").read_text("utf-8"))["jobs"]["ban-mang-di"]
    assert "inputs.ban-mang-di && github.event.repository.private" in job["if"]
    # What a person types is never part of a command's text.
    assert not any("inputs." in step.get("run", "") for step in job["steps"])
    assert job["permissions"] == {"contents": "read"}


def test_what_is_published_comes_from_no_earlier_run() -> None:
    for path in (FOLDER / "workflows" / "xuat-ban.yml", ACTION):
        assert "cache" not in path.read_text("utf-8")


def test_the_commands_are_understood() -> None:
    parser = parser_of(read_catalogue("cli"))
    parser.parse_args(["check", "--format", "github"])
    for edition in ("working", "public"):
        parser.parse_args(["build", "--edition", edition])
    parser.parse_args(["build", "--offline", "--recipient=-"])
