"""Who brought each file and who last changed it, from one pass over the history.

Git is asked, never obeyed: no hooks, no pager, no outside diff programs, no network. What it
cannot tell (a shallow clone, a folder outside Git, no Git at all) is unknown and never guessed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from site_builder.git import Git, GitFailedError, filters_off
from site_builder.loading import problems
from site_builder.loading.evidence_tree import shown_name
from site_builder.model.evidence import Change, Revision
from site_builder.model.finding import Finding
from site_builder.model.mappings import empty
from site_builder.model.unit import Unit

SETTINGS_FILES = ("criteria.yml", "unit.yml", "mkdocs.yml")
CONTENT = (*SETTINGS_FILES, "evidence", "records")

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


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as Git prints it."""

    id: str
    seconds: int
    email: str
    author: str


@dataclass(frozen=True, slots=True)
class Touch:
    """One file in one commit.

    Attributes:
        letter: of Git's status: A, M, D, R ...
        path: as it is called today, composed, from the content root.
        before: as it was called before a renaming, else the same.
    """

    commit: Commit
    letter: str
    path: str
    before: str


@dataclass(frozen=True, slots=True)
class History:
    """What Git says of the content folder; office names are not known yet.

    Attributes:
        tracked: paths in the index, composed, from the content root.
        last, first: commits by composed path from the content root.
        touches: every change of every file, the newest first.
    """

    inside: bool = False
    head: Commit | None = None
    shallow: bool = False
    dirty: bool = False
    tracked: frozenset[str] = frozenset()
    last: Mapping[str, Commit] = field(default_factory=empty)
    first: Mapping[str, Commit] = field(default_factory=empty)
    touches: tuple[Touch, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_history(root: Path, environment: Mapping[str, str], *, authors: bool = True) -> History:
    """Ask Git about a content folder, the top of a repository or a folder inside one.

    Without ``authors`` only which commit it is, not who brought which file nor whether
    anything was changed since: no check asks for that, and it is a tenth of the run.
    """
    if not _has_repository(root):
        return History()
    git = Git(root, environment)
    try:
        return _read(git, authors=authors)
    except GitFailedError as failure:
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
    change = authorship(unit)
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


def authorship(unit: Unit | None) -> Callable[[Commit], Change]:
    """Puts offices to commits; one value for each commit, however many files it changed."""
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

    return change


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


def _read(git: Git, *, authors: bool) -> History:
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
    except GitFailedError:
        return History(inside=True, dirty=True, tracked=tracked)  # nothing was committed yet
    if not authors:
        # Nobody asked whether something differs from the commit, so nothing is promised.
        return History(inside=True, head=head, shallow=shallow == "true", dirty=True)
    cut = _cut_commits(git, shallow_file) if shallow == "true" else frozenset()
    walked = _walk(git.run(*_LOG), prefix, cut, is_shallow=shallow == "true")
    git.set(filters_off(git))
    return History(
        inside=True,
        head=head,
        shallow=shallow == "true",
        dirty=bool(git.run(*_STATUS)),
        tracked=tracked,
        last=walked.last,
        first=walked.first,
        touches=walked.touches,
    )


def _cut_commits(git: Git, shallow_file: str) -> frozenset[str]:
    """Commits whose parents were not fetched: they seem to bring every file there is."""
    path = git.root / shallow_file
    try:
        return frozenset(path.read_text("ascii").split())
    except (OSError, ValueError):
        raise GitFailedError from None


def _commit(header: str) -> Commit:
    id_, seconds, email, author = header.removeprefix(_START).split("\x02", 3)
    return Commit(id_, int(seconds), _clean(email), _clean(author))


def _clean(text: str) -> str:
    """A name without bytes that are no letters."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Walked:
    """What one pass over the history tells; as in ``History``."""

    last: Mapping[str, Commit]
    first: Mapping[str, Commit]
    touches: tuple[Touch, ...]


def _walk(printed: str, prefix: str, cut: frozenset[str], *, is_shallow: bool) -> _Walked:
    """Last and first commit by composed path, from the newest commit back to the oldest."""
    last: dict[str, Commit] = {}
    first: dict[str, Commit] = {}
    born: set[str] = set()
    # Name in this and older commits to the name of today.
    today: dict[str, str] = {}
    touched: list[tuple[Commit, str, str, str]] = []
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
        touched.append((commit, word[0], name, old))
        last.setdefault(name, commit)
        if name not in born:
            first[name] = commit
            if set(word) == {"A"}:
                # Before this the name stood for nothing, or for a file that was taken away.
                born.add(name)
    if is_shallow:
        first = {name: commit for name, commit in first.items() if name in born}
    return _Walked(
        last={shown_name(name[start:]): commit for name, commit in last.items()},
        first={shown_name(name[start:]): commit for name, commit in first.items()},
        touches=tuple(
            Touch(commit, letter, shown_name(name[start:]), shown_name(old[start:]))
            for commit, letter, name, old in touched
        ),
    )
