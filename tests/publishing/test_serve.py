import queue
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from site_builder.messages import read_catalogue
from site_builder.publishing import serve as serving

PAGE = b"<html><head></head><body><p>one</p></body></html>"
WAIT = 20.0


class Preview:
    """A running preview with its builds and sentences."""

    def __init__(self, root: Path, rebuild: Callable[[], int], **options: Any) -> None:
        self.said: queue.Queue[tuple[str, dict[str, object]]] = queue.Queue()
        self.stop = threading.Event()
        self.codes: list[int] = []
        arguments = {"port": 8300, "stop": self.stop, **options}
        self.thread = threading.Thread(
            target=lambda: self.codes.append(serving.serve(root, rebuild, self._say, **arguments))
        )
        self.thread.start()
        self.address = str(self.expect("serve_ready")["address"])

    def _say(self, key: str, /, **params: object) -> None:
        self.said.put((key, params))

    def expect(self, key: str) -> dict[str, object]:
        said, params = self.said.get(timeout=WAIT)
        assert said == key
        return params

    def save(self, change: Callable[[], object], outcome: str = "serve_renewed") -> None:
        """Change something, again if the watcher was not there yet, and wait for the rebuild."""
        for _ in range(int(WAIT)):
            change()
            try:
                said, _params = self.said.get(timeout=1)
            except queue.Empty:
                continue
            assert said == "serve_changed"
            self.expect(outcome)
            return
        raise AssertionError("nothing was rebuilt")

    def get(self, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        request = urllib.request.Request(self.address + path, headers=headers)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=WAIT) as answer:  # noqa: S310
                return answer.status, answer.read(), dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), dict(error.headers)


@contextmanager
def _preview(root: Path, rebuild: Callable[[], int], **options: Any) -> Iterator[Preview]:
    preview = Preview(root, rebuild, **options)
    try:
        yield preview
    finally:
        preview.stop.set()
        preview.thread.join(WAIT)
        assert not preview.thread.is_alive()
        assert preview.codes == [0]


def _still(root: Path, changed: "queue.Queue[None]", stop: threading.Event) -> None:
    """Nothing ever changes."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "build/site/2023"
    site.mkdir(parents=True)
    (site / "index.html").write_bytes(PAGE)
    (site / "a.pdf").write_bytes(b"%PDF </body>")
    (tmp_path / "evidence/1").mkdir(parents=True)
    (tmp_path / "criteria.yml").write_text("x")
    return tmp_path


def test_served_pages_reload_and_files_stay_as_they_are(root: Path) -> None:
    with _preview(root, lambda: 0, watching=_still) as preview:
        code, body, headers = preview.get("2023/index.html")
        assert (code, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert body == PAGE.replace(b"</body>", serving._TAG + b"</body>")  # noqa: SLF001
        assert headers["Cache-Control"] == "no-store"
        assert preview.get("2023/")[1] == body
        assert preview.get("2023/a.pdf")[1] == b"%PDF </body>"
        assert b"/__site-builder/version" in preview.get("__site-builder/reload.js")[1]
    assert (root / "build/site/2023/index.html").read_bytes() == PAGE


def test_only_this_machine_is_answered(root: Path) -> None:
    with _preview(root, lambda: 0, watching=_still) as preview:
        assert preview.address.startswith("http://127.0.0.1:")
        assert preview.get("2023/index.html", Host="rebound.example:8300")[0] == 403
        assert preview.get("2023/index.html", Host="localhost:8300")[0] == 200


@pytest.mark.parametrize("path", ["../../criteria.yml", "%2e%2e/%2e%2e/criteria.yml", "none.html"])
def test_nothing_outside_the_site_is_served(root: Path, path: str) -> None:
    with _preview(root, lambda: 0, watching=_still) as preview:
        code, body, _ = preview.get(path)
        assert code == 404
        assert serving._TAG in body  # noqa: SLF001


def test_a_taken_port_is_passed_over(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind((serving.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with _preview(root, lambda: 0, port=port, watching=_still) as preview:
            assert not preview.address.endswith(f":{port}/")


def test_saving_rebuilds_and_the_page_learns_of_it(root: Path) -> None:
    builds: list[int] = []

    def rebuild() -> int:
        builds.append(1)
        return 0

    with _preview(root, rebuild) as preview:
        first = preview.get("__site-builder/version")[1]
        for path in ("criteria.yml", "evidence/1/a.pdf"):
            preview.save(partial((root / path).write_text, "changed"))
        assert len(builds) == 3
        assert preview.get("__site-builder/version")[1] != first


def test_a_folder_made_later_is_watched(root: Path) -> None:
    with _preview(root, lambda: 0) as preview:
        preview.save(partial((root / "criteria.yml").write_text, "changed"))
        (root / "records").mkdir()
        preview.expect("serve_changed")
        preview.expect("serve_renewed")
        preview.save(partial((root / "records/results.yml").write_text, "x"))


def test_the_build_itself_rebuilds_nothing(root: Path) -> None:
    with _preview(root, lambda: 0) as preview:
        preview.save(partial((root / "criteria.yml").write_text, "changed"))
        (root / "build/site/x.html").write_text("x")
        (root / "README.md").write_text("x")
        with pytest.raises(queue.Empty):
            preview.said.get(timeout=2)


def test_a_failed_rebuild_keeps_the_preview(root: Path) -> None:
    codes = iter([0, 3, 1])
    with _preview(root, lambda: next(codes)) as preview:
        preview.save(partial((root / "unit.yml").write_text, "broken"), "serve_kept")
        assert preview.get("2023/index.html")[0] == 200
        preview.save(partial((root / "unit.yml").write_text, "mended"))


def test_before_the_first_site_a_page_waits(tmp_path: Path) -> None:
    with _preview(tmp_path, lambda: 3, watching=_still) as preview:
        code, body, _ = preview.get("")
        assert code == 404
        assert b'<html lang="vi">' in body
        assert serving._TAG in body  # noqa: SLF001


def test_interrupting_ends_it_with_a_word(root: Path) -> None:
    said: list[str] = []

    def rebuild() -> int:
        raise KeyboardInterrupt

    def say(key: str, /, **_: object) -> None:
        said.append(key)

    assert serving.serve(root, rebuild, say, port=8300, watching=_still) == 0
    assert said == ["serve_stopped"]


def test_every_sentence_is_in_the_catalogue() -> None:
    table = read_catalogue("cli").table("cli", "say")
    keys = {"serve_ready", "serve_changed", "serve_renewed", "serve_kept", "serve_stopped"}
    assert keys <= table.keys()
