"""Who brought each file and who last changed it, from one pass over the history.

Git is asked, never obeyed: no hooks, no pager, no outside diff programs, no network. What it
cannot tell (a shallow clone, a folder outside Git, no Git at all) is unknown and never guessed.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from site_builder.loading import problems
from site_builder.loading.evidence_tree import shown_name
from site_builder.model.evidence import Change, Revision
from site_builder.model.finding import Finding
from site_builder.model.mappings import empty
from site_builder.model.unit import Unit

SETTINGS_FILES = ("criteria.yml", "unit.yml", "mkdocs.yml")
CONTENT = (*SETTINGS_FILES, "evidence", "records")

_SECONDS = 120
# Variables with which a caller says which configuration may be trusted; every other GIT_ one
# (a hook's GIT_DIR, GIT_INDEX_FILE ...) would make Git look at another repository.
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")
_SETTINGS = (
    "core.quotepath=off",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "diff.external=",
    "log.showRoot=true",
    "log.showSignature=false",
    "i18n.logOutputEncoding=UTF-8",
    # A folder that looks like a repository's inside would bring settings of its own with a clone.
    "safe.bareRepository=explicit",
)
HARDENED: Mapping[str, str] = {
    "LC_ALL": "C",
    # Stronger than ``protocol.allow``, which a repository's settings for one protocol override.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
# Settings that travel with the folder; all others are the machine's own.
_OF_THE_REPOSITORY = ("local", "worktree")
# What "git lfs install --local" writes; runners do, and without it large files seem changed.
_LFS = re.compile(
    r"filter\.lfs\.(?:required\n\w+|(?:clean|smudge|process)\n"
    r"git-lfs (?:(?:clean|smudge|smudge --skip) -- %f|filter-process(?: --skip)?))"
)
_START = "\x01"
_HEADER = "%x01%H%x02%at%x02%ae%x02%an"
_LOG = (
    "log",
    "-z",
    "--date-order",
    "--no-color",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--name-status",
    # A merge shows what neither side had; ``-m`` would show every branch's files again.
    "-c",
    # Only whole moves: telling a changed one needs the bytes of both, and a partial clone
    # would have to fetch them.
    "-M100%",
    f"--format={_HEADER}",
    "HEAD",
    "--",
    *CONTENT,
)
_STATUS = (
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=normal",
    "--ignore-submodules=all",
    "--",
    *CONTENT,
)


class _GitFailed(Exception):  # noqa: N818 - caught in this module
    """Git is absent, refused or took too long."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as Git prints it."""

    id: str
    seconds: int
    email: str
    author: str


@dataclass(frozen=True, slots=True)
class History:
    """What Git says of the content folder; office names are not known yet.

    Attributes:
        tracked: paths in the index, composed, from the content root.
        last, first: commits by composed path from the content root.
    """

    inside: bool = False
    head: Commit | None = None
    shallow: bool = False
    dirty: bool = False
    tracked: frozenset[str] = frozenset()
    last: Mapping[str, Commit] = field(default_factory=empty)
    first: Mapping[str, Commit] = field(default_factory=empty)
    findings: tuple[Finding, ...] = ()


def read_history(root: Path, environment: Mapping[str, str], *, authors: bool = True) -> History:
    """Ask Git about a content folder, the top of a repository or a folder inside one.

    Without ``authors`` only which commit it is, not who brought which file nor whether
    anything was changed since: no check asks for that, and it is a tenth of the run.
    """
    if not _has_repository(root):
        return History()
    git = _Git(root, environment)
    try:
        return _read(git, authors=authors)
    except _GitFailed as failure:
        found = problems.HISTORY_UNKNOWN.at("", variant=str(failure) or None)
        return History(findings=(found,))


