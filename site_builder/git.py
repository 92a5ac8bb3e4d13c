"""Runs Git where the content lies: asked, never obeyed.

No hooks, no pager, no outside diff programs, no filters of the folder's own, no network. Whatever
a repository names as a program stays unrun.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

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


class GitFailedError(Exception):
    """Git is absent, refused or took too long; the text is a word for it, or ""."""


class Git:
    """Runs Git where the content lies."""

    def __init__(
        self, root: Path, environment: Mapping[str, str], *, seconds: float = _SECONDS
    ) -> None:
        self.root = root
        self._seconds = seconds
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
        return self.raw(*arguments).decode("utf-8", "surrogateescape")

    def raw(self, *arguments: str) -> bytes:
        """What Git prints, as it is."""
        return self._run(arguments, None)

    def feed(self, data: bytes, *arguments: str) -> None:
        """Run Git with something to read."""
        self._run(arguments, data)

    @contextmanager
    def talk(self, *arguments: str) -> Iterator["Talk"]:
        """Run Git as long as one has questions for it; it is stopped when that takes too long.

        Raises:
            GitFailedError: Git is absent or cannot be started.
        """
        command = self._command(arguments)
        try:
            process = subprocess.Popen(  # noqa: S603 - fixed words
                command,
                cwd=self.root,
                env=self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            raise GitFailedError("absent") from None
        timer = Timer(self._seconds, process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield Talk(process)
        finally:
            timer.cancel()
            process.kill()
            process.communicate()

    def _command(self, arguments: Sequence[str]) -> list[str]:
        if self._program is None:
            raise GitFailedError("absent")
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return [self._program, "--no-pager", "--literal-pathspecs", *settings, *arguments]

    def _run(self, arguments: Sequence[str], data: bytes | None) -> bytes:
        command = self._command(arguments)
        try:
            done = subprocess.run(  # noqa: S603 - fixed words; nothing of the content is among them
                command,
                cwd=self.root,
                env=self._environment,
                input=data,
                stdin=subprocess.DEVNULL if data is None else None,
                capture_output=True,
                timeout=self._seconds,
                check=False,
            )
        except FileNotFoundError:
            raise GitFailedError("absent") from None
        except (OSError, subprocess.SubprocessError):
            raise GitFailedError from None
        if done.returncode:
            raise GitFailedError("owner" if b"dubious ownership" in done.stderr else "")
        return done.stdout

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


class Talk:
    """Questions to a Git that answers line by line."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        if process.stdin is None or process.stdout is None:
            raise AssertionError("opened with pipes")
        self._questions, self._answers = process.stdin, process.stdout

    def ask(self, line: str) -> None:
        """Send a line.

        Raises:
            GitFailedError: Git is gone.
        """
        try:
            self._questions.write(line.encode("utf-8", "surrogateescape") + b"\n")
            self._questions.flush()
        except OSError:
            raise GitFailedError from None

    def line(self) -> str:
        """The next line of the answer."""
        return self._answers.readline().decode("utf-8", "surrogateescape")

    def read(self, size: int) -> bytes:
        """The next bytes of the answer, at least one and at most ``size``.

        Raises:
            GitFailedError: there are none left.
        """
        data = self._answers.read(size)
        if not data:
            raise GitFailedError
        return data


def filters_off(git: Git) -> Iterator[tuple[str, str]]:
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
