"""Make ``.venv`` from the lock, with nothing but Python 3.11 or newer and pip.

``python3 scripts/setup.py`` installs what building a site needs, ``--dev`` what testing needs.
The stamp is the lock's sha256, so that a second run does nothing. A proxy or a package mirror is
whatever pip's own settings say. Windows: ``py scripts/setup.py``.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything checked the version
    sys.exit("Python 3.11+ is needed / can Python 3.11 tro len.")

import tomllib

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "site-builder-stamp.json"
RUN, DEV, PROJECT = "requirements/run.txt", "requirements/dev.txt", "pyproject.toml"


class SetupError(Exception):
    """A step failed; the text is for the person who ran it."""


def texts() -> dict[str, str]:
    """What the script says, from the catalogue: it runs before the package can be imported."""
    catalogue = (ROOT / "site_builder/messages/vi/cli.toml").read_text("utf-8")
    found: dict[str, str] = tomllib.loads(catalogue)["setup"]
    return found


def digest(path: str) -> str:
    """sha256 of a file, the same whatever line ends Git wrote."""
    return hashlib.sha256((ROOT / path).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def stamp() -> dict[str, str]:
    """What was installed last time; empty when nothing usable is there."""
    try:
        found: dict[str, str] = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    # The console scripts hold the folder's full path, so a moved folder needs a new environment.
    return found if found.get("root") == str(ROOT) and runs(PYTHON, "-c", "") else {}


def runs(*command: str | Path) -> bool:
    """The command can be started and succeeds; its output is dropped."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - fixed programs
    except OSError:
        return False


def step(message: str, *command: str | Path) -> None:
    """Run one command with its output shown.

    Raises:
        SetupError: it failed.
    """
    if subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603 - fixed programs
        raise SetupError(message)


def install(*, dev: bool, say: dict[str, str]) -> None:
    """Bring ``.venv`` to what the lock says.

    Raises:
        SetupError: a step failed.
    """
    lock = DEV if dev else RUN
    wanted = {path: digest(path) for path in (RUN, DEV, PROJECT)}
    have = stamp()
    if not have:
        print(say["creating"], flush=True)
        step(say["no_venv"], sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    # dev.txt holds all of run.txt at the same versions (tests/house/test_locks.py).
    locks = {lock, DEV}
    if not any(have.get(path) == wanted[path] for path in locks):
        print(say["installing"].format(lock=lock), flush=True)
        step(say["no_packages"], *pip, "--require-hashes", "--requirement", lock)
        have = {path: value for path, value in have.items() if path != PROJECT}
        have |= {path: wanted[path] for path in ({RUN, DEV} if dev else {RUN})}
    if have.get(PROJECT) != wanted[PROJECT]:
        step(say["no_project"], *pip, "--no-deps", "--no-build-isolation", "--editable", ".")
        have[PROJECT] = wanted[PROJECT]
        STAMP.write_text(json.dumps(have | {"root": str(ROOT)}, indent=1) + "\n", "utf-8")
        print(say["ready"].format(path=BIN / "site-builder"), flush=True)


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when the environment is ready, 1 when a step failed."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", errors="replace")  # a Windows console may be cp437
    say = texts()
    try:
        install(dev="--dev" in arguments, say=say)
    except SetupError as failure:
        print(failure)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
