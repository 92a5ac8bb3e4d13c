"""Sites made by the whole program with the real engines, each once per session."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from site_builder.publishing.swap import locked

REPOSITORY = Path(__file__).resolve().parents[2]
CONTENT = ("criteria.yml", "unit.yml", "mkdocs.yml", "evidence", "records")
TODAY = "2024-01-05"
# The demonstration at the repository's top, and every tiny commune of the tests.
COMMUNES = (
    "demo",
    *sorted(path.parent.name for path in (REPOSITORY / "tests/communes").glob("*/criteria.yml")),
)
TINY = COMMUNES[-1]
# The tiniest one with a file of every kind that people hand in.
MUSEUM = "museum"
COMMIT = {
    "GIT_AUTHOR_NAME": "Noi vu",
    "GIT_AUTHOR_EMAIL": "noi-vu@xa-mau.example",
    "GIT_COMMITTER_NAME": "Noi vu",
    "GIT_COMMITTER_EMAIL": "noi-vu@xa-mau.example",
    "GIT_AUTHOR_DATE": "2024-01-05T08:00:00+07:00",
    "GIT_COMMITTER_DATE": "2024-01-05T08:00:00+07:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@dataclass(frozen=True)
class Built:
    """A built site and the content it was made from."""

    root: Path
    folder: Path


def program(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a person would."""
    return subprocess.run(
        [sys.executable, "-m", "site_builder", "--root", str(root), *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def build(root: Path, engine: str, edition: str = "working") -> Path:
    """Build and insist on success; the site's folder."""
    done = program(root, "build", "--engine", engine, "--edition", edition, "--today", TODAY)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return root / "build" / {"working": "site"}.get(edition, edition)


def commune(name: str) -> Path:
    """Where the content of a demonstration commune lies."""
    return REPOSITORY if name == "demo" else REPOSITORY / "tests" / "communes" / name


def copy_of(name: str, target: Path, exhibits: Path | None = None) -> Path:
    """The content of a commune alone, as one commit; ``exhibits`` are laid over it."""
    target.mkdir(parents=True)
    for part in CONTENT:
        source = commune(name) / part
        if source.is_dir():
            shutil.copytree(source, target / part)
        elif source.is_file():
            shutil.copyfile(source, target / part)
    if exhibits is not None:
        shutil.copytree(exhibits, target, dirs_exist_ok=True)
    git(target, "init", "-q", "-b", "main")
    git(target, "config", "core.autocrlf", "false")
    git(target, "add", "-A")
    git(target, "commit", "-q", "-m", "Noi dung")
    (target / ".git" / "info" / "exclude").write_text("/build/\n/.cache/\n")
    return target


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", *arguments], cwd=folder, check=True, env={**os.environ, **COMMIT}, timeout=60
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Built]:
    """Gives the site of a commune by an engine, built on first use.

    Workers of one run share the sites: a worker that asks for one being built waits for it.
    """
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent

    def get(name: str, engine: str) -> Built:
        root = base / f"site-{name}-{engine}"
        done = base / f"site-{name}-{engine}.done"
        with locked(base / f"site-{name}-{engine}.lock", 600):
            if not done.exists():
                # A worker that failed here leaves nothing that another takes for a site.
                shutil.rmtree(root, ignore_errors=True)
                if name == MUSEUM:
                    build(copy_of(TINY, root, _exhibits(base)), engine)
                else:
                    build(copy_of(name, root), engine)
                done.touch()
        return Built(root=root, folder=root / "build" / "site")

    return get


def _exhibits(base: Path) -> Path:
    """The museum's files, made once for all engines: signatures differ each time."""
    made = base / "museum"
    with locked(base / "museum.lock", 600):
        if not made.exists():
            unfinished = base / "museum-unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            # A browser's loop runs in this process; whatever signs wants to start its own.
            command = [sys.executable, "-m", "tests.e2e.museum", str(unfinished)]
            subprocess.run(command, cwd=REPOSITORY, check=True, timeout=300)
            unfinished.rename(made)
    return made


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that closes its page goes away in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder as a plain static host shows it; gives the address."""
    handler = partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()
