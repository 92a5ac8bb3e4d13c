"""Which commit a person means, and which one a page compares with when nobody says.

Only Git's plumbing is asked; a name is never taken for an option and never for a path.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from site_builder.git import Git, GitFailedError
from site_builder.model.change import Point, Since
from site_builder.model.snapshot import APPROVAL_PATH, Approval

SUBMISSIONS = "nop/"
_LONGEST_NAME = 200
_FORMAT = "--format=%(refname:short)%00%(objectname)%00%(*objectname)"


@dataclass(frozen=True, slots=True)
class Reference:
    """A commit and how people call it."""

    commit: str
    point: Point


class References:
    """Asks one repository for commits.

    Every method gives None or nothing where Git knows none; ``GitFailedError`` never comes out.
    """

    def __init__(self, git: Git) -> None:
        self._git = git

    def named(self, name: str) -> Reference | None:
        """The commit behind a tag, a hash or anything else that Git takes for one."""
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            return None
        commit = self._commit(f"refs/tags/{name}")
        if commit:
            return self._reference(Since.TAG, name, commit)
        commit = self._commit(name)
        return self._reference(Since.COMMIT, commit[:10], commit) if commit else None

    def submissions(self) -> Iterator[Reference]:
        """Tags ``nop/...`` on the way to the present commit, the newest first."""
        with suppress(GitFailedError):
            printed = self._git.run(
                "for-each-ref", "--merged=HEAD", "--sort=-version:refname", "--sort=-creatordate",
                _FORMAT, f"refs/tags/{SUBMISSIONS}",
            )  # fmt: skip
            for line in printed.splitlines():
                name, plain, peeled = line.split("\0")
                reference = self._reference(Since.TAG, name, peeled or plain)
                if reference is not None:
                    yield reference

    def approvals(self, approval: Approval) -> Iterator[Reference]:
        """Commits that may hold what was approved; digests say whether they do."""
        commits = [approval.commit] if _is_hash(approval.commit) else []
        with suppress(GitFailedError):
            written = self._git.run("log", "-3", "--format=%H", "HEAD", "--", APPROVAL_PATH)
            commits.extend(written.split())
        for commit in dict.fromkeys(commits):
            known = self._commit(commit)
            if known:
                yield Reference(known, approval_point(approval, known, self._time(known)))

    def _commit(self, name: str) -> str:
        """The full hash of a commit; "" when there is none of that name."""
        with suppress(GitFailedError):
            return self._git.run(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
            ).strip()
        return ""

    def _reference(self, kind: Since, name: str, commit: str) -> Reference | None:
        at = self._time(commit)
        if at is None:
            return None
        return Reference(commit, Point(kind=kind, name=name, commit=commit, at=at))

    def _time(self, commit: str) -> datetime | None:
        with suppress(GitFailedError, ValueError, OverflowError, OSError):
            seconds = self._git.run("log", "-1", "--format=%at", commit, "--")
            return datetime.fromtimestamp(int(seconds), UTC)
        return None


def approval_point(approval: Approval, commit: str = "", at: datetime | None = None) -> Point:
    """The moment of an approval."""
    return Point(kind=Since.APPROVAL, name=approval.document, commit=commit, at=at, on=approval.on)


def _is_hash(text: str) -> bool:
    return len(text) in (40, 64) and set(text) <= set("0123456789abcdef")
