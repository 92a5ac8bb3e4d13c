"""What would have to go, and whether it can be done here."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from site_builder.git import Git
from site_builder.model.text import nfc

# Of an empty file; every empty file of every folder has it.
_EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
_EMPTY_BLOB_SHA256 = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
_NO_BLOB = frozenset("0")
# git log --raw: ":old-mode new-mode old-id new-id status"
_RAW_FIELDS = 5
_SUBMODULE = "160000"


class Refusal(enum.Enum):
    """Why a history cannot be written anew here."""

    OUTSIDE_GIT = "outside_git"
    SHALLOW = "shallow"
    DIRTY = "dirty"
    STASH = "stash"
    WORKTREES = "worktrees"
    NOT_FOUND = "not_found"
    OUTSIDE_EVIDENCE = "outside_evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What goes.

    Attributes:
        path: as asked for, NFC, from the content root.
        paths: every spelling of it in the history, from the top of the repository.
        blobs: ids of every content it ever had.
        others: other paths that hold or held one of those contents; they go as well.
        commits: how many commits hold one of them.
        mentions: commits whose message names the file; they keep their messages.
    """

    path: str
    paths: frozenset[str]
    blobs: frozenset[str]
    others: tuple[str, ...]
    commits: int
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One file in one commit."""

    commit: str
    path: str
    blobs: tuple[str, ...]


def plan(git: Git, path: str) -> Plan | Refusal:
    """Look through all branches and tags for a file.

    Args:
        git: where the content lies.
        path: from the content root, "/" separated.

    Raises:
        GitFailedError: Git is absent or failed.
    """
    if not path.startswith("evidence/"):
        return Refusal.OUTSIDE_EVIDENCE
    wanted = nfc(git.run("rev-parse", "--show-prefix").rstrip("\n") + path)
    refusal = _refusal(git, wanted)
    if refusal is not None:
        return refusal
    seen = tuple(_seen(git))
    paths = frozenset(each.path for each in seen if nfc(each.path) == wanted)
    if not paths:
        return Refusal.NOT_FOUND
    blobs = frozenset(blob for each in seen if each.path in paths for blob in each.blobs)
    holding = [each for each in seen if each.path in paths or not blobs.isdisjoint(each.blobs)]
    return Plan(
        path=nfc(path),
        paths=paths,
        blobs=blobs,
        others=tuple(sorted({nfc(each.path) for each in holding} - {wanted})),
        commits=len({each.commit for each in holding}),
        mentions=_mentions(git, Path(path).name),
    )


def contents(git: Git, planned: Plan) -> Iterator[bytes]:
    """Everything that ever lay there, as Git keeps it; a pointer where the content is elsewhere.

    Raises:
        GitFailedError: Git failed.
    """
    for blob in sorted(planned.blobs):
        yield git.raw("cat-file", "blob", blob)


def _refusal(git: Git, wanted: str) -> Refusal | None:
    if git.run("rev-parse", "--is-shallow-repository").strip() == "true":
        return Refusal.SHALLOW
    if git.run("for-each-ref", "refs/stash").strip():
        return Refusal.STASH
    if git.run("worktree", "list", "--porcelain").count("worktree ") > 1:
        return Refusal.WORKTREES
    changed = git.run(
        "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no",
        "--ignore-submodules=all",
    )  # fmt: skip
    # The file itself may have been deleted already; that is the first thing people do.
    names = {nfc(line[3:]) for line in changed.split("\0") if line}
    return Refusal.DIRTY if names - {wanted} else None


def _seen(git: Git) -> Iterator[_Seen]:
    """Every file as every commit changed it; both sides of merges."""
    printed = git.run(
        "log", "--all", "-z", "-m", "--root", "--raw", "--no-abbrev", "--no-renames",
        "--no-ext-diff", "--no-textconv", "--format=%x01%H",
    )  # fmt: skip
    for chunk in printed.split("\x01")[1:]:
        commit, _, rest = chunk.partition("\0")
        words = rest.lstrip("\n").split("\0")
        for place, word in enumerate(words[:-1]):
            fields = word.lstrip("\n").removeprefix(":").split(" ")
            if not word.lstrip("\n").startswith(":") or len(fields) != _RAW_FIELDS:
                continue
            if _SUBMODULE in fields[:2]:
                continue
            blobs = tuple(
                blob
                for blob in fields[2:4]
                if not _NO_BLOB.issuperset(blob) and blob not in {_EMPTY_BLOB, _EMPTY_BLOB_SHA256}
            )
            yield _Seen(commit.strip(), words[place + 1], blobs)


def _mentions(git: Git, name: str) -> tuple[str, ...]:
    printed = git.run("log", "--all", "-i", "--fixed-strings", f"--grep={name}", "--format=%h")
    return tuple(printed.split())
