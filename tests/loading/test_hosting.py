import json
from pathlib import Path
from typing import Any

import pytest

from site_builder.loading.hosting import read_hosting
from site_builder.model.snapshot import Hosting


def event(folder: Path, content: object) -> dict[str, str]:
    path = folder / "event.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://Git.xa.example:3000/sub",
        "GITHUB_EVENT_PATH": str(path),
    }


def test_outside_ci() -> None:
    assert read_hosting({}) is None
    assert read_hosting({"CI": "true", "GITHUB_SERVER_URL": "https://github.com"}) is None


@pytest.mark.parametrize(
    ("repository", "public"),
    [
        ({"visibility": "public", "private": False}, True),
        ({"visibility": "private", "private": True}, False),
        ({"visibility": "internal", "private": True}, False),
        ({"private": False}, True),
        ({"private": True}, False),
        ({"private": "no"}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_github_and_what_speaks_like_it(
    tmp_path: Path, repository: Any, *, public: bool | None
) -> None:
    found = read_hosting(event(tmp_path, {"repository": repository}))
    assert found == Hosting(host="git.xa.example", public=public)


@pytest.mark.parametrize("content", ["", "{", "[]", "3", "[" * 100_000, "\x00"])
def test_an_event_that_tells_nothing(tmp_path: Path, content: str) -> None:
    found = read_hosting(event(tmp_path, content))
    assert found == Hosting(host="git.xa.example", public=None)


def test_no_event(tmp_path: Path) -> None:
    environment = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(tmp_path / "absent")}
    assert read_hosting(environment) == Hosting(host="", public=None)
    assert read_hosting({"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "http://[x"}) == Hosting(
        host="", public=None
    )


@pytest.mark.parametrize(
    ("visibility", "public"),
    [("public", True), ("internal", False), ("private", False), ("", None)],
)
def test_gitlab(visibility: str, *, public: bool | None) -> None:
    environment = {
        "GITLAB_CI": "true",
        "CI_SERVER_HOST": "gitlab.xa.example",
        "CI_PROJECT_VISIBILITY": visibility,
    }
    assert read_hosting(environment) == Hosting(host="gitlab.xa.example", public=public)


@pytest.mark.parametrize(("private", "public"), [("true", False), ("false", True), ("", None)])
def test_woodpecker(private: str, *, public: bool | None) -> None:
    environment = {
        "CI": "woodpecker",
        "CI_FORGE_URL": "https://codeberg.org",
        "CI_REPO_PRIVATE": private,
    }
    assert read_hosting(environment) == Hosting(host="codeberg.org", public=public)
