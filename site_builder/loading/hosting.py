"""Where the repository lives, as CI's own variables tell."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from site_builder.model.snapshot import Hosting

_EVENT_LIMIT = 25 * 1024 * 1024


def read_hosting(environment: Mapping[str, str]) -> Hosting | None:
    """The forge and whether anyone can read the repository there; None outside CI."""
    if environment.get("GITLAB_CI"):
        visibility = environment.get("CI_PROJECT_VISIBILITY", "").lower()
        return Hosting(
            host=environment.get("CI_SERVER_HOST", "").lower(),
            public=visibility == "public" if visibility else None,
        )
    # Forgejo and Gitea set GitHub's variables as well.
    if environment.get("GITHUB_ACTIONS"):
        return Hosting(
            host=_host(environment.get("GITHUB_SERVER_URL", "")),
            public=_event_public(environment.get("GITHUB_EVENT_PATH", "")),
        )
    if environment.get("CI") and environment.get("CI_FORGE_URL"):  # Woodpecker
        private = environment.get("CI_REPO_PRIVATE", "").lower()
        return Hosting(
            host=_host(environment["CI_FORGE_URL"]),
            public=private == "false" if private else None,
        )
    return None


def _host(url: str) -> str:
    from urllib.parse import urlsplit  # noqa: PLC0415 - only in CI

    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _event_public(path: str) -> bool | None:
    """What the event that started the run says of its repository."""
    if not path:
        return None
    try:
        with Path(path).open("rb") as file:
            event: Any = json.loads(file.read(_EVENT_LIMIT))
    except (OSError, ValueError, RecursionError):
        return None
    repository = event.get("repository") if isinstance(event, dict) else None
    if not isinstance(repository, dict):
        return None
    visibility = repository.get("visibility")
    if isinstance(visibility, str):
        return visibility.lower() == "public"
    private = repository.get("private")
    return not private if isinstance(private, bool) else None
