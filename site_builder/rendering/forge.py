"""Where the forge shows, edits and receives the files of the repository."""

import enum
from dataclasses import dataclass
from urllib.parse import quote, urlsplit


class _Dialect(enum.Enum):
    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"


# Parts of host names that tell the software; a host that tells nothing is taken for GitHub's.
_HINTS = (
    ("gitlab", _Dialect.GITLAB),
    ("gitea", _Dialect.GITEA),
    ("forgejo", _Dialect.GITEA),
    ("codeberg", _Dialect.GITEA),
)
_WORDS = {
    _Dialect.GITHUB: {"file": "blob", "folder": "tree", "edit": "edit", "upload": "upload"},
    _Dialect.GITLAB: {"file": "-/blob", "folder": "-/tree", "edit": "-/edit", "upload": "-/tree"},
    _Dialect.GITEA: {
        "file": "src/branch",
        "folder": "src/branch",
        "edit": "_edit",
        "upload": "_upload",
    },
}


@dataclass(frozen=True, slots=True)
class Forge:
    """Links into one branch of one repository.

    Attributes:
        url: of the repository, http or https, without a trailing slash.
    """

    url: str
    branch: str
    dialect: _Dialect

    def file(self, path: str, line: int | None = None) -> str:
        """Shows a file, at a line where the forge can."""
        return self._link("file", path) + (f"#L{line}" if line else "")

    def folder(self, path: str) -> str:
        """Shows a folder."""
        return self._link("folder", path)

    def edit(self, path: str) -> str:
        """Opens a text file in the forge's editor."""
        return self._link("edit", path)

    def upload(self, folder: str) -> str:
        """Where files are put into a folder."""
        return self._link("upload", folder)

    def _link(self, word: str, path: str) -> str:
        where = f"{quote(self.branch, safe='/')}/{quote(path, safe='/', errors='replace')}"
        return f"{self.url}/{_WORDS[self.dialect][word]}/{where}"


def forge_at(repo_url: str, branch: str) -> Forge | None:
    """The forge of a repository's web address; None when there is no such address."""
    parts = urlsplit(repo_url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    host = parts.hostname.lower()
    dialect = next((dialect for hint, dialect in _HINTS if hint in host), _Dialect.GITHUB)
    # Never the name or token that a clone's address may carry.
    netloc = host if parts.port is None else f"{host}:{parts.port}"
    path = parts.path.rstrip("/").removesuffix(".git")
    return Forge(f"{parts.scheme}://{netloc}{path}", branch, dialect)