def revision_of(history: History, unit: Unit | None, present: Iterable[str]) -> Revision:
    """The revision with offices put to the authors' addresses.

    Args:
        history: what Git said.
        unit: whose offices are known; None leaves every author unknown.
        present: paths of the evidence files; one that Git ignores makes the content a draft.
    """
    if not history.inside:
        return Revision()
    offices = {
        email: office.key
        for office in (unit.offices.values() if unit else ())
        for email in office.emails
    }
    changes: dict[str, Change] = {}

    def change(commit: Commit) -> Change:
        known = changes.get(commit.id)
        if known is None:
            known = changes[commit.id] = Change(
                commit=commit.id,
                at=_time(commit.seconds),
                office=offices.get(commit.email.strip().lower()),
                author=commit.author,
            )
        return known

    head = history.head
    return Revision(
        commit=head.id if head else "",
        at=_time(head.seconds) if head else None,
        dirty=history.dirty or any(path not in history.tracked for path in present),
        shallow=history.shallow,
        inside_git=True,
        last={path: change(commit) for path, commit in history.last.items()},
        first={path: change(commit) for path, commit in history.first.items()},
    )


def _has_repository(root: Path) -> bool:
    """There is a .git above; spares starting Git for a plain folder."""
    try:
        folder = root.resolve()
        return any((above / ".git").exists() for above in (folder, *folder.parents))
    except OSError:
        return False


def _time(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):  # a commit can claim any time at all
        return datetime.fromtimestamp(0, UTC)


