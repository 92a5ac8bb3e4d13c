"""Firefox of this machine, driven over Marionette, the protocol that it speaks by itself.

No driver program is needed, and Debian has none.
"""

import base64
import contextlib
import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROGRAMS = ("firefox-esr", "firefox")
_START_SECONDS = 90.0
_ANSWER_SECONDS = 90.0


def program() -> str | None:
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, PROGRAMS)), None)


class FirefoxError(Exception):
    """Firefox refused a command, or a script in a page failed."""


class Firefox:
    """A window of Firefox.

    Attributes:
        asked: what it asked the network for: the first bytes of every request to its proxy.
    """

    def __init__(self, connection: socket.socket, asked: list[bytes]) -> None:
        self.asked = asked
        self._stream = connection.makefile("rwb")
        self._count = 0
        self._read()
        self._ask("WebDriver:NewSession", capabilities={})

    def open(self, url: str) -> None:
        self._ask("WebDriver:Navigate", url=url)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script in the page returns; ``arguments`` are its own."""
        return self._ask("WebDriver:ExecuteScript", script=script, args=list(arguments))

    def until(self, script: str, *arguments: Any, seconds: float = 60.0) -> Any:
        """The same, again and again until it returns something."""
        end = time.monotonic() + seconds
        while not (found := self.run(script, *arguments)):
            if time.monotonic() > end:
                raise AssertionError(f"not in {seconds} seconds: {script}")
            time.sleep(0.1)
        return found

    def type(self, selector: str, text: str) -> None:
        """Press the keys in a field of the page."""
        found = self._ask("WebDriver:FindElement", using="css selector", value=selector)
        self._ask("WebDriver:ElementSendKeys", id=next(iter(found.values())), text=text)

    def press(self, text: str) -> None:
        """Press keys wherever the page has its focus."""
        keys = [{"type": way, "value": char} for char in text for way in ("keyDown", "keyUp")]
        actions = [{"type": "key", "id": "keyboard", "actions": keys}]
        self._ask("WebDriver:PerformActions", actions=actions)

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self._ask("WebDriver:TakeScreenshot", full=False, hash=False))

    def quit(self) -> None:
        self._ask("Marionette:Quit", flags=["eForceQuit"])

    def _ask(self, command: str, **params: Any) -> Any:
        self._count += 1
        data = json.dumps([0, self._count, command, params]).encode()
        self._stream.write(b"%d:%b" % (len(data), data))
        self._stream.flush()
        _, _, error, result = self._read()
        if error:
            raise FirefoxError(f"{error['error']}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def _read(self) -> Any:
        size = b""
        while (char := self._stream.read(1)) != b":":
            if not char:
                raise FirefoxError("it is gone")
            size += char
        return json.loads(self._stream.read(int(size)))


@contextlib.contextmanager
def firefox(home: Path) -> Iterator[Firefox]:
    """A headless Firefox without network; its only way out is a proxy that hangs up.

    Args:
        home: an empty folder for its profile.
    """
    found = program()
    assert found is not None
    asked: list[bytes] = []
    with _proxy(asked) as way_out, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        _settle(home, port, way_out)
        process = subprocess.Popen(
            [found, "--headless", "--marionette", "--no-remote", "--profile", str(home)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(home)},
        )
        try:
            with _connected(port) as connection:
                window = Firefox(connection, asked)
                yield window
                with contextlib.suppress(FirefoxError, OSError):
                    window.quit()
        finally:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _settle(home: Path, port: int, proxy: int) -> None:
    settings = {
        "marionette.port": port,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": proxy,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": proxy,
        "network.proxy.allow_hijacking_localhost": True,
        # What the browser itself wants from its maker.
        "app.update.disabledForTesting": True,
        "browser.aboutHomeSnippets.updateUrl": "",
        "browser.newtabpage.enabled": False,
        "browser.region.network.url": "",
        "browser.safebrowsing.provider.mozilla.updateURL": "",
        "browser.startup.page": 0,
        "datareporting.policy.dataSubmissionEnabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "services.settings.server": "data:,",
        "toolkit.telemetry.server": "",
    }
    lines = (
        f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in settings.items()
    )
    (home / "user.js").write_text("\n".join(lines) + "\n", "utf-8")


def _connected(port: int) -> socket.socket:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), _ANSWER_SECONDS)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def _proxy(asked: list[bytes]) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.settimeout(5)
                        with contextlib.suppress(OSError):
                            asked.append(connection.recv(300))

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
