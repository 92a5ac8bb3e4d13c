"""Serves build/site on this machine and rebuilds it whenever somebody saves a file.

Only served pages get the script that reloads them; the files on disk stay as they were built.
"""

import errno
import queue
import sys
import threading
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from site_builder.publishing.entry import INDEX, NOT_FOUND

HOST = "127.0.0.1"
# Under the root like every file of ours, so the pages' own policy allows it.
_OWN = "/__site-builder/"
_TAG = b'<script src="' + _OWN.encode() + b'reload.js"></script>'
_WATCHED_FILES = frozenset({"criteria.yml", "unit.yml", "mkdocs.yml"})
_WATCHED_FOLDERS = ("evidence", "records")
_PORTS_TO_TRY = 20
# Editors and copying write in bursts: wait for a short quiet before rebuilding.
_QUIET_SECONDS = 0.25
_TICK_SECONDS = 0.5


class Say(Protocol):
    """Prints a sentence of the catalogue for the person at the terminal."""

    def __call__(self, key: str, /, **params: object) -> None: ...


# Reports on a queue that something under the root changed, until told to stop.
Watching = Callable[[Path, "queue.Queue[None]", threading.Event], None]


class _Server(ThreadingHTTPServer):
    """The local server; ``version`` grows with every rebuild."""

    daemon_threads = True
    # On Windows the option would let two servers share a port without a word.
    allow_reuse_address = sys.platform != "win32"
    version = 0

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the library's
        """A reader who goes away in the middle of an answer is no event."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the site, with the reload script put into pages."""

    server: _Server

    def do_GET(self) -> None:
        """Answer a request; the name is the library's."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer a request without its body; the name is the library's."""
        self._answer()

    def _answer(self) -> None:
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in (HOST, "localhost"):
            # A page elsewhere that points a name of its own at this machine reads nothing.
            self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", b"")
            return
        path = urlsplit(self.path).path
        if path.startswith(_OWN):
            self._own(path.removeprefix(_OWN))
            return
        target = Path(self.translate_path(path))
        if target.is_dir():
            target /= INDEX
        if target.suffix == ".html" or not target.is_file():
            self._page(target)
        elif self.command == "HEAD":
            super().do_HEAD()
        else:
            super().do_GET()

    def _own(self, name: str) -> None:
        if name == "reload.js":
            script = (files("site_builder.publishing") / "assets" / name).read_bytes()
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", script)
        else:
            self._send(HTTPStatus.OK, "text/plain", str(self.server.version).encode())

    def _page(self, target: Path) -> None:
        status = HTTPStatus.OK
        try:
            page = target.read_bytes()
        except OSError:
            status = HTTPStatus.NOT_FOUND
            page = self._not_found()
        before, body, after = page.rpartition(b"</body>")
        self._send(status, "text/html; charset=utf-8", before + _TAG + body + after)

    def _not_found(self) -> bytes:
        try:
            return (Path(self.directory) / NOT_FOUND).read_bytes()
        except OSError:
            # No site yet: the first build failed or still runs. The page waits for it.
            return (files("site_builder.publishing") / "assets" / "waiting.html").read_bytes()

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Nothing of a preview is worth keeping; the name is the library's."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of single requests."""


def open_server(folder: Path, port: int) -> _Server:
    """A server on the first free port from ``port`` on.

    Raises:
        OSError: none of them is free, or the system allows no server at all.
    """
    handler = partial(_Handler, directory=str(folder))
    for candidate in range(port, port + _PORTS_TO_TRY):
        try:
            return _Server((HOST, candidate), handler)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise OSError(errno.EADDRINUSE, "", f"{HOST}:{port}")


def watch_content(root: Path, changed: "queue.Queue[None]", stop: threading.Event) -> None:
    """Watch what a build reads; folders that appear later are watched from then on."""
    from watchfiles import DefaultFilter, watch  # noqa: PLC0415 - only serve needs it

    ordinary = DefaultFilter()
    below: list[tuple[threading.Thread, threading.Event]] = []

    def report(paths: tuple[Path, ...], ended: threading.Event) -> None:
        for _ in watch(*paths, watch_filter=ordinary, stop_event=ended, raise_interrupt=False):
            changed.put(None)

    def watch_below() -> None:
        for thread, ended in below:
            ended.set()
            thread.join()
        below.clear()
        paths = tuple(root / name for name in _WATCHED_FOLDERS if (root / name).is_dir())
        if paths:
            ended = threading.Event()
            thread = threading.Thread(target=report, args=(paths, ended), daemon=True)
            thread.start()
            below.append((thread, ended))

    watch_below()
    # Files are watched through their folder: an editor that saves by renaming replaces them.
    for changes in watch(
        root, recursive=False, watch_filter=None, stop_event=stop, raise_interrupt=False
    ):
        names = {Path(path).name for _, path in changes if Path(path).parent == root}
        if names & set(_WATCHED_FOLDERS):
            watch_below()
        if names & {*_WATCHED_FILES, *_WATCHED_FOLDERS}:
            changed.put(None)
    for _, ended in below:
        ended.set()


def serve(  # noqa: PLR0913 - the last two are for tests
    root: Path,
    rebuild: Callable[[], int],
    say: Say,
    *,
    port: int,
    stop: threading.Event | None = None,
    watching: Watching = watch_content,
) -> int:
    """Build, serve and rebuild until interrupted (Ctrl+C) or until ``stop`` is set.

    Args:
        root: content folder.
        rebuild: makes build/site anew and tells what it found; its exit code is the outcome.
        say: prints a status sentence.
        port: the first port to try.
        stop: ends the loop from another thread.
        watching: tells of changes; another one in tests.

    Returns:
        0; content in any state is no failure of the preview.
    """
    root = root.resolve()
    stop = stop or threading.Event()
    changed: queue.Queue[None] = queue.Queue()
    with open_server(root / "build" / "site", port) as server:
        threads = (
            threading.Thread(target=server.serve_forever, args=(_TICK_SECONDS / 5,), daemon=True),
            threading.Thread(target=watching, args=(root, changed, stop), daemon=True),
        )
        for thread in threads:
            thread.start()
        try:
            rebuild()
            server.version += 1
            say("serve_ready", address=f"http://{HOST}:{server.server_address[1]}/")
            while not stop.is_set():
                if _waited(changed):
                    say("serve_changed")
                    code = rebuild()
                    server.version += 1
                    say("serve_kept" if code not in (0, 1) else "serve_renewed")
        except KeyboardInterrupt:
            say("serve_stopped")
        finally:
            stop.set()
            server.shutdown()
    return 0


def _waited(changed: "queue.Queue[None]") -> bool:
    """Wait a tick for a change; then until nothing more comes for a short while."""
    try:
        changed.get(timeout=_TICK_SECONDS)
    except queue.Empty:
        return False
    while True:
        try:
            changed.get(timeout=_QUIET_SECONDS)
        except queue.Empty:
            return True