class _Git:
    """Runs Git where the content lies."""

    def __init__(self, root: Path, environment: Mapping[str, str]) -> None:
        self.root = root
        kept = {
            name: value
            # PATH and HOME must be there, however little the caller passes on.
            for name, value in {**os.environ, **environment}.items()
            if not name.startswith("GIT_") or name.startswith(_KEPT)
        }
        # A relative folder would be looked for in the content, where a file may be called "git".
        folders = kept.get("PATH", "").split(os.pathsep)
        path = [folder for folder in folders if Path(folder).is_absolute()]
        self._program = _program(path)
        self._environment = {**kept, **HARDENED, "PATH": os.pathsep.join(path)}

    def run(self, *arguments: str) -> str:
        """What Git prints; bytes that are no text as surrogates."""
        if self._program is None:
            raise _GitFailed("absent")
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        command = [self._program, "--no-pager", "--literal-pathspecs", *settings, *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - fixed words; nothing of the content is among them
                command,
                cwd=self.root,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except FileNotFoundError:
            raise _GitFailed("absent") from None
        except (OSError, subprocess.SubprocessError):
            raise _GitFailed from None
        if done.returncode:
            raise _GitFailed("owner" if b"dubious ownership" in done.stderr else "")
        return done.stdout.decode("utf-8", "surrogateescape")

    def set(self, settings: Iterable[tuple[str, str]]) -> None:
        """Settings from now on; unlike those of the command line, their names may hold "="."""
        environment = self._environment
        known = environment.get("GIT_CONFIG_COUNT", "")
        count = int(known) if known.isdecimal() else 0
        for key, value in settings:
            environment[f"GIT_CONFIG_KEY_{count}"] = key
            environment[f"GIT_CONFIG_VALUE_{count}"] = value
            count += 1
        environment["GIT_CONFIG_COUNT"] = str(count)


def _program(path: Iterable[str]) -> str | None:
    """Git itself; asked by its bare name, Windows would look beside the content first."""
    name = "git.exe" if os.name == "nt" else "git"
    places = (Path(folder, name) for folder in path)
    found = (place for place in places if place.is_file() and os.access(place, os.X_OK))
    return next(map(os.fspath, found), None)


def _filters_off(git: _Git) -> Iterator[tuple[str, str]]:
    """Settings that keep Git from running programs which the repository names as filters.

    To tell whether a file was changed Git would pass it through them.
    """
    words = git.run("config", "-z", "--show-scope", "--list").split("\0")
    pairs = zip(words[::2], words[1::2], strict=False)
    own = [setting for scope, setting in pairs if scope in _OF_THE_REPOSITORY]
    filters: dict[str, list[str]] = {}
    for setting in own:
        if setting.startswith("filter."):
            name = setting.partition("\n")[0].rpartition(".")[0]
            filters.setdefault(name, []).append(setting)
    if any(setting.startswith("lfs.extension.") for setting in own):
        # Programs that git-lfs would run, whoever named git-lfs.
        filters["filter.lfs"] = own
    for name, settings in filters.items():
        if not all(_LFS.fullmatch(setting) for setting in settings):
            yield from ((f"{name}.{part}", "") for part in ("clean", "smudge", "process"))
            yield f"{name}.required", "false"


def _read(git: _Git, *, authors: bool) -> History:
    where = git.run(
        "rev-parse",
        "--is-inside-work-tree",
        "--is-shallow-repository",
        "--show-prefix",
        "--git-path",
        "shallow",
    )
    inside, shallow, rest = where.split("\n", 2)
    # A prefix may contain a line break itself; the path of the shallow file comes last.
    prefix, _, shallow_file = rest.rstrip("\n").rpartition("\n")
    if inside != "true":
        return History()
    listed = git.run("ls-files", "-z", "--", *(CONTENT if authors else SETTINGS_FILES))
    tracked = frozenset(shown_name(path) for path in listed.split("\0") if path)
    if not tracked:
        # A folder that merely lies inside somebody's repository (an ignored build, a sample).
        return History()
    try:
        head = _commit(git.run("log", "-1", f"--format={_HEADER}", "HEAD").strip("\n"))
    except _GitFailed:
        return History(inside=True, dirty=True, tracked=tracked)  # nothing was committed yet
    if not authors:
        # Nobody asked whether something differs from the commit, so nothing is promised.
        return History(inside=True, head=head, shallow=shallow == "true", dirty=True)
    cut = _cut_commits(git, shallow_file) if shallow == "true" else frozenset()
    last, first = _walk(git.run(*_LOG), prefix, cut, is_shallow=shallow == "true")
    git.set(_filters_off(git))
    return History(
        inside=True,
        head=head,
        shallow=shallow == "true",
        dirty=bool(git.run(*_STATUS)),
        tracked=tracked,
        last=last,
        first=first,
    )


def _cut_commits(git: _Git, shallow_file: str) -> frozenset[str]:
    """Commits whose parents were not fetched: they seem to bring every file there is."""
    path = git.root / shallow_file
    try:
        return frozenset(path.read_text("ascii").split())
    except (OSError, ValueError):
        raise _GitFailed from None


def _commit(header: str) -> Commit:
    id_, seconds, email, author = header.removeprefix(_START).split("\x02", 3)
    return Commit(id_, int(seconds), _clean(email), _clean(author))


def _clean(text: str) -> str:
    """A name without bytes that are no letters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walk(
    printed: str, prefix: str, cut: frozenset[str], *, is_shallow: bool
) -> tuple[dict[str, Commit], dict[str, Commit]]:
    """Last and first commit by composed path, from the newest commit back to the oldest."""
    last: dict[str, Commit] = {}
    first: dict[str, Commit] = {}
    born: set[str] = set()
    # Name in this and older commits to the name of today.
    today: dict[str, str] = {}
    commit: Commit | None = None
    tokens = iter(printed.split("\0"))
    start = len(prefix)
    for token in tokens:
        word = token.lstrip("\n")
        if word.startswith(_START):
            commit = _commit(word)
            continue
        if not word:
            continue
        old = next(tokens, "")
        # "R100" has two names; the letters of a merge ("MM", "RM") come with one.
        path = next(tokens, "") if word[0] in "RC" and word[1:].isdecimal() else old
        name = today.get(path, path)
        if word[0] == "R" and path is not old:
            today[old] = name
        if commit is None or commit.id in cut:
            continue
        last.setdefault(name, commit)
        if name not in born:
            first[name] = commit
            if set(word) == {"A"}:
                # Before this the name stood for nothing, or for a file that was taken away.
                born.add(name)
    if is_shallow:
        first = {name: commit for name, commit in first.items() if name in born}
    return (
        {shown_name(name[start:]): commit for name, commit in last.items()},
        {shown_name(name[start:]): commit for name, commit in first.items()},
    )
